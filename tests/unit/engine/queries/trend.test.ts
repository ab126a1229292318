import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../../src/engine/queries/trend.ts';

const now = 10_000 * 60;
/** One value a minute, newest last, ending with the last whole minute. */
const minutes = (...values: number[]) => ({
  times: Float64Array.from(values, (_, at) => now - (values.length - at) * 60),
  values: Float64Array.from(values),
});
const line = (from: number, step: number, n = 15) => minutes(...Array.from({ length: n }, (_, at) => from + at * step));

describe('UX-02 trend over the last 15 minutes', () => {
  it.each([
    { points: line(100, 20), trend: 'growing', because: '20 more each minute' },
    { points: line(5000, -100), trend: 'draining', because: '100 fewer each minute' },
    { points: line(5000, -1), trend: 'steady', because: '14 of 5,000 is noise' },
    { points: line(0, 0), trend: 'steady', because: 'nothing moves' },
    { points: line(1400, -100), trend: 'steady', because: 'it fell all the time and is empty now' },
    { points: line(1500, -100), trend: 'draining', because: 'a hundred are left' },
    { points: line(2, 0.2), trend: 'steady', because: 'three messages are no incident' },
    { points: line(100, 50, 3), trend: 'unknown', because: 'three datapoints say nothing' },
    { points: minutes(), trend: 'unknown', because: 'no datapoints' },
    { points: minutes(100, 100, 100, 9000, 100, 100, 100, 100), trend: 'steady', because: 'one odd minute' },
  ])('$trend: $because', ({ points, trend }) => {
    expect(trendOf(points, now).trend).toBe(trend);
  });

  it('time to drain is depth over net drain rate, and only while draining', () => {
    const draining = line(1500, -60);
    expect(trendOf(draining, now).timeToDrainSeconds).toBeCloseTo((1500 - 14 * 60) / 1, 6);
    expect(trendOf(line(100, 20), now).timeToDrainSeconds).toBeNull();
    expect(trendOf(line(5000, -1), now).timeToDrainSeconds).toBeNull();
  });

  it('a growth of an hour ago does not count', () => {
    const times = Float64Array.from({ length: 60 }, (_, at) => now - (60 - at) * 60);
    const values = Float64Array.from({ length: 60 }, (_, at) => Math.min(at, 40) * 100);
    expect(trendOf({ times, values }, now).trend).toBe('steady');
  });
});
