/**
 * Replays candidates of a stream over its recorded traffic, and the deployed shards for their fidelity.
 *
 * Order only; the plant is replay/plants/kinesis, what was offered and the match are replay/streams. Rules: KREP-30 on.
 */
import type { TimeRange } from '../../core/contract/shapes.ts';
import type {
  StreamCandidate,
  StreamColumns,
  StreamFidelity,
  StreamReplayRequest,
  StreamReplayResult,
  StreamRun,
  StreamSummary,
} from '../../core/contract/streamShapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { evenStarts } from '../../core/kinesis/hashRange.ts';
import { onDemandShards } from '../../core/kinesis/onDemand.ts';
import { MEBIBYTE } from '../../core/kinesis/shardLimits.ts';
import type { Resource } from '../../core/model/resources.ts';
import {
  type HotKey,
  matchStream,
  offeredTraffic,
  type StreamInput,
  type StreamOutcome,
  type StreamTraffic,
  slowestReaderRate,
  streamSteps,
} from '../../replay/index.ts';
import type { StoreReader } from '../../storage/interface.ts';
import { type Prices, shardHourPriceUsd } from '../prices.ts';
import {
  hashKeyOf,
  loadStream,
  openStarts,
  peakBefore,
  recordedHotSpots,
  recordedStreamRange,
  type StreamRecording,
  shardReads,
  streamConfigOf,
  withMinutesBefore,
} from './streamRecording.ts';

/** How soon producers offer a refused record again, where nobody says it. */
const usualRetrySeconds = 1;

/** @throws SpillwayError NOT_FOUND when it is no stream, REPLAY_NEEDS when the range tells no writes,
 *   RESHARD_OUTSIDE when a scripted change lies outside it */
export function* streamReplaySteps(
  store: StoreReader,
  stream: Resource,
  request: StreamReplayRequest,
  prices: Prices,
): Generator<number, StreamReplayResult> {
  const config = streamConfigOf(stream);
  const range: TimeRange = request.range ?? recordedStreamRange(store, stream);
  const recording = loadStream(store, stream, range);
  refuseOutside(request.candidates, range);
  const { startSeconds, minutes } = recording;
  const { whole, minutesBefore } = withMinutesBefore(store, stream, recording);
  const { traffic, holes } = offeredTraffic(whole, request.retrySeconds, request.trafficFactor);
  const hotShards = recordedHotSpots(store, stream, recording);
  const retentionHours = request.retentionHours ?? config.retentionHours;
  const known = peakBefore(store, stream, whole.startSeconds);
  const factor = request.trafficFactor;
  // Nothing known before what is played: its first minute stands for the past.
  const peak = {
    bytesPerSecond: known === null ? traffic.bytes[0]! / 60 : known.bytesPerSecond * factor,
    recordsPerSecond: known === null ? traffic.records[0]! / 60 : known.recordsPerSecond * factor,
  };
  const context: RunContext = { traffic, minutesBefore, startSeconds, retentionHours, peak, hotShards, request };
  const times = Float64Array.from({ length: minutes }, (_, minute) => startSeconds + minute * 60);
  const deployedStarts = openStarts(config);
  // With other traffic than the recorded one there is nothing to compare with.
  const comparable = deployedStarts !== null && factor === 1;
  const refusing = recording.writeThrottled.some((count) => count > 0);
  const replays = request.candidates.length + (comparable ? (refusing ? 2 : 1) : 0);
  let done = 0;
  function* replay(input: StreamInput): Generator<number, StreamOutcome> {
    const steps = streamSteps(input);
    for (;;) {
      const step = steps.next();
      yield (done + (step.done ? 1 : step.value)) / replays;
      if (!step.done) continue;
      done++;
      return step.value;
    }
  }

  const pollers = pollingConsumers(recording);
  const runs: StreamRun[] = [];
  for (const candidate of request.candidates) {
    const outcome = yield* replay(inputOf(candidate, context));
    runs.push(runOf(candidate, outcome, times, startSeconds, shardHourPriceUsd(prices)));
  }
  function* fidelityOf(starts: readonly bigint[]): Generator<number, StreamFidelity> {
    const deployed = deployedCandidate(config.mode, starts, request.candidates[0]!);
    const { columns } = yield* replay(inputOf(deployed, context, starts));
    const recorded = {
      records: recording.incomingRecords,
      throttled: recording.writeThrottled,
      iteratorAgeSeconds: recording.iteratorAgeSeconds,
    };
    const match = { shards: starts.length, ...matchStream(columns, recorded) };
    if (!refusing) return { ...match, otherProducers: null };
    const retrySeconds = request.retrySeconds === null ? usualRetrySeconds : null;
    const { traffic: other } = offeredTraffic(whole, retrySeconds, factor);
    const changed = { ...context, traffic: other, request: { ...request, retrySeconds } };
    const { columns: otherColumns } = yield* replay(inputOf(deployed, changed, starts));
    const { takenErrorShare } = matchStream(otherColumns, recorded);
    return { ...match, otherProducers: { retrySeconds, takenErrorShare } };
  }
  return {
    resourceId: stream.id,
    range,
    retentionHours,
    recorded: {
      columns: recordedColumns(recording, times),
      shards: config.shards.filter(({ closed }) => !closed).length,
      mode: config.mode,
      pollingConsumers: pollers,
      slowestConsumerRecordsPerSecond:
        pollers === null
          ? null
          : slowestReaderRate(shardReads(store, stream, recording), Math.max(1, Math.round(pollers))),
    },
    hotShards: hotShards.map(({ shardId, share }) => ({ shardId, share })),
    runs,
    fidelity: comparable ? yield* fidelityOf(deployedStarts) : null,
    holes: holes
      .filter(({ toMs }) => toMs > startSeconds * 1_000)
      .map((hole) => ({ ...hole, fromMs: Math.max(hole.fromMs, startSeconds * 1_000) })),
  };
}

