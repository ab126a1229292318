import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { startMs } from '../wire/exchange.ts';
import { after, arnOf, sqs, testCloud, urlOf } from './actionHarness.ts';

/** `dead` with so many messages that came from `q`, and `other`. */
async function withDead(messages: number, suffix = ''): Promise<Cloud> {
  const cloud = testCloud();
  const kind: Record<string, string> = suffix === '' ? {} : { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  const create = (name: string, over = {}) =>
    sqs(cloud, 'CreateQueue', { QueueName: name + suffix, Attributes: { ...kind, ...over } });
  await create('dead');
  await create('other');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(`dead${suffix}`), maxReceiveCount: 1 });
  await create('q', { RedrivePolicy, VisibilityTimeout: '0' });
  const QueueUrl = urlOf(`q${suffix}`);
  for (let n = 0; n < messages; n++) {
    const group = suffix === '' ? {} : { MessageGroupId: 'g' };
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: `m${n}`, ...group });
  }
  for (let n = 0; n < 2 * messages; n++) await sqs(cloud, 'ReceiveMessage', { QueueUrl });
  expect(await depth(cloud, `dead${suffix}`)).toBe(String(messages));
  return cloud;
}

async function depth(cloud: Cloud, name: string): Promise<string> {
  const names = { QueueUrl: urlOf(name), AttributeNames: ['ApproximateNumberOfMessages'] };
  const { Attributes } = await sqs(cloud, 'GetQueueAttributes', names);
  return (Attributes as Record<string, string>).ApproximateNumberOfMessages!;
}

const start = (cloud: Cloud, over: Record<string, unknown> = {}) =>
  sqs(cloud, 'StartMessageMoveTask', { SourceArn: arnOf('dead'), ...over });
const list = async (cloud: Cloud, over: Record<string, unknown> = {}) =>
  (await sqs(cloud, 'ListMessageMoveTasks', { SourceArn: arnOf('dead'), ...over })).Results as Record<
    string,
    unknown
  >[];

