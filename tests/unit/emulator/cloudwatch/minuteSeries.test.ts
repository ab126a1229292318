import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinuteSeries, statisticOf } from '../../../../src/emulator/cloudwatch/minuteSeries.ts';

const ref = { namespace: 'Shop', metricName: 'Orders', dimensions: {} };
const series = (retentionMinutes = 21_600): MinuteSeries =>
  new MinuteSeries({ ref, unit: 'Count', fromService: false, retentionMinutes });

describe('MinuteSeries', () => {
  it('STAT-01: several puts of one minute add up, and every statistic follows', () => {
    const one = series();
    one.put(10, 1, 4, 4, 4);
    one.put(10, 3, 6, 1, 3);
    const set = one.collect(10, 11)!;
    expect(set).toEqual({ count: 4, sum: 10, minimum: 1, maximum: 4 });
    expect(statisticOf(set, 'Average')).toBe(2.5);
    expect(statisticOf(set, 'SampleCount')).toBe(4);
  });

  it('a minute nobody put is missing, not zero', () => {
    const one = series();
    one.put(10, 1, 0, 0, 0);
    one.put(12, 1, 5, 5, 5);
    expect(one.collect(10, 11)).toEqual({ count: 1, sum: 0, minimum: 0, maximum: 0 });
    expect(one.collect(11, 12)).toBeNull();
    expect(one.collect(0, 10)).toBeNull();
  });

  it('STAT-05: keeps at least the retention and drops what is older', () => {
    const one = series(100);
    for (let minute = 0; minute < 5_000; minute++) one.put(minute, 1, minute, minute, minute);
    for (let minute = 4_900; minute < 5_000; minute++) expect(one.collect(minute, minute + 1)?.sum).toBe(minute);
    expect(one.oldestMinute()).toBeGreaterThan(3_000);
    expect(one.collect(0, 3_000)).toBeNull();
  });

  it('a point further back than the retention is dropped and changes nothing', () => {
    const one = series(100);
    one.put(1_000, 1, 7, 7, 7);
    one.put(10, 1, 1, 1, 1);
    expect(one.collect(0, 999)).toBeNull();
    expect(one.collect(1_000, 1_001)?.sum).toBe(7);
  });

  it('agrees with a plain map whatever the order of the puts', () => {
    const put = fc.record({ minute: fc.integer({ min: 0, max: 400 }), value: fc.integer({ min: -50, max: 50 }) });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 200 }), (puts) => {
        const one = series();
        const samples = new Map<number, number[]>();
        for (const { minute, value } of puts) {
          one.put(minute, 1, value, value, value);
          samples.set(minute, [...(samples.get(minute) ?? []), value]);
        }
        for (let minute = 0; minute <= 400; minute += 1) {
          const expected = samples.get(minute);
          const found = one.collect(minute, minute + 1);
          if (expected === undefined) expect(found).toBeNull();
          else {
            const sum = expected.reduce((a, b) => a + b, 0);
            expect(found).toEqual({
              count: expected.length,
              sum,
              minimum: Math.min(...expected),
              maximum: Math.max(...expected),
            });
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
