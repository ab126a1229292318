/**
 * Warm pools: instances prepared beside the group, that do not count until they leave the pool.
 *
 * Rules: docs/rules/lifecycle.md (POOL).
 */
import { defaults } from '../defaults.ts';

export interface WarmPool {
  /** MaxGroupPreparedCapacity: instances of group and pool together; null: the group's maximum. */
  readonly maxPreparedCapacity: number | null;
  /** Smallest size of the pool. */
  readonly minSize: number;
}

/** Instances the pool keeps: what the prepared capacity leaves beside desired, never below its own minimum or 0 (POOL-01). */
export function warmPoolSize(
  group: { readonly desiredCapacity: number; readonly maxSize: number },
  pool: WarmPool = {
    maxPreparedCapacity: defaults['asg.warmPool.maxGroupPreparedCapacity'],
    minSize: defaults['asg.warmPool.minSize'],
  },
): number {
  const prepared = pool.maxPreparedCapacity ?? group.maxSize;
  return Math.max(prepared - group.desiredCapacity, pool.minSize, 0);
}

/** A scale-out takes from the pool first, and launches the rest (POOL-02). */
export function drawFromPool(wantedInstances: number, poolInstances: number): { fromPool: number; launched: number } {
  const fromPool = Math.min(wantedInstances, poolInstances);
  return { fromPool, launched: wantedInstances - fromPool };
}

/** How often the launch hooks run for one instance: entering and leaving the pool are each a launch (POOL-02). */
export function launchHookRuns(throughPool: boolean): number {
  return throughPool ? 2 : 1;
}
