/**
 * What one shard takes and gives per second. Rules: docs/rules/kinesis.md (KIN-01).
 *
 * "MB" in Kinesis's limits is a mebibyte, as its sizing formula (KiB / 1024) shows. Not here: enforcement of a rate over
 * time (allowance.ts).
 */
import { defaults } from '../defaults.ts';

export const MEBIBYTE = 1_048_576;

export interface ShardLimits {
  readonly writeBytesPerSecond: number;
  readonly writeRecordsPerSecond: number;
  readonly readBytesPerSecond: number;
  /** GetRecords calls, all consumers together. */
  readonly readCallsPerSecond: number;
}

export const shardLimits: ShardLimits = {
  writeBytesPerSecond: defaults['kinesis.shard.writeMBps'] * MEBIBYTE,
  writeRecordsPerSecond: defaults['kinesis.shard.writeRecordsPerSecond'],
  readBytesPerSecond: defaults['kinesis.shard.readMBps'] * MEBIBYTE,
  readCallsPerSecond: defaults['kinesis.shard.getRecordsPerSecond'],
};

/** Whether a steady write rate on one shard is refused in part: either limit suffices, each is itself allowed (KIN-01). */
export function shardWriteThrottled(
  bytesPerSecond: number,
  recordsPerSecond: number,
  limits: Pick<ShardLimits, 'writeBytesPerSecond' | 'writeRecordsPerSecond'> = shardLimits,
): boolean {
  return bytesPerSecond > limits.writeBytesPerSecond || recordsPerSecond > limits.writeRecordsPerSecond;
}
