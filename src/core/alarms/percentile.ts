/**
 * Percentiles: their names, their values, when a statistic set has any (STAT-01, STAT-03), and whether an alarm judges few
 * samples (ALARM-19).
 */

export type LowSampleTreatment = 'evaluate' | 'ignore';

/** How a percentile falls between two samples; the service does not publish its own way (MODEL-45). */
export type PercentileMethod = 'interpolated' | 'nearestRank';

/** Samples on the thinner side of a percentile that make it trustworthy (ALARM-19). */
const SAMPLES_BEYOND = 10;

/**
 * The fraction an extended statistic such as `p99` or `p99.9` stands for.
 *
 * @returns 0 to 1, or null when the name is no percentile
 */
export function percentileOf(statistic: string): number | null {
  const match = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(statistic);
  const percent = Number(match?.[1] ?? Number.NaN);
  return percent <= 100 ? percent / 100 : null;
}

/**
 * The value below which a fraction of the samples lies (STAT-01).
 *
 * @param samples  in any order
 * @param fraction 0 to 1
 * @returns NaN (missing) for no samples, and when any is negative (STAT-03)
 */
export function percentile(
  samples: ArrayLike<number>,
  fraction: number,
  method: PercentileMethod = 'interpolated',
): number {
  const sorted = Float64Array.from(samples).sort();
  if (sorted.length === 0 || sorted[0]! < 0) return Number.NaN;
  if (method === 'nearestRank') return sorted[Math.max(1, Math.ceil(fraction * sorted.length)) - 1]!;
  const rank = fraction * (sorted.length - 1);
  const below = Math.floor(rank);
  const value = sorted[below]!;
  return below === sorted.length - 1 ? value : value + (rank - below) * (sorted[below + 1]! - value);
}

/** What PutMetricData may send instead of samples. */
export interface SampleSet {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Whether a percentile can be told from a statistic set: only when every sample of it is the same known value (STAT-03).
 * Raw samples always can be, unless one is negative (`percentile` then answers NaN).
 */
export function percentileAvailable({ sampleCount, sum, minimum, maximum }: SampleSet): boolean {
  if (!(sampleCount > 0) || minimum < 0 || minimum !== maximum) return false;
  // A sum that was added up sample by sample is off by rounding: three times 0.1 is not 0.3.
  return Math.abs(sum - minimum * sampleCount) <= 1e-9 * Math.abs(sum);
}

/**
 * Fewest samples a percentile is trusted with: 10 / (1 - p) from the median up, 10 / p below it (ALARM-19).
 *
 * @param fraction above 0 and below 1
 * @returns a whole number; p99 needs 1000. Infinity for 0 and 1, which no number of samples settles
 */
export function percentileMinSamples(fraction: number): number {
  const thinner = Math.min(fraction, 1 - fraction);
  // 1 - 0.99 is not quite 0.01: twelve digits tell the written fraction from the noise of its binary form.
  return Math.ceil(Number((SAMPLES_BEYOND / thinner).toPrecision(12)));
}

/**
 * Whether a percentile alarm is judged at all; when not, its state is frozen (ALARM-19).
 *
 * @param samples behind the datapoint
 */
export function percentileJudged(fraction: number, samples: number, treatment: LowSampleTreatment): boolean {
  return treatment === 'evaluate' || samples >= percentileMinSamples(fraction);
}
