/**
 * What a replay of a stream takes and gives. Times are seconds from the start of what is told, after any minutes before it;
 * rates are per second.
 */
import type { FanOut } from '../../../core/kinesis/fanOut.ts';
import type { UpdateShardCountReason } from '../../../core/kinesis/updateShardCount.ts';

/** A partition key that takes a share of the traffic by itself; the rest is spread evenly (KREP-03). */
export interface HotKey {
  /** MD5 of the key as a 128-bit number. */
  readonly hashKey: bigint;
  /** Of records and bytes alike, 0 to 1; all together at most 1. */
  readonly share: number;
}

/** One consumer application, which reads every shard (KREP-10). */
export interface StreamConsumer {
  readonly fanOut: FanOut;
  /** What its workers of one shard process together; infinity: only the shard's limits hold it. */
  readonly recordsPerSecondPerShard: number;
}

/** What producers do with a refused record (KREP-05): it is gone, or they offer it again after a while until it is taken. */
export type RefusedRecords = { readonly kind: 'lost' } | { readonly kind: 'retried'; readonly retrySeconds: number };

export interface StreamTraffic {
  /** Offered in each minute, no NaN, none negative. */
  readonly records: Float64Array;
  readonly bytes: Float64Array;
}

export interface ScriptedChange {
  readonly atSeconds: number;
  readonly targetShards: number;
}

/** Watches the minutes as an alarm on the stream's metrics would (KREP-24). Use is the larger share of the shards' limits. */
export interface AutoReshardingRule {
  readonly minShards: number;
  readonly maxShards: number;
  /** What the new number of shards is to be used, 0 to 1. */
  readonly targetUse: number;
  readonly outAboveUse: number;
  readonly outMinutes: number;
  readonly inBelowUse: number;
  readonly inMinutes: number;
}

export type StreamCapacity =
  | {
      readonly mode: 'PROVISIONED';
      readonly changes: readonly ScriptedChange[];
      readonly rule: AutoReshardingRule | null;
    }
  | {
      readonly mode: 'ON_DEMAND';
      /** Highest rates of the 30 days before; 0 for a new stream. */
      readonly peakBytesPerSecond: number;
      readonly peakRecordsPerSecond: number;
    };

export interface StreamInput {
  readonly traffic: StreamTraffic;
  /**
   * Of its minutes, as many first ones, never all, lie before the start: they are played for what they leave unread and waiting, with the
   * shards of the start, and are not told (KREP-18). Left out: none.
   */
  readonly minutesBefore?: number;
  /** First hash keys of the open shards at the start, rising, the first one 0. On demand more are added at once as needed. */
  readonly shardStarts: readonly bigint[];
  readonly capacity: StreamCapacity;
  readonly hotKeys: readonly HotKey[];
  readonly consumers: readonly StreamConsumer[];
  readonly retentionSeconds: number;
  readonly refused: RefusedRecords;
}

/** One change of the number of shards, or one that was refused. */
export interface ShardChange {
  readonly atSeconds: number;
  readonly by: 'script' | 'rule' | 'on-demand';
  readonly fromShards: number;
  readonly targetShards: number;
  /** When the last split or merge was done; null when refused, or not before the end. */
  doneAtSeconds: number | null;
  readonly refusedBy: readonly (UpdateShardCountReason | 'updating')[];
}

/** One entry a minute. */
export interface StreamColumns {
  /** Taken by the shards. */
  readonly records: Float64Array;
  readonly bytes: Float64Array;
  /** Refused attempts: every refused record once, or once each time it came again. */
  readonly throttled: Float64Array;
  /** Age of the oldest unread record of any consumer, the largest at any instant of the minute; seconds. */
  readonly iteratorAgeSeconds: Float64Array;
  /** Open shards at the minute's end. */
  readonly shards: Float64Array;
}

export interface ConsumerOutcome {
  readonly unreadAtStart: number;
  readonly readRecords: number;
  /** Grew older than the retention before this consumer read them. */
  readonly expiredRecords: number;
  readonly unreadRecords: number;
  readonly worstIteratorAgeSeconds: number;
}

export interface StreamOutcome {
  readonly columns: StreamColumns;
  readonly changes: readonly ShardChange[];
  readonly offeredRecords: number;
  /** Held by producers at the start. */
  readonly waitingAtStart: number;
  readonly takenRecords: number;
  /** Gone because a shard refused them; 0 when they are retried. */
  readonly refusedRecords: number;
  /** Still held by producers at the end. */
  readonly waitingRecords: number;
  readonly throttledAttempts: number;
  readonly consumers: readonly ConsumerOutcome[];
  readonly shardSeconds: number;
}
