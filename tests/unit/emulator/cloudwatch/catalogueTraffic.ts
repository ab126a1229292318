/**
 * For every metric of the catalogue the traffic that brings it about, on the virtual clock, and what CloudWatch must show of it, minute by
 * minute. What this emulator cannot have is listed with the reason.
 */
import type { Statistic } from '../../../../src/core/model/resources.ts';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { openPolicy, queueArn, sns, sqs } from '../sns/harness.ts';
import { startMs } from '../wire/exchange.ts';

/** null: no point. */
export type Minutes = readonly (number | null)[];

export interface Expected {
  readonly traffic: (cloud: Cloud) => Promise<void>;
  readonly dimensions: Readonly<Record<string, string>>;
  /** From the first minute on; what follows the last one is as the last one for six hours, and then nothing. */
  readonly points: Partial<Readonly<Record<Statistic, Minutes>>>;
}

const at = (cloud: Cloud, seconds: number): void => cloud.world.advanceTo(startMs + seconds * 1_000);
const url = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;

async function receive(cloud: Cloud, name: string, MaxNumberOfMessages: number, VisibilityTimeout = 60) {
  const { Messages = [] } = await sqs(cloud, 'ReceiveMessage', {
    QueueUrl: url(name),
    MaxNumberOfMessages,
    VisibilityTimeout,
    WaitTimeSeconds: 0,
  });
  return Messages as { ReceiptHandle: string }[];
}

/** Samples are taken at 0, 10, 20, 30, 40 and 50 s of a minute. */
async function ofStandardQueue(cloud: Cloud): Promise<void> {
  const send = (MessageBody: string, DelaySeconds = 0) =>
    sqs(cloud, 'SendMessage', { QueueUrl: url('orders'), MessageBody, DelaySeconds });
  const remove = ({ ReceiptHandle }: { ReceiptHandle: string }) =>
    sqs(cloud, 'DeleteMessage', { QueueUrl: url('orders'), ReceiptHandle });
  await sqs(cloud, 'CreateQueue', { QueueName: 'orders' });
  at(cloud, 5);
  for (const body of ['a', 'bb', 'cccc']) await send(body);
  at(cloud, 15);
  await send('d', 20);
  at(cloud, 25);
  const [first] = await receive(cloud, 'orders', 10);
  await receive(cloud, 'orders', 10);
  at(cloud, 45);
  await remove(first!);
  // The two others come back at 85 s.
  at(cloud, 95);
  for (const message of await receive(cloud, 'orders', 10)) await remove(message);
}

async function ofFairQueue(cloud: Cloud): Promise<void> {
  await sqs(cloud, 'CreateQueue', { QueueName: 'fair' });
  const send = (MessageGroupId: string, DelaySeconds = 0) =>
    sqs(cloud, 'SendMessage', { QueueUrl: url('fair'), MessageBody: 'x', MessageGroupId, DelaySeconds });
  at(cloud, 5);
  for (let n = 0; n < 60; n++) await send('loud');
  for (let n = 0; n < 4; n++) await receive(cloud, 'fair', 10, 43_200);
  at(cloud, 6);
  for (let n = 0; n < 3; n++) await send('calm');
  await send('calm', 900);
  // Quiet groups go first.
  await receive(cloud, 'fair', 1, 43_200);
}

async function ofFifoQueue(cloud: Cloud): Promise<void> {
  await sqs(cloud, 'CreateQueue', { QueueName: 'steps.fifo', Attributes: { FifoQueue: 'true' } });
  const send = (MessageGroupId: string, MessageDeduplicationId: string) =>
    sqs(cloud, 'SendMessage', {
      QueueUrl: url('steps.fifo'),
      MessageBody: 'x',
      MessageGroupId,
      MessageDeduplicationId,
    });
  at(cloud, 5);
  await send('g1', '1');
  await send('g2', '2');
  await send('g2', '2');
  await send('g1', '1');
  await send('g1', '1');
  at(cloud, 25);
  for (const { ReceiptHandle } of await receive(cloud, 'steps.fifo', 10)) {
    at(cloud, 45);
    await sqs(cloud, 'DeleteMessage', { QueueUrl: url('steps.fifo'), ReceiptHandle });
  }
}

