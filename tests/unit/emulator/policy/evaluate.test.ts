import { describe, expect, test } from 'vitest';
import { callers, policyText, queueArn, statement, verdict } from './policies.ts';

const allow = statement;
const deny = { ...statement, Effect: 'Deny' };
const unrelated = { ...statement, Action: 'sqs:PurgeQueue', Effect: 'Deny' };
const several = (...statements: unknown[]): string => JSON.stringify({ Statement: statements });

describe('an explicit deny wins, then an allow, else neutral', () => {
  test.each([
    [[allow], 'allow'],
    [[deny], 'deny'],
    [[allow, deny], 'deny'],
    [[deny, allow], 'deny'],
    [[unrelated, allow], 'allow'],
    [[unrelated], 'neutral'],
  ])('case %#', (statements, expected) => {
    expect(verdict(several(...statements))).toBe(expected);
  });
});

describe('actions', () => {
  test.each([
    ['sqs:SendMessage', 'sqs:SendMessage', true],
    ['SQS:sendmessage', 'sqs:SendMessage', true],
    ['sqs:SendMessage', 'SQS:SENDMESSAGE', true],
    ['sqs:SendMessage', 'sqs:SendMessageBatch', false],
    ['sqs:SendMessage', 'sns:SendMessage', false],
    ['sqs:Send*', 'sqs:SendMessage', true],
    ['sqs:*Message', 'sqs:ReceiveMessage', true],
    ['sqs:*Message', 'sqs:GetQueueUrl', false],
    ['sqs:?endMessage', 'sqs:SendMessage', true],
    ['sqs:?SendMessage', 'sqs:SendMessage', false],
    ['sqs:*', 'sqs:PurgeQueue', true],
    ['sqs:*', 'sns:Publish', false],
    ['*', 'sns:Publish', true],
    [['sns:Publish', 'sqs:SendMessage'], 'sqs:SendMessage', true],
  ])('%j covers %s: %s', (Action, action, covered) => {
    expect(verdict(policyText({ Action }), { action })).toBe(covered ? 'allow' : 'neutral');
    expect(verdict(policyText({ Action: undefined, NotAction: Action }), { action })).toBe(
      covered ? 'neutral' : 'allow',
    );
  });
});

describe('resources', () => {
  test.each([
    [queueArn, true],
    ['*', true],
    ['arn:aws:sqs:us-east-1:111111111111:orders-dead', false],
    ['arn:aws:sqs:us-east-1:111111111111:Orders', false],
    ['arn:aws:sqs:us-east-1:111111111111:ord*', true],
    ['arn:aws:sqs:us-east-1:111111111111:order?', true],
    ['arn:aws:sqs:us-east-1:111111111111:orders?', false],
    ['arn:aws:sqs:*:111111111111:orders', true],
    ['arn:aws:sqs:*:orders', true],
    ['arn:aws:sqs:*', true],
    ['arn:aws:sqs', true],
    ['arn:aws:sqs:us-east-1', true],
    ['arn:aws:sqs:us-west-2', false],
    ['arn:aws:sns', false],
    [['arn:aws:sns:*', queueArn], true],
  ])('%j covers the queue: %s', (Resource, covered) => {
    expect(verdict(policyText({ Resource }))).toBe(covered ? 'allow' : 'neutral');
    expect(verdict(policyText({ Resource: undefined, NotResource: Resource }))).toBe(covered ? 'neutral' : 'allow');
  });

  test('a statement that names none is about what the policy is attached to', () => {
    expect(verdict(policyText({ Resource: undefined }), { resource: 'arn:aws:sns:us-east-1:111111111111:t' })).toBe(
      'allow',
    );
  });
});

