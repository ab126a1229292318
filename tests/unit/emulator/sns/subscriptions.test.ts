import { describe, expect, it } from 'vitest';
import { after, queueArn, sns, testCloud, topicArn, topicWithQueue } from './harness.ts';

const TopicArn = topicArn('t');

async function withTopic() {
  const cloud = testCloud();
  await sns(cloud, 'CreateTopic', { Name: 't' });
  const subscribe = (Protocol: string, Endpoint?: string, over = {}) =>
    sns(cloud, 'Subscribe', { TopicArn, Protocol, ...(Endpoint === undefined ? {} : { Endpoint }), ...over });
  return { cloud, subscribe };
}

describe('Subscribe', () => {
  it.each([
    ['fax', 'x', 'Amazon SNS does not support this protocol string: fax'],
    ['__proto__', 'x', 'Amazon SNS does not support this protocol string: __proto__'],
    ['sqs', undefined, 'Invalid parameter: Endpoint'],
    ['sqs', 'x', 'Invalid parameter: SQS endpoint ARN'],
    ['http', 'https://example.com', 'Endpoint must match the specified protocol'],
    ['https', 'http://example.com', 'Endpoint must match the specified protocol'],
    ['email', 'nobody', 'Invalid parameter: Email address'],
    ['sms', 'me', 'Invalid SMS endpoint: me'],
    ['lambda', queueArn('q'), 'Invalid parameter: Lambda endpoint ARN'],
    ['firehose', queueArn('q'), 'Invalid parameter: Firehose endpoint ARN'],
    ['application', 'x', 'Application endpoint arn invalid'],
    ['sqs', queueArn('q.fifo'), 'FIFO SQS Queues can not be subscribed to standard SNS topics'],
  ])('%s to %s is refused', async (protocol, endpoint, words) => {
    const { subscribe } = await withTopic();
    const refused = await subscribe(protocol, endpoint);
    expect(refused).toEqual({ error: 'InvalidParameter', message: expect.stringContaining(words) });
  });

  it.each([
    [{ Nope: 'x' }, 'Attributes Reason: Unknown attribute Nope'],
    [{ RawMessageDelivery: 'yes' }, 'Invalid value [yes]. Must be true or false.'],
    [{ FilterPolicy: '{' }, 'FilterPolicy: failed to parse JSON'],
    [{ FilterPolicy: '{"a":"b"}' }, 'FilterPolicy'],
    [{ FilterPolicyScope: 'Body' }, 'Please use either MessageBody or MessageAttributes'],
    [{ RedrivePolicy: 'x' }, 'RedrivePolicy: failed to parse JSON.'],
    [{ RedrivePolicy: '{}' }, 'Missing deadLetterTargetArn attribute'],
    [
      { RedrivePolicy: `{"deadLetterTargetArn":"${queueArn('d', '111122223333')}"}` },
      'same account as the subscription',
    ],
    [{ DeliveryPolicy: '{"healthyRetryPolicy":{"numRetries":101}}' }, 'numRetries must be less than or equal to 100'],
    [{ ReplayPolicy: '{}' }, 'only subscriptions of FIFO topics can replay'],
  ])('attributes %o are refused', async (Attributes, words) => {
    const { cloud, subscribe } = await withTopic();
    const refused = await subscribe('sqs', queueArn('q'), { Attributes });
    expect(refused).toEqual({ error: 'InvalidParameter', message: expect.stringContaining(words) });
    expect(await sns(cloud, 'ListSubscriptions', {})).toEqual({ Subscriptions: [] });
  });

  it('[SNS-11] the same endpoint again is the same subscription, unless its attributes differ', async () => {
    const { subscribe } = await withTopic();
    const first = await subscribe('sqs', queueArn('q'));
    expect(first.SubscriptionArn).toMatch(/^arn:aws:sns:us-east-1:000000000000:t:[0-9a-f-]{36}$/);
    expect(await subscribe('sqs', queueArn('q'))).toEqual(first);
    expect((await subscribe('sqs', queueArn('q'), { Attributes: { RawMessageDelivery: 'true' } })).message).toBe(
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    );
  });

  it('[SNS-12] e-mail has to be confirmed with the token of the question, within two days', async () => {
    const { cloud, subscribe } = await withTopic();
    expect(await subscribe('email', 'a@example.com')).toEqual({ SubscriptionArn: 'pending confirmation' });
    const token = () => JSON.parse(cloud.home.sns.outbox.entries().at(-1)!.body).Token as string;
    const first = token();
    const listed = async () => (await sns(cloud, 'ListSubscriptionsByTopic', { TopicArn })).Subscriptions;
    expect(await listed()).toEqual([
      expect.objectContaining({ SubscriptionArn: 'PendingConfirmation', Protocol: 'email' }),
    ]);
    after(cloud, 2 * 86_400);
    expect((await sns(cloud, 'ConfirmSubscription', { TopicArn, Token: first })).message).toContain(
      'The token has expired',
    );
    await subscribe('email', 'a@example.com');
    expect((await sns(cloud, 'ConfirmSubscription', { TopicArn, Token: first })).message).toBe(
      'Invalid parameter: Token',
    );
    const confirmed = await sns(cloud, 'ConfirmSubscription', { TopicArn, Token: token() }, { signed: false });
    expect(confirmed.SubscriptionArn).toMatch(/^arn:/);
    expect(await sns(cloud, 'ConfirmSubscription', { TopicArn, Token: token() })).toEqual(confirmed);
    const { Attributes } = await sns(cloud, 'GetSubscriptionAttributes', {
      SubscriptionArn: confirmed.SubscriptionArn,
    });
    expect(Attributes).toMatchObject({ PendingConfirmation: 'false', ConfirmationWasAuthenticated: 'false' });
  });

  it('[SNS-13] the ARN at once for who wants it', async () => {
    const { subscribe } = await withTopic();
    const { SubscriptionArn } = await subscribe('email', 'a@example.com', { ReturnSubscriptionArn: true });
    expect(SubscriptionArn).toMatch(/^arn:/);
  });
});

