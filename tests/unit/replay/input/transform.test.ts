import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutTrace,
  minuteArrivals,
  resampleTrace,
  scaleTrace,
  shiftTrace,
  spliceTraces,
  type Trace,
} from '../../../../src/replay/input/index.ts';

const start = 1_772_409_600; // 2026-03-02T00:00:00Z
const trace = (values: number[], over: Partial<Trace> = {}): Trace => ({
  startSeconds: start,
  periodSeconds: 60,
  values: Float64Array.from(values),
  quantity: 'count',
  ...over,
});
const hole = Number.NaN;
const requests = {
  seconds: Float64Array.of(1, 61, 62, 130),
  sizes: [{ name: 'size', values: Float64Array.of(10, 20, 30, 40) }],
};

describe('scaling and shifting', () => {
  it('[IMP-40] every value, holes stay', () => {
    expect([...scaleTrace(trace([1, hole, 3]), 2).values]).toEqual([2, hole, 6]);
  });
  it('[IMP-40] requests cannot be multiplied', () => {
    expect(scaleTrace(trace([1, 2, 1], { requests }), 2).requests).toBeUndefined();
    expect(scaleTrace(trace([1, 2, 1], { requests }), 1).requests).toBe(requests);
    expect(() => scaleTrace(trace([1]), -1)).toThrow(/at least 0/);
  });
  it('[IMP-41] the start moves', () => {
    expect(shiftTrace(trace([1]), -3600).startSeconds).toBe(start - 3600);
    expect(() => shiftTrace(trace([1]), hole)).toThrow(/seconds/);
  });
});

describe('[IMP-42] cutting', () => {
  it.each([
    { from: 0, to: 180, values: [1, 2, 3], at: 0 },
    { from: 60, to: 120, values: [2], at: 60 },
    { from: 30, to: 170, values: [2], at: 60 },
    { from: -600, to: 60, values: [1], at: 0 },
    { from: 400, to: 900, values: [], at: 180 },
  ])('from $from s to $to s: $values', ({ from, to, values, at }) => {
    const cut = cutTrace(trace([1, 2, 3]), start + from, start + to);
    expect([...cut.values]).toEqual(values);
    expect(cut.startSeconds).toBe(start + at);
  });
  it('requests go along', () => {
    const cut = cutTrace(trace([1, 2, 1], { requests }), start + 60, start + 120);
    expect([...cut.requests!.seconds]).toEqual([1, 2]);
    expect([...cut.requests!.sizes[0]!.values]).toEqual([20, 30]);
  });
});

describe('[IMP-43] splicing', () => {
  it.each([
    { at: 60, over: [9, 9], values: [1, 9, 9] },
    { at: 60, over: [hole, 9], values: [1, 2, 9] },
    { at: 240, over: [9], values: [1, 2, 3, hole, 9] },
    { at: -120, over: [9, 8, 7], values: [9, 8, 7, 2, 3] },
  ])('$over at $at s', ({ at, over, values }) => {
    const spliced = spliceTraces(trace([1, 2, 3]), trace(over), start + at);
    expect([...spliced.values]).toEqual(values);
    expect(spliced.startSeconds).toBe(start + Math.min(0, at));
  });
  it('other periods, grids and quantities are refused', () => {
    expect(() => spliceTraces(trace([1]), trace([1], { periodSeconds: 300 }))).toThrow(/resample/);
    expect(() => spliceTraces(trace([1]), trace([1]), start + 30)).toThrow(/shift one/);
    expect(() => spliceTraces(trace([1]), trace([1], { quantity: 'gauge' }))).toThrow(/cannot be spliced/);
  });
});

describe('[IMP-44] resampling', () => {
  it.each([
    { quantity: 'count', from: 60, to: 180, values: [1, 2, 3, 4, 5, 6], expected: [6, 15] },
    { quantity: 'gauge', from: 60, to: 180, values: [1, 2, 3, 4, 5, 6], expected: [2, 5] },
    { quantity: 'count', from: 180, to: 60, values: [6, 15], expected: [2, 2, 2, 5, 5, 5] },
    { quantity: 'gauge', from: 180, to: 60, values: [6, 15], expected: [6, 6, 6, 15, 15, 15] },
    { quantity: 'count', from: 60, to: 120, values: [1, 2, hole, 4, 5], expected: [3, hole, hole] },
    { quantity: 'count', from: 120, to: 180, values: [2, 4, 6], expected: [4, 8] },
  ] as const)('$quantity of $from s in $to s', ({ quantity, from, to, values, expected }) => {
    const resampled = resampleTrace(trace([...values], { quantity, periodSeconds: from }), to, start);
    expect([...resampled.values]).toEqual(expected);
  });

  it('the new grid begins on a multiple of its period; what lies before the trace is a hole', () => {
    const resampled = resampleTrace(trace([1, 2, 3, 4], { startSeconds: start + 60 }), 300);
    expect(resampled.startSeconds).toBe(start);
    expect([...resampled.values]).toEqual([hole]);
  });

  it('minutes and back give the same trace, and no message is lost on the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 }),
        fc.constantFrom(120, 300, 1800),
        (values, periodSeconds) => {
          const coarse = trace(values, { periodSeconds });
          const { arrivals, startSeconds } = minuteArrivals(coarse);
          expect(startSeconds).toBe(start);
          expect(arrivals).toHaveLength((values.length * periodSeconds) / 60);
          const back = resampleTrace({ ...coarse, periodSeconds: 60, values: arrivals }, periodSeconds, start);
          back.values.forEach((value, index) => {
            expect(value).toBeCloseTo(values[index]!, 6);
          });
        },
      ),
    );
  });

  it('the given trace stays as it is', () => {
    const given = trace([1, hole, 3]);
    for (const change of [
      (t: Trace) => scaleTrace(t, 3),
      (t: Trace) => resampleTrace(t, 120),
      (t: Trace) => spliceTraces(t, trace([7])),
      (t: Trace) => cutTrace(t, start, start + 60),
    ])
      change(given);
    expect([...given.values]).toEqual([1, hole, 3]);
  });
});
