/**
 * One port, three protocols: looks at a connection's first bytes and hands the socket to the server of HTTP/1.1, HTTP/2 or TLS.
 *
 * The JavaScript SDK opens Kinesis with prior knowledge of HTTP/2 even on plain `http://`, so upgrade headers or TLS
 * negotiation never come: the preface is the only sign. What is inside TLS, its own negotiation tells (server.ts).
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** Each takes sockets as its event `connection`. */
export interface Speakers {
  readonly http1: EventEmitter;
  readonly http2: EventEmitter;
  /** null: no certificate, so that a TLS client is taken for an HTTP/1.1 client that talks nonsense. */
  readonly tls: EventEmitter | null;
}

/** Begins the preface of RFC 9113; no HTTP/1.1 method begins so. */
const preface = Buffer.from('PRI * HTTP/2.0', 'latin1');
/** Begins a TLS record that carries a handshake; no method of HTTP has such a letter. */
const tlsHandshake = 0x16;

export function sniff(socket: Socket, { http1, http2, tls }: Speakers): void {
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
    const speaker = mayBeHttp2 ? http2 : tls !== null && seen[0] === tlsHandshake ? tls : http1;
    speaker.emit('connection', socket);
  };

  // A client that leaves before it has said anything is no event.
  const ignore = (): void => {};
  socket.on('error', ignore);
  socket.on('readable', look);
}
