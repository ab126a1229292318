import { parseHashKey } from '../../../core/kinesis/hashRange.ts';
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { findActiveStream, findShard, nothing, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly ShardToSplit: string;
  readonly NewStartingHashKey: string;
}

/** Two children in place of one open shard, after MODEL-08's time. */
export const splitShard = defineAction({
  name: 'SplitShard',
  input: structure({ ...streamTarget, ShardToSplit: required(text), NewStartingHashKey: required(text) }),
  output: nothing,
  run(state: KinesisState, input: Input) {
    const stream = findActiveStream(state, input);
    if (stream.mode === 'ON_DEMAND') throw faults.onDemandOnly('SplitShard', stream.name);
    const shard = findShard(state, stream, input.ShardToSplit);
    const { accountId } = state.context;
    if (shard.closedAtMs !== null) {
      throw faults.invalid(
        `Shard ${shard.shardId} in stream ${stream.name} under account ${accountId} has already been merged or split, ` +
          'and thus is not eligible for merging or splitting.',
      );
    }
    const at = parseHashKey(input.NewStartingHashKey);
    if (at === null || at <= shard.startingHashKey || at >= shard.endingHashKey) {
      throw faults.invalid(
        `NewStartingHashKey ${input.NewStartingHashKey} used in SplitShard() on shard ${shard.shardId} in stream ` +
          `${stream.name} under account ${accountId} is not both greater than one plus the shard's StartingHashKey ` +
          `${shard.startingHashKey} and less than the shard's EndingHashKey ${shard.endingHashKey - 1n}.`,
      );
    }
    state.refuseTooManyShards(1);
    stream.reshard([{ kind: 'split', at }]);
    return {};
  },
});
