/**
 * Which shard takes too much of a stream's traffic (UX-05): over 2 times the mean and over 80 % of a limit.
 */

/** Per-shard write limits of Kinesis Data Streams. */
export const shardBytesPerSecond = 1024 * 1024;
export const shardRecordsPerSecond = 1000;

export const hotTimesMean = 2;
export const hotShareOfLimit = 0.8;

export interface ShardUse {
  readonly shardId: string;
  /** Means over the same minutes; null where nothing was recorded. */
  readonly bytesPerSecond: number | null;
  readonly recordsPerSecond: number | null;
}

export interface HotShard {
  readonly shardId: string;
  readonly shareOfLimit: number;
  readonly timesMean: number;
}

/** @returns the hot shards, hottest first; a stream of one shard has none: there is no other to compare it with */
export function hotShards(uses: readonly ShardUse[]): HotShard[] {
  if (uses.length < 2) return [];
  const found = new Map<string, HotShard>();
  const judge = (limit: number, rateOf: (use: ShardUse) => number | null): void => {
    const mean = uses.reduce((sum, use) => sum + (rateOf(use) ?? 0), 0) / uses.length;
    if (mean === 0) return;
    for (const use of uses) {
      const rate = rateOf(use) ?? 0;
      const hot = { shardId: use.shardId, shareOfLimit: rate / limit, timesMean: rate / mean };
      if (hot.timesMean <= hotTimesMean || hot.shareOfLimit <= hotShareOfLimit) continue;
      if ((found.get(use.shardId)?.shareOfLimit ?? 0) < hot.shareOfLimit) found.set(use.shardId, hot);
    }
  };
  judge(shardBytesPerSecond, (use) => use.bytesPerSecond);
  judge(shardRecordsPerSecond, (use) => use.recordsPerSecond);
  return [...found.values()].sort((a, b) => b.shareOfLimit - a.shareOfLimit);
}
