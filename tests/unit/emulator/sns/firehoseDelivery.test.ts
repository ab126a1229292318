/** Subscriptions of protocol firehose: taken, and every delivery fails where it can be seen. */
import { expect, test } from 'vitest';
import { after, messagesIn, openPolicy, queueArn, sns, sqs, startMs, testCloud } from './harness.ts';

const Endpoint = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/events';
const SubscriptionRoleArn = 'arn:aws:iam::000000000000:role/to-firehose';

test('[SNS-57] a delivery to Firehose fails at once: it is counted, told, and goes to the dead-letter queue', async () => {
  const cloud = testCloud();
  const deadArn = queueArn('dead');
  await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: openPolicy(deadArn) } });
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn });
  const Attributes = { SubscriptionRoleArn, RedrivePolicy };
  const { SubscriptionArn } = await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'firehose', Endpoint, Attributes });
  expect(SubscriptionArn).toMatch(/^arn:aws:sns:us-east-1:000000000000:t:[\da-f-]{36}$/);
  const { MessageId } = await sns(cloud, 'Publish', { TopicArn, Message: 'event' });

  expect(messagesIn(cloud, 'dead').map(({ body }) => JSON.parse(body))).toMatchObject([
    { MessageId, Message: 'event' },
  ]);
  const reason = 'This emulator has no Firehose.';
  expect(cloud.home.sns.outbox.undelivered()).toEqual([
    {
      atMs: startMs,
      protocol: 'firehose',
      to: Endpoint,
      topicArn: TopicArn,
      subscriptionArn: SubscriptionArn,
      messageId: MessageId,
      reason,
    },
  ]);
  after(cloud, 60);
  const minute = startMs / 60_000;
  const sums = [...cloud.home.cloudWatch.store.all()].flatMap((series) =>
    series.ref.namespace === 'AWS/SNS' ? [[series.ref.metricName, series.collect(minute, minute + 1)?.sum]] : [],
  );
  expect(Object.fromEntries(sums)).toMatchObject({
    NumberOfNotificationsFailed: 1,
    NumberOfNotificationsRedrivenToDlq: 1,
  });
  expect(Object.fromEntries(sums)).not.toHaveProperty('NumberOfNotificationsDelivered');
});
