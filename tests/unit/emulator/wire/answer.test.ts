import { gzipSync } from 'node:zlib';
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../../../../src/emulator/wire/inflate.ts';
import { bodyText, cbor, exchange, json, query, testCloud, utf8 } from './exchange.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const target = (name: string, version = '1.0') => ({
  'x-amz-target': name,
  'content-type': `application/x-amz-json-${version}`,
});

describe('the five ways to address an action', () => {
  it('JSON: x-amz-target, answered in the version it came in', async () => {
    const cloud = testCloud();
    const sqs = await exchange(cloud, { headers: target('AmazonSQS.ListQueues'), body: utf8('{}') });
    expect([sqs.status, sqs.headers['content-type'], sqs.body]).toEqual([200, 'application/x-amz-json-1.0', '{}']);
    const kinesis = await exchange(cloud, { headers: target('Kinesis_20131202.ListStreams', '1.1'), body: utf8('{}') });
    expect(kinesis.headers['content-type']).toBe('application/x-amz-json-1.1');
    expect(kinesis.headers['x-amzn-requestid']).toBe('request-1');
  });

  it('the older CBOR: x-amz-target with application/x-amz-cbor-1.1', async () => {
    const headers = { 'x-amz-target': 'Kinesis_20131202.ListStreams', 'content-type': 'application/x-amz-cbor-1.1' };
    const reply = await exchange(testCloud(), { headers, body: encode({}) });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/x-amz-cbor-1.1']);
  });

  it('RPC v2 CBOR: the path', async () => {
    const { status, headers, output } = await cbor(testCloud(), 'ListMetrics', {});
    expect([status, headers['smithy-protocol'], headers['content-type']]).toEqual([
      200,
      'rpc-v2-cbor',
      'application/cbor',
    ]);
    expect(output).toMatchObject({ Metrics: [] });
  });

  it('Query: a form whose version names the service', async () => {
    const reply = await query(testCloud(), { Action: 'GetCallerIdentity', Version: '2011-06-15' });
    expect(reply.headers['content-type']).toBe('text/xml');
    expect(bodyText(reply)).toContain('<GetCallerIdentityResult>\n    <UserId>000000000000</UserId>\n');
  });

  it('Query in the URL', async () => {
    const reply = await exchange(testCloud(), { method: 'GET', path: '/?Action=ListQueues&Version=2012-11-05' });
    expect(bodyText(reply)).toContain('<ListQueuesResponse');
  });

  it.each([
    ['ListQueues', '<ListQueuesResponse'],
    ['ListTopics', '<ListTopicsResponse'],
    ['DescribeAlarms', '<DescribeAlarmsResponse'],
  ])('Query without a version or a signature: %s names its service', async (action, response) => {
    const reply = await exchange(testCloud(), { method: 'GET', path: `/?Action=${action}` });
    expect([reply.status, bodyText(reply)]).toEqual([200, expect.stringContaining(response)]);
  });

  it.each([
    '/000000000000/orders',
    '/queue/orders',
    '/queue/000000000000/orders',
    '/queue/us-east-1/000000000000/orders',
  ])('Query posted to %s names the queue by its address', async (path) => {
    const cloud = testCloud();
    cloud.home.sqs.createQueue('orders', {});
    const reply = await query(cloud, { Action: 'SendMessage', MessageBody: 'hello' }, path);
    expect([reply.status, bodyText(reply)]).toEqual([200, expect.stringContaining('5d41402abc4b2a76b9719d911017c592')]);
  });

  it('falls back on the signature when the version is old or absent', async () => {
    const headers = {
      ...form,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260302/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    };
    const reply = await exchange(testCloud(), { headers, body: utf8('Action=ListQueues&Version=2009-02-01') });
    expect(reply.status).toBe(200);
  });
});

