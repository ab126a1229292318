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

/** @param starts first hash keys of the open shards, rising, the first one 0 */
export function planUniformScaling(starts: readonly bigint[], targetShardCount: number): ReshardingStep[] {
  const target = evenStarts(targetShardCount);
  const present = new Set(starts);
  const wanted = new Set(target);
  return [
    ...target.filter((at) => !present.has(at)).map((at): ReshardingStep => ({ kind: 'split', at })),
    ...starts.filter((at) => !wanted.has(at)).map((at): ReshardingStep => ({ kind: 'merge', at })),
  ];
}
