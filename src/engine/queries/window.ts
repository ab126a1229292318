/**
 * Reading recorded series: recent windows for the overview, exact minute columns for replays.
 */
import type { Measure } from '../../core/contract/shapes.ts';
import { seriesKeyOf } from '../../core/metrics.ts';
import type { Resource } from '../../core/model/resources.ts';
import { noPoints, type Points } from '../../core/model/series.ts';
import type { StoreReader } from '../../storage/interface.ts';

/** Points with from <= time < to, epoch seconds; none when the kind of resource has no such measure. */
export function readMeasure(
  store: StoreReader,
  resource: Resource,
  measure: Measure,
  fromSeconds: number,
  toSeconds: number,
): Points {
  const key = seriesKeyOf(resource, measure);
  return key === undefined ? noPoints : store.points(key, fromSeconds, toSeconds);
}

/** Points at or after an instant, without copying. */
export function since({ times, values }: Points, fromSeconds: number): Points {
  let start = times.length;
  while (start > 0 && times[start - 1]! >= fromSeconds) start--;
  return { times: times.subarray(start), values: values.subarray(start) };
}

/** Newest value, or null. */
export function newest({ values }: Points): number | null {
  return values.length === 0 ? null : values[values.length - 1]!;
}

/** Mean of one-minute sums, per second, over the minutes that were recorded; null when there were none. */
export function meanRate(points: Points, periodSeconds = 60): number | null {
  const { length } = points.values;
  if (length === 0) return null;
  return points.values.reduce((sum, value) => sum + value, 0) / (length * periodSeconds);
}

/**
 * One entry per minute from `startSeconds`, NaN where there is no datapoint.
 *
 * @param startSeconds epoch seconds, a whole minute
 */
export function minuteColumn(points: Points, startSeconds: number, minutes: number): Float64Array<ArrayBuffer> {
  const column = new Float64Array(minutes).fill(Number.NaN);
  points.times.forEach((time, at) => {
    const minute = (time - startSeconds) / 60;
    if (minute >= 0 && minute < minutes && Number.isInteger(minute)) column[minute] = points.values[at]!;
  });
  return column;
}
