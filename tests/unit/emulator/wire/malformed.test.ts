/**
 * Thousands of broken requests per protocol, made from good ones by a seeded hand: every answer is a refusal in AWS's
 * form (or, where the damage happens to leave a good request, a success), and none is a failure of the emulator.
 */
import { decode, encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../../src/core/time/random.ts';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { bodyText, exchange, testCloud, utf8 } from './exchange.ts';

const perProtocol = 4_000;

const inputs: readonly (readonly [target: string, input: Record<string, unknown>])[] = [
  ['AmazonSQS.CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '5' }, tags: { a: 'b' } }],
  ['AmazonSQS.SendMessage', { QueueUrl: 'http://h/000000000000/orders', MessageBody: 'x', DelaySeconds: 1 }],
  [
    'AmazonSQS.SendMessageBatch',
    {
      QueueUrl: 'http://h/000000000000/orders',
      Entries: [{ Id: '1', MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } } }],
    },
  ],
  [
    'AmazonSQS.ReceiveMessage',
    { QueueUrl: 'http://h/000000000000/orders', MaxNumberOfMessages: 10, AttributeNames: ['All'] },
  ],
  ['AmazonSQS.DeleteMessage', { QueueUrl: 'http://h/000000000000/orders', ReceiptHandle: 'AQEB/1/1' }],
  ['AmazonSQS.SetQueueAttributes', { QueueUrl: 'http://h/000000000000/orders', Attributes: { RedrivePolicy: '{}' } }],
  [
    'GraniteServiceVersion20100801.PutMetricData',
    {
      Namespace: 'N',
      MetricData: [{ MetricName: 'M', Value: 1, Timestamp: 1772409600, Dimensions: [{ Name: 'a', Value: 'b' }] }],
    },
  ],
  [
    'GraniteServiceVersion20100801.GetMetricData',
    {
      StartTime: 1772409600,
      EndTime: 1772413200,
      MetricDataQueries: [
        { Id: 'm', MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'Sum' } },
      ],
    },
  ],
  ['GraniteServiceVersion20100801.DescribeAlarms', { AlarmNames: ['a'], MaxRecords: 5 }],
  ['Kinesis_20131202.PutRecord', { StreamName: 's', Data: 'eA==', PartitionKey: 'k' }],
  ['Kinesis_20131202.GetRecords', { ShardIterator: 'AAAA', Limit: 5 }],
];

const forms: readonly Record<string, string>[] = [
  { Action: 'SendMessage', Version: '2012-11-05', QueueUrl: 'http://h/000000000000/orders', MessageBody: 'x' },
  {
    Action: 'CreateQueue',
    Version: '2012-11-05',
    QueueName: 'a',
    'Attribute.1.Name': 'DelaySeconds',
    'Attribute.1.Value': '5',
  },
  { Action: 'SetDesiredCapacity', Version: '2011-01-01', AutoScalingGroupName: 'g', DesiredCapacity: '5' },
  {
    Action: 'PutScalingPolicy',
    Version: '2011-01-01',
    AutoScalingGroupName: 'g',
    PolicyName: 'p',
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    'StepAdjustments.member.1.MetricIntervalLowerBound': '0',
    'StepAdjustments.member.1.ScalingAdjustment': '1',
  },
  {
    Action: 'PutMetricData',
    Version: '2010-08-01',
    Namespace: 'N',
    'MetricData.member.1.MetricName': 'M',
    'MetricData.member.1.Value': '1',
  },
  { Action: 'GetCallerIdentity', Version: '2011-06-15' },
];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;

const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  '',
  'x',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  '9'.repeat(400),
  [],
  [null],
  {},
  [[]],
  { constructor: 1 },
  'NaN',
  -0,
  2 ** 53,
  'a'.repeat(3_000),
];

/** Puts something odd in the place of one value, somewhere in a document. */
function spoil(random: Random, document: unknown): unknown {
  if (typeof document !== 'object' || document === null || random.next() < 0.15) return pick(random, oddities);
  const keys = Object.keys(document);
  const key = pick(random, keys);
  if (key === undefined) return pick(random, oddities);
  const copy: Record<string, unknown> = { ...(document as Record<string, unknown>) };
  if (random.next() < 0.1) delete copy[key];
  else copy[key] = spoil(random, copy[key]);
  return Array.isArray(document) ? Object.values(copy) : copy;
}

/** Cuts, flips, repeats or inserts bytes. */
function damage(random: Random, bytes: Uint8Array): Uint8Array {
  const at = Math.floor(random.next() * (bytes.length + 1));
  const copy = Uint8Array.from(bytes);
  switch (Math.floor(random.next() * 4)) {
    case 0:
      return copy.slice(0, at);
    case 1:
      if (at < copy.length) copy[at] = copy[at]! ^ (1 << Math.floor(random.next() * 8));
      return copy;
    case 2:
      return Buffer.concat([copy.slice(0, at), copy.slice(Math.max(0, at - 7))]);
    default:
      return Buffer.concat([copy.slice(0, at), Uint8Array.of(Math.floor(random.next() * 256)), copy.slice(at)]);
  }
}

