/**
 * The quotas of Kinesis as one value, and the bucket that enforces a rate. Rules: KIN-01, KIN-02.
 *
 * A bucket holds at most one second's worth and refills continuously, so bursts of a second's allowance pass and a
 * steady load above the rate is refused in proportion.
 */
export interface KinesisLimits {
  readonly writeBytesPerSecond: number;
  readonly writeRecordsPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly readCallsPerSecond: number;
  readonly recordBytes: number;
  readonly getRecordsBytes: number;
  readonly getRecordsCount: number;
  /** Reads of a shard are refused for this long after a full answer. */
  readonly fullAnswerPauseMs: number;
  readonly putRecordsCount: number;
  readonly putRecordsBytes: number;
  readonly iteratorLifeMs: number;
  readonly listTokenLifeMs: number;
  readonly accountShards: number;
  readonly onDemandStreams: number;
  readonly streamsCreatingAtOnce: number;
  readonly updateShardCountPerDay: number;
  readonly shardsByUpdateShardCount: number;
  readonly minRetentionHours: number;
  readonly maxRetentionHours: number;
  /** MODEL-08: AWS publishes no duration of a split or merge. */
  readonly reshardingStepMs: number;
  /** How long a stream is CREATING or DELETING; not published either. */
  readonly lifecycleMs: number;
}

const mebibyte = 1_048_576;

export const awsKinesisLimits: KinesisLimits = {
  writeBytesPerSecond: mebibyte,
  writeRecordsPerSecond: 1_000,
  readBytesPerSecond: 2 * mebibyte,
  readCallsPerSecond: 5,
  recordBytes: mebibyte,
  getRecordsBytes: 10 * mebibyte,
  getRecordsCount: 10_000,
  fullAnswerPauseMs: 5_000,
  putRecordsCount: 500,
  putRecordsBytes: 10 * mebibyte,
  iteratorLifeMs: 300_000,
  listTokenLifeMs: 300_000,
  accountShards: 20_000,
  onDemandStreams: 50,
  streamsCreatingAtOnce: 5,
  updateShardCountPerDay: 10,
  shardsByUpdateShardCount: 10_000,
  minRetentionHours: 24,
  maxRetentionHours: 8_760,
  reshardingStepMs: 30_000,
  lifecycleMs: 1_000,
};

export class RateBucket {
  private level: number;
  private refilledAtMs: number;
  private readonly perSecond: number;

  constructor(perSecond: number, nowMs: number) {
    this.perSecond = perSecond;
    this.level = perSecond;
    this.refilledAtMs = nowMs;
  }

  /** What may be taken now; negative while a debt is being paid back. */
  available(nowMs: number): number {
    const refill = ((nowMs - this.refilledAtMs) / 1_000) * this.perSecond;
    this.level = Math.min(this.perSecond, this.level + refill);
    this.refilledAtMs = nowMs;
    return this.level;
  }

  /** May take more than is there: the answer to one read is not cut at the rate, the next reads wait for it. */
  take(amount: number): void {
    this.level -= amount;
  }
}
