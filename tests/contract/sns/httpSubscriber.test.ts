/** A subscriber over HTTP as its owner would write one: confirms by the link, checks every signature, leaves by the link. */

import { createHash, createVerify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator } from '../testEmulator.ts';

const challenge = 'Digest realm="hooks", nonce="abc", algorithm=SHA-256, qop="auth", opaque="xyz"';

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, string>;
}

let emulator: RunningEmulator;
let client: SNSClient;
let receiver: Server;
let heard: Heard[];
/** What it answers next; 200 when nothing is left. */
let answers: number[];
let onHeard: () => void;

beforeEach(async () => {
  emulator = await startTestEmulator();
  client = new SNSClient(sdkOptions(emulator));
  heard = [];
  answers = [];
  onHeard = () => {};
  receiver = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    heard.push({ headers: request.headers, body: JSON.parse(text) });
    const status = answers.shift() ?? 200;
    response.writeHead(status, status === 401 ? { 'www-authenticate': challenge } : {}).end();
    onHeard();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  client.destroy();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await emulator.stop();
});

async function hear(count: number): Promise<void> {
  while (heard.length < count) {
    await new Promise<void>((resolve) => {
      onHeard = resolve;
      if (heard.length >= count) resolve();
    });
  }
}

/** As AWS's own guide has it: the certificate from the message's URL, the text from the message's fields. */
async function isSigned({ body }: Heard): Promise<boolean> {
  const certificate = await (await fetch(body.SigningCertURL!)).text();
  const names =
    body.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names.flatMap((name) => (body[name] === undefined ? [] : [`${name}\n${body[name]}\n`])).join('');
  const algorithm = body.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1';
  return createVerify(algorithm).update(text, 'utf8').verify(certificate, body.Signature!, 'base64');
}

async function subscribed(Attributes: Record<string, string> = {}): Promise<string> {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 't', Attributes }));
  const Endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const { SubscriptionArn } = await client.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
  expect(SubscriptionArn).toBe('pending confirmation');
  await hear(1);
  expect(heard[0]!.headers['x-amz-sns-message-type']).toBe('SubscriptionConfirmation');
  expect(await isSigned(heard[0]!)).toBe(true);
  expect((await fetch(heard[0]!.body.SubscribeURL!)).status).toBe(200);
  return TopicArn!;
}

describe.each(['1', '2'])('an HTTP subscriber, signature version %s', (SignatureVersion) => {
  it('[SNS-51] confirms, gets what is published, and leaves', async () => {
    const TopicArn = await subscribed({ SignatureVersion });
    await client.send(new PublishCommand({ TopicArn, Message: '주문\n1', Subject: 'S' }));
    await hear(2);
    const { headers, body } = heard[1]!;
    expect(headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
    expect(headers['x-amz-sns-subscription-arn']).toContain(`${TopicArn}:`);
    expect(body).toMatchObject({ Type: 'Notification', Message: '주문\n1', Subject: 'S', SignatureVersion });
    expect(await isSigned(heard[1]!)).toBe(true);
    expect(await isSigned({ ...heard[1]!, body: { ...body, Message: 'changed' } })).toBe(false);
    expect((await fetch(body.UnsubscribeURL!)).status).toBe(200);
    await hear(3);
    expect(heard[2]!.body.Type).toBe('UnsubscribeConfirmation');
    const left = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(left.Subscriptions ?? []).toEqual([]);
  });
});

it('[SNS-52] a failing endpoint is tried again on the virtual clock, 20 s apart', async () => {
  const TopicArn = await subscribed();
  answers = [500, 429];
  await client.send(new PublishCommand({ TopicArn, Message: 'x' }));
  for (let attempt = 2; attempt <= 3; attempt++) {
    await hear(attempt);
    // The wait begins when the answer has arrived.
    const retryMs = emulator.world.nowMs() + 20_000;
    while (emulator.world.nextDueMs() !== retryMs) await new Promise((resolve) => setImmediate(resolve));
    await emulator.advanceTo(retryMs - 1);
    expect(heard).toHaveLength(attempt);
    await emulator.advanceTo(retryMs);
  }
  await hear(4);
  expect(heard.slice(1).map(({ body }) => body.Message)).toEqual(['x', 'x', 'x']);
});

it('[SNS-56] an endpoint with Digest authentication is told name and password when it asks', async () => {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 't' }));
  const Endpoint = `http://user:secret@127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  answers = [401];
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
  await hear(2);
  expect((await fetch(heard[1]!.body.SubscribeURL!)).status).toBe(200);
  await client.send(new PublishCommand({ TopicArn, Message: 'x' }));
  await hear(3);
  expect(heard[0]!.headers.authorization).toBe(undefined);
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  for (const [index, count] of [
    [1, '00000001'],
    [2, '00000002'],
  ] as const) {
    const header = heard[index]!.headers.authorization!;
    const cnonce = /cnonce="([^"]+)"/.exec(header)![1];
    const response = sha256(`${sha256('user:hooks:secret')}:abc:${count}:${cnonce}:auth:${sha256('POST:/hook')}`);
    expect(header).toBe(
      'Digest username="user", realm="hooks", uri="/hook", algorithm=SHA-256, nonce="abc", ' +
        `nc=${count}, cnonce="${cnonce}", qop=auth, response="${response}", opaque="xyz"`,
    );
  }
  expect(heard[2]!.body).toMatchObject({ Type: 'Notification', Message: 'x' });
});
