/** Archive and replay of FIFO topics, as somebody who recovers lost messages goes through them. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../src/emulator/cloud.ts';
import { after, messagesIn, openPolicy, queueArn, sns, sqs, startMs, testCloud, topicArn } from './sns/harness.ts';

const TopicArn = topicArn('t.fifo');
let cloud: Cloud;

/** Published at 0, 60 and 120 s; at 180 s the tests begin. */
beforeEach(async () => {
  cloud = testCloud();
  const kind = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
  const Attributes = { ...kind, ArchivePolicy: '{"MessageRetentionPeriod":"2"}' };
  await sns(cloud, 'CreateTopic', { Name: 't.fifo', Attributes });
  const queue = { FifoQueue: 'true', Policy: openPolicy(queueArn('q.fifo')) };
  await sqs(cloud, 'CreateQueue', { QueueName: 'q.fifo', Attributes: queue });
  for (const Message of ['0', '60', '120']) await publish(Message, 60);
});

async function publish(Message: string, thenSeconds = 0): Promise<void> {
  expect(await sns(cloud, 'Publish', { TopicArn, Message, MessageGroupId: 'g' })).not.toHaveProperty('error');
  after(cloud, thenSeconds);
}

function policy(fromSeconds: number, toSeconds?: number): string {
  const instant = (seconds: number): string => new Date(startMs + seconds * 1_000).toISOString();
  const end = toSeconds === undefined ? {} : { EndingPoint: instant(toSeconds) };
  return JSON.stringify({ PointType: 'Timestamp', StartingPoint: instant(fromSeconds), ...end });
}

async function subscribe(Attributes: Record<string, string> = {}): Promise<string> {
  const request = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('q.fifo'), Attributes };
  const { SubscriptionArn } = await sns(cloud, 'Subscribe', request);
  return String(SubscriptionArn);
}

const setReplay = (SubscriptionArn: string, AttributeValue: string) =>
  sns(cloud, 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName: 'ReplayPolicy', AttributeValue });

const received = (): [string, boolean][] =>
  messagesIn(cloud, 'q.fifo')
    .map(({ body }) => JSON.parse(body) as { Message: string; Replayed?: boolean })
    .map(({ Message, Replayed = false }) => [Message, Replayed]);

describe('replay', () => {
  it('[SNS-71] begins with the subscription that has the policy from the start, and goes on with what is new', async () => {
    const SubscriptionArn = await subscribe({ ReplayPolicy: policy(30) });
    await publish('new');
    expect(received()).toEqual([
      ['60', true],
      ['120', true],
      ['new', false],
    ]);
    const { Attributes } = await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn });
    expect(Attributes).toMatchObject({ ReplayPolicy: policy(30), ReplayStatus: 'Completed' });
  });

  it('[SNS-71] subscribing once more replays nothing', async () => {
    await subscribe({ ReplayPolicy: policy(30) });
    await subscribe({ ReplayPolicy: policy(30) });
    expect(received()).toHaveLength(2);
  });

  it('[SNS-71] waits for a subscription to be confirmed', async () => {
    const other = '444455556666';
    const attributes = { FifoQueue: 'true', Policy: openPolicy(queueArn('far.fifo', other)) };
    await sqs(cloud, 'CreateQueue', { QueueName: 'far.fifo', Attributes: attributes }, { accountId: other });
    const request = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('far.fifo', other), ReturnSubscriptionArn: true };
    const { SubscriptionArn } = await sns(cloud, 'Subscribe', { ...request, Attributes: { ReplayPolicy: policy(90) } });
    const bodies = (): Record<string, string>[] =>
      messagesIn(cloud, 'far.fifo', other).map(({ body }) => JSON.parse(body) as Record<string, string>);
    expect(bodies().map(({ Type }) => Type)).toEqual(['SubscriptionConfirmation']);
    const { Attributes } = await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn });
    expect(Attributes).toMatchObject({ ReplayStatus: 'Pending' });
    const confirming = { TopicArn, Token: bodies()[0]!.Token };
    await sns(cloud, 'ConfirmSubscription', confirming, { accountId: other });
    await sns(cloud, 'ConfirmSubscription', confirming, { accountId: other });
    expect(bodies().map(({ Message, Type }) => (Type === 'Notification' ? Message : Type))).toEqual([
      'SubscriptionConfirmation',
      '120',
    ]);
  });

  it('[SNS-72] with an end pauses the subscription there, until a policy without one', async () => {
    const SubscriptionArn = await subscribe();
    await setReplay(SubscriptionArn, policy(30, 200));
    await publish('before the end', 30);
    await publish('after it', 30);
    expect(received().map(([Message]) => Message)).toEqual(['60', '120', 'before the end']);
    await setReplay(SubscriptionArn, policy(200));
    await publish('live');
    expect(received().slice(3)).toEqual([
      ['after it', true],
      ['live', false],
    ]);
  });

  it('[SNS-72] that is taken away lets new messages through again', async () => {
    const SubscriptionArn = await subscribe({ ReplayPolicy: policy(0, 30) });
    await publish('lost');
    await setReplay(SubscriptionArn, '');
    await publish('live');
    expect(received().map(([Message]) => Message)).toEqual(['0', 'live']);
  });
});

