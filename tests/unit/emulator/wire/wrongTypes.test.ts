/** Values of another type than the member has: the words are those of AWS's front end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Problem, decodeBase64, encodeBase64 } from '../../../../src/emulator/wire/bytes.ts';
import { json, sqs, testCloud } from './exchange.ts';

const QueueUrl = 'http://h/000000000000/orders';

const cases: readonly (readonly [what: string, input: object, message: string])[] = [
  [
    'a text for a number',
    { QueueUrl, MessageBody: 'x', DelaySeconds: '5' },
    'STRING_VALUE can not be converted to an Integer',
  ],
  [
    'a fraction for a number',
    { QueueUrl, MessageBody: 'x', DelaySeconds: 0.5 },
    'NUMBER_VALUE can not be converted to an Integer',
  ],
  ['a number for a text', { QueueUrl, MessageBody: 5 }, 'NUMBER_VALUE can not be converted to a String'],
  ['true for a text', { QueueUrl, MessageBody: true }, 'TRUE_VALUE can not be converted to a String'],
  ['false for a text', { QueueUrl, MessageBody: false }, 'FALSE_VALUE can not be converted to a String'],
  ['a list for a text', { QueueUrl, MessageBody: ['x'] }, 'Start of list found where not expected'],
  ['a map for a text', { QueueUrl, MessageBody: { x: 1 } }, 'Start of structure or map found where not expected.'],
  ['a text for a map', { QueueUrl, MessageBody: 'x', MessageAttributes: 'y' }, 'Expected map or null'],
  ['a list for a map', { QueueUrl, MessageBody: 'x', MessageAttributes: [] }, 'Start of list found where not expected'],
  ['a list for the whole', [], 'Start of list found where not expected'],
  [
    'deep inside',
    { QueueUrl, MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: 1 } } },
    'NUMBER_VALUE can not be converted to a String',
  ],
];

test.each(cases)('[SQS-132] %s is a SerializationException', async (_what, input, message) => {
  expect(await sqs(testCloud(), 'SendMessage', input)).toEqual({ error: 'SerializationException', message });
});

test.each([
  ['a scalar for the whole', 5, 'Expected null'],
  ['a scalar for a structure', { QueueUrl, Entries: [5] }, 'Expected null'],
  ['a scalar for a list', { QueueUrl, Entries: true }, 'Expected list or null'],
  ['a map for a list', { QueueUrl, Entries: {} }, 'Start of structure or map found where not expected.'],
])('[SQS-132] %s: %j', async (_what, input, message) => {
  expect(await sqs(testCloud(), 'SendMessageBatch', input)).toEqual({ error: 'SerializationException', message });
});

test.each([
  ['true', true, 'TRUE_VALUE can not be converted to a Blob'],
  ['a list', [], 'Start of list found where not expected'],
  [
    'another length',
    '23456',
    "'23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
  ],
  ['a pad in the middle', '=+/=', "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"],
  ['another character', 'ab*=', "'ab*=' can not be converted to a Blob: Invalid Base64 character: '*'"],
  ['loose bits', '+/+=', "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected"],
  ['more loose bits', 'aB==', "'aB==' can not be converted to a Blob: Invalid last non-pad Base64 character dectected"],
])('[SQS-132] %s is no base64: %j', async (_what, Data, message) => {
  const { output } = await json(testCloud(), 'Kinesis_20131202.PutRecord', {
    StreamName: 's',
    PartitionKey: 'k',
    Data,
  });
  expect(output).toEqual({ __type: 'com.amazon.coral.service#SerializationException', message });
});

test.each(['', 'AA==', 'AQ==', 'Ag==', 'Aw==', 'AAA=', 'AAE=', 'AAI=', '//8=', 'AAAA', '////'])(
  '%j is base64',
  (text) => {
    expect([base64Problem(text), encodeBase64(decodeBase64(text)!)]).toEqual([null, text]);
  },
);

test('a text is refused as base64 just when there is a reason to tell', () => {
  const characters = fc.constantFrom('A', 'Q', 'g', '0', '/', '+', '=', '=', '*', '\n', 'é', '\u{1f600}');
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 9 }), (text) => {
      expect(decodeBase64(text) === null, JSON.stringify(text)).toBe(base64Problem(text) !== null);
    }),
    { numRuns: 2_000 },
  );
});

test('[SQS-132] nulls in a list are left out', async () => {
  const cloud = testCloud();
  await sqs(cloud, 'CreateQueue', { QueueName: 'orders' });
  const asked = { QueueUrl, AttributeNames: [null, 'DelaySeconds', null] };
  expect(await sqs(cloud, 'GetQueueAttributes', asked)).toEqual({ Attributes: { DelaySeconds: '0' } });
});
