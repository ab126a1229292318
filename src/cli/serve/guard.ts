/**
 * Checks of a request before anything answers it: the name it was sent to, where it comes from, who sends it.
 *
 * Pure: takes headers, gives a verdict. X-Forwarded-* and Forwarded are never read, so nobody can speak through them.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Secrets } from './secrets.ts';

/** SEC-31: only names that a rebinding attacker cannot own. The port is not compared, because tunnels change it. */
export function isAllowedHost(host: string | undefined, extraHosts: readonly string[]): boolean {
  const name = hostName(host);
  return name !== null && (['localhost', '127.0.0.1', '[::1]'].includes(name) || extraHosts.includes(name));
}

/** Name of a Host header, lower case, without port; null when it is malformed. */
function hostName(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host ?? '');
  return match === null ? null : match[1]!.toLowerCase();
}

/** An address as it stands in a URL and a Host header: IPv6 in brackets. */
export function urlName(address: string): string {
  return (address.includes(':') ? `[${address}]` : address).toLowerCase();
}

/** SEC-34: an unsafe request must come from our own page. `same-site` is refused: other local ports are same-site. */
export function isOwnPageRequest(headers: IncomingHttpHeaders, scheme: 'http' | 'https'): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return isOwnOrigin(headers, scheme);
}

/** SEC-35: browsers always send Origin on a WebSocket handshake, and no Sec-Fetch-Site. */
export function isOwnOrigin(headers: IncomingHttpHeaders, scheme: 'http' | 'https'): boolean {
  return headers.origin !== undefined && headers.origin === `${scheme}://${headers.host}`;
}

export function sessionCookie(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? '')?.[1];
}

export type Caller = { readonly kind: 'browser'; readonly sessionId: string } | { readonly kind: 'program' };

/** Who sends this? A browser by its session, a program by its bearer token and no Origin; null: nobody we know. */
export function callerOf(headers: IncomingHttpHeaders, secrets: Secrets): Caller | null {
  const token = bearerToken(headers);
  if (token !== undefined) {
    if (headers.origin !== undefined || secrets.tooManyFailures()) return null;
    return secrets.isToken(token) ? { kind: 'program' } : null;
  }
  const sessionId = sessionCookie(headers, secrets.cookieName);
  return sessionId !== undefined && secrets.isSession(sessionId) ? { kind: 'browser', sessionId } : null;
}
