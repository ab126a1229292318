/** The topic attribute MaximumMessageSize as the service was reported to answer about it in September 2026: its values, its subscriptions. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { queueArn, testCloud, topicArn } from './harness.ts';
import { ask, attributesIn, invalid, refused } from './recorded.ts';

const TopicArn = topicArn('t');
const most = '1048576';
let cloud: Cloud;

beforeEach(async () => {
  cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
});

const setting = (AttributeValue: string) => ({ TopicArn, AttributeName: 'MaximumMessageSize', AttributeValue });
const raise = (): Promise<unknown> => ask(cloud, 'SetTopicAttributes', setting(most));
const joining = (Protocol: string, Endpoint: string, Attributes: object = {}) => ({
  TopicArn,
  Protocol,
  Endpoint,
  Attributes,
});
const join = async (...request: Parameters<typeof joining>): Promise<number> =>
  (await ask(cloud, 'Subscribe', joining(...request))).status;
const shown = async () => attributesIn(await ask(cloud, 'GetTopicAttributes', { TopicArn })).MaximumMessageSize;

describe('[SNS-160] the values of MaximumMessageSize', () => {
  it.each(['1023', '1048577', '0', '-1', 'abc', '1024.5', '', ' 262144 '])('"%s" is none', async (value) => {
    const words = `MaximumMessageSize: ${value} is not an integer between 1024 and 1048576 bytes`;
    expect(await refused(cloud, 'SetTopicAttributes', setting(value))).toEqual(invalid(words));
    const Attributes = { MaximumMessageSize: value };
    expect(await refused(cloud, 'CreateTopic', { Name: 'u', Attributes })).toEqual(
      invalid(`Attributes Reason: ${words}`),
    );
  });

  it('is shown once it was set, and holds at once', async () => {
    expect(await shown()).toBeUndefined();
    for (const value of ['1024', '262144', most]) {
      await ask(cloud, 'SetTopicAttributes', setting(value));
      expect(await shown()).toBe(value);
      expect((await ask(cloud, 'Publish', { TopicArn, Message: 'x'.repeat(Number(value)) })).status).toBe(200);
      expect(await refused(cloud, 'Publish', { TopicArn, Message: 'x'.repeat(Number(value) + 1) })).toEqual(
        invalid('Message too long'),
      );
    }
  });
});

describe('[SNS-161] a topic that takes more than 256 KiB', () => {
  const unsupported = (protocol: string) =>
    invalid(`MaximumMessageSize greater than 262144 bytes is not supported for the following protocol: [${protocol}]`);

  it.each([
    ['email', 'a@example.com'],
    ['email-json', 'a@example.com'],
    ['sms', '+1234567890'],
    ['http', 'http://127.0.0.1:1/'],
    ['https', 'https://127.0.0.1:1/'],
    ['application', 'no endpoint at all'],
  ])('takes no subscription of %s, and is not made of a topic that has one', async (protocol, endpoint) => {
    await raise();
    expect(await refused(cloud, 'Subscribe', joining(protocol, endpoint))).toEqual(unsupported(protocol));
    if (protocol === 'application') return;
    await ask(cloud, 'SetTopicAttributes', setting('262144'));
    expect(await join(protocol, endpoint)).toBe(200);
    expect(await refused(cloud, 'SetTopicAttributes', setting('262145'))).toEqual(unsupported(protocol));
    expect(await shown()).toBe('262144');
  });

  it('takes queues, functions and delivery streams', async () => {
    await raise();
    const role = { SubscriptionRoleArn: 'arn:aws:iam::000000000000:role/r' };
    expect([
      await join('sqs', queueArn('q')),
      await join('lambda', 'arn:aws:lambda:us-east-1:000000000000:function:f'),
      await join('firehose', 'arn:aws:firehose:us-east-1:000000000000:deliverystream/s', role),
    ]).toEqual([200, 200, 200]);
  });

  it('takes a hundred of them, and one that is there again', async () => {
    const tooMany = invalid(
      'A topic with MaximumMessageSize greater than 262144 bytes supports a maximum of 100 subscriptions',
    );
    for (let n = 0; n < 100; n++) await join('sqs', queueArn(`q${n}`));
    await raise();
    expect(await shown()).toBe(most);
    expect(await refused(cloud, 'Subscribe', joining('sqs', queueArn('q100')))).toEqual(tooMany);
    expect(await join('sqs', queueArn('q0'))).toBe(200);
    await ask(cloud, 'SetTopicAttributes', setting('262144'));
    expect(await join('sqs', queueArn('q100'))).toBe(200);
    expect(await refused(cloud, 'SetTopicAttributes', setting('1048575'))).toEqual(tooMany);
  });
});

describe('[SNS-162] what is published without a topic', () => {
  it.each([['a phone'], ['a device']])('to %s has 256 KiB at the most', async (whom) => {
    const request = { Name: 'a', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
    await ask(cloud, 'CreatePlatformApplication', request);
    const PlatformApplicationArn = 'arn:aws:sns:us-east-1:000000000000:app/GCM/a';
    const { xml } = await ask(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token: 'token' });
    const TargetArn = /<EndpointArn>([^<]*)/.exec(xml)![1];
    const to = whom === 'a phone' ? { PhoneNumber: '+819012345678' } : { TargetArn };
    expect((await ask(cloud, 'Publish', { ...to, Subject: 's', Message: 'x'.repeat(262_144) })).status).toBe(200);
    expect(await refused(cloud, 'Publish', { ...to, Message: 'x'.repeat(262_145) })).toEqual(
      invalid('Message too long'),
    );
  });
});
