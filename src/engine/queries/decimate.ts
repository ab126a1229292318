/**
 * Fewer points for a chart, without losing what matters: the spike, the total, the last value (EL-83, UX-27).
 *
 * Every instant handed out is an instant of the source. Buckets lie on multiples of their own width, so a sliding window
 * does not make a still curve flicker. Not here: which measure takes which reduction (measures.ts).
 */
import type { Points } from '../../core/model/series.ts';

/** `rate` takes a counter per second: the bucket's sum over the seconds that were recorded in it, so no hole counts as zero. */
export type Reduction = 'minmax' | 'rate' | 'max' | 'last';

export interface Reduced {
  readonly times: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** False: every source point is there. */
  readonly reduced: boolean;
  /**
   * Spacing to expect between neighbours: more than 1.5 times this is a hole in the source (UX-21). After reduction two
   * kept points of neighbouring buckets may lie almost two buckets apart, which is why this is wider than a bucket.
   */
  readonly periodSeconds: number;
}

/**
 * @param points        times in epoch seconds, strictly rising
 * @param periodSeconds spacing of the source
 * @param maxPoints     upper bound of the points returned, at least 2
 * @returns columns in time order; linear in the number of points
 */
export function decimate(points: Points, periodSeconds: number, reduction: Reduction, maxPoints: number): Reduced {
  const count = points.times.length;
  if (count <= maxPoints) {
    return { times: points.times.slice(), values: points.values.slice(), reduced: false, periodSeconds };
  }
  const perBucket = reduction === 'minmax' ? 2 : 1;
  const first = points.times[0]!;
  const span = points.times[count - 1]! - first + periodSeconds;
  // One bucket is held back: a window rarely starts on a bucket's edge and then touches one more.
  const buckets = Math.floor(maxPoints / perBucket) - 1;
  const aligned = buckets >= 3;
  const widthSeconds = Math.max(1, Math.ceil(span / Math.max(1, buckets) / periodSeconds)) * periodSeconds;
  const origin = aligned ? Math.floor(first / widthSeconds) * widthSeconds : first;

  const times = new Float64Array(maxPoints);
  const values = new Float64Array(maxPoints);
  let kept = 0;
  const keep = (at: number, value = points.values[at]!): void => {
    times[kept] = points.times[at]!;
    values[kept++] = value;
  };
  for (let start = 0; start < count; ) {
    const bucket = Math.floor((points.times[start]! - origin) / widthSeconds);
    let end = start + 1;
    while (end < count && Math.floor((points.times[end]! - origin) / widthSeconds) === bucket) end++;
    keepBucket(points, start, end, reduction, keep);
    start = end;
  }
  return {
    times: times.slice(0, kept),
    values: values.slice(0, kept),
    reduced: true,
    periodSeconds: (widthSeconds * 4) / 3,
  };
}

function keepBucket(
  { values }: Points,
  start: number,
  end: number,
  reduction: Reduction,
  keep: (at: number, value?: number) => void,
): void {
  if (reduction === 'last') return keep(end - 1);
  let lowest = start;
  let highest = start;
  let sum = values[start]!;
  for (let at = start + 1; at < end; at++) {
    if (values[at]! < values[lowest]!) lowest = at;
    if (values[at]! > values[highest]!) highest = at;
    sum += values[at]!;
  }
  if (reduction === 'rate') return keep(start, sum / (end - start));
  if (reduction === 'max' || lowest === highest) return keep(highest);
  keep(Math.min(lowest, highest));
  keep(Math.max(lowest, highest));
}