describe('principals', () => {
  const { account, otherAccount, sns, nobody } = callers;
  const sqs = { kind: 'service', service: 'sqs.amazonaws.com' } as const;
  const all = [account, otherAccount, sns, sqs, nobody];

  test.each([
    ['*', all],
    [{ AWS: '*' }, all],
    [{ AWS: ['222222222222', '*'] }, all],
    [{ AWS: '222222222222' }, [account]],
    [{ AWS: ['222222222222', '333333333333'] }, [account, otherAccount]],
    [{ AWS: 'arn:aws:iam::222222222222:root' }, [account]],
    [{ AWS: 'arn:aws-cn:iam::222222222222:root' }, []],
    [{ AWS: ['arn:aws-cn:iam::222222222222:root', 'arn:aws:iam::222222222222:root'] }, [account]],
    [{ AWS: 'arn:aws:iam::222222222222:user/ops/mary@example.com' }, [account]],
    [{ AWS: 'arn:aws:iam::222222222222:role/service-role/worker' }, [account]],
    [{ AWS: 'arn:aws:sts::222222222222:assumed-role/worker/i-0123' }, [account]],
    [{ AWS: 'arn:aws:sts::222222222222:federated-user/mary' }, [account]],
    [{ Service: 'sns.amazonaws.com' }, [sns]],
    [{ Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] }, [sns, sqs]],
    [{ AWS: '333333333333', Service: 'sns.amazonaws.com' }, [otherAccount, sns]],
    [{ Federated: 'accounts.google.com' }, []],
  ])('%j', (principal, included) => {
    const allowed = all.filter(
      (caller) => verdict(policyText({ Principal: principal }), { principal: caller }) === 'allow',
    );
    expect(allowed).toEqual(included);
    const others = policyText({ Effect: 'Deny', Principal: undefined, NotPrincipal: principal });
    const denied = all.filter((caller) => verdict(others, { principal: caller }) === 'deny');
    expect(denied).toEqual(all.filter((caller) => !(included as readonly unknown[]).includes(caller)));
  });

  test.each([
    ['222222222222', ['aws', 'aws-cn', 'aws-us-gov']],
    ['arn:aws:iam::222222222222:root', ['aws']],
    ['arn:aws-cn:iam::222222222222:user/mary', ['aws-cn']],
    ['arn:aws-us-gov:sts::222222222222:assumed-role/worker/i-0123', ['aws-us-gov']],
  ])('[SQS-96] %s is somebody who calls in %j', (AWS, partitions) => {
    const text = policyText({ Principal: { AWS }, Resource: '*' });
    const allowed = ['aws', 'aws-cn', 'aws-us-gov'].filter(
      (partition) => verdict(text, { resource: `arn:${partition}:sqs:somewhere:111111111111:orders` }) === 'allow',
    );
    expect(allowed).toEqual(partitions);
  });
});

describe('a topic delivers to a queue', () => {
  const topicArn = 'arn:aws:sns:us-east-1:444444444444:news';
  const subscription = policyText({
    Principal: { Service: 'sns.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn }, StringEquals: { 'aws:SourceAccount': '444444444444' } },
  });
  const fromTopic = { 'aws:SourceArn': topicArn, 'aws:SourceAccount': '444444444444' };

  test.each([
    ['that topic', callers.sns, fromTopic, 'allow'],
    ['another topic', callers.sns, { ...fromTopic, 'aws:SourceArn': `${topicArn}2` }, 'neutral'],
    ['another account', callers.sns, { ...fromTopic, 'aws:SourceAccount': '555555555555' }, 'neutral'],
    ['a service that does not say for whom', callers.sns, {}, 'neutral'],
    ['an account that says so itself', callers.account, fromTopic, 'neutral'],
  ])('%s', (_, principal, context, expected) => {
    expect(verdict(subscription, { principal, context })).toBe(expected);
  });

  test('older policies name everyone and lean on the source alone', () => {
    const text = policyText(
      { Principal: { AWS: '*' }, Condition: { ArnLike: { 'aws:SourceArn': topicArn } } },
      '2008-10-17',
    );
    expect(verdict(text, { principal: callers.sns, context: fromTopic })).toBe('allow');
    expect(verdict(text, { principal: callers.nobody })).toBe('neutral');
  });

  test('only over TLS', () => {
    const text = policyText({
      Effect: 'Deny',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(verdict(text, { context: { 'aws:SecureTransport': 'false' } })).toBe('deny');
    expect(verdict(text, { context: { 'aws:SecureTransport': 'true' } })).toBe('neutral');
  });
});
