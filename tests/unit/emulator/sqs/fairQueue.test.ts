import { describe, expect, it, test } from 'vitest';
import type { Queue, Received } from '../../../../src/emulator/sqs/queue.ts';
import { type Account, account, startMs } from './harness.ts';

const bodies = (received: readonly Received[]): string[] => received.map(({ message }) => message.body);

/** `a1`, `a2` ... of tenant a; a name without letters belongs to nobody. */
const send = (queue: Queue, ...names: string[]): void => {
  for (const body of names) {
    const groupId = body.replace(/\d+$/, '');
    queue.send({ body, ...(groupId === '' ? {} : { groupId }) });
  }
};
const sendMany = (queue: Queue, tenant: string, count: number): void =>
  send(queue, ...Array.from({ length: count }, (_, index) => `${tenant}${index + 1}`));

/** Takes `count` messages of a queue that holds nothing else to take. */
const takeMany = (queue: Queue, count: number, timeout = 3_600): Received[] => {
  const taken: Received[] = [];
  while (taken.length < count) {
    const received = queue.receive(Math.min(10, count - taken.length), timeout);
    if (received.length === 0) throw new Error(`only ${taken.length} of ${count} are there`);
    taken.push(...received);
  }
  return taken;
};
const fly = (queue: Queue, tenant: string, count: number, timeout?: number): Received[] => {
  sendMany(queue, tenant, count);
  return takeMany(queue, count, timeout);
};
const made = (attributes: Record<string, string> = {}): Account & { queue: Queue } => {
  const one = account();
  return { ...one, queue: one.sqs.createQueue('q', attributes) };
};