describe('refusals in the form of the dialect', () => {
  it('JSON: __type, message and the error type header; the legacy code only for clients that ask', async () => {
    const cloud = testCloud();
    const url = 'http://127.0.0.1:4566/000000000000/none';
    const plain = await json(cloud, 'AmazonSQS.PurgeQueue', { QueueUrl: url });
    expect(plain.status).toBe(400);
    expect(plain.output.__type).toBe('com.amazonaws.sqs#QueueDoesNotExist');
    expect(plain.headers['x-amzn-errortype']).toBe('QueueDoesNotExist');
    expect(plain.headers['x-amzn-query-error']).toBeUndefined();
    const asked = await json(cloud, 'AmazonSQS.PurgeQueue', { QueueUrl: url }, { 'x-amzn-query-mode': 'true' });
    expect(asked.headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });

  it('a service that never spoke Query has no legacy codes', async () => {
    const headers = { 'x-amzn-query-mode': 'true' };
    const { output, headers: replied } = await json(
      testCloud(),
      'Kinesis_20131202.DescribeStream',
      { StreamName: 'x' },
      headers,
    );
    expect(output.__type).toContain('#ResourceNotFoundException');
    expect(replied['x-amzn-query-error']).toBeUndefined();
  });

  it('Query: ErrorResponse with the legacy code', async () => {
    const reply = await query(testCloud(), { Action: 'GetQueueUrl', Version: '2012-11-05', QueueName: 'none' });
    expect(reply.status).toBe(400);
    expect(bodyText(reply)).toBe(
      '<?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type>' +
        '<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/>' +
        '</Error><RequestId>request-1</RequestId></ErrorResponse>',
    );
  });

  it('CBOR: a document of __type and message', async () => {
    const { status, headers, output } = await cbor(testCloud(), 'SetAlarmState', {
      AlarmName: 'none',
      StateValue: 'OK',
      StateReason: 'x',
    });
    expect([status, headers['smithy-protocol']]).toEqual([404, 'rpc-v2-cbor']);
    expect(output.__type).toBe('com.amazonaws.cloudwatch#ResourceNotFound');
  });

  it.each([
    ['JSON action', { headers: target('AmazonSQS.Nothing'), body: utf8('{}') }, 400, 'UnknownOperationException'],
    ['JSON service', { headers: target('Nobody.ListQueues'), body: utf8('{}') }, 400, 'UnknownOperationException'],
    ['REST path', { method: 'GET', path: '/2015-03-31/functions' }, 404, 'UnknownOperationException'],
    [
      'JSON without its target',
      { headers: { 'content-type': 'application/x-amz-json-1.0' } },
      404,
      'UnknownOperationException',
    ],
  ])('an unknown %s is refused by name', async (_what, request, status, type) => {
    const reply = await exchange(testCloud(), request);
    expect([reply.status, JSON.parse(bodyText(reply)).__type]).toEqual([status, `com.amazon.coral.service#${type}`]);
  });

  it.each([
    [{ Action: 'Nothing', Version: '2012-11-05' }, 'InvalidAction'],
    [{ Action: 'ListQueues', Version: '1999-01-01' }, 'InvalidAction'],
    [{ Action: 'GetQueueUrl', Version: '2012-11-05' }, 'MissingParameter'],
    [
      { Action: 'ReceiveMessage', Version: '2012-11-05', QueueUrl: 'x', MaxNumberOfMessages: '11' },
      'InvalidParameterValue',
    ],
    [
      { Action: 'ReceiveMessage', Version: '2012-11-05', QueueUrl: 'x', MaxNumberOfMessages: 'many' },
      'InvalidParameterValue',
    ],
  ])('Query %j is %s', async (fields, code) => {
    const reply = await query(testCloud(), fields);
    expect([reply.status, bodyText(reply)]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
  });

  it.each([
    ['GET at the URL of a queue', { method: 'GET', path: '/000000000000/orders' }],
    [
      'the same, asked for JSON',
      { method: 'GET', path: '/000000000000/orders', headers: { accept: 'application/json' } },
    ],
    ['POST at the URL of a queue', { path: '/000000000000/orders' }],
    [
      'JSON of no AWS kind',
      { path: '/000000000000/orders', headers: { 'content-type': 'application/json' }, body: utf8('{}') },
    ],
    ['a form', { headers: form, body: utf8('Version=2012-11-05&QueueUrl=x') }],
    ['a form at the URL of a queue', { path: '/000000000000/orders', headers: form, body: utf8('MessageBody=x') }],
    ['the endpoint', { method: 'GET', path: '/' }],
  ])('SQS-126: what names no action is claimed by no protocol: %s', async (_what, request) => {
    const cloud = testCloud();
    cloud.home.sqs.createQueue('orders', {});
    expect(await exchange(cloud, request)).toEqual({
      status: 404,
      headers: { 'x-amzn-requestid': 'request-1' },
      body: '<UnknownOperationException/>\n',
    });
  });

  it('a bug in an action is a 500 in the same form, not a crash', async () => {
    const cloud = testCloud();
    cloud.home.sqs.queueByName = () => {
      throw new TypeError('broken');
    };
    const { status, output } = await json(cloud, 'AmazonSQS.GetQueueUrl', { QueueName: 'x' });
    expect([status, output.__type]).toEqual([500, 'com.amazon.coral.service#InternalFailure']);
  });
});

describe('bodies', () => {
  it.each(['gzip', 'GZIP'])('%s is inflated', async (coding) => {
    const headers = { ...target('AmazonSQS.CreateQueue'), 'content-encoding': coding };
    const reply = await exchange(testCloud(), { headers, body: gzipSync(utf8('{"QueueName":"zipped"}')) });
    expect(JSON.parse(bodyText(reply))).toEqual({ QueueUrl: 'http://127.0.0.1:4566/000000000000/zipped' });
  });

  it.each([
    ['not gzip', 'gzip', utf8('plain'), 400],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(maxBodyBytes + 1)), 413],
    ['an encoding nobody sends', 'br', utf8('x'), 400],
    ['not UTF-8', undefined, new Uint8Array([0xff, 0xfe]), 400],
  ])('%s is refused', async (_what, encoding, body, status) => {
    const headers = { ...target('AmazonSQS.CreateQueue'), 'content-encoding': encoding };
    const reply = await exchange(testCloud(), { headers, body });
    expect(reply.status).toBe(status);
    // Who meets a limit that AWS does not have is told so.
    expect(bodyText(reply).includes('which is a limit of this emulator')).toBe(status === 413);
  });
});

