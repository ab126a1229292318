import { expect, test } from 'vitest';
import { answerOutbox } from '../../../../src/emulator/server/outbox.ts';
import { after, sns, startMs, testCloud } from '../sns/harness.ts';

test('[SNS-33] the outbox of every account and Region, oldest first', async () => {
  const cloud = testCloud();
  const far = { accountId: '111122223333', region: 'eu-west-1' };
  await sns(cloud, 'Publish', { PhoneNumber: '+15550101', Message: 'first' }, far);
  after(cloud, 1);
  await sns(cloud, 'Publish', { PhoneNumber: '+15550102', Message: 'second' });
  const { status, body } = answerOutbox(cloud);
  const entry = { kind: 'sms', topicArn: null, subject: null, messageId: expect.any(String) };
  expect([status, JSON.parse(String(body))]).toEqual([
    200,
    {
      audits: [],
      messages: [
        { ...entry, ...far, atMs: startMs, to: '+15550101', body: 'first' },
        {
          ...entry,
          accountId: '000000000000',
          region: 'us-east-1',
          atMs: startMs + 1_000,
          to: '+15550102',
          body: 'second',
        },
      ],
      undelivered: [],
    },
  ]);
});

test('[SNS-33] what did not arrive, with the reason; the password of an endpoint is not told', async () => {
  const cloud = testCloud();
  const direct = String((await sns(cloud, 'Publish', { PhoneNumber: '+15550199', Message: 'to nobody' })).MessageId);
  const TopicArn = String((await sns(cloud, 'CreateTopic', { Name: 't' })).TopicArn);
  const role = 'arn:aws:iam::000000000000:role/firehose';
  const Endpoint = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/s';
  const Attributes = { SubscriptionRoleArn: role };
  const request = { TopicArn, Protocol: 'firehose', Endpoint, Attributes };
  const SubscriptionArn = String((await sns(cloud, 'Subscribe', request)).SubscriptionArn);
  after(cloud, 1);
  const MessageId = String((await sns(cloud, 'Publish', { TopicArn, Message: 'to a stream' })).MessageId);
  const here = { accountId: '000000000000', region: 'us-east-1' };
  const undelivered = [
    {
      ...here,
      atMs: startMs,
      protocol: 'sms',
      to: '+15550199',
      topicArn: null,
      subscriptionArn: null,
      messageId: direct,
      reason: 'Phone number is opted out',
    },
    {
      ...here,
      atMs: startMs + 1_000,
      protocol: 'firehose',
      to: Endpoint,
      topicArn: TopicArn,
      subscriptionArn: SubscriptionArn,
      messageId: MessageId,
      reason: 'This emulator has no Firehose.',
    },
  ];
  expect(JSON.parse(String(answerOutbox(cloud).body))).toEqual({ messages: [], audits: [], undelivered });

  const entry = { ...undelivered[1]!, to: 'https://me:secret@example.com/hook?x=a@b' };
  cloud.home.sns.outbox.addUndelivered(entry);
  expect(cloud.home.sns.outbox.undelivered().at(-1)!.to).toBe('https://example.com/hook?x=a@b');
});
