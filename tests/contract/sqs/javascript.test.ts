import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  PurgeQueueInProgress,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator, testStartMs } from '../testEmulator.ts';

let emulator: RunningEmulator;
let client: SQSClient;
beforeAll(async () => {
  emulator = await startTestEmulator();
  client = new SQSClient(sdkOptions(emulator));
});
afterAll(async () => {
  client.destroy();
  await emulator.stop();
});

const caught = (thrown: unknown): unknown => thrown;

describe('SQS with the JavaScript SDK (AWS JSON 1.0)', () => {
  let QueueUrl: string;

  it('creates a queue, and finds it', async () => {
    const Attributes = { VisibilityTimeout: '30' };
    QueueUrl = (await client.send(new CreateQueueCommand({ QueueName: 'orders', Attributes }))).QueueUrl!;
    expect(QueueUrl).toBe(`${emulator.endpoint}/000000000000/orders`);
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl).toBe(QueueUrl);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'ord' }))).QueueUrls).toEqual([QueueUrl]);
  });

  it('sends one and a batch; the SDK itself compares the checksums', async () => {
    const one = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: '주문 1 & <2>\r\n',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'paid' },
          blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
        },
      }),
    );
    expect(one.MessageId).toHaveLength(36);
    const batch = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'two' },
          { Id: 'b', MessageBody: 'three', DelaySeconds: 901 },
        ],
      }),
    );
    expect(batch.Successful?.map(({ Id }) => Id)).toEqual(['a']);
    expect(batch.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }]);
  });

  it('receives by long polling, changes visibility, deletes', async () => {
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    const [first, second] = Messages!;
    expect([first?.Body, second?.Body]).toEqual(['주문 1 & <2>\r\n', 'two']);
    expect(first?.MessageAttributes?.blob?.BinaryValue).toEqual(new Uint8Array([0, 255]));
    expect(first?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(testStartMs) });
    const ReceiptHandle = first!.ReceiptHandle;
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }));
    await client.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle: second!.ReceiptHandle }] }),
    );

    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await expect.poll(() => emulator.cloud.home.sqs.queueByName('orders')?.waitingReceivers).toBe(1);
    await emulator.advanceTo(testStartMs + 5_000);
    const again = (await waiting).Messages![0]!;
    expect(again.MessageId).toBe(first?.MessageId);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again.ReceiptHandle }));
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  });

  it('reads attributes', async () => {
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      VisibilityTimeout: '30',
      ApproximateNumberOfMessages: '0',
      CreatedTimestamp: String(testStartMs / 1_000),
    });
  });

  it('errors have their class, and the code that was there before', async () => {
    const missing = await client
      .send(new ReceiveMessageCommand({ QueueUrl: QueueUrl.replace('orders', 'none') }))
      .catch(caught);
    expect(missing).toBeInstanceOf(QueueDoesNotExist);
    expect(missing).toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    const purging = await client.send(new PurgeQueueCommand({ QueueUrl })).catch(caught);
    expect(purging).toBeInstanceOf(PurgeQueueInProgress);
    expect(purging).toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const handle = await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' })).catch(caught);
    expect(handle).toBeInstanceOf(ReceiptHandleIsInvalid);
  });

  it('finds the queue by its URL alone, as a client without an endpoint does', async () => {
    const { endpoint: _, ...options } = sdkOptions(emulator);
    const plain = new SQSClient(options);
    const sent = await plain.send(new SendMessageCommand({ QueueUrl, MessageBody: 'by url' }));
    expect(sent.MessageId).toHaveLength(36);
    plain.destroy();
  });
});

it('STS tells the account the access key id names', async () => {
  const credentials = { accessKeyId: '123456789012', secretAccessKey: 'test' };
  const sts = new STSClient({ ...sdkOptions(emulator), credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:root',
  });
  sts.destroy();
});