describe('accounts and Regions', () => {
  const as = (key: string, region: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260302/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
  });

  it('an access key id of twelve digits is the account; each account and Region has queues of its own', async () => {
    const cloud = testCloud();
    const make = (key: string, region: string) =>
      json(cloud, 'AmazonSQS.CreateQueue', { QueueName: 'q' }, as(key, region));
    expect((await make('111111111111', 'eu-west-1')).output.QueueUrl).toBe('http://127.0.0.1:4566/111111111111/q');
    const list = (key: string, region: string) => json(cloud, 'AmazonSQS.ListQueues', {}, as(key, region));
    expect((await list('111111111111', 'eu-west-1')).output.QueueUrls).toHaveLength(1);
    expect((await list('111111111111', 'us-east-1')).output).toEqual({});
    expect((await list('AKIAEXAMPLE', 'eu-west-1')).output).toEqual({});
  });

  it('unsigned requests and made-up Regions are the home account', async () => {
    const cloud = testCloud();
    cloud.home.sqs.createQueue('q', {});
    expect((await json(cloud, 'AmazonSQS.ListQueues', {})).output.QueueUrls).toHaveLength(1);
    expect((await json(cloud, 'AmazonSQS.ListQueues', {}, as('x', '../etc'))).output.QueueUrls).toHaveLength(1);
  });

  it("another account's queue is denied, and not there when it is not", async () => {
    const cloud = testCloud();
    cloud.home.sqs.createQueue('q', {});
    const url = 'http://127.0.0.1:4566/000000000000/q';
    const { output } = await json(cloud, 'AmazonSQS.PurgeQueue', { QueueUrl: url }, as('111111111111', 'us-east-1'));
    expect(output.__type).toBe('com.amazonaws.sqs#AccessDeniedException');
    const none = { QueueUrl: 'http://127.0.0.1:4566/000000000000/none' };
    const missing = await json(cloud, 'AmazonSQS.PurgeQueue', none, as('111111111111', 'us-east-1'));
    expect(missing.output.__type).toBe('com.amazonaws.sqs#QueueDoesNotExist');
  });
});
