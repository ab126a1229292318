import { defineAction } from '../../service.ts';
import { flag, list, structure, text, whole } from '../../wire/shapes.ts';
import type { KinesisState } from '../state.ts';
import {
  describeShard,
  describeStreamHead,
  findStream,
  type StreamTarget,
  shardShape,
  streamHeadShape,
  streamTarget,
} from './common.ts';

interface Input extends StreamTarget {
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
}

/** The stream with its shards, a page of them at a time. */
export const describeStream = defineAction({
  name: 'DescribeStream',
  input: structure({ ...streamTarget, Limit: whole({ min: 1, max: 10_000 }), ExclusiveStartShardId: text }),
  output: structure({
    StreamDescription: structure({ ...streamHeadShape, Shards: list(shardShape), HasMoreShards: flag }),
  }),
  run(state: KinesisState, input: Input) {
    const stream = findStream(state, input);
    const after = input.ExclusiveStartShardId ?? '';
    const rest = stream.status === 'CREATING' ? [] : stream.allShards().filter((shard) => shard.shardId > after);
    const page = rest.slice(0, input.Limit ?? 100);
    return {
      StreamDescription: {
        ...describeStreamHead(stream),
        Shards: page.map(describeShard),
        HasMoreShards: page.length < rest.length,
      },
    };
  },
});
