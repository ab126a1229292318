/** With `--verify-signatures`: what a policy allows to everybody needs no signature, and nothing else does without. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { type AdmissionRules, admit } from '../../../../src/emulator/server/admission.ts';
import { answer } from '../../../../src/emulator/wire/answer.ts';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { facts, secret, signed } from '../signatures/signing.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, accountId: null };
const rules: AdmissionRules = { services: null, keys: new Map([[key.accessKeyId, key]]), nowMs: () => startMs };

const request = (part: Partial<WireRequest>): WireRequest => ({
  method: 'POST',
  path: '/',
  headers: {},
  body: new Uint8Array(0),
  origin: 'http://127.0.0.1:4566',
  signal: { aborted: false, onAbort: () => {} },
  ...part,
});
const json = (target: string, input: unknown): WireRequest =>
  request({
    headers: { host: 'localhost:4566', 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: Buffer.from(JSON.stringify(input)),
  });
const form = (fields: Record<string, string>, path = '/'): WireRequest =>
  request({
    path,
    headers: { host: 'localhost:4566', 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  });
const get = (path: string): WireRequest => request({ method: 'GET', path });

async function exchange(what: WireRequest, cloud: Cloud): Promise<{ status: number; text: string }> {
  const admission = admit(what, cloud, rules, 'request-1');
  const reply = admission.admitted ? await answer(what, admission.cloud, 'request-1') : admission.reply;
  return { status: reply.status, text: bodyText(reply) };
}
const refused = { status: 403, text: expect.stringContaining('MissingAuthenticationToken') };
const served = { status: 200, text: expect.anything() };

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string;
  readonly Condition?: unknown;
}
const policy = (Resource: string, ...statements: Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource,
      ...one,
    })),
  });
const arnOf = (service: string, name: string, accountId = '000000000000'): string =>
  `arn:aws:${service}:us-east-1:${accountId}:${name}`;

/** `open` as the statements have it, `shut` without a policy. */
function withQueues(statements: readonly Statement[], accountId = '000000000000'): Cloud {
  const cloud = testCloud();
  const { sqs } = cloud.at(accountId, 'us-east-1');
  sqs.createQueue('open', { Policy: policy(arnOf('sqs', 'open', accountId), ...statements) });
  sqs.createQueue('shut', {});
  return cloud;
}
const send = (name: string, accountId = '000000000000'): WireRequest =>
  json('AmazonSQS.SendMessage', { QueueUrl: `http://x/${accountId}/${name}`, MessageBody: 'hi' });
const url = '/000000000000/open';

describe('[SQS-94] a queue whose policy allows it to everybody', () => {
  it.each<[string, WireRequest]>([
    ['JSON', send('open')],
    ['Query', form({ Action: 'SendMessage', Version: '2012-11-05', QueueUrl: `http://x${url}`, MessageBody: 'hi' })],
    [
      'Query at the address of the queue',
      form({ Action: 'SendMessage', Version: '2012-11-05', MessageBody: 'hi' }, url),
    ],
    ['Query in the URL', get(`${url}?Action=SendMessage&Version=2012-11-05&MessageBody=hi`)],
    ['Query in the URL without a version', get(`${url}?Action=SendMessage&MessageBody=hi`)],
    [
      'a batch, by the name of its single action',
      json('AmazonSQS.SendMessageBatch', { QueueUrl: url, Entries: [{ Id: 'a', MessageBody: 'hi' }] }),
    ],
  ])('takes a message unsigned: %s', async (_how, what) => {
    const cloud = withQueues([{}]);
    expect(await exchange(what, cloud)).toEqual(served);
    expect([...cloud.home.sqs.queueByName('open')!.peek()].map(({ body }) => body)).toEqual(['hi']);
  });

  it('of another account than the usual one', async () => {
    const cloud = withQueues([{}], '111122223333');
    expect(await exchange(send('open', '111122223333'), cloud)).toEqual(served);
    expect(cloud.at('111122223333', 'us-east-1').sqs.queueByName('open')!.counts().visible).toBe(1);
    expect(await exchange(send('open'), cloud)).toEqual(refused);
  });

  it.each<[string, Statement]>([
    ['{"AWS": "*"}', { Principal: { AWS: '*' } }],
    ['sqs:*', { Action: 'sqs:*' }],
    ['a condition that holds', { Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } } }],
  ])('with %s', async (_what, statement) => {
    expect(await exchange(send('open'), withQueues([statement]))).toEqual(served);
  });

  it('is found by its name and its account', async () => {
    const cloud = withQueues([{ Action: 'sqs:GetQueueUrl' }]);
    const ask = (QueueName: string) =>
      exchange(json('AmazonSQS.GetQueueUrl', { QueueName, QueueOwnerAWSAccountId: '000000000000' }), cloud);
    expect(await ask('open')).toEqual({ status: 200, text: expect.stringContaining(url) });
    expect(await ask('shut')).toEqual(refused);
  });
});