describe('who is noisy', () => {
  test.each([
    [29, 0, 0],
    [30, 0, 1],
    [30, 269, 1],
    [30, 270, 0],
    [31, 270, 1],
    [31, 279, 0],
    [100, 1_000, 0],
  ])('[SQS-101] %i in flight beside %i of others: %i noisy', (own, others, noisy) => {
    const { queue } = made();
    for (let index = 0; index < others; index++) send(queue, `other${'x'.repeat(index % 97)}`);
    takeMany(queue, others);
    fly(queue, 'a', own);
    expect(queue.fairCounts()!.noisyGroups).toBe(noisy);
    send(queue, 'a1001', 'b1');
    expect(bodies(queue.receive(2))).toEqual(noisy === 1 ? ['b1', 'a1001'] : ['a1001', 'b1']);
  });

  it('[SQS-101] nobody is noisy for what messages without a group have in flight', () => {
    const { queue } = made();
    for (let index = 0; index < 60; index++) queue.send({ body: 'x' });
    takeMany(queue, 60);
    send(queue, 'a1', '1');
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { notVisible: 60, visible: 2 } });
    // They take part in the whole, though.
    fly(queue, 'b', 29);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
  });

  it('[SQS-101] a share grows when others finish, and falls when others begin', () => {
    const { queue } = made();
    const others = fly(queue, 'x', 0);
    for (let index = 0; index < 300; index++) send(queue, `other${'y'.repeat(index % 20)}`);
    others.push(...takeMany(queue, 300));
    fly(queue, 'a', 32);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    for (const { receiptHandle } of others.slice(0, 12)) queue.deleteMessage(receiptHandle);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    queue.deleteMessage(others[12]!.receiptHandle);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
    send(queue, 'z1');
    queue.receive(1);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
  });

  it('[SQS-102] few and slow: more than a tenth of recent processing time, and half a message in flight on average', () => {
    const { queue, at } = made();
    sendMany(queue, 'slow', 100);
    takeMany(queue, 2);
    at(15);
    send(queue, 'b1');
    // 2 x (1 - e^(-t / 60 s)) reaches a half at 17.3 s.
    expect(bodies(queue.receive(1))).toEqual(['slow3']);
    at(18);
    send(queue, 'b2');
    expect(bodies(queue.receive(3))).toEqual(['b1', 'b2', 'slow4']);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 1, quiet: { visible: 0, notVisible: 2 } });
  });

  it('[SQS-102] a tenant that waits for nothing is not noisy for the time it took', () => {
    const { queue, at } = made();
    const [one] = fly(queue, 'slow', 2);
    at(35);
    queue.deleteMessage(one!.receiptHandle);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    send(queue, 'slow3', 'b1');
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
    expect(bodies(queue.receive(1))).toEqual(['b1']);
  });

  it('[SQS-102] time in flight ends with the timeout, not when somebody notices', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 7);
    // 6 x (1 - e^(-5 / 60)) is 0.48.
    takeMany(queue, 6, 5);
    at(9.999);
    send(queue, 'b1');
    expect(bodies(queue.receive(8)).slice(-2)).toEqual(['a7', 'b1']);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
  });

  it('[SQS-102] what a tenant took is remembered, however many others come', () => {
    const { queue, at } = made();
    for (const { receiptHandle } of fly(queue, 'quick', 1)) queue.deleteMessage(receiptHandle);
    const slow = fly(queue, 'slow', 20);
    at(30);
    for (const { receiptHandle } of slow) queue.deleteMessage(receiptHandle);
    for (let index = 0; index < 3_000; index++) {
      queue.send({ body: 'x', groupId: `other-${index}` });
      queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    }
    send(queue, 'slow21');
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
  });

  it('[SQS-102] a tenth of the time of all, or less, makes nobody noisy', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 2);
    for (let index = 0; index < 20; index++) send(queue, `other${'x'.repeat(index)}`);
    takeMany(queue, 21);
    at(50);
    send(queue, 'a3', 'b1');
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    expect(bodies(queue.receive(3)).slice(-2)).toEqual(['a3', 'b1']);
  });

  it('[SQS-103] noisy as long as it has a backlog, whatever its share; quiet once that is consumed', () => {
    const { queue } = made();
    sendMany(queue, 'a', 35);
    const taken = takeMany(queue, 33);
    for (const { receiptHandle } of taken) queue.deleteMessage(receiptHandle);
    send(queue, 'b1', 'a36', 'b2');
    expect(bodies(queue.receive(3))).toEqual(['b1', 'b2', 'a34']);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
    expect(bodies(queue.receive(2))).toEqual(['a35', 'a36']);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    send(queue, 'a37', 'b3');
    expect(bodies(queue.receive(2))).toEqual(['a37', 'b3']);
  });

  it('[SQS-103] a backlog that is deleted, or has expired, is consumed', () => {
    const { queue, at } = made({ MessageRetentionPeriod: '60' });
    const taken = fly(queue, 'a', 40, 10);
    at(10);
    expect(takeMany(queue, 20, 600)).toHaveLength(20);
    // 20 are visible again, 20 in flight.
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 1, quiet: { visible: 0, notVisible: 0 } });
    for (const { receiptHandle } of taken) queue.deleteMessage(receiptHandle);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { visible: 0, notVisible: 20 } });
  });

  it('[SQS-104] after five minutes with nothing in flight it has its place again', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 43);
    const taken = takeMany(queue, 40, 60);
    for (const { receiptHandle } of taken) queue.deleteMessage(receiptHandle);
    send(queue, 'b1', 'b2', 'b3');
    expect(bodies(queue.receive(1))).toEqual(['b1']);
    at(299.999);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
    expect(bodies(queue.receive(1))).toEqual(['b1']);
    at(300);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { visible: 5, notVisible: 1 } });
    expect(bodies(queue.receive(10))).toEqual(['a41', 'a42', 'a43', 'b2', 'b3']);
  });

  it('[SQS-104] that a receive notices by itself, and what the tenant did before counts no longer', () => {
    const { queue, at } = made();
    at(1);
    const taken = fly(queue, 'a', 100);
    at(301);
    for (const { receiptHandle } of taken) queue.deleteMessage(receiptHandle);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
    // 99 in flight on average of late, none now.
    send(queue, 'a101', 'a102', 'b1', 'b2');
    expect(bodies(queue.receive(1))).toEqual(['b1']);
    at(600.999);
    expect(bodies(queue.receive(1))).toEqual(['b1']);
    at(601);
    expect(bodies(queue.receive(3))).toEqual(['a101', 'a102', 'b2']);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
  });

  it('[SQS-104] who has something in flight does not turn quiet by it', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 43);
    for (const { receiptHandle } of takeMany(queue, 40)) queue.deleteMessage(receiptHandle);
    at(200);
    queue.receive(1, 3_600);
    at(1_000);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
  });

  it('[SQS-104] five minutes without a break: who got something in between stays noisy', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 43);
    for (const { receiptHandle } of takeMany(queue, 40)) queue.deleteMessage(receiptHandle);
    at(200);
    const [one] = queue.receive(1);
    at(201);
    queue.deleteMessage(one!.receiptHandle);
    at(500.999);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
    at(501);
    expect(queue.fairCounts()!.noisyGroups).toBe(0);
  });
});

