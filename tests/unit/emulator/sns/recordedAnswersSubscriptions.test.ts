/** Subscriptions as AWS was recorded to answer about them: endpoints, attributes, the same one again. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { queueArn, testCloud, topicArn } from './harness.ts';
import { ask, attributesIn, invalid, invalidValue, refused, textOf } from './recorded.ts';

const TopicArn = topicArn('t');

async function withTopics(): Promise<Cloud> {
  const cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
  await ask(cloud, 'CreateTopic', { Name: 't.fifo', Attributes: { FifoTopic: 'true' } });
  return cloud;
}

/** @returns its ARN, or what AWS says instead of one */
async function subscribed(cloud: Cloud, Protocol: string, Endpoint: string, over: object = {}): Promise<string> {
  const { xml } = await ask(cloud, 'Subscribe', { TopicArn, Protocol, Endpoint, ...over });
  return textOf(xml, 'SubscriptionArn') ?? xml;
}

const attributesOf = async (cloud: Cloud, SubscriptionArn: string) =>
  attributesIn(await ask(cloud, 'GetSubscriptionAttributes', { SubscriptionArn }));

const isArn = /^arn:aws:sns:us-east-1:000000000000:t(\.fifo)?:[\da-f-]{36}$/;

describe('[SNS-110] who is subscribed at once, and who is asked', () => {
  it.each([
    ['sqs', queueArn('q')],
    ['sqs', queueArn('no-such-queue')],
    ['sms', '+1234567890'],
    ['sms', '+12/34-567.890'],
    ['lambda', 'arn:aws:lambda:us-east-1:000000000000:function:f'],
  ])('%s %s: at once', async (protocol, endpoint) => {
    expect(await subscribed(await withTopics(), protocol, endpoint)).toMatch(isArn);
  });

  it.each([
    ['http', 'http://example.com/'],
    ['https', 'https://example.com/'],
    ['email', 'a@example.com'],
    ['email-json', 'a@example.com'],
  ])('%s %s: asked, and known by its ARN to who wants it', async (protocol, endpoint) => {
    const cloud = await withTopics();
    expect(await subscribed(cloud, protocol, endpoint)).toBe('pending confirmation');
    const arn = await subscribed(cloud, protocol, endpoint, { ReturnSubscriptionArn: true });
    expect(arn).toMatch(isArn);
    expect(await attributesOf(cloud, arn)).toMatchObject({
      PendingConfirmation: 'true',
      ConfirmationWasAuthenticated: 'false',
    });
    const { xml } = await ask(cloud, 'ListSubscriptionsByTopic', { TopicArn });
    expect(textOf(xml, 'SubscriptionArn')).toBe('PendingConfirmation');
  });

  it.each([
    ['test-protocol', 'a@example.com', invalid('Amazon SNS does not support this protocol string: test-protocol')],
    ['sqs', 'http://sqs.us-east-1.localhost:4566/000000000000/q', invalid('SQS endpoint ARN')],
    ['sqs', 'unknown', invalid('SQS endpoint ARN')],
    ['email', 'this is not an email', invalid('Email address')],
    ['http', 'https://example.com', invalid('Endpoint must match the specified protocol')],
    ...[
      TopicArn,
      'arn:aws:sns:US-EAST-1:000000000000:endpoint/GCM/a/b',
      'arn:aws:sns::000000000000:endpoint/GCM/a/b',
    ].map((arn) => ['application', arn, invalid(`Application endpoint arn invalid:${arn}`)] as const),
    ...['invalid-number', '+15--551234567', 'NAA+15551234567', '+15551234567.', '/+15551234567'].map(
      (number) => ['sms', number, invalidValue(`Invalid SMS endpoint: ${number}`)] as const,
    ),
    [
      'sqs',
      queueArn('q.fifo'),
      invalid('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics'),
    ],
    [
      'firehose',
      'arn:aws:firehose:us-east-1:000000000000:deliverystream/s',
      invalid('Delivery protocol firehose can only be subscribed with subscription role arn'),
    ],
  ] as const)('%s %s: refused', async (Protocol, Endpoint, refusal) => {
    expect(await refused(await withTopics(), 'Subscribe', { TopicArn, Protocol, Endpoint })).toEqual(refusal);
  });

  it('to a FIFO topic also a standard queue, and nothing but queues', async () => {
    const cloud = await withTopics();
    const fifo = { TopicArn: topicArn('t.fifo') };
    expect(await subscribed(cloud, 'sqs', queueArn('q'), fifo)).toMatch(isArn);
    expect(await subscribed(cloud, 'sqs', queueArn('q.fifo'), fifo)).toMatch(isArn);
    expect(await refused(cloud, 'Subscribe', { ...fifo, Protocol: 'email', Endpoint: 'a@example.com' })).toEqual(
      invalid('Invalid protocol type: email'),
    );
  });
});

