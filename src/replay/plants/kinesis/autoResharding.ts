/**
 * A simple rule that reshards: the use of a stream's limits, minute by minute, against two thresholds (KREP-24).
 *
 * What a scheduled job on CloudWatch's metrics would do. Not here: whether the service accepts it (resharding.ts).
 */
import { shardLimits } from '../../../core/kinesis/shardLimits.ts';
import type { AutoReshardingRule } from './types.ts';

/** Shards that would be used up by a load: the larger of its bytes' and its records' (KIN-03), with fractions. */
export function shardsOfLoad(bytesPerSecond: number, recordsPerSecond: number): number {
  return Math.max(
    bytesPerSecond / shardLimits.writeBytesPerSecond,
    recordsPerSecond / shardLimits.writeRecordsPerSecond,
  );
}

export class AutoResharding {
  readonly #rule: AutoReshardingRule;
  #minutesAbove = 0;
  #minutesBelow = 0;

  constructor(rule: AutoReshardingRule) {
    this.#rule = rule;
  }

  /**
   * A minute is over.
   *
   * @param loadShards what its offered traffic would use up
   * @returns the number of shards to ask for, within half and double (KIN-02); null: leave it
   */
  minute(loadShards: number, openShards: number): number | null {
    const { minShards, maxShards, targetUse, outAboveUse, outMinutes, inBelowUse, inMinutes } = this.#rule;
    const use = loadShards / openShards;
    this.#minutesAbove = use > outAboveUse ? this.#minutesAbove + 1 : 0;
    this.#minutesBelow = use < inBelowUse ? this.#minutesBelow + 1 : 0;
    const out = this.#minutesAbove >= outMinutes;
    if (!out && this.#minutesBelow < inMinutes) return null;
    const least = Math.max(minShards, Math.ceil(openShards / 2));
    const most = Math.min(maxShards, openShards * 2);
    const wanted = Math.min(most, Math.max(least, Math.ceil(loadShards / targetUse)));
    return (out ? wanted > openShards : wanted < openShards) ? wanted : null;
  }

  /** A change was asked for: minutes are counted anew. */
  asked(): void {
    this.#minutesAbove = 0;
    this.#minutesBelow = 0;
  }
}
