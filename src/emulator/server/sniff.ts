/**
 * One port, two protocols: looks at a connection's first bytes and hands the socket to the HTTP/1.1 or HTTP/2 server.
 *
 * The JavaScript SDK opens Kinesis with prior knowledge of HTTP/2 even on plain `http://`, so upgrade headers or TLS
 * negotiation never come: the preface is the only sign.
 */
import type { Server as HttpServer } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { Socket } from 'node:net';

/** Begins the preface of RFC 9113; no HTTP/1.1 method begins so. */
const preface = Buffer.from('PRI * HTTP/2.0', 'latin1');

export function sniff(socket: Socket, http1: HttpServer, http2: Http2Server): void {
  let seen: Buffer = Buffer.alloc(0);

  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const compared = Math.min(seen.length, preface.length);
    const mayBeHttp2 = seen.compare(preface, 0, compared, 0, compared) === 0;
    if (mayBeHttp2 && seen.length < preface.length) return;
    socket.off('readable', look);
    socket.off('error', ignore);
    // Back to the start of the stream: the server that gets the socket reads it from the first byte.
    socket.unshift(seen);
    (mayBeHttp2 ? http2 : http1).emit('connection', socket);
  };

  // A client that leaves before it has said anything is no event.
  const ignore = (): void => {};
  socket.on('error', ignore);
  socket.on('readable', look);
}
