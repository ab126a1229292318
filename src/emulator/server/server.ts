/**
 * The port: listens on loopback, turns HTTP exchanges of either version, in TLS or plain, into `WireRequest`s and writes the replies.
 *
 * Knows no protocol of AWS and no service; what answers is handed in.
 */
import { createServer as createHttp1, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer as createNet, type Socket } from 'node:net';
import { createServer as createTls, type Server as TlsServer } from 'node:tls';
import { SpillwayError } from '../../core/errors.ts';
import type { Replying, WireReply, WireRequest } from '../wire/message.ts';
import { Body, readBody } from './body.ts';
import { sniff } from './sniff.ts';
import { Together } from './together.ts';
import { WholeRequest } from './wholeRequest.ts';

/** PEM of what the server shows and of the key that belongs to it. */
export interface TlsFiles {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Given, the port answers HTTPS as well as plain HTTP. */
  readonly tls?: TlsFiles;
  readonly maxBodyBytes: number;
  /** Runs something at the end of this turn of the event loop. Default: at once. */
  readonly afterTurn?: ((run: () => void) => void) | undefined;
  answer(request: WireRequest): Replying;
  /** Done before the replies of a turn are written. @returns why none of them may be, or null */
  readonly beforeReplies?: () => unknown;
  /** The reply in place of one that may not be written. */
  unkept?(request: WireRequest, reason: unknown, reply: WireReply): WireReply;
  /** The reply to a body beyond the limit. */
  tooLarge(request: WireRequest): WireReply;
}

export interface RunningServer {
  readonly port: number;
  /** Closes the port and every connection, waiting long polls included. */
  stop(): Promise<void>;
}

type Request = WholeRequest | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** @throws SpillwayError PORT_IN_USE, PORT_UNUSABLE, TLS_UNUSABLE */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const writes = new Together(options.afterTurn ?? ((run) => run()), options.beforeReplies);
  const handle = (request: Request, response: Response): void => {
    serve(options, request, response, writes);
  };
  // Long polls wait up to 20 s of virtual time, which a held clock stretches without end.
  const http1 = createHttp1({ IncomingMessage: WholeRequest, requestTimeout: 0, keepAliveTimeout: 60_000 }, handle);
  const http2 = createHttp2({}, handle);
  http2.on('sessionError', () => {});
  http1.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });

  const tls = options.tls === undefined ? null : tlsServer(options.tls);
  // Decrypted, a connection is like any other: the same two servers, and so the same limits.
  tls?.on('secureConnection', (socket) => (socket.alpnProtocol === 'h2' ? http2 : http1).emit('connection', socket));

  const sockets = new Set<Socket>();
  const net = createNet({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    sniff(socket, { http1, http2, tls });
  });
  await new Promise<void>((resolve, reject) => {
    net.once('error', (error: NodeJS.ErrnoException) => {
      const { host, port } = options;
      reject(
        error.code === 'EADDRINUSE'
          ? new SpillwayError('PORT_IN_USE', { host, port })
          : new SpillwayError('PORT_UNUSABLE', { host, port, detail: error.message }),
      );
    });
    net.listen(options.port, options.host, resolve);
  });
  return {
    port: (net.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        net.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function tlsServer({ certificatePem, privateKeyPem }: TlsFiles): TlsServer {
  try {
    return createTls({ cert: certificatePem, key: privateKeyPem, ALPNProtocols: ['h2', 'http/1.1'] });
  } catch (thrown) {
    throw new SpillwayError('TLS_UNUSABLE', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

/**
 * Whoever waits for an answer, until the connection closes. A class, because an object written out with a getter of its own makes the
 * engine keep a shape for each, and with it the request, long after the answer.
 */
class Client {
  aborted = false;
  #leave: (() => void)[] = [];

  onAbort(run: () => void): void {
    if (this.aborted) run();
    else this.#leave.push(run);
  }

  leave(): void {
    this.aborted = true;
    for (const run of this.#leave.splice(0)) run();
  }
}

function serve(options: ServerOptions, request: Request, response: Response, writes: Together): void {
  const client = new Client();
  response.on('close', () => client.leave());
  // Asked now: the socket of an HTTP/2 request is out of reach once its connection is gone.
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const headers = plainHeaders(request.headers);
  const target = targetOf(request.url ?? '/');
  // A client of HTTP/1.0 need not say whom it calls.
  const host = target.host || headers[':authority'] || headers.host || `${options.host}:${request.socket.localPort}`;
  // The client went away in the middle, or nothing is left that could be told.
  const giveUp = (): void => void response.destroy();
  const answer = (body: Uint8Array | null): void => {
    const wireRequest: WireRequest = {
      method: request.method ?? 'GET',
      path: target.path,
      headers,
      body: body ?? new Uint8Array(0),
      origin: `${scheme}://${host}`,
      signal: client,
    };
    const tell = (reply: WireReply): void =>
      writes.add((reason) => {
        if (client.aborted) return;
        try {
          const told = reason === null ? reply : options.unkept!(wireRequest, reason, reply);
          write(response, told, body === null && request.httpVersionMajor === 1);
        } catch {
          giveUp();
        }
      }, reply.body.length);
    try {
      const replying = body === null ? options.tooLarge(wireRequest) : options.answer(wireRequest);
      if (replying instanceof Promise) replying.then(tell).catch(giveUp);
      else tell(replying);
    } catch {
      giveUp();
    }
  };
  const body = new Body(options.maxBodyBytes, answer);
  if (request instanceof WholeRequest) request.gather(body);
  else readBody(request, body);
}

/** Through a proxy, a request line names the host with the path; it counts more than the header then. */
function targetOf(url: string): { readonly host: string | null; readonly path: string } {
  const absolute = url.charAt(0) === '/' ? null : /^https?:\/\/([^/?#]+)(.*)$/is.exec(url);
  if (absolute === null) return { host: null, path: url };
  const [, host = null, path = ''] = absolute;
  return { host, path: path.startsWith('/') ? path : `/${path}` };
}

function plainHeaders(headers: Request['headers']): Record<string, string | undefined> {
  // Node itself joins what a request repeats; only this one, which no request of AWS has, it keeps apart.
  if (headers['set-cookie'] !== undefined) delete headers['set-cookie'];
  return headers as Record<string, string | undefined>;
}

/** `closing`: the rest of the request is not worth reading. */
function write(response: Response, reply: WireReply, closing: boolean): void {
  const { status, body } = reply;
  const length = typeof body === 'string' ? Buffer.byteLength(body, 'utf8') : body.length;
  const headers: OutgoingHttpHeaders = { ...reply.headers, 'content-length': String(length) };
  if (closing) headers.connection = 'close';
  // The response of either version takes these words; only their declarations cannot be read together.
  const http1 = response as ServerResponse;
  http1.writeHead(status, headers);
  // A text goes out in one piece with the head; if it is ASCII, as nearly always, without being encoded.
  if (typeof body === 'string') http1.end(body, length === body.length ? 'latin1' : 'utf8');
  else http1.end(body);
}
