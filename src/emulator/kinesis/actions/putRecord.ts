import { parseHashKey } from '../../../core/kinesis/hashRange.ts';
import { defineAction } from '../../service.ts';
import { blob, required, structure, text } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { type PutEntry, recordBytes } from '../stream.ts';
import { checkPartitionKey, findUsableStream, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string;
}

/** One record into the shard its key falls into, or ProvisionedThroughputExceededException. KIN-01. */
export const putRecord = defineAction({
  name: 'PutRecord',
  input: structure({
    ...streamTarget,
    Data: required(blob),
    PartitionKey: required(text),
    ExplicitHashKey: text,
    SequenceNumberForOrdering: text,
  }),
  output: structure({ ShardId: text, SequenceNumber: text, EncryptionType: text }),
  run(state: KinesisState, input: Input) {
    const entry = checkedEntry(state, input);
    const stream = findUsableStream(state, input);
    const { shard, ordinal } = stream.putRecord(entry);
    if (ordinal === 0) throw faults.rateExceeded(shard.shardId, stream.name, state.context.accountId);
    return { ShardId: shard.shardId, SequenceNumber: shard.sequenceNumber(ordinal), EncryptionType: 'NONE' };
  },
});

/** A record as a client sent it, within the bounds of key, hash key and size. */
export function checkedEntry(
  state: KinesisState,
  input: Pick<Input, 'Data' | 'PartitionKey' | 'ExplicitHashKey'>,
): PutEntry {
  checkPartitionKey(input.PartitionKey);
  let explicitHashKey: bigint | null = null;
  if (input.ExplicitHashKey !== undefined) {
    explicitHashKey = parseHashKey(input.ExplicitHashKey);
    if (explicitHashKey === null) {
      throw faults.invalid(
        `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${input.ExplicitHashKey}`,
      );
    }
  }
  const entry: PutEntry = { partitionKey: input.PartitionKey, explicitHashKey, data: input.Data };
  if (recordBytes(entry) > state.limits.recordBytes) {
    throw faults.constraint('data', '', `Member must have length less than or equal to ${state.limits.recordBytes}`);
  }
  return entry;
}
