import { pageOfRest } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { flag, list, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import type { KinesisState } from '../state.ts';
import { streamModeShape } from './common.ts';

interface Input {
  readonly Limit?: number;
  readonly ExclusiveStartStreamName?: string;
  readonly NextToken?: string;
}

/** Names in alphabetical order; the token of a page is the last name on it. */
export const listStreams = defineAction({
  name: 'ListStreams',
  input: structure({ Limit: whole({ min: 1, max: 10_000 }), ExclusiveStartStreamName: text, NextToken: text }),
  output: structure({
    StreamNames: list(text),
    HasMoreStreams: flag,
    NextToken: text,
    StreamSummaries: list(
      structure({
        StreamName: text,
        StreamARN: text,
        StreamStatus: text,
        StreamModeDetails: streamModeShape,
        StreamCreationTimestamp: timestamp,
      }),
    ),
  }),
  run(state: KinesisState, input: Input) {
    const after = input.NextToken ?? input.ExclusiveStartStreamName ?? '';
    const rest = state.streamNames().filter((name) => name > after);
    const { page, NextToken } = pageOfRest(rest, input.Limit ?? 100, (last) => last);
    return {
      StreamNames: page,
      HasMoreStreams: NextToken !== undefined,
      NextToken,
      StreamSummaries: page.map((name) => {
        const stream = state.stream(name)!;
        return {
          StreamName: stream.name,
          StreamARN: stream.arn,
          StreamStatus: stream.status,
          StreamModeDetails: { StreamMode: stream.mode },
          StreamCreationTimestamp: stream.createdAtMs,
        };
      }),
    };
  },
});
