import { describe, expect, it } from 'vitest';
import {
  after,
  messagesIn,
  openPolicy,
  origin,
  queueArn,
  sns,
  sqs,
  startMs,
  testCloud,
  topicArn,
  topicWithQueue,
} from './harness.ts';

describe('Publish to a queue', () => {
  it('[SNS-30] in the envelope, in the order and with the spacing of the service', async () => {
    const cloud = testCloud();
    const { TopicArn, SubscriptionArn } = await topicWithQueue(cloud);
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'paid' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    };
    const { MessageId } = await sns(cloud, 'Publish', {
      TopicArn,
      Message: '주문 "1"',
      Subject: 'S',
      MessageAttributes,
    });
    const [message] = messagesIn(cloud, 'q');
    const lines = message!.body.split('\n');
    expect(lines[0]).toBe('{');
    expect(lines[1]).toBe('  "Type" : "Notification",');
    expect(lines[2]).toBe(`  "MessageId" : "${MessageId}",`);
    expect(Object.entries(JSON.parse(message!.body))).toEqual([
      ['Type', 'Notification'],
      ['MessageId', MessageId],
      ['TopicArn', TopicArn],
      ['Subject', 'S'],
      ['Message', '주문 "1"'],
      ['Timestamp', new Date(startMs).toISOString()],
      ['SignatureVersion', '1'],
      ['Signature', expect.any(String)],
      [
        'SigningCertURL',
        expect.stringMatching(/^http:\/\/127\.0\.0\.1:4566\/SimpleNotificationService-[0-9a-f]{32}\.pem$/),
      ],
      ['UnsubscribeURL', `${origin}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`],
      ['MessageAttributes', { kind: { Type: 'String', Value: 'paid' }, blob: { Type: 'Binary', Value: 'AP8=' } }],
    ]);
    expect(message!.attributes).toBeNull();
  });

  it('[SNS-31] raw, with its attributes as those of the queue; eleven of them are one too many', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { RawMessageDelivery: 'true' } });
    const attributes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, { DataType: 'String', StringValue: 'x' }]));
    await sns(cloud, 'Publish', { TopicArn, Message: 'm', MessageAttributes: attributes(10) });
    await sns(cloud, 'Publish', { TopicArn, Message: 'too many', MessageAttributes: attributes(11) });
    const messages = messagesIn(cloud, 'q');
    expect(messages.map(({ body }) => body)).toEqual(['m']);
    expect(messages[0]!.attributes!.get('a9')).toEqual({ dataType: 'String', value: 'x' });
  });

  it('[SNS-32] MessageStructure json gives each protocol its own text', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { RawMessageDelivery: 'true' } });
    await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sms', Endpoint: '+15550100' });
    const Message = JSON.stringify({ default: 'for all', sqs: 'for queues' });
    await sns(cloud, 'Publish', { TopicArn, Message, MessageStructure: 'json' });
    expect(messagesIn(cloud, 'q')[0]!.body).toBe('for queues');
    expect(cloud.home.sns.outbox.entries()).toEqual([
      expect.objectContaining({ kind: 'sms', to: '+15550100', body: 'for all', topicArn: TopicArn }),
    ]);
  });

  it.each([
    [{ Message: '' }, 'InvalidParameter', 'Invalid parameter: Empty message'],
    [{ Message: 'x', Subject: 'a\nb' }, 'InvalidParameter', 'Invalid parameter: Subject'],
    [{ Message: 'x', Subject: 'a'.repeat(101) }, 'InvalidParameter', 'Invalid parameter: Subject'],
    [{ Message: 'x'.repeat(262_145) }, 'InvalidParameter', 'Invalid parameter: Message too long'],
    [{ Message: 'x', MessageStructure: 'yaml' }, 'InvalidParameter', 'Invalid parameter: MessageStructure'],
    [{ Message: 'x', MessageStructure: 'json' }, 'InvalidParameter', 'JSON message body failed to parse'],
    [{ Message: '{"sqs":"x"}', MessageStructure: 'json' }, 'InvalidParameter', 'No default entry in JSON message body'],
    [{ Message: 'x', MessageDeduplicationId: 'd' }, 'InvalidParameter', 'not valid for this topic type'],
    [
      { Message: 'x', MessageAttributes: { a: { DataType: 'Number', StringValue: 'x' } } },
      'ParameterValueInvalid',
      "'a'",
    ],
    [
      { Message: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      'ParameterValueInvalid',
      'non-empty',
    ],
    [
      { Message: 'x', MessageAttributes: { a: { DataType: 'Date', StringValue: 'x' } } },
      'ParameterValueInvalid',
      'type',
    ],
    [{ Message: 'x', PhoneNumber: '+15550100' }, 'InvalidParameter', 'Only one of'],
  ])('%o is refused, and nobody gets it', async (over, error, words) => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud);
    expect(await sns(cloud, 'Publish', { TopicArn, ...over })).toEqual({
      error,
      message: expect.stringContaining(words),
    });
    expect(messagesIn(cloud, 'q')).toEqual([]);
  });

  it('[SNS-33] to a phone number it stays in the outbox', async () => {
    const cloud = testCloud();
    const { MessageId } = await sns(cloud, 'Publish', { PhoneNumber: '+15550100', Message: 'x' });
    expect(cloud.home.sns.outbox.entries()).toEqual([
      expect.objectContaining({ kind: 'sms', to: '+15550100', body: 'x', messageId: MessageId, topicArn: null }),
    ]);
    expect((await sns(cloud, 'Publish', { PhoneNumber: '12', Message: 'x' })).message).toBe(
      'Invalid parameter: PhoneNumber Reason: 12 is not valid to publish to',
    );
    expect((await sns(cloud, 'Publish', { Message: 'x' })).message).toContain('TopicArn or TargetArn');
    expect((await sns(cloud, 'Publish', { TopicArn: topicArn('none'), Message: 'x' })).error).toBe('NotFound');
  });
});

