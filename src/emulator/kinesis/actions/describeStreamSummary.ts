import { defineAction } from '../../service.ts';
import { structure, whole } from '../../wire/shapes.ts';
import type { KinesisState } from '../state.ts';
import { describeStreamHead, findStream, type StreamTarget, streamHeadShape, streamTarget } from './common.ts';

/** The stream without its shards. */
export const describeStreamSummary = defineAction({
  name: 'DescribeStreamSummary',
  input: structure(streamTarget),
  output: structure({
    StreamDescriptionSummary: structure({ ...streamHeadShape, OpenShardCount: whole(), ConsumerCount: whole() }),
  }),
  run(state: KinesisState, input: StreamTarget) {
    const stream = findStream(state, input);
    return {
      StreamDescriptionSummary: {
        ...describeStreamHead(stream),
        OpenShardCount: stream.status === 'CREATING' ? 0 : stream.openShards().length,
        ConsumerCount: 0,
      },
    };
  },
});
