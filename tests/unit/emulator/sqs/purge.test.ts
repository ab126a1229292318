import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import { messageStates } from '../../../../src/emulator/sqs/message.ts';
import type { Queue, Received } from '../../../../src/emulator/sqs/queue.ts';
import { account } from './harness.ts';

const none = { visible: 0, notVisible: 0, delayed: 0 };
const bodies = (received: readonly Received[]): string[] => received.map(({ message }) => message.body);
const shapeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.shape;
    throw thrown;
  }
  return 'no error';
};

function fifo() {
  const { sqs, ...rest } = account();
  return { sqs, queue: sqs.createQueue('q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' }), ...rest };
}

/** One visible, one in flight until 30 s, one delayed until 40 s. */
function fill(queue: Queue): Received {
  queue.send({ body: 'taken' });
  queue.send({ body: 'visible' });
  queue.send({ body: 'delayed', delaySeconds: 40 });
  return queue.receive(1)[0]!;
}

describe('purge of a standard queue', () => {
  it('[SQS-22] nothing of it comes back, at whatever instant it would have', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    fill(queue);
    queue.purge();
    expect([queue.counts(), queue.size, queue.oldestMessageAgeMs(), [...queue.peek()]]).toEqual([none, 0, null, []]);
    at(10);
    queue.send({ body: 'later' });
    for (const seconds of [30, 40, 100]) {
      at(seconds);
      expect(queue.counts()).toEqual({ ...none, visible: 1 });
    }
    expect(queue.oldestMessageAgeMs()).toBe(90_000);
    expect(bodies(queue.receive(10))).toEqual(['later']);
  });

  it('[SQS-22] a handle of a purged message is that of a message that is gone', () => {
    const { sqs } = account();
    const queue = sqs.createQueue('q', {});
    const { receiptHandle } = fill(queue);
    queue.purge();
    queue.send({ body: 'new' });
    expect(shapeOf(() => queue.changeVisibility(receiptHandle, 0))).toBe('InvalidParameterValueException');
    expect(shapeOf(() => queue.deleteMessage(receiptHandle))).toBe('no error');
    expect(queue.counts()).toEqual({ ...none, visible: 1 });
  });

  it('[SQS-22] takes the same few steps however many messages there are: it goes to none of them', () => {
    const { sqs } = account();
    const queue = sqs.createQueue('q', {});
    const sent = Array.from({ length: 5_000 }, (_, n) => queue.send({ body: String(n) }));
    for (let n = 0; n < 5_000; n += 10) queue.receive(4);
    const states = sent.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set([messageStates.visible, messageStates.inFlight]));
    queue.purge();
    expect(sent.map(({ state }) => state)).toEqual(states);
    expect([queue.counts(), queue.size]).toEqual([none, 0]);
  });

  it('[SQS-22] who waits goes on waiting, and gets what comes next', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    fill(queue);
    queue.receive(1);
    const got: string[][] = [];
    queue.receiveWhenAvailable(10, 60, undefined, (received) => got.push(bodies(received)));
    at(1);
    queue.purge();
    at(50);
    expect(got).toEqual([]);
    queue.send({ body: 'next' });
    at(50.001);
    expect(got).toEqual([['next']]);
  });

  it('[SQS-22] a dead-letter queue forgets what was moved into it', () => {
    const { sqs, at } = account();
    const dead = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = sqs.createQueue('q', { RedrivePolicy });
    queue.send({ body: 'a' });
    queue.receive(1, 0);
    queue.receive(1);
    expect(dead.counts().visible).toBe(1);
    dead.purge();
    dead.send({ body: 'own' });
    at(345_599);
    expect(dead.counts().visible).toBe(1);
    at(345_601);
    expect(dead.counts().visible).toBe(0);
  });
});

describe('purge of a FIFO queue', () => {
  it('[SQS-22] sets every group free', () => {
    const { queue, at } = fifo();
    queue.send({ body: '1', groupId: 'a' });
    queue.send({ body: '2', groupId: 'a' });
    queue.receive(1, undefined, 'attempt');
    expect(queue.groupsInFlight).toBe(1);
    queue.purge();
    expect(queue.groupsInFlight).toBe(0);
    expect(queue.receive(10, undefined, 'attempt')).toEqual([]);
    const { sequence } = queue.send({ body: '3', groupId: 'a' });
    expect(sequence).toBe(3);
    expect(bodies(queue.receive(10))).toEqual(['3']);
    at(31);
    expect([bodies(queue.receive(10)), queue.counts().notVisible]).toEqual([['3'], 1]);
  });

  it('[SQS-22] forgets what was sent: the same is a new message', () => {
    const { queue } = fifo();
    const first = queue.send({ body: 'x', groupId: 'a' });
    queue.purge();
    expect(queue.send({ body: 'x', groupId: 'a' }).sequence).not.toBe(first.sequence);
    expect(queue.size).toBe(1);
  });

  it('[SQS-70] a message that is gone is answered for by its sequence number, and its body is not held', () => {
    const { queue, at } = fifo();
    const first = queue.send({ body: 'x', groupId: 'a' });
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    at(299.999);
    const again = queue.send({ body: 'x', groupId: 'b' });
    expect([again.sequence, again.md5OfBody, again === first]).toEqual([first.sequence, first.md5OfBody, false]);
    expect([queue.size, queue.receive(10)]).toEqual([0, []]);
  });
});
