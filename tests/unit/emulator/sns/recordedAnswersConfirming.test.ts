/** ARNs of subscriptions, confirming, leaving and pages as AWS was recorded to answer about them. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { queueArn, testCloud, topicArn } from './harness.ts';
import { ask, attributesIn, follow, invalid, invalidValue, notFound, refusalIn, refused, textOf } from './recorded.ts';

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

describe('[SNS-114] the ARN of a subscription', () => {
  const actions: [string, object][] = [
    ['GetSubscriptionAttributes', {}],
    ['SetSubscriptionAttributes', { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' }],
    ['Unsubscribe', {}],
  ];

  it.each(actions)('%s', async (action, input) => {
    const cloud = await withTopics();
    for (const [SubscriptionArn, refusal] of [
      ['randomstring', invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1')],
      ['pending confirmation', invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1')],
      ['arn:aws:sns:us-east-1:random', invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 5')],
      ['arn:aws:sns:us-east-1:000000000000:random', invalid('SubscriptionId')],
    ] as const) {
      expect(await refused(cloud, action, { SubscriptionArn, ...input })).toEqual(refusal);
    }
  });

  it('of one that was left, or whose topic was deleted, is not found, and is left again', async () => {
    for (const end of ['Unsubscribe', 'DeleteTopic']) {
      const cloud = await withTopics();
      const SubscriptionArn = await subscribed(cloud, 'sqs', queueArn('q'));
      expect((await ask(cloud, end, { SubscriptionArn, TopicArn })).status).toBe(200);
      for (const [action, input] of actions.slice(0, 2)) {
        expect(await refused(cloud, action, { SubscriptionArn, ...input })).toEqual(notFound('Subscription'));
      }
      expect((await ask(cloud, 'Unsubscribe', { SubscriptionArn })).status).toBe(200);
    }
  });

  it('has to be given', async () => {
    expect(await refused(testCloud(), 'Unsubscribe', {})).toEqual(
      invalid('SubscriptionArn Reason: no value for required parameter'),
    );
  });
});

describe('[SNS-115] ConfirmSubscription', () => {
  const unknown = '51b2ff3edb475b7d91550e0ab6edf0c1de2a34e6ebaf6c2262a001bcb7e051c4';

  async function asked(): Promise<{ cloud: Cloud; Token: string; SubscribeURL: string; arn: string }> {
    const cloud = await withTopics();
    const arn = await subscribed(cloud, 'email-json', 'a@example.com', { ReturnSubscriptionArn: true });
    const question = JSON.parse(cloud.home.sns.outbox.entries().at(-1)!.body);
    return { cloud, Token: question.Token, SubscribeURL: question.SubscribeURL, arn };
  }

  it.each([
    [{ Token: unknown }, invalid('Token')],
    [{ Token: unknown, TopicArn: topicArn('another') }, invalid('Token')],
    [{ Token: 'abc123' }, invalid('Token')],
    [{ Token: 'randomtoken' }, invalidValue('Invalid token')],
    [{ Token: unknown.slice(1) }, invalidValue('Invalid token')],
    [{ Token: unknown, TopicArn: 'not-an-arn' }, invalid('Topic')],
    [{ Token: unknown, TopicArn: topicArn('t', '000000000000', 'eu-central-1') }, invalid('TopicArn')],
  ])('%o is refused', async (over, refusal) => {
    const { cloud } = await asked();
    expect(await refused(cloud, 'ConfirmSubscription', { TopicArn, ...over })).toEqual(refusal);
  });

  it('the link has the form of the service and is followed again and again', async () => {
    const { cloud, Token, SubscribeURL, arn } = await asked();
    expect(SubscribeURL).toBe(`http://127.0.0.1:4566/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${Token}`);
    const refusedLink = async (from: string, to: string) =>
      refusalIn(await follow(cloud, SubscribeURL.replace(from, to)));
    expect(await refusedLink(TopicArn, 'not-an-arn')).toEqual(invalid('Topic'));
    expect(await refusedLink(Token, 'abc123')).toEqual(invalid('Token'));
    expect(await refusedLink('us-east-1', 'eu-central-1')).toEqual(invalid('Topic'));
    for (let n = 0; n < 2; n++) {
      expect(textOf((await follow(cloud, SubscribeURL)).xml, 'SubscriptionArn')).toBe(arn);
    }
    expect(await attributesOf(cloud, arn)).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
    });
  });

  it('the token decides, not the topic that stands beside it', async () => {
    const { cloud, Token, arn } = await asked();
    const { xml } = await ask(cloud, 'ConfirmSubscription', { TopicArn: topicArn('s'), Token });
    expect(textOf(xml, 'SubscriptionArn')).toBe(arn);
    expect(await attributesOf(cloud, arn)).toMatchObject({ ConfirmationWasAuthenticated: 'true' });
  });
});

describe('pages of subscriptions', () => {
  it('a hundred at a time, none twice', async () => {
    const cloud = await withTopics();
    for (let n = 0; n <= 100; n++) await subscribed(cloud, 'sms', `+12312312${n}`);
    for (const [action, input] of [
      ['ListSubscriptionsByTopic', { TopicArn }],
      ['ListSubscriptions', {}],
    ] as const) {
      const first = await ask(cloud, action, input);
      const NextToken = textOf(first.xml, 'NextToken')!;
      expect(NextToken).toMatch(/^[A-Za-z\d+/]+=*$/);
      const second = await ask(cloud, action, { ...input, NextToken });
      const arns = [first, second].map(({ xml }) =>
        [...xml.matchAll(/<SubscriptionArn>([^<]*)/g)].map(([, found]) => found),
      );
      expect(arns.map(({ length }) => length)).toEqual([100, 1]);
      expect(new Set(arns.flat()).size).toBe(101);
      expect(textOf(second.xml, 'NextToken')).toBeUndefined();
    }
  });

  it('of an empty topic there is one, without a member', async () => {
    const { xml } = await ask(await withTopics(), 'ListSubscriptionsByTopic', { TopicArn });
    expect(xml).toMatch(/<Subscriptions\s*(\/>|><\/Subscriptions>)/);
  });
});
