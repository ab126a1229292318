/**
 * A time series: which metric, and its points as columns. Times are epoch seconds of the start of the period (STAT-02).
 *
 * Missing is missing: a period without a point is simply absent from the columns, never zero and never NaN.
 */
import type { MetricRef, Statistic } from './resources.ts';

export interface SeriesKey extends MetricRef {
  readonly connectionId: string;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
}

/** Two columns of one length, times strictly rising. */
export interface Points {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export const noPoints: Points = { times: new Float64Array(0), values: new Float64Array(0) };

/** One text per series: the same key always gives the same text, whatever the order of its dimensions. */
export function seriesKeyText(key: SeriesKey): string {
  const dimensions = Object.keys(key.dimensions)
    .sort()
    .map((name) => `${name}=${key.dimensions[name]}`)
    .join(',');
  return `${key.connectionId}|${key.namespace}|${key.metricName}|${dimensions}|${key.statistic}|${key.periodSeconds}`;
}
