/**
 * The quotas of Kinesis as one value. Rules: KIN-01, KIN-02.
 *
 * What a shard takes and gives, and what UpdateShardCount allows, is core/kinesis; the rest only an emulator needs.
 */
import { MEBIBYTE, type ShardLimits, shardLimits } from '../../core/kinesis/shardLimits.ts';
import {
  RESHARDING_STEP_SECONDS,
  type UpdateShardCountLimits,
  updateShardCountLimits,
} from '../../core/kinesis/updateShardCount.ts';

export interface KinesisLimits extends ShardLimits {
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
  readonly updateShardCount: UpdateShardCountLimits;
  readonly minRetentionHours: number;
  readonly maxRetentionHours: number;
  /** MODEL-08: AWS publishes no duration of a split or merge. */
  readonly reshardingStepMs: number;
  /** How long a stream is CREATING or DELETING; not published either. */
  readonly lifecycleMs: number;
}

export const awsKinesisLimits: KinesisLimits = {
  ...shardLimits,
  recordBytes: MEBIBYTE,
  getRecordsBytes: 10 * MEBIBYTE,
  getRecordsCount: 10_000,
  fullAnswerPauseMs: 5_000,
  putRecordsCount: 500,
  putRecordsBytes: 10 * MEBIBYTE,
  iteratorLifeMs: 300_000,
  listTokenLifeMs: 300_000,
  accountShards: 20_000,
  onDemandStreams: 50,
  streamsCreatingAtOnce: 5,
  updateShardCount: updateShardCountLimits,
  minRetentionHours: 24,
  maxRetentionHours: 8_760,
  reshardingStepMs: RESHARDING_STEP_SECONDS * 1_000,
  lifecycleMs: 1_000,
};
