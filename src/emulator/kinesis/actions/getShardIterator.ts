import { defineAction } from '../../service.ts';
import { required, structure, text, timestamp } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { Shard } from '../shard.ts';
import type { KinesisState } from '../state.ts';
import type { Stream } from '../stream.ts';
import { shardIterator } from '../tokens.ts';
import { findShard, findUsableStream, ordinalOf, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly ShardId: string;
  readonly ShardIteratorType: string;
  readonly StartingSequenceNumber?: string;
  readonly Timestamp?: number;
}

const types = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'];

/** A position in a shard, good for 300 s. */
export const getShardIterator = defineAction({
  name: 'GetShardIterator',
  input: structure({
    ...streamTarget,
    ShardId: required(text),
    ShardIteratorType: required(text),
    StartingSequenceNumber: text,
    Timestamp: timestamp,
  }),
  output: structure({ ShardIterator: text }),
  run(state: KinesisState, input: Input) {
    const stream = findUsableStream(state, input);
    const shard = findShard(state, stream, input.ShardId);
    return { ShardIterator: shardIterator(state, stream, shard, startingOrdinal(state, stream, shard, input)) };
  },
});

function startingOrdinal(state: KinesisState, stream: Stream, shard: Shard, input: Input): number {
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return shard.records.firstOrdinal;
    case 'LATEST':
      return shard.records.nextOrdinal;
    case 'AT_TIMESTAMP':
      if (input.Timestamp === undefined) {
        throw faults.invalid('Must specify timestamp parameter for iterator of type AT_TIMESTAMP.');
      }
      if (input.Timestamp > state.nowMs()) {
        throw faults.invalid(
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ` +
            `timestampInMillis: ${input.Timestamp}, currentTimestampInMillis: ${state.nowMs()}`,
        );
      }
      return shard.records.firstArrivedAtOrAfter(input.Timestamp);
    case 'AT_SEQUENCE_NUMBER':
      return ordinalOf(state, stream, shard, requireSequenceNumber(input));
    case 'AFTER_SEQUENCE_NUMBER':
      return ordinalOf(state, stream, shard, requireSequenceNumber(input)) + 1;
    default:
      throw faults.constraint(
        'shardIteratorType',
        input.ShardIteratorType,
        `Member must satisfy enum value set: [${types.join(', ')}]`,
      );
  }
}

function requireSequenceNumber(input: Input): string {
  if (input.StartingSequenceNumber === undefined) {
    throw faults.invalid(
      `Must either specify (1) ${input.ShardIteratorType} type with StartingSequenceNumber or (2) TRIM_HORIZON or LATEST type`,
    );
  }
  return input.StartingSequenceNumber;
}
