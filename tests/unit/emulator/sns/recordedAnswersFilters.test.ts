/** Filter policies as AWS was recorded to refuse and to apply them. What is refused where is told by the column of the written policy. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { messagesIn, openPolicy, queueArn, sns, sqs, testCloud, topicArn } from './harness.ts';
import { ask, invalid, refused } from './recorded.ts';

const TopicArn = topicArn('t');
let cloud: Cloud;

beforeEach(async () => {
  cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
});

const written = (policy: unknown): string => JSON.stringify(policy);
const subscribing = (policy: string, scope?: string) => ({
  TopicArn,
  Protocol: 'sms',
  Endpoint: '+123123123',
  Attributes: { FilterPolicy: policy, ...(scope === undefined ? {} : { FilterPolicyScope: scope }) },
});
const values = (count: number): string[] => Array.from({ length: count }, (_, n) => `value${n}`);

describe('[SNS-120] a policy that is refused, and the column where', () => {
  const condition = (one: unknown) => ({ key: [one] });
  const numeric = (...list: unknown[]) => condition({ numeric: list });

  it.each<[unknown, string, number]>([
    [{ key_a: 'value_one' }, '"key_a" must be an object or an array', 11],
    [condition(['value']), 'Match value must be String, number, true, false, or null', 10],
    [condition({ 'wrong-operator': true }), 'Unrecognized match type wrong-operator', 31],
    [condition({ suffix: 'value', prefix: 'value2' }), 'Only one key allowed in match expression', 37],

    [condition({ suffix: 100 }), 'suffix match pattern must be a string', 22],
    [condition({ suffix: null }), 'suffix match pattern must be a string', 23],
    [condition({ suffix: [] }), 'suffix match pattern must be a string', 20],
    [condition({ suffix: ['test', 'test2'] }), 'suffix match pattern must be a string', 20],
    [{ key: { suffix: 'value' } }, '"suffix" must be an object or an array', 19],
    [{ key: { suffix: 'value', prefix: 'value' } }, '"suffix" must be an object or an array', 19],
    [{ key: { 'not-an-operator': 'value' } }, '"not-an-operator" must be an object or an array', 28],

    [numeric(), 'Invalid member in numeric match: ]', 22],
    [numeric('operator'), 'Unrecognized numeric range operator: operator', 32],
    [numeric(1, '<='), 'Invalid member in numeric match: 1', 22],
    [numeric('=', '000'), 'Value of equals must be numeric', 26],
    [numeric('>='), 'Value of >= must be numeric', 26],
    [numeric('<', 100, '>', 10), 'Too many elements in numeric expression', 30],
    [numeric('>=', 1, '>', 2), 'Bad numeric range operator: >', 31],
    [numeric('>', 3, '<', 1), 'Bottom must be less than top', 33],
    [numeric('>', 20, '<='), 'Value of <= must be numeric', 33],
    [numeric('>', 20, 30), 'Bad value in numeric range: 30', 30],
    [numeric('>', 20, 'test'), 'Bad numeric range operator: test', 34],
    [numeric('>', '20', '<', '30'), 'Value of > must be numeric', 26],
    [numeric('>', 20, '<', '30'), 'Value of < must be numeric', 33],
    [numeric('>', 20, '<', 30, '<', 50), 'Too many terms in numeric range expression', 36],

    [condition({ exists: null }), 'exists match pattern must be either true or false.', 23],
    [condition({ exists: 'no' }), 'exists match pattern must be either true or false.', 20],

    [condition({ 'anything-but': { 'wrong-operator': null } }), 'Unsupported anything-but pattern: wrong-operator', 47],
    [condition({ 'anything-but': { suffix: 'test' } }), 'Unsupported anything-but pattern: suffix', 36],
    [condition({ 'anything-but': { exists: false } }), 'Unsupported anything-but pattern: exists', 40],
    [condition({ 'anything-but': { prefix: false } }), 'prefix match pattern must be a string', 40],
  ])('%j: %s', async (policy, reason, column) => {
    // Spaces of the sender's do not count.
    const spaced = JSON.stringify(policy, null, 1);
    const where = ` at [Source: (String)"${written(policy)}"; line: 1, column: ${column}]`;
    expect(await refused(cloud, 'Subscribe', subscribing(spaced))).toEqual(
      invalid(`Attributes Reason: FilterPolicy: ${reason}\n${where}`),
    );
  });

  it('shows no more than the beginning of a long one', async () => {
    const policy = { a: values(60), b: 'c' };
    const text = written(policy);
    const { message } = await refused(cloud, 'Subscribe', subscribing(text));
    const shown = `"${text.slice(0, 500)}"[truncated ${text.length - 500} chars]`;
    expect(message).toContain(`(String)${shown}; line: 1, column: ${text.length - 2}]`);
  });
});

describe('[SNS-121] how much a policy may hold', () => {
  const tooComplex = 'FilterPolicy: Filter policy is too complex';
  const tooManyKeys = 'FilterPolicy: Filter policy can not have more than 5 keys';
  const keys = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`key${n}`, [`value${n}`]]));
  const metrics = (source: number, names: number, types: number, ids: number, spaces: number) => ({
    source: values(source),
    $or: [
      { metricName: values(names) },
      { metricType: values(types), $or: [{ metricId: values(ids) }, { spaceId: values(spaces) }] },
    ],
  });

  it.each<[string, unknown, string | undefined, string]>([
    ['151 values', { key: values(151) }, undefined, tooComplex],
    ['100 x 51 values', { key1: values(100), key2: values(51) }, undefined, tooComplex],
    ['six keys', keys, undefined, tooManyKeys],
    ['24 + 64 + 64', metrics(4, 6, 4, 4, 4), 'MessageAttributes', tooComplex],
    [
      '24 + 72 + 16 + 48',
      {
        $or: [{ metricName: values(3) }, { namespace: values(2) }],
        detail: { scope: values(2), $or: [{ source: values(1) }, { type: values(3) }] },
      },
      'MessageBody',
      tooComplex,
    ],
    [
      '3 x 4 x 2 x 3 x 1 x 3',
      { key_a: { key_b: { key_c: values(4) } }, key_d: { key_e: values(3) }, key_f: values(3) },
      'MessageBody',
      tooComplex,
    ],
  ])('%s', async (_, policy, scope, reason) => {
    expect(await refused(cloud, 'Subscribe', subscribing(written(policy), scope))).toEqual(
      invalid(`Attributes Reason: ${reason}`),
    );
  });

  it.each<[string, unknown]>([
    ['18 + 48 + 84 = 150', metrics(3, 6, 4, 4, 7)],
    ['a nested anything-but', { key: [{ 'anything-but': { prefix: 'test-' } }] }],
    ['a list of anything-but', { key: [{ 'anything-but': ['test', 'test2'] }] }],
    ['one anything-but', { key: [{ 'anything-but': 'test' }] }],
  ])('%s is taken', async (_, policy) => {
    expect((await ask(cloud, 'Subscribe', subscribing(written(policy), 'MessageAttributes'))).status).toBe(200);
  });
});

async function filteredQueue(name: string, policy: unknown, scope: string): Promise<void> {
  const Endpoint = queueArn(name);
  await sqs(cloud, 'CreateQueue', { QueueName: name, Attributes: { Policy: openPolicy(Endpoint) } });
  const Attributes = { RawMessageDelivery: 'true', FilterPolicy: written(policy), FilterPolicyScope: scope };
  const subscribed = await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint, Attributes });
  expect(subscribed.error).toBeUndefined();
}
const bodiesIn = (name: string): string[] => messagesIn(cloud, name).map(({ body }) => body);

describe('[SNS-122] which attributes pass', () => {
  const number = (StringValue: string) => ({ DataType: 'Number', StringValue });
  const list = (...of: string[]) => ({ DataType: 'String.Array', StringValue: written(of) });

  it.each<[unknown, [object, boolean][]]>([
    [
      { attr1: [{ numeric: ['>', 0, '<=', 100] }] },
      [
        [{ attr1: number('99') }, true],
        [{ attr1: number('99.12') }, true],
        [{ attr1: number('111') }, false],
      ],
    ],
    [{ attr1: [null, { 'anything-but': 'whatever' }] }, [[{}, false]]],
    [
      { store: [{ exists: true }] },
      [
        [{ store: number('99'), def: number('99') }, true],
        [{ attr1: number('111') }, false],
      ],
    ],
    [
      { store: [{ exists: false }] },
      [
        [{ def: number('99') }, true],
        [{ store: number('99'), def: number('99') }, false],
      ],
    ],
    [
      { store: ['value1'] },
      [
        [{ store: { DataType: 'String', StringValue: 'value1' } }, true],
        [{ store: list('value1', 'value2') }, true],
        [{ store: list('value2', 'value3') }, false],
      ],
    ],
  ])('%j', async (policy, messages) => {
    await filteredQueue('q', policy, 'MessageAttributes');
    for (const [n, [MessageAttributes]] of messages.entries()) {
      await sns(cloud, 'Publish', { TopicArn, Message: `${n}`, MessageAttributes });
    }
    expect(bodiesIn('q')).toEqual(messages.flatMap(([, passes], n) => (passes ? [`${n}`] : [])));
  });

  it('of a batch each message for itself, and each subscription', async () => {
    await filteredQueue('some', { attr1: [{ numeric: ['>', 0, '<=', 100] }] }, 'MessageAttributes');
    await filteredQueue('all', {}, 'MessageAttributes');
    const PublishBatchRequestEntries = ['99', '111'].map((value) => ({
      Id: value,
      Message: value,
      MessageAttributes: { attr1: number(value) },
    }));
    await sns(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries });
    expect([bodiesIn('some'), bodiesIn('all')]).toEqual([['99'], ['99', '111']]);
  });
});

describe('[SNS-123] which bodies pass', () => {
  const record = (eventName: string, object: unknown) => ({ eventSource: 'aws:s3', eventName, s3: { object } });
  const auto = { key: 'auto-insurance-2314.xml', size: 17 };
  const home = { key: 'home-insurance-2314.xml', size: 17 };
  const scope = 'Service';
  const type = 'CloudWatch Alarm State Change';
  const source = 'aws.cloudwatch';

  it.each<[string, unknown, [unknown, boolean][]]>([
    [
      'keys below keys, some of which must not be there',
      {
        object: { key: [{ prefix: 'auto-' }, 'hardcodedvalue'], nested_key: [{ exists: false }] },
        test: [{ exists: false }],
      },
      [
        [{ object: { key: 'auto-test' } }, true],
        [{ object: { key: 'hardcodedvalue' } }, true],
        [{ object: { key: 'test-auto' } }, false],
        [{ object: { key: 'auto-test' }, test: 'just-exists' }, false],
        [{ object: { key: 'auto-test', nested_key: 'just-exists' } }, false],
        [{ object: { test: 'auto-test' } }, false],
        [{ test: 'auto-test' }, false],
        ['Regular string message', false],
      ],
    ],
    [
      'names with a dot',
      { 'object.nested': ['string.value'] },
      [
        [{ object: { nested: 'string.value' } }, true],
        [{ 'object.nested': 'string.value' }, true],
        [{ object: { nested: 'test-auto' } }, false],
      ],
    ],
    [
      'names with dots',
      { 'object.nested.test': ['string.value'] },
      [
        [{ object: { nested: { test: 'string.value' } } }, true],
        [{ 'object.nested.test': 'string.value' }, true],
        [{ 'object.nested': { test: 'string.value' } }, true],
        [{ object: { 'nested.test': 'string.value' } }, true],
        [{ object: { nested: { test: 'string.notvalue' } } }, false],
      ],
    ],
    [
      'lists of values',
      { headers: { 'route-to': ['queue1'] } },
      [
        [{ headers: { 'route-to': ['queue3'] } }, false],
        [{ headers: { 'route-to': ['queue1'] } }, true],
        [{ headers: { 'route-to': ['queue2'] } }, false],
        [{ headers: { 'route-to': ['queue1', 'queue2'] } }, true],
      ],
    ],
    [
      'lists of objects, and lists of lists of them',
      { Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'ObjectCreated:' }] } },
      [
        [{ Records: [record('ObjectCreated:Put', [[auto]]), record('ObjectRemoved:Delete', home)] }, true],
        [{ Records: [record('ObjectRemoved:Delete', auto)] }, false],
        [{ Records: [record('ObjectCreated:Put', home)] }, false],
        [{ Records: [record('ObjectCreated:Put', auto)] }, true],
      ],
    ],
    [
      '$or, at the top and further down',
      {
        $or: [{ metricName: ['CPUUtilization', 'ReadLatency'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
        detail: { scope: [scope], $or: [{ source: [source] }, { type: [type] }] },
      },
      [
        [{ metricName: 'CPUUtilization', detail: { scope: source, type } }, false],
        [{ metricName: 'CPUUtilization', detail: { scope, type: 'CPUUtilization' } }, false],
        [{ metricName: 'CPUUtilization', detail: { type } }, false],
        [{ metricName: 'CPUUtilization', detail: { scope } }, false],
        [{ metricName: 'CPUUtilization', scope }, false],
        [{ metricName: 'CPUUtilization', detail: { scope, source } }, true],
        [{ metricName: 'ReadLatency', detail: { scope, source } }, true],
        [{ namespace: 'AWS/EC2', detail: { scope, source } }, true],
        [{ namespace: 'AWS/ES', detail: { scope, source } }, true],
        [{ metricName: 'CPUUtilization', detail: { scope, type } }, true],
      ],
    ],
  ])('%s', async (_, policy, messages) => {
    await filteredQueue('q', policy, 'MessageBody');
    for (const [message] of messages) await sns(cloud, 'Publish', { TopicArn, Message: written(message) });
    await sns(cloud, 'Publish', { TopicArn, Message: 'no JSON' });
    expect(bodiesIn('q')).toEqual(messages.flatMap(([message, passes]) => (passes ? [written(message)] : [])));
  });
});
