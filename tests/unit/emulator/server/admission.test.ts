/** Which requests are let in when services are chosen or signatures count, and in what form the others are refused. */
import { decode } from 'cborg';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { type AdmissionRules, admit } from '../../../../src/emulator/server/admission.ts';
import type { AccessKey } from '../../../../src/emulator/signatures/index.ts';
import { answer } from '../../../../src/emulator/wire/answer.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { facts, type SigningFacts, secret, signed } from '../signatures/signing.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';

const keys: readonly AccessKey[] = [
  { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, accountId: null },
  { accessKeyId: 'AKIDTEAM', secretAccessKey: secret, accountId: '111122223333' },
  { accessKeyId: '222233334444', secretAccessKey: secret, accountId: null },
];
const signatures: AdmissionRules = {
  services: null,
  keys: new Map(keys.map((key) => [key.accessKeyId, key])),
  nowMs: () => startMs,
};
const only = (...services: string[]): AdmissionRules => ({
  services: new Set(services),
  keys: null,
  nowMs: () => startMs,
});

function request(part: Partial<WireRequest>): WireRequest {
  return {
    method: 'POST',
    path: '/',
    headers: {},
    body: new Uint8Array(0),
    origin: 'http://127.0.0.1:4566',
    signal: { aborted: false, onAbort: () => {} },
    ...part,
  };
}

const host = { host: 'localhost:4566' };
const json = (target: string, version = '1.0'): WireRequest =>
  request({
    headers: { ...host, 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target },
    body: Buffer.from('{}'),
  });
