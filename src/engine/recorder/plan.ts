/**
 * What one poll asks CloudWatch for: series gathered into few requests. Pure.
 *
 * A target is a resource (or an alarm on a metric of its own) with its own progress; targets whose ranges are alike share
 * a request. Asking a little further back than needed is free: GetMetricData is priced by metric, not by minute, and a
 * minute stored twice is stored once.
 */
import { alarmSeriesKey, polledSeries, resourceOfMetric } from '../../core/metrics.ts';
import type { MetricAlarm, Resource } from '../../core/model/resources.ts';
import { type SeriesKey, seriesKeyText } from '../../core/model/series.ts';
import {
  lastWholeMinuteEnd,
  minuteSeconds,
  overlapSeconds,
  type Progress,
  quietLookBackSeconds,
  rangeToAsk,
  type SecondsRange,
} from './ranges.ts';

export interface Target {
  /** Names the cursors: a resource id, `fair:` and a queue's id, or `alarm:` and the alarm's name. */
  readonly id: string;
  readonly keys: readonly SeriesKey[];
  /** Most of its kind never have a point. While it has none it is asked for now and then: what is asked is billed. */
  readonly rare?: boolean;
}

export interface TargetSeries {
  readonly targetId: string;
  readonly key: SeriesKey;
}

/** One range for many series of one period. */
export interface PollJob {
  readonly range: SecondsRange;
  readonly series: readonly TargetSeries[];
}

/** Alarms may watch another statistic or period than the charts do; what they judge is recorded too. */
export function targetsOf(resources: readonly Resource[], alarms: readonly MetricAlarm[]): Target[] {
  const usual = new Map<string, Map<string, SeriesKey>>();
  const rare = new Map<string, Map<string, SeriesKey>>();
  const add = (targets: typeof usual, id: string, key: SeriesKey): void => {
    const keys = targets.get(id) ?? new Map<string, SeriesKey>();
    targets.set(id, keys.set(seriesKeyText(key), key));
  };
  for (const resource of resources) {
    for (const series of polledSeries(resource)) add(series.rare ? rare : usual, resource.id, series.key);
  }
  for (const alarm of alarms) {
    // Seconds-resolution data is kept for 3 hours only and is not recorded yet.
    if (alarm.rule.periodSeconds < minuteSeconds) continue;
    const id = resourceOfMetric(alarm.metric, resources)?.id;
    const key = alarmSeriesKey(alarm);
    add(usual, id ?? `alarm:${alarm.name}`, key);
    // An alarm wants it every minute; asked for here as well, it would be billed twice.
    if (id !== undefined) rare.get(id)?.delete(seriesKeyText(key));
  }
  return [
    ...[...usual].map(([id, keys]) => ({ id, keys: [...keys.values()] })),
    ...[...rare].map(([id, keys]) => ({ id: `fair:${id}`, keys: [...keys.values()], rare: true })),
  ];
}

/** Shorter than the look back of a target without points, so that the first ones are not missed. */
const rareEverySeconds = 15 * 60;
/** A queue may rest for a while. */
const rareAfterSeconds = 3_600;

function isDue({ rare }: Target, { askedThroughSeconds, dataThroughSeconds }: Progress, nowMs: number): boolean {
  if (!rare || askedThroughSeconds === undefined) return true;
  const nowSeconds = nowMs / 1_000;
  if (dataThroughSeconds !== undefined && nowSeconds - dataThroughSeconds <= rareAfterSeconds) return true;
  return lastWholeMinuteEnd(nowMs) - askedThroughSeconds >= rareEverySeconds;
}

/**
 * Lags are rounded up to one of these, so that a hundred queues do not make a hundred different ranges. The last one holds everything that
 * is quiet, rare targets too, which were asked for a while ago; a minute more is for a poll that comes late. Of the 500 series of one
 * request it is 100,500 points, which GetMetricData gives in one answer (100,800).
 */
const commonLagSeconds = [10 * 60, 30 * 60, quietLookBackSeconds + overlapSeconds + rareEverySeconds + minuteSeconds];

export function planJobs(targets: readonly Target[], progressOf: (id: string) => Progress, nowMs: number): PollJob[] {
  const jobs = new Map<string, { range: SecondsRange; series: TargetSeries[] }>();
  for (const target of targets) {
    const progress = progressOf(target.id);
    if (!isDue(target, progress, nowMs)) continue;
    const { fromSeconds, toSeconds } = rangeToAsk(progress, nowMs);
    const lag = toSeconds - fromSeconds;
    const commonFrom = toSeconds - (commonLagSeconds.find((common) => lag <= common) ?? lag);
    for (const key of target.keys) {
      const period = key.periodSeconds;
      // Whole periods only: one that has not ended would be stored half full.
      const range = {
        fromSeconds: Math.floor(commonFrom / period) * period,
        toSeconds: Math.floor(toSeconds / period) * period,
      };
      const name = `${period} ${range.fromSeconds}`;
      const job = jobs.get(name) ?? { range, series: [] };
      jobs.set(name, job);
      job.series.push({ targetId: target.id, key });
    }
  }
  return [...jobs.values()].filter(({ range }) => range.fromSeconds < range.toSeconds);
}