async function storm(make: (random: Random) => Partial<WireRequest>, check: (reply: WireReply) => void): Promise<void> {
  const cloud: Cloud = testCloud();
  cloud.home.sqs.createQueue('orders', {});
  const random = seededRandom(20260302);
  let refused = 0;
  for (let n = 0; n < perProtocol; n++) {
    const request = make(random);
    const reply = await exchange(cloud, request);
    if (reply.status === 200) continue;
    refused++;
    const shown = `${reply.status} ${bodyText(reply)} for ${Buffer.from(request.body ?? [])
      .toString('latin1')
      .slice(0, 400)}`;
    expect(reply.status, shown).toBeGreaterThanOrEqual(400);
    expect(reply.status, shown).toBeLessThan(500);
    expect(reply.headers['x-amzn-requestid']).toBe('request-1');
    check(reply);
  }
  expect(refused).toBeGreaterThan(perProtocol / 2);
}

const namesAnError = { __type: expect.stringMatching(/^[\w.]+#\w+$/), message: expect.any(String) };

describe('broken requests', () => {
  it.each(['1.0', '1.1'])('AWS JSON %s', async (version) => {
    await storm(
      (random) => {
        const [target, input] = pick(random, inputs);
        const body = utf8(JSON.stringify(random.next() < 0.5 ? input : spoil(random, input)));
        return {
          headers: { 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` },
          body: random.next() < 0.5 ? body : damage(random, body),
        };
      },
      (reply) => expect(JSON.parse(bodyText(reply))).toEqual(namesAnError),
    );
  });

  it('RPC v2 CBOR', async () => {
    const operations = inputs.filter(([target]) => target.startsWith('Granite'));
    await storm(
      (random) => {
        const [target, input] = pick(random, operations);
        const body = encode(spoil(random, input));
        return {
          path: `/service/GraniteServiceVersion20100801/operation/${target.split('.')[1]}`,
          headers: { 'smithy-protocol': 'rpc-v2-cbor' },
          body: random.next() < 0.5 ? body : damage(random, body),
        };
      },
      (reply) => expect(decode(reply.body as Uint8Array)).toEqual(namesAnError),
    );
  });

  it('the older CBOR', async () => {
    const operations = inputs.filter(([target]) => target.startsWith('Kinesis'));
    await storm(
      (random) => {
        const [target, input] = pick(random, operations);
        return {
          headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-cbor-1.1' },
          body: damage(random, encode(spoil(random, input))),
        };
      },
      (reply) => expect(decode(reply.body as Uint8Array)).toEqual(namesAnError),
    );
  });

  it('Query', async () => {
    await storm(
      (random) => {
        const fields = new URLSearchParams(pick(random, forms));
        const name = pick(random, [...fields.keys()]);
        if (random.next() < 0.8) fields.set(name, String(pick(random, oddities)));
        if (random.next() < 0.3)
          fields.set(`${name}.${pick(random, ['1', 'member.1', 'entry.0', '-1', '1.Name.1'])}`, 'x');
        const body = utf8(fields.toString());
        return {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: random.next() < 0.4 ? body : damage(random, body),
        };
      },
      (reply) =>
        expect(bodyText(reply)).toMatch(
          /^(?:<\?xml[^>]*>)?<ErrorResponse .*<Code>[\w.]+<\/Code>\s*<Message>|^<UnknownOperationException\/>\n$/s,
        ),
    );
  });

  it('headers, paths and methods', async () => {
    await storm(
      (random) => ({
        method: pick(random, ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', '']),
        path: pick(random, [
          '/',
          '//',
          '/?',
          '/?Action=',
          '/%',
          '/?%=%',
          '/service//operation/',
          '/queue/',
          '*',
          '/a?b=c',
          '/\u0000',
        ]),
        headers: {
          'content-type': pick(random, [
            '',
            ';',
            'application/x-amz-json-1.0',
            'application/x-www-form-urlencoded',
            'text/plain',
            'x'.repeat(9_999),
          ]),
          'x-amz-target': pick(random, [
            undefined,
            '',
            '.',
            'AmazonSQS',
            'AmazonSQS.',
            '.CreateQueue',
            'AmazonSQS.constructor',
            '__proto__.x',
          ]),
          'content-encoding': pick(random, [undefined, 'gzip', 'identity', 'gzip, gzip']),
          authorization: pick(random, [
            undefined,
            '',
            'AWS4-HMAC-SHA256 Credential=',
            'Credential=////',
            'Credential=1/2/3/4/5/6',
          ]),
        },
        body: pick(random, [utf8(''), utf8('{'), utf8('Action'), new Uint8Array([0x1f, 0x8b, 0])]),
      }),
      (reply) => expect(bodyText(reply)).toMatch(/__type|<ErrorResponse |^<UnknownOperationException\/>\n$/),
    );
  });
});
