/**
 * What functions of metric math do to points: reduce a series to a number, series to one series, one series to another.
 *
 * Types and argument counts are functions.ts. NaN = missing throughout.
 */

/** The value a missing point of a list counts as, in SUM and AVG across series. */
const MISSING_ACROSS_SERIES = 0;

/** How a set of numbers becomes one. @returns NaN for none at all, except for counts */
export type Reduction = (values: readonly number[]) => number;

const extreme = (values: readonly number[], beats: (one: number, other: number) => boolean): number => {
  let found = values[0] ?? Number.NaN;
  for (const value of values) if (beats(value, found)) found = value;
  return found;
};

export const sum: Reduction = (values) =>
  values.length === 0 ? Number.NaN : values.reduce((total, value) => total + value, 0);
export const average: Reduction = (values) => sum(values) / values.length;
export const smallest: Reduction = (values) => extreme(values, (one, other) => one < other);
export const largest: Reduction = (values) => extreme(values, (one, other) => one > other);
export const count: Reduction = (values) => values.length;
/** Of the whole population: the mean squared distance is divided by the number of points. */
export const standardDeviation: Reduction = (values) => {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
};

/** The real points of one series as one number (MATH-05: more points fetched, another number). */
export function reduceSeries(values: Float64Array, reduction: Reduction): number {
  return reduction([...values].filter((value) => !Number.isNaN(value)));
}

/**
 * Several series as one, timestamp by timestamp. Where none has a point there is none.
 *
 * @param missing what a series counts with where only others have a point: `zero` (SUM, AVG), or not at all (MODEL-42)
 */
export function reduceAcross(
  series: readonly Float64Array[],
  length: number,
  reduction: Reduction,
  missing: 'zero' | 'leftOut',
): Float64Array {
  const answer = new Float64Array(length);
  // One list for all timestamps: a list of its own for each would cost ten times what the sums do.
  const gathered: number[] = [];
  for (let index = 0; index < length; index++) {
    gathered.length = 0;
    for (const values of series) {
      const value = values[index]!;
      if (!Number.isNaN(value)) gathered.push(value);
    }
    const real = gathered.length;
    if (missing === 'zero' && real > 0)
      for (let absent = series.length - real; absent > 0; absent--) gathered.push(MISSING_ACROSS_SERIES);
    answer[index] = real === 0 ? Number.NaN : reduction(gathered);
  }
  return answer;
}

/**
 * Something about each real point and the real point before it; the first has none before it and is dropped.
 */
export function fromPrevious(
  values: Float64Array,
  timesSeconds: ArrayLike<number>,
  step: (difference: number, seconds: number) => number,
): Float64Array {
  let previous = -1;
  return values.map((value, index) => {
    if (Number.isNaN(value)) return Number.NaN;
    const before = previous;
    previous = index;
    if (before < 0) return Number.NaN;
    return step(value - values[before]!, timesSeconds[index]! - timesSeconds[before]!);
  });
}

/** Totals so far, at the timestamps that have a point. */
export function runningSum(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((value) => {
    if (Number.isNaN(value)) return value;
    total += value;
    return total;
  });
}

/** Gaps get the filler's value of their timestamp; a filler that is missing there leaves the gap. */
export function fillFrom(values: Float64Array, fillerAt: (index: number) => number): Float64Array {
  return values.map((value, index) => (Number.isNaN(value) ? fillerAt(index) : value));
}

/** Gaps get the newest value before them; a gap at the beginning stays. */
export function fillRepeat(values: Float64Array): Float64Array {
  let last = Number.NaN;
  return values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
}

/** Gaps get the straight line, over time, between the points around them; gaps at either end stay. */
export function fillLinear(values: Float64Array, timesSeconds: ArrayLike<number>): Float64Array {
  const filled = values.slice();
  let before = -1;
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index]!)) continue;
    if (before >= 0) {
      const rise = values[index]! - values[before]!;
      const span = timesSeconds[index]! - timesSeconds[before]!;
      for (let gap = before + 1; gap < index; gap++) {
        filled[gap] = values[before]! + (rise * (timesSeconds[gap]! - timesSeconds[before]!)) / span;
      }
    }
    before = index;
  }
  return filled;
}
