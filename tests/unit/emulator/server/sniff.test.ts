/** A connection is told apart by its first bytes, however they arrive. */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { sniff } from '../../../../src/emulator/server/sniff.ts';

async function told(chunks: readonly string[], withTls = true): Promise<{ who: string[]; first: string }> {
  const who: string[] = [];
  const socket = new PassThrough();
  const server = (name: string): EventEmitter => new EventEmitter().on('connection', () => who.push(name));
  const tls = withTls ? server('tls') : null;
  sniff(socket as never, { http1: server('http1'), http2: server('http2'), tls });
  for (const chunk of chunks) {
    socket.write(chunk, 'latin1');
    await new Promise((turn) => setImmediate(turn));
  }
  return { who, first: (socket.read() as Buffer | null)?.toString('latin1') ?? '' };
}

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const hello = '\x16\x03\x01\x02\x00\x01';

it.each([
  ['the preface in one piece', [preface], 'http2'],
  ['the preface byte by byte', [...preface], 'http2'],
  ['a request of HTTP/1.1', ['POST / HTTP/1.1\r\n\r\n'], 'http1'],
  ['a method that begins like the preface', ['P', 'R', 'OPFIND / HTTP/1.1\r\n\r\n'], 'http1'],
  ['a TLS handshake', [hello], 'tls'],
  ['the first byte of one', [hello[0]!], 'tls'],
  ['a TLS record of another kind', ['\x17\x03\x03'], 'http1'],
])('%s', async (_what, chunks, who) => {
  const seen = await told(chunks);
  expect(seen.who).toEqual([who]);
  // The server that gets the socket reads from the very first byte.
  expect(seen.first).toBe(chunks.join(''));
});

it('without a certificate a TLS handshake is no HTTP/1.1, and that is what it hears', async () => {
  expect((await told([hello], false)).who).toEqual(['http1']);
});

it('waits while it could be either', async () => {
  expect((await told(['PRI * HTTP/2'])).who).toEqual([]);
});