describe('message move tasks', () => {
  it('[SQS-80] go back to where the messages came from, at their rate, and say how far they are', async () => {
    const cloud = await withDead(5);
    const { TaskHandle } = await start(cloud, { MaxNumberOfMessagesPerSecond: 2 });
    after(cloud, 1);
    expect(await list(cloud)).toEqual([
      {
        TaskHandle,
        Status: 'RUNNING',
        SourceArn: arnOf('dead'),
        MaxNumberOfMessagesPerSecond: 2,
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 5,
        StartedTimestamp: startMs,
      },
    ]);
    expect([await depth(cloud, 'dead'), await depth(cloud, 'q')]).toEqual(['3', '2']);
    after(cloud, 2);
    const [done] = await list(cloud);
    expect(done).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 5 });
    expect(done).not.toHaveProperty('TaskHandle');
    expect([await depth(cloud, 'dead'), await depth(cloud, 'q')]).toEqual(['0', '5']);
  });

  it('[SQS-83] what is moved is a new message: id, send and receive count; oldest first', async () => {
    const cloud = await withDead(2);
    const before = await sqs(cloud, 'ReceiveMessage', { QueueUrl: urlOf('dead'), VisibilityTimeout: 0 });
    after(cloud, 60);
    await start(cloud, { DestinationArn: arnOf('other') });
    after(cloud, 1);
    const receive = { QueueUrl: urlOf('other'), AttributeNames: ['All'], MaxNumberOfMessages: 10 };
    const { Messages } = await sqs(cloud, 'ReceiveMessage', receive);
    const [first, second] = Messages as { Body: string; MessageId: string; Attributes: Record<string, string> }[];
    expect([first!.Body, second!.Body]).toEqual(['m0', 'm1']);
    expect(first!.MessageId).not.toBe((before.Messages as { MessageId: string }[])[0]!.MessageId);
    expect(first!.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
    expect(Number(first!.Attributes.SentTimestamp)).toBeGreaterThanOrEqual(startMs + 60_000);
    expect(first!.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  });

  it('[SQS-81] one at a time of a source; cancelled, what has been moved stays', async () => {
    const cloud = await withDead(5);
    const { TaskHandle } = await start(cloud, { MaxNumberOfMessagesPerSecond: 1 });
    expect(await start(cloud)).toEqual({
      error: 'InvalidParameterValueException',
      message:
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    });
    after(cloud, 2);
    expect(await sqs(cloud, 'CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
    expect(await list(cloud)).toEqual([expect.objectContaining({ Status: 'CANCELLING' })]);
    after(cloud, 10);
    expect(await list(cloud)).toEqual([
      expect.objectContaining({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 }),
    ]);
    expect(await depth(cloud, 'dead')).toBe('3');
    expect(await sqs(cloud, 'CancelMessageMoveTask', { TaskHandle })).toEqual({
      error: 'ResourceNotFoundException',
      message: 'Only active tasks can be cancelled.',
    });
    await start(cloud);
    expect((await list(cloud, { MaxResults: 10 })).map(({ Status }) => Status)).toEqual(['RUNNING', 'CANCELLED']);
  });

  it('[SQS-82] a message nobody moved here has no way back: the task fails and the message stays', async () => {
    const cloud = await withDead(1);
    await sqs(cloud, 'SendMessage', { QueueUrl: urlOf('dead'), MessageBody: 'direct' });
    await start(cloud);
    after(cloud, 1);
    expect(await list(cloud)).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        FailureReason: 'CouldNotDetermineMessageSource',
        ApproximateNumberOfMessagesMoved: 1,
      }),
    ]);
    const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl: urlOf('dead') });
    expect(Messages).toEqual([expect.objectContaining({ Body: 'direct' })]);
  });

  it('[SQS-84] FIFO messages keep their order and their group', async () => {
    const cloud = await withDead(3, '.fifo');
    const arns = { SourceArn: arnOf('dead.fifo'), DestinationArn: arnOf('other.fifo') };
    await sqs(cloud, 'StartMessageMoveTask', arns);
    after(cloud, 1);
    const receive = { QueueUrl: urlOf('other.fifo'), MaxNumberOfMessages: 10, AttributeNames: ['MessageGroupId'] };
    const { Messages } = await sqs(cloud, 'ReceiveMessage', receive);
    expect(Messages).toEqual(
      ['m0', 'm1', 'm2'].map((Body) => expect.objectContaining({ Body, Attributes: { MessageGroupId: 'g' } })),
    );
  });

  it.each<[over: Record<string, unknown>, error: string, words: string]>([
    [{ SourceArn: arnOf('none') }, 'ResourceNotFoundException', 'SourceArn parameter'],
    [{ DestinationArn: arnOf('none') }, 'ResourceNotFoundException', 'DestinationArn parameter'],
    [{ SourceArn: arnOf('q') }, 'InvalidParameterValueException', 'must be configured as a Dead Letter Queue'],
    [{ DestinationArn: arnOf('dead') }, 'InvalidParameterValueException', 'cannot be the same'],
    [{ DestinationArn: arnOf('q.fifo') }, 'InvalidParameterValueException', 'must be of the same queue type.'],
    [{ MaxNumberOfMessagesPerSecond: 0 }, 'InvalidParameterValueException', "Reason: You must enter a number that's"],
    [
      { MaxNumberOfMessagesPerSecond: 501 },
      'InvalidParameterValueException',
      "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and 500.",
    ],
  ])('%o is refused', async (over, error, words) => {
    const cloud = await withDead(0);
    await sqs(cloud, 'CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } });
    const refused = await start(cloud, over);
    expect(refused).toEqual({ error, message: expect.stringContaining(words) });
  });

  it('an unknown source is ResourceNotFoundException', async () => {
    const cloud = testCloud();
    const none = await sqs(cloud, 'ListMessageMoveTasks', { SourceArn: arnOf('none') });
    expect(none.error).toBe('ResourceNotFoundException');
  });
});
