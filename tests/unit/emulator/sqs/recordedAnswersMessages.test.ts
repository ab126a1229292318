/** What AWS itself answered to messages sent and received, checksums and fields included, as public recordings have it; in both protocols. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { startMs } from '../wire/exchange.ts';
import { testCloud } from './actionHarness.ts';
import { invalid, q, text } from './recordedAnswersCases.ts';
import { answerTo, ask, type Input, type Output, protocols } from './recordedAnswersClient.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

describe.each(protocols)('%s, as AWS answers:', (protocol) => {
  const call = (cloud: Cloud, action: string, input: Input = {}): Promise<Output> =>
    ask(protocol, cloud, action, { ...q, ...input });
  const withQueue = async (Attributes: Input = {}): Promise<Cloud> => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q', Attributes });
    return cloud;
  };

  it('entries within the limit of the queue go through, with their checksums', async () => {
    const cloud = await withQueue({ MaximumMessageSize: '2048' });
    const MessageAttributes = { k: text('x') };
    const reply = await call(cloud, 'SendMessageBatch', {
      Entries: [
        { Id: '1', MessageBody: 'a'.repeat(2_040), MessageAttributes },
        { Id: '2', MessageBody: 'a' },
      ],
    });
    expect(reply).toEqual({
      Successful: [
        {
          Id: '1',
          MD5OfMessageAttributes: 'a45daa70926828a2f0a1db3418e6feb4',
          MD5OfMessageBody: 'f44facf5a7ee0af446ecf3e0f854441e',
          MessageId: uuid,
        },
        { Id: '2', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661', MessageId: uuid },
      ],
    });
  });

  it('an entry that is too long fails alone, in words of its own', async () => {
    const cloud = await withQueue({ MaximumMessageSize: '1024' });
    const Entries = [
      { Id: 'fits', MessageBody: 'a'.repeat(1_024) },
      { Id: 'does-not', MessageBody: 'a'.repeat(1_025) },
    ];
    expect(await call(cloud, 'SendMessageBatch', { Entries })).toEqual({
      Successful: [{ Id: 'fits', MD5OfMessageBody: 'c9a34cfc85d982698c6ac89f76071abd', MessageId: uuid }],
      Failed: [
        {
          Id: 'does-not',
          Code: 'InvalidParameterValue',
          Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
          SenderFault: true,
        },
      ],
    });
  });

  it('a batch of which nothing goes through has no list of successes', async () => {
    const cloud = await withQueue();
    for (const action of ['DeleteMessageBatch', 'ChangeMessageVisibilityBatch']) {
      const Entries = [{ Id: 'a', ReceiptHandle: 'garbage', VisibilityTimeout: 1 }];
      expect(await call(cloud, action, { Entries })).toEqual({
        Failed: [expect.objectContaining({ Id: 'a', Code: 'ReceiptHandleIsInvalid', SenderFault: true })],
      });
    }
  });

  it('a character that no XML holds fails its entry', async () => {
    const cloud = await withQueue();
    const Entries = [...'012345678\u0001'].map((MessageBody, n) => ({ Id: String(n), MessageBody }));
    const { Successful, Failed } = await call(cloud, 'SendMessageBatch', { Entries });
    expect(Successful).toHaveLength(9);
    expect(Failed).toEqual([expect.objectContaining({ Id: '9', Code: 'InvalidMessageContents', SenderFault: true })]);
  });

  it.each<[names: string[] | undefined, given: string[], md5: string | undefined]>([
    [undefined, [], undefined],
    [['All'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['.*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['Foo', 'Help'], [], undefined],
    [['Hello', 'General'], ['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
    [['Foo', 'Hello'], ['Hello'], 'a311262e065454b75da111d535b8dacd'],
    [['Hel.*'], ['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
    [['AWS.'], [], undefined],
    [['..foo'], [], undefined],
  ])('of its attributes %j gives %j', async (MessageAttributeNames, names, md5) => {
    const cloud = await withQueue({ VisibilityTimeout: '0' });
    const MessageAttributes = { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') };
    const sent = await call(cloud, 'SendMessage', { MessageBody: 'msg', MessageAttributes });
    expect(sent).toEqual({
      MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
      MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
      MessageId: uuid,
    });
    const input = MessageAttributeNames === undefined ? {} : { MessageAttributeNames };
    const { Messages } = await call(cloud, 'ReceiveMessage', { WaitTimeSeconds: 0, ...input });
    const chosen = Object.entries(MessageAttributes).filter(([name]) => names.includes(name));
    expect(Messages).toEqual([
      {
        Body: 'msg',
        MD5OfBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
        MessageId: sent.MessageId,
        ReceiptHandle: expect.any(String),
        ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5, MessageAttributes: Object.fromEntries(chosen) }),
      },
    ]);
  });

  it.each(['AttributeNames', 'MessageSystemAttributeNames'])('system attributes by %s', async (list) => {
    const cloud = await withQueue({ VisibilityTimeout: '0' });
    await call(cloud, 'SendMessage', { MessageBody: 'msg', MessageAttributes: { Foo: text('Bar') } });
    const receive = async (names: readonly string[], MessageAttributeNames?: readonly string[]) => {
      const more = MessageAttributeNames === undefined ? {} : { MessageAttributeNames };
      return (await call(cloud, 'ReceiveMessage', { [list]: names, ...more })).Messages[0];
    };
    const all = (ApproximateReceiveCount: string) => ({
      ApproximateFirstReceiveTimestamp: String(startMs),
      ApproximateReceiveCount,
      SenderId: '000000000000',
      SentTimestamp: String(startMs),
    });
    expect(await receive(['All'])).toEqual({
      Attributes: all('1'),
      Body: 'msg',
      MD5OfBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
      MessageId: uuid,
      ReceiptHandle: expect.any(String),
    });
    expect(await receive(['All'], ['All'])).toMatchObject({
      Attributes: all('2'),
      MD5OfMessageAttributes: 'ae7155c6026991b6d54b11589678bf9c',
      MessageAttributes: { Foo: { DataType: 'String', StringValue: 'Bar' } },
    });
    expect((await receive(['SenderId'])).Attributes).toEqual({ SenderId: '000000000000' });
    // A standard queue knows the name, and has none.
    expect((await receive(['SenderId', 'SequenceNumber'])).Attributes).toEqual({ SenderId: '000000000000' });
  });

  it('a wish in both lists is one wish', async () => {
    const cloud = await withQueue();
    await call(cloud, 'SendMessage', { MessageBody: 'msg', MessageGroupId: 'test' });
    const names = { AttributeNames: ['SenderId'], MessageSystemAttributeNames: ['All'] };
    const [message] = (await call(cloud, 'ReceiveMessage', names)).Messages;
    expect(Object.keys(message.Attributes).toSorted()).toEqual([
      'ApproximateFirstReceiveTimestamp',
      'ApproximateReceiveCount',
      'MessageGroupId',
      'SenderId',
      'SentTimestamp',
    ]);
  });

  it('a binary attribute keeps its bytes', async () => {
    const cloud = await withQueue();
    const bytes = 'traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01';
    const attr1 = { DataType: 'Binary', BinaryValue: Buffer.from(bytes, 'latin1').toString('base64') };
    await call(cloud, 'SendMessage', { MessageBody: 'test', MessageAttributes: { attr1 } });
    expect((await call(cloud, 'ReceiveMessage', { MessageAttributeNames: ['All'] })).Messages).toEqual([
      {
        Body: 'test',
        MD5OfBody: '098f6bcd4621d373cade4e832627b4f6',
        MD5OfMessageAttributes: '8cbe4db156db8a94db8b801b7addb984',
        MessageAttributes: { attr1 },
        MessageId: uuid,
        ReceiptHandle: expect.any(String),
      },
    ]);
  });

  it('the trace header has a checksum of its own, and no part in that of the attributes', async () => {
    const cloud = await withQueue();
    const MessageAttributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
    const plain = await call(cloud, 'SendMessage', { MessageBody: 'test', MessageAttributes });
    const MessageSystemAttributes = { AWSTraceHeader: text(traceHeader) };
    const traced = await call(cloud, 'SendMessage', {
      MessageBody: 'test',
      MessageAttributes,
      MessageSystemAttributes,
    });
    expect(plain.MD5OfMessageSystemAttributes).toBeUndefined();
    expect(traced.MD5OfMessageSystemAttributes).toBe('5ae4d5d7636402d80f4eb6d213245a88');
    expect(traced.MD5OfMessageAttributes).toBe(plain.MD5OfMessageAttributes);
  });

  it.each(['"&quot;&quot;\r', '{\r\n"machineID" : "d357006e"}', '{"foo": "ba\rr", "foo2": "ba&quot;r&quot;"}'])(
    'the body %j comes back as it was',
    async (MessageBody) => {
      const cloud = await withQueue();
      const sent = await call(cloud, 'SendMessage', { MessageBody });
      const [message] = (await call(cloud, 'ReceiveMessage')).Messages;
      expect([message.Body, message.MD5OfBody]).toEqual([MessageBody, sent.MD5OfMessageBody]);
    },
  );

  it('the name of an attribute has letters of any alphabet', async () => {
    const cloud = await withQueue();
    const MessageAttributes = { 'attr.1øßä': text('Valida') };
    await call(cloud, 'SendMessage', { MessageBody: 'test', MessageAttributes });
    const [message] = (await call(cloud, 'ReceiveMessage', { MessageAttributeNames: ['attr.1*', 'attr.*'] })).Messages;
    expect(message.MessageAttributes).toEqual(MessageAttributes);
  });

  it.each([
    ...['aWs.-x', 'AMAZON.-x', '.-x', 'Invalid.', 'L'.repeat(257)].map((name) => [name, 'String', 'Valid']),
    ...['!', '"', '§', '(', '?'].map((char) => [`Invalid-${char}-attr`, 'String', 'Valid']),
    ['a', 'Invalid', 'Valid'],
    ['a', `Number.${'L'.repeat(256)}`, '1'],
    ['a', 'String', 'Invalid-\b,\v'],
  ])('the attribute %j of type %s is refused', async (name, DataType, StringValue) => {
    const cloud = await withQueue();
    const input = { ...q, MessageBody: 'test', MessageAttributes: { [name!]: { DataType, StringValue } } };
    expect(await answerTo(protocol, cloud, 'SendMessage', input)).toMatchObject({
      status: 400,
      code: invalid('').code,
    });
  });
});
