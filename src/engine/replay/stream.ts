/**
 * Replays a recorded stream on other shards: loads its minutes, asks the plant, prices what it comes to.
 *
 * Order only; the stream itself is replay/plants/kinesis.
 */
import { createHash } from 'node:crypto';
import type { StreamCandidate, StreamReplay, StreamRequest, StreamRunTold } from '../../core/contract/streamShapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Resource, StreamConfig } from '../../core/model/resources.ts';
import { replayStream, type StreamInput, type StreamRun } from '../../replay/index.ts';
import type { Store } from '../../storage/interface.ts';
import type { Prices } from '../prices.ts';
import { minuteColumn, readMeasure } from '../queries/window.ts';
import { wholeMinutes } from './recording.ts';

const DAY_SECONDS = 86_400;

/** @throws SpillwayError NOT_FOUND when it is no stream; REPLAY_NEEDS when nothing was recorded; POLICY_INVALID for hot keys above 1 */
export function streamReplayOf(store: Store, stream: Resource, request: StreamRequest, prices: Prices): StreamReplay {
  const { config } = stream;
  if (config.kind !== 'kinesis-stream')
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'stream' }]), id: stream.id });
  refuseShares(request);
  const range = request.range ?? newestDay(store, stream);
  const recording = load(store, stream, range);
  const { startSeconds, minutes } = recording;
  const input = inputOf(recording, request, config);
  const open = config.shards.filter(({ closed }) => !closed).length;
  const deployed: StreamCandidate = {
    label: 'deployed',
    capacity:
      config.mode === 'ON_DEMAND'
        ? { kind: 'on-demand', peakMBps: Math.max(0, open - 4) / 2 }
        : { kind: 'provisioned', shards: Math.max(1, open), changes: [], rule: null },
  };
  const tell = (candidate: StreamCandidate): StreamRunTold => {
    const capacity = capacityOf(candidate, startSeconds);
    return told(candidate, replayStream({ ...input, capacity }), input, startSeconds, prices);
  };
  const runs = [deployed, ...request.candidates].map(tell);
  const { throttled, ageMs } = recording;
  return {
    resourceId: stream.id,
    range: { fromMs: startSeconds * 1000, toMs: (startSeconds + minutes * 60) * 1000 },
    deployed: { mode: config.mode, shards: open, retentionHours: config.retentionHours },
    holes: recording.records.filter((value) => Number.isNaN(value)).length,
    recorded: {
      refusedRecords: throttled === null ? null : sum(throttled),
      minutesThrottled: throttled === null ? null : throttled.filter((value) => value > 0).length,
      worstIteratorAgeSeconds: ageMs === null ? null : ageMs.reduce((worst, ms) => Math.max(worst, ms || 0), 0) / 1000,
    },
    runs,
    fidelity: request.recordsFactor === 1 ? fidelityOf(recording, runs[0]!) : null,
  };
}

/** Hot keys share one whole. */
function refuseShares({ hotKeys }: StreamRequest): void {
  const total = hotKeys.reduce((shares, { share }) => shares + share, 0);
  if (total <= 1 + 1e-9) return;
  throw new SpillwayError('POLICY_INVALID', {
    policy: hotKeys.map(({ key }) => key).join(', '),
    field: 'hotKeys',
    problem: phrases([{ term: 'hotKeySharesAboveOne', params: { total: Math.round(total * 1000) / 1000 } }]),
  });
}

interface StreamRecording {
  readonly startSeconds: number;
  readonly minutes: number;
  /** Per minute; NaN where nothing was recorded. */
  readonly records: Float64Array;
  readonly bytes: Float64Array;
  /** Null when the recording has no such metric at all. */
  readonly throttled: Float64Array | null;
  readonly ageMs: Float64Array | null;
}

function newestDay(store: Store, stream: Resource): { fromMs: number; toMs: number } {
  const through = store.cursor(stream.connectionId, `data:${stream.id}`);
  if (through !== undefined) {
    const { times } = readMeasure(store, stream, 'incomingRecords', through - DAY_SECONDS, through);
    if (times.length > 0) return { fromMs: times[0]! * 1000, toMs: through * 1000 };
  }
  throw new SpillwayError('REPLAY_NEEDS', {
    resource: stream.name,
    missing: phrases([{ term: 'no-incoming-records' }]),
  });
}

function load(store: Store, stream: Resource, range: { fromMs: number; toMs: number }): StreamRecording {
  const { startSeconds, minutes } = wholeMinutes(range);
  const read = (measure: Parameters<typeof readMeasure>[2]) =>
    minuteColumn(readMeasure(store, stream, measure, startSeconds, startSeconds + minutes * 60), startSeconds, minutes);
  const orNull = (column: Float64Array) => (column.every((value) => Number.isNaN(value)) ? null : column);
  const records = read('incomingRecords');
  if (orNull(records) === null) {
    throw new SpillwayError('REPLAY_NEEDS', {
      resource: stream.name,
      missing: phrases([{ term: 'no-incoming-records' }]),
    });
  }
  return {
    startSeconds,
    minutes,
    records,
    bytes: read('incomingBytes'),
    throttled: orNull(read('writeThrottled')),
    ageMs: orNull(read('iteratorAge')),
  };
}

