/** What SDK clients made before a restart, they find after it: through signatures, and in every service. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions, RunningEmulator } from '../../../src/emulator/index.ts';
import { hostTime, startTestEmulator, testStartMs } from '../testEmulator.ts';

let folder: string;
let emulator: RunningEmulator;
const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const account = '222222222222';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-kept-'));
});
afterEach(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const options = (): Partial<EmulatorOptions> => ({
  stateFile: path.join(folder, 'state'),
  verifySignatures: [{ ...key, accountId: account }],
  // Signatures are compared with it.
  hostTime: { ...hostTime, nowMs: () => performance.timeOrigin + performance.now() },
});

async function restart(): Promise<void> {
  await emulator.stop();
  emulator = await startTestEmulator(options());
}

const client = () => ({ endpoint: emulator.endpoint, region: 'eu-west-1', credentials: key, maxAttempts: 1 });

describe('[STATE-01] after a restart', () => {
  it('queues, handles, topics, records and metrics of the account that signed are there', async () => {
    emulator = await startTestEmulator(options());
    const { QueueUrl } = await new SQSClient(client()).send(new CreateQueueCommand({ QueueName: 'orders' }));
    const sent = await new SQSClient(client()).send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'line one\nline two \u{1f600}',
        MessageAttributes: { bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 10, 255) } },
      }),
    );
    const received = await new SQSClient(client()).send(new ReceiveMessageCommand({ QueueUrl }));
    await new KinesisClient(client()).send(new CreateStreamCommand({ StreamName: 'clicks', ShardCount: 1 }));
    await emulator.advanceTo(testStartMs + 2_000);
    const put = await new KinesisClient(client()).send(
      new PutRecordCommand({ StreamName: 'clicks', PartitionKey: 'k', Data: Uint8Array.of(1, 10, 13, 255) }),
    );
    await new CloudWatchClient(client()).send(
      new PutMetricDataCommand({ Namespace: 'Own', MetricData: [{ MetricName: 'm', Value: 5 }] }),
    );
    const { TopicArn } = await new SNSClient(client()).send(new CreateTopicCommand({ Name: 'news' }));

    await restart();
    expect(emulator.cloud.home.sqs.queues()).toEqual([]);
    const sqs = new SQSClient(client());
    const path = new URL(QueueUrl!).pathname;
    expect(path).toBe(`/${account}/orders`);
    const again = { QueueUrl: `${emulator.endpoint}${path}` };
    expect((await sqs.send(new ReceiveMessageCommand(again))).Messages).toBeUndefined();
    await emulator.advanceTo(testStartMs + 40_000);
    const [message] = (await sqs.send(new ReceiveMessageCommand({ ...again, MessageAttributeNames: ['All'] })))
      .Messages!;
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'line one\nline two \u{1f600}' });
    expect(message!.MessageAttributes!.bytes!.BinaryValue).toEqual(Uint8Array.of(0, 10, 255));
    expect(message!.ReceiptHandle).not.toBe(received.Messages![0]!.ReceiptHandle);
    await sqs.send(new DeleteMessageCommand({ ...again, ReceiptHandle: message!.ReceiptHandle }));

    const kinesis = new KinesisClient(client());
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 'clicks',
        ShardId: put.ShardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: put.SequenceNumber,
      }),
    );
    const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ Data }) => [...Data!])).toEqual([[1, 10, 13, 255]]);

    const metrics = await new CloudWatchClient(client()).send(
      new GetMetricDataCommand({
        StartTime: new Date(testStartMs),
        EndTime: new Date(testStartMs + 60_000),
        MetricDataQueries: [
          { Id: 'm', MetricStat: { Metric: { Namespace: 'Own', MetricName: 'm' }, Period: 60, Stat: 'Sum' } },
        ],
      }),
    );
    expect(metrics.MetricDataResults?.[0]?.Values).toEqual([5]);

    const sns = new SNSClient(client());
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'someone@example.com' }));
    await expect(sns.send(new PublishCommand({ TopicArn, Message: 'there' }))).resolves.toBeDefined();
  });
});