/** A topic with the subscriptions given; queues `open` and `dead` take what comes, `none` is not there. */
async function topicWith(cloud: Cloud, subscriptions: readonly (readonly [string, Record<string, unknown>])[]) {
  for (const QueueName of ['open', 'dead'])
    await sqs(cloud, 'CreateQueue', { QueueName, Attributes: { Policy: openPolicy(queueArn(QueueName)) } });
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 'news' });
  for (const [queue, Attributes] of subscriptions)
    await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes });
  at(cloud, 5);
  return (Message: string, more: Record<string, unknown> = {}) => sns(cloud, 'Publish', { TopicArn, Message, ...more });
}
const attribute = (DataType: string, StringValue: string) => ({ MessageAttributes: { a: { DataType, StringValue } } });

async function ofDeliveries(cloud: Cloud): Promise<void> {
  const redrive = (queue: string) => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(queue) }) });
  const publish = await topicWith(cloud, [
    ['open', {}],
    ['none', redrive('dead')],
    ['gone', redrive('nowhere')],
  ]);
  await publish('12345');
  await publish('1');
  at(cloud, 65);
  await publish('123');
}

async function ofAttributeFilters(cloud: Cloud): Promise<void> {
  const publish = await topicWith(cloud, [['open', { FilterPolicy: '{"a":["b"]}' }]]);
  await publish('passes', attribute('String', 'b'));
  await publish('another', attribute('String', 'c'));
  await publish('another', attribute('String', 'd'));
  await publish('none');
  await publish('malformed', attribute('String.Array', '["b"'));
}

async function ofBodyFilters(cloud: Cloud): Promise<void> {
  const filter = { FilterPolicy: '{"a":["b"]}', FilterPolicyScope: 'MessageBody' };
  const publish = await topicWith(cloud, [['open', filter]]);
  await publish('{"a":"b"}');
  await publish('{"a":"c"}');
  await publish('no JSON');
  await publish('nor this');
}

/** A number that ends in 99 is opted out, so what is sent to it does not arrive. */
async function toPhones(cloud: Cloud): Promise<void> {
  const publish = (PhoneNumber: string, Message: string) => sns(cloud, 'Publish', { PhoneNumber, Message });
  at(cloud, 5);
  await publish('+15550100', '12345');
  await publish('+15550100', '123');
  await publish('+15550199', 'no');
  await sns(cloud, 'OptInPhoneNumber', { phoneNumber: '+15550199' });
  at(cloud, 65);
  await publish('+15550199', 'yes');
}

/** Tokens that end in deadbeef are known no more, which disables the endpoint. */
async function toDevices(cloud: Cloud): Promise<void> {
  const made = await sns(cloud, 'CreatePlatformApplication', {
    Name: 'shop',
    Platform: 'GCM',
    Attributes: { PlatformCredential: 'key' },
  });
  const { PlatformApplicationArn } = made;
  const endpoint = async (Token: string) =>
    (await sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token })).EndpointArn;
  const [good, gone] = [await endpoint('token'), await endpoint('token-deadbeef')];
  at(cloud, 5);
  await sns(cloud, 'Publish', { TargetArn: good, Message: '12345' });
  await sns(cloud, 'Publish', { TargetArn: good, Message: '1' });
  await sns(cloud, 'Publish', { TargetArn: gone, Message: '123' });
}

const orders = { traffic: ofStandardQueue, dimensions: { QueueName: 'orders' } };
const fair = { traffic: ofFairQueue, dimensions: { QueueName: 'fair' } };
const steps = { traffic: ofFifoQueue, dimensions: { QueueName: 'steps.fifo' } };
const news = { dimensions: { TopicName: 'news' } };
const deliveries = { ...news, traffic: ofDeliveries };
const byAttributes = { ...news, traffic: ofAttributeFilters };
const byBody = { ...news, traffic: ofBodyFilters };
const phone = { traffic: toPhones, dimensions: { PhoneNumber: '+15550100' } };
const optedOut = { traffic: toPhones, dimensions: { PhoneNumber: '+15550199' } };

