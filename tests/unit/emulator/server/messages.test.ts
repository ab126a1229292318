/** `GET /_spillway/sqs/messages`: everything in a queue, and nothing changed by looking. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { answerMessages } from '../../../../src/emulator/server/messages.ts';
import { bodyText, startMs, testCloud } from '../wire/exchange.ts';

function look(cloud: Cloud, fields: Readonly<Record<string, string>>) {
  const reply = answerMessages(new URLSearchParams(fields), cloud);
  return { status: reply.status, body: JSON.parse(bodyText(reply)) };
}

const QueueUrl = 'http://127.0.0.1:4566/000000000000/orders';

describe('a standard queue', () => {
  it('shows visible, hidden and delayed messages with all they carry', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    const attributes = new Map([
      ['kind', { dataType: 'String', value: 'paid' }],
      ['blob', { dataType: 'Binary', value: new Uint8Array([1, 255]) }],
    ]);
    const first = queue.send({ body: '주문 <1>', attributes, traceHeader: 'Root=1' });
    cloud.world.advanceTo(startMs + 1_000);
    queue.receive(1, 30);
    queue.send({ body: 'two', groupId: 'tenant' });
    queue.send({ body: 'three', delaySeconds: 60 });
    const { status, body } = look(cloud, { QueueUrl });
    const none = {
      messageGroupId: null,
      messageDeduplicationId: null,
      sequenceNumber: null,
      traceHeader: null,
      deadLetterSourceArn: null,
      attributes: {},
      firstReceivedAtMs: null,
      lastReceivedAtMs: null,
      receiveCount: 0,
      receiveCountHere: 0,
      visibleAtMs: null,
      senderId: '000000000000',
      sentAtMs: startMs + 1_000,
      enqueuedAtMs: startMs + 1_000,
      messageId: expect.stringMatching(/^[\da-f-]{36}$/),
    };
    expect([status, body]).toEqual([
      200,
      {
        queueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
        nowMs: startMs + 1_000,
        counts: { visible: 1, inFlight: 1, delayed: 1 },
        nextToken: null,
        before: 0,
        messages: [
          {
            ...none,
            messageId: cloud.home.sqs.messageId(queue, first),
            state: 'inFlight',
            body: '주문 <1>',
            attributes: {
              kind: { dataType: 'String', stringValue: 'paid' },
              blob: { dataType: 'Binary', binaryValue: 'Af8=' },
            },
            traceHeader: 'Root=1',
            sentAtMs: startMs,
            enqueuedAtMs: startMs,
            firstReceivedAtMs: startMs + 1_000,
            lastReceivedAtMs: startMs + 1_000,
            receiveCount: 1,
            receiveCountHere: 1,
            visibleAtMs: startMs + 31_000,
          },
          { ...none, state: 'visible', body: 'two', messageGroupId: 'tenant' },
          { ...none, state: 'delayed', body: 'three', visibleAtMs: startMs + 61_000 },
        ],
      },
    ]);
  });

  it('looking changes nothing: no receive, no call, no hidden message', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    queue.send({ body: 'one' });
    cloud.world.advanceTo(startMs + 60_000);
    const before = { lastCallMs: queue.lastCallMs, counts: queue.counts() };
    expect(look(cloud, { QueueUrl })).toEqual(look(cloud, { QueueUrl }));
    expect({ lastCallMs: queue.lastCallMs, counts: queue.counts() }).toEqual(before);
    expect(queue.receive(1)[0]!.receiveCount).toBe(1);
  });

  it('what fell due by now is told as it is now', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', { MessageRetentionPeriod: '60' });
    queue.send({ body: 'old' });
    queue.send({ body: 'delayed', delaySeconds: 10 });
    queue.receive(1, 20);
    const states = () => look(cloud, { QueueUrl }).body.messages.map(({ state }: { state: string }) => state);
    expect(states()).toEqual(['inFlight', 'delayed']);
    cloud.world.advanceTo(startMs + 20_000);
    expect(states()).toEqual(['visible', 'visible']);
    cloud.world.advanceTo(startMs + 60_001);
    expect(states()).toEqual([]);
  });

  it('a message says when it becomes visible, whatever changed that', () => {
    const cloud = testCloud();
    const { sqs } = cloud.home;
    const queue = sqs.createQueue('orders', {});
    queue.send({ body: 'one' });
    const [received] = queue.receive(1, 30);
    const visibleAt = () => look(cloud, { QueueUrl }).body.messages[0].visibleAtMs;
    expect(visibleAt()).toBe(startMs + 30_000);
    cloud.world.advanceTo(startMs + 10_000);
    queue.changeVisibility(received!.receiptHandle, 100);
    expect(visibleAt()).toBe(startMs + 110_000);
    queue.changeVisibility(received!.receiptHandle, 0);
    expect(visibleAt()).toBeNull();
    queue.receive(1, 5);
    expect(visibleAt()).toBe(startMs + 15_000);
    cloud.world.advanceTo(startMs + 15_000);
    expect(visibleAt()).toBeNull();

    // A FIFO queue's delay holds for those that wait, too.
    const steps = sqs.createQueue('steps.fifo', { FifoQueue: 'true', DelaySeconds: '60' });
    steps.send({ body: 'x', groupId: 'g', deduplicationId: 'd' });
    const delayEnds = () => look(cloud, { QueueUrl: '/000000000000/steps.fifo' }).body.messages[0].visibleAtMs;
    expect(delayEnds()).toBe(startMs + 75_000);
    sqs.setAttributes(steps, { DelaySeconds: '20' });
    expect(delayEnds()).toBe(startMs + 35_000);
  });

  it('in pages, which go on after the last one even when that is gone', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    for (let n = 0; n < 5; n++) queue.send({ body: String(n) });
    const page = (token: string | null) => {
      const { body } = look(cloud, { QueueUrl, MaxResults: '2', ...(token === null ? {} : { NextToken: token }) });
      const bodies = body.messages.map((one: { body: string }) => one.body);
      return { bodies, token: body.nextToken as string | null, before: body.before as number };
    };
    const first = page(null);
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    const second = page(first.token);
    const third = page(second.token);
    expect([first.bodies, second.bodies, third.bodies]).toEqual([['0', '1'], ['2', '3'], ['4']]);
    expect(third.token).toBeNull();
    // Two of the four before are gone.
    expect([first.before, second.before, third.before]).toEqual([0, 0, 2]);
    expect(look(cloud, { QueueUrl, MaxResults: '3' }).body.nextToken).toBeNull();
  });

  it('more than one reply can hold is refused with what to do', () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('orders', {});
    const body = 'x'.repeat(1_048_576);
    for (let n = 0; n < 200; n++) queue.send({ body });
    expect(look(cloud, { QueueUrl })).toEqual({ status: 413, body: { error: expect.stringContaining('MaxResults') } });
    expect(look(cloud, { QueueUrl, MaxResults: '2' }).body.messages).toHaveLength(2);
  });
});

it('a FIFO queue shows groups, deduplication ids and sequence numbers; a dead-letter queue where a message came from', () => {
  const cloud = testCloud();
  const { sqs } = cloud.home;
  const fifo = { FifoQueue: 'true' };
  const dead = sqs.createQueue('dead.fifo', fifo);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const queue = sqs.createQueue('orders.fifo', { ...fifo, RedrivePolicy });
  queue.send({ body: 'one', groupId: 'g', deduplicationId: 'd' });
  const shown = (name: string) => look(cloud, { QueueUrl: `/000000000000/${name}` }).body.messages;
  expect(shown('orders.fifo')).toMatchObject([
    { messageGroupId: 'g', messageDeduplicationId: 'd', sequenceNumber: expect.stringMatching(/^\d{20}$/) },
  ]);
  queue.receive(1, 0);
  queue.receive(1, 0);
  expect(shown('orders.fifo')).toEqual([]);
  const [moved] = shown('dead.fifo');
  expect(moved).toMatchObject({ deadLetterSourceArn: queue.arn, receiveCount: 1, receiveCountHere: 0 });
  expect(moved.messageDeduplicationId).toBe(moved.messageId);
});

describe('whose queue', () => {
  it('of two accounts with a queue of one name each has its own', () => {
    const cloud = testCloud();
    for (const accountId of ['000000000000', '111122223333']) {
      const { sqs } = cloud.at(accountId, 'us-east-1');
      sqs.createQueue('orders', {}).send({ body: `of ${accountId}` });
      const [message] = look(cloud, { QueueUrl: `/${accountId}/orders` }).body.messages;
      expect(message.body).toBe(`of ${accountId}`);
    }
  });

  it.each([
    { QueueUrl: 'https://localhost/111122223333/far', Region: 'eu-west-1' },
    { QueueUrl: '/111122223333/far', Region: 'eu-west-1' },
    { QueueUrl: 'http://x/queue/eu-west-1/111122223333/far', Region: 'eu-west-1' },
  ])('%j', (fields) => {
    const cloud = testCloud();
    cloud.at('111122223333', 'eu-west-1').sqs.createQueue('far', {});
    expect(look(cloud, fields).body.queueArn).toBe('arn:aws:sqs:eu-west-1:111122223333:far');
  });

  it.each([
    [{}, 400, 'QueueUrl is missing'],
    [{ QueueUrl: '' }, 400, 'QueueUrl is missing'],
    [{ QueueUrl: 'orders' }, 400, 'QueueUrl is "orders", expected http://HOST/ACCOUNT/NAME or /ACCOUNT/NAME.'],
    [{ QueueUrl, Region: '../x' }, 400, 'Region is "../x", expected one such as us-east-1.'],
    [{ QueueUrl, MaxResults: '0' }, 400, 'MaxResults is "0", expected a whole number from 1.'],
    [{ QueueUrl, MaxResults: 'ten' }, 400, 'MaxResults is "ten"'],
    [{ QueueUrl, NextToken: '-1' }, 400, 'NextToken is "-1"'],
    [{ QueueUrl }, 404, 'There is no queue "orders" of account 000000000000 in us-east-1.'],
    [{ QueueUrl: '/000000000000/far' }, 404, 'in us-east-1. There is one in eu-west-1: add Region.'],
    [{ QueueUrl: '/999999999999/far' }, 404, 'There is no queue "far" of account 999999999999 in us-east-1.'],
  ])('%j is refused with %i', (fields, status, words) => {
    const cloud = testCloud();
    cloud.at('000000000000', 'eu-west-1').sqs.createQueue('far', {});
    const before = cloud.regions().length;
    expect(look(cloud, fields as Record<string, string>)).toEqual({
      status,
      body: { error: expect.stringContaining(words) },
    });
    // Asking for what is not there builds nothing.
    expect(cloud.regions()).toHaveLength(before);
  });
});
