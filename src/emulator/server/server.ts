/**
 * The port: listens on loopback, turns HTTP exchanges of either version into `WireRequest`s and writes the replies.
 *
 * Knows no protocol of AWS and no service; `answerRequest` does the rest.
 */
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer as createNet, type Socket } from 'node:net';
import { SpillwayError } from '../../core/errors.ts';
import type { WireReply, WireRequest } from '../wire/message.ts';
import { readBody } from './body.ts';
import { sniff } from './sniff.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly maxBodyBytes: number;
  answer(request: WireRequest): Promise<WireReply>;
  /** The reply to a body beyond the limit. */
  tooLarge(request: WireRequest): WireReply;
}

export interface RunningServer {
  readonly port: number;
  /** Closes the port and every connection, waiting long polls included. */
  stop(): Promise<void>;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** @throws SpillwayError PORT_IN_USE, PORT_UNUSABLE */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const handle = (request: Request, response: Response): void => {
    serve(options, request, response).catch(() => {
      // The client went away in the middle: nobody is left to tell.
      response.destroy();
    });
  };
  // Long polls wait up to 20 s of virtual time, which a held clock stretches without end.
  const http1 = createHttp1({ requestTimeout: 0, keepAliveTimeout: 60_000 }, handle);
  const http2 = createHttp2({}, handle);
  http2.on('sessionError', () => {});
  http1.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });

  const sockets = new Set<Socket>();
  const net = createNet({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    sniff(socket, http1, http2);
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

async function serve(options: ServerOptions, request: Request, response: Response): Promise<void> {
  const leave: (() => void)[] = [];
  let gone = false;
  response.on('close', () => {
    gone = true;
    for (const run of leave.splice(0)) run();
  });
  const body = await readBody(request, options.maxBodyBytes);
  const headers = plainHeaders(request.headers);
  const wireRequest: WireRequest = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers,
    body: body ?? new Uint8Array(0),
    origin: `http://${headers[':authority'] ?? headers.host ?? `${options.host}:${options.port}`}`,
    signal: {
      get aborted() {
        return gone;
      },
      onAbort: (run) => {
        if (gone) run();
        else leave.push(run);
      },
    },
  };
  const reply = body === null ? options.tooLarge(wireRequest) : await options.answer(wireRequest);
  if (gone) return;
  write(response, reply, body === null && request.httpVersionMajor === 1);
}

function plainHeaders(headers: Request['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** `closing`: the rest of the request is not worth reading. */
function write(response: Response, reply: WireReply, closing: boolean): void {
  const bytes = typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.setHeader('content-length', String(bytes.length));
  if (closing) response.setHeader('connection', 'close');
  response.end(bytes);
}
