import * as sdk from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { bodyText, query, startMs } from '../wire/exchange.ts';
import { after, arnOf, sqs, testCloud, urlOf } from './actionHarness.ts';

async function withQueue(Attributes: Record<string, string> = {}): Promise<{ cloud: Cloud; QueueUrl: string }> {
  const cloud = testCloud();
  const { QueueUrl } = await sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes });
  return { cloud, QueueUrl: String(QueueUrl) };
}

describe('CreateQueue', () => {
  it('gives a URL that points back at the host the client used', async () => {
    const { QueueUrl } = await withQueue();
    expect(QueueUrl).toBe(urlOf('q'));
  });

  it('is idempotent for equal attributes, those left out do not matter', async () => {
    const { cloud } = await withQueue({ DelaySeconds: '5', VisibilityTimeout: '60' });
    const again = (Attributes: Record<string, string>) => sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes });
    expect(await again({ VisibilityTimeout: '60' })).toEqual({ QueueUrl: urlOf('q') });
    expect(await again({})).toEqual({ QueueUrl: urlOf('q') });
    expect(await again({ DelaySeconds: '6' })).toEqual({
      error: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    });
  });

  it.each([
    ['', 'InvalidParameterValueException'],
    ['a b', 'InvalidParameterValueException'],
    ['a'.repeat(81), 'InvalidParameterValueException'],
    ['주문', 'InvalidParameterValueException'],
    ['orders.fifo', 'InvalidParameterValueException'],
  ])('name "%s" is %s', async (QueueName, error) => {
    expect((await sqs(testCloud(), 'CreateQueue', { QueueName })).error).toBe(error);
  });

  it('[SQS-22] a deleted name rests for 60 s', async () => {
    const { cloud, QueueUrl } = await withQueue();
    await sqs(cloud, 'DeleteQueue', { QueueUrl });
    expect((await sqs(cloud, 'GetQueueUrl', { QueueName: 'q' })).error).toBe('QueueDoesNotExist');
    after(cloud, 59);
    expect((await sqs(cloud, 'CreateQueue', { QueueName: 'q' })).error).toBe('QueueDeletedRecently');
    after(cloud, 1);
    expect((await sqs(cloud, 'CreateQueue', { QueueName: 'q' })).QueueUrl).toBe(urlOf('q'));
  });
});

describe('ListQueues', () => {
  it('goes by prefix and name, in pages only when asked', async () => {
    const cloud = testCloud();
    expect(await sqs(cloud, 'ListQueues', {})).toEqual({});
    for (const QueueName of ['b-2', 'a-1', 'b-1', 'b-3']) await sqs(cloud, 'CreateQueue', { QueueName });
    expect((await sqs(cloud, 'ListQueues', {})).QueueUrls).toEqual(['a-1', 'b-1', 'b-2', 'b-3'].map(urlOf));
    const first = await sqs(cloud, 'ListQueues', { QueueNamePrefix: 'b', MaxResults: 2 });
    expect(first.QueueUrls).toEqual(['b-1', 'b-2'].map(urlOf));
    const rest = await sqs(cloud, 'ListQueues', { QueueNamePrefix: 'b', MaxResults: 2, NextToken: first.NextToken });
    expect(rest).toEqual({ QueueUrls: [urlOf('b-3')] });
    expect((await sqs(cloud, 'ListQueues', { NextToken: '***', MaxResults: 2 })).error).toBe(
      'InvalidParameterValueException',
    );
    expect((await sqs(cloud, 'ListQueues', { MaxResults: 1_001 })).error).toBe('InvalidParameterValueException');
  });
});

