/**
 * How the consumers of a shard share what it gives. Rules: docs/rules/kinesis.md (KIN-01, KFAN-01 to KFAN-03).
 *
 * Consumers that poll (GetRecords) share 2 MiB and 5 calls a second; each one with enhanced fan-out (SubscribeToShard) has
 * 2 MiB a second of its own and makes no calls. Not here: what a consumer does with its records.
 */
import { MEBIBYTE, shardLimits } from './shardLimits.ts';

export type FanOut = 'shared' | 'enhanced';

/** What one GetRecords answer holds at most (KIN-01). */
export const getRecordsLimits = { records: 10_000, bytes: 10 * MEBIBYTE } as const;

/** Records a second that one of so many polling consumers can get from a shard: its share of the calls, each answer full. */
export function polledRecordsPerSecond(
  sharedConsumers: number,
  callsPerSecond: number = shardLimits.readCallsPerSecond,
): number {
  return (getRecordsLimits.records * callsPerSecond) / Math.max(1, sharedConsumers);
}

/**
 * Max-min fair shares of a rate: nobody gets more than it wants, and whoever gets less gets as much as any other (KFAN-02).
 *
 * @param wanted what each one would take; not changed
 * @param shares where the answer goes, one entry each; exactly what was wanted wherever the rate does not bind
 */
export function fairShares(wanted: readonly number[], rate: number, shares: number[]): void {
  let left = rate;
  let open = 0;
  for (let at = 0; at < wanted.length; at++) {
    shares[at] = wanted[at]!;
    left -= wanted[at]!;
    open++;
  }
  if (left >= 0) return;
  // Those that want less than an equal part of the rest are served whole; the others share what remains.
  left = rate;
  const served = new Array<boolean>(wanted.length).fill(false);
  for (;;) {
    const equal = left / open;
    let changed = false;
    for (let at = 0; at < wanted.length; at++) {
      if (served[at] || wanted[at]! > equal) continue;
      served[at] = true;
      left -= wanted[at]!;
      open--;
      changed = true;
    }
    if (changed && open > 0) continue;
    for (let at = 0; at < wanted.length; at++) if (!served[at]) shares[at] = Math.max(0, equal);
    return;
  }
}
