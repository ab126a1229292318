import { describe, expect, it, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../src/emulator/cloud.ts';
import { headOf } from '../../../../src/emulator/journal/heads.ts';
import { foundNothing, type Poll, Polls } from '../../../../src/emulator/journal/polls.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';
import { exchange, sqs, startMs, testCloud } from '../wire/exchange.ts';

const json = (input: object, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  path: '/',
  origin: 'http://127.0.0.1:4566',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage', ...headers },
  body: Buffer.from(JSON.stringify(input)),
});
const form = (text: string, path = '/') => ({
  method: 'POST',
  path,
  origin: 'http://127.0.0.1:4566',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: Buffer.from(text),
});
const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';

type Request = Omit<WireRequest, 'signal'>;
const pollOf = (cloud: Cloud, request: Request): Poll | null =>
  new Polls(cloud).of(headOf(request, null), request.body);

describe('[STATE-43] a receive that may turn out to be quiet', () => {
  test.each([
    { what: 'of AWS JSON', request: json({ QueueUrl, MaxNumberOfMessages: 10 }), waitSeconds: null },
    { what: 'that says it does not wait', request: json({ QueueUrl, WaitTimeSeconds: 0 }), waitSeconds: 0 },
    {
      what: 'of Query',
      request: form(`Action=ReceiveMessage&Version=2012-11-05&QueueUrl=${encodeURIComponent(QueueUrl)}`),
      waitSeconds: null,
    },
  ])('is one $what', ({ request, waitSeconds }) => {
    expect(pollOf(testCloud(), request)).toMatchObject({ queueUrl: QueueUrl, waitSeconds, region: 'us-east-1' });
  });

  it('is one that is addressed to its queue', () => {
    expect(pollOf(testCloud(), form('Action=ReceiveMessage&WaitTimeSeconds=0', '/000000000000/q'))).toMatchObject({
      queueUrl: '/000000000000/q',
      waitSeconds: 0,
    });
  });

  test.each([
    { what: 'waits', request: json({ QueueUrl, WaitTimeSeconds: 1 }) },
    { what: 'waits, said in another form', request: json({ QueueUrl, WaitTimeSeconds: '0' }) },
    { what: 'names its attempt', request: json({ QueueUrl, ReceiveRequestAttemptId: 'a' }) },
    { what: 'names no queue', request: json({}) },
    { what: 'is long', request: json({ QueueUrl, AttributeNames: ['x'.repeat(1_100)] }) },
    { what: 'is packed', request: json({ QueueUrl }, { 'content-encoding': 'gzip' }) },
    { what: 'is no JSON', request: { ...json({}), body: Buffer.from('{') } },
    { what: 'is another action', request: json({ QueueUrl }, { 'x-amz-target': 'AmazonSQS.SendMessage' }) },
    { what: 'is another action of Query', request: form('Action=ReceiveMessages&QueueUrl=/000000000000/q') },
    { what: 'waits, in Query', request: form('Action=ReceiveMessage&WaitTimeSeconds=5', '/000000000000/q') },
    {
      what: 'names its attempt, in Query',
      request: form('Action=ReceiveMessage&ReceiveRequestAttemptId=a', '/000000000000/q'),
    },
    { what: 'has fields in its URL', request: form('Action=ReceiveMessage', '/000000000000/q?WaitTimeSeconds=9') },
  ])('is none that $what', ({ request }) => {
    expect(pollOf(testCloud(), request)).toBeNull();
  });

  it('stays known however many others are sent in Query, each with a text of its own', () => {
    const polls = new Polls(testCloud());
    const request = form('Action=ReceiveMessage', '/000000000000/q');
    const head = headOf(request, null);
    const poll = polls.of(head, request.body);
    for (let n = 0; n < 2_000; n++) polls.of(head, Buffer.from(`Action=SendMessage&MessageBody=${n}`));
    expect(polls.of(head, request.body)).toBe(poll);
  });

  it('is none while quotas count every call', () => {
    const world = createWorld({ startMs, seed: 1 });
    const strict = createCloud({ world, accountId: '000000000000', region: 'us-east-1', strictQuotas: true });
    expect(pollOf(strict, json({ QueueUrl }))).toBeNull();
  });
});