describe('attributes', () => {
  it('All gives settings, counts, times and ARN; nothing gives nothing', async () => {
    const { cloud, QueueUrl } = await withQueue({ DelaySeconds: '5' });
    after(cloud, 10);
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '60' } });
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x' });
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'y', DelaySeconds: 0 });
    expect(await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toEqual({
      Attributes: {
        QueueArn: arnOf('q'),
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '1',
        CreatedTimestamp: String(startMs / 1_000),
        LastModifiedTimestamp: String(startMs / 1_000 + 10),
        VisibilityTimeout: '60',
        DelaySeconds: '5',
        MaximumMessageSize: '1048576',
        MessageRetentionPeriod: '345600',
        ReceiveMessageWaitTimeSeconds: '0',
        SqsManagedSseEnabled: 'true',
      },
    });
    expect(await sqs(cloud, 'GetQueueAttributes', { QueueUrl })).toEqual({});
    const some = await sqs(cloud, 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['QueueArn', 'Policy', 'FifoQueue'],
    });
    expect(some).toEqual({ Attributes: { QueueArn: arnOf('q') } });
    expect((await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Nope'] })).error).toBe(
      'InvalidAttributeName',
    );
  });

  it.each([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.'],
    [{ VisibilityTimeout: 'soon' }, 'InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.'],
    [{ DelaySeconds: '-1' }, 'InvalidAttributeValue', 'Invalid value for the parameter DelaySeconds.'],
    [{ MaximumMessageSize: '1023' }, 'InvalidAttributeValue', 'Invalid value for the parameter MaximumMessageSize.'],
    [
      { MessageRetentionPeriod: '59' },
      'InvalidAttributeValue',
      'Invalid value for the parameter MessageRetentionPeriod.',
    ],
    [
      { ReceiveMessageWaitTimeSeconds: '21' },
      'InvalidAttributeValue',
      'Invalid value for the parameter ReceiveMessageWaitTimeSeconds.',
    ],
    [{ Policy: 'not json' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    [{ Policy: '{"Version":"2012-10-17"}' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    [
      {
        Policy: JSON.stringify({
          Statement: Array.from({ length: 21 }, (_, n) => ({
            Sid: `s${n}`,
            Effect: 'Allow',
            Principal: '*',
            Action: 'sqs:SendMessage',
            Resource: '*',
          })),
        }),
      },
      'OverLimit',
      '21 statements were found in the submitted policy, max allowed is 20',
    ],
    [{ RedriveAllowPolicy: '{"redrivePermission":"byQueue"}' }, 'InvalidParameterValueException', 'RedriveAllowPolicy'],
    [{ SqsManagedSseEnabled: 'yes' }, 'InvalidAttributeValue', 'SqsManagedSseEnabled'],
    [{ KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' }, 'InvalidAttributeName', 'You can use one type of'],
    [{ QueueArn: 'x' }, 'InvalidAttributeName', 'Unknown Attribute QueueArn.'],
    [{ FifoQueue: 'true' }, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'],
    [
      { ContentBasedDeduplication: 'true' },
      'InvalidAttributeName',
      'You can specify the ContentBasedDeduplication only when FifoQueue is set to true.',
    ],
    [{ FifoQueue: 'false' }, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'],
    [{ RedrivePolicy: 'x' }, 'InvalidAttributeValue', 'Reason: Redrive policy is not a valid JSON map.'],
    [{ RedrivePolicy: '{}' }, 'InvalidParameterValueException', 'mandatory attribute: maxReceiveCount'],
    [{ RedrivePolicy: '{"maxReceiveCount":3}' }, 'InvalidParameterValueException', 'attribute: deadLetterTargetArn'],
    [
      { RedrivePolicy: `{"deadLetterTargetArn":"${arnOf('none')}","maxReceiveCount":3}` },
      'InvalidParameterValueException',
      'does not exist',
    ],
    [
      { RedrivePolicy: `{"deadLetterTargetArn":"${arnOf('q')}","maxReceiveCount":0}` },
      'InvalidParameterValueException',
      'valid values are from 1 to 1000',
    ],
  ])('%j is refused, and nothing of the request is taken over', async (attributes, error, words) => {
    const { cloud, QueueUrl } = await withQueue();
    const refused = await sqs(cloud, 'SetQueueAttributes', {
      QueueUrl,
      Attributes: { DelaySeconds: '7', ...attributes },
    });
    expect(refused).toEqual({ error, message: expect.stringContaining(words) });
    expect(cloud.home.sqs.queueByName('q')?.settings.delaySeconds).toBe(0);
  });

  it('an empty text removes a policy', async () => {
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arnOf('q') };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    const { cloud, QueueUrl } = await withQueue({ Policy, KmsMasterKeyId: 'alias/x' });
    const read = () => sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy', 'KmsMasterKeyId'] });
    expect(await read()).toEqual({ Attributes: { Policy, KmsMasterKeyId: 'alias/x' } });
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '', KmsMasterKeyId: '' } });
    expect(await read()).toEqual({});
  });

  it('RedrivePolicy takes a text for the count, and gives a number; sources can be listed', async () => {
    const { cloud, QueueUrl } = await withQueue();
    await sqs(cloud, 'CreateQueue', { QueueName: 'dead' });
    const policy = { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: '3' };
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: JSON.stringify(policy) } });
    const { Attributes } = await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['RedrivePolicy'] });
    expect(JSON.parse((Attributes as Record<string, string>).RedrivePolicy!)).toEqual({
      deadLetterTargetArn: arnOf('dead'),
      maxReceiveCount: 3,
    });
    expect(await sqs(cloud, 'ListDeadLetterSourceQueues', { QueueUrl: urlOf('dead') })).toEqual({
      queueUrls: [QueueUrl],
    });
    expect(await sqs(cloud, 'ListDeadLetterSourceQueues', { QueueUrl })).toEqual({ queueUrls: [] });
  });

  it.each([
    [{ redrivePermission: 'allowAll' }, undefined],
    [{ redrivePermission: 'denyAll' }, 'InvalidParameterValueException'],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('q')] }, undefined],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('other')] }, 'InvalidParameterValueException'],
  ])('a target with %j answers %s', async (allow, error) => {
    const { cloud, QueueUrl } = await withQueue();
    const RedriveAllowPolicy = JSON.stringify(allow);
    await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { RedriveAllowPolicy } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    expect((await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } })).error).toBe(error);
    const { Attributes } = await sqs(cloud, 'GetQueueAttributes', {
      QueueUrl: urlOf('dead'),
      AttributeNames: ['RedriveAllowPolicy'],
    });
    expect(Attributes).toEqual({ RedriveAllowPolicy });
  });
});

