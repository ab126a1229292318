/** Topics, subscriptions and publishing: the same calls with the JavaScript SDK, boto3 and the AWS CLI, all of which speak Query here. */
import { describe, expect, it } from 'vitest';
import type { Outcome, Step } from '../calls.ts';
import { patienceMs, snsClients } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:t';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';
const SubscriptionArn = '$subscribed.SubscriptionArn';

const steps: readonly Step[] = [
  {
    action: 'CreateTopic',
    input: { Name: 't', Attributes: { DisplayName: 'Orders & more' }, Tags: [{ Key: 'team', Value: 'a' }] },
  },
  { action: 'ListTopics' },
  { action: 'SetTopicAttributes', input: { TopicArn, AttributeName: 'DisplayName', AttributeValue: '주문' } },
  { action: 'GetTopicAttributes', input: { TopicArn } },
  { action: 'TagResource', input: { ResourceArn: TopicArn, Tags: [{ Key: 'stage', Value: 'test' }] } },
  { action: 'UntagResource', input: { ResourceArn: TopicArn, TagKeys: ['team'] } },
  { action: 'ListTagsForResource', input: { ResourceArn: TopicArn } },
  {
    action: 'AddPermission',
    input: { TopicArn, Label: 'l', AWSAccountId: ['111122223333'], ActionName: ['Publish'] },
  },
  { action: 'RemovePermission', input: { TopicArn, Label: 'l' } },
  {
    action: 'Subscribe',
    input: { TopicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes: { FilterPolicy: '{"kind":["paid"]}' } },
    as: 'subscribed',
  },
  { action: 'Subscribe', input: { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' } },
  { action: 'Subscribe', input: { TopicArn, Protocol: 'fax', Endpoint: 'x' } },
  { action: 'ListSubscriptions' },
  { action: 'ListSubscriptionsByTopic', input: { TopicArn } },
  {
    action: 'SetSubscriptionAttributes',
    input: { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
  },
  { action: 'GetSubscriptionAttributes', input: { SubscriptionArn } },
  { action: 'ConfirmSubscription', input: { TopicArn, Token: 'nonsense' } },
  {
    action: 'Publish',
    input: {
      TopicArn,
      Message: '<1> & "2"',
      Subject: 'S',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'paid' } },
    },
  },
  {
    action: 'PublishBatch',
    input: {
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'filtered out' },
        { Id: 'b', Message: 'x', Subject: 'two\nlines' },
      ],
    },
  },
  { action: 'Unsubscribe', input: { SubscriptionArn } },
  { action: 'GetSubscriptionAttributes', input: { SubscriptionArn } },
  { action: 'DeleteTopic', input: { TopicArn } },
  { action: 'GetTopicAttributes', input: { TopicArn } },
];

const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const subscription = expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:t:[0-9a-f-]{36}$/);
const listed = {
  Subscriptions: expect.arrayContaining([
    { SubscriptionArn: subscription, Owner: '000000000000', Protocol: 'sqs', Endpoint: queueArn, TopicArn },
    {
      SubscriptionArn: 'PendingConfirmation',
      Owner: '000000000000',
      Protocol: 'email',
      Endpoint: 'a@example.com',
      TopicArn,
    },
  ]),
};

const heard: readonly unknown[] = [
  { TopicArn },
  { Topics: [{ TopicArn }] },
  {},
  { Attributes: expect.objectContaining({ TopicArn, DisplayName: '주문', Owner: '000000000000' }) },
  {},
  {},
  { Tags: [{ Key: 'stage', Value: 'test' }] },
  {},
  {},
  { SubscriptionArn: subscription },
  { SubscriptionArn: 'pending confirmation' },
  {
    error: 'InvalidParameter',
    message: 'Invalid parameter: Amazon SNS does not support this protocol string: fax',
  },
  listed,
  listed,
  {},
  { Attributes: expect.objectContaining({ RawMessageDelivery: 'true', FilterPolicy: '{"kind":["paid"]}' }) },
  { error: 'InvalidParameter', message: 'Invalid token' },
  { MessageId: id },
  {
    Successful: [{ Id: 'a', MessageId: id }],
    Failed: [
      {
        Id: 'b',
        Code: 'InvalidParameter',
        Message: 'Invalid parameter: Subject',
        SenderFault: true,
      },
    ],
  },
  {},
  { error: 'NotFound', message: 'Subscription does not exist' },
  {},
  { error: 'NotFound', message: 'Topic does not exist' },
];

/** Lists that are empty or of nothing are left out by some clients. */
function tidy(outcome: Outcome): Outcome {
  return Object.fromEntries(
    Object.entries(outcome).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

describe.each(snsClients)('SNS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)('topics, subscriptions and publishing', { timeout: patienceMs }, async () => {
    const emulator = await startTestEmulator();
    const { sqs } = emulator.cloud.home;
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    });
    const queue = sqs.createQueue('q', { Policy });
    try {
      expect((await run(emulator, steps)).map(tidy)).toEqual(heard);
      expect([...queue.peek()].map(({ body, attributes }) => [body, attributes?.get('kind')])).toEqual([
        ['<1> & "2"', { dataType: 'String', value: 'paid' }],
      ]);
    } finally {
      await emulator.stop();
    }
  });
});