const ofDevices = (dimension: 'Application' | 'Platform', value: string): Record<string, Expected> => {
  const devices = { traffic: toDevices, dimensions: { [dimension]: value } };
  return {
    [`NumberOfMessagesPublished ${dimension}`]: { ...devices, points: { Sum: [3, 0] } },
    [`NumberOfNotificationsDelivered ${dimension}`]: { ...devices, points: { Sum: [2, 0] } },
    [`NumberOfNotificationsFailed ${dimension}`]: { ...devices, points: { Sum: [1, 0], Average: [1, 0] } },
    [`PublishSize ${dimension}`]: {
      ...devices,
      points: { Average: [3, null], Maximum: [5, null], Minimum: [1, null], SampleCount: [3, null] },
    },
  };
};

/** By metric and the names of its dimensions. */
export const brought: Readonly<Record<string, Expected>> = {
  'ApproximateNumberOfMessagesVisible QueueName': {
    ...orders,
    // 0 3 3 0 1 1, then 1 1 1 3 0 0, then zeros while the queue is active.
    points: { Maximum: [3, 3, 0], Average: [8 / 6, 1, 0], Minimum: [0, 0, 0] },
  },
  'ApproximateNumberOfMessagesNotVisible QueueName': {
    ...orders,
    // 0 0 0 3 3 2, then 2 2 2 0 0 0; nothing in flight is no zero.
    points: { Maximum: [3, 2, null], Average: [8 / 6, 1, null], Minimum: [0, 0, null] },
  },
  'ApproximateNumberOfMessagesDelayed QueueName': {
    ...orders,
    points: { Maximum: [1, null, null], Average: [2 / 6, null, null], Minimum: [0, null, null] },
  },
  'ApproximateAgeOfOldestMessage QueueName': { ...orders, points: { Maximum: [45, 85, null] } },
  'NumberOfMessagesSent QueueName': { ...orders, points: { Sum: [4, 0, 0] } },
  'NumberOfMessagesReceived QueueName': { ...orders, points: { Sum: [3, 3, 0] } },
  'NumberOfMessagesDeleted QueueName': { ...orders, points: { Sum: [1, 3, 0] } },
  'NumberOfEmptyReceives QueueName': { ...orders, points: { Sum: [1, 0, 0] } },
  'SentMessageSize QueueName': {
    ...orders,
    points: { Average: [2, null], Maximum: [4, null], Minimum: [1, null], SampleCount: [4, null] },
  },
  'NumberOfDeduplicatedSentMessages QueueName': { ...steps, points: { Sum: [3, null] } },
  'ApproximateNumberOfGroupsWithInflightMessages QueueName': {
    ...steps,
    // 0 0 0 2 2 0
    points: { Maximum: [2, 0], Average: [4 / 6, 0] },
  },
  'ApproximateNumberOfNoisyGroups QueueName': { ...fair, points: { Maximum: [1, 1], Average: [1, 1] } },
  'ApproximateNumberOfMessagesVisibleInQuietGroups QueueName': {
    ...fair,
    points: { Maximum: [2, 2], Average: [2, 2] },
  },
  'ApproximateNumberOfMessagesNotVisibleInQuietGroups QueueName': {
    ...fair,
    points: { Maximum: [1, 1], Average: [1, 1] },
  },
  'ApproximateNumberOfMessagesDelayedInQuietGroups QueueName': {
    ...fair,
    points: { Maximum: [1, 1], Average: [1, 1] },
  },
  'ApproximateAgeOfOldestMessageInQuietGroups QueueName': { ...fair, points: { Maximum: [44, 104, 164] } },
  'NumberOfMessagesPublished TopicName': { ...deliveries, points: { Sum: [2, 1, 0] } },
  'NumberOfNotificationsDelivered TopicName': { ...deliveries, points: { Sum: [2, 1, 0] } },
  'NumberOfNotificationsFailed TopicName': { ...deliveries, points: { Sum: [4, 2, 0], Average: [4, 2, 0] } },
  'NumberOfNotificationsRedrivenToDlq TopicName': { ...deliveries, points: { Sum: [2, 1, 0], Average: [2, 1, 0] } },
  'NumberOfNotificationsFailedToRedriveToDlq TopicName': {
    ...deliveries,
    points: { Sum: [2, 1, 0], Average: [2, 1, 0] },
  },
  'PublishSize TopicName': {
    ...deliveries,
    points: { Average: [3, 3, null], Maximum: [5, 3, null], Minimum: [1, 3, null], SampleCount: [2, 1, null] },
  },
  'NumberOfNotificationsFilteredOut TopicName': { ...byAttributes, points: { Sum: [4, 0], Average: [4, 0] } },
  'NumberOfNotificationsFilteredOut-MessageAttributes TopicName': {
    ...byAttributes,
    points: { Sum: [2, 0], Average: [2, 0] },
  },
  'NumberOfNotificationsFilteredOut-NoMessageAttributes TopicName': {
    ...byAttributes,
    points: { Sum: [1, 0], Average: [1, 0] },
  },
  'NumberOfNotificationsFilteredOut-InvalidAttributes TopicName': {
    ...byAttributes,
    points: { Sum: [1, 0], Average: [1, 0] },
  },
  'NumberOfNotificationsFilteredOut-MessageBody TopicName': { ...byBody, points: { Sum: [1, 0], Average: [1, 0] } },
  'NumberOfNotificationsFilteredOut-InvalidMessageBody TopicName': {
    ...byBody,
    points: { Sum: [2, 0], Average: [2, 0] },
  },
  ...ofDevices('Application', 'shop'),
  ...ofDevices('Platform', 'GCM'),
  'NumberOfMessagesPublished PhoneNumber': { ...phone, points: { Sum: [2, 0] } },
  'NumberOfNotificationsDelivered PhoneNumber': { ...phone, points: { Sum: [2, 0] } },
  'NumberOfNotificationsFailed PhoneNumber': { ...optedOut, points: { Sum: [1, 0], Average: [1, 0] } },
  'PublishSize PhoneNumber': {
    ...phone,
    points: { Average: [4, null], Maximum: [5, null], Minimum: [3, null], SampleCount: [2, null] },
  },
  'SMSSuccessRate PhoneNumber': {
    ...optedOut,
    points: { Average: [0, 1, null], Sum: [0, 1, null], SampleCount: [1, 1, null] },
  },
};

