/** What AWS itself delivered, and in what order, as public recordings have it; in both protocols. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { startMs } from '../wire/exchange.ts';
import { after, arnOf, testCloud, urlOf } from './actionHarness.ts';
import { fifo, isFifo, q, text } from './recordedAnswersCases.ts';
import { ask, type Input, type Output, protocols } from './recordedAnswersClient.ts';

const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const bodiesOf = ({ Messages = [] }: Output): string[] => Messages.map(({ Body }: Output) => Body);

describe.each(protocols)('%s, a standard queue:', (protocol) => {
  const call = (cloud: Cloud, action: string, input: Input = {}): Promise<Output> =>
    ask(protocol, cloud, action, { ...q, ...input });
  const withQueue = async (Attributes: Input = {}): Promise<Cloud> => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q', Attributes });
    return cloud;
  };

  it('what comes back goes before what was sent meanwhile', async () => {
    const cloud = await withQueue();
    await call(cloud, 'SendMessage', { MessageBody: 'test1' });
    await call(cloud, 'ReceiveMessage', { VisibilityTimeout: 3 });
    after(cloud, 1.5);
    await call(cloud, 'SendMessage', { MessageBody: 'test2' });
    after(cloud, 3);
    expect(bodiesOf(await call(cloud, 'ReceiveMessage'))).toEqual(['test1']);
  });

  it('in the dead-letter queue it keeps what it had, and tells where it was', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'dead' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q', Attributes: { RedrivePolicy } });
    const MessageAttributes = { MyAttribute: text('foobar') };
    const MessageSystemAttributes = { AWSTraceHeader: text(traceHeader) };
    await call(cloud, 'SendMessage', { MessageBody: 'message-1', MessageAttributes, MessageSystemAttributes });
    await call(cloud, 'SendMessage', { MessageBody: 'message-2' });
    const everything = { VisibilityTimeout: 0, AttributeNames: ['All'], MessageAttributeNames: ['All'] };
    const received: Output[] = [];
    for (const _receive of [1, 2, 3, 4]) {
      received.push(...((await call(cloud, 'ReceiveMessage', everything)).Messages ?? []));
    }
    expect(received.map(({ Body, Attributes }) => [Body, Attributes.ApproximateReceiveCount])).toEqual([
      ['message-1', '1'],
      ['message-2', '1'],
    ]);
    const dead = await ask(protocol, cloud, 'ReceiveMessage', {
      QueueUrl: urlOf('dead'),
      ...everything,
      MaxNumberOfMessages: 10,
    });
    const times = { SentTimestamp: String(startMs), ApproximateFirstReceiveTimestamp: String(startMs) };
    const moved = {
      ...times,
      SenderId: '000000000000',
      ApproximateReceiveCount: '2',
      DeadLetterQueueSourceArn: arnOf('q'),
    };
    expect(dead.Messages).toEqual([
      expect.objectContaining({
        Body: 'message-1',
        Attributes: { ...moved, AWSTraceHeader: traceHeader },
        MessageAttributes,
      }),
      expect.objectContaining({ Body: 'message-2', Attributes: moved }),
    ]);
    expect(dead.Messages.map(({ MessageId }: Output) => MessageId)).toEqual(received.map(({ MessageId }) => MessageId));
  });

  it('a timeout that is over can be changed, with no effect; an older handle ends that of a later receive', async () => {
    const cloud = await withQueue({ VisibilityTimeout: '1' });
    await call(cloud, 'SendMessage', { MessageBody: 'test' });
    const [first] = (await call(cloud, 'ReceiveMessage')).Messages;
    after(cloud, 2);
    const { ReceiptHandle } = first;
    expect(await call(cloud, 'ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 2 })).toEqual({});
    const [second] = (await call(cloud, 'ReceiveMessage', { VisibilityTimeout: 3 })).Messages;
    expect([second.MessageId, second.ReceiptHandle !== ReceiptHandle]).toEqual([first.MessageId, true]);
    expect(await call(cloud, 'ReceiveMessage')).toEqual({});
    await call(cloud, 'ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
    expect((await call(cloud, 'ReceiveMessage')).Messages).toHaveLength(1);
  });

  it('past its retention it is gone, in flight or not, and deleting it then is no error', async () => {
    const cloud = await withQueue({ MessageRetentionPeriod: '60', VisibilityTimeout: '60' });
    for (const MessageBody of ['foobar1', 'foobar2']) await call(cloud, 'SendMessage', { MessageBody });
    after(cloud, 5);
    const [{ Body, ReceiptHandle }] = (await call(cloud, 'ReceiveMessage')).Messages;
    expect(Body).toBe('foobar1');
    for (const seconds of [61, 8]) {
      after(cloud, seconds);
      expect(await call(cloud, 'ReceiveMessage')).toEqual({});
    }
    expect(await call(cloud, 'DeleteMessage', { ReceiptHandle })).toEqual({});
  });
});

describe.each(protocols)('%s, a FIFO queue:', (protocol) => {
  const call = (cloud: Cloud, action: string, input: Input = {}): Promise<Output> =>
    ask(protocol, cloud, action, { ...fifo, ...input });
  const withFifo = async (Attributes: Input = {}): Promise<Cloud> => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q.fifo', Attributes: { ...isFifo, ...Attributes } });
    return cloud;
  };
  const byContent = { ContentBasedDeduplication: 'true' };
  /** `g1-m1` is of the group g1. */
  const send = async (cloud: Cloud, ...bodies: readonly string[]): Promise<void> => {
    for (const MessageBody of bodies) {
      await call(cloud, 'SendMessage', { MessageBody, MessageGroupId: MessageBody.split('-')[0] });
    }
  };

  it('tells its attributes, and counts each receive', async () => {
    const scope = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    const cloud = await withFifo({ ...byContent, ...scope, VisibilityTimeout: '0' });
    const ids = { MessageGroupId: 'group-1', MessageDeduplicationId: 'dedup-1' };
    const sent = await call(cloud, 'SendMessage', { MessageBody: 'message-body-1', ...ids });
    expect(sent).toEqual({
      MD5OfMessageBody: '19c9e282d65f9733bc6b35d50062c7ee',
      MessageId: expect.any(String),
      SequenceNumber: expect.stringMatching(/^\d{20}$/),
    });
    for (const ApproximateReceiveCount of ['1', '2']) {
      expect((await call(cloud, 'ReceiveMessage', { AttributeNames: ['All'] })).Messages).toEqual([
        {
          Attributes: {
            ...ids,
            ApproximateFirstReceiveTimestamp: String(startMs),
            ApproximateReceiveCount,
            SenderId: '000000000000',
            SentTimestamp: String(startMs),
            SequenceNumber: sent.SequenceNumber,
          },
          Body: 'message-body-1',
          MD5OfBody: '19c9e282d65f9733bc6b35d50062c7ee',
          MessageId: sent.MessageId,
          ReceiptHandle: expect.any(String),
        },
      ]);
    }
  });

  it.each([
    [byContent, {}],
    [{}, { MessageDeduplicationId: 'dedup1' }],
  ])('with %j what is known arrives once, after its delete and in another group', async (Attributes, id) => {
    const cloud = await withFifo(Attributes);
    const message = { MessageBody: '{"foo": "bar"}', ...id };
    await call(cloud, 'SendMessage', { ...message, MessageGroupId: 'group-1' });
    await call(cloud, 'SendMessage', { ...message, MessageGroupId: 'group-2' });
    const [{ ReceiptHandle, MD5OfBody }] = (await call(cloud, 'ReceiveMessage', { MaxNumberOfMessages: 10 })).Messages;
    expect(MD5OfBody).toBe('94232c5b8fc9272f6f73a1e36eb68fcf');
    await call(cloud, 'DeleteMessage', { ReceiptHandle });
    await call(cloud, 'SendMessage', { ...message, MessageGroupId: 'group-1' });
    expect(await call(cloud, 'ReceiveMessage')).toEqual({});
  });

  it('its groups have deduplication ids of their own where the scope says so, whatever the limit', async () => {
    const cloud = await withFifo({ ContentBasedDeduplication: 'True', DeduplicationScope: 'messageGroup' });
    for (const MessageGroupId of ['group1', 'group2']) {
      await call(cloud, 'SendMessage', { MessageBody: 'Test', MessageGroupId });
    }
    expect(bodiesOf(await call(cloud, 'ReceiveMessage', { MaxNumberOfMessages: 10 }))).toEqual(['Test', 'Test']);
  });

  it('a purge forgets deduplication ids', async () => {
    const cloud = await withFifo();
    const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
    await call(cloud, 'SendMessage', { MessageBody: 'message-1', ...ids });
    await call(cloud, 'PurgeQueue');
    await call(cloud, 'SendMessage', { MessageBody: 'message-2', ...ids });
    expect(bodiesOf(await call(cloud, 'ReceiveMessage'))).toEqual(['message-2']);
  });

  it('a delay of 0 leaves that of the queue', async () => {
    const cloud = await withFifo({ ...byContent, DelaySeconds: '2' });
    await call(cloud, 'SendMessage', { MessageBody: 'message-1', MessageGroupId: '1', DelaySeconds: 0 });
    expect(await call(cloud, 'ReceiveMessage')).toEqual({});
    after(cloud, 2);
    expect(bodiesOf(await call(cloud, 'ReceiveMessage'))).toEqual(['message-1']);
  });

  it('a receive takes group by group; what is deleted frees its group, what is in flight holds it', async () => {
    const cloud = await withFifo(byContent);
    await send(cloud, 'g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3', 'g3-m1');
    const two = await call(cloud, 'ReceiveMessage', { MaxNumberOfMessages: 2 });
    expect(bodiesOf(two)).toEqual(['g1-m1', 'g1-m2']);
    const [first, second] = two.Messages;
    await call(cloud, 'DeleteMessage', { ReceiptHandle: first.ReceiptHandle });
    const others = await call(cloud, 'ReceiveMessage', { MaxNumberOfMessages: 10, VisibilityTimeout: 1 });
    expect(bodiesOf(others)).toEqual(['g2-m1', 'g2-m2', 'g3-m1']);
    await call(cloud, 'DeleteMessage', { ReceiptHandle: second.ReceiptHandle });
    expect(bodiesOf(await call(cloud, 'ReceiveMessage', { MaxNumberOfMessages: 10 }))).toEqual(['g1-m3']);
  });

  it('a timeout that was extended in time still takes the delete', async () => {
    const cloud = await withFifo({ ...byContent, VisibilityTimeout: '1' });
    await send(cloud, 'g1-m1');
    const [{ ReceiptHandle }] = (await call(cloud, 'ReceiveMessage')).Messages;
    await call(cloud, 'ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 5 });
    after(cloud, 1.5);
    expect(await call(cloud, 'DeleteMessage', { ReceiptHandle })).toEqual({});
    expect(await call(cloud, 'ReceiveMessage')).toEqual({});
  });
});
