/**
 * The first screen: one row per queue and stream, worst first (UX-01 to UX-04).
 *
 * Reads the last hour of few series per resource, never more, so that 200 resources with 30 days behind them answer in a
 * fraction of a tenth of a second. The order: docs/overview-score.md.
 */
import type { QueueReading } from '../../aws/interface.ts';
import type { Overview, ResourceRow } from '../../core/contract/shapes.ts';
import type { Resource } from '../../core/model/resources.ts';
import { noPoints, type Points } from '../../core/model/series.ts';
import type { StoreReader } from '../../storage/interface.ts';
import { stalePeriods } from '../connections/liveState.ts';
import { shardUse } from './heatmap.ts';
import { hotShards } from './hotShards.ts';
import { isLowAlarm, type Relations } from './relations.ts';
import { scoreOf } from './score.ts';
import { type Trend, trendOf, trendWindowSeconds } from './trend.ts';
import { meanRate, newest, readMeasure, since } from './window.ts';

/** How a connection stands: its clock, and what its queues said last. */
export interface ConnectionView {
  readonly nowMs: number;
  readonly region: string;
  /** Seconds of its clock between two polls that are on time, at least a minute. */
  readonly expectedEverySeconds: number;
  reading(resourceId: string): QueueReading | undefined;
}

const sparkSeconds = 3600;
const rateSeconds = 5 * 60;
/** CloudWatch may publish a minute this late without anything being wrong. */
const publicationDelayMs = 120_000;

export interface RowContext {
  readonly store: StoreReader;
  readonly relations: Relations;
  readonly view: ConnectionView;
}

export function overviewOf(nowMs: number, rows: ResourceRow[]): Overview {
  rows.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { nowMs, rows };
}

export function rowOf(resource: Resource, context: RowContext): ResourceRow {
  return resource.config.kind === 'kinesis-stream' ? streamRow(resource, context) : queueRow(resource, context);
}

function queueRow(resource: Resource, context: RowContext): ResourceRow {
  const { store, relations, view } = context;
  if (resource.config.kind !== 'sqs-queue') throw new Error(`no row for ${resource.kind}`);
  const { toSeconds, recent } = recentReader(resource, context);
  const depth = recent('depth', sparkSeconds);
  const trend = trendOf(depth, toSeconds);
  const reading = freshReading(resource, view);
  const sources = relations.sourcesOf(resource.id);
  const deadLetterQueue = relations.deadLetterQueueOf(resource);
  const deadLetterDepth =
    deadLetterQueue === undefined
      ? noPoints
      : readMeasure(store, deadLetterQueue, 'depth', toSeconds - trendWindowSeconds, toSeconds);
  const deadLetters =
    deadLetterQueue === undefined ? null : (freshReading(deadLetterQueue, view)?.visible ?? newest(deadLetterDepth));
  const ownDepth = reading?.visible ?? newest(depth);
  const isDeadLetterQueue = sources.length > 0;
  return finish(resource, context, trend, depth, {
    depth: ownDepth,
    inFlight: reading?.inFlight ?? newest(recent('inFlight', rateSeconds)),
    ageSeconds: newest(recent('age', rateSeconds)),
    ageShardId: null,
    retentionSeconds: resource.config.messageRetentionSeconds,
    inPerSecond: meanRate(recent('sent', rateSeconds)),
    outPerSecond: meanRate(recent('deleted', rateSeconds)),
    deadLetter:
      deadLetterQueue === undefined
        ? null
        : { resourceId: deadLetterQueue.id, name: deadLetterQueue.name, depth: deadLetters },
    deadLetterSources: sources.map(({ id, name }) => ({ resourceId: id, name })),
    hotShard: null,
    deadLetters: isDeadLetterQueue ? (ownDepth ?? 0) : (deadLetters ?? 0),
    deadLettersGrowing: grew(isDeadLetterQueue ? since(depth, toSeconds - trendWindowSeconds) : deadLetterDepth),
    deadLettersKnown: isDeadLetterQueue || deadLetterQueue !== undefined,
    writesThrottled: false,
  });
}

