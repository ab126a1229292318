import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, decodeColumns, encodeColumns } from '../../../src/storage/codec.ts';

const start = 1_772_409_600;

function throughBytes(
  times: number[],
  values: number[],
  base = start,
): { times: number[]; values: number[]; bytes: number } {
  const out = new ByteWriter(8);
  encodeColumns(out, times, values, base);
  const bytes = out.take();
  const reader = new ByteReader(bytes);
  const decoded = decodeColumns(reader, base);
  expect(reader.atEnd).toBe(true);
  return { times: Array.from(decoded.times), values: Array.from(decoded.values), bytes: bytes.length };
}

const everyMinute = (n: number) => Array.from({ length: n }, (_, i) => start + i * 60);

describe('columns as bytes', () => {
  it.each([
    { what: 'counts', value: (i: number) => 100 + (i % 7), perPoint: 1.1 },
    { what: 'mostly zero', value: (i: number) => (i % 50 === 0 ? 3 : 0), perPoint: 1.1 },
    { what: 'backlog walks', value: (i: number) => Math.abs(((i * 37) % 400) - 200) * 10, perPoint: 2.1 },
    { what: 'two decimals', value: (i: number) => ((i * 13) % 90) / 100, perPoint: 2.1 },
    { what: 'full precision', value: (i: number) => Math.sin(i) * 1e3, perPoint: 8.1 },
  ])('a day of $what takes at most $perPoint bytes a point', ({ value, perPoint }) => {
    const times = everyMinute(1440);
    const values = times.map((_, i) => value(i));
    const result = throughBytes(times, values);
    expect(result.times).toEqual(times);
    expect(result.values).toEqual(values);
    expect(result.bytes / 1440).toBeLessThan(perPoint);
  });

  it('gaps cost a byte a point more, not a record a point', () => {
    const times = everyMinute(1440).filter((_, i) => i % 9 !== 0);
    expect(
      throughBytes(
        times,
        times.map(() => 5),
      ).bytes / times.length,
    ).toBeLessThan(2.1);
  });

  it('any rising whole times and finite values come back exactly', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 4_102_444_800 }), { maxLength: 60 }),
        fc.array(
          fc.oneof(
            fc.integer(),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.integer().map((n) => n / 1000),
            fc.maxSafeInteger(),
          ),
          { minLength: 60, maxLength: 60 },
        ),
        (unsorted, pool) => {
          const times = unsorted.toSorted((a, b) => a - b);
          // -0 is 0 to everybody who reads a metric.
          const values = pool.slice(0, times.length).map((value) => value + 0);
          const result = throughBytes(times, values, times[0] ?? 0);
          expect(result.times).toEqual(times);
          expect(result.values).toEqual(values);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40 + 3, 2 ** 53 - 1])(
    'the whole number %d comes back',
    (value) => {
      const out = new ByteWriter(1);
      out.varint(value);
      expect(new ByteReader(out.take()).varint()).toBe(value);
    },
  );

  it.each([0, -1, 1, -64, 64, 2 ** 30, -(2 ** 30), 2 ** 31, -(2 ** 31), 2 ** 51, -(2 ** 51)])(
    'the signed number %d comes back',
    (value) => {
      const out = new ByteWriter(1);
      out.zigzag(value);
      expect(new ByteReader(out.take()).zigzag()).toBe(value);
    },
  );
});