describe('who is next', () => {
  it('[SQS-100] without a group id nothing is fair: one line, and no metrics of tenants', () => {
    const { queue } = made();
    for (let index = 0; index < 50; index++) queue.send({ body: `${index}` });
    expect(bodies(takeMany(queue, 50))).toEqual(Array.from({ length: 50 }, (_, index) => `${index}`));
    expect(queue.fairCounts()).toBeNull();
  });

  it('[SQS-100] the first group id changes nothing for what waits already', () => {
    const { queue, at } = made();
    send(queue, '1', '2', '3');
    queue.send({ body: 'later', delaySeconds: 5 });
    const [first] = queue.receive(1, 10);
    send(queue, 'a1');
    expect(queue.fairCounts()!.quiet).toEqual({ visible: 3, notVisible: 1, delayed: 1 });
    expect(bodies(queue.receive(1))).toEqual(['2']);
    at(10);
    expect(bodies(queue.receive(10))).toEqual(['1', '3', 'a1', 'later']);
    expect(first!.receiveCount).toBe(1);
  });

  it('[SQS-100] what was in flight before the first group id is part of the whole', () => {
    const { queue } = made();
    for (let index = 0; index < 280; index++) queue.send({ body: 'x' });
    takeMany(queue, 280);
    fly(queue, 'a', 31);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { notVisible: 311 } });
  });

  it('[SQS-105] quiet tenants and messages without a group go first, in the order of sending', () => {
    const { queue } = made();
    fly(queue, 'noisy', 30);
    send(queue, 'noisy31', 'b1', 'noisy32', '1', 'c1', 'b2', 'noisy33');
    expect(bodies(queue.receive(2))).toEqual(['b1', '1']);
    send(queue, 'noisy34', 'd1');
    expect(bodies(queue.receive(10))).toEqual(['c1', 'b2', 'd1', 'noisy31', 'noisy32', 'noisy33', 'noisy34']);
  });

  it('[SQS-105] of noisy tenants the one with the fewest in flight is next', () => {
    const { queue } = made();
    fly(queue, 'a', 33);
    const ofB = fly(queue, 'b', 31);
    fly(queue, 'c', 30);
    send(queue, 'a101', 'a102', 'a103', 'b101', 'b102', 'b103', 'c101', 'c102', 'c103', 'c104', 'd1');
    // c: 30 to 31; b and c alike until both have what a has.
    const next = bodies(queue.receive(10));
    expect(next.slice(0, 2)).toEqual(['d1', 'c101']);
    expect(next.slice(2, 6).toSorted()).toEqual(['b101', 'b102', 'c102', 'c103']);
    expect(next.slice(6, 9).toSorted()).toEqual(['a101', 'b103', 'c104']);
    expect(next[9]).toBe('a102');
    send(queue, 'b104', 'c105');
    for (const { receiptHandle } of ofB.slice(0, 5)) queue.deleteMessage(receiptHandle);
    expect(bodies(queue.receive(1))).toEqual(['b104']);
  });

  it('[SQS-105] a message of a noisy tenant that comes back is the first of its tenant, not of the queue', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 33);
    takeMany(queue, 29, 3_600);
    queue.receive(1, 5);
    expect(bodies(queue.receive(1))).toEqual(['a31']);
    send(queue, 'b1');
    at(5);
    expect(bodies(queue.receive(3))).toEqual(['b1', 'a30', 'a32']);
  });

  it('[SQS-04, 105] a batch that times out together keeps its order, of a quiet tenant and of a noisy one', () => {
    const { queue, at } = made();
    fly(queue, 'a', 30);
    send(queue, 'b1', 'b2', 'b3', 'a31', 'a32', 'a33');
    expect(bodies(queue.receive(5, 5))).toEqual(['b1', 'b2', 'b3', 'a31', 'a32']);
    at(5);
    expect(bodies(queue.receive(10))).toEqual(['b1', 'b2', 'b3', 'a31', 'a32', 'a33']);
  });

  it('[SQS-105] what is taken and not moved after all is the first of its tenant still', () => {
    const { queue } = made();
    fly(queue, 'a', 30);
    send(queue, 'a31', 'a32', 'b1');
    queue.keep(queue.firstToMove()!);
    expect(bodies(queue.receive(1))).toEqual(['b1']);
    queue.keep(queue.firstToMove()!);
    expect(bodies(queue.receive(2))).toEqual(['a31', 'a32']);
  });

  it('[SQS-105] a long poll is served as a short one', () => {
    const { queue, world } = made();
    fly(queue, 'a', 30);
    const got: string[][] = [];
    queue.receiveWhenAvailable(2, 20, undefined, (received) => got.push(bodies(received)));
    send(queue, 'a31', 'a32', 'b1');
    world.advanceTo(world.nowMs());
    expect(got).toEqual([['b1', 'a31']]);
  });

  it('[SQS-105] a purge leaves no tenant behind', () => {
    const { queue } = made();
    sendMany(queue, 'a', 450);
    takeMany(queue, 400);
    queue.purge();
    expect(queue.fairCounts()).toEqual({
      noisyGroups: 0,
      quiet: { visible: 0, notVisible: 0, delayed: 0 },
      oldestQuietAgeMs: null,
    });
    send(queue, 'a1', 'b1');
    expect(bodies(queue.receive(2))).toEqual(['a1', 'b1']);
    // Neither what was in flight nor its tenants are there any longer.
    fly(queue, 'c', 30);
    expect(queue.fairCounts()!.noisyGroups).toBe(1);
  });

  it('[SQS-105] who was quiet at a purge does not come back noisy', () => {
    const { queue } = made();
    const others = Array.from({ length: 700 }, (_, index) => `other${'x'.repeat(index % 50)}`);
    send(queue, ...others);
    takeMany(queue, 700);
    fly(queue, 'a', 40);
    queue.purge();
    send(queue, ...others);
    for (const { receiptHandle } of takeMany(queue, 700).slice(0, 400)) queue.deleteMessage(receiptHandle);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { notVisible: 300 } });
  });

  it('[SQS-105] tenants keep their groups in the dead-letter queue and on the way back', () => {
    const { sqs, world, at } = account();
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = sqs.createQueue('q', { RedrivePolicy });
    fly(queue, 'a', 40, 1);
    at(1);
    expect(queue.receive(10)).toEqual([]);
    expect(dead.fairCounts()).toMatchObject({ noisyGroups: 0, quiet: { visible: 40 }, oldestQuietAgeMs: 0 });
    takeMany(dead, 35, 600);
    expect(dead.fairCounts()).toMatchObject({ noisyGroups: 1, quiet: { visible: 0, notVisible: 0 } });
    sqs.moveTasks.start(dead, queue, 500);
    world.advanceTo(world.nowMs() + 10_000);
    expect(dead.counts()).toEqual({ visible: 0, notVisible: 35, delayed: 0 });
    expect([...queue.peek()].map(({ groupId }) => groupId)).toEqual(Array(5).fill('a'));
  });
});

