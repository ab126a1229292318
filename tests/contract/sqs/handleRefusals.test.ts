/** What a real client hears of receipt handles that are of no use any more, alone and in a batch, in the words of public recordings. */
import * as sqs from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
let client: sqs.SQSClient;

beforeEach(async () => {
  emulator = await startTestEmulator();
  client = new sqs.SQSClient(sdkOptions(emulator));
});

afterEach(async () => {
  client.destroy();
  await emulator.stop();
});

it('[SQS-63] [SQS-152] [SQS-154] [SQS-155] the JavaScript SDK: an expired handle, and one of another queue', async () => {
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  const { QueueUrl } = await client.send(new sqs.CreateQueueCommand({ QueueName: 'q.fifo', Attributes }));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: 'g' }));
  const { Messages } = await client.send(new sqs.ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  const ReceiptHandle = Messages![0]!.ReceiptHandle!;
  const expired = {
    name: 'InvalidParameterValue',
    message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  };
  await expect(client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle }))).rejects.toMatchObject(expired);
  await expect(
    client.send(new sqs.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 9 })),
  ).rejects.toMatchObject(expired);
  const Entries = [{ Id: 'a', ReceiptHandle }];
  expect((await client.send(new sqs.DeleteMessageBatchCommand({ QueueUrl, Entries }))).Failed).toEqual([
    { Id: 'a', SenderFault: true, Code: 'ReceiptHandleIsInvalid', Message: 'The receipt handle has expired' },
  ]);

  const other = await client.send(new sqs.CreateQueueCommand({ QueueName: 'other' }));
  await expect(
    client.send(new sqs.DeleteMessageCommand({ QueueUrl: other.QueueUrl, ReceiptHandle })),
  ).rejects.toMatchObject({
    name: 'ReceiptHandleIsInvalid',
    message: `The receipt handle "${ReceiptHandle}" is not valid for this queue.`,
    $metadata: { httpStatusCode: 404 },
  });
});
