/**
 * Bodies of the largest size, and the dearest requests we know of: each is refused with a short answer, and while it is looked at
 * it takes a few times its own size, not a hundred times.
 */
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../../../../../src/emulator/wire/inflate.ts';
import { maxValues } from '../../../../../src/emulator/wire/manyValues.ts';
import type { WireRequest } from '../../../../../src/emulator/wire/message.ts';
import { bodyText, exchange, json, query, testCloud } from '../exchange.ts';
import { dialectExpected } from './envelope.ts';
import { heldBytes, mebibyte } from './memory.ts';
import { replyFault } from './replies.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
/** A unit as often as fits between what stands before and after. */
function filled(before: string | Buffer, unit: string, after = ''): Buffer {
  const head = typeof before === 'string' ? latin1(before) : before;
  const times = Math.floor((maxBodyBytes - head.length - after.length) / unit.length);
  return Buffer.concat([head, Buffer.alloc(times * unit.length, unit, 'latin1'), latin1(after)]);
}
const keys = (count: number): string => Array.from({ length: count }, (_, n) => `"${n.toString(36)}":""`).join();

const jsonTo = (target: string, body: Buffer): Partial<WireRequest> => ({
  headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
  body,
});
const cborTo = (target: string, body: Buffer): Partial<WireRequest> => ({
  headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-cbor-1.1' },
  body,
});
const form = (body: Buffer): Partial<WireRequest> => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});

const send = 'AmazonSQS.SendMessage';
const orders = '"QueueUrl":"http://h/000000000000/orders"';
const sendForm = 'Action=SendMessage&Version=2012-11-05&QueueUrl=http://h/000000000000/orders&';

const bodies: readonly (readonly [string, () => Partial<WireRequest>])[] = [
  ['JSON, only opened', () => jsonTo(send, filled('', '['))],
  ['JSON, deep', () => jsonTo(send, filled('', '{"a":'))],
  ['JSON, as deep as is read', () => jsonTo(send, latin1('['.repeat(maxValues - 1) + ']'.repeat(maxValues - 1)))],
  [
    'JSON, empty structures',
    () => jsonTo('AmazonSQS.SendMessageBatch', filled(`{${orders},"Entries":[`, '{},', '{}]}')),
  ],
  ['JSON, empty texts', () => jsonTo('AmazonSQS.UntagQueue', filled(`{${orders},"TagKeys":[`, '"",', '""]}'))],
  [
    'JSON, numbers',
    () => jsonTo('GraniteServiceVersion20100801.PutMetricData', filled('{"Namespace":"N","MetricData":[', '1,', '1]}')),
  ],
  ['JSON, keys', () => jsonTo('AmazonSQS.TagQueue', latin1(`{${orders},"Tags":{${keys(maxValues + 1)}}}`))],
  ['JSON, one long text', () => jsonTo(send, filled(`{${orders},"MessageBody":"`, '[', '"}'))],
  ['JSON, one long number', () => jsonTo(send, filled(`{${orders},"DelaySeconds":`, '9', '}'))],
  ['JSON, white space', () => jsonTo(send, filled('', ' ', '['))],
  ['CBOR, empty lists', () => cborTo(send, filled(hex('9a00fffff0'), '\x80'))],
  ['CBOR, empty maps', () => cborTo(send, filled(hex('9f'), '\xa0'))],
  ['CBOR, empty byte strings', () => cborTo(send, filled(hex('9f'), '\x40'))],
  ['CBOR, deep', () => cborTo(send, filled('', '\x81'))],
  ['CBOR, tags', () => cborTo(send, filled('', '\xc1'))],
  ['CBOR, one text in small parts', () => cborTo(send, filled(hex('a16b4d657373616765426f64797f'), '\x61a', '\xff'))],
  ['Query, separators', () => form(filled('', '&'))],
  ['Query, one field again and again', () => form(filled(sendForm, 'a=b&'))],
  ['Query, a deep name', () => form(filled(sendForm, 'a.'))],
  ['Query, escapes', () => form(filled(`${sendForm}MessageBody=`, '%01'))],
  [
    'Query, a number that is repeated in the refusal',
    () => form(filled('Action=DescribeAlarms&Version=2010-08-01&MaxRecords=', '%3C')),
  ],
  ['no dialect at all', () => ({ headers: {}, body: filled('', '{') })],
];

