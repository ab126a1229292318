/**
 * CloudWatch statistics of one period, from its samples or from statistic sets (STAT-01), and how long, how finely and
 * where points lie (STAT-02, STAT-04 to STAT-06). Percentiles are percentile.ts.
 */
import type { SampleSet } from './percentile.ts';

export type SampleStatistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';
export const sampleStatistics = [
  'Average',
  'Sum',
  'Minimum',
  'Maximum',
  'SampleCount',
] as const satisfies readonly SampleStatistic[];

/** @returns NaN (missing) for no samples, except SampleCount, which is 0 */
export function aggregateSamples(samples: ArrayLike<number>, statistic: SampleStatistic): number {
  return statisticOfSet(sampleSetOf(samples), statistic);
}

/** The four numbers that every statistic but a percentile follows from. */
export function sampleSetOf(samples: ArrayLike<number>): SampleSet {
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    sum += sample;
    minimum = Math.min(minimum, sample);
    maximum = Math.max(maximum, sample);
  }
  return { sampleCount: samples.length, sum, minimum, maximum };
}

/** `aggregateSamples` for samples that are only known as a set. */
export function statisticOfSet(set: SampleSet, statistic: SampleStatistic): number {
  if (statistic === 'SampleCount') return set.sampleCount;
  if (set.sampleCount === 0) return Number.NaN;
  switch (statistic) {
    case 'Average':
      return set.sum / set.sampleCount;
    case 'Sum':
      return set.sum;
    case 'Minimum':
      return set.minimum;
    case 'Maximum':
      return set.maximum;
  }
}

/** A point carries the start of its period; periods lie on multiples of their length since the epoch (STAT-02). */
export function periodStartSeconds(atSeconds: number, periodSeconds: number): number {
  return Math.floor(atSeconds / periodSeconds) * periodSeconds;
}

/** Whether points of this period may be asked for: 1, 5, 10, 20, 30 or a multiple of 60 seconds (STAT-06). */
export function isRetrievalPeriod(periodSeconds: number): boolean {
  if ([1, 5, 10, 20, 30].includes(periodSeconds)) return true;
  return Number.isSafeInteger(periodSeconds) && periodSeconds >= 60 && periodSeconds % 60 === 0;
}

/** Below a minute only metrics that were put with a storage resolution of 1 s have points; services never do (STAT-04). */
export const needsHighResolution = (periodSeconds: number): boolean => periodSeconds < 60;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * How long points of a period can be read (STAT-05): a replay of older traffic needs a recording.
 *
 * @returns seconds: 3 hours below a minute, 15 days from 60 s, 63 days from 300 s, 455 days from 3600 s
 */
export function retentionSeconds(periodSeconds: number): number {
  if (periodSeconds < 60) return 3 * HOUR_SECONDS;
  if (periodSeconds < 300) return 15 * DAY_SECONDS;
  return (periodSeconds < HOUR_SECONDS ? 63 : 455) * DAY_SECONDS;
}
