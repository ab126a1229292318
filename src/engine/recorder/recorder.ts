/**
 * Records one connection: looks what is there, asks for what is new, stores it in one transaction with its cursors.
 *
 * The clock is the connection's (AWS's, or an emulator's virtual one). What was recorded before, by this process or an
 * earlier one, is known from the cursors in the database: a restart goes on where recording ended, and minutes asked for
 * twice are stored once. Not here: when to poll, what to do after a failure (connections/runtime.ts).
 */
import type { AwsConnection, ConnectionClock, QueueReading } from '../../aws/interface.ts';
import { type ErrorValue, SpillwayError } from '../../core/errors.ts';
import { attributeSeriesKey, resourceOfMetric } from '../../core/metrics.ts';
import { expectedEverySeconds } from '../../core/model/cadence.ts';
import type { NewEvent } from '../../core/model/events.ts';
import type { MetricAlarm, Resource, ResourceKind } from '../../core/model/resources.ts';
import { type SeriesKey, seriesKeyText } from '../../core/model/series.ts';
import type { SeriesBatch, SeriesId, Store } from '../../storage/interface.ts';
import { stalePeriods } from '../connections/liveState.ts';
import type { Calls } from '../prices.ts';
import { configurationChanges, removedEvent } from './configurationChanges.ts';
import { createGoneList } from './goneList.ts';
import { type PollJob, planJobs, targetsOf } from './plan.ts';
import { callsSince, noCalls } from './pollingCost.ts';
import {
  chunksOf,
  firstBackfillSeconds,
  lastWholeMinuteEnd,
  overlapSeconds,
  quietLookBackSeconds,
  type SecondsRange,
} from './ranges.ts';

export interface PollResult {
  readonly clock: ConnectionClock;
  /** Everything before this has been asked for and is stored. */
  readonly throughMs: number;
  /** Did any series get a newer datapoint? */
  readonly newData: boolean;
  /** Nothing watched had a datapoint lately, so that none now is no news. */
  readonly quiet: boolean;
  readonly newEvents: number;
  /** A part that may not be read; the rest was recorded. */
  readonly problem: ErrorValue | null;
}

export interface Recorder {
  readonly accountId: () => string | null;
  /** What GetQueueAttributes last said, by resource id: newer than any metric. */
  readonly readings: ReadonlyMap<string, QueueReading>;
  /** Ids of resources that exist no more. */
  readonly gone: ReadonlySet<string>;
  readonly recordedThroughMs: () => number | null;
  /** API calls of the last ordinary poll and the last discovery. */
  readonly lastCalls: () => { readonly poll: Calls; readonly discovery: Calls };
  /** @throws SpillwayError when nothing could be recorded; nothing is lost, the next poll asks again */
  discover(signal: AbortSignal): Promise<ErrorValue | null>;
  /** @throws SpillwayError as `discover` */
  poll(signal: AbortSignal): Promise<PollResult>;
}

export interface RecorderOptions {
  readonly store: Store;
  readonly aws: AwsConnection;
  /** Seconds of the connection's clock between polls: a longer silence is told as a gap. */
  readonly pollEverySeconds: number;
  readonly discoverEverySeconds: number;
}

const polledCursor = 'polled';
const historyCursor = 'alarm-history-ms';
const activitiesCursorOf = (groupId: string): string => `activities-ms:${groupId}`;