const query = (action: string, version: string): WireRequest =>
  request({
    headers: { ...host, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(`Action=${action}&Version=${version}`),
  });
const sign = (what: WireRequest, more: Partial<SigningFacts> = {}): WireRequest => ({
  ...what,
  ...signed(what, { ...facts, ...more }),
});

async function exchange(what: WireRequest, rules: AdmissionRules, cloud: Cloud = testCloud()): Promise<WireReply> {
  const admission = admit(what, cloud, rules, 'request-1');
  return admission.admitted ? answer(what, admission.cloud, 'request-1') : admission.reply;
}

describe('signatures', () => {
  it.each([
    ['JSON', json('AmazonSQS.ListQueues'), 'sqs'],
    ['JSON 1.1', json('Kinesis_20131202.ListStreams', '1.1'), 'kinesis'],
    ['Query', query('GetCallerIdentity', '2011-06-15'), 'sts'],
    [
      'CBOR',
      request({
        path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
        headers: { ...host, 'smithy-protocol': 'rpc-v2-cbor' },
        body: Buffer.from([0xa0]),
      }),
      'monitoring',
    ],
  ])('%s: good ones are served', async (_what, what, service) => {
    expect((await exchange(sign(what, { service }), signatures)).status).toBe(200);
  });

  const identity = sign(query('GetCallerIdentity', '2011-06-15'), { service: 'sts' });
  it.each([
    ['AKIDEXAMPLE', '000000000000'],
    ['AKIDTEAM', '111122223333'],
    ['222233334444', '222233334444'],
  ])('a call signed by %s is one of account %s', async (accessKeyId, account) => {
    const reply = await exchange(
      sign(query('GetCallerIdentity', '2011-06-15'), { service: 'sts', accessKeyId }),
      signatures,
    );
    expect(bodyText(reply)).toContain(`<Account>${account}</Account>`);
  });

  it('the Region is that of the credential scope, for an account of the key file, too', async () => {
    const cloud = testCloud();
    const what = request({
      headers: { ...host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
      body: Buffer.from('{"QueueName":"q"}'),
    });
    await exchange(sign(what, { accessKeyId: 'AKIDTEAM', region: 'eu-west-1' }), signatures, cloud);
    expect(cloud.at('111122223333', 'eu-west-1').sqs.queues()).toHaveLength(1);
    expect(cloud.home.sqs.queues()).toEqual([]);
  });

  interface Case {
    readonly what: string;
    readonly sqs: WireRequest;
    readonly kinesis: WireRequest;
    readonly sts: WireRequest;
    readonly shape: string;
    readonly code: string;
    readonly status: readonly [sqs: number, kinesis: number, sts: number];
  }
  const each = (change: (plain: WireRequest, service: string) => WireRequest) => ({
    sqs: change(json('AmazonSQS.ListQueues'), 'sqs'),
    kinesis: change(json('Kinesis_20131202.ListStreams', '1.1'), 'kinesis'),
    sts: change(query('GetCallerIdentity', '2011-06-15'), 'sts'),
  });
  const broken = (plain: WireRequest): WireRequest => ({
    ...plain,
    headers: { ...plain.headers, authorization: 'AWS4-HMAC-SHA256 Credential=x' },
  });
  const cases: readonly Case[] = [
    {
      what: 'no signature',
      ...each((plain) => plain),
      shape: 'MissingAuthenticationTokenException',
      code: 'MissingAuthenticationToken',
      status: [403, 400, 403],
    },
    {
      what: 'half a signature',
      ...each(broken),
      shape: 'IncompleteSignatureException',
      code: 'IncompleteSignature',
      status: [400, 400, 400],
    },
    {
      what: 'an unknown key',
      ...each((plain, service) => sign(plain, { service, accessKeyId: 'AKIDOTHER' })),
      shape: 'UnrecognizedClientException',
      code: 'InvalidClientTokenId',
      status: [403, 400, 403],
    },
    {
      what: 'another secret',
      ...each((plain, service) => sign(plain, { service, secretAccessKey: 'x' })),
      shape: 'InvalidSignatureException',
      code: 'SignatureDoesNotMatch',
      status: [403, 400, 403],
    },
  ];

  it.each(cases)('$what: $shape in JSON, $code in Query', async ({ sqs, kinesis, sts, shape, code, status }) => {
    const asking = { ...sqs, headers: { ...sqs.headers, 'x-amzn-query-mode': 'true' } };
    const replies = await Promise.all([asking, kinesis, sts].map((what) => exchange(what, signatures)));
    expect(replies.map((reply) => reply.status)).toEqual(status);
    expect(replies[0]!.headers['x-amzn-query-error']).toBe(`${code};Sender`);
    expect(replies[1]!.headers['x-amzn-query-error']).toBeUndefined();
    for (const reply of replies.slice(0, 2)) {
      expect(JSON.parse(bodyText(reply)).__type).toBe(`com.amazon.coral.service#${shape}`);
      expect([reply.headers['x-amzn-errortype'], reply.headers['x-amzn-requestid']]).toEqual([shape, 'request-1']);
    }
    expect(bodyText(replies[2]!)).toContain(`<Type>Sender</Type>\n    <Code>${code}</Code>\n`);
    expect(bodyText(replies[2]!)).toContain('xmlns="https://sts.amazonaws.com/doc/2011-06-15/"');
  });

  it('CBOR is refused in CBOR', async () => {
    const path = '/service/GraniteServiceVersion20100801/operation/ListMetrics';
    const reply = await exchange(request({ path, headers: { 'smithy-protocol': 'rpc-v2-cbor' } }), signatures);
    expect([reply.status, reply.headers['smithy-protocol']]).toEqual([403, 'rpc-v2-cbor']);
    expect(decode(reply.body as Uint8Array)).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    });
  });

  it.each([
    ['sqs', 15],
    ['kinesis', 5],
  ] as const)('%s allows %i minutes between the clocks', async (service, minutes) => {
    const what = service === 'sqs' ? json('AmazonSQS.ListQueues') : json('Kinesis_20131202.ListStreams', '1.1');
    const at = (ms: number): AdmissionRules => ({ ...signatures, nowMs: () => startMs + ms });
    expect((await exchange(sign(what, { service }), at(minutes * 60_000))).status).toBe(200);
    const late = await exchange(sign(what, { service }), at(minutes * 60_000 + 1));
    expect(JSON.parse(bodyText(late)).message).toContain(`- ${minutes} min.)`);
  });

  it.each(['ConfirmSubscription', 'Unsubscribe'])(
    '%s is a link that people follow: unsigned ones are served',
    async (action) => {
      const path = `/?Action=${action}&Version=2010-03-31&TopicArn=x&SubscriptionArn=x&Token=x`;
      expect(bodyText(await exchange(request({ method: 'GET', path }), signatures))).not.toContain(
        'MissingAuthentication',
      );
      const wrong = sign(query(action, '2010-03-31'), { service: 'sns', secretAccessKey: 'x' });
      expect(bodyText(await exchange(wrong, signatures))).toContain('SignatureDoesNotMatch');
      const other = request({ method: 'GET', path: path.replace(action, 'ListTopics') });
      expect(bodyText(await exchange(other, signatures))).toContain('MissingAuthenticationToken');
    },
  );

  it('the session token of temporary credentials is a signed field like any other', async () => {
    const what = { ...identity, headers: { ...host, 'x-amz-security-token': 'token' } };
    const good = sign(
      { ...query('GetCallerIdentity', '2011-06-15'), headers: { ...query('', '').headers, ...what.headers } },
      { service: 'sts' },
    );
    expect((await exchange(good, signatures)).status).toBe(200);
    const changed = { ...good, headers: { ...good.headers, 'x-amz-security-token': 'other' } };
    expect((await exchange(changed, signatures)).status).toBe(403);
  });

  it.each([
    ['a body that is not UTF-8', { ...query('', ''), body: Buffer.from([0xff]) }],
    ['a body that is no gzip', { ...query('', ''), headers: { ...query('', '').headers, 'content-encoding': 'gzip' } }],
    ['a query that is none', request({ method: 'GET', path: '/?Action=%zz' })],
    ['a path of nobody', request({ method: 'GET', path: '/2015-03-31/functions' })],
  ])('%s, unsigned, is no exception', async (_what, what) => {
    expect((await exchange(what, signatures)).status).toBe(403);
  });
});

