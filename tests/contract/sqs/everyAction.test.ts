/** Every operation of SQS, the same calls over AWS JSON (JavaScript SDK) and Query (boto3, AWS CLI). */
import { describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import type { Outcome, Step } from '../calls.ts';
import { patienceMs, sqsClients, sqsThroughSdk } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

const arn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const QueueUrl = '$queue.QueueUrl';
const fifoUrl = '$fifo.QueueUrl';

const standard: readonly Step[] = [
  { action: 'CreateQueue', input: { QueueName: 'dead' }, as: 'dead' },
  {
    action: 'CreateQueue',
    input: {
      QueueName: 'orders',
      Attributes: {
        VisibilityTimeout: '30',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: '1' }),
      },
      tags: { team: 'a' },
    },
    as: 'queue',
  },
  { action: 'GetQueueUrl', input: { QueueName: 'orders' } },
  { action: 'ListQueues', input: { QueueNamePrefix: 'ord' } },
  { action: 'SetQueueAttributes', input: { QueueUrl, Attributes: { DelaySeconds: '0', VisibilityTimeout: '20' } } },
  { action: 'TagQueue', input: { QueueUrl, Tags: { stage: 'test' } } },
  { action: 'UntagQueue', input: { QueueUrl, TagKeys: ['team'] } },
  { action: 'ListQueueTags', input: { QueueUrl } },
  {
    action: 'AddPermission',
    input: { QueueUrl, Label: 'l', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] },
  },
  { action: 'RemovePermission', input: { QueueUrl, Label: 'l' } },
  { action: 'RemovePermission', input: { QueueUrl, Label: 'l' } },
  {
    action: 'SendMessage',
    input: {
      QueueUrl,
      MessageBody: '주문 <1> & "2"',
      MessageAttributes: { n: { DataType: 'Number', StringValue: '1.5' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
    },
  },
  {
    action: 'SendMessageBatch',
    input: {
      QueueUrl,
      Entries: [
        { Id: 'good', MessageBody: 'two' },
        { Id: 'bad', MessageBody: 'three', DelaySeconds: 901 },
      ],
    },
  },
  {
    action: 'ReceiveMessage',
    input: { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'], MessageAttributeNames: ['All'] },
    as: 'received',
  },
  {
    action: 'ChangeMessageVisibility',
    input: { QueueUrl, ReceiptHandle: '$received.Messages.0.ReceiptHandle', VisibilityTimeout: 60 },
  },
  {
    action: 'ChangeMessageVisibilityBatch',
    input: {
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: '$received.Messages.1.ReceiptHandle', VisibilityTimeout: 0 },
        { Id: 'b', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
      ],
    },
  },
  // The one that was freed goes to the dead-letter queue instead of to a receiver.
  { action: 'ReceiveMessage', input: { QueueUrl } },
  { action: 'ListDeadLetterSourceQueues', input: { QueueUrl: '$dead.QueueUrl' } },
  { action: 'ReceiveMessage', input: { QueueUrl: '$dead.QueueUrl' }, as: 'buried' },
  {
    action: 'DeleteMessage',
    input: { QueueUrl: '$dead.QueueUrl', ReceiptHandle: '$buried.Messages.0.ReceiptHandle' },
  },
  {
    action: 'DeleteMessageBatch',
    input: { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: '$received.Messages.0.ReceiptHandle' }] },
  },
  {
    action: 'GetQueueAttributes',
    input: { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'VisibilityTimeout', 'QueueArn'] },
  },
  { action: 'PurgeQueue', input: { QueueUrl } },
  { action: 'PurgeQueue', input: { QueueUrl } },
  { action: 'DeleteQueue', input: { QueueUrl } },
  { action: 'CreateQueue', input: { QueueName: 'orders' } },
  { advanceSeconds: 60 },
  { action: 'CreateQueue', input: { QueueName: 'orders' } },
];

