import { describe, expect, it } from 'vitest';
import { after, sqs, testCloud, urlOf } from './actionHarness.ts';

async function withFifo(attributes: Record<string, string> = {}) {
  const cloud = testCloud();
  const Attributes = { FifoQueue: 'true', ...attributes };
  const { QueueUrl } = await sqs(cloud, 'CreateQueue', { QueueName: 'q.fifo', Attributes });
  return { cloud, QueueUrl: String(QueueUrl) };
}

describe('a FIFO queue is made', () => {
  it('with its attributes, and again with the same', async () => {
    const { cloud, QueueUrl } = await withFifo({ ContentBasedDeduplication: 'true' });
    expect(QueueUrl).toBe(urlOf('q.fifo'));
    const { Attributes } = await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
    expect(Attributes).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
    const again = { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } };
    expect(await sqs(cloud, 'CreateQueue', again)).toEqual({ QueueUrl });
    const other = { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'false' } };
    expect((await sqs(cloud, 'CreateQueue', other)).error).toBe('QueueNameExists');
  });

  it.each([
    ['orders', 'must end with .fifo suffix'],
    [`${'a'.repeat(76)}.fifo`, 'be 1 to 80 in length'],
    ['.fifo', 'must end with .fifo suffix'],
  ])('not under the name "%s"', async (QueueName, words) => {
    const refused = await sqs(testCloud(), 'CreateQueue', { QueueName, Attributes: { FifoQueue: 'true' } });
    expect(refused).toMatchObject({
      error: 'InvalidParameterValueException',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    [{ DeduplicationScope: 'group' }, 'Invalid value for the parameter DeduplicationScope.'],
    [{ ContentBasedDeduplication: 'yes' }, 'Invalid value for the parameter ContentBasedDeduplication.'],
    [
      { FifoQueue: 'false' },
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    ],
    [{ FifoQueue: 'yes' }, 'Invalid value for the parameter FifoQueue.'],
    [
      { FifoThroughputLimit: 'perMessageGroupId' },
      'Invalid value for the parameter FifoThroughputLimit. Reason: To set FifoThroughputLimit to perMessageGroupId, the ' +
        'DeduplicationScope must be messageGroup.',
    ],
  ])('[SQS-142] %o is refused, and changes nothing', async (Attributes, message) => {
    const { cloud, QueueUrl } = await withFifo();
    const change = { QueueUrl, Attributes: { ...Attributes, DelaySeconds: '9' } };
    expect(await sqs(cloud, 'SetQueueAttributes', change)).toEqual({ error: 'InvalidAttributeValue', message });
    const names = { QueueUrl, AttributeNames: ['DelaySeconds'] };
    expect(await sqs(cloud, 'GetQueueAttributes', names)).toEqual({ Attributes: { DelaySeconds: '0' } });
  });

  it('[SQS-142] the scope cannot go from under the limit, but both can go together', async () => {
    const { cloud, QueueUrl } = await withFifo();
    const set = (Attributes: Record<string, string>) => sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes });
    const high = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    expect(await set({ DeduplicationScope: 'messageGroup' })).toEqual({});
    expect(await set(high)).toEqual({});
    expect(await set({ DeduplicationScope: 'queue' })).toMatchObject({ error: 'InvalidAttributeValue' });
    expect(await set({ DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' })).toEqual({});
  });

  it('for high throughput', async () => {
    const { cloud, QueueUrl } = await withFifo();
    const Attributes = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    expect(await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes })).toEqual({});
    const names = { QueueUrl, AttributeNames: Object.keys(Attributes) };
    expect(await sqs(cloud, 'GetQueueAttributes', names)).toEqual({ Attributes });
  });
});

describe('sending to a FIFO queue', () => {
  it.each([
    [{}, 'MissingRequiredParameterException', 'The request must contain the parameter MessageGroupId.'],
    [
      { MessageGroupId: 'a' },
      'InvalidParameterValueException',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
    [
      { MessageGroupId: 'a', MessageDeduplicationId: 'x', DelaySeconds: 5 },
      'InvalidParameterValueException',
      'Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
    [
      { MessageGroupId: 'a', MessageDeduplicationId: 'ä' },
      'InvalidParameterValueException',
      'Value ä for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include ' +
        'alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
  ])('%o is refused', async (over, error, message) => {
    const { cloud, QueueUrl } = await withFifo();
    expect(await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x', ...over })).toEqual({ error, message });
  });

  it('[SQS-70] answers a repeated send with the first message; sequence numbers grow', async () => {
    const { cloud, QueueUrl } = await withFifo({ ContentBasedDeduplication: 'true' });
    const send = (MessageBody: string, over = {}) =>
      sqs(cloud, 'SendMessage', { QueueUrl, MessageBody, MessageGroupId: 'a', DelaySeconds: 0, ...over });
    const first = await send('x');
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect(await send('x')).toEqual(first);
    const second = await send('y');
    expect(BigInt(String(second.SequenceNumber)) > BigInt(String(first.SequenceNumber))).toBe(true);
    after(cloud, 300);
    expect((await send('x')).MessageId).not.toBe(first.MessageId);
  });

  it('a batch fails entry by entry', async () => {
    const { cloud, QueueUrl } = await withFifo({ ContentBasedDeduplication: 'true' });
    const Entries = [
      { Id: 'good', MessageBody: 'x', MessageGroupId: 'a' },
      { Id: 'bad', MessageBody: '\u0007', MessageGroupId: 'a' },
    ];
    const { Successful, Failed } = await sqs(cloud, 'SendMessageBatch', { QueueUrl, Entries });
    expect(Successful).toEqual([
      expect.objectContaining({ Id: 'good', SequenceNumber: expect.stringMatching(/^\d{20}$/) }),
    ]);
    expect(Failed).toEqual([expect.objectContaining({ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true })]);
  });
});

describe('receiving from a FIFO queue', () => {
  it('gives its system attributes, and takes the name of an attempt', async () => {
    const { cloud, QueueUrl } = await withFifo();
    const sent = await sqs(cloud, 'SendMessage', {
      QueueUrl,
      MessageBody: 'x',
      MessageGroupId: 'a',
      MessageDeduplicationId: 'd',
    });
    const receive = { QueueUrl, AttributeNames: ['All'], ReceiveRequestAttemptId: 'try' };
    const first = await sqs(cloud, 'ReceiveMessage', receive);
    expect(first.Messages).toEqual([
      expect.objectContaining({
        Attributes: expect.objectContaining({
          MessageGroupId: 'a',
          MessageDeduplicationId: 'd',
          SequenceNumber: sent.SequenceNumber,
        }),
      }),
    ]);
    expect(await sqs(cloud, 'ReceiveMessage', receive)).toEqual(first);
    expect(await sqs(cloud, 'ReceiveMessage', { QueueUrl, ReceiveRequestAttemptId: 'other' })).toEqual({});
    const wrong = await sqs(cloud, 'ReceiveMessage', { QueueUrl, ReceiveRequestAttemptId: 'a b' });
    expect(wrong.error).toBe('InvalidParameterValueException');
  });

  it('[SQS-62] on a standard queue neither attempts nor deduplication ids are known', async () => {
    const cloud = testCloud();
    const { QueueUrl } = await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    const attempt = await sqs(cloud, 'ReceiveMessage', { QueueUrl, ReceiveRequestAttemptId: 'try' });
    const send = await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x', MessageDeduplicationId: 'd' });
    for (const { message } of [attempt, send]) expect(message).toContain('not valid for this queue type');
  });
});