interface RunContext {
  readonly traffic: StreamTraffic;
  readonly minutesBefore: number;
  readonly startSeconds: number;
  readonly retentionHours: number;
  readonly peak: { readonly bytesPerSecond: number; readonly recordsPerSecond: number };
  readonly hotShards: readonly HotKey[];
  readonly request: StreamReplayRequest;
}

/** @param starts of the shards at the beginning; left out: an even split */
function inputOf(candidate: StreamCandidate, context: RunContext, starts?: readonly bigint[]): StreamInput {
  const { traffic, minutesBefore, startSeconds, retentionHours, peak, hotShards, request } = context;
  const { capacity, consumers, hotKeys } = candidate;
  const shards =
    capacity.mode === 'PROVISIONED'
      ? capacity.shards
      : onDemandShards(peak.bytesPerSecond / MEBIBYTE, peak.recordsPerSecond);
  return {
    traffic,
    minutesBefore,
    shardStarts: starts ?? evenStarts(shards),
    capacity:
      capacity.mode === 'ON_DEMAND'
        ? {
            mode: 'ON_DEMAND',
            peakBytesPerSecond: peak.bytesPerSecond,
            peakRecordsPerSecond: peak.recordsPerSecond,
          }
        : {
            mode: 'PROVISIONED',
            changes: capacity.changes.map(({ atMs, targetShards }) => ({
              // The range may begin some seconds before its first whole minute.
              atSeconds: Math.max(0, atMs / 1_000 - startSeconds),
              targetShards,
            })),
            rule: capacity.rule,
          },
    hotKeys: hotKeys === undefined ? hotShards : hotKeys.map(({ key, share }) => ({ hashKey: hashKeyOf(key), share })),
    consumers: consumers.map(({ fanOut, workersPerShard, recordsPerSecondPerWorker }) => ({
      fanOut,
      recordsPerSecondPerShard:
        recordsPerSecondPerWorker === null ? Number.POSITIVE_INFINITY : workersPerShard * recordsPerSecondPerWorker,
    })),
    retentionSeconds: retentionHours * 3_600,
    refused: request.retrySeconds === null ? { kind: 'lost' } : { kind: 'retried', retrySeconds: request.retrySeconds },
  };
}

