/** Events of platform endpoints, as the topics of their application get them. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { messagesIn, queueArn, sns, sqs, startMs, testCloud, topicArn, topicWithQueue } from './harness.ts';

let cloud: Cloud;
let app: string;
let topic: string;

const all = ['EventEndpointCreated', 'EventEndpointUpdated', 'EventEndpointDeleted', 'EventDeliveryFailure'];
const setApp = (Attributes: Record<string, string>) =>
  sns(cloud, 'SetPlatformApplicationAttributes', { PlatformApplicationArn: app, Attributes });
const create = async (Token = 'token', more = {}) =>
  String((await sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn: app, Token, ...more })).EndpointArn);
const set = (EndpointArn: string, Attributes: Record<string, string>) =>
  sns(cloud, 'SetEndpointAttributes', { EndpointArn, Attributes });
/** Envelopes that the queue `q` has. */
const envelopes = () =>
  messagesIn(cloud, 'q').map(({ body }) => JSON.parse(body) as { Subject: string; Message: string; TopicArn: string });
const types = () => envelopes().map(({ Message }) => (JSON.parse(Message) as { EventType: string }).EventType);

beforeEach(async () => {
  cloud = testCloud();
  topic = (await topicWithQueue(cloud)).TopicArn;
  const Attributes = { PlatformCredential: 'key' };
  const made = await sns(cloud, 'CreatePlatformApplication', { Name: 'shop', Platform: 'GCM', Attributes });
  app = String(made.PlatformApplicationArn);
});

describe('[SNS-88] the topic that an application names', () => {
  test('gets the event, its fields in the order of their names', async () => {
    await setApp({ EventEndpointCreated: topic });
    const endpoint = await create();
    expect(envelopes()).toMatchObject([
      {
        TopicArn: topic,
        Subject: 'EndpointCreated event for app shop (GCM)',
        Message:
          `{"EndpointArn":"${endpoint}","EventType":"EndpointCreated","Resource":"${app}","Service":"SNS",` +
          `"Time":"${new Date(startMs).toISOString()}"}`,
      },
    ]);
  });

  test('gets nothing of the other events, and no application is any other', async () => {
    await setApp({ EventEndpointUpdated: topic });
    const endpoint = await create();
    expect(types()).toEqual([]);
    await set(endpoint, { CustomUserData: 'kitchen' });
    expect(types()).toEqual(['EndpointUpdated']);
    await sns(cloud, 'DeleteEndpoint', { EndpointArn: endpoint });
    expect(types()).toEqual(['EndpointUpdated']);
    await setApp({ EventEndpointUpdated: '' });
    await set(await create(), { Enabled: 'false' });
    expect(types()).toEqual(['EndpointUpdated']);
  });

  test('hears of what changes, and of nothing that stays as it was', async () => {
    await setApp(Object.fromEntries(all.map((name) => [name, topic])));
    const endpoint = await create();
    await create();
    await set(endpoint, { Enabled: 'true', Token: 'token' });
    expect(types()).toEqual(['EndpointCreated']);
    await set(endpoint, { Enabled: 'false' });
    await set(endpoint, { Unknown: 'x' });
    expect(types()).toEqual(['EndpointCreated', 'EndpointUpdated']);
    for (let n = 0; n < 2; n++) await sns(cloud, 'DeleteEndpoint', { EndpointArn: endpoint });
    expect(types()).toEqual(['EndpointCreated', 'EndpointUpdated', 'EndpointDeleted']);
  });

  test.each([
    ['does not exist', topicArn('none')],
    ['is FIFO, which needs a group', topicArn('events.fifo')],
    ['is of another account and does not allow it', topicArn('foreign', '111122223333')],
  ])('and that %s gets nothing; the call succeeds', async (_, arn) => {
    await sns(cloud, 'CreateTopic', { Name: 'events.fifo', Attributes: { FifoTopic: 'true' } });
    await sns(cloud, 'CreateTopic', { Name: 'foreign' }, { accountId: '111122223333' });
    await sns(cloud, 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: queueArn('q') });
    expect(await setApp({ EventEndpointCreated: arn })).toEqual({});
    expect(await create()).toMatch(/:endpoint\/GCM\/shop\//);
    expect(types()).toEqual([]);
  });

  test('decides by its policy: a Deny keeps the events of its own account out, an Allow lets those of another in', async () => {
    await setApp({ EventEndpointCreated: topic });
    const policy = (Effect: string, accountId: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect, Principal: { AWS: accountId }, Action: 'SNS:Publish', Resource: topic }],
      });
    const setPolicy = (AttributeValue: string) =>
      sns(cloud, 'SetTopicAttributes', { TopicArn: topic, AttributeName: 'Policy', AttributeValue });
    await setPolicy(policy('Deny', '000000000000'));
    await create('one');
    expect(types()).toEqual([]);

    await setPolicy(policy('Allow', '111122223333'));
    const other = { accountId: '111122223333' };
    const Attributes = { PlatformCredential: 'key', EventEndpointCreated: topic };
    const request = { Name: 'shop', Platform: 'GCM', Attributes };
    const { PlatformApplicationArn } = await sns(cloud, 'CreatePlatformApplication', request, other);
    await sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token: 'token' }, other);
    expect(types()).toEqual(['EndpointCreated']);
  });
});