const noFilter = 'Only subscriptions have filter policies, and what is sent to a phone or a device directly has none.';
const noRedrive =
  'Only subscriptions have dead-letter queues, and what is sent to a phone or a device directly has none.';
const ofSubscriptions: readonly (readonly [metricName: string, reason: string])[] = [
  ['NumberOfNotificationsFilteredOut', noFilter],
  ['NumberOfNotificationsFilteredOut-MessageAttributes', noFilter],
  ['NumberOfNotificationsFilteredOut-MessageBody', noFilter],
  ['NumberOfNotificationsFilteredOut-InvalidAttributes', noFilter],
  ['NumberOfNotificationsFilteredOut-NoMessageAttributes', noFilter],
  ['NumberOfNotificationsFilteredOut-InvalidMessageBody', noFilter],
  ['NumberOfNotificationsRedrivenToDlq', noRedrive],
  ['NumberOfNotificationsFailedToRedriveToDlq', noRedrive],
];

/** By metric and the names of its dimensions, with the reason. */
export const absent: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ofSubscriptions.flatMap(([metricName, reason]) =>
      ['Application', 'Platform', 'PhoneNumber'].map((dimension) => [`${metricName} ${dimension}`, reason]),
    ),
  ),
  'SMSSuccessRate Country SMSType': 'No carrier is asked here, so no text message has a country.',
  SMSMonthToDateSpentUSD: 'Text messages cost nothing here, and what they would cost depends on carriers.',
};

/** Published as AWS does, though the catalogue has no entry for it: counts of a topic with a data protection policy. */
export const beyond: readonly string[] = ['MessagesWithFindings TopicName', 'MessagesWithNoFindings TopicName'];
