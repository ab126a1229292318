/** Topics as AWS was recorded to answer about them: attributes and their defaults, the same topic again. */
import { describe, expect, it } from 'vitest';
import { testCloud, topicArn } from './harness.ts';
import { ask, attributesIn, invalid, refused, textOf } from './recorded.ts';

const account = '000000000000';

const defaultRetries = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const effective = (over: object = {}) => ({
  http: {
    defaultHealthyRetryPolicy: defaultRetries,
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
    ...over,
  },
});
const attributesOf = (arn: string, over: object = {}) => ({
  DisplayName: '',
  EffectiveDeliveryPolicy: effective(),
  Owner: account,
  Policy: {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  },
  SubscriptionsConfirmed: '0',
  SubscriptionsDeleted: '0',
  SubscriptionsPending: '0',
  TopicArn: arn,
  ...over,
});

describe('[SNS-100] what a topic shows', () => {
  it.each<[string, object, object]>([
    ['standard', {}, {}],
    ['not-fifo', { FifoTopic: 'false' }, {}],
    ['plain.fifo', { FifoTopic: 'true' }, { FifoTopic: 'true', ContentBasedDeduplication: 'false' }],
    [
      'by-content.fifo',
      { FifoTopic: 'true', ContentBasedDeduplication: 'true' },
      { FifoTopic: 'true', ContentBasedDeduplication: 'true' },
    ],
    [
      'signed.fifo',
      { DisplayName: 'TestTopic', SignatureVersion: '2', FifoTopic: 'true' },
      { DisplayName: 'TestTopic', SignatureVersion: '2', FifoTopic: 'true', ContentBasedDeduplication: 'false' },
    ],
    [
      'kept.fifo',
      { FifoTopic: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"30"}' },
      {
        FifoTopic: 'true',
        ContentBasedDeduplication: 'false',
        ArchivePolicy: { MessageRetentionPeriod: '30' },
        BeginningArchiveTime: '2026-03-02T00:00:00.000Z',
      },
    ],
  ])('%s made with %o: nothing more', async (Name, Attributes, over) => {
    const cloud = testCloud();
    const made = await ask(cloud, 'CreateTopic', { Name, Attributes });
    expect(textOf(made.xml, 'TopicArn')).toBe(topicArn(Name));
    const shown = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn: topicArn(Name) }));
    expect(shown).toEqual(attributesOf(topicArn(Name), over));
  });

  it('the roles and rates of delivery logs once they are set', async () => {
    const cloud = testCloud();
    const TopicArn = topicArn('t');
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const role = 'arn:aws:iam::000000000000:role/logs';
    const set = { LambdaSuccessFeedbackRoleArn: role, LambdaSuccessFeedbackSampleRate: '100' };
    for (const [AttributeName, AttributeValue] of Object.entries(set)) {
      await ask(cloud, 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    }
    const shown = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }));
    expect(shown).toEqual(attributesOf(TopicArn, set));
  });

  it('[SNS-101] a delivery policy in the order of the service, and what it comes to', async () => {
    const cloud = testCloud();
    const TopicArn = topicArn('t.fifo');
    const requests = { defaultRequestPolicy: { headerContentType: 'application/json' } };
    const Attributes = { FifoTopic: 'true', DeliveryPolicy: JSON.stringify({ http: requests }) };
    await ask(cloud, 'CreateTopic', { Name: 't.fifo', Attributes });
    const policies = async () => {
      const shown = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn }));
      return [shown.DeliveryPolicy, shown.EffectiveDeliveryPolicy];
    };
    const set = (AttributeValue: string) =>
      ask(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue });
    expect(await policies()).toEqual([
      { http: { disableSubscriptionOverrides: false, ...requests } },
      effective(requests),
    ]);

    const some = { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 };
    await set(JSON.stringify({ http: { defaultHealthyRetryPolicy: some } }));
    expect(await policies()).toEqual([
      { http: { defaultHealthyRetryPolicy: some, disableSubscriptionOverrides: false } },
      effective({ defaultHealthyRetryPolicy: { ...defaultRetries, ...some } }),
    ]);

    await set('{"http":{"defaultHealthyRetryPolicy":null}}');
    expect(await policies()).toEqual([{ http: { disableSubscriptionOverrides: false } }, effective()]);
    expect((await set('')).status).toBe(200);
    expect(await policies()).toEqual([undefined, effective()]);
  });

  it('[SNS-101] the text of it begins as the service writes it', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const retries =
      '"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,';
    const { xml } = await ask(cloud, 'GetTopicAttributes', { TopicArn: topicArn('t') });
    expect(xml.replaceAll('&quot;', '"')).toContain(`{"http":{"defaultHealthyRetryPolicy":{${retries}`);
  });
});

describe('[SNS-104] the same topic again', () => {
  const tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ];

  it('is the topic that is there, whatever is left out', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't', Tags: tags });
    await ask(cloud, 'SetTopicAttributes', {
      TopicArn: topicArn('t'),
      AttributeName: 'DisplayName',
      AttributeValue: 'AlreadySet',
    });
    for (const Tags of [tags, tags.slice(0, 1), [], undefined]) {
      expect(textOf((await ask(cloud, 'CreateTopic', { Name: 't', Tags })).xml, 'TopicArn')).toBe(topicArn('t'));
    }
    const shown = attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn: topicArn('t') }));
    expect(shown.DisplayName).toBe('AlreadySet');
  });

  it('is refused with other tags or attributes, until it was deleted', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    expect(await refused(cloud, 'CreateTopic', { Name: 't', Tags: tags })).toEqual(
      invalid('Tags Reason: Topic already exists with different tags'),
    );
    expect(await refused(cloud, 'CreateTopic', { Name: 't', Attributes: { DisplayName: 'T' } })).toEqual(
      invalid('Attributes Reason: Topic already exists with different attributes'),
    );
    for (let n = 0; n < 2; n++) {
      expect((await ask(cloud, 'DeleteTopic', { TopicArn: topicArn('t') })).status).toBe(200);
    }
    expect((await ask(cloud, 'CreateTopic', { Name: 't', Tags: tags })).status).toBe(200);
  });
});

it('[SNS-103] topics of the same name in two Regions are two', async () => {
  const cloud = testCloud();
  for (const region of ['us-east-1', 'us-west-1']) await ask(cloud, 'CreateTopic', { Name: 't' }, region);
  for (const region of ['us-east-1', 'us-west-1']) {
    const arn = topicArn('t', account, region);
    const { xml } = await ask(cloud, 'ListTopics', {}, region);
    expect([...xml.matchAll(/<TopicArn>([^<]*)/g)].map(([, found]) => found)).toEqual([arn]);
    expect(attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn: arn }, region))).toEqual(attributesOf(arn));
  }
});
