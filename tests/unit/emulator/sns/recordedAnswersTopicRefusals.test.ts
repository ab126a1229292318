/** What AWS was recorded to refuse of topics: names, values of attributes, ARNs; then tags, permissions and pages. */
import { describe, expect, it } from 'vitest';
import { testCloud, topicArn } from './harness.ts';
import { ask, invalid, notFound, refused, textOf } from './recorded.ts';

describe('[SNS-102] what CreateTopic refuses', () => {
  it.each([...':;!@|^% '].map((character) => [`bad${character}name`]).concat([[''], ['a'.repeat(257)]]))(
    'the name "%s"',
    async (Name) => {
      expect(await refused(testCloud(), 'CreateTopic', { Name })).toEqual(invalid('Topic Name'));
    },
  );

  it('no name of 256 characters', async () => {
    expect((await ask(testCloud(), 'CreateTopic', { Name: 'a'.repeat(256) })).status).toBe(200);
  });

  const retries = (over: object) => JSON.stringify({ http: { defaultHealthyRetryPolicy: over } });
  const statement = (over: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:Publish', Resource: topicArn('t'), ...over },
      ],
    });

  /** As SetTopicAttributes says it; CreateTopic has `Attributes Reason: ` in front. */
  const values: [string, string, string][] = [
    ['DisplayName', 'x'.repeat(101), 'DisplayName'],
    ['SignatureVersion', '3', 'SignatureVersion: Invalid value. Must be 1 or 2.'],
    ['TracingConfig', 'Off', 'Invalid tracing config value: Off'],
    [
      'SQSSuccessFeedbackSampleRate',
      '500',
      'SQSSuccessFeedbackSampleRate: 500 value provided is not an integer between 0-100',
    ],
    [
      'DeliveryPolicy',
      retries({ numRetries: 300 }),
      'DeliveryPolicy: http.defaultHealthyRetryPolicy.numRetries must be less than or equal to 100',
    ],
    [
      'DeliveryPolicy',
      retries({ minDelayTarget: 0 }),
      'DeliveryPolicy: http.defaultHealthyRetryPolicy.minDelayTarget must be greater than or equal to 1',
    ],
    [
      'DeliveryPolicy',
      retries({ minDelayTarget: 30, maxDelayTarget: 20 }),
      'DeliveryPolicy: http.defaultHealthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget',
    ],
    ['DeliveryPolicy', '{"http":{"throttlePolicy":{}}}', 'DeliveryPolicy: Unexpected JSON member: throttlePolicy'],
    ['Policy', statement({ Action: ['SNS:Publishx'] }), 'Policy statement action out of service scope!'],
    ['Policy', statement({ Action: 'SNS:*' }), 'Policy statement action out of service scope!'],
    ['Policy', statement({ Action: 'sns:Unsubscribe' }), 'Policy statement action out of service scope!'],
    [
      'Policy',
      statement({ Resource: [topicArn('t'), topicArn('u')] }),
      'Policy statement must apply to a single resource!',
    ],
  ];

  it.each(values)('%s %s', async (name, value, reason) => {
    const cloud = testCloud();
    const made = await refused(cloud, 'CreateTopic', { Name: 't', Attributes: { [name]: value } });
    expect(made).toEqual(invalid(`Attributes Reason: ${reason}`));
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const request = { TopicArn: topicArn('t'), AttributeName: name, AttributeValue: value };
    expect(await refused(cloud, 'SetTopicAttributes', request)).toEqual(invalid(reason));
  });

  it.each(['ContentBasedDeduplication', 'ArchivePolicy', 'FifoThroughputScope'])(
    '%s of a standard topic, which a FIFO topic has',
    async (name) => {
      expect(await refused(testCloud(), 'CreateTopic', { Name: 't', Attributes: { [name]: 'x' } })).toEqual(
        invalid(`Attributes Reason: Unknown attribute ${name}`),
      );
    },
  );

  it('an archive of no days', async () => {
    const Attributes = { FifoTopic: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"0"}' };
    expect(await refused(testCloud(), 'CreateTopic', { Name: 't.fifo', Attributes })).toEqual(
      invalid('Attributes Reason: ArchivePolicy: MessageRetentionPeriod value is invalid'),
    );
  });

  it.each(['t', 't.fifo'])('to become or to stop being a FIFO topic: %s', async (Name) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name, Attributes: { FifoTopic: String(Name === 't.fifo') } });
    const request = { TopicArn: topicArn(Name), AttributeName: 'FifoTopic', AttributeValue: 'false' };
    expect(await refused(cloud, 'SetTopicAttributes', request)).toEqual(invalid('AttributeName'));
  });
});

