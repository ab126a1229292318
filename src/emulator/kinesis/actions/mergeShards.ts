import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { findActiveStream, findShard, nothing, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly ShardToMerge: string;
  readonly AdjacentShardToMerge: string;
}

/** One child in place of two open neighbours, after MODEL-08's time. */
export const mergeShards = defineAction({
  name: 'MergeShards',
  input: structure({ ...streamTarget, ShardToMerge: required(text), AdjacentShardToMerge: required(text) }),
  output: nothing,
  run(state: KinesisState, input: Input) {
    const stream = findActiveStream(state, input);
    if (stream.mode === 'ON_DEMAND') throw faults.onDemandOnly('MergeShards', stream.name);
    const first = findShard(state, stream, input.ShardToMerge);
    const second = findShard(state, stream, input.AdjacentShardToMerge);
    const { accountId } = state.context;
    for (const shard of [first, second]) {
      if (shard.closedAtMs !== null) {
        throw faults.invalid(
          `Shard ${shard.shardId} in stream ${stream.name} under account ${accountId} has already been merged or ` +
            'split, and thus is not eligible for merging or splitting.',
        );
      }
    }
    const [left, right] = first.startingHashKey <= second.startingHashKey ? [first, second] : [second, first];
    if (left.endingHashKey + 1n !== right.startingHashKey) {
      throw faults.invalid(
        `Shards ${first.shardId} and ${second.shardId} in stream ${stream.name} under account ${accountId} are not ` +
          'an adjacent pair of shards eligible for merging.',
      );
    }
    stream.reshard([{ kind: 'merge', at: right.startingHashKey }]);
    return {};
  },
});
