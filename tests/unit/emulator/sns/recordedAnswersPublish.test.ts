/** Publish and PublishBatch as AWS was recorded to answer. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { messagesIn, sns, testCloud, topicArn, topicWithQueue } from './harness.ts';
import { ask, follow, invalid, notFound, type Refusal, refused } from './recorded.ts';

const TopicArn = topicArn('t');
const number = (StringValue: string) => ({ DataType: 'Number', StringValue });

async function withTopics(): Promise<Cloud> {
  const cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
  await ask(cloud, 'CreateTopic', { Name: 't.fifo', Attributes: { FifoTopic: 'true' } });
  return cloud;
}

describe('[SNS-130] what Publish refuses', () => {
  const structured = (message: unknown) => ({ Message: JSON.stringify(message), MessageStructure: 'json' });
  const noDefault = invalid('Message Structure - No default entry in JSON message body');
  const endpoint = 'arn:aws:sns:us-east-1:000000000000:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66';

  it.each<[object, Refusal]>([
    [{ TopicArn, Message: '' }, invalid('Empty message')],
    [{ TopicArn, Message: 'x', Subject: '' }, invalid('Subject')],
    [{ TopicArn, Message: 'This is a test message'.repeat(12_000) }, invalid('Message too long')],
    [{ TopicArn, ...structured({ sqs: 'Test message' }) }, noDefault],
    [{ TopicArn, ...structured({ default: { object: 'test' } }) }, noDefault],
    [
      { TopicArn, Message: '{"default": "This is a default message"} }', MessageStructure: 'json' },
      invalid('Message Structure - JSON message body failed to parse'),
    ],
    [{ Message: 'x' }, invalid('TopicArn or TargetArn Reason: no value for required parameter')],
    [
      { TargetArn: endpoint, Message: 'x' },
      invalid('TargetArn Reason: No endpoint found for the target arn specified'),
    ],
    [{ PhoneNumber: '+1a234', Message: 'x' }, invalid('PhoneNumber Reason: +1a234 is not valid to publish to')],
    [
      { PhoneNumber: 'NAA+15551234567', Message: 'x' },
      invalid('PhoneNumber Reason: NAA+15551234567 is not valid to publish to'),
    ],
    [
      { TopicArn, Message: 'x', MessageDeduplicationId: 'd' },
      invalid(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      ),
    ],
    [
      { TopicArn: topicArn('t.fifo'), Message: 'x' },
      invalid('The MessageGroupId parameter is required for FIFO topics'),
    ],
    [
      { TopicArn: topicArn('t.fifo'), Message: 'x', MessageGroupId: 'g' },
      invalid(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      ),
    ],
  ])('case %#', async (input, refusal) => {
    expect(await refused(await withTopics(), 'Publish', { ...input })).toEqual(refusal);
  });

  it('a message counts with its attributes: one byte too many', async () => {
    const cloud = await withTopics();
    const MessageAttributes = { attr1: number('1') };
    const room = 262_144 - 'attr1Number1'.length;
    const publish = (bytes: number) => ({ TopicArn, Message: 'a'.repeat(bytes), MessageAttributes });
    expect(await refused(cloud, 'Publish', publish(room + 1))).toEqual(invalid('Message too long'));
    expect((await ask(cloud, 'Publish', publish(room))).status).toBe(200);
  });

  it('a key that is there twice it takes', async () => {
    const Message = '{"default": "This is a default message", "default": "Duplicate"}';
    const { status } = await ask(await withTopics(), 'Publish', { TopicArn, Message, MessageStructure: 'json' });
    expect(status).toBe(200);
  });
});

describe('[SNS-131] message attributes', () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const bytes = new Uint8Array([1, 2, 3]);
  const empty = (type: string) =>
    `The message attribute 'attr1' must contain non-empty message attribute value for message attribute type '${type}'.`;
  const wrongType =
    "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.";

  it.each<[Record<string, object>, string]>([
    [{ attr1: text('') }, empty('String')],
    [{ attr1: { DataType: 'String' } }, empty('String')],
    [{ attr1: { DataType: 'Binary', BinaryValue: new Uint8Array(0) } }, empty('Binary')],
    [
      { attr1: { DataType: 'String', BinaryValue: bytes } },
      "The message attribute 'attr1' with type 'String' must use field 'String'.",
    ],
    [
      { attr1: { DataType: 'Number', BinaryValue: bytes } },
      "The message attribute 'attr1' with type 'Number' must use field 'String'.",
    ],
    [
      { attr1: { DataType: 'Binary', StringValue: '123' } },
      "The message attribute 'attr1' with type 'Binary' must use field 'Binary'.",
    ],
    [{ attr1: { DataType: 'InvalidType', StringValue: '123' } }, wrongType],
    [{ attr1: { DataType: 'String.', StringValue: 'prefixed-1' } }, wrongType],
    [{ attr1: { DataType: 'Stringprefixed', StringValue: 'prefixed-1' } }, wrongType],
    [{ ['a'.repeat(257)]: text('123') }, 'Length of message attribute name must be less than 256 bytes.'],
    [
      { 'a^*?': text('123') },
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    [{ '.abc': text('123') }, "Invalid message attribute name starting with character '.' was found."],
    [{ 'abc.': text('123') }, "Invalid message attribute name ending with character '.' was found."],
    [{ 'a..bc': text('123') }, "Message attribute name can not have successive '.' character."],
  ])('%o refuse a message, and a whole batch', async (MessageAttributes, message) => {
    const cloud = testCloud();
    await topicWithQueue(cloud);
    const refusal = { status: 400, type: 'Sender', code: 'ParameterValueInvalid', message };
    expect(await refused(cloud, 'Publish', { TopicArn, Message: 'x', MessageAttributes })).toEqual(refusal);
    const PublishBatchRequestEntries = [
      { Id: '1', Message: 'x', MessageAttributes },
      { Id: '3', Message: 'valid-batch' },
    ];
    expect(await refused(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries })).toEqual(refusal);
    expect(messagesIn(cloud, 'q')).toEqual([]);
  });

  it('without a type do not fit their shape', async () => {
    const cloud = await withTopics();
    const refusal = (place: string) => ({
      status: 400,
      type: 'Sender',
      code: 'ValidationError',
      message: `1 validation error detected: Value null at '${place}' failed to satisfy constraint: Member must not be null`,
    });
    const MessageAttributes = { attr1: { StringValue: 'value' } };
    expect(await refused(cloud, 'Publish', { TopicArn, Message: 'x', MessageAttributes })).toEqual(
      refusal('messageAttributes.attr1.member.dataType'),
    );
    const PublishBatchRequestEntries = [{ Id: '1', Message: 'x', MessageAttributes }];
    expect(await refused(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries })).toEqual(
      refusal('publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType'),
    );
  });

  it.each(['String.prefixed', 'String.  prefixed.'])('a type of one’s own behind the dot: %s', async (DataType) => {
    const MessageAttributes = { attr1: { DataType, StringValue: 'prefixed-1' } };
    expect((await ask(await withTopics(), 'Publish', { TopicArn, Message: 'x', MessageAttributes })).status).toBe(200);
  });

  it.each(['AWS.SNS.MOBILE.APNS.PUSH_TYPE', 'AWS.SNS.SMS.SMSType'])('%s tells SNS how to send', async (name) => {
    const MessageAttributes = { [name]: text('x') };
    expect((await ask(await withTopics(), 'Publish', { TopicArn, Message: 'x', MessageAttributes })).status).toBe(200);
  });
});

describe('[SNS-132] PublishBatch', () => {
  const one = (over: object) => [{ Id: '1', Message: 'x', ...over }];
  const batch = (code: string, message: string): Refusal => ({ status: 400, type: 'Sender', code, message });
  const fifo = topicArn('t.fifo');
  const tooLong = batch('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');

  it.each<[string, string, object[], Refusal]>([
    ['no topic', topicArn('none'), one({}), notFound('Topic')],
    ['no group', fifo, one({}), invalid('The MessageGroupId parameter is required for FIFO topics')],
    [
      'one deduplication id of three missing',
      fifo,
      ['d1', 'd2', undefined].map((MessageDeduplicationId, n) => ({
        Id: `${n}`,
        Message: 'x',
        MessageGroupId: 'g',
        MessageDeduplicationId,
      })),
      invalid(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      ),
    ],
    [
      'no default, which comes before the group',
      fifo,
      one({ Message: '{"sqs":"test sqs"}', MessageStructure: 'json' }),
      invalid('Message Structure - No default entry in JSON message body'),
    ],
    [
      'eleven entries',
      fifo,
      Array.from({ length: 11 }, (_, n) => ({ Id: `Id_${n}`, Message: 'x' })),
      batch('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.'),
    ],
    [
      'an id twice',
      fifo,
      [...one({}), ...one({})],
      batch('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.'),
    ],
    [
      'one byte too many',
      TopicArn,
      [
        { Id: '1', Message: 'a'.repeat(131_072) },
        { Id: '2', Message: 'b'.repeat(131_073) },
      ],
      tooLong,
    ],
    [
      'one byte too many, with the attributes',
      TopicArn,
      [
        { Id: '1', Message: 'a'.repeat(262_144 - 12), MessageAttributes: { attr1: number('1') } },
        { Id: '2', Message: 'b' },
      ],
      tooLong,
    ],
  ])('is refused as a whole: %s', async (_, arn, PublishBatchRequestEntries, refusal) => {
    const cloud = await withTopics();
    expect(await refused(cloud, 'PublishBatch', { TopicArn: arn, PublishBatchRequestEntries })).toEqual(refusal);
  });

  it('fails by the entry where a subject is none', async () => {
    const PublishBatchRequestEntries = ['S', 'Invalid\nSubject', 'S', 'Invalid\nSubject'].map((Subject, n) => ({
      Id: `id${n + 1}`,
      Message: 'x',
      Subject,
    }));
    const answer = await sns(await withTopics(), 'PublishBatch', { TopicArn, PublishBatchRequestEntries });
    const failed = { Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true };
    expect(answer).toEqual({
      Successful: ['id1', 'id3'].map((Id) => ({ Id, MessageId: expect.any(String) })),
      Failed: ['id2', 'id4'].map((Id) => ({ Id, ...failed })),
    });
  });

  it('says that nothing failed, too, and each protocol has its text', async () => {
    const cloud = testCloud();
    await topicWithQueue(cloud, { attributes: { RawMessageDelivery: 'true' } });
    const PublishBatchRequestEntries = [
      {
        Id: '1',
        Message: 'two',
        Subject: 'Subject',
        MessageAttributes: { attr1: number('99.12'), attr2: number('109.12') },
      },
      { Id: '2', Message: 'none' },
      { Id: '3', Message: '{"default":"test default","sqs":"test sqs"}', MessageStructure: 'json' },
    ];
    const { status, xml } = await ask(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries });
    expect(status).toBe(200);
    expect(xml).toMatch(/<Failed\s*(\/>|><\/Failed>)/);
    expect(xml.match(/<Id>\d<\/Id>\s*<MessageId>[\da-f-]{36}<\/MessageId>/g)).toHaveLength(3);
    expect(messagesIn(cloud, 'q').map(({ body, attributes }) => [body, [...(attributes ?? [])]])).toEqual([
      [
        'two',
        [
          ['attr1', { dataType: 'Number', value: '99.12' }],
          ['attr2', { dataType: 'Number', value: '109.12' }],
        ],
      ],
      ['none', []],
      ['test sqs', []],
    ]);
  });
});

it('takes its parameters from the address of a POST', async () => {
  const cloud = testCloud();
  await topicWithQueue(cloud);
  const fields = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', TopicArn, Message: 'direct post' });
  // Who publishes without a signature has to be let in by the port; here everybody is.
  const { status, xml } = await follow(cloud, `http://127.0.0.1:4566/?${fields}`, 'POST');
  expect([status, xml.includes('<PublishResponse ')]).toEqual([200, true]);
  expect(messagesIn(cloud, 'q').map(({ body }) => JSON.parse(body).Message)).toEqual(['direct post']);
});
