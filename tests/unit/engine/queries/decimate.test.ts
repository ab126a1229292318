import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Points } from '../../../../src/core/model/series.ts';
import { decimate, type Reduction } from '../../../../src/engine/queries/decimate.ts';

/** One-minute points with holes, anywhere in time. */
const recordings = fc
  .record({
    start: fc.integer({ min: 0, max: 40_000_000 }),
    gaps: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 800 }),
    values: fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 800, maxLength: 800 }),
  })
  .map(({ start, gaps, values }): Points => {
    let minute = start;
    const times = gaps.map((gap) => {
      minute += gap;
      return minute * 60;
    });
    return { times: Float64Array.from(times), values: Float64Array.from(values.slice(0, times.length)) };
  });
const widths = fc.integer({ min: 2, max: 400 });
const reductions = fc.constantFrom<Reduction>('minmax', 'rate', 'max', 'last');

describe('EL-83 decimation', () => {
  it('global minimum and maximum always survive min/max', () => {
    fc.assert(
      fc.property(recordings, widths, (points, maxPoints) => {
        const { values } = decimate(points, 60, 'minmax', maxPoints);
        expect(Math.max(...values)).toBe(Math.max(...points.values));
        expect(Math.min(...values)).toBe(Math.min(...points.values));
      }),
    );
  });

  it('every kept level is a source point, at its own instant', () => {
    fc.assert(
      fc.property(recordings, widths, fc.constantFrom<Reduction>('minmax', 'max', 'last'), (points, maxPoints, how) => {
        const source = new Map([...points.times].map((time, at) => [time, points.values[at]]));
        const { times, values } = decimate(points, 60, how, maxPoints);
        times.forEach((time, at) => {
          expect(values[at]).toBe(source.get(time));
        });
      }),
    );
  });

  it('instants are from the source, strictly rising, and never more than asked for', () => {
    fc.assert(
      fc.property(recordings, widths, reductions, (points, maxPoints, how) => {
        const { times } = decimate(points, 60, how, maxPoints);
        expect(times.length).toBeLessThanOrEqual(maxPoints);
        const source = new Set(points.times);
        times.forEach((time, at) => {
          expect(source.has(time)).toBe(true);
          if (at > 0) expect(time).toBeGreaterThan(times[at - 1]!);
        });
      }),
    );
  });

  it('the newest count survives "last"', () => {
    fc.assert(
      fc.property(recordings, widths, (points, maxPoints) => {
        const { values } = decimate(points, 60, 'last', maxPoints);
        expect(values.at(-1)).toBe(points.values.at(-1));
      }),
    );
  });

  it('UX-21 neighbours of a gapless source never look like a hole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 0, max: 5000 }),
        widths,
        reductions,
        (n, start, max, how) => {
          const times = Float64Array.from({ length: n }, (_, at) => (start + at) * 60);
          const reduced = decimate({ times, values: times.map((time) => Math.sin(time)) }, 60, how, max);
          for (let at = 1; at < reduced.times.length; at++) {
            expect(reduced.times[at]! - reduced.times[at - 1]!).toBeLessThanOrEqual(1.5 * reduced.periodSeconds);
          }
        },
      ),
    );
  });

  it('UX-27 a counter becomes the mean rate of the recorded seconds: a hole is not zero traffic', () => {
    // 10/s for five minutes, five minutes missing, 10/s for five minutes.
    const minutes = [0, 1, 2, 3, 4, 10, 11, 12, 13, 14];
    const points = { times: Float64Array.from(minutes, (m) => m * 60), values: new Float64Array(10).fill(10) };
    const { values, reduced } = decimate(points, 60, 'rate', 4);
    expect(reduced).toBe(true);
    expect(new Set(values)).toEqual(new Set([10]));
  });

  it('what fits is handed out untouched', () => {
    const points = { times: Float64Array.of(60, 120), values: Float64Array.of(1, 2) };
    expect(decimate(points, 60, 'minmax', 2)).toEqual({ ...points, reduced: false, periodSeconds: 60 });
  });

  it('cost is linear: each source point is read a bounded number of times', () => {
    const n = 100_000;
    let reads = 0;
    const values = new Proxy(new Float64Array(n), {
      get(target, name) {
        reads++;
        return Reflect.get(target, name);
      },
    });
    decimate({ times: Float64Array.from({ length: n }, (_, at) => at * 60), values }, 60, 'minmax', 800);
    expect(reads).toBeLessThan(12 * n);
  });
});