describe('a subscription', () => {
  it('[SNS-14] shows and changes its attributes', async () => {
    const cloud = testCloud();
    const { SubscriptionArn } = await topicWithQueue(cloud, { attributes: { FilterPolicy: '{"a":["b"]}' } });
    const get = async () => (await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn })).Attributes;
    expect(await get()).toEqual({
      SubscriptionArn,
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn('q'),
      Owner: '000000000000',
      SubscriptionPrincipal: 'arn:aws:iam::000000000000:root',
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: 'false',
      FilterPolicy: '{"a":["b"]}',
      FilterPolicyScope: 'MessageAttributes',
    });
    const set = (AttributeName: string, AttributeValue: string) =>
      sns(cloud, 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });
    await set('RawMessageDelivery', 'true');
    await set('FilterPolicy', '');
    expect(await get()).toMatchObject({ RawMessageDelivery: 'true' });
    expect(await get()).not.toHaveProperty('FilterPolicy');
  });

  it('[SNS-15] is left by its ARN; once more succeeds', async () => {
    const cloud = testCloud();
    const { SubscriptionArn } = await topicWithQueue(cloud);
    expect(await sns(cloud, 'Unsubscribe', { SubscriptionArn }, { signed: false })).toEqual({});
    expect(await sns(cloud, 'Unsubscribe', { SubscriptionArn })).toEqual({});
    expect((await sns(cloud, 'Unsubscribe', { SubscriptionArn: 'x' })).error).toBe('InvalidParameter');
    expect((await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn })).message).toBe(
      'Subscription does not exist',
    );
    const { Attributes } = await sns(cloud, 'GetTopicAttributes', { TopicArn });
    expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '0', SubscriptionsDeleted: '1' });
  });

  it('[SNS-16] that wants signed requests is not left by a link', async () => {
    const { cloud, subscribe } = await withTopic();
    await subscribe('email', 'a@example.com');
    const { Token } = JSON.parse(cloud.home.sns.outbox.entries()[0]!.body);
    const confirmation = { TopicArn, Token, AuthenticateOnUnsubscribe: 'true' };
    const { SubscriptionArn } = await sns(cloud, 'ConfirmSubscription', confirmation);
    expect((await sns(cloud, 'Unsubscribe', { SubscriptionArn }, { signed: false })).error).toBe('AuthorizationError');
    expect(await sns(cloud, 'Unsubscribe', { SubscriptionArn })).toEqual({});
  });
});
