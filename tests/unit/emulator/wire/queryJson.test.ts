/**
 * Query answered in JSON. The forms of SendMessage, ReceiveMessage, ListQueues, Publish, GetCallerIdentity and of errors are as users
 * have recorded them from AWS.
 */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { bodyText, exchange, testCloud, utf8 } from './exchange.ts';

const path = '/000000000000/q';
const ResponseMetadata = { RequestId: 'request-1' };

function withQueue(): Cloud {
  const cloud = testCloud();
  cloud.home.sqs.createQueue('q', {});
  return cloud;
}

async function ask(cloud: Cloud, fields: Readonly<Record<string, string>>, at = path, accept = 'application/json') {
  const reply = await exchange(cloud, {
    path: at,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
    body: utf8(new URLSearchParams(fields).toString()),
  });
  return { status: reply.status, type: reply.headers['content-type'], text: bodyText(reply) };
}

const sqs = { Version: '2012-11-05' };

describe('SQS-127: Query with Accept: application/json', () => {
  it('gives every member, in order, null where there is none', async () => {
    const { status, type, text } = await ask(withQueue(), { ...sqs, Action: 'SendMessage', MessageBody: 'hello' });
    expect([status, type]).toEqual([200, 'application/json']);
    expect(text).toMatch(
      /^\{"SendMessageResponse":\{"ResponseMetadata":\{"RequestId":"request-1"\},"SendMessageResult":\{"MD5OfMessageAttributes":null,"MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592","MD5OfMessageSystemAttributes":null,"MessageId":"[\da-f-]{36}","SequenceNumber":null\}\}\}$/,
    );
  });

  it('gives messages under their name in this form', async () => {
    const cloud = withQueue();
    const none = await ask(cloud, { ...sqs, Action: 'ReceiveMessage' });
    expect(none.text).toBe(
      '{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":null},"ResponseMetadata":{"RequestId":"request-1"}}}',
    );
    await ask(cloud, { ...sqs, Action: 'SendMessage', MessageBody: 'hello' });
    const { text } = await ask(cloud, { ...sqs, Action: 'ReceiveMessage', VisibilityTimeout: '0' });
    expect(text).toMatch(
      /"messages":\[\{"Attributes":null,"Body":"hello","MD5OfBody":"\w{32}","MD5OfMessageAttributes":null,"MessageAttributes":null,"MessageId":"[^"]+","ReceiptHandle":"[^"]+"\}\]/,
    );
    const counted = await ask(cloud, {
      ...sqs,
      Action: 'ReceiveMessage',
      'AttributeName.1': 'ApproximateReceiveCount',
    });
    expect(JSON.parse(counted.text).ReceiveMessageResponse.ReceiveMessageResult.messages[0].Attributes).toEqual([
      { Name: 'ApproximateReceiveCount', Value: '2' },
    ]);
  });

  it('gives maps of SQS as lists, lists as lists', async () => {
    const cloud = withQueue();
    const all = await ask(cloud, { ...sqs, Action: 'GetQueueAttributes', 'AttributeName.1': 'All' });
    const { Attributes } = JSON.parse(all.text).GetQueueAttributesResponse.GetQueueAttributesResult;
    expect(Attributes).toContainEqual({ Name: 'QueueArn', Value: 'arn:aws:sqs:us-east-1:000000000000:q' });
    const listed = await ask(cloud, { ...sqs, Action: 'ListQueues' }, '/');
    expect(listed.text).toBe(
      '{"ListQueuesResponse":{"ListQueuesResult":{"NextToken":null,"queueUrls":["http://127.0.0.1:4566/000000000000/q"]},"ResponseMetadata":{"RequestId":"request-1"}}}',
    );
  });

  it('has no result where there is no output', async () => {
    const { text } = await ask(withQueue(), { ...sqs, Action: 'PurgeQueue' });
    expect(JSON.parse(text)).toEqual({ PurgeQueueResponse: { ResponseMetadata } });
  });

  it('refuses in JSON', async () => {
    const { status, type, text } = await ask(withQueue(), { ...sqs, Action: 'ListQueues' });
    expect([status, type]).toEqual([400, 'application/json']);
    expect(text).toBe(
      '{"Error":{"Code":"InvalidAction","Message":"The action ListQueues is not valid for this endpoint.","Type":"Sender"},"RequestId":"request-1"}',
    );
  });

  it.each(['*/*', 'text/xml', 'application/json, text/plain, */*'])('is XML for anybody else: %s', async (accept) => {
    const { type } = await ask(withQueue(), { ...sqs, Action: 'PurgeQueue' }, path, accept);
    expect(type).toBe('text/xml');
  });
});

describe('the other services that speak Query', () => {
  it('SNS', async () => {
    const cloud = testCloud();
    const sns = { Version: '2010-03-31' };
    const { text } = await ask(cloud, { ...sns, Action: 'CreateTopic', Name: 't' }, '/');
    const { TopicArn } = JSON.parse(text).CreateTopicResponse.CreateTopicResult;
    const published = await ask(cloud, { ...sns, Action: 'Publish', TopicArn, Message: 'm' }, '/');
    expect(published.text).toMatch(
      /^\{"PublishResponse":\{"PublishResult":\{"MessageId":"[\da-f-]{36}","SequenceNumber":null\},"ResponseMetadata":\{"RequestId":"request-1"\}\}\}$/,
    );
    const attributes = await ask(cloud, { ...sns, Action: 'GetTopicAttributes', TopicArn }, '/');
    const got = JSON.parse(attributes.text).GetTopicAttributesResponse.GetTopicAttributesResult.Attributes;
    expect(got).toMatchObject({ TopicArn, SubscriptionsConfirmed: '0' });
  });

  it('STS and CloudWatch, with times in seconds', async () => {
    const cloud = testCloud();
    const identity = await ask(cloud, { Version: '2011-06-15', Action: 'GetCallerIdentity' }, '/');
    expect(identity.text).toBe(
      '{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"000000000000","Arn":"arn:aws:iam::000000000000:root","UserId":"000000000000"},"ResponseMetadata":{"RequestId":"request-1"}}}',
    );
    const cloudWatch = { Version: '2010-08-01' };
    const alarm = {
      AlarmName: 'a',
      MetricName: 'm',
      Namespace: 'n',
      Statistic: 'Sum',
      Period: '60',
      EvaluationPeriods: '1',
      Threshold: '1',
      ComparisonOperator: 'GreaterThanThreshold',
    };
    await ask(cloud, { ...cloudWatch, Action: 'PutMetricAlarm', ...alarm }, '/');
    const { text } = await ask(cloud, { ...cloudWatch, Action: 'DescribeAlarms' }, '/');
    const [described] = JSON.parse(text).DescribeAlarmsResponse.DescribeAlarmsResult.MetricAlarms;
    expect(described).toMatchObject({
      AlarmName: 'a',
      Threshold: 1,
      StateUpdatedTimestamp: Date.UTC(2026, 2, 2) / 1_000,
    });
  });
});