describe('who gets it', () => {
  it('[SNS-20] a filter on attributes', async () => {
    const cloud = testCloud();
    const FilterPolicy = JSON.stringify({ kind: ['paid', { prefix: 'part' }] });
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { FilterPolicy, RawMessageDelivery: 'true' } });
    for (const kind of ['paid', 'partly', 'open']) {
      const MessageAttributes = { kind: { DataType: 'String', StringValue: kind } };
      await sns(cloud, 'Publish', { TopicArn, Message: kind, MessageAttributes });
    }
    await sns(cloud, 'Publish', { TopicArn, Message: 'none' });
    expect(messagesIn(cloud, 'q').map(({ body }) => body)).toEqual(['paid', 'partly']);
  });

  it('[SNS-21] a filter on the body, which must be JSON then', async () => {
    const cloud = testCloud();
    const attributes = { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"order":{"total":[{"numeric":[">",10]}]}}' };
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { ...attributes, RawMessageDelivery: 'true' } });
    const bodies = ['{"order":{"total":11}}', '{"order":{"total":9}}', 'no JSON'];
    for (const Message of bodies) await sns(cloud, 'Publish', { TopicArn, Message });
    expect(messagesIn(cloud, 'q').map(({ body }) => body)).toEqual([bodies[0]]);
  });

  it('[SNS-40] a queue whose policy does not let SNS send gets nothing; its message goes to the dead-letter queue', async () => {
    const cloud = testCloud();
    const deadArn = queueArn('dead');
    await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: openPolicy(deadArn) } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn });
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { RedrivePolicy } });
    const Attributes = { Policy: '' };
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl: `${origin}/000000000000/q`, Attributes });
    await sns(cloud, 'Publish', { TopicArn, Message: 'x' });
    expect(messagesIn(cloud, 'q')).toEqual([]);
    expect(JSON.parse(messagesIn(cloud, 'dead')[0]!.body)).toMatchObject({ Message: 'x', TopicArn });
  });

  it('[SNS-40] the policy may name the topic', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud);
    const allow = (arn: string) =>
      sqs(cloud, 'SetQueueAttributes', {
        QueueUrl: `${origin}/000000000000/q`,
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: queueArn('q'),
              Condition: { ArnEquals: { 'aws:SourceArn': arn } },
            },
          }),
        },
      });
    await allow(topicArn('other'));
    await sns(cloud, 'Publish', { TopicArn, Message: '1' });
    await allow(TopicArn);
    await sns(cloud, 'Publish', { TopicArn, Message: '2' });
    expect(messagesIn(cloud, 'q').map(({ body }) => JSON.parse(body).Message)).toEqual(['2']);
  });

  it('[SNS-42] a queue of another Region and of another account', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud);
    const far = { accountId: '111122223333', region: 'eu-west-1' };
    const arn = queueArn('far', far.accountId, far.region);
    await sqs(cloud, 'CreateQueue', { QueueName: 'far', Attributes: { Policy: openPolicy(arn) } }, far);
    const subscribed = await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn });
    expect(subscribed).toEqual({ SubscriptionArn: 'pending confirmation' });
    const [question] = messagesIn(cloud, 'far', far.accountId, far.region);
    const { Type, Token } = JSON.parse(question!.body);
    expect(Type).toBe('SubscriptionConfirmation');
    await sns(cloud, 'Publish', { TopicArn, Message: 'too early' });
    // The topic's Region is called, whoever owns the queue wherever.
    await sns(cloud, 'ConfirmSubscription', { TopicArn, Token }, { accountId: far.accountId });
    await sns(cloud, 'Publish', { TopicArn, Message: 'x' });
    const bodies = messagesIn(cloud, 'far', far.accountId, far.region).map(({ body }) => JSON.parse(body).Message);
    expect(bodies.at(-1)).toBe('x');
    expect(bodies).toHaveLength(2);
  });
});

