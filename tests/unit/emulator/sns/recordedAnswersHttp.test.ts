/** An HTTP subscriber as AWS was recorded to treat it: what it is asked, what it gets, and what its links do. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, createCloud } from '../../../../src/emulator/cloud.ts';
import { lambdaEventText } from '../../../../src/emulator/sns/delivery/lambda.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';
import { startMs, topicArn } from './harness.ts';
import { ask, attributesIn, follow, invalid, refusalIn, textOf } from './recorded.ts';

const TopicArn = topicArn('t');
const Endpoint = 'http://example.com/sns-endpoint';

interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let cloud: Cloud;
let posts: Post[];

beforeEach(async () => {
  posts = [];
  const outbound = {
    post: (_: string, headers: Post['headers'], body: string) => {
      posts.push({ headers, body });
      return Promise.resolve({ status: 200 });
    },
  };
  const world = createWorld({ startMs, seed: 1 });
  cloud = createCloud({ world, accountId: '000000000000', region: 'us-east-1', outbound });
  await ask(cloud, 'CreateTopic', { Name: 't' });
});

async function subscribed(Attributes: object = {}): Promise<string> {
  const request = { TopicArn, Protocol: 'http', Endpoint, Attributes, ReturnSubscriptionArn: true };
  return textOf((await ask(cloud, 'Subscribe', request)).xml, 'SubscriptionArn')!;
}
const read = (post: Post | undefined): Record<string, string> => JSON.parse(post!.body);
const pending = async (SubscriptionArn: string) =>
  attributesIn(await ask(cloud, 'GetSubscriptionAttributes', { SubscriptionArn })).PendingConfirmation;

describe('[SNS-140] an endpoint', () => {
  it('is asked', async () => {
    await subscribed();
    const question = read(posts[0]);
    expect(Object.keys(question)).toEqual([
      ...['Type', 'MessageId', 'Token', 'TopicArn', 'Message', 'SubscribeURL', 'Timestamp'],
      ...['SignatureVersion', 'Signature', 'SigningCertURL'],
    ]);
    expect(question).toMatchObject({
      Type: 'SubscriptionConfirmation',
      TopicArn,
      Message: `You have chosen to subscribe to the topic ${TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `http://127.0.0.1:4566/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${question.Token}`,
      SignatureVersion: '1',
    });
    expect(posts[0]!.headers).toEqual({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': question.MessageId,
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      'accept-encoding': 'gzip,deflate',
    });
  });

  it('confirms by its link, with any topic’s name of the Region and none of another', async () => {
    const arn = await subscribed();
    const { SubscribeURL } = read(posts[0]);
    const link = (from: string, to: string) => follow(cloud, SubscribeURL!.replace(from, to));
    expect(refusalIn(await link(TopicArn, 'not-an-arn'))).toEqual(invalid('Topic'));
    expect(refusalIn(await link('us-east-1', 'eu-central-1'))).toEqual(invalid('Topic'));
    expect(await pending(arn)).toBe('true');
    expect(textOf((await link(TopicArn, topicArn('a'))).xml, 'SubscriptionArn')).toBe(arn);
    expect(await pending(arn)).toBe('false');
    const again = await follow(cloud, SubscribeURL!);
    expect([again.status, textOf(again.xml, 'SubscriptionArn')]).toEqual([200, arn]);
  });

  it.each([
    ['in the envelope', {}, undefined, 'text/plain; charset=UTF-8'],
    ['bare', { RawMessageDelivery: 'true' }, undefined, 'text/plain; charset=UTF-8'],
    [
      'bare, with its own content type',
      { RawMessageDelivery: 'true', DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}' },
      undefined,
      'text/csv',
    ],
    [
      'in the envelope, with the topic’s content type beside retries of its own',
      {
        DeliveryPolicy:
          '{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0},"throttlePolicy":{"maxReceivesPerSecond":1000}}',
      },
      '{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}',
      'application/json',
    ],
  ])('gets a message %s', async (_, attributes, ofTopic, contentType) => {
    if (ofTopic !== undefined) {
      await ask(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue: ofTopic });
    }
    const arn = await subscribed(attributes);
    await follow(cloud, read(posts[0]).SubscribeURL!);
    const { xml } = await ask(cloud, 'Publish', { TopicArn, Message: 'test_external_http_endpoint' });
    const { headers, body } = posts[1]!;
    const raw = 'RawMessageDelivery' in attributes;
    expect(headers).toEqual({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': textOf(xml, 'MessageId'),
      'x-amz-sns-topic-arn': TopicArn,
      'x-amz-sns-subscription-arn': arn,
      ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
      'content-type': contentType,
      'user-agent': 'Amazon Simple Notification Service Agent',
      'accept-encoding': 'gzip,deflate',
    });
    expect(raw ? body : JSON.parse(body).Message).toBe('test_external_http_endpoint');
  });

  it('leaves by its link, is told, and comes back by the link that it is told', async () => {
    const arn = await subscribed();
    await follow(cloud, read(posts[0]).SubscribeURL!);
    await ask(cloud, 'Publish', { TopicArn, Message: 'x' });
    const left = await follow(cloud, read(posts[1]).UnsubscribeURL!);
    expect(left.status).toBe(200);
    expect(left.xml).toContain('<UnsubscribeResponse ');

    const question = read(posts[2]);
    expect(question).toMatchObject({
      Type: 'UnsubscribeConfirmation',
      TopicArn,
      Message: `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `http://127.0.0.1:4566/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${question.Token}`,
    });
    expect(posts[2]!.headers).toMatchObject({
      'x-amz-sns-message-type': 'UnsubscribeConfirmation',
      'x-amz-sns-subscription-arn': arn,
    });
    await ask(cloud, 'Publish', { TopicArn, Message: 'meanwhile' });
    expect(posts).toHaveLength(3);
    for (let n = 0; n < 2; n++) {
      expect(textOf((await follow(cloud, question.SubscribeURL!)).xml, 'SubscriptionArn')).toBe(arn);
    }
    await ask(cloud, 'Publish', { TopicArn, Message: 'back' });
    expect(posts.slice(3).map((post) => read(post).Message)).toEqual(['back']);
  });

  it('that subscribed again meanwhile does not come back twice', async () => {
    await subscribed();
    await follow(cloud, read(posts[0]).SubscribeURL!);
    await ask(cloud, 'Publish', { TopicArn, Message: 'x' });
    await follow(cloud, read(posts[1]).UnsubscribeURL!);
    const arn = await subscribed();
    expect(textOf((await follow(cloud, read(posts[2]).SubscribeURL!)).xml, 'SubscriptionArn')).toBe(arn);
    const { xml } = await ask(cloud, 'ListSubscriptionsByTopic', { TopicArn });
    expect(xml.match(/<Endpoint>/g)).toHaveLength(1);
  });
});

it('[SNS-141] Lambda hears of version 1, also where the signature is of version 2', async () => {
  await ask(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' });
  const request = { TopicArn, Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:000000000000:function:f' };
  const arn = textOf((await ask(cloud, 'Subscribe', request)).xml, 'SubscriptionArn')!;
  const subscription = cloud.home.sns.subscriptionFor(arn);
  const signer = { sign: (_: string, version: string) => `of version ${version}`, certificateUrl: () => 'url' };
  const message = {
    messageId: 'm',
    topicArn: TopicArn,
    publishedAtMs: startMs,
    subject: null,
    body: 'Hello world.',
    bodies: null,
    attributes: null,
    groupId: null,
    deduplicationId: null,
    sequenceNumber: null,
    origin: 'http://127.0.0.1:4566',
    replayed: false,
  };
  const { Sns } = JSON.parse(lambdaEventText(message, subscription, signer)).Records[0];
  expect(Sns).toMatchObject({ SignatureVersion: '1', Signature: 'of version 2', Subject: null, MessageAttributes: {} });
});
