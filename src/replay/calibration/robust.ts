/**
 * Robust estimates with intervals: a biweight for noisy rates, a median for few durations.
 *
 * Both intervals are closed forms, so the same recording gives the same figures without any chance. Rules:
 * docs/rules/replay.md (CAL-02, CAL-04). Not here: which minutes and launches count.
 */

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Share of recordings whose interval holds the true value; below the wanted 0.95 when there are too few samples for it. */
  readonly confidence: number;
}

const wanted = 0.95;
/** In deviations; nothing beyond counts. 95 % as good as the mean on clean data. */
const biweightReach = 4.685;
const madToDeviation = 1.4826;
const normalQuantile = 1.959963984540054;

/** Linear between the neighbours; `sorted` is not empty. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const lower = sorted[below]!;
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return lower + (upper - lower) * (at - below);
}

/**
 * Tukey's biweight: what lies far from the bulk does not count at all, the rest nearly as in a mean.
 *
 * @param values      at least 2, in the order of time
 * @param leastScale  a deviation that says nothing (counts are whole numbers); above 0
 * @param isNeighbour whether value `index` follows value `index - 1` without a break; neighbours that move together tell
 *                    less than independent ones, which widens the interval
 * @returns the estimate, started at the median with the median absolute deviation as scale, and its 95 % interval from the
 *          estimate's own variance (Mosteller and Tukey 1977, chapter 10), Student's with 0.7 (n - 1) degrees of freedom
 */
export function biweight(
  values: readonly number[],
  leastScale: number,
  isNeighbour: (index: number) => boolean,
): { readonly value: number; readonly interval: Interval } {
  const sorted = Float64Array.from(values).sort();
  const middle = quantile(sorted, 0.5);
  const deviations = sorted.map((value) => Math.abs(value - middle)).sort();
  const reach = biweightReach * Math.max(leastScale, quantile(deviations, 0.5) * madToDeviation);
  let value = middle;
  for (let round = 0; round < 50; round++) {
    let weights = 0;
    let sum = 0;
    for (const sample of values) {
      const weight = weightOf((sample - value) / reach);
      weights += weight;
      sum += weight * (sample - value);
    }
    const step = weights > 0 ? sum / weights : 0;
    value += step;
    if (Math.abs(step) <= 1e-12 * reach) break;
  }
  // psi: what each sample pulls, in its own units; those out of reach pull nothing.
  const pulls = values.map((sample) => (sample - value) * weightOf((sample - value) / reach));
  let squares = 0;
  let slopes = 0;
  values.forEach((sample, index) => {
    const u = ((sample - value) / reach) ** 2;
    squares += pulls[index]! ** 2;
    if (u < 1) slopes += (1 - u) * (1 - 5 * u);
  });
  const variance = (squares / Math.max(1, slopes) ** 2) * inflation(pulls, isNeighbour);
  const half = studentQuantile(Math.max(1, 0.7 * (values.length - 1))) * Math.sqrt(variance);
  return { value, interval: { low: Math.max(0, value - half), high: value + half, confidence: wanted } };
}

function weightOf(distance: number): number {
  return Math.abs(distance) < 1 ? (1 - distance * distance) ** 2 : 0;
}

/**
 * @param sorted at least 1
 * @returns the median and the narrowest pair of order statistics that holds it with 95 %, whatever the distribution; with
 *          fewer than 6 samples the whole range and the confidence that has; null for a single one
 */
export function medianWithInterval(sorted: ArrayLike<number>): {
  readonly value: number;
  readonly interval: Interval | null;
} {
  const count = sorted.length;
  const value = quantile(sorted, 0.5);
  if (count < 2) return { value, interval: null };
  // P(fewer than `rank` of `count` lie below the median), one side.
  let tail = 0.5 ** Math.min(count, 1074);
  let below = tail;
  let rank = 1;
  if (count <= 1000) {
    while (true) {
      const term = (tail * (count - rank + 1)) / rank;
      if (1 - 2 * (below + term) < wanted) break;
      tail = term;
      below += term;
      rank++;
    }
  } else {
    // The normal limit of the binomial; 2^-count is no number any more.
    rank = Math.floor((count - normalQuantile * Math.sqrt(count)) / 2);
    below = (1 - wanted) / 2;
  }
  return { value, interval: { low: sorted[rank - 1]!, high: sorted[count - rank]!, confidence: 1 - 2 * below } };
}

/** How many times more samples it takes than independent ones would: (1 + r) / (1 - r), r between neighbours, at least 1. */
function inflation(values: readonly number[], isNeighbour: (index: number) => boolean): number {
  const middle = mean(values);
  const variance = sumOfSquares(values) / values.length;
  let products = 0;
  let pairs = 0;
  for (let index = 1; index < values.length; index++) {
    if (!isNeighbour(index)) continue;
    products += (values[index]! - middle) * (values[index - 1]! - middle);
    pairs++;
  }
  if (pairs < 10 || variance === 0) return 1;
  const correlation = Math.min(0.95, Math.max(0, products / pairs / variance));
  return (1 + correlation) / (1 - correlation);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

function sumOfSquares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Student's 0.975 quantile: exact for 1 and 2 degrees of freedom, else Cornish and Fisher's series (within 0.1 %). */
export function studentQuantile(freedom: number): number {
  if (freedom === 1) return 12.706204736432095;
  if (freedom === 2) return 4.302652729696142;
  const z = normalQuantile;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), z);
}