describe('[STATE-43] it finds nothing', () => {
  /** A queue, and a poll of it that was once answered with nothing. */
  async function polled(attributes: Readonly<Record<string, string>> = {}) {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes: attributes });
    const request = json({ QueueUrl });
    const polls = new Polls(cloud);
    const poll = polls.of(headOf(request, null), request.body)!;
    const queue = polls.queueOf(poll);
    if (queue !== null && foundNothing(await exchange(cloud, request))) {
      poll.verified = { queue, settings: queue.settings };
    }
    return { cloud, poll, findsNothing: () => polls.findsNothing(poll) };
  }

  it('when it did before and the queue holds nothing', async () => {
    const { cloud, findsNothing } = await polled();
    expect(findsNothing()).toBe(true);
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'one' });
    expect(findsNothing()).toBe(false);
    const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl });
    // In flight it may come back at any time.
    expect(findsNothing()).toBe(false);
    const [{ ReceiptHandle }] = Messages as [{ ReceiptHandle: string }];
    await sqs(cloud, 'DeleteMessage', { QueueUrl, ReceiptHandle });
    expect(findsNothing()).toBe(true);
  });

  it('is in doubt before its first answer', async () => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    const request = json({ QueueUrl });
    const polls = new Polls(cloud);
    expect(polls.findsNothing(polls.of(headOf(request, null), request.body)!)).toBe(false);
  });

  it('is in doubt once settings are others: it may wait now', async () => {
    const { cloud, findsNothing } = await polled();
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { ReceiveMessageWaitTimeSeconds: '5' } });
    expect(findsNothing()).toBe(false);
  });

  it('is in doubt once the queue is deleted, and when there is another of its name', async () => {
    const { cloud, poll, findsNothing } = await polled();
    await sqs(cloud, 'DeleteQueue', { QueueUrl });
    expect(findsNothing()).toBe(false);
    cloud.world.advanceTo(startMs + 61_000);
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    expect(findsNothing()).toBe(false);
    // Nothing is known of the other: the next receive is asked about it.
    expect(poll.verified).toBeNull();
  });

  test.each<{ what: string; attributes: Readonly<Record<string, string>> }>([
    { what: 'a queue that lets receives wait', attributes: { ReceiveMessageWaitTimeSeconds: '5' } },
    {
      what: 'a queue with a policy',
      attributes: {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:ReceiveMessage', Resource: '*' }],
        }),
      },
    },
  ])('is always in doubt of $what', async ({ attributes }) => {
    const { poll, findsNothing } = await polled(attributes);
    expect([poll.verified, findsNothing()]).toEqual([null, false]);
  });

  const xml = (inner: string): string =>
    `<?xml version="1.0"?>\n<ReceiveMessageResponse xmlns="x"><ReceiveMessageResult>${inner}</ReceiveMessageResult></ReceiveMessageResponse>`;
  test.each([
    { body: '{}', status: 200, nothing: true },
    { body: '{"Messages":[]}', status: 200, nothing: false },
    { body: '{}', status: 400, nothing: false },
    { body: xml(''), status: 200, nothing: true },
    { body: xml('\n<Message><Body>x</Body></Message>'), status: 200, nothing: false },
    { body: '<?xml version="1.0"?><Other/>', status: 200, nothing: false },
  ])('a reply of $status $body says so: $nothing', ({ body, status, nothing }) => {
    expect(foundNothing({ status, body, headers: {} } satisfies WireReply)).toBe(nothing);
  });

  it('in the replies that there really are', async () => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    const asked = [json({ QueueUrl }), form('Action=ReceiveMessage&Version=2012-11-05', '/000000000000/q')];
    for (const request of asked) expect(foundNothing(await exchange(cloud, request))).toBe(true);
    for (const request of asked) {
      await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'one' });
      expect(foundNothing(await exchange(cloud, request))).toBe(false);
    }
  });
});
