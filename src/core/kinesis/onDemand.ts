/**
 * On-demand streams: what they accept, when they may throttle, how often the mode may change.
 *
 * Rules: docs/rules/kinesis.md (KOD-01 to KOD-03). Upper bounds that the service documents; when it really splits is its own.
 */
import { defaults } from '../defaults.ts';

/** Growth beyond this within this time may throttle (KOD-02). */
const THROTTLE_FACTOR = 2;
const THROTTLE_WITHIN_MINUTES = 15;

export interface OnDemandCeiling {
  /** MB per second. */
  readonly writeMBps: number;
  readonly readMBps: number;
}

/**
 * What an on-demand stream accepts: double its peak of 30 days, never less than a new stream takes (KOD-01).
 *
 * @param peakWriteMBps highest write rate of the last 30 days, MB per second; 0 for a new stream
 */
export function onDemandCeiling(peakWriteMBps: number): OnDemandCeiling {
  const initialWriteMBps = defaults['kinesis.onDemand.initialWriteMBps'];
  const readPerWrite = defaults['kinesis.onDemand.initialReadMBps'] / initialWriteMBps;
  const writeMBps = Math.max(initialWriteMBps, 2 * peakWriteMBps);
  return { writeMBps, readMBps: writeMBps * readPerWrite };
}

/**
 * Whether a rise is one the stream may refuse in part, for up to about 15 minutes (KOD-02): more than double within 15 minutes.
 *
 * @param withinMinutes how long the rise took
 */
export function onDemandMayThrottle(previousPeakMBps: number, nowMBps: number, withinMinutes: number): boolean {
  return nowMBps > THROTTLE_FACTOR * previousPeakMBps && withinMinutes <= THROTTLE_WITHIN_MINUTES;
}

/** Whether the mode may be switched now: twice in 24 hours at most (KOD-03). @param switchesInLast24h without this one */
export function modeSwitchAllowed(switchesInLast24h: number): boolean {
  return switchesInLast24h < defaults['kinesis.modeSwitchesPer24h'];
}

/** Rise of traffic to more shards, at most (KOD-02). */
export const ON_DEMAND_GROWTH_SECONDS = THROTTLE_WITHIN_MINUTES * 60;

/**
 * Shards that give what the ceiling promises at an even spread (KOD-01): as many as the larger of double the peak's bytes and
 * double its records needs, never fewer than a new stream has.
 *
 * @param peakRecordsPerSecond of the last 30 days, as the bytes; 0 when only sizes matter
 */
export function onDemandShards(peakWriteMBps: number, peakRecordsPerSecond = 0): number {
  const shardWriteMBps = defaults['kinesis.shard.writeMBps'];
  const byBytes = onDemandCeiling(peakWriteMBps).writeMBps / shardWriteMBps;
  const byRecords = (THROTTLE_FACTOR * peakRecordsPerSecond) / defaults['kinesis.shard.writeRecordsPerSecond'];
  return Math.ceil(Math.max(byBytes, byRecords));
}
