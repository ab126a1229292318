/** Values of another type than the member has: the words are those of AWS's front end. */
import { expect, test } from 'vitest';
import { sqs, testCloud } from './exchange.ts';

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
  ['a map for a text', { QueueUrl, MessageBody: { x: 1 } }, 'Start of structure or map found where not expected'],
  ['a text for a map', { QueueUrl, MessageBody: 'x', MessageAttributes: 'y' }, 'a string can not be read as a map'],
  [
    'deep inside',
    { QueueUrl, MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: 1 } } },
    'NUMBER_VALUE can not be converted to a String',
  ],
];

test.each(cases)('[SQS-132] %s is a SerializationException', async (_what, input, message) => {
  expect(await sqs(testCloud(), 'SendMessage', input)).toEqual({ error: 'SerializationException', message });
});
