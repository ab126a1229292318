import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  EnableEnhancedMonitoringCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  LimitExceededException,
  ListShardsCommand,
  ProvisionedThroughputExceededException,
  PutRecordCommand,
  PutRecordsCommand,
  paginateListStreams,
  ResourceInUseException,
  ResourceNotFoundException,
  type ShardIteratorType,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
/** As the SDK comes: HTTP/2 with prior knowledge for every call. */
let kinesis: KinesisClient;

beforeAll(async () => {
  emulator = await startTestEmulator();
  kinesis = new KinesisClient(sdkOptions(emulator));
});
afterAll(async () => {
  kinesis.destroy();
  await emulator.stop();
});

const passSeconds = (seconds: number): Promise<void> => emulator.advanceTo(emulator.world.nowMs() + seconds * 1_000);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function createStream(StreamName: string, ShardCount: number): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  await passSeconds(1);
}

async function iterator(
  StreamName: string,
  ShardId: string,
  ShardIteratorType: ShardIteratorType = 'TRIM_HORIZON',
): Promise<string> {
  const answer = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType }));
  return answer.ShardIterator!;
}

describe('Kinesis with the JavaScript SDK over HTTP/2', () => {
  it('a stream from creation to records to deletion', async () => {
    await createStream('clicks', 2);
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'clicks' }));
    expect(StreamDescriptionSummary).toMatchObject({
      StreamStatus: 'ACTIVE',
      OpenShardCount: 2,
      RetentionPeriodHours: 24,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
    expect(StreamDescriptionSummary?.StreamCreationTimestamp).toBeInstanceOf(Date);

    const put = await kinesis.send(
      new PutRecordCommand({ StreamName: 'clicks', PartitionKey: 'user-1', ExplicitHashKey: '0', Data: utf8('클릭') }),
    );
    expect(put).toMatchObject({ ShardId: 'shardId-000000000000' });
    const batch = await kinesis.send(
      new PutRecordsCommand({
        StreamName: 'clicks',
        Records: ['a', 'b', 'c'].map((word) => ({ PartitionKey: 'k', ExplicitHashKey: '1', Data: utf8(word) })),
      }),
    );
    expect(batch.FailedRecordCount).toBe(0);

    const read = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: await iterator('clicks', 'shardId-000000000000') }),
    );
    expect(read.Records?.map(({ Data }) => new TextDecoder().decode(Data))).toEqual(['클릭', 'a', 'b', 'c']);
    expect(read.Records?.[0]?.SequenceNumber).toBe(put.SequenceNumber);
    expect(read.Records?.[0]?.ApproximateArrivalTimestamp?.getTime()).toBe(emulator.world.nowMs());
    expect(read.MillisBehindLatest).toBe(0);

    await kinesis.send(new DeleteStreamCommand({ StreamName: 'clicks' }));
    await passSeconds(1);
    const names: string[] = [];
    for await (const page of paginateListStreams({ client: kinesis }, {})) names.push(...(page.StreamNames ?? []));
    expect(names).not.toContain('clicks');
  });

  it('KIN-02 resharding, with the children at the end of a closed shard', async () => {
    await createStream('orders', 1);
    const before = await iterator('orders', 'shardId-000000000000');
    await kinesis.send(
      new UpdateShardCountCommand({ StreamName: 'orders', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
    );
    await passSeconds(30);
    const { Shards } = await kinesis.send(
      new ListShardsCommand({ StreamName: 'orders', ShardFilter: { Type: 'AT_LATEST' } }),
    );
    expect(Shards?.map(({ ShardId, ParentShardId }) => [ShardId, ParentShardId])).toEqual([
      ['shardId-000000000001', 'shardId-000000000000'],
      ['shardId-000000000002', 'shardId-000000000000'],
    ]);
    const end = await kinesis.send(new GetRecordsCommand({ ShardIterator: before }));
    expect(end.NextShardIterator).toBeUndefined();
    expect(end.ChildShards?.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000001', 'shardId-000000000002']);
  });

  it('errors arrive as the typed exceptions of the SDK', async () => {
    await createStream('faulty', 1);
    await expect(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'none' }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    await expect(kinesis.send(new CreateStreamCommand({ StreamName: 'faulty', ShardCount: 1 }))).rejects.toBeInstanceOf(
      ResourceInUseException,
    );
    await expect(
      kinesis.send(
        new UpdateShardCountCommand({ StreamName: 'faulty', TargetShardCount: 3, ScalingType: 'UNIFORM_SCALING' }),
      ),
    ).rejects.toBeInstanceOf(LimitExceededException);

    const large = { StreamName: 'faulty', PartitionKey: 'k', Data: new Uint8Array(700_000) };
    await kinesis.send(new PutRecordCommand(large));
    const refused = kinesis.send(new PutRecordCommand(large));
    await expect(refused).rejects.toBeInstanceOf(ProvisionedThroughputExceededException);
    await expect(refused).rejects.toThrow(
      'Rate exceeded for shard shardId-000000000000 in stream faulty under account 000000000000.',
    );

    const token = await iterator('faulty', 'shardId-000000000000');
    await passSeconds(301);
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator: token }))).rejects.toBeInstanceOf(
      ExpiredIteratorException,
    );
  });

  it('KMET-01 traffic becomes stream and shard metrics that CloudWatch answers with', async () => {
    await createStream('measured', 1);
    await kinesis.send(
      new EnableEnhancedMonitoringCommand({ StreamName: 'measured', ShardLevelMetrics: ['IncomingRecords'] }),
    );
    const minuteMs = Math.ceil(emulator.world.nowMs() / 60_000) * 60_000;
    await emulator.advanceTo(minuteMs);
    await kinesis.send(
      new PutRecordsCommand({
        StreamName: 'measured',
        Records: [1, 2, 3].map((length) => ({ PartitionKey: 'k', Data: new Uint8Array(length * 100) })),
      }),
    );
    await passSeconds(40);
    await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator('measured', 'shardId-000000000000') }));
    await passSeconds(180);

    const cloudWatch = new CloudWatchClient(sdkOptions(emulator));
    const query = (Id: string, MetricName: string, Stat: string, shard = false) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Kinesis',
          MetricName,
          Dimensions: [
            { Name: 'StreamName', Value: 'measured' },
            ...(shard ? [{ Name: 'ShardId', Value: 'shardId-000000000000' }] : []),
          ],
        },
        Period: 60,
        Stat,
      },
    });
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(minuteMs),
        EndTime: new Date(minuteMs + 60_000),
        MetricDataQueries: [
          query('bytes', 'IncomingBytes', 'Sum'),
          query('age', 'GetRecords.IteratorAgeMilliseconds', 'Maximum'),
          query('shard', 'IncomingRecords', 'Sum', true),
          query('off', 'IncomingBytes', 'Sum', true),
        ],
      }),
    );
    cloudWatch.destroy();
    expect(MetricDataResults?.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['bytes', [603]],
      ['age', [40_000]],
      ['shard', [3]],
      ['off', []],
    ]);
  });
});
