/**
 * HTTP side of serve: log-in link, log-out, the pages. Data never travels here; it goes over the WebSocket (sockets.ts).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fillTemplate } from '../../core/messages/index.ts';
import { serveRefusals } from '../../core/messages/serveLines.ts';
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

const textHeaders = {
  ...securityHeaders,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
} as const;

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  const { headers, method } = request;
  if (!isAllowedHost(headers.host, context.extraHosts)) return refuse(response, 421, 'foreignName');
  // Parsed against a fixed base: the Host header has no say in the path.
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) return refuse(response, 400, 'malformedAddress');
  if (method === 'GET' || method === 'HEAD') {
    if (url.pathname === '/login') {
      // Link previews ask with HEAD; that must not use the code up.
      return method === 'GET' ? logIn(response, url, context) : refuse(response, 405, 'linkNeedsGet');
    }
    return sendPage(request, response, url.pathname, context);
  }
  if (method !== 'POST') return refuse(response, 405, 'unknownMethod');
  return post(request, response, url.pathname, context);
}

function logIn(response: ServerResponse, url: URL, { secrets, scheme }: RequestContext): void {
  if (secrets.tooManyFailures()) return refuse(response, 429, 'tooManyCodes');
  const id = secrets.exchange(url.searchParams.get('code') ?? '');
  if (id === null) return refuse(response, 403, 'linkUnusable');
  const secure = scheme === 'https' ? '; Secure' : '';
  response.setHeader('set-cookie', `${secrets.cookieName}=${id}; HttpOnly; SameSite=Strict; Path=/${secure}`);
  response.setHeader('location', '/');
  response.writeHead(303, textHeaders).end();
}

function sendPage(request: IncomingMessage, response: ServerResponse, pathname: string, context: RequestContext): void {
  if (callerOf(request.headers, context.secrets) === null) return refuse(response, 401, 'pageNeedsLogIn');
  const page = context.pages.get(pathname);
  if (page === undefined) return refuse(response, 404, 'noPage');
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
  if (caller === null) return refuse(response, 401, 'callNeedsLogIn');
  if (caller.kind === 'browser' && !isOwnPageRequest(headers, context.scheme))
    return refuse(response, 403, 'foreignPage');
  if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return refuse(response, 415, 'bodyNotJson');
  if (!(await readSmallBody(request))) return refuse(response, 413, 'bodyTooLarge');
  if (pathname === '/api/logout' && caller.kind === 'browser') {
    context.secrets.endSession(caller.sessionId);
    context.onLogout(caller.sessionId);
    return sayJson(response, 200, {});
  }
  // A new link is for whoever holds the token file, not for a page.
  if (pathname === '/api/login-code' && bearerToken(headers) !== undefined)
    return sayJson(response, 200, { link: context.loginLink() });
  return refuse(response, 404, 'noCall');
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

/** In the language that the browser asks for first, as the pages do; English for whoever asks for none. */
function refuse(response: ServerResponse, status: number, why: keyof typeof serveRefusals): void {
  const language = /^ko\b/i.test(response.req.headers['accept-language'] ?? '') ? 'ko' : 'en';
  response.writeHead(status, textHeaders);
  response.end(`${fillTemplate(serveRefusals[why][language], { maxBytes: maxBodyBytes })}\n`);
}

function sayJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