describe('[SNS-111] what a subscription shows', () => {
  const shown = (arn: string, over: object = {}) => ({
    ConfirmationWasAuthenticated: 'true',
    Endpoint: queueArn('q'),
    Owner: '000000000000',
    PendingConfirmation: 'false',
    Protocol: 'sqs',
    RawMessageDelivery: 'false',
    SubscriptionArn: arn,
    SubscriptionPrincipal: 'arn:aws:iam::000000000000:root',
    TopicArn,
    ...over,
  });

  it.each<[string, object, object]>([
    ['no attributes', {}, {}],
    [
      'attributes that come to nothing, and case that does not matter',
      { RawMessageDelivery: 'TrUe', FilterPolicyScope: 'MessageBody', FilterPolicy: '' },
      { RawMessageDelivery: 'true' },
    ],
    [
      'a filter, whose scope is shown',
      { FilterPolicy: '{"attr1": [{"numeric": [">", 0, "<=", 100]}]}' },
      { FilterPolicy: { attr1: [{ numeric: ['>', 0, '<=', 100] }] }, FilterPolicyScope: 'MessageAttributes' },
    ],
    [
      'a dead-letter queue',
      { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('d') }) },
      { RedrivePolicy: { deadLetterTargetArn: queueArn('d') } },
    ],
  ])('of a queue with %s', async (_, Attributes, over) => {
    const cloud = await withTopics();
    const arn = await subscribed(cloud, 'sqs', queueArn('q'), { Attributes });
    expect(await attributesOf(cloud, arn)).toEqual(shown(arn, over));
  });

  it('a scope only from the first filter on, also when it was set before', async () => {
    const cloud = await withTopics();
    const arn = await subscribed(cloud, 'sqs', queueArn('q'));
    const set = (AttributeName: string, AttributeValue: string) =>
      ask(cloud, 'SetSubscriptionAttributes', { SubscriptionArn: arn, AttributeName, AttributeValue });
    await set('FilterPolicyScope', 'MessageBody');
    expect(await attributesOf(cloud, arn)).toEqual(shown(arn));
    await set('FilterPolicy', '{"object": {"key": [{"prefix": "auto-"}]}}');
    expect(await attributesOf(cloud, arn)).toEqual(
      shown(arn, { FilterPolicy: { object: { key: [{ prefix: 'auto-' }] } }, FilterPolicyScope: 'MessageBody' }),
    );
  });

  const healthy = {
    minDelayTarget: 1,
    maxDelayTarget: 1,
    numRetries: 0,
    numMaxDelayRetries: 0,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    backoffFunction: 'linear',
  };
  const nothing = {
    healthyRetryPolicy: null,
    sicklyRetryPolicy: null,
    throttlePolicy: null,
    requestPolicy: null,
    guaranteed: false,
  };
  const usual = {
    ...nothing,
    healthyRetryPolicy: { ...healthy, minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3 },
    requestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  };

  it.each<[string, object | undefined, object | undefined, object | undefined, object]>([
    ['of nobody', undefined, undefined, undefined, usual],
    [
      'of its own',
      undefined,
      { requestPolicy: { headerContentType: 'text/csv' } },
      { ...nothing, requestPolicy: { headerContentType: 'text/csv' } },
      { ...usual, requestPolicy: { headerContentType: 'text/csv' } },
    ],
    [
      'of its own, completed by the topic’s',
      { http: { defaultRequestPolicy: { headerContentType: 'application/json' } } },
      {
        guaranteed: false,
        sicklyRetryPolicy: null,
        throttlePolicy: { maxReceivesPerSecond: 1000 },
        healthyRetryPolicy: Object.fromEntries(Object.entries(healthy).reverse()),
      },
      { ...nothing, healthyRetryPolicy: healthy, throttlePolicy: { maxReceivesPerSecond: 1000 } },
      {
        ...nothing,
        healthyRetryPolicy: healthy,
        throttlePolicy: { maxReceivesPerSecond: 1000 },
        requestPolicy: { headerContentType: 'application/json' },
      },
    ],
  ])('[SNS-101] a delivery policy %s', async (_, ofTopic, own, written, effective) => {
    const cloud = await withTopics();
    if (ofTopic !== undefined) {
      const AttributeValue = JSON.stringify(ofTopic);
      await ask(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue });
    }
    const Attributes = own === undefined ? {} : { DeliveryPolicy: JSON.stringify(own) };
    const arn = await subscribed(cloud, 'http', 'http://example.com/', { Attributes, ReturnSubscriptionArn: true });
    const found = await attributesOf(cloud, arn);
    // The order is the service's own, too.
    expect(JSON.stringify(found.DeliveryPolicy)).toBe(JSON.stringify(written));
    expect(JSON.stringify(found.EffectiveDeliveryPolicy)).toBe(JSON.stringify(effective));
  });
});

