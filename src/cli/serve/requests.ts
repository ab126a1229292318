/**
 * HTTP side of serve: log-in link, log-out, the pages. Data never travels here; it goes over the WebSocket (sockets.ts).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bearerToken, callerOf, isAllowedHost, isOwnPageRequest } from './guard.ts';
import { securityHeaders } from './headers.ts';
import type { Page } from './pages.ts';
import type { Secrets } from './secrets.ts';

export interface RequestContext {
  readonly secrets: Secrets;
  readonly pages: ReadonlyMap<string, Page>;
  readonly scheme: 'http' | 'https';
  readonly extraHosts: readonly string[];
  loginLink(): string;
  /** A browser session ended: its sockets must go. */
  onLogout(sessionId: string): void;
}

const maxBodyBytes = 4096;

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  const { headers, method } = request;
  if (!isAllowedHost(headers.host, context.extraHosts))
    return say(response, 421, 'This server answers to localhost only.');
  // Parsed against a fixed base: the Host header has no say in the path.
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) return say(response, 400, 'The address is malformed.');
  if (method === 'GET' || method === 'HEAD') {
    if (url.pathname === '/login') {
      // Link previews ask with HEAD; that must not use the code up.
      return method === 'GET' ? logIn(response, url, context) : say(response, 405, 'Open the link with GET.');
    }
    return sendPage(request, response, url.pathname, context);
  }
  if (method !== 'POST') return say(response, 405, 'Only GET and POST are known here.');
  return post(request, response, url.pathname, context);
}

function logIn(response: ServerResponse, url: URL, { secrets, scheme }: RequestContext): void {
  if (secrets.tooManyFailures()) return say(response, 429, 'Too many wrong codes. Wait a minute.');
  const id = secrets.exchange(url.searchParams.get('code') ?? '');
  if (id === null) {
    return say(
      response,
      403,
      'This link was used, is older than five minutes, or is wrong. Print a new one: npm run spillway -- link',
    );
  }
  const secure = scheme === 'https' ? '; Secure' : '';
  response.setHeader('set-cookie', `${secrets.cookieName}=${id}; HttpOnly; SameSite=Strict; Path=/${secure}`);
  response.setHeader('location', '/');
  say(response, 303, '');
}

function sendPage(request: IncomingMessage, response: ServerResponse, pathname: string, context: RequestContext): void {
  if (callerOf(request.headers, context.secrets) === null) {
    return say(
      response,
      401,
      'Not logged in. Open the link that `spillway serve` printed; `npm run spillway -- link` prints a new one.',
    );
  }
  const page = context.pages.get(pathname);
  if (page === undefined) return say(response, 404, 'There is no such page.');
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': page.mediaType,
    'content-length': page.bytes.length,
    'cache-control': page.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : page.bytes);
}

async function post(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  context: RequestContext,
): Promise<void> {
  const { headers } = request;
  const caller = callerOf(headers, context.secrets);
  if (caller === null) return say(response, 401, 'Not logged in.');
  if (caller.kind === 'browser' && !isOwnPageRequest(headers, context.scheme))
    return say(response, 403, 'This request comes from another page.');
  if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return say(response, 415, 'The body must be application/json.');
  if (!(await readSmallBody(request))) return say(response, 413, `The body is larger than ${maxBodyBytes} bytes.`);
  if (pathname === '/api/logout' && caller.kind === 'browser') {
    context.secrets.endSession(caller.sessionId);
    context.onLogout(caller.sessionId);
    return sayJson(response, 200, {});
  }
  // A new link is for whoever holds the token file, not for a page.
  if (pathname === '/api/login-code' && bearerToken(headers) !== undefined)
    return sayJson(response, 200, { link: context.loginLink() });
  return say(response, 404, 'There is no such call.');
}

/** The known calls take no body; it is read so that the connection can be used again. */
async function readSmallBody(request: IncomingMessage): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBodyBytes) return false;
  }
  return true;
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(words === '' ? undefined : `${words}\n`);
}

function sayJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
