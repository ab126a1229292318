/**
 * Columns as they come from the engine, made ready to draw: gaps broken, rates per second, nearest point, summary.
 *
 * Times are epoch seconds, rising. Missing is missing: nothing here turns a hole into a zero (UX-21). Pure.
 */
import type { SeriesColumns } from '../../core/contract/shapes.ts';

export interface Columns {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** What recharts draws: null breaks the line. */
export interface DrawnPoint {
  readonly t: number;
  readonly v: number | null;
}

/** Smallest distance of neighbours, at least the period: the width of one drawn bucket, in seconds. */
export function spacingSeconds(times: Float64Array, periodSeconds: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < times.length; i++) smallest = Math.min(smallest, times[i]! - times[i - 1]!);
  return Math.max(periodSeconds, Number.isFinite(smallest) ? smallest : periodSeconds);
}

/**
 * Neighbours further apart than this, in seconds, are not joined: 1.5 periods (UX-21). Once points were reduced, two
 * kept neighbours may be two buckets apart without anything missing between them.
 */
export function gapSeconds(columns: SeriesColumns, rangeSeconds: number, maxPoints: number): number {
  const periods = 1.5 * columns.periodSeconds;
  if (columns.reduction === 'none' || columns.sourcePoints <= columns.times.length) return periods;
  return Math.max(periods, (2 * rangeSeconds) / (maxPoints / 2) + columns.periodSeconds);
}

/** A sum of a period (or of a bucket of several) as a rate per second; what is a rate already stays. */
export function perSecond(columns: SeriesColumns): Columns {
  if (columns.unit === 'count/s' || columns.unit === 'bytes/s') return columns;
  const bucketSeconds =
    columns.reduction === 'sum' ? spacingSeconds(columns.times, columns.periodSeconds) : columns.periodSeconds;
  return { times: columns.times, values: columns.values.map((value) => value / bucketSeconds) };
}

/** Rows with a null between neighbours that lie too far apart, and null for NaN. */
export function drawnPoints({ times, values }: Columns, gap: number): DrawnPoint[] {
  const points: DrawnPoint[] = [];
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    const v = values[i]!;
    if (i > 0 && t - times[i - 1]! > gap) points.push({ t: (t + times[i - 1]!) / 2, v: null });
    points.push({ t, v: Number.isFinite(v) ? v : null });
  }
  return points;
}

/** Index of the point nearest to an instant and no further than `withinSeconds`; -1 when there is none. */
export function nearestIndex(times: Float64Array, atSeconds: number, withinSeconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < atSeconds) low = middle + 1;
    else high = middle;
  }
  let best = -1;
  for (const i of [low - 1, low]) {
    if (i < 0 || i >= times.length) continue;
    const distance = Math.abs(times[i]! - atSeconds);
    if (distance <= withinSeconds && (best < 0 || distance < Math.abs(times[best]! - atSeconds))) best = i;
  }
  return best;
}

export interface ColumnSummary {
  readonly min: number;
  readonly max: number;
  readonly maxAtMs: number;
  readonly last: number;
  readonly lastAtMs: number;
  /** Of the last quarter of the points against the quarter before, when they differ by more than 10 % of the span. */
  readonly trend: 'rising' | 'falling' | 'level';
}

/** @returns null when there is no point at all */
export function summarizeColumns({ times, values }: Columns): ColumnSummary | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let maxAt = 0;
  let lastAt = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    lastAt = i;
    if (value < min) min = value;
    if (value > max) {
      max = value;
      maxAt = i;
    }
  }
  if (lastAt < 0) return null;
  const quarter = Math.max(1, Math.floor(values.length / 4));
  const difference =
    mean(values, values.length - quarter, values.length) -
    mean(values, Math.max(0, values.length - 2 * quarter), values.length - quarter);
  const span = max - min;
  const trend =
    span > 0 && difference > 0.1 * span ? 'rising' : span > 0 && difference < -0.1 * span ? 'falling' : 'level';
  return { min, max, maxAtMs: times[maxAt]! * 1000, last: values[lastAt]!, lastAtMs: times[lastAt]! * 1000, trend };
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    sum += values[i]!;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Largest value of several columns, 0 when there is none. */
export function largest(all: readonly Columns[]): number {
  let max = 0;
  for (const { values } of all) for (const value of values) if (value > max) max = value;
  return max;
}