describe('SendMessage', () => {
  const send = async (input: Record<string, unknown>, attributes: Record<string, string> = {}) => {
    const { cloud, QueueUrl } = await withQueue(attributes);
    return sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x', ...input });
  };
  const attribute = (DataType: string, value: Record<string, unknown>, name = 'a') => ({
    MessageAttributes: { [name]: { DataType, ...value } },
  });

  it('answers with id and checksums', async () => {
    const reply = await send({
      MessageBody: 'hello',
      MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988' } },
    });
    expect(reply).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
      MD5OfMessageAttributes: '235c5c510d26fb653d073faed50ae77c',
      MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it.each([
    [{ MessageBody: '' }, 'MissingRequiredParameterException'],
    [{ MessageBody: 'a\u0000' }, 'InvalidMessageContents'],
    [{ MessageBody: '\ud800' }, 'InvalidMessageContents'],
    [{ MessageBody: 'a\uffff' }, 'InvalidMessageContents'],
    [{ DelaySeconds: 901 }, 'InvalidParameterValueException'],
    [{ DelaySeconds: -1 }, 'InvalidParameterValueException'],
    [{ MessageDeduplicationId: 'd' }, 'InvalidParameterValueException'],
    [{ MessageGroupId: 'a b' }, 'InvalidParameterValueException'],
    [attribute('String', { StringValue: '' }), 'InvalidParameterValueException'],
    [attribute('String', {}), 'InvalidParameterValueException'],
    [attribute('String', { BinaryValue: 'eA==' }), 'InvalidParameterValueException'],
    [attribute('Text', { StringValue: 'x' }), 'InvalidParameterValueException'],
    [attribute('Number', { StringValue: 'many' }), 'InvalidParameterValueException'],
    [attribute('String', { StringListValues: ['x'] }), 'InvalidParameterValueException'],
    [attribute('String', { StringValue: '\u0001' }), 'InvalidParameterValueException'],
    [attribute('String', { StringValue: 'x' }, 'AWS.x'), 'InvalidParameterValueException'],
    [attribute('String', { StringValue: 'x' }, '.x'), 'InvalidParameterValueException'],
    [attribute('String', { StringValue: 'x' }, 'a b'), 'InvalidParameterValueException'],
    [
      { MessageSystemAttributes: { Other: { DataType: 'String', StringValue: 'x' } } },
      'InvalidParameterValueException',
    ],
  ])('%j is refused', async (input, error) => {
    expect((await send(input)).error).toBe(error);
  });

  it('[SQS-41] ten attributes are allowed, eleven are not', async () => {
    const many = (count: number) => ({
      MessageAttributes: Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`a${n}`, { DataType: 'String.custom', StringValue: 'v' }]),
      ),
    });
    expect((await send(many(10))).error).toBeUndefined();
    expect((await send(many(11))).error).toBe('InvalidParameterValueException');
  });

  it('[SQS-40] the size of body and attributes in UTF-8 is held against the limit of the queue', async () => {
    const limit = { MaximumMessageSize: '1024' };
    expect((await send({ MessageBody: 'a'.repeat(1_024) }, limit)).error).toBeUndefined();
    expect((await send({ MessageBody: '가'.repeat(342) }, limit)).error).toBe('InvalidParameterValueException');
    const withAttribute = { MessageBody: 'a'.repeat(1_017), ...attribute('String', { StringValue: 'v' }) };
    expect((await send(withAttribute, limit)).message).toContain('Message must be shorter than 1024 bytes');
  });
});

