import { defineAction } from '../../service.ts';
import { blob, list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { ReadRange, Shard } from '../shard.ts';
import type { KinesisState } from '../state.ts';
import { openIterator, shardIterator } from '../tokens.ts';
import { childShards, childShardsShape } from './common.ts';

interface Input {
  readonly ShardIterator: string;
  readonly Limit?: number;
}

/** The records after a position and the next position; at the end of a closed shard its children instead. KIN-01. */
export const getRecords = defineAction({
  name: 'GetRecords',
  input: structure({ ShardIterator: required(text), Limit: whole({ min: 1, max: 10_000 }), StreamARN: text }),
  output: structure({
    Records: list(
      structure({
        SequenceNumber: text,
        ApproximateArrivalTimestamp: timestamp,
        Data: blob,
        PartitionKey: text,
        EncryptionType: text,
      }),
    ),
    NextShardIterator: text,
    MillisBehindLatest: whole(),
    ChildShards: childShardsShape,
  }),
  run(state: KinesisState, input: Input) {
    const { stream, shard, ordinal } = openIterator(state, input.ShardIterator);
    const range = stream.getRecords(shard, ordinal, input.Limit ?? state.limits.getRecordsCount);
    if (range === null) throw faults.rateExceeded(shard.shardId, stream.name, state.context.accountId);
    return {
      Records: recordsOf(shard, range),
      NextShardIterator: range.atEnd ? undefined : shardIterator(state, stream, shard, range.to),
      MillisBehindLatest: range.millisBehindLatest,
      ChildShards: range.atEnd ? childShards(shard) : undefined,
    };
  },
});

function recordsOf(shard: Shard, range: ReadRange) {
  const records = [];
  for (let ordinal = range.from; ordinal < range.to; ordinal++) {
    records.push({
      SequenceNumber: shard.sequenceNumber(ordinal),
      ApproximateArrivalTimestamp: shard.records.arrivedAtMs(ordinal),
      Data: shard.records.data(ordinal),
      PartitionKey: shard.records.partitionKey(ordinal),
    });
  }
  return records;
}
