/**
 * What the stream's plant takes and what it tells. Times in seconds from the start of the range, one entry per minute in columns.
 */
import type { UpdateShardCountReason } from '../../../core/kinesis/updateShardCount.ts';
import type { HotKey } from './shards.ts';

export interface StreamConsumer {
  readonly name: string;
  /** Enhanced fan-out has a read rate of its own; the others share the shard's. */
  readonly enhanced: boolean;
  /** What it can process of one shard, records a second; infinity: all it is given. */
  readonly recordsPerSecondPerShard: number;
}

export type StreamCapacity =
  | {
      readonly kind: 'provisioned';
      readonly shards: number;
      /** UpdateShardCount calls, in any order. */
      readonly changes: readonly { readonly atSeconds: number; readonly shards: number }[];
      /** Someone, or something, that calls UpdateShardCount (KREP-10); null: nobody. */
      readonly rule: {
        readonly targetUtilizationPercent: number;
        readonly minShards: number;
        readonly maxShards: number;
        readonly everyMinutes: number;
      } | null;
    }
  /** @property peakMBps of the 30 days before the range, 0 when not known */
  | { readonly kind: 'on-demand'; readonly peakMBps: number };

export interface StreamInput {
  /** Written, or tried to be written, in each minute; no NaN, none negative. */
  readonly records: Float64Array;
  readonly bytes: Float64Array;
  readonly capacity: StreamCapacity;
  readonly hotKeys: readonly HotKey[];
  readonly consumers: readonly StreamConsumer[];
  readonly retentionSeconds: number;
  /** What a producer does with refused records: send them again until they are taken, or give them up (KREP-04). */
  readonly onRefusal: 'retry' | 'give-up';
}

export interface StreamColumns {
  /** Records refused at least once. */
  readonly refused: Float64Array;
  /** Records that producers hold and send again, at the minute's end. */
  readonly heldBack: Float64Array;
  /** Open shards at the minute's end. */
  readonly shards: Float64Array;
  /** Of all consumers and shards, the largest at any instant of the minute. */
  readonly iteratorAgeSeconds: Float64Array;
  /** Load of the busiest open shard against its nearer limit, percent. */
  readonly hottestShardPercent: Float64Array;
}

export interface RefusedChange {
  readonly atSeconds: number;
  readonly shards: number;
  /** In use: an earlier change is still being made. */
  readonly reason: UpdateShardCountReason | 'resourceInUse';
}

export interface StreamRun {
  readonly columns: StreamColumns;
  readonly written: number;
  readonly refused: number;
  /** Never written: refused and given up, or still held back at the end. */
  readonly notWritten: number;
  readonly consumers: readonly {
    readonly name: string;
    readonly worstIteratorAgeSeconds: number;
    readonly read: number;
    readonly lost: number;
    readonly unread: number;
  }[];
  /** Of open shards (KREP-12). */
  readonly shardHours: number;
  /** UpdateShardCount calls that the service would have refused, and why (KIN-02). */
  readonly refusedChanges: readonly RefusedChange[];
}