function streamRow(resource: Resource, context: RowContext): ResourceRow {
  if (resource.config.kind !== 'kinesis-stream') throw new Error(`no row for ${resource.kind}`);
  const { toSeconds, recent } = recentReader(resource, context);
  const ageMs = recent('iteratorAge', sparkSeconds);
  const age = { times: ageMs.times, values: ageMs.values.map((value) => value / 1000) };
  const uses = shardUse(context.store, resource, toSeconds - trendWindowSeconds, toSeconds);
  const oldest = uses.filter(({ ageMs: shardAge }) => shardAge !== null).sort((a, b) => b.ageMs! - a.ageMs!)[0];
  const throttled = recent('writeThrottled', trendWindowSeconds);
  return finish(resource, context, trendOf(age, toSeconds), age, {
    depth: null,
    inFlight: null,
    ageSeconds: newest(since(age, toSeconds - rateSeconds)),
    ageShardId: oldest?.shardId ?? null,
    retentionSeconds: resource.config.retentionHours * 3600,
    inPerSecond: meanRate(recent('incomingRecords', rateSeconds)),
    outPerSecond: meanRate(recent('outgoingRecords', rateSeconds)),
    deadLetter: null,
    deadLetterSources: [],
    hotShard: hotShards(uses)[0] ?? null,
    deadLetters: 0,
    deadLettersGrowing: false,
    deadLettersKnown: false,
    writesThrottled: throttled.values.some((value) => value > 0),
  });
}

type Facts = Pick<
  ResourceRow,
  | 'depth'
  | 'inFlight'
  | 'ageSeconds'
  | 'ageShardId'
  | 'retentionSeconds'
  | 'inPerSecond'
  | 'outPerSecond'
  | 'deadLetter'
  | 'deadLetterSources'
  | 'hotShard'
> & {
  readonly deadLetters: number;
  readonly deadLettersGrowing: boolean;
  readonly deadLettersKnown: boolean;
  readonly writesThrottled: boolean;
};

function finish(
  resource: Resource,
  { store, relations, view }: RowContext,
  trend: Trend,
  spark: Points,
  { deadLetters, deadLettersGrowing, deadLettersKnown, writesThrottled, ...shown }: Facts,
): ResourceRow {
  const alarms = [...relations.alarmsOn(resource.id)].sort(
    (a, b) => urgency(b) - urgency(a) || (a.name < b.name ? -1 : 1),
  );
  const alarm = alarms[0] ?? null;
  const lastDatapointMs = lastDatapointEndMs(store, resource, spark);
  const quietForMs = lastDatapointMs === null ? 0 : view.nowMs - lastDatapointMs;
  const { score, reasons } = scoreOf({
    alarmState: alarm === null || isLowAlarm(alarm) ? null : alarm.state,
    ageSeconds: shown.ageSeconds,
    retentionSeconds: shown.retentionSeconds,
    depth: shown.depth,
    trend: trend.trend,
    deadLetters: deadLettersKnown ? deadLetters : 0,
    deadLettersGrowing,
    isDeadLetterQueue: shown.deadLetterSources.length > 0,
    hotShard: shown.hotShard !== null,
    writesThrottled,
    stale: quietForMs > stalePeriods * view.expectedEverySeconds * 1000 + publicationDelayMs,
  });
  return {
    resourceId: resource.id,
    connectionId: resource.connectionId,
    kind: resource.kind === 'kinesis-stream' ? 'kinesis-stream' : 'sqs-queue',
    name: resource.name,
    region: view.region,
    ...shown,
    trend: trend.trend,
    timeToDrainSeconds: trend.timeToDrainSeconds,
    alarm: alarm === null ? null : { name: alarm.name, state: alarm.state },
    lastDatapointMs,
    score,
    scoreReasons: reasons,
    spark: { times: spark.times.slice(), values: spark.values.slice() },
  };
}

/** Points of the last so many seconds; the window for the sparkline is read once and the rest is cut from it. */
function recentReader(resource: Resource, { store, view }: RowContext) {
  // A minute is listed under its start: one under way at `now` is never stored, so now is a fine upper bound.
  const toSeconds = Math.floor(view.nowMs / 1000);
  return {
    toSeconds,
    recent: (measure: Parameters<typeof readMeasure>[2], seconds: number): Points =>
      readMeasure(store, resource, measure, toSeconds - seconds, toSeconds),
  };
}

function lastDatapointEndMs(store: StoreReader, resource: Resource, spark: Points): number | null {
  if (spark.times.length > 0) return (spark.times[spark.times.length - 1]! + 60) * 1000;
  const through = store.cursor(resource.connectionId, `data:${resource.id}`);
  return through === undefined ? null : through * 1000;
}

/** GetQueueAttributes is newer than any metric, as long as it is from the last polls. */
function freshReading(resource: Resource, view: ConnectionView): QueueReading | undefined {
  const reading = view.reading(resource.id);
  if (reading === undefined) return undefined;
  const ageMs = view.nowMs - reading.atMs;
  return ageMs <= stalePeriods * view.expectedEverySeconds * 1000 ? reading : undefined;
}

function urgency(alarm: Parameters<typeof isLowAlarm>[0]): number {
  if (isLowAlarm(alarm)) return 0;
  return alarm.state === 'ALARM' ? 3 : alarm.state === 'INSUFFICIENT_DATA' ? 2 : 1;
}

function grew({ values }: Points): boolean {
  return values.length >= 2 && values[values.length - 1]! > values[0]!;
}