describe('[SQS-94] refused without a signature as before', () => {
  it.each<[string, Statement[]]>([
    ['no statement for it', [{ Action: 'sqs:ReceiveMessage' }]],
    ['only accounts', [{ Principal: { AWS: ['111122223333', '000000000000'] } }]],
    ['only a service', [{ Principal: { Service: 'sns.amazonaws.com' } }]],
    ['a deny beside it', [{}, { Effect: 'Deny' }]],
    ['a condition that does not hold', [{ Condition: { StringEquals: { 'aws:PrincipalAccount': '000000000000' } } }]],
  ])('%s', async (_what, statements) => {
    const cloud = withQueues(statements);
    expect(await exchange(send('open'), cloud)).toEqual(refused);
    expect(cloud.home.sqs.queueByName('open')!.counts().visible).toBe(0);
  });

  it.each<[string, WireRequest]>([
    ['a queue without a policy', send('shut')],
    ['a queue that is not there', send('none')],
    ['a queue of an account that nobody has named', send('open', '999988887777')],
    ['an action that cannot be shared', json('AmazonSQS.DeleteQueue', { QueueUrl: url })],
    ['settings', json('AmazonSQS.SetQueueAttributes', { QueueUrl: url, Attributes: { DelaySeconds: '1' } })],
    ['a list of queues', json('AmazonSQS.ListQueues', {})],
    ['an action that there is not', json('AmazonSQS.Explode', { QueueUrl: url })],
    ['no queue named', json('AmazonSQS.SendMessage', { MessageBody: 'hi' })],
    ['a queue named in another form', json('AmazonSQS.SendMessage', { QueueUrl: 7 })],
    ['a body that cannot be read', { ...send('open'), body: Buffer.from('{') }],
    ['a body that is not UTF-8', { ...send('open'), body: Buffer.from([0xff]) }],
    ['a stream', json('Kinesis_20131202.PutRecord', { QueueUrl: url })],
    // Read twice, they must mean the same twice.
    [
      'one queue for the check, another for the call',
      get(`${url}?Action=SendMessage&MessageBody=hi?&QueueUrl=/000000000000/shut`),
    ],
    ['two actions', get('/?Action=Unsubscribe&Version=2010-03-31?&Action=ListTopics')],
    // A name nobody vouches for.
    [
      'a credential without a signature',
      get(`${url}?Action=SendMessage&MessageBody=hi&X-Amz-Credential=111122223333/20260302/eu-west-1/sqs/aws4_request`),
    ],
    [
      'Unsubscribe with such a credential',
      get('/?Action=Unsubscribe&Version=2010-03-31&SubscriptionArn=x&X-Amz-Credential=a/b/us-east-1/sns/aws4_request'),
    ],
  ])('%s', async (_what, what) => {
    const cloud = withQueues([{ Action: 'sqs:*' }]);
    const before = cloud.regions().length;
    const { status } = await exchange(what, cloud);
    expect([400, 403]).toContain(status);
    expect((await exchange(what, cloud)).text).toContain('MissingAuthenticationToken');
    expect(['open', 'shut'].map((name) => cloud.home.sqs.queueByName(name)!.counts().visible)).toEqual([0, 0]);
    expect(cloud.regions()).toHaveLength(before);
  });

  it('a signature that is wrong is no missing one', async () => {
    const cloud = withQueues([{}]);
    const what = send('open');
    const wrong = { ...what, ...signed(what, { ...facts, secretAccessKey: 'x' }) };
    expect(await exchange(wrong, cloud)).toEqual({ status: 403, text: expect.stringContaining('InvalidSignature') });
    const right = { ...what, ...signed(what, facts) };
    expect(await exchange(right, cloud)).toEqual(served);
  });
});

describe('[SNS-81] topics', () => {
  const topicArn = arnOf('sns', 'open');
  function withTopics(...statements: Statement[]): Cloud {
    const cloud = testCloud();
    const Policy = policy(topicArn, ...statements.map((one) => ({ Action: 'sns:Publish', ...one })));
    cloud.home.sns.createTopic('open', { Policy }, new Map());
    cloud.home.sns.createTopic('shut', {}, new Map());
    return cloud;
  }
  const publish = (more: Record<string, string>): WireRequest =>
    form({ Action: 'Publish', Version: '2010-03-31', Message: 'hi', ...more });

  it.each<[string, WireRequest]>([
    ['by TopicArn', publish({ TopicArn: topicArn })],
    ['by TargetArn', publish({ TargetArn: topicArn })],
    [
      'a batch',
      form({
        Action: 'PublishBatch',
        Version: '2010-03-31',
        TopicArn: topicArn,
        'PublishBatchRequestEntries.member.1.Id': 'a',
        'PublishBatchRequestEntries.member.1.Message': 'hi',
      }),
    ],
  ])('everybody may publish: %s', async (_how, what) => {
    expect(await exchange(what, withTopics({}))).toEqual(served);
  });

  it.each<[string, WireRequest]>([
    [
      'the policy that a topic has from the beginning, which is for its owner',
      publish({ TopicArn: arnOf('sns', 'shut') }),
    ],
    ['no such topic', publish({ TopicArn: arnOf('sns', 'none') })],
    ['both ARNs', publish({ TopicArn: topicArn, TargetArn: arnOf('sns', 'shut') })],
    ['a text message', publish({ PhoneNumber: '+15550100' })],
    ['another action', form({ Action: 'DeleteTopic', Version: '2010-03-31', TopicArn: topicArn })],
    ['tags', form({ Action: 'ListTagsForResource', Version: '2010-03-31', ResourceArn: topicArn })],
  ])('refused: %s', async (_what, what) => {
    expect(await exchange(what, withTopics({}))).toEqual(refused);
  });

  it('only where the port is at home: a request without a signature has no other Region', async () => {
    const cloud = withTopics({});
    const far = 'arn:aws:sns:eu-west-1:000000000000:far';
    const Policy = policy(far, { Action: 'sns:Publish' });
    cloud.at('000000000000', 'eu-west-1').sns.createTopic('far', { Policy }, new Map());
    expect(await exchange(publish({ TopicArn: far }), cloud)).toEqual(refused);
  });

  it('a deny outweighs', async () => {
    expect(await exchange(publish({ TopicArn: topicArn }), withTopics({}, { Effect: 'Deny' }))).toEqual(refused);
  });
});
