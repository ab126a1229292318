/**
 * The shard heat map made ready: five bands of use against the limit, cell lookup, figures per shard. Pure.
 *
 * The top of the scale is the per-shard limit, never the largest value seen (UX-05): a calm stream looks calm.
 */
import type { Heatmap } from '../../../core/contract/shapes.ts';

/** Lower edges of the bands as shares of the limit; the last is "over the limit's four fifths", where a hot shard starts. */
export const heatBands = [0, 0.2, 0.4, 0.6, 0.8] as const;

/** 0 to 4, or null where there is no datapoint. */
export function bandOf(value: number, limit: number): number | null {
  if (!Number.isFinite(value)) return null;
  const share = value / limit;
  let band = 0;
  for (let i = 1; i < heatBands.length; i++) if (share >= heatBands[i]!) band = i;
  return band;
}

export function cellValue(map: Heatmap, shard: number, bucket: number): number {
  return map.values[shard * map.times.length + bucket] ?? Number.NaN;
}

/** The bucket that holds an instant; -1 when none does. */
export function bucketAt(map: Pick<Heatmap, 'times' | 'bucketSeconds'>, atSeconds: number): number {
  let found = -1;
  for (let i = 0; i < map.times.length; i++) {
    if (map.times[i]! > atSeconds) break;
    found = i;
  }
  return found >= 0 && atSeconds < map.times[found]! + map.bucketSeconds ? found : -1;
}

export interface ShardFigures {
  readonly shardId: string;
  readonly hot: boolean;
  readonly last: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  readonly maxAtMs: number | null;
  /** max / limit */
  readonly maxShare: number | null;
  /** Buckets at or over 80 % of the limit. */
  readonly bucketsNearLimit: number;
}

export function shardFigures(map: Heatmap): ShardFigures[] {
  return map.shardIds.map((shardId, shard) => {
    let sum = 0;
    let count = 0;
    let near = 0;
    let last: number | null = null;
    let max: number | null = null;
    let maxAtMs: number | null = null;
    for (let bucket = 0; bucket < map.times.length; bucket++) {
      const value = cellValue(map, shard, bucket);
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
      last = value;
      if (value >= 0.8 * map.limit) near++;
      if (max === null || value > max) {
        max = value;
        maxAtMs = map.times[bucket]! * 1000;
      }
    }
    return {
      shardId,
      hot: map.hotShardIds.includes(shardId),
      last,
      mean: count === 0 ? null : sum / count,
      max,
      maxAtMs,
      maxShare: max === null ? null : max / map.limit,
      bucketsNearLimit: near,
    };
  });
}