it('[SNS-70] what is older than the archive keeps is not replayed, whether or not anything was published since', async () => {
  const days = (n: number): number => n * 86_400;
  const begins = async (): Promise<string> => {
    const { Attributes } = await sns(cloud, 'GetTopicAttributes', { TopicArn });
    return (Attributes as Record<string, string>).BeginningArchiveTime!;
  };
  const instant = (seconds: number): string => new Date(startMs + seconds * 1_000).toISOString();
  after(cloud, days(2) - 90);
  expect(await begins()).toBe(instant(120));
  const SubscriptionArn = await subscribe({ ReplayPolicy: policy(0) });
  expect(received()).toEqual([['120', true]]);
  after(cloud, 90);
  expect(await begins()).toBe(instant(180));
  await setReplay(SubscriptionArn, policy(0));
  expect(received()).toHaveLength(1);
});

describe('a topic without an archive', () => {
  beforeEach(async () => {
    const off = { TopicArn, AttributeName: 'ArchivePolicy', AttributeValue: '{}' };
    expect(await sns(cloud, 'SetTopicAttributes', off)).toEqual({});
  });

  it('[SNS-73] has forgotten what it kept when it had one', async () => {
    const { Attributes } = await sns(cloud, 'GetTopicAttributes', { TopicArn });
    expect(Attributes).not.toHaveProperty('ArchivePolicy');
    expect(Attributes).not.toHaveProperty('BeginningArchiveTime');
    const on = { TopicArn, AttributeName: 'ArchivePolicy', AttributeValue: '{"MessageRetentionPeriod":"2"}' };
    await sns(cloud, 'SetTopicAttributes', on);
    await subscribe({ ReplayPolicy: policy(0) });
    expect(received()).toEqual([]);
  });

  it('[SNS-71] replays nothing, and a refused policy leaves no trace', async () => {
    const refused = 'Invalid parameter: ReplayPolicy Reason: the topic has no ArchivePolicy';
    const atOnce = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('q.fifo'), Attributes: { ReplayPolicy: policy(0) } };
    expect(await sns(cloud, 'Subscribe', atOnce)).toMatchObject({ error: 'InvalidParameter' });
    expect(await sns(cloud, 'ListSubscriptionsByTopic', { TopicArn })).toMatchObject({ Subscriptions: [] });
    const SubscriptionArn = await subscribe();
    expect(await setReplay(SubscriptionArn, policy(0))).toMatchObject({ message: refused });
    const { Attributes } = await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn });
    expect(Attributes).not.toHaveProperty('ReplayPolicy');
    expect(Attributes).not.toHaveProperty('ReplayStatus');
  });

  it('[SNS-73] can be deleted', async () => {
    expect(await sns(cloud, 'DeleteTopic', { TopicArn })).toEqual({});
  });
});

it('[SNS-73] a topic with an archive cannot be deleted', async () => {
  expect(await sns(cloud, 'DeleteTopic', { TopicArn })).toEqual({
    error: 'InvalidState',
    message: 'Invalid state: Cannot delete a topic with an ArchivePolicy',
  });
  expect(await sns(cloud, 'ListTopics', {})).toMatchObject({ Topics: [{ TopicArn }] });
});

it('[SNS-73] CreateTopic takes an empty policy for none', async () => {
  const Attributes = { FifoTopic: 'true', ArchivePolicy: '{}' };
  const made = await sns(cloud, 'CreateTopic', { Name: 'u.fifo', Attributes });
  expect(await sns(cloud, 'DeleteTopic', made)).toEqual({});
});