describe('batches', () => {
  it('each entry has its own fate', async () => {
    const { cloud, QueueUrl } = await withQueue();
    const reply = await sqs(cloud, 'SendMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'good', MessageBody: 'x' },
        { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
        { Id: 'odd', MessageBody: '\u0007' },
      ],
    });
    expect(reply.Successful).toEqual([
      { Id: 'good', MessageId: expect.any(String), MD5OfMessageBody: expect.any(String) },
    ]);
    expect(reply.Failed).toEqual([
      { Id: 'late', SenderFault: true, Code: 'InvalidParameterValue', Message: expect.any(String) },
      { Id: 'odd', SenderFault: true, Code: 'InvalidMessageContents', Message: expect.any(String) },
    ]);
  });

  const entry = (Id: string, MessageBody = 'x') => ({ Id, MessageBody });
  it.each([
    ['no entries', [], 'EmptyBatchRequest'],
    ['no list at all, as Query writes an empty one,', undefined, 'EmptyBatchRequest'],
    ['eleven', Array.from({ length: 11 }, (_, n) => entry(String(n))), 'TooManyEntriesInBatchRequest'],
    ['one id twice', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['an id with a blank', [entry('a b')], 'InvalidBatchEntryId'],
    ['an id of 81 letters', [entry('a'.repeat(81))], 'InvalidBatchEntryId'],
    [
      'more than 1 MiB together',
      [entry('a', 'x'.repeat(600_000)), entry('b', 'x'.repeat(600_000))],
      'BatchRequestTooLong',
    ],
  ])('%s is refused as a whole', async (_what, Entries, error) => {
    const { cloud, QueueUrl } = await withQueue();
    expect((await sqs(cloud, 'SendMessageBatch', { QueueUrl, Entries })).error).toBe(error);
    expect(cloud.home.sqs.queueByName('q')?.counts().visible).toBe(0);
  });

  it('delete and change visibility', async () => {
    const { cloud, QueueUrl } = await withQueue();
    const Entries = ['a', 'b'].map((Id) => entry(Id, Id));
    await sqs(cloud, 'SendMessageBatch', { QueueUrl, Entries });
    const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const [a, b] = (Messages as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle);
    const changed = await sqs(cloud, 'ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: [
        { Id: 'ok', ReceiptHandle: a, VisibilityTimeout: 0 },
        { Id: 'long', ReceiptHandle: b, VisibilityTimeout: 43_201 },
        { Id: 'bad', ReceiptHandle: 'x', VisibilityTimeout: 5 },
        { Id: 'none', ReceiptHandle: b },
      ],
    });
    expect(changed.Successful).toEqual([{ Id: 'ok' }]);
    expect((changed.Failed as { Id: string; Code: string }[]).map(({ Id, Code }) => [Id, Code])).toEqual([
      ['long', 'InvalidParameterValue'],
      ['bad', 'ReceiptHandleIsInvalid'],
      ['none', 'MissingParameter'],
    ]);
    const deleted = await sqs(cloud, 'DeleteMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'b', ReceiptHandle: b },
        { Id: 'x', ReceiptHandle: 'x' },
      ],
    });
    expect([deleted.Successful, (deleted.Failed as { Id: string }[]).length]).toEqual([[{ Id: 'b' }], 1]);
    expect(cloud.home.sqs.queueByName('q')?.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
  });
});

