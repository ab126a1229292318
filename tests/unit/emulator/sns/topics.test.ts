import { describe, expect, it } from 'vitest';
import { sns, testCloud, topicArn } from './harness.ts';

const TopicArn = topicArn('t');
const attributesOf = async (cloud: ReturnType<typeof testCloud>, arn = TopicArn) =>
  (await sns(cloud, 'GetTopicAttributes', { TopicArn: arn })).Attributes as Record<string, string>;

describe('CreateTopic', () => {
  it('[SNS-01] is idempotent for equal attributes and tags', async () => {
    const cloud = testCloud();
    const first = { Name: 't', Attributes: { DisplayName: 'T' }, Tags: [{ Key: 'team', Value: 'a' }] };
    expect(await sns(cloud, 'CreateTopic', first)).toEqual({ TopicArn });
    expect(await sns(cloud, 'CreateTopic', first)).toEqual({ TopicArn });
    expect(await sns(cloud, 'CreateTopic', { Name: 't' })).toEqual({ TopicArn });
    expect(await sns(cloud, 'CreateTopic', { Name: 't', Attributes: { DisplayName: 'U' } })).toEqual({
      error: 'InvalidParameter',
      message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
    expect(await sns(cloud, 'CreateTopic', { Name: 't', Tags: [{ Key: 'team', Value: 'b' }] })).toEqual({
      error: 'InvalidParameter',
      message: 'Invalid parameter: Tags Reason: Topic already exists with different tags',
    });
  });

  it.each([
    [{ Name: '' }, 'Invalid parameter: Topic Name'],
    [{ Name: 'a b' }, 'Invalid parameter: Topic Name'],
    [{ Name: 't.fifo' }, 'Invalid parameter: Topic Name'],
    [{ Name: 't', Attributes: { FifoTopic: 'true' } }, 'Fifo Topic names must end with .fifo'],
    [{ Name: 't', Attributes: { Nope: 'x' } }, 'Attributes Reason: Unknown attribute Nope'],
    [{ Name: 't', Attributes: { ContentBasedDeduplication: 'true' } }, 'Unknown attribute ContentBasedDeduplication'],
    [{ Name: 't', Attributes: { SignatureVersion: '3' } }, 'SignatureVersion: Invalid value. Must be 1 or 2.'],
    [
      { Name: 't', Attributes: { MaximumMessageSize: '1023' } },
      'MaximumMessageSize: 1023 is not an integer between 1024 and 1048576 bytes',
    ],
    [{ Name: 't', Attributes: { Policy: 'x' } }, 'Attributes Reason: Policy Error'],
    [{ Name: 't', Attributes: { DeliveryPolicy: '{' } }, 'DeliveryPolicy: failed to parse JSON.'],
    [{ Name: 't', Attributes: { __proto__: 'x', constructor: 'y' } }, 'Unknown attribute constructor'],
    [
      {
        Name: 't',
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      'Duplicated keys are not allowed.',
    ],
  ])('%o is refused, and nothing is made', async (input, words) => {
    const cloud = testCloud();
    const refused = await sns(cloud, 'CreateTopic', input);
    expect(refused).toEqual({ error: 'InvalidParameter', message: expect.stringContaining(words) });
    expect(await sns(cloud, 'ListTopics', {})).toEqual({ Topics: [] });
  });

  it('[SNS-02] shows what a new topic has', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    const attributes = await attributesOf(cloud);
    expect(attributes).toMatchObject({
      TopicArn,
      Owner: '000000000000',
      DisplayName: '',
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
    });
    expect(JSON.parse(attributes.Policy!)).toMatchObject({ Id: '__default_policy_ID' });
    expect(JSON.parse(attributes.EffectiveDeliveryPolicy!)).toMatchObject({
      http: { defaultHealthyRetryPolicy: { numRetries: 3, minDelayTarget: 20, maxDelayTarget: 20 } },
    });
    expect(attributes).not.toHaveProperty('FifoTopic');
  });
});

describe('attributes, tags, deletion', () => {
  it('an attribute is set, and taken away by an empty text', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    const set = (AttributeName: string, AttributeValue: string) =>
      sns(cloud, 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    expect(await set('KmsMasterKeyId', 'alias/aws/sns')).toEqual({});
    expect((await attributesOf(cloud)).KmsMasterKeyId).toBe('alias/aws/sns');
    await set('KmsMasterKeyId', '');
    expect(await attributesOf(cloud)).not.toHaveProperty('KmsMasterKeyId');
    expect((await set('FifoTopic', 'true')).message).toBe('Invalid parameter: AttributeName');
  });

  it('tags', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't', Tags: [{ Key: 'a', Value: '1' }] });
    await sns(cloud, 'TagResource', { ResourceArn: TopicArn, Tags: [{ Key: 'b', Value: '2' }] });
    await sns(cloud, 'UntagResource', { ResourceArn: TopicArn, TagKeys: ['a'] });
    expect(await sns(cloud, 'ListTagsForResource', { ResourceArn: TopicArn })).toEqual({
      Tags: [{ Key: 'b', Value: '2' }],
    });
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    expect((await sns(cloud, 'TagResource', { ResourceArn: TopicArn, Tags: many })).error).toBe('TagLimitExceeded');
    expect((await sns(cloud, 'ListTagsForResource', { ResourceArn: topicArn('none') })).error).toBe('ResourceNotFound');
  });

  it('[SNS-03] a topic goes with its subscriptions; once more succeeds', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sms', Endpoint: '+15550100' });
    expect(await sns(cloud, 'DeleteTopic', { TopicArn })).toEqual({});
    expect(await sns(cloud, 'DeleteTopic', { TopicArn })).toEqual({});
    expect(await sns(cloud, 'ListSubscriptions', {})).toEqual({ Subscriptions: [] });
    expect(await sns(cloud, 'GetTopicAttributes', { TopicArn })).toEqual({
      error: 'NotFound',
      message: 'Topic does not exist',
    });
    expect((await sns(cloud, 'DeleteTopic', { TopicArn: 'x' })).message).toContain(
      'Invalid parameter: TopicArn Reason: ',
    );
  });

  it('[SNS-04] lists in pages of a hundred', async () => {
    const cloud = testCloud();
    for (let n = 0; n < 205; n++) await sns(cloud, 'CreateTopic', { Name: `t${String(n).padStart(3, '0')}` });
    const sizes: number[] = [];
    const seen = new Set<string>();
    for (let NextToken: string | undefined = ''; NextToken !== undefined; ) {
      const page = await sns(cloud, 'ListTopics', { NextToken });
      const topics = page.Topics as { TopicArn: string }[];
      sizes.push(topics.length);
      for (const topic of topics) seen.add(topic.TopicArn);
      NextToken = page.NextToken as string | undefined;
    }
    expect(sizes).toEqual([100, 100, 5]);
    expect(seen.size).toBe(205);
    expect((await sns(cloud, 'ListTopics', { NextToken: '***' })).message).toBe('Invalid parameter: NextToken');
  });
});

