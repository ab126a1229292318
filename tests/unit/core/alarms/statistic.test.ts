import { expect, test } from 'vitest';
import {
  aggregateSamples,
  isRetrievalPeriod,
  needsHighResolution,
  periodStartSeconds,
  retentionSeconds,
  sampleSetOf,
  sampleStatistics,
  statisticOfSet,
} from '../../../../src/core/alarms/statistic.ts';

test.each([
  // samples, Average, Sum, Minimum, Maximum, SampleCount
  [[4, 1, 7], 4, 12, 1, 7, 3],
  [[-3, -1], -2, -4, -3, -1, 2],
  [[5], 5, 5, 5, 5, 1],
  [[0, 0], 0, 0, 0, 0, 2],
] as const)('[STAT-01] of %j', (samples, ...expected) => {
  expect(sampleStatistics.map((statistic) => aggregateSamples(samples, statistic))).toEqual(expected);
  const set = sampleSetOf(samples);
  expect(sampleStatistics.map((statistic) => statisticOfSet(set, statistic))).toEqual(expected);
});

test('[STAT-01] nothing is missing, but its count is 0', () => {
  expect(sampleStatistics.map((statistic) => aggregateSamples([], statistic))).toEqual([NaN, NaN, NaN, NaN, 0]);
});

test.each([
  [299, 300, 0],
  [300, 300, 300],
  [301, 300, 300],
  [599, 300, 300],
  [-1, 60, -60],
] as const)('[STAT-02] second %d lies in the %d s period from %d', (at, period, start) => {
  expect(periodStartSeconds(at, period)).toBe(start);
});

test('[STAT-06] readable periods', () => {
  const asked = [0, 1, 2, 5, 10, 15, 20, 30, 59, 60, 61, 90, 120, 3600, -60, 60.5, 604_800, Number.POSITIVE_INFINITY];
  expect(asked.filter(isRetrievalPeriod)).toEqual([1, 5, 10, 20, 30, 60, 120, 3600, 604_800]);
});

test('[STAT-04] below a minute needs high resolution', () => {
  expect([10, 59, 60, 300].map(needsHighResolution)).toEqual([true, true, false, false]);
});

test.each([
  [1, 3 / 24],
  [59, 3 / 24],
  [60, 15],
  [299, 15],
  [300, 63],
  [3599, 63],
  [3600, 455],
  [86_400, 455],
] as const)('[STAT-05] points of %d s are kept %d days', (period, days) => {
  expect(retentionSeconds(period)).toBe(days * 86_400);
});
