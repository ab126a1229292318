/** How AWS answers at the addresses of queues: Query by GET and by POST, JSON, and every form of URL it has had. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import type { WireReply } from '../../../../src/emulator/wire/message.ts';
import { bodyText, exchange, utf8 } from '../wire/exchange.ts';
import { arnOf, sqs, testCloud, urlOf } from './actionHarness.ts';
import { refusalIn, resultIn } from './recordedAnswersClient.ts';

const path = '/000000000000/q';

async function withQueues(...names: readonly string[]): Promise<Cloud> {
  const cloud = testCloud();
  for (const QueueName of names) {
    const Attributes = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
    await sqs(cloud, 'CreateQueue', { QueueName, Attributes });
  }
  return cloud;
}

const get = (cloud: Cloud, fields: Readonly<Record<string, string>>, at = path): Promise<WireReply> =>
  exchange(cloud, { method: 'GET', path: `${at}?${new URLSearchParams(fields)}` });

describe('GET at the URL of a queue', () => {
  it('gives its attributes, all or the one that is asked for', async () => {
    const cloud = await withQueues('q', 'q.fifo');
    const all = await get(cloud, { Action: 'GetQueueAttributes', 'AttributeName.1': 'All' });
    expect([all.status, all.headers['content-type']]).toEqual([200, 'text/xml']);
    const text = bodyText(all);
    expect(text).toContain('<GetQueueAttributesResponse ');
    expect(text).toContain(`<Attribute><Name>QueueArn</Name><Value>${arnOf('q')}</Value></Attribute>`);
    expect(text).toContain('<Attribute><Name>VisibilityTimeout</Name><Value>30</Value></Attribute>');
    const one = await get(cloud, { Action: 'GetQueueAttributes', 'AttributeName.1': 'QueueArn' });
    expect(resultIn(one, cloud, 'GetQueueAttributes')).toEqual({ Attributes: { QueueArn: arnOf('q') } });
    const fields = { Action: 'GetQueueAttributes', 'AttributeName.1': 'All' };
    const fifo = bodyText(await get(cloud, fields, '/000000000000/q.fifo'));
    expect(fifo).toContain('<Name>FifoQueue</Name><Value>true</Value>');
  });

  it('sends to this queue and no other, and receives from it', async () => {
    const cloud = await withQueues('q', 'r');
    expect((await get(cloud, { Action: 'SendMessage', MessageBody: 'foobar' })).status).toBe(200);
    const none = await get(cloud, { Action: 'ReceiveMessage' }, '/000000000000/r');
    expect(bodyText(none)).toContain('<ReceiveMessageResult/>');
    const text = bodyText(await get(cloud, { Action: 'ReceiveMessage' }));
    expect(text).toContain('<Body>foobar</Body>');
    expect(text).toContain('<MD5OfBody>');
  });

  it('a QueueUrl in the request counts for more than the address', async () => {
    const cloud = await withQueues('q', 'r');
    const fields = { Action: 'GetQueueAttributes', QueueUrl: urlOf('r'), 'AttributeName.1': 'QueueArn' };
    expect(resultIn(await get(cloud, fields), cloud, 'GetQueueAttributes').Attributes).toEqual({
      QueueArn: arnOf('r'),
    });
  });

  it.each(['q', 'r'])('tells the URL of the queue %s', async (QueueName) => {
    const cloud = await withQueues('q', 'r');
    const fields = { Action: 'GetQueueUrl', QueueName, QueueOwnerAWSAccountId: '000000000000' };
    expect(resultIn(await get(cloud, fields), cloud, 'GetQueueUrl')).toEqual({ QueueUrl: urlOf(QueueName) });
  });

  it('deletes it; then it is not there', async () => {
    const cloud = await withQueues('q');
    expect(bodyText(await get(cloud, { Action: 'DeleteQueue' }))).toContain('<DeleteQueueResponse ');
    const refused = refusalIn(await get(cloud, { Action: 'GetQueueAttributes', 'AttributeName.1': 'QueueArn' }));
    expect(refused).toMatchObject({ status: 400, code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });

  it.each([
    [{ Action: 'FooBar' }, 'InvalidAction', 'The action FooBar is not valid for this endpoint.'],
    [
      { Action: 'CreateQueue', QueueName: 'x' },
      'InvalidAction',
      'The action CreateQueue is not valid for this endpoint.',
    ],
    [{ Action: 'ListQueues' }, 'InvalidAction', 'The action ListQueues is not valid for this endpoint.'],
    [{ Action: 'SendMessage' }, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    [
      { Action: 'GetQueueAttributes', 'AttributeName.1': 'Foobar' },
      'InvalidAttributeName',
      'Unknown Attribute Foobar.',
    ],
  ])('refuses %j', async (fields, code, message) => {
    const cloud = await withQueues('q');
    expect(refusalIn(await get(cloud, fields))).toEqual({ status: 400, code, message });
    expect(cloud.home.sqs.queues().map(({ name }) => name)).toEqual(['q']);
  });
});

describe('the URL of a queue', () => {
  it('lists and makes queues at the endpoint only, by GET as well', async () => {
    const cloud = await withQueues('q');
    const fields = { Action: 'ListQueues', Version: '2012-11-05' };
    expect(resultIn(await get(cloud, fields, '/'), cloud, 'ListQueues')).toEqual({ QueueUrls: [urlOf('q')] });
  });

  it('takes Query by POST without a version, as older clients write it', async () => {
    const cloud = await withQueues('q');
    const reply = await exchange(cloud, {
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: utf8('Action=SendMessage&MessageBody=foobar'),
    });
    expect([reply.status, cloud.home.sqs.queueByName('q')?.counts().visible]).toEqual([200, 1]);
  });

  it('takes JSON, and answers as such, without a list of no messages', async () => {
    const cloud = await withQueues('q');
    const reply = await exchange(cloud, {
      path,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: utf8(JSON.stringify({ QueueUrl: urlOf('q') })),
    });
    expect([reply.status, reply.headers['content-type'], bodyText(reply)]).toEqual([
      200,
      'application/x-amz-json-1.0',
      '{}',
    ]);
  });

  it.each([
    'https://sqs.us-east-1.amazonaws.com/000000000000/q',
    'https://us-east-1.queue.amazonaws.com/000000000000/q',
    'https://queue.amazonaws.com/000000000000/q',
    'http://sqs.us-east-1.localhost:4566/000000000000/q',
    'http://us-east-1.queue.localhost:4566/000000000000/q',
    'http://localhost:4566/queue/us-east-1/000000000000/q',
    'http://aws-local:12345/000000000000/q',
    'http://127.0.0.1/000000000000/q',
  ])('may be %s, in a request and as its address', async (url) => {
    const cloud = await withQueues('q');
    expect(await sqs(cloud, 'SendMessage', { QueueUrl: url, MessageBody: 'x' })).not.toHaveProperty('error');
    const { pathname } = new URL(url);
    expect((await get(cloud, { Action: 'SendMessage', MessageBody: 'y' }, pathname)).status).toBe(200);
    expect(cloud.home.sqs.queueByName('q')?.counts().visible).toBe(2);
  });

  it.each(['http://localhost:4566', 'http://127.0.0.1:4566', 'http://external-host:12345', 'https://sqs.example'])(
    'names the host that the client asked: %s',
    async (origin) => {
      const cloud = await withQueues('q');
      for (const Action of ['GetQueueUrl', 'CreateQueue']) {
        const fields = new URLSearchParams({ Action, Version: '2012-11-05', QueueName: 'q' });
        const reply = await exchange(cloud, { method: 'GET', path: `/?${fields}`, origin });
        expect(resultIn(reply, cloud, Action)).toEqual({ QueueUrl: `${origin}/000000000000/q` });
      }
    },
  );
});
