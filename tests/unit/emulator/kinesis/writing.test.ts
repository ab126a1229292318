import { describe, expect, it } from 'vitest';
import { bytes, kinesis, textBytes } from './harness.ts';

interface Batch {
  readonly FailedRecordCount: number;
  readonly Records: { ShardId?: string; SequenceNumber?: string; ErrorCode?: string; ErrorMessage?: string }[];
}

const rateExceeded = 'Rate exceeded for shard shardId-000000000000 in stream clicks under account 000000000000.';

describe('writing', () => {
  it('an explicit hash key overrides the partition key', () => {
    const { call, stream } = kinesis();
    stream('clicks', 4);
    const put = (ExplicitHashKey: string) =>
      call('PutRecord', { StreamName: 'clicks', PartitionKey: 'same', ExplicitHashKey, Data: bytes(1) }).ShardId;
    expect(put('0')).toBe('shardId-000000000000');
    expect(put('340282366920938463463374607431768211455')).toBe('shardId-000000000003');
  });

  it('KIN-01 a shard takes 1,000 records a second, then refuses', () => {
    const { stream, refusal, advanceSeconds } = kinesis();
    const clicks = stream('clicks', 1);
    for (let count = 0; count < 1_000; count++) {
      expect(clicks.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data: bytes(1) }).ordinal).toBe(count + 1);
    }
    const put = { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1) };
    expect(refusal('PutRecord', put)).toBe(`ProvisionedThroughputExceededException: ${rateExceeded}`);
    advanceSeconds(1);
    expect(refusal('PutRecord', put)).toBe('');
  });

  it('KIN-01 a shard takes 1 MiB a second, partition keys counted', () => {
    const { stream, refusal, call } = kinesis();
    stream('clicks', 1);
    call('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1_048_576 - 3) });
    expect(refusal('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(2) })).toContain(rateExceeded);
    expect(refusal('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1) })).toBe('');
  });

  it('PutRecords succeeds in part, in the order given', () => {
    const { stream, call } = kinesis();
    stream('clicks', 2);
    const hot = { PartitionKey: 'k', ExplicitHashKey: '0', Data: bytes(400_000) };
    const cold = {
      PartitionKey: 'k',
      ExplicitHashKey: '340282366920938463463374607431768211455',
      Data: bytes(400_000),
    };
    const batch = call<Batch>('PutRecords', { StreamName: 'clicks', Records: [hot, hot, hot, cold] });
    expect(batch.FailedRecordCount).toBe(1);
    expect(batch.Records.map((record) => record.ShardId ?? record.ErrorCode)).toEqual([
      'shardId-000000000000',
      'shardId-000000000000',
      'ProvisionedThroughputExceededException',
      'shardId-000000000001',
    ]);
    expect(batch.Records[2]?.ErrorMessage).toBe(rateExceeded);
  });

  it.each([
    {
      why: 'no such stream',
      input: { StreamName: 'nope', PartitionKey: 'k', Data: bytes(1) },
      expected: 'ResourceNotFoundException: Stream nope under account 000000000000 not found.',
    },
    {
      why: 'neither name nor ARN',
      input: { PartitionKey: 'k', Data: bytes(1) },
      expected: 'InvalidArgumentException: Either StreamName or StreamARN must be provided.',
    },
    {
      why: 'record too large',
      input: { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1_048_576) },
      expected:
        "ValidationException: 1 validation error detected: Value '' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    },
    {
      why: 'hash key out of range',
      input: { StreamName: 'clicks', PartitionKey: 'k', ExplicitHashKey: '9'.repeat(40), Data: bytes(1) },
      expected: `InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${'9'.repeat(40)}`,
    },
  ])('refuses: $why', ({ input, expected }) => {
    const { stream, refusal } = kinesis();
    stream('clicks', 1);
    expect(refusal('PutRecord', input)).toBe(expected);
  });

  it('a batch holds 1 to 500 records', () => {
    const { stream, refusal } = kinesis();
    stream('clicks', 1);
    const records = (count: number) =>
      Array.from({ length: count }, () => ({ PartitionKey: 'k', Data: textBytes('x') }));
    expect(refusal('PutRecords', { StreamName: 'clicks', Records: records(501) })).toContain(
      'Member must have length less than or equal to 500',
    );
    expect(refusal('PutRecords', { StreamName: 'clicks', Records: [] })).toContain('greater than or equal to 1');
    expect(refusal('PutRecords', { StreamName: 'clicks', Records: records(500) })).toBe('');
  });

  it('a stream can be named by its ARN', () => {
    const { stream, call } = kinesis();
    const { arn } = stream('clicks', 1);
    expect(call('PutRecord', { StreamARN: arn, PartitionKey: 'k', Data: bytes(1) }).ShardId).toBe(
      'shardId-000000000000',
    );
  });
});
