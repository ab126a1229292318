/**
 * Every metric of the emulated account: where services and users put points, and where readers and alarms find them.
 *
 * Implements MetricSink for the services. Statistics and periods are worked out on reading (readPoints).
 */
import type { MetricRef, Statistic } from '../../core/model/resources.ts';
import type { MetricHandle, MetricPoint, MetricSink } from '../metricSink.ts';
import { MinuteSeries, type StatisticSet, statisticOf } from './minuteSeries.ts';

export const minuteMs = 60_000;
/** One-minute points live 15 days (STAT-05). */
export const retentionMinutes = 15 * 24 * 60;

export interface MetricStore extends MetricSink {
  /** How long after its end a service's minute becomes readable. */
  publicationDelayMs: number;
  putUserData(ref: MetricRef, unit: string, atMs: number, set: StatisticSet): void;
  find(ref: MetricRef): MinuteSeries | undefined;
  /** In the order of their first point. */
  all(): Iterable<MinuteSeries>;
  /**
   * First minute that may not be read yet at `asOfMs`. A user's data have no delay and may lie up to two hours ahead.
   */
  readableEndMinute(series: MinuteSeries, asOfMs: number): number;
}

export function createMetricStore(options: { publicationDelayMs: number }): MetricStore {
  const series = new Map<string, MinuteSeries>();

  function seriesFor(ref: MetricRef, unit: string, fromService: boolean): MinuteSeries {
    const key = metricKey(ref);
    let found = series.get(key);
    if (found === undefined) {
      found = new MinuteSeries({ ref, unit, fromService, retentionMinutes });
      series.set(key, found);
    }
    return found;
  }

  const store: MetricStore = {
    publicationDelayMs: options.publicationDelayMs,
    metric(ref, unit): MetricHandle {
      const target = seriesFor(ref, unit, true);
      return {
        put: (point: MetricPoint) =>
          target.put(Math.floor(point.atMs / minuteMs), point.count, point.sum, point.minimum, point.maximum),
        sample: (atMs, value) => target.put(Math.floor(atMs / minuteMs), 1, value, value, value),
      };
    },
    putUserData(ref, unit, atMs, set) {
      const target = seriesFor(ref, unit, false);
      target.unit = unit;
      target.put(Math.floor(atMs / minuteMs), set.count, set.sum, set.minimum, set.maximum);
    },
    find: (ref) => series.get(metricKey(ref)),
    all: () => series.values(),
    readableEndMinute(target, asOfMs) {
      return target.fromService
        ? Math.floor((asOfMs - store.publicationDelayMs) / minuteMs)
        : Math.floor(asOfMs / minuteMs) + 121;
    },
  };
  return store;
}

/** One text per metric, whatever the order of its dimensions. Each combination is a metric of its own. */
export function metricKey(ref: MetricRef): string {
  const dimensions = Object.keys(ref.dimensions)
    .sort()
    .map((name) => `${name}\u0001${ref.dimensions[name]}`);
  return [ref.namespace, ref.metricName, ...dimensions].join('\u0000');
}

/** Two columns, oldest first: period starts in epoch milliseconds, and values. */
export interface ReadPoints {
  readonly timesMs: number[];
  readonly values: number[];
}

/**
 * The points of `[startMs, endMs)` at a period, each stamped with the start of its period. Periods lie on multiples of
 * their length since the epoch; the one that holds `startMs` is included whole. Periods below a minute read the minutes.
 */
export function readPoints(
  store: MetricStore,
  series: MinuteSeries | undefined,
  query: { statistic: Statistic; periodSeconds: number; startMs: number; endMs: number; asOfMs: number },
): ReadPoints {
  const timesMs: number[] = [];
  const values: number[] = [];
  eachPeriod(store, series, query, (timeMs, set) => {
    timesMs.push(timeMs);
    values.push(statisticOf(set, query.statistic));
  });
  return { timesMs, values };
}

/** Calls `visit` for every period that has a point, oldest first. */
export function eachPeriod(
  store: MetricStore,
  series: MinuteSeries | undefined,
  query: { periodSeconds: number; startMs: number; endMs: number; asOfMs: number },
  visit: (timeMs: number, set: StatisticSet) => void,
): void {
  if (series === undefined) return;
  const newest = series.newestMinute();
  if (newest === null) return;
  const periodMinutes = Math.max(1, Math.round(query.periodSeconds / 60));
  const readableEnd = Math.min(newest + 1, store.readableEndMinute(series, query.asOfMs));
  const oldestKept = Math.floor(query.asOfMs / minuteMs) - retentionMinutes;
  const from = Math.max(Math.floor(query.startMs / minuteMs), series.oldestMinute(), oldestKept);
  const end = Math.ceil(query.endMs / minuteMs);
  for (
    let minute = Math.floor(from / periodMinutes) * periodMinutes;
    minute < end && minute < readableEnd;
    minute += periodMinutes
  ) {
    const set = series.collect(minute, Math.min(minute + periodMinutes, readableEnd));
    if (set !== null) visit(minute * minuteMs, set);
  }
}