describe('ReceiveMessage', () => {
  it('gives system attributes by either list, and only on request', async () => {
    const { cloud, QueueUrl } = await withQueue({ VisibilityTimeout: '0' });
    await sqs(cloud, 'SendMessage', {
      QueueUrl,
      MessageBody: 'x',
      MessageGroupId: 'tenant-1',
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
    });
    after(cloud, 2);
    const receive = async (input: Record<string, unknown>) => {
      const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl, ...input });
      return (Messages as Record<string, unknown>[])[0]!;
    };
    expect(await receive({})).toEqual({
      MessageId: expect.any(String),
      ReceiptHandle: expect.any(String),
      MD5OfBody: '9dd4e461268c8034f5c8564e155c67a6',
      Body: 'x',
    });
    const all = {
      SenderId: '000000000000',
      SentTimestamp: String(startMs),
      ApproximateFirstReceiveTimestamp: String(startMs + 2_000),
      MessageGroupId: 'tenant-1',
      AWSTraceHeader: 'Root=1',
    };
    expect((await receive({ AttributeNames: ['All'] })).Attributes).toEqual({ ...all, ApproximateReceiveCount: '2' });
    expect((await receive({ MessageSystemAttributeNames: ['All'] })).Attributes).toEqual({
      ...all,
      ApproximateReceiveCount: '3',
    });
    expect((await receive({ MessageSystemAttributeNames: ['SentTimestamp'] })).Attributes).toEqual({
      SentTimestamp: String(startMs),
    });
    expect((await sqs(cloud, 'ReceiveMessage', { QueueUrl, AttributeNames: ['Nope'] })).error).toBe(
      'InvalidAttributeName',
    );
  });

  it.each([
    [undefined, undefined],
    [['All'], ['app.one', 'app.two', 'other']],
    [['.*'], ['app.one', 'app.two', 'other']],
    [['app.*'], ['app.one', 'app.two']],
    [['other', 'missing'], ['other']],
    [['missing'], undefined],
  ])('message attributes %j give %j, with the checksum of those', async (MessageAttributeNames, expected) => {
    const { cloud, QueueUrl } = await withQueue();
    const value = { DataType: 'String', StringValue: 'v' };
    const MessageAttributes = {
      'app.one': value,
      'app.two': value,
      other: { DataType: 'Binary', BinaryValue: 'AP8=' },
    };
    const sent = await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x', MessageAttributes });
    const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl, MessageAttributeNames });
    const [message] = Messages as Record<string, Record<string, unknown>>[];
    expect(message!.MessageAttributes && Object.keys(message!.MessageAttributes)).toEqual(expected);
    const whole = expected?.length === 3;
    expect(message!.MD5OfMessageAttributes === sent.MD5OfMessageAttributes).toBe(whole);
  });

  it.each([
    { MaxNumberOfMessages: 0 },
    { MaxNumberOfMessages: 11 },
    { WaitTimeSeconds: 21 },
    { VisibilityTimeout: 43_201 },
  ])('%j is out of range', async (input) => {
    const { cloud, QueueUrl } = await withQueue();
    const refused = await sqs(cloud, 'ReceiveMessage', { QueueUrl, ...input });
    expect(refused).toEqual({
      error: 'InvalidParameterValueException',
      message: expect.stringMatching(/Must be (between|>= 0 and <= )/),
    });
  });

  it('the wait of the queue is used when the request has none', async () => {
    const { cloud, QueueUrl } = await withQueue({ ReceiveMessageWaitTimeSeconds: '5' });
    const waiting = sqs(cloud, 'ReceiveMessage', { QueueUrl });
    await expect.poll(() => cloud.home.sqs.queueByName('q')?.waitingReceivers).toBe(1);
    after(cloud, 5);
    expect(await waiting).toEqual({});
    expect(await sqs(cloud, 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 0 })).toEqual({});
  });
});

describe('PurgeQueue', () => {
  it('[SQS-22] once in 60 s', async () => {
    const { cloud, QueueUrl } = await withQueue();
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x' });
    expect(await sqs(cloud, 'PurgeQueue', { QueueUrl })).toEqual({});
    expect(cloud.home.sqs.queueByName('q')?.counts().visible).toBe(0);
    after(cloud, 59);
    expect((await sqs(cloud, 'PurgeQueue', { QueueUrl })).error).toBe('PurgeQueueInProgress');
    after(cloud, 1);
    expect(await sqs(cloud, 'PurgeQueue', { QueueUrl })).toEqual({});
  });
});

