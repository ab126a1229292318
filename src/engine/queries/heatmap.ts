/**
 * Shard by shard: use against the per-shard limits, as a grid over time and as means over a window (UX-05).
 */
import type { Heatmap, TimeRange } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { shardSeriesKeyOf } from '../../core/metrics.ts';
import type { Resource, StreamConfig } from '../../core/model/resources.ts';
import { noPoints, type Points } from '../../core/model/series.ts';
import type { StoreReader } from '../../storage/interface.ts';
import { hotShards, type ShardUse, shardBytesPerSecond, shardRecordsPerSecond } from './hotShards.ts';
import { meanRate, newest } from './window.ts';

const measures = { bytes: 'incomingBytes', records: 'incomingRecords', age: 'iteratorAge' } as const;
type HeatMeasure = keyof typeof measures;

const minute = 60;

export interface ShardWindow extends ShardUse {
  /** Newest iterator age in the window; null when nobody read the shard. */
  readonly ageMs: number | null;
}

/** Means over a window for every shard that takes records. */
export function shardUse(store: StoreReader, stream: Resource, fromSeconds: number, toSeconds: number): ShardWindow[] {
  return streamConfig(stream)
    .shards.filter(({ closed }) => !closed)
    .map(({ shardId }) => {
      const read = (measure: HeatMeasure): Points => readShard(store, stream, measure, shardId, fromSeconds, toSeconds);
      return {
        shardId,
        bytesPerSecond: meanRate(read('bytes')),
        recordsPerSecond: meanRate(read('records')),
        ageMs: newest(read('age')),
      };
    });
}

/** @throws SpillwayError NOT_FOUND when the resource is no stream */
export function heatmapOf(
  store: StoreReader,
  stream: Resource,
  range: TimeRange,
  measure: HeatMeasure,
  maxBuckets: number,
): Heatmap {
  const config = streamConfig(stream);
  const fromMinute = Math.ceil(range.fromMs / 60_000);
  const minutes = Math.max(1, Math.ceil(range.toMs / 60_000) - fromMinute);
  // One bucket is held back: aligned buckets reach over the ends of the range.
  const bucketMinutes = Math.ceil(minutes / Math.max(1, maxBuckets - 1));
  const aligned = maxBuckets > 1;
  const firstBucket = aligned ? Math.floor(fromMinute / bucketMinutes) : 0;
  const origin = aligned ? firstBucket * bucketMinutes : fromMinute;
  const buckets = Math.floor((fromMinute + minutes - 1 - origin) / bucketMinutes) + 1;
  const bucketSeconds = bucketMinutes * minute;

  const [fromSeconds, toSeconds] = [fromMinute * minute, (fromMinute + minutes) * minute];
  const shards = config.shards
    .map((shard) => ({ ...shard, points: readShard(store, stream, measure, shard.shardId, fromSeconds, toSeconds) }))
    // A closed shard is shown as long as the range holds something of it.
    .filter(({ closed, points }) => !closed || points.times.length > 0);
  const values = new Float64Array(shards.length * buckets).fill(Number.NaN);
  shards.forEach(({ points }, row) => {
    fillRow(values.subarray(row * buckets, (row + 1) * buckets), points, origin * minute, bucketSeconds, measure);
  });
  return {
    shardIds: shards.map(({ shardId }) => shardId),
    times: Float64Array.from({ length: buckets }, (_, bucket) => origin * minute + bucket * bucketSeconds),
    bucketSeconds,
    measure,
    values,
    limit: limitOf(measure, config),
    hotShardIds: hotShardsIn(store, stream, fromSeconds, toSeconds),
  };
}

/** Hot in any quarter of an hour of the range: a crowd of twenty minutes must not drown in a day. */
function hotShardsIn(store: StoreReader, stream: Resource, fromSeconds: number, toSeconds: number): string[] {
  const windowSeconds = 15 * minute;
  const windows = Math.ceil((toSeconds - fromSeconds) / windowSeconds);
  const shards = streamConfig(stream).shards.map(({ shardId }) => ({
    shardId,
    bytes: ratesByWindow(readShard(store, stream, 'bytes', shardId, fromSeconds, toSeconds)),
    records: ratesByWindow(readShard(store, stream, 'records', shardId, fromSeconds, toSeconds)),
  }));
  const hot = new Set<string>();
  for (let window = 0; window < windows; window++) {
    const uses = shards
      .map(({ shardId, bytes, records }) => ({
        shardId,
        bytesPerSecond: bytes[window]!,
        recordsPerSecond: records[window]!,
      }))
      // A shard of before or after a resharding does not count in the mean of its absence.
      .filter(({ bytesPerSecond, recordsPerSecond }) => bytesPerSecond !== null || recordsPerSecond !== null);
    for (const { shardId } of hotShards(uses)) hot.add(shardId);
  }
  return [...hot].sort();

  function ratesByWindow({ times, values }: Points): (number | null)[] {
    const sums = new Float64Array(windows);
    const counts = new Float64Array(windows);
    times.forEach((time, at) => {
      // Windows end at the end of the range, where the eye is.
      const window = windows - 1 - Math.floor((toSeconds - 1 - time) / windowSeconds);
      sums[window]! += values[at]!;
      counts[window]!++;
    });
    return Array.from(sums, (sum, window) => (counts[window] === 0 ? null : sum / (counts[window]! * minute)));
  }
}

/** Rates are over the recorded seconds of a bucket, ages its maximum; what has no datapoint stays NaN. */
function fillRow(
  row: Float64Array,
  { times, values }: Points,
  originSeconds: number,
  bucketSeconds: number,
  measure: HeatMeasure,
): void {
  const counts = new Float64Array(row.length);
  times.forEach((time, at) => {
    const bucket = Math.floor((time - originSeconds) / bucketSeconds);
    if (bucket < 0 || bucket >= row.length) return;
    const before = Number.isNaN(row[bucket]!) ? 0 : row[bucket]!;
    row[bucket] = measure === 'age' ? Math.max(before, values[at]!) : before + values[at]!;
    counts[bucket]!++;
  });
  if (measure === 'age') return;
  for (let bucket = 0; bucket < row.length; bucket++) row[bucket] = row[bucket]! / (counts[bucket]! * minute);
}

function limitOf(measure: HeatMeasure, config: StreamConfig): number {
  if (measure === 'bytes') return shardBytesPerSecond;
  return measure === 'records' ? shardRecordsPerSecond : config.retentionHours * 3_600_000;
}

function readShard(
  store: StoreReader,
  stream: Resource,
  measure: HeatMeasure,
  shardId: string,
  fromSeconds: number,
  toSeconds: number,
): Points {
  const key = shardSeriesKeyOf(stream, measures[measure], shardId);
  return key === undefined ? noPoints : store.points(key, fromSeconds, toSeconds);
}

function streamConfig({ config, id }: Resource): StreamConfig {
  if (config.kind !== 'kinesis-stream')
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'stream' }]), id });
  return config;
}
