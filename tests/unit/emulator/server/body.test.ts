import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Body, readBody } from '../../../../src/emulator/server/body.ts';

/** What a body told, each time it told something. */
function gathered(maxBytes: number): { body: Body; told: (string | null)[] } {
  const told: (string | null)[] = [];
  return { body: new Body(maxBytes, (all) => told.push(all && Buffer.from(all).toString('latin1'))), told };
}
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a body', () => {
  it('is all its pieces, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 60 }), (pieces) => {
        const whole = Buffer.concat(pieces);
        let all: Uint8Array | null = null;
        const body = new Body(whole.length, (one) => {
          all = one;
        });
        for (const piece of pieces) expect(body.add(Buffer.from(piece))).toBe(true);
        body.end();
        expect(Buffer.from(all!)).toEqual(whole);
      }),
    );
  });

  it('of one piece is that piece, without a copy', () => {
    const piece = bytes('x'.repeat(100));
    let all: Uint8Array | null = null;
    const body = new Body(100, (one) => {
      all = one;
    });
    body.add(piece);
    body.end();
    expect(all).toBe(piece);
  });

  it('does not keep its pieces, which a reader may write over', () => {
    const { body, told } = gathered(100);
    body.add(bytes('one '));
    const reused = bytes('two ');
    body.add(reused);
    reused.fill('x');
    body.add(bytes('three'));
    body.end();
    expect(told).toEqual(['one two three']);
  });

  it.each([
    { name: 'nothing', pieces: [], told: [''] },
    { name: 'an empty piece', pieces: [''], told: [''] },
    { name: 'all it may have', pieces: ['12345', '67890'], told: ['1234567890'] },
    { name: 'a byte too much in one piece', pieces: ['12345678901'], told: [null] },
    { name: 'a byte too much at the end', pieces: ['12345', '67890', '1'], told: [null] },
  ])('of $name', ({ pieces, told: expected }) => {
    const { body, told } = gathered(10);
    for (const piece of pieces) expect(body.add(bytes(piece))).toBe(true);
    expect(told).toEqual([]);
    body.end();
    expect(told).toEqual(expected);
  });

  it('that is far too large is told once, and before its end', () => {
    const { body, told } = gathered(10);
    expect(body.add(bytes('x'.repeat(40)))).toBe(true);
    expect(told).toEqual([]);
    expect(body.add(bytes('x'))).toBe(false);
    expect(told).toEqual([null]);
    expect(body.add(bytes('x'))).toBe(false);
    body.end();
    expect(told).toEqual([null]);
  });
});

describe('a stream', () => {
  it('is read to its end', async () => {
    const stream = new PassThrough();
    const { body, told } = gathered(10);
    readBody(stream, body);
    stream.write('ab');
    stream.end('cd');
    await new Promise((resolve) => stream.on('close', resolve));
    expect(told).toEqual(['abcd']);
  });

  it('is read no further once its body is far too large', async () => {
    const stream = new PassThrough();
    const { body, told } = gathered(1);
    readBody(stream, body);
    const paused = new Promise((resolve) => stream.on('pause', resolve));
    stream.write('12345');
    await paused;
    expect([told, stream.isPaused()]).toEqual([[null], true]);
  });

  it('that breaks off tells nothing', async () => {
    const stream = new PassThrough();
    const { body, told } = gathered(10);
    readBody(stream, body);
    stream.write('ab');
    stream.destroy(new Error('reset'));
    await new Promise((resolve) => stream.on('close', resolve));
    expect(told).toEqual([]);
  });
});