describe('tags', () => {
  it('are set, changed, removed and listed, fifty at most', async () => {
    const { cloud, QueueUrl } = await withQueue();
    const tags = () => sqs(cloud, 'ListQueueTags', { QueueUrl });
    expect(await tags()).toEqual({});
    await sqs(cloud, 'TagQueue', { QueueUrl, Tags: { team: 'a', stage: 'test' } });
    await sqs(cloud, 'TagQueue', { QueueUrl, Tags: { team: 'b' } });
    expect(await tags()).toEqual({ Tags: { team: 'b', stage: 'test' } });
    await sqs(cloud, 'UntagQueue', { QueueUrl, TagKeys: ['stage', 'none'] });
    expect(await tags()).toEqual({ Tags: { team: 'b' } });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v']));
    expect((await sqs(cloud, 'TagQueue', { QueueUrl, Tags: many })).error).toBe('InvalidParameterValueException');
    expect(await tags()).toEqual({ Tags: { team: 'b' } });
    expect((await sqs(cloud, 'TagQueue', { QueueUrl, Tags: { 'aws:x': 'v' } })).error).toBe(
      'InvalidParameterValueException',
    );
  });

  it('come with CreateQueue in both protocols', async () => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'json', tags: { a: '1' } });
    const fields = {
      Action: 'CreateQueue',
      Version: '2012-11-05',
      QueueName: 'form',
      'Tag.1.Key': 'a',
      'Tag.1.Value': '1',
    };
    await query(cloud, fields);
    for (const name of ['json', 'form']) {
      expect(await sqs(cloud, 'ListQueueTags', { QueueUrl: urlOf(name) })).toEqual({ Tags: { a: '1' } });
    }
  });
});

describe('addresses', () => {
  it.each([
    ['http://elsewhere:1234/000000000000/q', undefined],
    ['https://sqs.us-east-1.amazonaws.com/000000000000/q', undefined],
    ['http://127.0.0.1:4566/queue/us-east-1/000000000000/q', undefined],
    ['http://127.0.0.1:4566/111111111111/q', 'QueueDoesNotExist'],
    ['http://127.0.0.1:4566/000000000000/none', 'QueueDoesNotExist'],
    ['q', undefined],
    ['none', 'QueueDoesNotExist'],
    ['q/r', 'InvalidAddress'],
    ['http://127.0.0.1:4566/', 'QueueDoesNotExist'],
    ['http://whatever', 'QueueDoesNotExist'],
    ['ftp://x/000000000000/q', 'InvalidAddress'],
  ])('%s: %s', async (QueueUrl, error) => {
    const { cloud } = await withQueue();
    expect((await sqs(cloud, 'ListQueueTags', { QueueUrl })).error).toBe(error);
  });

  it('GetQueueUrl knows only its own account', async () => {
    const { cloud, QueueUrl } = await withQueue();
    expect(await sqs(cloud, 'GetQueueUrl', { QueueName: 'q' })).toEqual({ QueueUrl });
    const foreign = { QueueName: 'q', QueueOwnerAWSAccountId: '111111111111' };
    expect((await sqs(cloud, 'GetQueueUrl', foreign)).error).toBe('QueueDoesNotExist');
  });
});

it('every operation of the API is served', () => {
  const operations = Object.keys(sdk).flatMap((name) => /^(.+)Command$/.exec(name)?.[1] ?? []);
  expect(operations.filter((name) => name !== '$').length).toBe(23);
  const served = testCloud().home.services.find(({ scopeName }) => scopeName === 'sqs')!.actions;
  expect([...served.keys()].toSorted()).toEqual(operations.filter((name) => name !== '$').toSorted());
});

it('two clouds of one seed give the same ids, another seed other ones', async () => {
  const ids = async (seed: number) => {
    const cloud = testCloud(seed);
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    await sqs(cloud, 'SendMessage', { QueueUrl: urlOf('q'), MessageBody: 'x' });
    return bodyText(await query(cloud, { Action: 'ReceiveMessage', Version: '2012-11-05', QueueUrl: urlOf('q') }));
  };
  expect(await ids(1)).toBe(await ids(1));
  expect(await ids(1)).not.toBe(await ids(2));
});
