import { describe, expect, it } from 'vitest';
import { awsKinesisLimits } from '../../../../src/emulator/kinesis/index.ts';
import { bytes, kinesis, startMs } from './harness.ts';

interface ShardAnswer {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { StartingHashKey: string; EndingHashKey: string };
  readonly SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
}

function shards(aws: ReturnType<typeof kinesis>, filter?: object): ShardAnswer[] {
  return aws.call<{ Shards: ShardAnswer[] }>('ListShards', {
    StreamName: 'clicks',
    ...(filter === undefined ? {} : { ShardFilter: filter }),
  }).Shards;
}
const ids = (list: ShardAnswer[]) => list.map(({ ShardId }) => Number(ShardId.slice(-3)));
const status = (aws: ReturnType<typeof kinesis>) => aws.state.stream('clicks')?.status;

describe('life of a stream', () => {
  it('is CREATING, then ACTIVE, then DELETING, then gone', () => {
    const aws = kinesis();
    aws.call('CreateStream', { StreamName: 'clicks', ShardCount: 2 });
    expect(status(aws)).toBe('CREATING');
    expect(aws.refusal('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1) })).toContain(
      'ResourceNotFoundException',
    );
    aws.advanceSeconds(1);
    expect(status(aws)).toBe('ACTIVE');
    aws.call('DeleteStream', { StreamName: 'clicks' });
    expect(status(aws)).toBe('DELETING');
    aws.advanceSeconds(1);
    expect(aws.call('ListStreams', {}).StreamNames).toEqual([]);
  });

  it('refuses a name that is taken, or is no name', () => {
    const { stream, refusal } = kinesis();
    stream('clicks', 1);
    expect(refusal('CreateStream', { StreamName: 'clicks', ShardCount: 1 })).toBe(
      'ResourceInUseException: Stream clicks under account 000000000000 already exists.',
    );
    expect(refusal('CreateStream', { StreamName: 'no/name', ShardCount: 1 })).toBe(
      "ValidationException: 1 validation error detected: Value 'no/name' at 'streamName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
    );
  });

  it('the account has a limit of shards', () => {
    const { refusal, stream } = kinesis({ ...awsKinesisLimits, accountShards: 5 });
    stream('clicks', 4);
    expect(refusal('CreateStream', { StreamName: 'more', ShardCount: 2 })).toContain(
      'LimitExceededException: This request would exceed the shard limit for the account 000000000000 in us-east-1. ' +
        'Current shard count for the account: 4. Limit: 5.',
    );
  });

  it('an on-demand stream starts with four shards and refuses manual resharding', () => {
    const aws = kinesis();
    aws.call('CreateStream', { StreamName: 'clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    aws.advanceSeconds(1);
    expect(ids(shards(aws))).toEqual([0, 1, 2, 3]);
    for (const [action, input] of [
      ['UpdateShardCount', { TargetShardCount: 8, ScalingType: 'UNIFORM_SCALING' }],
      ['SplitShard', { ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '5' }],
    ] as const) {
      expect(aws.refusal(action, { StreamName: 'clicks', ...input })).toMatch(/^ValidationException: .*ON_DEMAND/);
    }
    expect(aws.call('DescribeLimits', {})).toMatchObject({ OpenShardCount: 0, OnDemandStreamCount: 1 });
  });

  it('lists streams in pages', () => {
    const { stream, call } = kinesis();
    for (const name of ['c', 'a', 'b']) stream(name, 1);
    const first = call('ListStreams', { Limit: 2 });
    expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true });
    expect(call('ListStreams', { NextToken: first.NextToken })).toMatchObject({
      StreamNames: ['c'],
      HasMoreStreams: false,
    });
  });

  it('keeps tags', () => {
    const { stream, call } = kinesis();
    stream('clicks', 1);
    call('AddTagsToStream', { StreamName: 'clicks', Tags: { team: 'web', stage: 'prod' } });
    call('RemoveTagsFromStream', { StreamName: 'clicks', TagKeys: ['stage'] });
    expect(call('ListTagsForStream', { StreamName: 'clicks' })).toEqual({
      Tags: [{ Key: 'team', Value: 'web' }],
      HasMoreTags: false,
    });
  });

  it('describes itself with shards in pages, and without', () => {
    const { stream, call } = kinesis();
    stream('clicks', 3);
    const page = call<{ StreamDescription: { Shards: ShardAnswer[]; HasMoreShards: boolean } }>('DescribeStream', {
      StreamName: 'clicks',
      Limit: 2,
    }).StreamDescription;
    expect(ids(page.Shards)).toEqual([0, 1]);
    expect(page.HasMoreShards).toBe(true);
    expect(call('DescribeStreamSummary', { StreamName: 'clicks' }).StreamDescriptionSummary).toEqual({
      StreamName: 'clicks',
      StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks',
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: startMs,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: 'NONE',
      OpenShardCount: 3,
      ConsumerCount: 0,
    });
  });

  it.each([
    ['IncreaseStreamRetentionPeriod', 8_761, 'Maximum allowed retention period is 8760 hours'],
    ['IncreaseStreamRetentionPeriod', 47, 'can not be shorter than existing'],
    ['DecreaseStreamRetentionPeriod', 23, 'Minimum allowed retention period is 24 hours'],
    ['DecreaseStreamRetentionPeriod', 49, 'can not be longer than existing'],
  ])('%s to %s h is refused', (action, RetentionPeriodHours, expected) => {
    const { stream, refusal } = kinesis();
    stream('clicks', 1).retentionHours = 48;
    expect(refusal(action, { StreamName: 'clicks', RetentionPeriodHours })).toContain(expected);
  });
});

describe('resharding', () => {
  it('KIN-02 MODEL-08 doubles in 30 s per split, UPDATING until the last', () => {
    const aws = kinesis();
    aws.stream('clicks', 2);
    expect(
      aws.call('UpdateShardCount', { StreamName: 'clicks', TargetShardCount: 4, ScalingType: 'UNIFORM_SCALING' }),
    ).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 4 });
    expect(status(aws)).toBe('UPDATING');
    aws.advanceSeconds(30);
    expect(ids(shards(aws, { Type: 'AT_LATEST' }))).toEqual([1, 2, 3]);
    expect(status(aws)).toBe('UPDATING');
    aws.advanceSeconds(30);
    expect(status(aws)).toBe('ACTIVE');
    const open = shards(aws, { Type: 'AT_LATEST' });
    expect(open.map((shard) => shard.HashKeyRange.StartingHashKey)).toEqual([
      '0',
      '85070591730234615865843651857942052864',
      '170141183460469231731687303715884105728',
      '255211775190703847597530955573826158592',
    ]);
    expect(open.map((shard) => shard.ParentShardId)).toEqual([
      'shardId-000000000000',
      'shardId-000000000000',
      'shardId-000000000001',
      'shardId-000000000001',
    ]);
  });

  it.each([
    [4, 9, 'LimitExceededException: UpdateShardCount cannot scale up over double your current open shard count.'],
    [5, 2, 'LimitExceededException: UpdateShardCount cannot scale down below half your current open shard count.'],
    [4, 8, ''],
    [4, 2, ''],
  ])('KIN-02 from %s to %s', (from, TargetShardCount, expected) => {
    const { stream, refusal } = kinesis();
    stream('clicks', from);
    const answer = refusal('UpdateShardCount', {
      StreamName: 'clicks',
      TargetShardCount,
      ScalingType: 'UNIFORM_SCALING',
    });
    expect(answer.startsWith(expected) && (answer === '') === (expected === '')).toBe(true);
  });

  it('KIN-02 ten times in a rolling day', () => {
    const aws = kinesis();
    aws.stream('clicks', 1);
    const update = (TargetShardCount: number) =>
      aws.refusal('UpdateShardCount', { StreamName: 'clicks', TargetShardCount, ScalingType: 'UNIFORM_SCALING' });
    for (let count = 0; count < 10; count++) {
      expect(update(count % 2 === 0 ? 2 : 1)).toBe('');
      aws.advanceSeconds(60);
    }
    expect(update(2)).toMatch(/^LimitExceededException: .*24-hour/);
    aws.advanceSeconds(86_400 - 600);
    expect(update(2)).toBe('');
  });

  it('another change while UPDATING is refused, writing goes on', () => {
    const aws = kinesis();
    aws.stream('clicks', 1);
    aws.call('SplitShard', { StreamName: 'clicks', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '100' });
    expect(
      aws.refusal('UpdateShardCount', { StreamName: 'clicks', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
    ).toBe('ResourceInUseException: Stream clicks under account 000000000000 not ACTIVE, instead in state UPDATING');
    expect(aws.refusal('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1) })).toBe('');
  });

  it('a closed parent stays readable; at its end come its children instead of an iterator', () => {
    const aws = kinesis();
    aws.stream('clicks', 1);
    aws.call('PutRecord', { StreamName: 'clicks', PartitionKey: 'k', Data: bytes(1) });
    aws.call('SplitShard', { StreamName: 'clicks', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '100' });
    aws.advanceSeconds(30);
    const { ShardIterator } = aws.call('GetShardIterator', {
      StreamName: 'clicks',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const read = aws.call('GetRecords', { ShardIterator });
    expect(read.Records).toHaveLength(1);
    expect(read.NextShardIterator).toBeUndefined();
    expect(read.ChildShards).toEqual([
      {
        ShardId: 'shardId-000000000001',
        ParentShards: ['shardId-000000000000'],
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: '99' },
      },
      {
        ShardId: 'shardId-000000000002',
        ParentShards: ['shardId-000000000000'],
        HashKeyRange: { StartingHashKey: '100', EndingHashKey: '340282366920938463463374607431768211455' },
      },
    ]);
  });

  it('a merge has two parents, and only neighbours merge', () => {
    const aws = kinesis();
    aws.stream('clicks', 3);
    const merge = (a: number, b: number) => ({
      StreamName: 'clicks',
      ShardToMerge: `shardId-00000000000${a}`,
      AdjacentShardToMerge: `shardId-00000000000${b}`,
    });
    expect(aws.refusal('MergeShards', merge(0, 2))).toContain('not an adjacent pair');
    aws.call('MergeShards', merge(1, 0));
    aws.advanceSeconds(30);
    expect(shards(aws).at(-1)).toMatchObject({
      ShardId: 'shardId-000000000003',
      ParentShardId: 'shardId-000000000000',
      AdjacentParentShardId: 'shardId-000000000001',
    });
    expect(aws.refusal('MergeShards', merge(0, 1))).toContain('already been merged or split');
  });
});

describe('ListShards', () => {
  function split() {
    const aws = kinesis();
    aws.stream('clicks', 1);
    aws.advanceSeconds(1_000);
    aws.call('SplitShard', { StreamName: 'clicks', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '100' });
    aws.advanceSeconds(1_000);
    return aws;
  }

  it.each([
    { filter: { Type: 'AT_LATEST' }, expected: [1, 2] },
    { filter: { Type: 'AT_TRIM_HORIZON' }, expected: [0] },
    { filter: { Type: 'FROM_TRIM_HORIZON' }, expected: [0, 1, 2] },
    { filter: { Type: 'AT_TIMESTAMP', Timestamp: startMs + 1_029_999 }, expected: [0] },
    { filter: { Type: 'AT_TIMESTAMP', Timestamp: startMs + 1_030_000 }, expected: [1, 2] },
    { filter: { Type: 'FROM_TIMESTAMP', Timestamp: startMs + 1_030_001 }, expected: [1, 2] },
    { filter: { Type: 'AFTER_SHARD_ID', ShardId: 'shardId-000000000001' }, expected: [2] },
    { filter: undefined, expected: [0, 1, 2] },
  ])('$filter gives $expected', ({ filter, expected }) => {
    expect(ids(shards(split(), filter))).toEqual(expected);
  });

  it('a closed shard disappears when its retention has passed', () => {
    const aws = split();
    aws.advanceSeconds(24 * 3_600);
    expect(ids(shards(aws))).toEqual([1, 2]);
  });

  it('pages, with a token that lives 300 s and stands alone', () => {
    const aws = split();
    const page = aws.call<{ Shards: ShardAnswer[]; NextToken: string }>('ListShards', {
      StreamName: 'clicks',
      MaxResults: 2,
    });
    expect(ids(page.Shards)).toEqual([0, 1]);
    const rest = aws.call<{ Shards: ShardAnswer[]; NextToken?: string }>('ListShards', { NextToken: page.NextToken });
    expect(ids(rest.Shards)).toEqual([2]);
    expect(rest.NextToken).toBeUndefined();
    expect(aws.refusal('ListShards', { StreamName: 'clicks', NextToken: page.NextToken })).toContain(
      'InvalidArgumentException',
    );
    aws.advanceSeconds(301);
    expect(aws.refusal('ListShards', { NextToken: page.NextToken })).toContain('ExpiredNextTokenException');
  });
});
