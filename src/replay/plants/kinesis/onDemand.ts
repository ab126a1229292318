/**
 * How many shards an on-demand stream has: double the peak that it has had the time to follow (KOD-01, KOD-02, KREP-25).
 *
 * A minute's traffic counts as a peak from 15 minutes after its beginning: who doubles more slowly than that is never throttled at an even
 * spread, who doubles faster is, for at most as long. It never shrinks: peaks count for 30 days.
 */
import { ON_DEMAND_GROWTH_SECONDS, onDemandShards } from '../../../core/kinesis/onDemand.ts';
import { MEBIBYTE } from '../../../core/kinesis/shardLimits.ts';
import type { StreamTraffic } from './types.ts';

const growthMinutes = ON_DEMAND_GROWTH_SECONDS / 60;

export class OnDemandGrowth {
  readonly #traffic: StreamTraffic;
  #peakBytesPerSecond: number;
  #peakRecordsPerSecond: number;

  constructor(traffic: StreamTraffic, peakBytesPerSecond: number, peakRecordsPerSecond: number) {
    this.#traffic = traffic;
    this.#peakBytesPerSecond = peakBytesPerSecond;
    this.#peakRecordsPerSecond = peakRecordsPerSecond;
  }

  /** Shards it has from the beginning of this minute on. Call for every minute, in order. */
  shardsAt(minute: number): number {
    const followed = minute - growthMinutes;
    if (followed >= 0) {
      this.#peakBytesPerSecond = Math.max(this.#peakBytesPerSecond, this.#traffic.bytes[followed]! / 60);
      this.#peakRecordsPerSecond = Math.max(this.#peakRecordsPerSecond, this.#traffic.records[followed]! / 60);
    }
    return onDemandShards(this.#peakBytesPerSecond / MEBIBYTE, this.#peakRecordsPerSecond);
  }
}
