/**
 * How many shards a load needs. Rules: docs/rules/kinesis.md (KIN-03).
 *
 * For an evenly spread load: a hot partition key needs what no number of shards gives (KOD-02).
 */
export interface StreamLoad {
  /** What producers write, KiB per second. */
  readonly writeKiBps: number;
  /** Consumers that share the shards' read rate, each reading everything; those with enhanced fan-out do not count. */
  readonly consumers: number;
  /** Records per second; 0 when only sizes matter. */
  readonly recordsPerSecond?: number;
}

export interface ShardsNeeded {
  /** Before rounding up. */
  readonly exactShards: number;
  /** Whole, at least 1: a stream has a shard. */
  readonly shards: number;
}

const WRITE_KIBPS = 1_024;
const READ_KIBPS = 2_048;
const WRITE_RECORDS_PER_SECOND = 1_000;

/** The larger of what writing and what reading needs (KIN-03, KIN-01). Throws nothing. */
export function shardsNeeded({ writeKiBps, consumers, recordsPerSecond = 0 }: StreamLoad): ShardsNeeded {
  const exactShards = Math.max(
    writeKiBps / WRITE_KIBPS,
    (writeKiBps * consumers) / READ_KIBPS,
    recordsPerSecond / WRITE_RECORDS_PER_SECOND,
  );
  return { exactShards, shards: Math.max(1, Math.ceil(exactShards)) };
}
