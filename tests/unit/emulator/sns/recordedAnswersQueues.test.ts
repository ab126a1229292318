/** What queues held once AWS had delivered to them: the envelope, raw messages, what went to a dead-letter queue, FIFO topics. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { messagesIn, openPolicy, queueArn, sns, sqs, testCloud, topicArn, topicWithQueue } from './harness.ts';
import { ask, textOf } from './recorded.ts';

const TopicArn = topicArn('t');
const number = (StringValue: string) => ({ DataType: 'Number', StringValue });

/** Members of what a queue holds, in their order. */
const envelopes = (cloud: Cloud, name: string): Record<string, unknown>[] =>
  messagesIn(cloud, name).map(({ body }) => JSON.parse(body));

describe('[SNS-133] what a queue gets', () => {
  const signed = ['SignatureVersion', 'Signature', 'SigningCertURL'];

  it.each<[string, object, string[], object]>([
    ['no subject', {}, ['Message', 'Timestamp', ...signed, 'UnsubscribeURL'], { SignatureVersion: '1' }],
    [
      'subject and attributes',
      { Subject: 'S', MessageAttributes: { attr1: number('1') } },
      ['Subject', 'Message', 'Timestamp', ...signed, 'UnsubscribeURL', 'MessageAttributes'],
      { Subject: 'S', MessageAttributes: { attr1: { Type: 'Number', Value: '1' } } },
    ],
    [
      'bytes',
      { MessageAttributes: { attr2: { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) } } },
      ['Message', 'Timestamp', ...signed, 'UnsubscribeURL', 'MessageAttributes'],
      { MessageAttributes: { attr2: { Type: 'Binary', Value: 'AgME' } } },
    ],
    [
      'a text of its own',
      { Message: '{"default":"default field","sqs":"{\\"field\\": \\"value\\"}"}', MessageStructure: 'json' },
      ['Message', 'Timestamp', ...signed, 'UnsubscribeURL'],
      { Message: '{"field": "value"}' },
    ],
    [
      'the default where its own is no text',
      { Message: '{"default":"default field","sqs":{"field":"value"}}', MessageStructure: 'json' },
      ['Message', 'Timestamp', ...signed, 'UnsubscribeURL'],
      { Message: 'default field' },
    ],
    [
      'other letters',
      { Message: 'ö§a1"_!?,. £$-' },
      ['Message', 'Timestamp', ...signed, 'UnsubscribeURL'],
      { Message: 'ö§a1"_!?,. £$-' },
    ],
  ])('%s', async (_, over, members, values) => {
    const cloud = testCloud();
    const { SubscriptionArn } = await topicWithQueue(cloud);
    // As a topic's ARN a target is as good.
    const { xml } = await ask(cloud, 'Publish', { TargetArn: TopicArn, Message: 'x', ...over });
    const [envelope] = envelopes(cloud, 'q');
    expect(Object.keys(envelope!)).toEqual(['Type', 'MessageId', 'TopicArn', ...members]);
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId: textOf(xml, 'MessageId'),
      TopicArn,
      Timestamp: '2026-03-02T00:00:00.000Z',
      UnsubscribeURL: `http://127.0.0.1:4566/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`,
      ...values,
    });
  });

  it.each([
    [
      ['attr1', 'attr2'],
      ['attr2', 'attr1'],
    ],
    [
      ['store', 'def'],
      ['def', 'store'],
    ],
    [
      ['an-attribute-key', 'binary-attribute'],
      ['an-attribute-key', 'binary-attribute'],
    ],
  ])('attributes %j in an order of the service’s own', async (names, order) => {
    const cloud = testCloud();
    await topicWithQueue(cloud);
    const MessageAttributes = Object.fromEntries(names.map((name) => [name, number('99')]));
    await ask(cloud, 'Publish', { TopicArn, Message: 'x', MessageAttributes });
    expect(Object.keys(envelopes(cloud, 'q')[0]!.MessageAttributes as object)).toEqual(order);
  });

  it('the version of the signature is the topic’s', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud, { topic: { SignatureVersion: '2' } });
    await ask(cloud, 'Publish', { TopicArn, Message: 'x' });
    expect(envelopes(cloud, 'q')[0]!.SignatureVersion).toBe('2');
  });

  it('a group of a standard topic goes along', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud);
    await ask(cloud, 'Publish', { TopicArn, Message: 'x', MessageGroupId: 'my-group-id-1' });
    expect(messagesIn(cloud, 'q')[0]!.groupId).toBe('my-group-id-1');
  });

  it.each(['true', 'false'])(
    'what could not be delivered, as it would have been: raw %s',
    async (RawMessageDelivery) => {
      const cloud = testCloud();
      const dead = queueArn('dead');
      await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: openPolicy(dead) } });
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead });
      await topicWithQueue(cloud, { attributes: { RawMessageDelivery, RedrivePolicy } });
      await sqs(cloud, 'DeleteQueue', { QueueUrl: 'http://127.0.0.1:4566/000000000000/q' });
      const MessageAttributes = {
        attr1: number('111'),
        attr2: { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) },
      };
      await ask(cloud, 'Publish', { TopicArn, Message: 'x', MessageAttributes });
      const [message] = messagesIn(cloud, 'dead');
      if (RawMessageDelivery === 'true') {
        expect([message!.body, [...message!.attributes!.keys()]]).toEqual(['x', ['attr1', 'attr2']]);
      } else {
        expect(JSON.parse(message!.body)).toMatchObject({
          Message: 'x',
          MessageAttributes: { attr1: { Type: 'Number', Value: '111' }, attr2: { Type: 'Binary', Value: 'AgME' } },
        });
      }
      const { xml } = await ask(cloud, 'ListSubscriptionsByTopic', { TopicArn });
      expect(textOf(xml, 'Endpoint')).toBe(queueArn('q'));
    },
  );
});