/** @throws SpillwayError RESHARD_OUTSIDE: a change that never happens must not look like one that changes nothing */
function refuseOutside(candidates: readonly StreamCandidate[], { fromMs, toMs }: TimeRange): void {
  const iso = (ms: number): string => new Date(ms).toISOString();
  for (const { capacity } of candidates) {
    if (capacity.mode !== 'PROVISIONED') continue;
    for (const { atMs, targetShards } of capacity.changes) {
      if (atMs >= fromMs && atMs < toMs) continue;
      const [at, from, to] = [atMs, fromMs, toMs].map(iso) as [string, string, string];
      throw new SpillwayError('RESHARD_OUTSIDE', { shards: targetShards, at, from, to });
    }
  }
}

/** As deployed now, with the first candidate's consumers: which ones there really were, no metric tells. */
function deployedCandidate(
  mode: 'PROVISIONED' | 'ON_DEMAND',
  starts: readonly bigint[],
  { consumers }: StreamCandidate,
): StreamCandidate {
  return {
    label: 'deployed',
    capacity: mode === 'ON_DEMAND' ? { mode } : { mode, shards: starts.length, changes: [], rule: null },
    consumers,
  };
}

function runOf(
  candidate: StreamCandidate,
  outcome: StreamOutcome,
  times: Float64Array,
  startSeconds: number,
  shardHourUsd: number | null,
): StreamRun {
  const atMs = (seconds: number): number => Math.round((startSeconds + seconds) * 1_000);
  return {
    label: candidate.label,
    candidate,
    columns: { times, ...outcome.columns },
    changes: outcome.changes.map(({ atSeconds, doneAtSeconds, refusedBy, ...change }) => ({
      ...change,
      atMs: atMs(atSeconds),
      doneAtMs: doneAtSeconds === null ? null : atMs(doneAtSeconds),
      refusedBy: [...refusedBy],
    })),
    summary: summaryOf(candidate, outcome, shardHourUsd),
  };
}

function summaryOf({ capacity }: StreamCandidate, outcome: StreamOutcome, shardHourUsd: number | null): StreamSummary {
  const { columns, consumers, takenRecords, refusedRecords, throttledAttempts, shardSeconds } = outcome;
  const most = (values: Iterable<number>): number => {
    let largest = 0;
    for (const value of values) largest = Math.max(largest, value);
    return largest;
  };
  const attempts = takenRecords + throttledAttempts;
  const expiredRecords = most(consumers.map((consumer) => consumer.expiredRecords));
  const shardHours = shardSeconds / 3_600;
  return {
    offeredRecords: outcome.offeredRecords,
    takenRecords,
    throttledRecords: throttledAttempts,
    throttledShare: attempts > 0 ? throttledAttempts / attempts : null,
    // Less than one attempt is rounding, or nothing that a metric of whole counts would show.
    throttledMinutes: columns.throttled.reduce((minutes, count) => minutes + (count >= 1 ? 1 : 0), 0),
    refusedRecords,
    expiredRecords,
    lostRecords: refusedRecords + expiredRecords,
    waitingRecords: outcome.waitingRecords,
    unreadRecords: most(consumers.map(({ unreadRecords }) => unreadRecords)),
    worstIteratorAgeSeconds: most(consumers.map(({ worstIteratorAgeSeconds }) => worstIteratorAgeSeconds)),
    peakShards: most(columns.shards),
    shardHours,
    costUsd: capacity.mode === 'ON_DEMAND' || shardHourUsd === null ? null : shardHours * shardHourUsd,
  };
}

function recordedColumns(recording: StreamRecording, times: Float64Array): StreamColumns {
  return {
    times,
    records: recording.incomingRecords,
    bytes: recording.incomingBytes,
    throttled: recording.writeThrottled,
    iteratorAgeSeconds: recording.iteratorAgeSeconds,
    shards: new Float64Array(times.length).fill(Number.NaN),
  };
}

function pollingConsumers({ incomingRecords, outgoingRecords }: StreamRecording): number | null {
  let written = 0;
  let read = 0;
  incomingRecords.forEach((records, minute) => {
    if (Number.isNaN(records) || Number.isNaN(outgoingRecords[minute]!)) return;
    written += records;
    read += outgoingRecords[minute]!;
  });
  return written > 0 ? read / written : null;
}