describe('AWS/SQS metrics of tenants', () => {
  const names = [
    'ApproximateAgeOfOldestMessageInQuietGroups',
    'ApproximateNumberOfMessagesDelayedInQuietGroups',
    'ApproximateNumberOfMessagesNotVisibleInQuietGroups',
    'ApproximateNumberOfMessagesVisibleInQuietGroups',
    'ApproximateNumberOfNoisyGroups',
  ];
  const ofTenants = ({ recorded }: Account, minute: number): Record<string, [number, number, string]> =>
    Object.fromEntries(
      recorded
        .filter(({ metricName, point }) => names.includes(metricName) && point.atMs === startMs + minute * 60_000)
        .map(({ metricName, point, unit }) => [metricName, [point.maximum, point.count, unit]]),
    );

  it('[SQS-106] five gauges, without what noisy tenants have', () => {
    const cloud = made({ VisibilityTimeout: '3600' });
    const { queue } = cloud;
    cloud.at(5);
    sendMany(queue, 'a', 35);
    cloud.at(7);
    takeMany(queue, 30);
    queue.send({ body: 'late', groupId: 'a', delaySeconds: 900 });
    queue.send({ body: 'late', groupId: 'b', delaySeconds: 900 });
    queue.send({ body: 'late', delaySeconds: 900 });
    send(queue, 'b1', 'b2', '1');
    queue.receive(1);
    cloud.at(60);
    expect(ofTenants(cloud, 0)).toEqual({
      ApproximateNumberOfNoisyGroups: [1, 5, 'Count'],
      ApproximateNumberOfMessagesVisibleInQuietGroups: [2, 5, 'Count'],
      ApproximateNumberOfMessagesNotVisibleInQuietGroups: [1, 5, 'Count'],
      ApproximateNumberOfMessagesDelayedInQuietGroups: [2, 5, 'Count'],
      ApproximateAgeOfOldestMessageInQuietGroups: [43, 5, 'Seconds'],
    });
    const point = cloud.recorded.find(
      ({ metricName }) => metricName === 'ApproximateNumberOfMessagesNotVisible',
    )?.point;
    expect(point?.maximum).toBe(31);
  });

  it('[SQS-106] zeros while the queue is active, but no age without such a message; nothing once it rests', () => {
    const cloud = made();
    send(cloud.queue, 'a1');
    cloud.queue.deleteMessage(cloud.queue.receive(1)[0]!.receiptHandle);
    cloud.at(8 * 3_600);
    expect(ofTenants(cloud, 200)).toEqual({
      ApproximateNumberOfNoisyGroups: [0, 6, 'Count'],
      ApproximateNumberOfMessagesVisibleInQuietGroups: [0, 6, 'Count'],
      ApproximateNumberOfMessagesNotVisibleInQuietGroups: [0, 6, 'Count'],
      ApproximateNumberOfMessagesDelayedInQuietGroups: [0, 6, 'Count'],
    });
    expect(ofTenants(cloud, 400)).toEqual({});
  });

  test.each([
    ['a standard queue without groups', {}, undefined],
    ['a FIFO queue', { FifoQueue: 'true', ContentBasedDeduplication: 'true' }, 'a'],
  ])('[SQS-106] %s has none of them', (_, attributes: Record<string, string>, groupId) => {
    const cloud = account();
    const queue = cloud.sqs.createQueue(attributes.FifoQueue === undefined ? 'q' : 'q.fifo', attributes);
    for (let index = 0; index < 60; index++) {
      queue.send({ body: `${index}`, ...(groupId === undefined ? {} : { groupId }) });
      queue.receive(1);
    }
    cloud.at(120);
    expect(queue.fairCounts()).toBeNull();
    expect(ofTenants(cloud, 0)).toEqual({});
    expect(cloud.recorded.length).toBeGreaterThan(5);
  });

  it('[SQS-106] the age leaves out a message from its third receive on, and counts a tenant again that turned quiet', () => {
    const { queue, at } = made();
    send(queue, 'p1');
    for (const second of [1, 2, 3]) {
      at(second);
      expect(bodies(queue.receive(1, 0))).toEqual(['p1']);
    }
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBeNull();
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    sendMany(queue, 'a', 42);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(0);
    for (const { receiptHandle } of takeMany(queue, 40)) queue.deleteMessage(receiptHandle);
    at(4);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBeNull();
    send(queue, 'b1');
    at(302.999);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(298_999);
    at(303);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(300_000);
    expect(bodies(queue.receive(2))).toEqual(['a41', 'a42']);
    at(304);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(301_000);
  });

  it('[SQS-106] the age of a tenant that was noisy is not that of an older message of another', () => {
    const { queue, at } = made();
    sendMany(queue, 'a', 40);
    const taken = takeMany(queue, 39);
    at(1);
    send(queue, 'b1');
    at(2);
    for (const { receiptHandle } of taken.slice(1)) queue.deleteMessage(receiptHandle);
    send(queue, 'a41');
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 1, oldestQuietAgeMs: 1_000 });
    queue.deleteMessage(taken[0]!.receiptHandle);
    at(302);
    expect(queue.fairCounts()).toMatchObject({ noisyGroups: 0 });
    // Of a tenant that is back, and of the others: the older of the two.
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(302_000);
    for (const { receiptHandle } of queue.receive(1)) queue.deleteMessage(receiptHandle);
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(301_000);
  });

  it('[SQS-106] the oldest is found however many have come and gone since', () => {
    const { queue, at } = made();
    send(queue, 'a1');
    const [old] = queue.receive(1, 3_600);
    at(1);
    for (let index = 0; index < 3_000; index++) {
      send(queue, 'b1');
      queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    }
    expect(queue.fairCounts()!.oldestQuietAgeMs).toBe(1_000);
    expect(old!.message.body).toBe('a1');
  });
});
