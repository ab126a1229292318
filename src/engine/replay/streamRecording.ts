/**
 * What a stream's replay takes from the recording: exact minute columns, shard by shard totals, the peak before the range.
 */
import { createHash } from 'node:crypto';
import type { Measure, TimeRange } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { hashKeySpace, parseHashKey } from '../../core/kinesis/hashRange.ts';
import { phrases } from '../../core/messages/terms.ts';
import { shardSeriesKeyOf } from '../../core/metrics.ts';
import type { Resource, StreamConfig } from '../../core/model/resources.ts';
import { noPoints } from '../../core/model/series.ts';
import { type HotSpot, hotSpots, type ShardReads } from '../../replay/index.ts';
import type { StoreReader } from '../../storage/interface.ts';
import { minuteColumn, readMeasure } from '../queries/window.ts';
import { wholeMinutes } from './recording.ts';

const daySeconds = 86_400;
/** What an on-demand stream's peak is of (KOD-01). */
const peakSeconds = 30 * daySeconds;

/** Minutes before a range that are played for what they leave unread (KREP-18). */
const mostMinutesBefore = 1_440;

/** Of a whole stream, per minute; NaN where there is no datapoint. */
export interface StreamRecording {
  readonly startSeconds: number;
  readonly minutes: number;
  readonly incomingRecords: Float64Array;
  readonly incomingBytes: Float64Array;
  readonly writeThrottled: Float64Array;
  readonly iteratorAgeSeconds: Float64Array;
  readonly outgoingRecords: Float64Array;
  readonly anything: readonly boolean[];
}

/** @throws SpillwayError NOT_FOUND when it is no stream */
export function streamConfigOf({ config, id }: Resource): StreamConfig {
  if (config.kind !== 'kinesis-stream')
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'stream' }]), id });
  return config;
}

/** @throws SpillwayError REPLAY_NEEDS when the range holds no whole minute or no writes */
export function loadStream(store: StoreReader, stream: Resource, range: TimeRange): StreamRecording {
  const { startSeconds, minutes } = wholeMinutes(range);
  if (minutes === 0) throw needs(stream, 'no-whole-minute');
  const recording = minutesOf(store, stream, startSeconds, minutes);
  if (recording.incomingRecords.every((count) => Number.isNaN(count))) throw needs(stream, 'no-incoming-records');
  return recording;
}

/** The same with up to a day before it, as far as that was recorded. @returns how many minutes were put before */
export function withMinutesBefore(
  store: StoreReader,
  stream: Resource,
  { startSeconds, minutes }: StreamRecording,
): { readonly whole: StreamRecording; readonly minutesBefore: number } {
  const before = Math.min(mostMinutesBefore, startSeconds / 60);
  const from = startSeconds - before * 60;
  const { times } = readMeasure(store, stream, 'incomingRecords', from, startSeconds);
  const minutesBefore = times.length === 0 ? 0 : Math.floor((startSeconds - times[0]!) / 60);
  return { whole: minutesOf(store, stream, startSeconds - minutesBefore * 60, minutesBefore + minutes), minutesBefore };
}

function minutesOf(store: StoreReader, stream: Resource, startSeconds: number, minutes: number): StreamRecording {
  const read = (measure: Measure): Float64Array => {
    const points = readMeasure(store, stream, measure, startSeconds, startSeconds + minutes * 60);
    return minuteColumn(points, startSeconds, minutes);
  };
  const incomingRecords = read('incomingRecords');
  const incomingBytes = read('incomingBytes');
  const writeThrottled = read('writeThrottled');
  const iteratorAgeMs = read('iteratorAge');
  const outgoingRecords = read('outgoingRecords');
  const all = [incomingRecords, incomingBytes, writeThrottled, iteratorAgeMs, outgoingRecords];
  return {
    startSeconds,
    minutes,
    incomingRecords,
    incomingBytes,
    writeThrottled,
    iteratorAgeSeconds: iteratorAgeMs.map((age) => age / 1_000),
    outgoingRecords,
    anything: Array.from({ length: minutes }, (_, minute) => all.some((column) => !Number.isNaN(column[minute]!))),
  };
}