describe('[SNS-134] FIFO topics', () => {
  const fifo = topicArn('t.fifo');
  const publish = (cloud: Cloud, Message: string, over: object = {}) =>
    sns(cloud, 'Publish', { TopicArn: fifo, Message, MessageGroupId: 'message-group-id-1', ...over });

  it('do not sign, number, and give the content for a deduplication id', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud, { fifo: true });
    const { SequenceNumber } = await publish(cloud, 'Test');
    const [envelope] = envelopes(cloud, 'q.fifo');
    expect(Object.keys(envelope!)).toEqual([
      ...['Type', 'MessageId', 'SequenceNumber', 'TopicArn', 'Message', 'Timestamp', 'UnsubscribeURL'],
    ]);
    expect(envelope!.SequenceNumber).toBe(SequenceNumber);
    expect(messagesIn(cloud, 'q.fifo')[0]).toMatchObject({
      groupId: 'message-group-id-1',
      deduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
    });
  });

  it('give a repeated batch the answers of the first, and deliver nothing, whatever the group', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud, { fifo: true, attributes: { RawMessageDelivery: 'true' } });
    const PublishBatchRequestEntries = ['1', '2', '3'].map((Id) => ({
      Id,
      Message: Id,
      MessageGroupId: 'complexMessageGroupId',
      MessageDeduplicationId: `MessageDeduplicationId-${Id}`,
    }));
    const batch = () => sns(cloud, 'PublishBatch', { TopicArn: fifo, PublishBatchRequestEntries });
    const first = await batch();
    expect(first).toMatchObject({ Failed: [], Successful: [{ Id: '1', SequenceNumber: expect.any(String) }, {}, {}] });
    expect(await batch()).toEqual(first);
    const again = await publish(cloud, '1', {
      MessageGroupId: 'another',
      MessageDeduplicationId: 'MessageDeduplicationId-1',
    });
    expect([{ Id: '1', ...again }]).toEqual((first.Successful as object[]).slice(0, 1));
    expect(messagesIn(cloud, 'q.fifo').map(({ body }) => body)).toEqual(['1', '2', '3']);
  });

  it('deliver to a standard queue without a group', async () => {
    const cloud = testCloud();
    const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
    await sns(cloud, 'CreateTopic', { Name: 't.fifo', Attributes });
    const Endpoint = queueArn('q');
    await sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes: { Policy: openPolicy(Endpoint) } });
    await sns(cloud, 'Subscribe', { TopicArn: fifo, Protocol: 'sqs', Endpoint });
    for (let n = 0; n < 2; n++) await publish(cloud, 'Test');
    const messages = messagesIn(cloud, 'q');
    expect(messages).toHaveLength(1);
    expect([messages[0]!.groupId ?? null, messages[0]!.deduplicationId ?? null]).toEqual([null, null]);
    expect(JSON.parse(messages[0]!.body)).not.toHaveProperty('Signature');
  });

  it('take a target for the topic', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud, { fifo: true });
    const request = { TargetArn: fifo, Message: '{"default":"{}"}', MessageStructure: 'json', MessageGroupId: '123' };
    expect((await ask(cloud, 'Publish', request)).status).toBe(200);
  });
});

it('a message that was published before there was a subscriber is for nobody', async () => {
  const cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
  await ask(cloud, 'Publish', { TopicArn, Message: 'before' });
  await topicWithQueue(cloud);
  await ask(cloud, 'Publish', { TopicArn, Message: 'after' });
  expect(envelopes(cloud, 'q').map(({ Message }) => Message)).toEqual(['after']);
});
