/**
 * Is a backlog growing, steady or draining, and when would it be gone (UX-02)?
 *
 * The slope is the median of all pairwise slopes over the last 15 minutes: one odd minute does not turn it round. Small
 * movements against the size of the backlog are steady. Works for message counts and, for streams, for seconds of age.
 */
import type { Points } from '../../core/model/series.ts';

export const trendWindowSeconds = 15 * 60;
/** Fewer points than this say nothing. */
const pointsNeeded = 4;
/** A change over the window smaller than this share of the mean, or than `smallChange`, is steady. */
const steadyShare = 0.05;
const smallChange = 5;

export interface Trend {
  readonly trend: 'growing' | 'steady' | 'draining' | 'unknown';
  /** Change per second; null when unknown. */
  readonly slopePerSecond: number | null;
  /** Only while draining: the newest value over the net drain rate. */
  readonly timeToDrainSeconds: number | null;
}

/**
 * @param points     the measure, at least the last 15 minutes of it
 * @param nowSeconds epoch seconds of the connection's clock; points older than the window do not count
 */
export function trendOf(points: Points, nowSeconds: number): Trend {
  const { times, values } = points;
  let start = times.length;
  while (start > 0 && times[start - 1]! >= nowSeconds - trendWindowSeconds) start--;
  const count = times.length - start;
  if (count < pointsNeeded) return { trend: 'unknown', slopePerSecond: null, timeToDrainSeconds: null };
  const slopes: number[] = [];
  let sum = 0;
  for (let i = start; i < times.length; i++) {
    sum += values[i]!;
    for (let j = i + 1; j < times.length; j++) slopes.push((values[j]! - values[i]!) / (times[j]! - times[i]!));
  }
  const slopePerSecond = median(slopes);
  const change = slopePerSecond * (times[times.length - 1]! - times[start]!);
  const steady = Math.abs(change) < Math.max(smallChange, (steadyShare * sum) / count);
  if (steady) return { trend: 'steady', slopePerSecond, timeToDrainSeconds: null };
  if (change > 0) return { trend: 'growing', slopePerSecond, timeToDrainSeconds: null };
  const newest = values[values.length - 1]!;
  // What is gone already drains no longer, however steep the window still looks.
  if (newest === 0) return { trend: 'steady', slopePerSecond, timeToDrainSeconds: null };
  return { trend: 'draining', slopePerSecond, timeToDrainSeconds: newest / -slopePerSecond };
}

function median(numbers: number[]): number {
  numbers.sort((a, b) => a - b);
  const middle = numbers.length >> 1;
  return numbers.length % 2 === 1 ? numbers[middle]! : (numbers[middle - 1]! + numbers[middle]!) / 2;
}