const md5 = expect.stringMatching(/^[0-9a-f]{32}$/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const url = (name: string) => expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/000000000000/${name}$`));
const handle = expect.any(String);

const heard: readonly unknown[] = [
  { QueueUrl: url('dead') },
  { QueueUrl: url('orders') },
  { QueueUrl: url('orders') },
  { QueueUrls: [url('orders')] },
  {},
  {},
  {},
  { Tags: { stage: 'test' } },
  {},
  {},
  {
    error: 'InvalidParameterValue',
    message: "Value l for parameter Label is invalid. Reason: can't find label.",
  },
  { MessageId: id, MD5OfMessageBody: md5, MD5OfMessageAttributes: md5, MD5OfMessageSystemAttributes: md5 },
  {
    Successful: [{ Id: 'good', MessageId: id, MD5OfMessageBody: md5 }],
    Failed: [
      {
        Id: 'bad',
        SenderFault: true,
        Code: 'InvalidParameterValue',
        Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
      },
    ],
  },
  {
    Messages: [
      {
        MessageId: id,
        ReceiptHandle: handle,
        MD5OfBody: md5,
        Body: '주문 <1> & "2"',
        Attributes: {
          SenderId: '000000000000',
          SentTimestamp: '1772409600000',
          ApproximateReceiveCount: '1',
          ApproximateFirstReceiveTimestamp: '1772409600000',
          AWSTraceHeader: 'Root=1-2-3',
        },
        MD5OfMessageAttributes: md5,
        MessageAttributes: { n: { DataType: 'Number', StringValue: '1.5' } },
      },
      expect.objectContaining({ Body: 'two' }),
    ],
  },
  {},
  {
    Successful: [{ Id: 'a' }],
    Failed: [expect.objectContaining({ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true })],
  },
  {},
  { queueUrls: [url('orders')] },
  { Messages: [expect.objectContaining({ Body: 'two' })] },
  {},
  { Successful: [{ Id: 'a' }] },
  { Attributes: { ApproximateNumberOfMessages: '0', VisibilityTimeout: '20', QueueArn: arn('orders') } },
  {},
  {
    error: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
  },
  {},
  {
    error: 'AWS.SimpleQueueService.QueueDeletedRecently',
    message: 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  },
  { QueueUrl: url('orders') },
];

const fifo: readonly Step[] = [
  {
    action: 'CreateQueue',
    input: { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } },
    as: 'fifo',
  },
  { action: 'SendMessage', input: { QueueUrl: fifoUrl, MessageBody: 'x' } },
  { action: 'SendMessage', input: { QueueUrl: fifoUrl, MessageBody: 'x', MessageGroupId: 'g' }, as: 'first' },
  { action: 'SendMessage', input: { QueueUrl: fifoUrl, MessageBody: 'x', MessageGroupId: 'g' } },
  { action: 'SendMessage', input: { QueueUrl: fifoUrl, MessageBody: 'y', MessageGroupId: 'g', DelaySeconds: 1 } },
  { action: 'SendMessage', input: { QueueUrl: fifoUrl, MessageBody: 'y', MessageGroupId: 'g' } },
  {
    action: 'ReceiveMessage',
    input: { QueueUrl: fifoUrl, AttributeNames: ['All'], ReceiveRequestAttemptId: 'try' },
    as: 'taken',
  },
  { action: 'ReceiveMessage', input: { QueueUrl: fifoUrl, ReceiveRequestAttemptId: 'try' } },
  { action: 'ReceiveMessage', input: { QueueUrl: fifoUrl } },
  { advanceSeconds: 30 },
  { action: 'DeleteMessage', input: { QueueUrl: fifoUrl, ReceiptHandle: '$taken.Messages.0.ReceiptHandle' } },
  { action: 'ReceiveMessage', input: { QueueUrl: fifoUrl, MaxNumberOfMessages: 10 } },
];

function expectFifo(outcomes: readonly Outcome[]): void {
  const [, noGroup, first, again, delayed, second, taken, repeated, locked, expired, both] = outcomes;
  const sequenceNumber = expect.stringMatching(/^\d{20}$/);
  expect(noGroup).toEqual({
    error: 'MissingParameter',
    message: 'The request must contain the parameter MessageGroupId.',
  });
  expect(first).toEqual({ MessageId: id, MD5OfMessageBody: md5, SequenceNumber: sequenceNumber });
  expect(again).toEqual(first);
  expect(delayed).toMatchObject({ error: 'InvalidParameterValue' });
  expect(second).not.toEqual(first);
  const { SequenceNumber } = first as { SequenceNumber: string };
  const attributes = {
    MessageGroupId: 'g',
    SequenceNumber,
    MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
  };
  expect(taken).toEqual({
    Messages: [expect.objectContaining({ Body: 'x', Attributes: expect.objectContaining(attributes) })],
  });
  const handleOf = (outcome: unknown) =>
    (outcome as { Messages: { ReceiptHandle: string }[] }).Messages[0]!.ReceiptHandle;
  expect(handleOf(repeated)).toBe(handleOf(taken));
  expect(locked).toEqual({});
  expect(expired).toEqual({
    error: 'InvalidParameterValue',
    message: expect.stringMatching(
      /for parameter ReceiptHandle is invalid\. Reason: The receipt handle has expired\.$/,
    ),
  });
  expect((both as { Messages: { Body: string }[] }).Messages.map(({ Body }) => Body)).toEqual(['x', 'y']);
}

async function withEmulator<T>(run: (emulator: RunningEmulator) => Promise<T>): Promise<T> {
  const emulator = await startTestEmulator();
  try {
    return await run(emulator);
  } finally {
    await emulator.stop();
  }
}

describe.each(sqsClients)('SQS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)('every operation of standard queues', { timeout: patienceMs }, async () => {
    expect(await withEmulator((emulator) => run(emulator, standard))).toEqual(heard);
  });

  it.skipIf(leftOut)('FIFO queues', { timeout: patienceMs }, async () => {
    expectFifo(await withEmulator((emulator) => run(emulator, fifo)));
  });
});

describe('message move tasks, which the older clients do not have', () => {
  it('move back what was buried', () =>
    withEmulator(async (emulator) => {
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 });
      const SourceArn = arn('dead');
      const outcomes = await sqsThroughSdk(emulator, [
        { action: 'CreateQueue', input: { QueueName: 'dead' } },
        {
          action: 'CreateQueue',
          input: { QueueName: 'q', Attributes: { RedrivePolicy, VisibilityTimeout: '0' } },
          as: 'queue',
        },
        { action: 'SendMessage', input: { QueueUrl, MessageBody: 'x' } },
        { action: 'ReceiveMessage', input: { QueueUrl } },
        { action: 'ReceiveMessage', input: { QueueUrl } },
        { action: 'StartMessageMoveTask', input: { SourceArn, MaxNumberOfMessagesPerSecond: 1 }, as: 'task' },
        { action: 'CancelMessageMoveTask', input: { TaskHandle: '$task.TaskHandle' } },
        { advanceSeconds: 2 },
        { action: 'StartMessageMoveTask', input: { SourceArn } },
        { advanceSeconds: 2 },
        { action: 'ListMessageMoveTasks', input: { SourceArn, MaxResults: 10 } },
        { action: 'CancelMessageMoveTask', input: { TaskHandle: '$task.TaskHandle' } },
        { action: 'ReceiveMessage', input: { QueueUrl } },
      ]);
      expect(outcomes[6]).toEqual({ ApproximateNumberOfMessagesMoved: 0 });
      expect(outcomes[8]).toMatchObject({
        Results: [
          { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1 },
          { Status: 'CANCELLED', MaxNumberOfMessagesPerSecond: 1 },
        ],
      });
      expect(outcomes[9]).toEqual({
        error: 'ResourceNotFoundException',
        message: 'Only active tasks can be cancelled.',
      });
      expect(outcomes[10]).toMatchObject({ Messages: [{ Body: 'x' }] });
    }));
});
