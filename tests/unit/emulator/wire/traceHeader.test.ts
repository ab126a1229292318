/** The HTTP header X-Amzn-Trace-Id, which goes along with a message: to the queue, and through a topic to its queues. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { messagesIn, topicWithQueue } from '../sns/harness.ts';
import { bodyText, exchange, json, testCloud, utf8 } from './exchange.ts';

const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
const own = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0';
const header = { 'x-amzn-trace-id': trace };
const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
const AWSTraceHeader = { DataType: 'String', StringValue: own };

function withQueue(): Cloud {
  const cloud = testCloud();
  cloud.home.sqs.createQueue('q', {});
  return cloud;
}

async function form(cloud: Cloud, fields: Readonly<Record<string, string>>, headers = {}): Promise<string> {
  const reply = await exchange(cloud, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: utf8(new URLSearchParams(fields).toString()),
  });
  expect(reply.status).toBe(200);
  return bodyText(reply);
}

const tracesIn = (cloud: Cloud) => messagesIn(cloud, 'q').map(({ body, traceHeader }) => [body, traceHeader]);

describe('SQS-44: the trace header of a request', () => {
  it('becomes the AWSTraceHeader of its message, in JSON and in Query', async () => {
    const cloud = withQueue();
    await json(cloud, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'a' }, header);
    await form(cloud, { Action: 'SendMessage', Version: '2012-11-05', QueueUrl, MessageBody: 'b' }, header);
    const received = { QueueUrl, AttributeNames: ['AWSTraceHeader'], MaxNumberOfMessages: 10 };
    const { output } = await json(cloud, 'AmazonSQS.ReceiveMessage', received);
    expect(output.Messages).toMatchObject([
      { Body: 'a', Attributes: { AWSTraceHeader: trace } },
      { Body: 'b', Attributes: { AWSTraceHeader: trace } },
    ]);
  });

  it('does not count where the message has its own', async () => {
    const cloud = withQueue();
    const MessageSystemAttributes = { AWSTraceHeader };
    await json(cloud, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'a', MessageSystemAttributes }, header);
    const Entries = [
      { Id: '1', MessageBody: 'b', MessageSystemAttributes },
      { Id: '2', MessageBody: 'c' },
    ];
    await json(cloud, 'AmazonSQS.SendMessageBatch', { QueueUrl, Entries }, header);
    expect(tracesIn(cloud)).toEqual([
      ['a', own],
      ['b', own],
      ['c', trace],
    ]);
  });

  it('has no checksum: the client sent no attribute', async () => {
    const { output } = await json(withQueue(), 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'a' }, header);
    expect(output).not.toHaveProperty('MD5OfMessageSystemAttributes');
  });

  it('is none when it is empty or not there', async () => {
    const cloud = withQueue();
    await json(cloud, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'a' }, { 'x-amzn-trace-id': '' });
    await json(cloud, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'b' });
    const { output } = await json(cloud, 'AmazonSQS.ReceiveMessage', { QueueUrl, AttributeNames: ['AWSTraceHeader'] });
    expect((output.Messages as object[])[0]).not.toHaveProperty('Attributes');
    expect(tracesIn(cloud).map(([, traceHeader]) => traceHeader ?? null)).toEqual([null, null]);
  });
});

describe('SNS-62: the trace header of a publisher', () => {
  it.each([
    ['in the envelope', {}],
    ['raw', { RawMessageDelivery: 'true' }],
  ])('reaches the queues of the topic: %s', async (_how, attributes) => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { attributes });
    const sns = { Version: '2010-03-31', TopicArn };
    await form(cloud, { ...sns, Action: 'Publish', Message: 'a' }, header);
    const entry = 'PublishBatchRequestEntries.member.1';
    await form(cloud, { ...sns, Action: 'PublishBatch', [`${entry}.Id`]: '1', [`${entry}.Message`]: 'b' }, header);
    await form(cloud, { ...sns, Action: 'Publish', Message: 'c' });
    expect(messagesIn(cloud, 'q').map(({ traceHeader }) => traceHeader ?? null)).toEqual([trace, trace, null]);
    expect(bodyText({ status: 200, headers: {}, body: messagesIn(cloud, 'q')[0]!.body })).not.toContain('Root=');
  });
});
