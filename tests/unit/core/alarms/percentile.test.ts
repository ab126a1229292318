import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  percentile,
  percentileAvailable,
  percentileJudged,
  percentileMinSamples,
  percentileOf,
} from '../../../../src/core/alarms/percentile.ts';

test.each([
  ['p99', 0.99],
  ['p0', 0],
  ['p100', 1],
  ['p99.9', 0.999],
  ['p50', 0.5],
  ['p101', null],
  ['p100.1', null],
  ['p', null],
  ['p1000', null],
  ['P99', null],
  ['99', null],
  ['p99x', null],
  ['xp99', null],
  ['p99.', null],
  ['Average', null],
] as const)('[STAT-01] the statistic %s stands for the fraction %s', (name, fraction) => {
  const found = percentileOf(name);
  if (fraction === null || found === null) expect(found).toBe(fraction);
  else expect(found).toBeCloseTo(fraction, 12);
});

test.each([
  // samples, fraction, interpolated, nearest rank
  [[10, 20, 30, 40, 50], 0.5, 30, 30],
  [[50, 10, 40, 20, 30], 0.9, 46, 50],
  [[1, 2, 3, 4], 0.5, 2.5, 2],
  [[1, 2, 3, 4], 0.51, 2.53, 3],
  [[1, 2, 3, 4], 0, 1, 1],
  [[1, 2, 3, 4], 1, 4, 4],
  [[7], 0.99, 7, 7],
  [[9, 100], 0.25, 31.75, 9],
  [[0, 0, 5], 0.5, 0, 0],
] as const)('[STAT-01] [MODEL-45] of %j, p %d is %d, by nearest rank %d', (samples, fraction, between, nearest) => {
  expect(percentile([...samples], fraction)).toBeCloseTo(between, 12);
  expect(percentile([...samples], fraction, 'nearestRank')).toBe(nearest);
});

test('[STAT-03] no samples, or one below 0, have no percentile; 0 has', () => {
  expect(percentile([], 0.5)).toBeNaN();
  expect(percentile([3, -0.5, 2], 0.5)).toBeNaN();
  expect(percentile([0], 0.5)).toBe(0);
});

test('[STAT-01] a percentile lies within its samples and never falls as p rises', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom('interpolated' as const, 'nearestRank' as const),
      (samples, percent, method) => {
        const value = percentile(samples, percent / 100, method);
        expect(value).toBeGreaterThanOrEqual(Math.min(...samples));
        expect(value).toBeLessThanOrEqual(Math.max(...samples));
        expect(percentile(samples, (percent + 1) / 100, method)).toBeGreaterThanOrEqual(value - 1e-9);
      },
    ),
  );
});

test.each([
  // count, sum, min, max, available, because
  [1, 7, 7, 7, true, 'one sample'],
  [5, 10, 2, 2, true, 'five times the same'],
  [3, 0.1 + 0.1 + 0.1, 0.1, 0.1, true, 'an added sum is off by rounding'],
  [3, 0.3, 0.1, 0.1, true, 'a product is off by rounding'],
  [1000, 1_000_000.0005, 1000, 1000, true, 'and the more, the larger it is'],
  [1000, 1_000_000.002, 1000, 1000, false, 'within limits'],
  [5, 10, 1, 3, false, 'different samples'],
  [5, 11, 2, 2, false, 'a sum that cannot be'],
  [5, 9, 2, 2, false, 'a sum that cannot be either'],
  [1, 7, 7, 8, false, 'minimum and maximum differ'],
  [2, -4, -2, -2, false, 'below 0'],
  [4, 0, 0, 0, true, 'four times nothing is a value'],
  [0, 0, 0, 0, false, 'no samples'],
] as const)(
  '[STAT-03] count %d, sum %d, %d to %d: %s (%s)',
  (sampleCount, sum, minimum, maximum, available, _because) => {
    expect(percentileAvailable({ sampleCount, sum, minimum, maximum })).toBe(available);
  },
);

test.each([
  [0.99, 1000],
  [0.95, 200],
  [0.9, 100],
  [0.999, 10_000],
  [0.75, 40],
  [0.5, 20],
  [0.49, 21],
  [0.25, 40],
  [0.1, 100],
  [0.01, 1000],
  [0.3, 34],
  [0.97, 334],
] as const)('[ALARM-19] p %d is trusted with %d samples, and not with one less', (fraction, fewest) => {
  expect(percentileMinSamples(fraction)).toBe(fewest);
  expect(percentileJudged(fraction, fewest, 'ignore')).toBe(true);
  expect(percentileJudged(fraction, fewest - 1, 'ignore')).toBe(false);
  expect(percentileJudged(fraction, fewest - 1, 'evaluate')).toBe(true);
  expect(percentileJudged(fraction, 0, 'evaluate')).toBe(true);
});

test('[ALARM-19] the ends of the scale are never settled', () => {
  expect(percentileMinSamples(0)).toBe(Number.POSITIVE_INFINITY);
  expect(percentileMinSamples(1)).toBe(Number.POSITIVE_INFINITY);
});