/** What producers tried to write: what came in, and what was refused and given up (KREP-04). */
function inputOf(
  recording: StreamRecording,
  request: StreamRequest,
  config: StreamConfig,
): Omit<StreamInput, 'capacity'> {
  const { records, bytes, throttled } = recording;
  const totalRecords = sum(records);
  const meanSize = totalRecords > 0 ? sum(bytes) / totalRecords : 0;
  const offered = records.map((count, minute) => {
    const refused = request.onRefusal === 'give-up' ? (throttled?.[minute] ?? 0) || 0 : 0;
    return ((count || 0) + refused) * request.recordsFactor;
  });
  return {
    records: offered,
    bytes: offered.map((count, minute) => {
      const size = records[minute]! > 0 && bytes[minute]! > 0 ? bytes[minute]! / records[minute]! : meanSize;
      return count * size;
    }),
    hotKeys: request.hotKeys.map(({ key, share }) => ({ at: placeOf(key), share })),
    consumers: request.consumers.map(({ name, enhanced, recordsPerSecondPerShard }) => ({
      name,
      enhanced,
      recordsPerSecondPerShard: recordsPerSecondPerShard ?? Number.POSITIVE_INFINITY,
    })),
    retentionSeconds: config.retentionHours * 3600,
    onRefusal: request.onRefusal,
  };
}

/** MD5 of the key as a share of the hash-key space; 48 bits of it place a key finely enough. */
function placeOf(key: string): number {
  return Number.parseInt(createHash('md5').update(key, 'utf8').digest('hex').slice(0, 12), 16) / 2 ** 48;
}

function capacityOf({ capacity }: StreamCandidate, startSeconds: number): StreamInput['capacity'] {
  if (capacity.kind === 'on-demand') return capacity;
  const changes = capacity.changes.map(({ atMs, shards }) => ({
    atSeconds: Math.max(0, atMs / 1000 - startSeconds),
    shards,
  }));
  return { ...capacity, changes };
}

function told(
  { label, capacity }: StreamCandidate,
  run: StreamRun,
  input: Omit<StreamInput, 'capacity'>,
  startSeconds: number,
  prices: Prices,
): StreamRunTold {
  const { columns, consumers } = run;
  const records = sum(input.records);
  const hours = columns.shards.length / 60;
  const cost =
    capacity.kind === 'on-demand'
      ? hours * prices.streams.onDemandPerStreamHour + (sum(input.bytes) / 2 ** 30) * prices.streams.onDemandPerGiBIn
      : run.shardHours * prices.streams.perShardHour;
  return {
    label,
    columns: { times: Float64Array.from(columns.shards, (_, minute) => startSeconds + minute * 60), ...columns },
    summary: {
      records,
      refusedRecords: run.refused,
      refusedShare: records > 0 ? run.refused / records : 0,
      minutesThrottled: columns.refused.filter((count) => count > 0).length,
      notWrittenRecords: run.notWritten,
      worstIteratorAgeSeconds: Math.max(0, ...consumers.map(({ worstIteratorAgeSeconds }) => worstIteratorAgeSeconds)),
      lostRecords: consumers.reduce((lost, one) => lost + one.lost, 0),
      peakShards: columns.shards.reduce((most, count) => Math.max(most, count), 0),
      shardHours: run.shardHours,
      costUsd: cost,
    },
    consumers: consumers.map(({ name, worstIteratorAgeSeconds, lost, unread }) => ({
      name,
      worstIteratorAgeSeconds,
      lostRecords: lost,
      unreadRecords: unread,
    })),
    refusedChanges: run.refusedChanges.map(({ atSeconds, shards, reason }) => ({
      atMs: Math.round((startSeconds + atSeconds) * 1000),
      shards,
      reason,
    })),
  };
}

function fidelityOf({ records, throttled, ageMs }: StreamRecording, run: StreamRunTold): StreamReplay['fidelity'] {
  if (throttled === null) return null;
  let compared = 0;
  let agree = 0;
  let ages = 0;
  let error = 0;
  records.forEach((count, minute) => {
    if (Number.isNaN(count)) return;
    compared++;
    if ((throttled[minute] ?? 0) > 0 === run.columns.refused[minute]! > 0) agree++;
    const recordedMs = ageMs?.[minute] ?? Number.NaN;
    if (Number.isNaN(recordedMs)) return;
    ages++;
    error += Math.abs(recordedMs / 1000 - run.columns.iteratorAgeSeconds[minute]!);
  });
  return {
    minutesCompared: compared,
    throttledAgreeShare: compared === 0 ? 0 : agree / compared,
    iteratorAgeMeanErrorSeconds: ages === 0 ? null : error / ages,
  };
}

function sum(column: Float64Array): number {
  return column.reduce((total, value) => (Number.isNaN(value) ? total : total + value), 0);
}
