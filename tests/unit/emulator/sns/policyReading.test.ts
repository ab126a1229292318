/** A topic's policy is read once, however often something is published, and anew when another one is set. */
import { afterEach, expect, test, vi } from 'vitest';
import { sns, testCloud, topicArn } from './harness.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const policyFor = (accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'SNS:Publish',
        Resource: topicArn('t'),
      },
    ],
  });

test('read with its first publish, not with the next ones; another policy counts at once', async () => {
  const cloud = testCloud();
  const TopicArn = topicArn('t');
  await sns(cloud, 'CreateTopic', { Name: 't' });
  const first = policyFor('111111111111');
  await sns(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: first });
  const publish = (accountId: string) => sns(cloud, 'Publish', { TopicArn, Message: 'm' }, { accountId });
  const parse = vi.spyOn(JSON, 'parse');
  const reads = (text: string) => parse.mock.calls.filter(([given]) => given === text).length;

  for (let count = 0; count < 5; count++) expect((await publish('111111111111')).error).toBeUndefined();
  expect((await publish('222222222222')).error).toBe('AuthorizationError');
  expect(reads(first)).toBe(1);

  const second = policyFor('222222222222');
  await sns(cloud, 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: second });
  expect((await publish('222222222222')).error).toBeUndefined();
  expect((await publish('111111111111')).error).toBe('AuthorizationError');
});
