/**
 * Which shards take more than their range explains, from shard metrics: each as one key in the middle of its range. KREP-33.
 *
 * The middle is a guess: where in its range the key lies, the metrics do not tell.
 */
import { hashKeySpace } from '../../core/kinesis/hashRange.ts';
import type { HotKey } from '../plants/kinesis/types.ts';

/** Times the median use of the hash range: below, it is chance. */
const hotTimesMedian = 1.5;

export interface ShardTraffic {
  readonly shardId: string;
  readonly startingHashKey: bigint;
  /** One above its last. */
  readonly endHashKey: bigint;
  /** Of the same minutes for all. */
  readonly amount: number;
}

export interface HotSpot extends HotKey {
  readonly shardId: string;
}

/** @returns none for a single shard, which has nothing to be compared with */
export function hotSpots(shards: readonly ShardTraffic[]): HotSpot[] {
  const total = shards.reduce((sum, { amount }) => sum + amount, 0);
  if (shards.length < 2 || !(total > 0)) return [];
  const uses = shards.map((shard) => {
    const width = Number(shard.endHashKey - shard.startingHashKey) / Number(hashKeySpace);
    return { shard, width, density: shard.amount / total / width };
  });
  const densities = uses.map(({ density }) => density).sort((a, b) => a - b);
  // The lower one of two: half of the shards may be hot.
  const median = densities[Math.floor((densities.length - 1) / 2)]!;
  return uses
    .filter(({ density }) => density > hotTimesMedian * median)
    .map(({ shard, width, density }) => ({
      shardId: shard.shardId,
      hashKey: (shard.startingHashKey + shard.endHashKey) / 2n,
      share: (density - median) * width,
    }));
}
