import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { checkStreamName, nothing, streamModeShape, tagMapShape } from './common.ts';

interface Input {
  readonly StreamName: string;
  readonly ShardCount?: number;
  readonly StreamModeDetails?: { readonly StreamMode: string };
  readonly Tags?: Readonly<Record<string, string>>;
}

/** A stream with an even split of the hash range; ON_DEMAND starts with four shards and takes no count. */
export const createStream = defineAction({
  name: 'CreateStream',
  input: structure({
    StreamName: required(text),
    ShardCount: whole({ min: 1 }),
    StreamModeDetails: streamModeShape,
    Tags: tagMapShape,
  }),
  output: nothing,
  run(state: KinesisState, input: Input) {
    const name = checkStreamName(input.StreamName);
    const mode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
    if (mode !== 'PROVISIONED' && mode !== 'ON_DEMAND') {
      throw faults.constraint(
        'streamModeDetails.streamMode',
        mode,
        'Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]',
      );
    }
    if (mode === 'ON_DEMAND' && input.ShardCount !== undefined) {
      throw faults.invalid('ShardCount must not be provided for a stream in ON_DEMAND mode.');
    }
    if (mode === 'PROVISIONED' && input.ShardCount === undefined) {
      throw faults.invalid('ShardCount must be provided for a stream in PROVISIONED mode.');
    }
    const stream = state.createStream({ name, mode, shardCount: input.ShardCount ?? 0 });
    for (const [key, value] of Object.entries(input.Tags ?? {})) stream.tags.set(key, value);
    return {};
  },
});