describe('[SNS-112] attributes that are refused', () => {
  const redrive = (arn: string) => JSON.stringify({ deadLetterTargetArn: arn });
  const redacted = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column:';

  /** As SetSubscriptionAttributes says it; Subscribe has `Attributes Reason: ` in front. */
  it.each([
    ['RawMessageDelivery', 'test-ValUe', 'RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.'],
    ['RawMessageDelivery', '', 'RawMessageDelivery: Invalid value []. Must be true or false.'],
    [
      'FilterPolicyScope',
      'RandomValue',
      'FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes',
    ],
    ['RedrivePolicy', redrive('fake-arn'), 'RedrivePolicy: deadLetterTargetArn is an invalid arn'],
    ['RedrivePolicy', '{}', 'RedrivePolicy: Missing deadLetterTargetArn attribute'],
    ['RedrivePolicy', redrive(TopicArn), 'RedrivePolicy: deadLetterTargetArn must be a SQS queue'],
    [
      'RedrivePolicy',
      redrive(queueArn('d', '000000000000', 'eu-west-1')),
      'RedrivePolicy: deadLetterTargetArn must be in the same region as the subscription',
    ],
    [
      'RedrivePolicy',
      '{invalidjson}',
      `RedrivePolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at ${redacted} 2]`,
    ],
    [
      'FilterPolicy',
      '{invalidjson}',
      `FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at ${redacted} 2]`,
    ],
    [
      'FilterPolicy',
      'invalid-json',
      `FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${redacted} 8]`,
    ],
    [
      'FilterPolicy',
      '{"object":{"key":[{"prefix":"auto-"}]}}',
      'Filter policy scope MessageAttributes does not support nested filter policy',
    ],
  ])('%s %s', async (name, value, reason) => {
    const cloud = await withTopics();
    const request = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('q') };
    expect(await refused(cloud, 'Subscribe', { ...request, Attributes: { [name]: value } })).toEqual(
      invalid(`Attributes Reason: ${reason}`),
    );
    const SubscriptionArn = await subscribed(cloud, 'sqs', queueArn('q'));
    const set = { SubscriptionArn, AttributeName: name, AttributeValue: value };
    expect(await refused(cloud, 'SetSubscriptionAttributes', set)).toEqual(invalid(reason));
    expect(await attributesOf(cloud, SubscriptionArn)).not.toHaveProperty('RedrivePolicy');
  });

  it('one that there is not', async () => {
    const cloud = await withTopics();
    const SubscriptionArn = await subscribed(cloud, 'sqs', queueArn('q'));
    const set = { SubscriptionArn, AttributeName: 'FakeAttribute', AttributeValue: 'test-value' };
    expect(await refused(cloud, 'SetSubscriptionAttributes', set)).toEqual(invalid('AttributeName'));
  });

  it.each([
    ['email', 'a@example.com'],
    ['sms', '+1234567890'],
    ['lambda', 'arn:aws:lambda:us-east-1:000000000000:function:f'],
  ])('raw delivery to %s', async (protocol, endpoint) => {
    const cloud = await withTopics();
    const reason = `Delivery protocol [${protocol}] does not support raw message delivery.`;
    const request = { TopicArn, Protocol: protocol, Endpoint: endpoint };
    expect(await refused(cloud, 'Subscribe', { ...request, Attributes: { RawMessageDelivery: 'true' } })).toEqual(
      invalid(`Attributes Reason: ${reason}`),
    );
    const SubscriptionArn = await subscribed(cloud, protocol, endpoint, { ReturnSubscriptionArn: true });
    const set = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    expect(await refused(cloud, 'SetSubscriptionAttributes', set)).toEqual(invalid(reason));
  });

  it('a standard dead-letter queue behind a FIFO queue; behind a standard queue of a FIFO topic it may be', async () => {
    const cloud = await withTopics();
    const fifo = { TopicArn: topicArn('t.fifo') };
    const redriveTo = (SubscriptionArn: string) => ({
      SubscriptionArn,
      AttributeName: 'RedrivePolicy',
      AttributeValue: redrive(queueArn('d')),
    });
    const standard = await subscribed(cloud, 'sqs', queueArn('q'), fifo);
    expect((await ask(cloud, 'SetSubscriptionAttributes', redriveTo(standard))).status).toBe(200);
    const ordered = await subscribed(cloud, 'sqs', queueArn('q.fifo'), fifo);
    expect(await refused(cloud, 'SetSubscriptionAttributes', redriveTo(ordered))).toEqual(
      invalid('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.'),
    );
  });
});

it('[SNS-113] the same endpoint again is the same subscription while the attributes come to the same', async () => {
  const cloud = await withTopics();
  const again = (Attributes?: object) =>
    subscribed(cloud, 'sqs', queueArn('q'), { ReturnSubscriptionArn: true, ...(Attributes && { Attributes }) });
  const arn = await again({ RawMessageDelivery: 'True' });
  expect(await attributesOf(cloud, arn)).toMatchObject({ RawMessageDelivery: 'true' });
  for (const attributes of [
    { RawMessageDelivery: 'true' },
    { RawMessageDelivery: 'true', FilterPolicyScope: 'MessageAttributes' },
    undefined,
    {},
    { FilterPolicyScope: 'MessageAttributes' },
  ]) {
    expect(await again(attributes)).toBe(arn);
  }
  const request = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('q') };
  for (const Attributes of [
    { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageBody' },
    { FilterPolicy: '{"a":["b"]}' },
  ]) {
    expect(await refused(cloud, 'Subscribe', { ...request, Attributes })).toEqual(
      invalid('Attributes Reason: Subscription already exists with different attributes'),
    );
  }
});
