/** What the storm found, one by one, so that each stays found. */
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { hasTooManyValues, maxValues } from '../../../../../src/emulator/wire/manyValues.ts';
import { bodyText, exchange, json, query, sqs, testCloud, utf8 } from '../exchange.ts';

describe('Query', () => {
  it('in the URL is refused in XML, also when it cannot be read', async () => {
    for (const [path, headers] of [
      ['/?Action=DeletePolicy&Version=2011-01-01&PolicyName=out%2', {}],
      ['/?Version=2011-06-15&Action=GetCallerIdentity', { 'content-encoding': 'gzip' }],
    ] as const) {
      const reply = await exchange(testCloud(), { method: 'GET', path, headers });
      expect(reply.headers['content-type']).toBe('text/xml');
      expect(bodyText(reply)).toContain('<ErrorResponse ');
    }
  });

  it('does not lose the fields behind the last one it counts', async () => {
    const body = `Action=ListQueues&Version=2012-11-05${'&a=b'.repeat(20_000)}&MaxResults=x`;
    const reply = await exchange(testCloud(), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: utf8(body),
    });
    expect(bodyText(reply)).toContain('<Code>MalformedQueryString</Code>');
  });

  it('refuses an element of a list that has no value but names below it', async () => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'orders' });
    const reply = await query(cloud, {
      Action: 'GetQueueAttributes',
      Version: '2012-11-05',
      QueueUrl: '/000000000000/orders',
      'AttributeName.1.x': 'All',
      'AttributeName.2': 'DelaySeconds',
    });
    expect(reply.status).toBe(400);
    expect(bodyText(reply)).toContain(
      '<Code>MalformedInput</Code><Message>Start of list found where not expected</Message>',
    );
  });

  it.each(['9007199254740993', '-99999999999999999', '1e3', '0x10'])('%s is no integer', async (MaxRecords) => {
    const reply = await query(testCloud(), { Action: 'DescribeAlarms', Version: '2010-08-01', MaxRecords });
    expect(bodyText(reply)).toContain('Member must be an integer');
  });
});

describe('documents', () => {
  it.each([1e308, 2 ** 53, -(2 ** 53)])('%d is no integer', async (DelaySeconds) => {
    const input = { QueueUrl: '/000000000000/orders', MessageBody: 'x', DelaySeconds };
    expect(await sqs(testCloud(), 'SendMessage', input)).toMatchObject({ error: 'SerializationException' });
  });

  it('of CBOR too deep are told so', async () => {
    const reply = await exchange(testCloud(), {
      path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
      body: new Uint8Array(100_000).fill(0x81),
    });
    expect(Buffer.from(reply.body as Uint8Array).toString('latin1')).toContain('nested too deeply');
  });

  const texts = (count: number): string => `["${'\\",[{'.repeat(9)}"${',1'.repeat(count)}]`;
  it('are counted by their values, whatever their texts hold', () => {
    // The list is a value itself.
    expect(hasTooManyValues(texts(maxValues - 2))).toBe(false);
    expect(hasTooManyValues(texts(maxValues - 1))).toBe(true);
    expect(hasTooManyValues(JSON.stringify('[,{"\\'.repeat(maxValues)))).toBe(false);
    expect(hasTooManyValues('['.repeat(maxValues + 1))).toBe(true);
  });

  it('of CBOR have as many values', async () => {
    const list = (length: number) => ({ AlarmNames: new Array(length).fill('') });
    const send = (length: number) =>
      exchange(testCloud(), {
        path: '/service/GraniteServiceVersion20100801/operation/EnableAlarmActions',
        body: encode(list(length)),
      });
    // The structure, its key and the list are three.
    expect((await send(maxValues - 3)).status).toBe(200);
    const refused = await send(maxValues - 2);
    expect(refused.status).toBe(400);
    expect(Buffer.from(refused.body as Uint8Array).toString('latin1')).toContain('which is a limit of this emulator');
  });
});

it('a refusal repeats only the beginning of what is wrong', async () => {
  const { status, output } = await json(testCloud(), 'Kinesis_20131202.DescribeStream', {
    StreamName: '€'.repeat(99_999),
  });
  expect(status).toBe(400);
  expect(String(output.message)).toHaveLength(4_096);
});

it('a dimension may have a name that JavaScript knows', async () => {
  const cloud = testCloud();
  const call = (action: string, input: unknown) => json(cloud, `GraniteServiceVersion20100801.${action}`, input);
  const Dimensions = [
    { Name: '__proto__', Value: 'a' },
    { Name: 'constructor', Value: 'b' },
  ];
  await call('PutMetricData', { Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1, Dimensions }] });
  await call('PutMetricData', { Namespace: 'N', MetricData: [{ MetricName: 'plain', Value: 1 }] });
  const { output } = await call('ListMetrics', { Dimensions: [{ Name: '__proto__' }, { Name: 'constructor' }] });
  expect(output.Metrics).toEqual([{ Namespace: 'N', MetricName: 'M', Dimensions }]);
  expect((await call('ListMetrics', { Dimensions: [{ Name: 'toString' }] })).output.Metrics).toEqual([]);
});

it('a refused request makes no account and no Region', async () => {
  const cloud = testCloud();
  const authorization = 'AWS4-HMAC-SHA256 Credential=222222222222/20260302/eu-west-1/sqs/aws4_request';
  const places = () => cloud.regions().map(({ accountId, region }) => `${accountId}/${region}`);
  for (const [action, input] of [
    ['CreateQueue', { QueueName: 1 }],
    ['GetQueueUrl', {}],
    ['DropQueue', {}],
  ] as const) {
    expect((await json(cloud, `AmazonSQS.${action}`, input, { authorization })).status).toBe(400);
  }
  expect(places()).toEqual(['000000000000/us-east-1']);
  const { output } = await json(cloud, 'AmazonSQS.CreateQueue', { QueueName: 'q' }, { authorization });
  expect(output).toEqual({ QueueUrl: 'http://127.0.0.1:4566/222222222222/q' });
  expect(places()).toEqual(['000000000000/us-east-1', '222222222222/eu-west-1']);
  // Each has its own.
  expect((await json(cloud, 'AmazonSQS.ListQueues', {})).output).toEqual({});
});
