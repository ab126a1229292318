/**
 * UpdateShardCount as a list of splits and merges: which cuts of the hash range to add, then which to remove.
 *
 * Pure. AWS documents that intermediate shards appear and that the result is an even split; the order is ours: splits
 * first, so that capacity never falls below both counts on the way.
 */
import { evenStarts } from './hashRange.ts';

/** A split adds the cut `at`; a merge removes it. */
export interface ReshardingStep {
  readonly kind: 'split' | 'merge';
  readonly at: bigint;
}

/**
 * Two cuts nearer than this are the same one: sixths lie a few keys beside halves, as divisions round, and nobody splits off
 * a shard of three keys. Far below the width of any shard: 10,000 of them are 2^114 keys wide each.
 */
const roundingKeys = 1n << 32n;

/** @param starts first hash keys of the open shards, rising, the first one 0 */
export function planUniformScaling(starts: readonly bigint[], targetShardCount: number): ReshardingStep[] {
  const target = evenStarts(targetShardCount);
  return [
    ...without(target, starts).map((at): ReshardingStep => ({ kind: 'split', at })),
    ...without(starts, target).map((at): ReshardingStep => ({ kind: 'merge', at })),
  ];
}

/** Of rising cuts, those that are not among other rising ones. */
function without(cuts: readonly bigint[], others: readonly bigint[]): bigint[] {
  let next = 0;
  return cuts.filter((cut) => {
    while (next < others.length && others[next]! < cut - roundingKeys) next++;
    return next === others.length || others[next]! > cut + roundingKeys;
  });
}