describe('FIFO topics', () => {
  it('[SNS-60] keep order and group, and remember for five minutes', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { fifo: true, attributes: { RawMessageDelivery: 'true' } });
    const publish = (Message: string) => sns(cloud, 'Publish', { TopicArn, Message, MessageGroupId: 'g' });
    const first = await publish('1');
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect(await publish('1')).toEqual(first);
    await publish('2');
    expect(messagesIn(cloud, 'q.fifo').map(({ body, groupId }) => [body, groupId])).toEqual([
      ['1', 'g'],
      ['2', 'g'],
    ]);
    after(cloud, 300);
    expect((await publish('1')).MessageId).not.toBe(first.MessageId);
  });

  it.each([
    [{}, 'The MessageGroupId parameter is required for FIFO topics'],
    [{ MessageGroupId: 'a b' }, 'MessageGroupId can only include'],
  ])('%o is refused', async (over, words) => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { fifo: true });
    expect((await sns(cloud, 'Publish', { TopicArn, Message: 'x', ...over })).message).toContain(words);
  });

  it('[SNS-70] an archive is replayed to one subscription, marked', async () => {
    const cloud = testCloud();
    const topic = { ArchivePolicy: '{"MessageRetentionPeriod":"2"}' };
    const { TopicArn, SubscriptionArn } = await topicWithQueue(cloud, { fifo: true, topic });
    for (const Message of ['1', '2', '3']) {
      await sns(cloud, 'Publish', { TopicArn, Message, MessageGroupId: 'g' });
      after(cloud, 60);
    }
    const AttributeValue = JSON.stringify({
      PointType: 'Timestamp',
      StartingPoint: new Date(startMs + 30_000).toISOString(),
      EndingPoint: new Date(startMs + 90_000).toISOString(),
    });
    const replay = { SubscriptionArn, AttributeName: 'ReplayPolicy', AttributeValue };
    expect(await sns(cloud, 'SetSubscriptionAttributes', replay)).toEqual({});
    const told = messagesIn(cloud, 'q.fifo').map(({ body }) => JSON.parse(body));
    expect(told.map(({ Message, Replayed }) => [Message, Replayed])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', undefined],
      ['2', true],
    ]);
  });
});

describe('PublishBatch', () => {
  it('[SNS-35] answers entry by entry', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { RawMessageDelivery: 'true' } });
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: '1' },
      { Id: 'b', Message: '' },
      { Id: 'c', Message: '3' },
    ];
    expect(await sns(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries })).toEqual({
      Successful: [
        { Id: 'a', MessageId: expect.any(String) },
        { Id: 'c', MessageId: expect.any(String) },
      ],
      Failed: [{ Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true }],
    });
    expect(messagesIn(cloud, 'q').map(({ body }) => body)).toEqual(['1', '3']);
  });

  it.each([
    [[], 'EmptyBatchRequest'],
    [Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, Message: 'x' })), 'TooManyEntriesInBatchRequest'],
    [
      [
        { Id: 'a', Message: 'x' },
        { Id: 'a', Message: 'y' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [[{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryId'],
    [Array.from({ length: 2 }, (_, n) => ({ Id: `${n}`, Message: 'x'.repeat(140_000) })), 'BatchRequestTooLong'],
  ])('is refused as a whole: case %#', async (PublishBatchRequestEntries, error) => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud);
    expect((await sns(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries })).error).toBe(error);
    expect(messagesIn(cloud, 'q')).toEqual([]);
  });
});

describe('data protection', () => {
  const policy = (DataDirection: string, Operation: object) =>
    JSON.stringify({
      Name: 'p',
      Version: '2021-06-01',
      Statement: [
        {
          DataDirection,
          Principal: ['*'],
          DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'],
          Operation,
        },
      ],
    });
  const publish = async (policyText: string) => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { RawMessageDelivery: 'true' } });
    const put = { ResourceArn: TopicArn, DataProtectionPolicy: policyText };
    expect((await sns(cloud, 'PutDataProtectionPolicy', put)).error).toBeUndefined();
    const answer = await sns(cloud, 'Publish', { TopicArn, Message: 'write to a@example.com today' });
    return { answer, bodies: messagesIn(cloud, 'q').map(({ body }) => body) };
  };

  it('[SNS-85] hides what was found, on the way in and on the way out', async () => {
    const mask = { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } };
    for (const direction of ['Inbound', 'Outbound']) {
      expect((await publish(policy(direction, mask))).bodies).toEqual([`write to ${'#'.repeat(13)} today`]);
    }
  });

  it('[SNS-85] denies the publisher on the way in, the subscriber on the way out', async () => {
    const inbound = await publish(policy('Inbound', { Deny: {} }));
    expect([inbound.answer.error, inbound.bodies]).toEqual(['AuthorizationError', []]);
    const outbound = await publish(policy('Outbound', { Deny: {} }));
    expect([outbound.answer.error, outbound.bodies]).toEqual([undefined, []]);
  });
});