/** The newest day of what was recorded. @throws SpillwayError REPLAY_NEEDS when nothing was */
export function recordedStreamRange(store: StoreReader, stream: Resource): TimeRange {
  const through = store.cursor(stream.connectionId, `data:${stream.id}`);
  if (through === undefined) throw needs(stream, 'no-incoming-records');
  const { times } = readMeasure(store, stream, 'incomingRecords', through - daySeconds, through);
  if (times.length === 0) throw needs(stream, 'no-incoming-records');
  return { fromMs: times[0]! * 1_000, toMs: through * 1_000 };
}

/** Highest minute of the 30 days before, per second; null when nothing of them was recorded (KREP-27). */
export function peakBefore(
  store: StoreReader,
  stream: Resource,
  startSeconds: number,
): { readonly bytesPerSecond: number; readonly recordsPerSecond: number } | null {
  const peak = (measure: Measure): number => {
    const { values } = readMeasure(store, stream, measure, startSeconds - peakSeconds, startSeconds);
    return values.reduce((most, value) => Math.max(most, value), 0) / 60;
  };
  const found = { bytesPerSecond: peak('incomingBytes'), recordsPerSecond: peak('incomingRecords') };
  return found.recordsPerSecond > 0 ? found : null;
}

/** First hash keys of the shards that take records, rising; null when the ranges do not fit together. */
export function openStarts({ shards }: StreamConfig): bigint[] | null {
  const ranges = openRanges(shards);
  let expected = 0n;
  for (const { startingHashKey, endHashKey } of ranges) {
    if (startingHashKey !== expected) return null;
    expected = endHashKey;
  }
  return expected === hashKeySpace ? ranges.map(({ startingHashKey }) => startingHashKey) : null;
}

function openRanges(
  shards: StreamConfig['shards'],
): { shardId: string; startingHashKey: bigint; endHashKey: bigint }[] {
  return shards
    .filter(({ closed }) => !closed)
    .map(({ shardId, startingHashKey, endingHashKey }) => ({
      shardId,
      startingHashKey: parseHashKey(startingHashKey) ?? 0n,
      endHashKey: (parseHashKey(endingHashKey) ?? -1n) + 1n,
    }))
    .sort((a, b) => (a.startingHashKey < b.startingHashKey ? -1 : 1));
}

/**
 * Hot shards by the bytes, else the records, that enhanced monitoring published (KREP-33): over minutes without refused
 * writes where there are any, since a shard at its limit hides how hot it is.
 */
export function recordedHotSpots(
  store: StoreReader,
  stream: Resource,
  { startSeconds, minutes, writeThrottled }: StreamRecording,
): HotSpot[] {
  const config = streamConfigOf(stream);
  if (openStarts(config) === null) return [];
  const calm = writeThrottled.some((refused) => !(refused > 0));
  for (const measure of ['incomingBytes', 'incomingRecords'] as const) {
    const shards = openRanges(config.shards).map((range) => {
      const key = shardSeriesKeyOf(stream, measure, range.shardId);
      const to = startSeconds + minutes * 60;
      const points = key === undefined ? undefined : store.points(key, startSeconds, to);
      let amount = 0;
      points?.times.forEach((time, at) => {
        const minute = (time - startSeconds) / 60;
        if (!calm || !(writeThrottled[minute]! > 0)) amount += points.values[at]!;
      });
      return { ...range, amount };
    });
    if (shards.some(({ amount }) => amount > 0)) return hotSpots(shards);
  }
  return [];
}

/** Reads and writes of every shard that has published both its reads and their age. */
export function shardReads(
  store: StoreReader,
  stream: Resource,
  { startSeconds, minutes }: StreamRecording,
): ShardReads[] {
  const column = (measure: Measure, shardId: string): Float64Array => {
    const key = shardSeriesKeyOf(stream, measure, shardId);
    const points = key === undefined ? noPoints : store.points(key, startSeconds, startSeconds + minutes * 60);
    return minuteColumn(points, startSeconds, minutes).map((value) =>
      measure === 'iteratorAge' ? value / 1_000 : value,
    );
  };
  return streamConfigOf(stream).shards.map(({ shardId }) => ({
    incomingRecords: column('incomingRecords', shardId),
    outgoingRecords: column('outgoingRecords', shardId),
    iteratorAgeSeconds: column('iteratorAge', shardId),
  }));
}

/** MD5 of the UTF-8 bytes of a partition key, as an unsigned number. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}

function needs(stream: Resource, term: 'no-whole-minute' | 'no-incoming-records'): SpillwayError {
  return new SpillwayError('REPLAY_NEEDS', { resource: stream.name, missing: phrases([{ term }]) });
}
