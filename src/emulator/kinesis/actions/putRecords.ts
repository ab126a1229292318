import { defineAction } from '../../service.ts';
import { blob, list, required, structure, text, whole } from '../../wire/shapes.ts';
import { faults, rateExceededMessage } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { recordBytes } from '../stream.ts';
import { findUsableStream, type StreamTarget, streamTarget } from './common.ts';
import { checkedEntry } from './putRecord.ts';

interface Input extends StreamTarget {
  readonly Records: readonly {
    readonly Data: Uint8Array;
    readonly PartitionKey: string;
    readonly ExplicitHashKey?: string;
  }[];
}

/** Up to 500 records; each one succeeds or fails by itself and the answer is 200 either way. KIN-01. */
export const putRecords = defineAction({
  name: 'PutRecords',
  input: structure({
    ...streamTarget,
    Records: required(list(structure({ Data: required(blob), PartitionKey: required(text), ExplicitHashKey: text }))),
  }),
  output: structure({
    FailedRecordCount: whole(),
    Records: list(structure({ SequenceNumber: text, ShardId: text, ErrorCode: text, ErrorMessage: text })),
    EncryptionType: text,
  }),
  run(state: KinesisState, input: Input) {
    const { putRecordsCount, putRecordsBytes } = state.limits;
    if (input.Records.length < 1) {
      throw faults.constraint('records', '[]', 'Member must have length greater than or equal to 1');
    }
    if (input.Records.length > putRecordsCount) {
      throw faults.constraint('records', '', `Member must have length less than or equal to ${putRecordsCount}`);
    }
    const entries = input.Records.map((record) => checkedEntry(state, record));
    if (entries.reduce((sum, entry) => sum + recordBytes(entry), 0) > putRecordsBytes) {
      throw faults.invalid(`Records size exceeds ${putRecordsBytes / 1_048_576} MB limit`);
    }

    const stream = findUsableStream(state, input);
    const outcomes = stream.putRecords(entries);
    const { accountId } = state.context;
    return {
      FailedRecordCount: outcomes.filter(({ ordinal }) => ordinal === 0).length,
      Records: outcomes.map(({ shard, ordinal }) =>
        ordinal === 0
          ? {
              ErrorCode: 'ProvisionedThroughputExceededException',
              ErrorMessage: rateExceededMessage(shard.shardId, stream.name, accountId),
            }
          : { SequenceNumber: shard.sequenceNumber(ordinal), ShardId: shard.shardId },
      ),
      EncryptionType: 'NONE',
    };
  },
});
