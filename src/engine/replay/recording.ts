/**
 * What a replay takes from the recording: exact minute columns of a queue and its group, and the activities beside them.
 */
import type { ReplayColumns, TimeRange } from '../../core/contract/shapes.ts';
import type { IncidentEvent } from '../../core/model/events.ts';
import type { Resource } from '../../core/model/resources.ts';
import { type RecordedActivity, requestedAtMs } from '../../replay/index.ts';
import type { Store } from '../../storage/interface.ts';
import type { Relations } from '../queries/relations.ts';
import { minuteColumn, readMeasure } from '../queries/window.ts';

/** Minutes before the range that alarms may look back on; the longest evaluation range worth keeping is a day. */
export const historyMinutes = 120;

export interface Recording {
  readonly startSeconds: number;
  readonly minutes: number;
  /** One entry a minute, NaN where nothing was recorded. */
  readonly columns: ReplayColumns;
  readonly deleted: Float64Array;
  readonly inFlight: Float64Array;
  /** The same columns for the minutes before the range, newest last. */
  readonly before: Omit<ReplayColumns, 'times'>;
  /** Where things stood: the newest value before the range, otherwise the first one in it; undefined: none was recorded. */
  readonly atStart: Readonly<Record<keyof Omit<ReplayColumns, 'times' | 'arrivals'>, number | undefined>>;
  /** Some minute of the range tells the desired capacity. */
  readonly fleetKnown: boolean;
  readonly activities: readonly RecordedActivity[];
  /** Epoch ms of changes of the group that no alarm made. */
  readonly manualChangesMs: readonly number[];
  /** Epoch ms of launches that failed and of instances that went without being asked to. */
  readonly failuresMs: readonly number[];
}

export interface RecordingSource {
  readonly store: Store;
  readonly relations: Relations;
}

/** The whole minutes of a range: begun ones at either end are left out. */
export function wholeMinutes(range: TimeRange): { readonly startSeconds: number; readonly minutes: number } {
  const first = Math.ceil(range.fromMs / 60_000);
  return { startSeconds: first * 60, minutes: Math.max(0, Math.floor(range.toMs / 60_000) - first) };
}

export function loadRecording({ store, relations }: RecordingSource, queue: Resource, range: TimeRange): Recording {
  const { startSeconds, minutes } = wholeMinutes(range);
  const group = relations.groupOf(queue.id)?.resource;
  const read = (
    resource: Resource | undefined,
    measure: Parameters<typeof readMeasure>[2],
  ): Float64Array<ArrayBuffer> => {
    const total = historyMinutes + minutes;
    if (resource === undefined) return new Float64Array(total).fill(Number.NaN);
    const from = startSeconds - historyMinutes * 60;
    return minuteColumn(readMeasure(store, resource, measure, from, from + total * 60), from, total);
  };
  const whole = {
    arrivals: read(queue, 'sent'),
    backlog: read(queue, 'depth'),
    ageSeconds: read(queue, 'age'),
    desired: read(group, 'desired'),
    inService: read(group, 'inService'),
  };
  const cut = (from: number, to?: number) => ({
    arrivals: whole.arrivals.slice(from, to),
    backlog: whole.backlog.slice(from, to),
    ageSeconds: whole.ageSeconds.slice(from, to),
    desired: whole.desired.slice(from, to),
    inService: whole.inService.slice(from, to),
  });
  const before = cut(0, historyMinutes);
  const columns = cut(historyMinutes);
  const atStart = (name: keyof typeof before): number | undefined =>
    lastKnown(before[name]) ?? firstKnown(columns[name]);
  const events = group === undefined ? [] : activityEvents(store, group.id, startSeconds * 1000, minutes * 60_000);
  return {
    startSeconds,
    minutes,
    columns: {
      times: Float64Array.from({ length: minutes }, (_, at) => startSeconds + at * 60),
      ...columns,
    },
    deleted: read(queue, 'deleted').slice(historyMinutes),
    inFlight: read(queue, 'inFlight').slice(historyMinutes),
    before,
    atStart: {
      backlog: atStart('backlog'),
      ageSeconds: atStart('ageSeconds'),
      desired: atStart('desired'),
      inService: atStart('inService'),
    },
    fleetKnown: firstKnown(columns.desired) !== undefined,
    activities: events.flatMap(activityOf),
    manualChangesMs: events.filter(isByHand).map(({ atMs }) => atMs),
    failuresMs: events.filter(isFailure).map(({ atMs }) => atMs),
  };
}

function activityEvents(store: Store, groupId: string, fromMs: number, lengthMs: number): IncidentEvent[] {
  return store.events({
    fromMs,
    toMs: fromMs + lengthMs,
    resourceIds: [groupId],
    kinds: ['scaling-activity'],
    limit: 100_000,
  });
}

function activityOf({ atMs, endMs, detail, data }: IncidentEvent): RecordedActivity[] {
  if (data.kind !== 'scaling-activity') return [];
  return [
    {
      startMs: atMs,
      requestedAtMs: requestedAtMs(detail),
      endMs,
      direction: data.direction,
      instanceId: data.instanceId,
      successful: data.statusCode === 'Successful',
    },
  ];
}

/** Auto Scaling writes who asked into an activity's cause; alarms are "a monitor alarm". */
function isByHand({ detail }: IncidentEvent): boolean {
  return /user request|scheduled action/i.test(detail);
}

/** A replayed group has no such luck (REP-23): launches that failed, health checks, Spot interruptions. */
function isFailure({ detail, data }: IncidentEvent): boolean {
  if (data.kind !== 'scaling-activity') return false;
  if (data.statusCode === 'Failed' || data.statusCode === 'Cancelled') return true;
  return /health[ -]check|status check|interruption|rebalance/i.test(detail);
}

/** First value that was recorded, or undefined. */
function firstKnown(column: ArrayLike<number>): number | undefined {
  for (let at = 0; at < column.length; at++) if (!Number.isNaN(column[at]!)) return column[at];
  return undefined;
}

/** Newest value that was recorded, or undefined. */
function lastKnown(column: ArrayLike<number>): number | undefined {
  for (let at = column.length - 1; at >= 0; at--) if (!Number.isNaN(column[at]!)) return column[at];
  return undefined;
}
