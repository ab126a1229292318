/** What did not arrive and why, besides what each protocol's own tests have. */
import { expect, test } from 'vitest';
import { after, queueArn, sns, testCloud } from './harness.ts';

test('[SNS-93] a dead-letter queue that takes nothing is told, too', async () => {
  const cloud = testCloud();
  const Endpoint = queueArn('none');
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('nowhere') });
  const Attributes = { RedrivePolicy };
  await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint, Attributes });
  await sns(cloud, 'Publish', { TopicArn, Message: 'event' });
  expect(cloud.home.sns.outbox.undelivered()).toMatchObject([
    { protocol: 'sqs', to: Endpoint, reason: `The queue ${Endpoint} does not exist.` },
    { protocol: 'sqs', to: queueArn('nowhere'), reason: `The queue ${queueArn('nowhere')} does not exist.` },
  ]);
});

test('[SNS-33] a subscriber that could not be asked is told', async () => {
  const cloud = testCloud();
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' });
  const url = 'http://me:secret@127.0.0.1:1/hook';
  await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'http', Endpoint: url });
  for (let retry = 0; retry < 4; retry++) {
    await new Promise(setImmediate);
    after(cloud, 20);
  }
  expect(cloud.home.sns.outbox.undelivered()).toMatchObject([
    { protocol: 'http', to: 'http://127.0.0.1:1/hook', reason: expect.stringContaining('gave no reply') },
  ]);
});