describe('who may', () => {
  const other = { accountId: '111122223333' };

  it('[SNS-80] another account needs a statement in the policy', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    const publish = () => sns(cloud, 'Publish', { TopicArn, Message: 'x' }, other);
    expect(await publish()).toEqual({
      error: 'AuthorizationError',
      message:
        `User: arn:aws:iam::111122223333:root is not authorized to perform: SNS:Publish on resource: ${TopicArn} ` +
        'because no resource-based policy allows the SNS:Publish action',
    });
    const permission = { TopicArn, Label: 'l', AWSAccountId: ['111122223333'], ActionName: ['Publish'] };
    expect(await sns(cloud, 'AddPermission', permission)).toEqual({});
    expect(await publish()).toEqual({ MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect((await sns(cloud, 'AddPermission', permission)).message).toBe('Invalid parameter: Statement already exists');
    await sns(cloud, 'RemovePermission', { TopicArn, Label: 'l' });
    expect((await publish()).error).toBe('AuthorizationError');
  });

  it('[SNS-80] a deny holds for the owner, too', async () => {
    const cloud = testCloud();
    const Statement = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TopicArn };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await sns(cloud, 'CreateTopic', { Name: 't', Attributes: { Policy } });
    expect((await sns(cloud, 'Publish', { TopicArn, Message: 'x' })).error).toBe('AuthorizationError');
    expect((await sns(cloud, 'GetTopicAttributes', { TopicArn })).error).toBeUndefined();
  });
});
