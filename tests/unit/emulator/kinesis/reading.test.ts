import { describe, expect, it } from 'vitest';
import { bytes, kinesis, startMs, text, textBytes } from './harness.ts';

interface Read {
  readonly Records: { Data: Uint8Array; SequenceNumber: string; PartitionKey: string }[];
  readonly NextShardIterator?: string;
  readonly MillisBehindLatest: number;
  readonly ChildShards?: { ShardId: string; ParentShards: string[] }[];
}

function withRecords() {
  const aws = kinesis();
  aws.stream('clicks', 1);
  const sequenceNumbers: string[] = [];
  for (const word of ['one', 'two', 'three', 'four']) {
    sequenceNumbers.push(
      aws.call<{ SequenceNumber: string }>('PutRecord', {
        StreamName: 'clicks',
        PartitionKey: 'k',
        Data: textBytes(word),
      }).SequenceNumber,
    );
    aws.advanceSeconds(10);
  }
  const iterator = (type: string, extra: object = {}): string =>
    aws.call<{ ShardIterator: string }>('GetShardIterator', {
      StreamName: 'clicks',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: type,
      ...extra,
    }).ShardIterator;
  const read = (token: string, limit?: number): Read =>
    aws.call<Read>('GetRecords', { ShardIterator: token, ...(limit === undefined ? {} : { Limit: limit }) });
  const words = (token: string, limit?: number): string[] => read(token, limit).Records.map(({ Data }) => text(Data));
  return { ...aws, sequenceNumbers, iterator, read, words };
}

describe('shard iterators', () => {
  it.each([
    { type: 'TRIM_HORIZON', extra: {}, expected: ['one', 'two', 'three', 'four'] },
    { type: 'LATEST', extra: {}, expected: [] },
    { type: 'AT_TIMESTAMP', extra: { Timestamp: startMs + 10_000 }, expected: ['two', 'three', 'four'] },
    { type: 'AT_TIMESTAMP', extra: { Timestamp: startMs + 10_001 }, expected: ['three', 'four'] },
  ])('$type $extra reads $expected', ({ type, extra, expected }) => {
    const { iterator, words } = withRecords();
    expect(words(iterator(type, extra))).toEqual(expected);
  });

  it('AT_SEQUENCE_NUMBER starts with that record, AFTER_SEQUENCE_NUMBER with the next', () => {
    const { iterator, words, sequenceNumbers } = withRecords();
    const StartingSequenceNumber = sequenceNumbers[1]!;
    expect(words(iterator('AT_SEQUENCE_NUMBER', { StartingSequenceNumber }))).toEqual(['two', 'three', 'four']);
    expect(words(iterator('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber }))).toEqual(['three', 'four']);
  });

  it('a sequence number of another shard is refused', () => {
    const { iterator } = withRecords();
    expect(() => iterator('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: '4'.repeat(56) })).toThrow(/is invalid/);
  });

  it('lives 300 s and not a millisecond longer', () => {
    const { iterator, read, refusal, world } = withRecords();
    const token = iterator('TRIM_HORIZON');
    const issuedMs = world.nowMs();
    world.advanceTo(issuedMs + 300_000);
    expect(read(token).Records).toHaveLength(4);
    world.advanceTo(issuedMs + 300_001);
    expect(refusal('GetRecords', { ShardIterator: token })).toBe(
      'ExpiredIteratorException: Iterator expired. The iterator was created at time Mon Mar 02 00:00:40 UTC 2026 ' +
        'while right now it is Mon Mar 02 00:05:40 UTC 2026 which is further in the future than the tolerated delay ' +
        'of 300000 milliseconds.',
    );
  });

  it('of a deleted stream does not read the stream that takes its name', () => {
    const { iterator, call, refusal, advanceSeconds, stream } = withRecords();
    const token = iterator('TRIM_HORIZON');
    call('DeleteStream', { StreamName: 'clicks' });
    advanceSeconds(2);
    stream('clicks', 1);
    expect(refusal('GetRecords', { ShardIterator: token })).toContain('ResourceNotFoundException');
  });

  it('garbage is an invalid argument', () => {
    const { refusal } = withRecords();
    expect(refusal('GetRecords', { ShardIterator: 'bm90IG9uZQ==' })).toBe(
      'InvalidArgumentException: Invalid ShardIterator.',
    );
  });
});

describe('GetRecords', () => {
  it('pages with Limit and tells how far behind it is, 0 at the tip', () => {
    const { iterator, read, world } = withRecords();
    const first = read(iterator('TRIM_HORIZON'), 1);
    expect(first.Records.map(({ Data }) => text(Data))).toEqual(['one']);
    expect(first.MillisBehindLatest).toBe(world.nowMs() - startMs);
    const rest = read(first.NextShardIterator!);
    expect(rest.Records).toHaveLength(3);
    expect(rest.MillisBehindLatest).toBe(0);
    expect(rest.NextShardIterator).toBeDefined();
  });

  it('KIN-01 allows five calls in one second per shard, shared by every reader', () => {
    const { iterator, read, refusal, advanceSeconds } = withRecords();
    const token = iterator('LATEST');
    for (let count = 0; count < 5; count++) read(token);
    expect(refusal('GetRecords', { ShardIterator: token })).toBe(
      'ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream clicks under account 000000000000.',
    );
    advanceSeconds(1);
    expect(refusal('GetRecords', { ShardIterator: token })).toBe('');
  });

  it('KIN-01 answers at most 10 MiB, and then refuses the shard for 5 s', () => {
    const aws = kinesis();
    const stream = aws.stream('big', 1);
    const data = bytes(1_000_000);
    for (let second = 0; second < 12; second++) {
      expect(stream.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data }).ordinal).toBeGreaterThan(0);
      aws.advanceSeconds(1);
    }
    const shard = stream.openShards()[0]!;
    const range = stream.getRecords(shard, 1, 10_000)!;
    expect(range.to - range.from).toBe(10);
    aws.advanceSeconds(4.9);
    expect(stream.getRecords(shard, range.to, 10_000)).toBeNull();
    aws.advanceSeconds(0.2);
    expect(stream.getRecords(shard, range.to, 10_000)?.to).toBe(13);
  });

  it('KIN-01 serves 2 MiB a second: a larger answer is paid back before the next', () => {
    const aws = kinesis();
    const stream = aws.stream('big', 1);
    for (let second = 0; second < 6; second++) {
      stream.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data: bytes(1_000_000) });
      aws.advanceSeconds(1);
    }
    const shard = stream.openShards()[0]!;
    expect(stream.getRecords(shard, 1, 10_000)?.to).toBe(7);
    aws.advanceSeconds(1);
    expect(stream.getRecords(shard, 7, 10_000)).toBeNull();
    aws.advanceSeconds(1);
    expect(stream.getRecords(shard, 7, 10_000)).not.toBeNull();
  });

  it('records past their retention are gone, and a longer retention does not bring them back', () => {
    const { iterator, words, advanceSeconds, call } = withRecords();
    advanceSeconds(24 * 3_600 - 40 + 15);
    call('IncreaseStreamRetentionPeriod', { StreamName: 'clicks', RetentionPeriodHours: 48 });
    expect(words(iterator('TRIM_HORIZON'))).toEqual(['three', 'four']);
    call('DecreaseStreamRetentionPeriod', { StreamName: 'clicks', RetentionPeriodHours: 24 });
    advanceSeconds(10);
    expect(words(iterator('TRIM_HORIZON'))).toEqual(['four']);
  });
});