describe('[SNS-82] a device token that ends in deadbeef', () => {
  const outbox = () => cloud.home.sns.outbox;

  test('is valid no more: a push to it fails, the endpoint is disabled, and both are told', async () => {
    const endpoint = await create('0123deadbeef');
    await setApp(Object.fromEntries(all.map((name) => [name, topic])));
    const { MessageId } = await sns(cloud, 'Publish', { TargetArn: endpoint, Message: 'push' });
    expect(outbox().entries()).toEqual([]);
    const reason = 'Platform token associated with the endpoint is not valid';
    expect(outbox().undelivered()).toMatchObject([
      { protocol: 'application', to: endpoint, messageId: MessageId, reason },
    ]);
    const [failure, updated, ...others] = envelopes();
    expect(others).toEqual([]);
    expect(failure).toMatchObject({
      Subject: 'DeliveryFailure event for app shop (GCM)',
      Message:
        `{"DeliveryAttempts":1,"EndpointArn":"${endpoint}","EventType":"DeliveryFailure","FailureMessage":"${reason}",` +
        `"FailureType":"InvalidPlatformToken","MessageId":"${MessageId}","Resource":"${app}","Service":"SNS",` +
        `"Time":"${new Date(startMs).toISOString()}"}`,
    });
    expect(updated!.Subject).toBe('EndpointUpdated event for app shop (GCM)');
    expect(await sns(cloud, 'Publish', { TargetArn: endpoint, Message: 'push' })).toMatchObject({
      error: 'EndpointDisabled',
    });
    await set(endpoint, { Token: 'fresh', Enabled: 'true' });
    await sns(cloud, 'Publish', { TargetArn: endpoint, Message: 'push' });
    expect(outbox().entries()).toMatchObject([{ to: endpoint, body: 'push' }]);
  });

  test('fails the deliveries of a topic, and of these no failure is told', async () => {
    const endpoint = await create('deadbeef');
    const good = await create('good');
    await setApp(Object.fromEntries(all.map((name) => [name, topic])));
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 'news' });
    for (const Endpoint of [endpoint, good]) {
      await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'application', Endpoint });
    }
    for (let n = 0; n < 2; n++) await sns(cloud, 'Publish', { TopicArn, Message: 'push' });
    expect(types()).toEqual(['EndpointUpdated']);
    expect(
      outbox()
        .entries()
        .map(({ to }) => to),
    ).toEqual([good, good]);
    expect(
      outbox()
        .undelivered()
        .map(({ reason }) => reason),
    ).toEqual(['Platform token associated with the endpoint is not valid', 'Endpoint is disabled']);
  });
});

test('a push by a topic to an endpoint that was deleted goes to the dead-letter queue', async () => {
  const endpoint = await create();
  await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: allowAll('dead') } });
  const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 'news' });
  const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }) };
  await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'application', Endpoint: endpoint, Attributes });
  await sns(cloud, 'DeleteEndpoint', { EndpointArn: endpoint });
  await sns(cloud, 'Publish', { TopicArn, Message: 'push' });
  expect(cloud.home.sns.outbox.entries()).toEqual([]);
  expect(cloud.home.sns.outbox.undelivered()).toMatchObject([{ reason: 'Endpoint does not exist' }]);
  expect(messagesIn(cloud, 'dead').map(({ body }) => JSON.parse(body))).toMatchObject([{ Message: 'push' }]);
});

const allowAll = (name: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queueArn(name) }],
  });

test.each(['SuccessFeedbackRoleArn', 'FailureFeedbackRoleArn'])('%s must be the ARN of a role', async (name) => {
  const role = 'arn:aws:iam::000000000000:role/service/logs';
  expect(await setApp({ [name]: role })).toEqual({});
  const { Attributes } = await sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn: app });
  expect(Attributes).toMatchObject({ [name]: role });
  expect(await setApp({ [name]: 'arn:aws:iam::000000000000:user/me' })).toMatchObject({ error: 'InvalidParameter' });
});