export function createRecorder({ store, aws, pollEverySeconds, discoverEverySeconds }: RecorderOptions): Recorder {
  const connectionId = aws.connection.id;
  const gone = createGoneList(store, connectionId);
  const readings = new Map<string, QueueReading>();
  const seriesIds = new Map<string, SeriesId>();
  const unknownAlarms = new Set<string>();
  let accountId: string | null = null;
  let discoveredAtMs: number | null = null;
  let pollCalls = noCalls;
  let discoveryCalls = noCalls;
  let discoveryProblem: ErrorValue | null = null;
  let pollProblem: ErrorValue | null = null;

  const seriesIdOf = (key: SeriesKey): SeriesId => {
    const text = seriesKeyText(key);
    const id = seriesIds.get(text) ?? store.seriesId(key);
    seriesIds.set(text, id);
    return id;
  };
  const watched = (): Resource[] => store.resources(connectionId).filter((resource) => !gone.ids.has(resource.id));
  const cursor = (name: string): number | undefined => store.cursor(connectionId, name);

  /** A missing permission takes one part away, not the recording (UX-44). */
  async function attempt<T>(part: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await part;
    } catch (thrown) {
      if (!(thrown instanceof SpillwayError) || thrown.code !== 'ACCESS_DENIED') throw thrown;
      pollProblem = { code: thrown.code, params: thrown.params, retryable: thrown.retryable };
      return otherwise;
    }
  }

  async function discover(signal: AbortSignal, nowMs: number): Promise<void> {
    const before = aws.callCounts();
    const found = await aws.discover(signal);
    discoveryCalls = callsSince(before, aws.callCounts());
    accountId = found.accountId;
    discoveryProblem = found.problems[0]?.error ?? null;
    const unread = new Set(found.problems.map(({ area }) => area));
    const known = new Map(store.resources(connectionId).map((resource) => [resource.id, resource]));
    const foundIds = new Set(found.resources.map(({ id }) => id));
    const missing = [...known.values()].filter(
      ({ id, kind }) => !foundIds.has(id) && !gone.ids.has(id) && !unread.has(areaOf[kind]),
    );
    store.saveResources(found.resources);
    if (!unread.has('alarms')) store.saveAlarms(connectionId, withNewerStates(found.alarms));
    const events = [
      ...configurationChanges(known, found.resources, nowMs),
      ...missing.map((resource) => removedEvent(resource, nowMs)),
    ];
    if (events.length > 0) store.record(connectionId, { series: [], events, cursors: new Map() });
    gone.add(missing.map(({ id }) => id));
    gone.remove(foundIds);
    discoveredAtMs = nowMs;
  }

  /** History may know a later state than a description that was read before it. */
  function withNewerStates(alarms: readonly MetricAlarm[]): MetricAlarm[] {
    const known = new Map(store.alarms(connectionId).map((alarm) => [alarm.name, alarm]));
    return alarms.map((alarm) => {
      const other = known.get(alarm.name);
      if (other === undefined || other.stateUpdatedAtMs <= alarm.stateUpdatedAtMs) return alarm;
      return { ...alarm, state: other.state, stateUpdatedAtMs: other.stateUpdatedAtMs };
    });
  }

  /** Everything of a job but its last chunk is stored at once, so that a long backfill survives an interruption. */
  async function backfill(jobs: readonly PollJob[], signal: AbortSignal): Promise<PollJob[]> {
    const last: PollJob[] = [];
    for (const job of jobs) {
      const chunks = chunksOf(job.range);
      for (const range of chunks.slice(0, -1)) {
        const { series, cursors } = await ask({ range, series: job.series }, signal);
        store.record(connectionId, { series, events: [], cursors });
      }
      last.push({ range: chunks.at(-1)!, series: job.series });
    }
    return last;
  }

  async function ask(
    job: PollJob,
    signal: AbortSignal,
  ): Promise<{ series: SeriesBatch[]; cursors: Map<string, number> }> {
    const { fromSeconds, toSeconds } = job.range;
    const keys = job.series.map(({ key }) => key);
    const columns = await attempt(aws.pollMetrics(keys, fromSeconds, toSeconds, signal), null);
    if (columns === null) return { series: [], cursors: new Map() };
    const series: SeriesBatch[] = [];
    const dataThrough = new Map<string, number>();
    const incomplete = new Set<string>();
    columns.forEach(({ times, values, complete }, at) => {
      const { targetId, key } = job.series[at]!;
      if (!complete) incomplete.add(targetId);
      if (times.length === 0) return;
      series.push({ seriesId: seriesIdOf(key), times, values });
      const through = times[times.length - 1]! + key.periodSeconds;
      dataThrough.set(targetId, Math.max(dataThrough.get(targetId) ?? 0, through));
    });
    return { series, cursors: progressCursors(job, dataThrough, incomplete, toSeconds) };
  }

  function progressCursors(
    job: PollJob,
    dataThrough: ReadonlyMap<string, number>,
    incomplete: ReadonlySet<string>,
    toSeconds: number,
  ): Map<string, number> {
    const cursors = new Map<string, number>();
    for (const id of new Set(job.series.map(({ targetId }) => targetId))) {
      // CloudWatch gave only a part: ask the same range again.
      if (incomplete.has(id)) continue;
      raise(cursors, `asked:${id}`, toSeconds);
      const through = dataThrough.get(id);
      if (through !== undefined) raise(cursors, `data:${id}`, through);
    }
    return cursors;
  }

  function raise(cursors: Map<string, number>, name: string, value: number): void {
    cursors.set(name, Math.max(cursor(name) ?? 0, cursors.get(name) ?? 0, value));
  }

  async function pollEvents(
    nowMs: number,
    resources: readonly Resource[],
    signal: AbortSignal,
  ): Promise<{ events: NewEvent[]; cursors: Map<string, number> }> {
    const first = nowMs - firstBackfillSeconds * 1000;
    const sinceOf = (name: string): number => {
      const stored = cursor(name);
      return stored === undefined ? first : stored - overlapSeconds * 1000;
    };
    const cursors = new Map<string, number>();
    const alarms = new Map(store.alarms(connectionId).map((alarm) => [alarm.name, alarm]));
    const resourceIdOf = (alarmName: string): string | null => {
      const alarm = alarms.get(alarmName);
      return alarm === undefined ? null : (resourceOfMetric(alarm.metric, resources)?.id ?? null);
    };
    const groups = resources.filter(({ kind }) => kind === 'auto-scaling-group');
    // What may not be read is asked for again from where it was: the permission may come back.
    const history = await attempt(aws.pollAlarmHistory(sinceOf(historyCursor), resourceIdOf, signal), null);
    if (history !== null) {
      cursors.set(historyCursor, nowMs);
      lookForUnknown(history, alarms);
    }
    // Each group has its own progress: one that was found just now has a past that was never asked for.
    const sinceMs = Math.min(...groups.map(({ id }) => sinceOf(activitiesCursorOf(id))));
    const activities = groups.length === 0 ? [] : await attempt(aws.pollActivities(groups, sinceMs, signal), null);
    if (activities !== null) {
      for (const { id } of groups) {
        // One that still runs is asked for again from its start, until its end is known.
        const running = activities.filter(({ endMs, resourceId }) => endMs === null && resourceId === id);
        cursors.set(activitiesCursorOf(id), Math.min(nowMs, ...running.map(({ atMs }) => atMs)));
      }
    }
    return { events: [...(history ?? []), ...(activities ?? [])], cursors };
  }

  /** An alarm made since the last look: looked at with the next poll, which asks for these events again and places them. */
  function lookForUnknown(history: readonly NewEvent[], alarms: ReadonlyMap<string, MetricAlarm>): void {
    for (const { data } of history) {
      if (!('alarmName' in data) || alarms.has(data.alarmName) || unknownAlarms.has(data.alarmName)) continue;
      // Once per name: a deleted alarm's history stays, and no look will find it.
      unknownAlarms.add(data.alarmName);
      discoveredAtMs = null;
    }
  }

  async function readQueues(
    resources: readonly Resource[],
    nowMs: number,
    signal: AbortSignal,
  ): Promise<{ events: NewEvent[]; series: SeriesBatch[] }> {
    const queues = resources.filter(({ kind }) => kind === 'sqs-queue');
    if (queues.length === 0) return { events: [], series: [] };
    const answer = await attempt(aws.pollQueueAttributes(queues, signal), { readings: [], gone: [] });
    const known = new Map(queues.map((queue) => [queue.id, queue]));
    const changed: Resource[] = [];
    const series: SeriesBatch[] = [];
    for (const reading of answer.readings) {
      readings.set(reading.resourceId, reading);
      const queue = known.get(reading.resourceId);
      if (queue !== undefined) series.push(...readingSeries(queue, reading));
      if (queue !== undefined && JSON.stringify(queue.config) !== JSON.stringify(reading.config)) {
        changed.push({ ...queue, config: reading.config });
      }
    }
    if (changed.length > 0) store.saveResources(changed);
    const missing = queues.filter(({ id }) => answer.gone.includes(id));
    gone.add(missing.map(({ id }) => id));
    for (const { id } of missing) readings.delete(id);
    const events = [
      ...configurationChanges(known, changed, nowMs),
      ...missing.map((resource) => removedEvent(resource, nowMs)),
    ];
    return { events, series };
  }

  /** The counts of one reading, under the minute it was taken in. */
  function readingSeries(queue: Resource, { atMs, visible, inFlight, delayed }: QueueReading): SeriesBatch[] {
    const times = [Math.floor(atMs / 60_000) * 60];
    const counts = {
      ApproximateNumberOfMessages: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
      ApproximateNumberOfMessagesDelayed: delayed,
    };
    return Object.entries(counts).map(([name, value]) => ({
      seriesId: store.seriesId(attributeSeriesKey(queue, name)),
      times,
      values: [value],
    }));
  }

  /** Alarms move between two discoveries; their history says so. */
  function applyStates(events: readonly NewEvent[]): void {
    const alarms = store.alarms(connectionId);
    let changed = false;
    const moved = alarms.map((alarm) => {
      const newest = events
        .filter(({ data }) => data.kind === 'alarm-state' && data.alarmName === alarm.name)
        .reduce<NewEvent | null>((best, event) => (best === null || event.atMs >= best.atMs ? event : best), null);
      if (newest === null || newest.atMs <= alarm.stateUpdatedAtMs || newest.data.kind !== 'alarm-state') return alarm;
      changed = true;
      return { ...alarm, state: newest.data.to as MetricAlarm['state'], stateUpdatedAtMs: newest.atMs };
    });
    if (changed) store.saveAlarms(connectionId, moved);
  }

  function recorderEvents(range: SecondsRange, speed: number): NewEvent[] {
    const polled = cursor(polledCursor);
    const fact = (what: 'started' | 'gap', fromSeconds: number, title: string, detail: string): NewEvent => ({
      connectionId,
      resourceId: null,
      kind: 'recorder',
      atMs: fromSeconds * 1000,
      endMs: what === 'gap' ? range.toSeconds * 1000 : null,
      sourceId: `${what}:${fromSeconds}`,
      title,
      detail,
      data: { kind: 'recorder', what, fromMs: fromSeconds * 1000 },
    });
    if (polled === undefined) return [fact('started', range.toSeconds, 'Recording started', '')];
    if (range.toSeconds - polled <= stalePeriods * expectedEverySeconds(pollEverySeconds, speed)) return [];
    return [fact('gap', polled, 'Nothing was recorded', 'Filled afterwards from what CloudWatch had kept.')];
  }

  return {
    accountId: () => accountId,
    readings,
    gone: gone.ids,
    recordedThroughMs: () => {
      const polled = cursor(polledCursor);
      return polled === undefined ? null : polled * 1000;
    },
    lastCalls: () => ({ poll: pollCalls, discovery: discoveryCalls }),

    async discover(signal) {
      const { nowMs } = await aws.clock(signal);
      await discover(signal, nowMs);
      return discoveryProblem;
    },

    async poll(signal) {
      pollProblem = null;
      const clock = await aws.clock(signal);
      const { nowMs } = clock;
      if (discoveredAtMs === null || nowMs - discoveredAtMs >= discoverEverySeconds * 1000) {
        await discover(signal, nowMs);
      }
      const resources = watched();
      const targets = targetsOf(resources, store.alarms(connectionId));
      const jobs = planJobs(
        targets,
        (id) => ({ askedThroughSeconds: cursor(`asked:${id}`), dataThroughSeconds: cursor(`data:${id}`) }),
        nowMs,
      );
      const lastJobs = await backfill(jobs, signal);

      const before = aws.callCounts();
      const queues = await readQueues(resources, nowMs, signal);
      const series: SeriesBatch[] = [...queues.series];
      const cursors = new Map<string, number>();
      let newData = false;
      for (const job of lastJobs) {
        const asked = await ask(job, signal);
        series.push(...asked.series);
        for (const [name, value] of asked.cursors) {
          if (name.startsWith('data:') && value > (cursor(name) ?? 0)) newData = true;
          cursors.set(name, Math.max(value, cursors.get(name) ?? 0));
        }
      }
      const seen = await pollEvents(nowMs, resources, signal);
      for (const [name, value] of seen.cursors) cursors.set(name, value);
      pollCalls = callsSince(before, aws.callCounts());

      const toSeconds = lastWholeMinuteEnd(nowMs);
      const events = [
        ...recorderEvents({ fromSeconds: toSeconds, toSeconds }, clock.speed),
        ...queues.events,
        ...seen.events,
      ];
      const historyBefore = cursor(historyCursor) ?? 0;
      cursors.set(polledCursor, Math.max(toSeconds, cursor(polledCursor) ?? 0));
      store.record(connectionId, { series, events, cursors });
      applyStates(seen.events);
      return {
        clock,
        throughMs: toSeconds * 1000,
        newData,
        quiet: !targets.some(({ id }) => (cursor(`data:${id}`) ?? 0) > toSeconds - quietLookBackSeconds),
        newEvents: events.filter(({ atMs }) => atMs > historyBefore).length,
        problem: pollProblem ?? discoveryProblem,
      };
    },
  };
}

const areaOf = {
  'sqs-queue': 'queues',
  'kinesis-stream': 'streams',
  'auto-scaling-group': 'groups',
} as const satisfies Record<ResourceKind, string>;
