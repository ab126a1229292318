/** How often a delivery policy is read: when it is set, and at no delivery. What it means is in retries.test.ts and subscriptions.test.ts. */
import { afterEach, expect, test, vi } from 'vitest';
import { type Cloud, createCloud } from '../../../../src/emulator/cloud.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';
import { after, sns, startMs } from './harness.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const ofTopic = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: { minDelayTarget: 20, maxDelayTarget: 20, numRetries: 1 },
    defaultRequestPolicy: { headerContentType: 'text/csv' },
  },
});
const ofSubscription = JSON.stringify({
  healthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 5, numRetries: 2 },
  throttlePolicy: { maxReceivesPerSecond: 2 },
});

/** Endpoints that are down, and the content types of the notifications that they get. */
function failingCloud(): { readonly cloud: Cloud; readonly contentTypes: string[] } {
  const contentTypes: string[] = [];
  const outbound = {
    post(_url: string, headers: Readonly<Record<string, string>>) {
      if (headers['x-amz-sns-message-type'] === 'Notification') contentTypes.push(headers['content-type'] ?? '');
      return Promise.resolve({ status: 503 });
    },
  };
  const world = createWorld({ startMs, seed: 1 });
  return { cloud: createCloud({ world, accountId: '000000000000', region: 'us-east-1', outbound }), contentTypes };
}

/** Texts that are read from here on, again and again the same. */
function readTexts(): { count(text: string): number } {
  const parse = vi.spyOn(JSON, 'parse');
  return { count: (text) => parse.mock.calls.filter(([given]) => given === text).length };
}

async function subscribedTopic(cloud: Cloud): Promise<string> {
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't', Attributes: { DeliveryPolicy: ofTopic } });
  const Endpoint = 'http://127.0.0.1:1/hook';
  const request = { TopicArn, Protocol: 'http', Endpoint, Attributes: { DeliveryPolicy: ofSubscription } };
  const { SubscriptionArn } = await sns(cloud, 'Subscribe', { ...request, ReturnSubscriptionArn: true });
  const { pending } = cloud.home.sns.subscriptionFor(String(SubscriptionArn));
  await sns(cloud, 'ConfirmSubscription', { TopicArn, Token: pending?.token });
  return String(TopicArn);
}

const answered = () => new Promise(setImmediate);

test('[SNS-50] policies of a topic and of a subscription are read when they are set, and never at a delivery', async () => {
  const { cloud, contentTypes } = failingCloud();
  const whileSetting = readTexts();
  const TopicArn = await subscribedTopic(cloud);
  await answered();
  expect([whileSetting.count(ofTopic), whileSetting.count(ofSubscription)]).toEqual([1, 1]);
  for (let message = 0; message < 5; message++) await sns(cloud, 'Publish', { TopicArn, Message: 'event' });
  for (let wait = 0; wait < 30; wait++) {
    after(cloud, 1);
    await answered();
  }
  // Each of the five three times, as the subscription's policy says.
  expect(contentTypes).toEqual(Array.from({ length: 15 }, () => 'text/csv'));
  expect([whileSetting.count(ofTopic), whileSetting.count(ofSubscription)]).toEqual([1, 1]);
});

test('[SNS-50] a policy that is set anew, or taken away, holds from the next delivery on', async () => {
  const { cloud, contentTypes } = failingCloud();
  const TopicArn = await subscribedTopic(cloud);
  const typeOfNext = async (): Promise<string | undefined> => {
    await sns(cloud, 'Publish', { TopicArn, Message: 'event' });
    after(cloud, 60);
    await answered();
    return contentTypes.at(-1);
  };
  expect(await typeOfNext()).toBe('text/csv');
  const set = (AttributeName: string, AttributeValue: string) =>
    sns(cloud, 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
  await set('DisplayName', 'other');
  expect(await typeOfNext()).toBe('text/csv');
  await set('DeliveryPolicy', JSON.stringify({ http: { defaultRequestPolicy: { headerContentType: 'text/xml' } } }));
  expect(await typeOfNext()).toBe('text/xml');
  await set('DeliveryPolicy', '');
  expect(await typeOfNext()).toBe('text/plain; charset=UTF-8');
});
