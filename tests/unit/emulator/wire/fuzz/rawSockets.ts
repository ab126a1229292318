/** Bytes to a port and back, below HTTP's own client, which writes only what is right. */
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import type { WireReply } from '../../../../../src/emulator/wire/message.ts';
import type { Draft } from './envelope.ts';

/** Everything the server said until it closed: the client says its piece and no more, so a server has nothing to wait for. */
export function converse(port: number, pieces: readonly Uint8Array[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => heard.push(chunk));
    // A reset is an answer too: the server was through with us before we were.
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(heard)));
    const write = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined) socket.end();
      else socket.write(piece, () => write(index + 1));
    };
    write(0);
  });
}

/** `count` conversations, a few at a time. */
export async function inParallel<T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      results[index] = await run(index);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
}

/** A draft as HTTP/1.1 writes it; `headers` come on top of its own. */
export function httpBytes({ method, path, headers, body }: Draft, more: Readonly<Record<string, string>> = {}): Buffer {
  const all = { host: '127.0.0.1:4566', ...headers, 'content-length': String(body.length), ...more };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]);
}

/** Whether an HTTP server lets it through at all; what it does not is no question to the emulator. */
export function isHttp({ method, path, headers }: Draft): boolean {
  const names = Object.entries(headers);
  return (
    /^(GET|POST|PUT|DELETE|PATCH|OPTIONS)$/.test(method) &&
    /^\/[\x21-\x7e]*$/.test(path) &&
    names.every(([name, value]) => /^[\w.-]+$/.test(name) && name !== '__proto__' && /^[\x20-\x7e]*$/.test(value)) &&
    names.reduce((sum, [name, value]) => sum + name.length + value.length + 4, path.length) < 12_000
  );
}

/** One reply of HTTP/1.1 with a content length, or null when the bytes are no such thing. */
export function parseReply(bytes: Buffer): WireReply | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [status = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = bytes.subarray(end + 4);
  if (!/^HTTP\/1\.1 \d{3} /.test(status) || headers['content-length'] !== String(body.length)) return null;
  const isBinary =
    headers['content-type'] === 'application/cbor' || headers['content-type'] === 'application/x-amz-cbor-1.1';
  return {
    status: Number(status.slice(9, 12)),
    headers,
    body: isBinary ? new Uint8Array(body) : body.toString('utf8'),
  };
}
