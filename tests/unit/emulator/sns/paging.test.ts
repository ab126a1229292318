/** [SNS-04] Pages of every list, and tokens that are refused. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { queueArn, sns, testCloud, topicArn } from './harness.ts';

let cloud: Cloud;
beforeEach(() => {
  cloud = testCloud();
});

const PlatformApplicationArn = 'arn:aws:sns:us-east-1:000000000000:app/GCM/app';
const Attributes = { PlatformCredential: 'key' };
const numbered = (index: number): string => String(index).padStart(3, '0');
const make = {
  topic: (index: number) => sns(cloud, 'CreateTopic', { Name: `t${numbered(index)}` }),
  subscription: async (index: number, topic = 0) => {
    await make.topic(topic);
    const request = { TopicArn: topicArn(`t${numbered(topic)}`), Protocol: 'sqs', Endpoint: queueArn(`q${index}`) };
    return sns(cloud, 'Subscribe', request);
  },
  application: (index: number) =>
    sns(cloud, 'CreatePlatformApplication', { Name: `app${numbered(index)}`, Platform: 'GCM', Attributes }),
  endpoint: async (index: number) => {
    await sns(cloud, 'CreatePlatformApplication', { Name: 'app', Platform: 'GCM', Attributes });
    return sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token: `token${index}` });
  },
  optedOut: (index: number) =>
    sns(cloud, 'CheckIfPhoneNumberIsOptedOut', { phoneNumber: `+1206555${numbered(index)}99` }),
};

interface List {
  readonly action: string;
  readonly items: string;
  readonly make: (index: number) => unknown;
  readonly input?: object;
  readonly tokenName?: string;
}

const lists: readonly List[] = [
  { action: 'ListTopics', items: 'Topics', make: make.topic },
  { action: 'ListSubscriptions', items: 'Subscriptions', make: make.subscription },
  {
    action: 'ListSubscriptionsByTopic',
    items: 'Subscriptions',
    make: make.subscription,
    input: { TopicArn: topicArn('t000') },
  },
  { action: 'ListPlatformApplications', items: 'PlatformApplications', make: make.application },
  {
    action: 'ListEndpointsByPlatformApplication',
    items: 'Endpoints',
    make: make.endpoint,
    input: { PlatformApplicationArn },
  },
  { action: 'ListPhoneNumbersOptedOut', items: 'phoneNumbers', make: make.optedOut, tokenName: 'nextToken' },
];

describe.each(lists)('$action', ({ action, items, make: makeOne, input = {}, tokenName = 'NextToken' }) => {
  const page = async (token?: unknown) => {
    const output = await sns(cloud, action, { ...input, ...(token === undefined ? {} : { [tokenName]: token }) });
    return {
      items: output[items] as unknown[],
      token: output[tokenName],
      error: output.error,
      message: output.message,
    };
  };

  test('[SNS-04] gives a hundred at a time, each once; a hundred alone have no token', async () => {
    for (let index = 0; index < 100; index++) await makeOne(index);
    expect(await page()).toMatchObject({ items: { length: 100 }, token: undefined });
    for (let index = 100; index < 250; index++) await makeOne(index);
    const [first, whole] = [await page(), [] as unknown[]];
    for (let next = first; ; next = await page(next.token)) {
      whole.push(...next.items);
      expect(next.items.length).toBeLessThanOrEqual(100);
      if (next.token === undefined) break;
    }
    expect(whole).toHaveLength(250);
    expect(new Set(whole.map((one) => JSON.stringify(one))).size).toBe(250);
    expect(await page('')).toEqual(first);
  });

  test('[SNS-04] refuses a token that it never gave', async () => {
    for (let index = 0; index < 101; index++) await makeOne(index);
    const { token } = await page();
    const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
    const key = Buffer.from(String(token), 'base64').toString('utf8');
    for (const wrong of ['x', '***', base64('x'), base64(key.slice(0, -1)), base64(key.split(' ')[1]!), `${token}=`]) {
      expect(await page(wrong)).toMatchObject({ error: 'InvalidParameter', message: 'Invalid parameter: NextToken' });
    }
  });
});

test('[SNS-04] refuses the token of another list, and of another topic', async () => {
  for (let index = 0; index < 101; index++) await make.subscription(index);
  const { NextToken } = await sns(cloud, 'ListSubscriptionsByTopic', { TopicArn: topicArn('t000') });
  await make.topic(1);
  const refused = { error: 'InvalidParameter', message: 'Invalid parameter: NextToken' };
  expect(await sns(cloud, 'ListSubscriptions', { NextToken })).toEqual(refused);
  expect(await sns(cloud, 'ListSubscriptionsByTopic', { TopicArn: topicArn('t001'), NextToken })).toEqual(refused);
  expect(await sns(cloud, 'ListOriginationNumbers', { NextToken })).toEqual(refused);
});

describe('MaxResults', () => {
  test('[SNS-04] of ListSMSSandboxPhoneNumbers says how long a page is', async () => {
    const numbers = Array.from({ length: 5 }, (_, index) => `+1206555010${index}`);
    for (const PhoneNumber of numbers) await sns(cloud, 'CreateSMSSandboxPhoneNumber', { PhoneNumber });
    const list = async (input: object) => {
      const { PhoneNumbers, NextToken } = await sns(cloud, 'ListSMSSandboxPhoneNumbers', input);
      return { seen: (PhoneNumbers as { PhoneNumber: string }[]).map((one) => one.PhoneNumber), NextToken };
    };
    expect(await list({})).toEqual({ seen: numbers, NextToken: undefined });
    const first = await list({ MaxResults: 2 });
    expect(first.seen).toEqual(numbers.slice(0, 2));
    const second = await list({ MaxResults: 3, NextToken: first.NextToken });
    expect(second).toEqual({ seen: numbers.slice(2), NextToken: undefined });
    expect(await sns(cloud, 'ListSMSSandboxPhoneNumbers', { NextToken: '+12065550101' })).toMatchObject({
      error: 'InvalidParameter',
    });
  });
});