describe('bodies of the largest size', () => {
  it.each(bodies)('%s', async (_, make) => {
    const cloud = testCloud();
    await json(cloud, 'AmazonSQS.CreateQueue', { QueueName: 'orders' });
    const request = make();
    expect(request.body!.length).toBeLessThanOrEqual(maxBodyBytes);
    const before = await heldBytes();
    const peakBefore = process.resourceUsage().maxRSS * 1_024;
    const reply = await exchange(cloud, request);
    expect(replyFault(reply, dialectExpected({ path: '/', headers: request.headers! }), 'request-1')).toBeNull();
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.body.length).toBeLessThan(64 * 1_024);
    expect(process.resourceUsage().maxRSS * 1_024 - peakBefore).toBeLessThan(256 * mebibyte);
    expect((await heldBytes()) - before).toBeLessThan(4 * mebibyte);
  });
});

describe('requests that ask for too much', () => {
  const metricData = { StartTime: 1772409600, EndTime: 1772413200 };
  const deep = 1_020;

  it.each([
    [
      'a period that goes backwards',
      { ...metricData, MetricDataQueries: [{ Id: 'e', Expression: 'TIME_SERIES(1)', Period: -60 }] },
    ],
    ['no period', { ...metricData, MetricDataQueries: [{ Id: 'e', Expression: 'TIME_SERIES(1)', Period: 0 }] }],
    [
      'a period of an operand that goes backwards',
      {
        ...metricData,
        MetricDataQueries: [
          { Id: 'm', MetricStat: { Metric: { MetricName: 'M' }, Period: -60, Stat: 'Sum' }, ReturnData: false },
          { Id: 'e', Expression: 'TIME_SERIES(1)' },
        ],
      },
    ],
    [
      'brackets',
      { ...metricData, MetricDataQueries: [{ Id: 'e', Expression: `${'('.repeat(deep)}1${')'.repeat(deep)}` }] },
    ],
    ['open brackets', { ...metricData, MetricDataQueries: [{ Id: 'e', Expression: '['.repeat(2_048) }] }],
    ['a long expression', { ...metricData, MetricDataQueries: [{ Id: 'e', Expression: `m${'+m'.repeat(1_024)}` }] }],
  ])('GetMetricData with %s', async (_, input) => {
    const { status } = await json(testCloud(), 'GraniteServiceVersion20100801.GetMetricData', input);
    expect(status).toBe(400);
  });

  it.each([1, 60])('an expression over all times, every %i s, answers what can be kept', async (Period) => {
    const { status, output } = await json(testCloud(), 'GraniteServiceVersion20100801.GetMetricData', {
      StartTime: -8.64e12,
      EndTime: 8.64e12,
      MetricDataQueries: [{ Id: 'e', Expression: 'TIME_SERIES(1)', Period }],
    });
    const [{ Values }] = output.MetricDataResults as [{ Values: number[] }];
    // STAT-05: three hours below a minute, else fifteen days.
    expect({ status, points: Values.length }).toEqual({ status: 200, points: Period === 1 ? 3 * 3_600 : 15 * 1_440 });
  });

  it.each(['10001', '2147483647', '999999999999999999'])('a group of %s instances is refused', async (MaxSize) => {
    const cloud = testCloud();
    await query(cloud, { Action: 'CreateLaunchConfiguration', Version: '2011-01-01', LaunchConfigurationName: 'c' });
    const reply = await query(cloud, {
      Action: 'CreateAutoScalingGroup',
      Version: '2011-01-01',
      AutoScalingGroupName: 'g',
      LaunchConfigurationName: 'c',
      MinSize: '0',
      MaxSize,
      DesiredCapacity: MaxSize,
    });
    expect(reply.status).toBe(400);
    expect(bodyText(reply)).toContain('<Code>ValidationError</Code>');
  });

  it('a stream of as many shards as an account has', async () => {
    const cloud = testCloud();
    const input = { StreamName: 's', ShardCount: 20_000 };
    expect((await json(cloud, 'Kinesis_20131202.CreateStream', input)).status).toBe(200);
    cloud.world.advanceTo(cloud.world.nowMs() + 120_000);
    const { output } = await json(cloud, 'Kinesis_20131202.ListShards', { StreamName: 's', MaxResults: 10_000 });
    const shards = output.Shards as { HashKeyRange: { StartingHashKey: string; EndingHashKey: string } }[];
    expect(shards).toHaveLength(10_000);
    // In the order of their keys, one beginning where the other ends.
    const gaps = shards.filter(
      ({ HashKeyRange }, index) =>
        index > 0 &&
        BigInt(shards[index - 1]!.HashKeyRange.EndingHashKey) + 1n !== BigInt(HashKeyRange.StartingHashKey),
    );
    expect(gaps).toEqual([]);
  });
});
