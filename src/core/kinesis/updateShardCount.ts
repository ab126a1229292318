/**
 * Whether UpdateShardCount would be accepted on a provisioned stream. Rules: docs/rules/kinesis.md (KIN-02).
 *
 * Not here: which shards are split and merged (resharding.ts), how long it takes (MODEL-08).
 */
import { defaults } from '../defaults.ts';

export interface UpdateShardCountLimits {
  readonly updatesPer24h: number;
  readonly shardsMax: number;
}

export const updateShardCountLimits: UpdateShardCountLimits = {
  updatesPer24h: defaults['kinesis.updateShardCountPer24h'],
  shardsMax: 10_000,
};

/** Each split or merge takes this long, one after another (MODEL-08): the service says "a few minutes" only (KIN-04). */
export const RESHARDING_STEP_SECONDS = 30;

export type UpdateShardCountReason = 'tooManyShards' | 'moreThanDouble' | 'lessThanHalf' | 'tooManyUpdates';

/**
 * @param currentShards    open shards now
 * @param targetShards     wanted, 1 or more
 * @param updatesInLast24h accepted updates in the rolling 24 hours before now, without this one
 * @returns every reason against it, in the order the service checks; empty = accepted. Throws nothing.
 */
export function refuseUpdateShardCount(
  currentShards: number,
  targetShards: number,
  updatesInLast24h: number,
  limits: UpdateShardCountLimits = updateShardCountLimits,
): UpdateShardCountReason[] {
  const reasons: UpdateShardCountReason[] = [];
  if (targetShards > limits.shardsMax) reasons.push('tooManyShards');
  if (targetShards > currentShards * 2) reasons.push('moreThanDouble');
  if (targetShards < currentShards / 2) reasons.push('lessThanHalf');
  if (updatesInLast24h >= limits.updatesPer24h) reasons.push('tooManyUpdates');
  return reasons;
}

/** How many of these moments lie in the 24 hours before now; one exactly 24 h ago no longer does (KIN-02, KOD-03). */
export function countInLast24h(atMs: readonly number[], nowMs: number): number {
  return atMs.filter((at) => at > nowMs - DAY_MS).length;
}

const DAY_MS = 86_400_000;
