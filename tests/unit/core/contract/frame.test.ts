import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrameCodec } from '../../../../src/core/contract/frame.ts';

const frames = createFrameCodec({
  encode: (t) => new TextEncoder().encode(t),
  decode: (b) => new TextDecoder().decode(b),
});

it('carries columns, text in any language and numbers JSON has no word for', () => {
  const message = {
    id: 1,
    name: '주문 대기열 "orders"',
    limit: Number.POSITIVE_INFINITY,
    gap: Number.NaN,
    nested: [{ times: new Float64Array([1, 2.5, Number.NaN]), empty: new Float64Array(0) }],
  };
  expect(frames.decode(frames.encode(message))).toEqual(message);
});

it('gives back what it was given, wherever the bytes lie in a buffer', () => {
  const column = fc.float64Array({ maxLength: 20 });
  fc.assert(
    fc.property(fc.array(column, { maxLength: 5 }), fc.string(), fc.nat(16), (columns, text, shift) => {
      const bytes = frames.encode({ columns, text });
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(frames.decode(moved.subarray(shift))).toEqual({ columns, text });
      // What a WebSocket gives in Node: its slice() copies nothing.
      expect(frames.decode(Buffer.from(moved.buffer, shift))).toEqual({ columns, text });
    }),
  );
});

it('refuses what is not a frame, and columns that lie outside it', () => {
  const valid = frames.encode({ a: new Float64Array([1, 2, 3]) });
  expect(() => frames.decode(new Uint8Array(2))).toThrow('length');
  expect(() => frames.decode(new Uint8Array([255, 255, 0, 0]))).toThrow('cut off');
  expect(() => frames.decode(valid.slice(0, valid.length - 8))).toThrow('outside');
});

it('never crashes on random bytes: a value or an Error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        frames.decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 500 },
  );
});
