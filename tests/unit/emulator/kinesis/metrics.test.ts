import { describe, expect, it } from 'vitest';
import { bytes, kinesis, startMs } from './harness.ts';

describe('metrics', () => {
  it('KMET-01 counts accepted bytes and records per minute, keys included', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 1);
    for (const length of [99, 199]) clicks.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data: bytes(length) });
    aws.advanceSeconds(60);
    expect(aws.metric('IncomingBytes')).toEqual([
      { name: 'IncomingBytes', shardId: undefined, atMs: startMs, count: 2, sum: 300, minimum: 100, maximum: 200 },
    ]);
    expect(aws.metric('IncomingRecords')[0]).toMatchObject({ count: 2, sum: 2 });
    expect(aws.metric('PutRecord.Success')[0]).toMatchObject({ count: 2, sum: 2 });
    expect(aws.metric('PutRecord.Bytes')[0]).toMatchObject({ count: 2, sum: 300 });
    expect(aws.metric('WriteProvisionedThroughputExceeded')[0]).toMatchObject({ count: 2, sum: 0 });
  });

  it('KMET-02 iterator age is the age of the last record of each read; 0 when caught up', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 1);
    const shard = clicks.openShards()[0]!;
    clicks.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data: bytes(1) });
    aws.advanceSeconds(20);
    const range = clicks.getRecords(shard, 1, 10)!;
    clicks.getRecords(shard, range.to, 10);
    aws.advanceSeconds(40);
    expect(aws.metric('GetRecords.IteratorAgeMilliseconds')[0]).toMatchObject({
      count: 2,
      sum: 20_000,
      minimum: 0,
      maximum: 20_000,
    });
    expect(aws.metric('GetRecords.Records')[0]).toMatchObject({ count: 2, sum: 1 });
    expect(aws.metric('GetRecords.Success')[0]).toMatchObject({ count: 2, sum: 2 });
  });

  it('KMET-02 a consumer that stopped leaves no datapoint, rather than a growing age', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 1);
    clicks.getRecords(clicks.openShards()[0]!, 1, 10);
    aws.advanceSeconds(600);
    expect(aws.metric('GetRecords.IteratorAgeMilliseconds').map(({ atMs }) => atMs)).toEqual([startMs]);
  });

  it('refused reads and writes are counted, and a batch tells its parts', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 1);
    const shard = clicks.openShards()[0]!;
    const entry = { partitionKey: 'k', explicitHashKey: 0n, data: bytes(600_000) };
    clicks.putRecords([entry, entry, entry]);
    for (let count = 0; count < 7; count++) clicks.getRecords(shard, 2, 1);
    aws.advanceSeconds(60);
    expect(aws.metric('PutRecords.TotalRecords')[0]).toMatchObject({ count: 1, sum: 3 });
    expect(aws.metric('PutRecords.SuccessfulRecords')[0]).toMatchObject({ count: 1, sum: 1 });
    expect(aws.metric('PutRecords.ThrottledRecords')[0]).toMatchObject({ count: 1, sum: 2 });
    expect(aws.metric('PutRecords.Success')[0]).toMatchObject({ count: 1, sum: 1 });
    expect(aws.metric('WriteProvisionedThroughputExceeded')[0]).toMatchObject({ sum: 2 });
    expect(aws.metric('ReadProvisionedThroughputExceeded')[0]).toMatchObject({ count: 7, sum: 2 });
  });

  it('an operation exactly on the minute belongs to the new minute', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 1);
    const put = () => clicks.putRecord({ partitionKey: 'k', explicitHashKey: 0n, data: bytes(9) });
    put();
    aws.world.at(startMs + 60_000, put);
    aws.advanceSeconds(120);
    expect(aws.metric('IncomingRecords').map(({ atMs, sum }) => [atMs, sum])).toEqual([
      [startMs, 1],
      [startMs + 60_000, 1],
    ]);
  });

  it('shard metrics appear only while enhanced monitoring is on for them', () => {
    const aws = kinesis();
    const clicks = aws.stream('clicks', 2);
    const put = (key: bigint) => clicks.putRecord({ partitionKey: 'k', explicitHashKey: key, data: bytes(9) });
    put(0n);
    aws.advanceSeconds(60);
    expect(
      aws.call('EnableEnhancedMonitoring', { StreamName: 'clicks', ShardLevelMetrics: ['IncomingBytes'] }),
    ).toMatchObject({ CurrentShardLevelMetrics: [], DesiredShardLevelMetrics: ['IncomingBytes'] });
    put(0n);
    aws.advanceSeconds(60);
    aws.call('DisableEnhancedMonitoring', { StreamName: 'clicks', ShardLevelMetrics: ['ALL'] });
    put(0n);
    aws.advanceSeconds(60);
    expect(aws.shardMetric('IncomingBytes', 'shardId-000000000000').map(({ atMs, sum }) => [atMs, sum])).toEqual([
      [startMs + 60_000, 10],
    ]);
    expect(aws.shardMetric('IncomingRecords', 'shardId-000000000000')).toEqual([]);
    expect(aws.shardMetric('IncomingBytes', 'shardId-000000000001')).toEqual([]);
  });

  it('an unknown shard metric is refused', () => {
    const { stream, refusal } = kinesis();
    stream('clicks', 1);
    expect(refusal('EnableEnhancedMonitoring', { StreamName: 'clicks', ShardLevelMetrics: ['Nope'] })).toContain(
      "Value '[Nope]' at 'shardLevelMetrics' failed to satisfy constraint",
    );
  });
});
