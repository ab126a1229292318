/**
 * CloudWatch statistics of the samples of one period (STAT-01). Percentiles are not here.
 */
export type SampleStatistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';

/** @returns NaN (missing) for no samples, except SampleCount, which is 0 */
export function aggregateSamples(samples: ArrayLike<number>, statistic: SampleStatistic): number {
  const count = samples.length;
  if (statistic === 'SampleCount') return count;
  if (count === 0) return Number.NaN;
  let sum = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const sample = samples[index]!;
    sum += sample;
    if (sample < smallest) smallest = sample;
    if (sample > largest) largest = sample;
  }
  if (statistic === 'Average') return sum / count;
  if (statistic === 'Sum') return sum;
  return statistic === 'Minimum' ? smallest : largest;
}