describe('[SNS-103] the ARN of a topic', () => {
  const actions: [string, object][] = [
    ['GetTopicAttributes', {}],
    ['SetTopicAttributes', { AttributeName: 'DisplayName', AttributeValue: 'x' }],
    ['Publish', { Message: 'x' }],
    ['PublishBatch', { PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }] }],
    ['Subscribe', { Protocol: 'email', Endpoint: 'a@example.com' }],
    ['ListSubscriptionsByTopic', {}],
    ['DeleteTopic', {}],
  ];

  it.each(actions)('%s: has six elements at the least', async (action, input) => {
    const cloud = testCloud();
    for (const [TopicArn, elements] of [
      ['randomstring', 1],
      ['randomstring:1', 2],
      ['arn:aws:sns:us-east-1:random', 5],
      ['', 1],
    ] as const) {
      expect(await refused(cloud, action, { TopicArn, ...input })).toEqual(
        invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${elements}`),
      );
    }
  });

  it.each(actions)('%s: is of the Region that is called', async (action, input) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const request = { TopicArn: topicArn('t'), ...input };
    expect(await refused(cloud, action, request, 'eu-west-1')).toEqual(invalid('TopicArn'));
    expect((await ask(cloud, action, request)).status).toBe(200);
  });

  it.each(actions.filter(([action]) => action !== 'DeleteTopic'))(
    '%s: is of a topic that is there',
    async (action, input) => {
      expect(await refused(testCloud(), action, { TopicArn: topicArn('none'), ...input })).toEqual(notFound('Topic'));
    },
  );
});

describe('[SNS-105] tags', () => {
  const ResourceArn = topicArn('t');
  const listed = ({ xml }: { readonly xml: string }) =>
    [...xml.matchAll(/<Key>([^<]*)<\/Key>\s*<Value>([^<]*)/g)].map(([, key, value]) => [key, value]);

  it('are added, replaced and taken away', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const tag = (pairs: [string, string][]) =>
      ask(cloud, 'TagResource', { ResourceArn, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) });
    await tag([
      ['k1', 'v1'],
      ['k2', 'v2'],
    ]);
    const list = async () => listed(await ask(cloud, 'ListTagsForResource', { ResourceArn }));
    expect(await list()).toEqual([
      ['k1', 'v1'],
      ['k2', 'v2'],
    ]);
    await ask(cloud, 'UntagResource', { ResourceArn, TagKeys: ['k1', 'never'] });
    await tag([['k2', 'v2b']]);
    expect(await list()).toEqual([['k2', 'v2b']]);
  });

  const long = 'k'.repeat(129);
  it.each<[string, [string, string][], object]>([
    [
      'a key twice',
      [
        ['k', 'v'],
        ['k', 'v'],
      ],
      invalid('Duplicated keys are not allowed.'),
    ],
    [
      'a key of 129 characters',
      [
        ['k', 'v'],
        [long, 'v'],
      ],
      {
        status: 400,
        type: 'Sender',
        code: 'ValidationError',
        message: `1 validation error detected: Value '${long}' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`,
      },
    ],
    [
      '51 of them',
      Array.from({ length: 51 }, (_, n): [string, string] => [`k${n}`, 'v']),
      {
        status: 400,
        type: 'Sender',
        code: 'TagLimitExceeded',
        message: 'Could not complete request: tag quota of per resource exceeded',
      },
    ],
  ])('%s are refused', async (_, pairs, refusal) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    const Tags = pairs.map(([Key, Value]) => ({ Key, Value }));
    expect(await refused(cloud, 'TagResource', { ResourceArn, Tags })).toEqual(refusal);
    expect(await refused(cloud, 'CreateTopic', { Name: 'u', Tags })).toEqual(refusal);
  });
});

describe('[SNS-106] AddPermission and RemovePermission', () => {
  const permission = { TopicArn: topicArn('t'), Label: 'l', AWSAccountId: ['111122223333'], ActionName: ['Publish'] };
  const every = [
    ...['AddPermission', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic'],
    ...['ListTagsForResource', 'Publish', 'PutDataProtectionPolicy', 'RemovePermission', 'SetTopicAttributes'],
    'Subscribe',
  ];

  it.each<[string, object]>([
    ['one action', {}],
    ['each action that can be shared', { ActionName: every }],
    ['an action twice', { ActionName: ['Publish', 'Publish'] }],
    ['an account twice', { AWSAccountId: ['111122223333', '111122223333'] }],
  ])('%s', async (_, over) => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    expect((await ask(cloud, 'AddPermission', { ...permission, ...over })).status).toBe(200);
  });

  it('an account that is none is refused; a label that is not there is gone', async () => {
    const cloud = testCloud();
    await ask(cloud, 'CreateTopic', { Name: 't' });
    expect(await refused(cloud, 'AddPermission', { ...permission, AWSAccountId: ['InvalidAccountId'] })).toEqual(
      invalid('A provided account ID is not valid'),
    );
    expect((await ask(cloud, 'RemovePermission', { TopicArn: topicArn('t'), Label: 'none' })).status).toBe(200);
    expect(await refused(cloud, 'RemovePermission', { TopicArn: topicArn('none'), Label: 'l' })).toEqual(
      notFound('Topic'),
    );
  });
});

it('lists a hundred topics at a time', async () => {
  const cloud = testCloud();
  for (let n = 0; n < 120; n++) await ask(cloud, 'CreateTopic', { Name: `paging-${n}` });
  const first = await ask(cloud, 'ListTopics');
  const second = await ask(cloud, 'ListTopics', { NextToken: textOf(first.xml, 'NextToken') });
  const arns = [first, second].map(({ xml }) => [...xml.matchAll(/<TopicArn>([^<]*)/g)].map(([, arn]) => arn));
  expect(arns.map(({ length }) => length)).toEqual([100, 20]);
  expect(new Set(arns.flat()).size).toBe(120);
  expect(textOf(second.xml, 'NextToken')).toBeUndefined();
});
