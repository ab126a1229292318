/**
 * Kinesis Data Streams as one service of the emulated cloud: AWS JSON 1.1, target `Kinesis_20131202`.
 */
import type { Action, Service, ServiceContext } from '../service.ts';
import { createStream } from './actions/createStream.ts';
import { deleteStream } from './actions/deleteStream.ts';
import { describeLimits } from './actions/describeLimits.ts';
import { describeStream } from './actions/describeStream.ts';
import { describeStreamSummary } from './actions/describeStreamSummary.ts';
import { disableEnhancedMonitoring, enableEnhancedMonitoring } from './actions/enhancedMonitoring.ts';
import { getRecords } from './actions/getRecords.ts';
import { getShardIterator } from './actions/getShardIterator.ts';
import { listShards } from './actions/listShards.ts';
import { listStreams } from './actions/listStreams.ts';
import { mergeShards } from './actions/mergeShards.ts';
import { putRecord } from './actions/putRecord.ts';
import { putRecords } from './actions/putRecords.ts';
import { decreaseStreamRetentionPeriod, increaseStreamRetentionPeriod } from './actions/retentionPeriod.ts';
import { splitShard } from './actions/splitShard.ts';
import { addTagsToStream, listTagsForStream, removeTagsFromStream } from './actions/tags.ts';
import { updateShardCount } from './actions/updateShardCount.ts';
import { awsKinesisLimits, type KinesisLimits } from './limits.ts';
import { KinesisState } from './state.ts';

export { awsKinesisLimits, type KinesisLimits } from './limits.ts';
export { playStream } from './load.ts';
export { KinesisState } from './state.ts';

const actions: readonly Action<KinesisState>[] = [
  addTagsToStream,
  createStream,
  decreaseStreamRetentionPeriod,
  deleteStream,
  describeLimits,
  describeStream,
  describeStreamSummary,
  disableEnhancedMonitoring,
  enableEnhancedMonitoring,
  getRecords,
  getShardIterator,
  increaseStreamRetentionPeriod,
  listShards,
  listStreams,
  listTagsForStream,
  mergeShards,
  putRecord,
  putRecords,
  removeTagsFromStream,
  splitShard,
  updateShardCount,
];

export function createKinesisService(
  context: ServiceContext,
  limits: KinesisLimits = awsKinesisLimits,
): Service<KinesisState> {
  return {
    scopeName: 'kinesis',
    query: null,
    json: { targetPrefix: 'Kinesis_20131202', version: '1.1' },
    cbor: null,
    errorNamespace: 'com.amazonaws.kinesis.v20131202',
    actions: new Map(actions.map((action) => [action.name, action])),
    state: new KinesisState(context, limits),
  };
}