describe('chosen services', () => {
  it('the others are refused by name, in the form of the request', async () => {
    const sqs = await exchange(json('AmazonSQS.ListQueues'), only('sns', 'kinesis'));
    expect([sqs.status, JSON.parse(bodyText(sqs))]).toEqual([
      403,
      {
        __type: 'com.amazon.coral.service#OptInRequired',
        message: 'The service sqs is not served by this emulator, which serves kinesis, sns (--services).',
      },
    ]);
    const sts = await exchange(query('GetCallerIdentity', '2011-06-15'), only('sqs'));
    expect(bodyText(sts)).toContain('<Code>OptInRequired</Code>\n    <Message>The service sts is not served');
    const { headers, ...rest } = query('GetCallerIdentity', '2011-06-15');
    const asked = await exchange({ ...rest, headers: { ...headers, accept: 'application/json' } }, only('sqs'));
    expect(JSON.parse(bodyText(asked)).Error.Code).toBe('OptInRequired');
  });

  it('CloudWatch goes by the name the AWS CLI has for it', async () => {
    const what = json('GraniteServiceVersion20100801.ListMetrics');
    expect((await exchange(what, only('cloudwatch'))).status).toBe(200);
    expect((await exchange(what, only('monitoring'))).status).toBe(403);
  });

  it('are served without a signature, and what belongs to no service is refused as ever', async () => {
    expect((await exchange(json('AmazonSQS.ListQueues'), only('sqs'))).status).toBe(200);
    expect((await exchange(request({ method: 'GET', path: '/2015-03-31/functions' }), only('sqs'))).status).toBe(404);
  });

  it('not served comes before not signed', async () => {
    const both = { ...signatures, services: new Set(['sns']) };
    expect(bodyText(await exchange(json('AmazonSQS.ListQueues'), both))).toContain('OptInRequired');
  });
});
