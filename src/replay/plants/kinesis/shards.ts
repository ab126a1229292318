/**
 * Who holds which hash keys: shards as ranges of the hash-key space, and what resharding does to them (KREP-01, KREP-09).
 *
 * Hash keys are shares of the space, 0 to 1: 2^128 is finer than a share can tell, and no two keys of a user are that close. Not here: how
 * a key becomes a hash (MD5, by the caller), what flows through a shard (stream.ts).
 */

/** A partition key with more than its share of the traffic. */
export interface HotKey {
  /** Where its hash lies in the hash-key space, 0 to 1. */
  readonly at: number;
  /** Of all records, 0 to 1. */
  readonly share: number;
}

export interface HashRange {
  readonly from: number;
  readonly to: number;
}

/** Equal ranges, as CreateStream and UpdateShardCount make them. */
export function evenRanges(shards: number): HashRange[] {
  return Array.from({ length: shards }, (_, index) => ({ from: index / shards, to: (index + 1) / shards }));
}

/** Share of all records that a range takes: its part of what is spread, and the hot keys that fall into it. */
export function shareOf({ from, to }: HashRange, hotKeys: readonly HotKey[]): number {
  const hot = hotKeys.reduce((sum, { share }) => sum + share, 0);
  const here = hotKeys.reduce((sum, { at, share }) => (at >= from && at < to ? sum + share : sum), 0);
  return (1 - hot) * (to - from) + here;
}

/** Splits and merges from one even split to another: every new cut is a split, every cut that goes is a merge (KIN-02). */
export function reshardingSteps(fromShards: number, toShards: number): number {
  const common = greatestCommonDivisor(fromShards, toShards);
  // Both have the cuts of their common divisor.
  return toShards - common + (fromShards - common);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
