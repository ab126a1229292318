/** Text in CBOR bodies: UTF-8 or refused, whole, in both dialects. */
import { decode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import { decodeCbor, secondsLeaves } from '../../../../src/emulator/wire/cbor.ts';
import { structure, text } from '../../../../src/emulator/wire/shapes.ts';
import { exchange, testCloud } from './exchange.ts';

const shape = structure({ Name: text });

/** `{"Name": text}` with the length of the text written in 0, 1, 2, 4 or 8 bytes more. */
function named(bytes: readonly number[], lengthBytes = 0): Uint8Array {
  const head = [0x60 + bytes.length];
  if (lengthBytes > 0) {
    head[0] = 0x78 + Math.log2(lengthBytes);
    for (let shift = lengthBytes - 1; shift >= 0; shift--)
      head.push(shift > 3 ? 0 : (bytes.length >> (8 * shift)) & 255);
  }
  return new Uint8Array([0xa1, 0x64, ...Buffer.from('Name'), ...head, ...bytes]);
}
const read = (body: Uint8Array): unknown => decodeCbor(shape, body, secondsLeaves).Name;

describe('text that is not UTF-8 is refused', () => {
  it.each([
    ['a byte that begins nothing', [0xff]],
    ['half a character', [0x61, 0xe3, 0x81]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['behind a real U+FFFD', [0xef, 0xbf, 0xbd, 0xff]],
  ])('%s', (_what, bytes) => {
    for (const lengthBytes of [0, 1, 2, 4, 8]) {
      expect(() => read(named(bytes, lengthBytes))).toThrow(
        expect.objectContaining({ shape: 'SerializationException', message: 'a text is not UTF-8' }),
      );
    }
    expect(() => read(named(bytes))).toThrow(AwsError);
  });

  it('in a name, and in a large document', () => {
    expect(() => read(new Uint8Array([0xa1, 0x61, 0xff, 0x01]))).toThrow(AwsError);
    const large = Buffer.concat([
      new Uint8Array([0xa2, 0x61, 0x78, 0x5a, 0, 0x0f, 0x42, 0x40]),
      Buffer.alloc(1_000_000),
      named([0xff]).subarray(1),
    ]);
    expect(() => read(large)).toThrow(AwsError);
  });

  it.each([
    [
      'Smithy RPC v2',
      {
        path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
        headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
      },
    ],
    [
      'the older CBOR',
      { headers: { 'x-amz-target': 'Kinesis_20131202.ListStreams', 'content-type': 'application/x-amz-cbor-1.1' } },
    ],
  ])("%s answers with AWS's error, in CBOR", async (_dialect, how) => {
    const reply = await exchange(testCloud(), { ...how, body: named([0xc3, 0x28]) });
    expect(reply.status).toBe(400);
    const error = decode(reply.body as Uint8Array);
    expect(error.__type).toMatch(/(^|#)SerializationException$/);
    expect(error.message).toBe('a text is not UTF-8');
  });
});

describe('text that is UTF-8 comes whole', () => {
  it.each(['', 'plain', '주문', '\ufffd', 'a\ufffdb', '\ufeffmark first', 'mark \ufeff inside', '\uffff', '😀'])(
    '%j',
    (value) => {
      const bytes = [...Buffer.from(value)];
      for (const lengthBytes of [0, 1, 2, 4, 8]) expect(read(named(bytes, lengthBytes))).toBe(value);
    },
  );

  it('a byte string may hold anything', () => {
    const body = new Uint8Array([0xa1, 0x61, 0x78, 0x41, 0xff]);
    expect(() => decodeCbor(shape, body, secondsLeaves)).not.toThrow();
  });
});
