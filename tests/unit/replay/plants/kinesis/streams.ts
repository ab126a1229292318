/** Streams for the tests of the stream plant: a small one, changed where a test needs it. */
import { evenStarts } from '../../../../../src/core/kinesis/hashRange.ts';
import { MEBIBYTE } from '../../../../../src/core/kinesis/shardLimits.ts';
import type { StreamConsumer, StreamInput, StreamTraffic } from '../../../../../src/replay/index.ts';

export const day = 86_400;
export const MiB = MEBIBYTE;

/** Records of one size at a rate of each minute, per second. */
export function trafficOf(recordsPerSecond: readonly number[], bytesPerRecord = 100): StreamTraffic {
  const records = Float64Array.from(recordsPerSecond, (rate) => rate * 60);
  return { records, bytes: records.map((count) => count * bytesPerRecord) };
}

export const steady = (minutes: number, recordsPerSecond: number, bytesPerRecord?: number): StreamTraffic =>
  trafficOf(Array<number>(minutes).fill(recordsPerSecond), bytesPerRecord);

export const consumer = (
  recordsPerSecondPerShard = Number.POSITIVE_INFINITY,
  fanOut: StreamConsumer['fanOut'] = 'shared',
): StreamConsumer => ({ fanOut, recordsPerSecondPerShard });

export function streamOf(traffic: StreamTraffic, shards: number, change: Partial<StreamInput> = {}): StreamInput {
  return {
    traffic,
    shardStarts: evenStarts(shards),
    capacity: { mode: 'PROVISIONED', changes: [], rule: null },
    hotKeys: [],
    consumers: [consumer()],
    retentionSeconds: day,
    refused: { kind: 'lost' },
    ...change,
  };
}

export const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
