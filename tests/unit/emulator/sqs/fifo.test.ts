import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import type { Queue, Received } from '../../../../src/emulator/sqs/queue.ts';
import { account } from './harness.ts';

const bodies = (received: readonly Received[]): string[] => received.map(({ message }) => message.body);
const fifo = (over: Record<string, string> = {}): ReturnType<typeof account> & { queue: Queue } => {
  const made = account();
  const attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...over };
  return { ...made, queue: made.sqs.createQueue('q.fifo', attributes) };
};
const send = (queue: Queue, groupId: string, ...texts: string[]): void => {
  for (const body of texts) queue.send({ body, groupId });
};
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.message;
    throw thrown;
  }
  return 'no error';
};

describe('groups', () => {
  it('[SQS-61] one receive takes a group in order, then the next; nothing more of them until they are gone', () => {
    const { queue } = fifo();
    send(queue, 'a', 'a1', 'a2');
    send(queue, 'b', 'b1');
    send(queue, 'a', 'a3');
    const first = queue.receive(2);
    expect(bodies(first)).toEqual(['a1', 'a2']);
    expect(bodies(queue.receive(10))).toEqual(['b1']);
    expect(queue.receive(10)).toEqual([]);
    queue.deleteMessage(first[0]!.receiptHandle);
    expect(queue.receive(10)).toEqual([]);
    queue.deleteMessage(first[1]!.receiptHandle);
    expect(bodies(queue.receive(10))).toEqual(['a3']);
  });

  it('[SQS-61] a message that comes back stands where it stood, however often it has been received', () => {
    const { queue, at } = fifo({ VisibilityTimeout: '10' });
    send(queue, 'a', 'a1', 'a2');
    for (let seconds = 10; seconds <= 50; seconds += 10) {
      expect(bodies(queue.receive(1))).toEqual(['a1']);
      at(seconds);
    }
    expect(bodies(queue.receive(10))).toEqual(['a1', 'a2']);
  });

  it.each([
    [0, []],
    [1, ['a1']],
    [2, ['a1', 'a2']],
  ])('[SQS-61] what stands before message %i, still in flight, may go when it is back', (held, given) => {
    const { queue, at } = fifo({ VisibilityTimeout: '1' });
    send(queue, 'a', 'a1', 'a2', 'a3');
    queue.changeVisibility(queue.receive(10)[held]!.receiptHandle, 4);
    at(2);
    expect(bodies(queue.receive(10))).toEqual(given);
  });

  it('[SQS-61] a group that was received comes after those that were not', () => {
    const { queue } = fifo();
    send(queue, 'a', 'a1');
    send(queue, 'b', 'b1', 'b2');
    send(queue, 'c', 'c1');
    send(queue, 'a', 'a2');
    expect(bodies(queue.receive(3, 0))).toEqual(['a1', 'a2', 'b1']);
    expect(bodies(queue.receive(10, 0))).toEqual(['c1', 'a1', 'a2', 'b1', 'b2']);
  });

  it('[SQS-61] a message that comes back lets other groups go first, and is not behind another of its own', () => {
    const { queue } = fifo();
    send(queue, 'a', 'a1', 'a2');
    send(queue, 'b', 'b1');
    const [first] = queue.receive(2);
    queue.changeVisibility(first!.receiptHandle, 0);
    expect(bodies(queue.receive(10))).toEqual(['b1', 'a1']);
  });

  it('[SQS-13] a long poll ends when the group is free again', () => {
    const { queue, world } = fifo();
    send(queue, 'a', 'a1', 'a2');
    const [first] = queue.receive(1);
    let got: string[] | null = null;
    queue.receiveWhenAvailable(10, 20, undefined, (received) => {
      got = bodies(received);
    });
    world.advanceTo(world.nowMs() + 3_000);
    expect(got).toBeNull();
    queue.deleteMessage(first!.receiptHandle);
    world.advanceTo(world.nowMs());
    expect(got).toEqual(['a2']);
  });

  it('[SQS-66] the limit in flight is no error', () => {
    const { queue } = fifo();
    for (let n = 0; n < 120_000; n++) queue.send({ body: 'x', groupId: `g${n}`, deduplicationId: `${n}` });
    for (let n = 0; n < 12_000; n++) expect(queue.receive(10)).toHaveLength(10);
    queue.send({ body: 'one more', groupId: 'z' });
    expect(queue.receive(10)).toEqual([]);
    expect(queue.groupsInFlight).toBe(120_000);
  });
});

describe('deduplication', () => {
  it('[SQS-70] the same content within five minutes is the first message, deleted or not', () => {
    const { queue, at } = fifo();
    const first = queue.send({ body: 'x', groupId: 'a' });
    expect(queue.send({ body: 'x', groupId: 'b' })).toBe(first);
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    at(299.999);
    expect(queue.send({ body: 'x', groupId: 'a' }).sequence).toBe(first.sequence);
    expect(queue.receive(10)).toEqual([]);
    at(300);
    expect(queue.send({ body: 'x', groupId: 'a' }).sequence).not.toBe(first.sequence);
  });

  it('[SQS-71] an id of its own stands before the content', () => {
    const { queue } = fifo();
    const first = queue.send({ body: 'x', groupId: 'a', deduplicationId: '1' });
    expect(queue.send({ body: 'y', groupId: 'a', deduplicationId: '1' })).toBe(first);
    expect(queue.send({ body: 'x', groupId: 'a', deduplicationId: '2' })).not.toBe(first);
  });

  it('[SQS-72] in the scope of a group the same id is new in another group', () => {
    const { queue } = fifo({ DeduplicationScope: 'messageGroup' });
    const first = queue.send({ body: 'x', groupId: 'a' });
    expect(queue.send({ body: 'x', groupId: 'b' })).not.toBe(first);
    expect(queue.send({ body: 'x', groupId: 'a' })).toBe(first);
  });
});

describe('receive attempts', () => {
  it('[SQS-64] asked again, the same messages with the same handles, and the timeout anew', () => {
    const { queue, at } = fifo({ VisibilityTimeout: '30' });
    send(queue, 'a', 'a1', 'a2');
    const first = queue.receive(10, undefined, 'try-1');
    at(20);
    const again = queue.receive(10, undefined, 'try-1');
    expect(again.map(({ receiptHandle }) => receiptHandle)).toEqual(first.map(({ receiptHandle }) => receiptHandle));
    expect(again[0]!.message.receiveCount).toBe(1);
    at(49);
    expect(queue.counts().notVisible).toBe(2);
    at(50);
    expect(queue.counts().notVisible).toBe(0);
  });

  it('[SQS-64] once a message was touched, or five minutes are over, the attempt is a new receive', () => {
    const { queue } = fifo();
    send(queue, 'a', 'a1', 'a2');
    const [first] = queue.receive(1, undefined, 'try-1');
    queue.deleteMessage(first!.receiptHandle);
    expect(bodies(queue.receive(1, 43_200, 'try-1'))).toEqual(['a2']);
    expect(queue.receive(1, undefined, 'try-2')).toEqual([]);
    expect(bodies(queue.receive(1, undefined, 'try-1'))).toEqual(['a2']);
  });
});

describe('what FIFO queues do otherwise', () => {
  it('[SQS-63] a handle that has expired deletes nothing, and says so', () => {
    const { queue, at } = fifo({ VisibilityTimeout: '10' });
    send(queue, 'a', 'a1');
    const [taken] = queue.receive(1);
    at(10);
    expect(queue.deleteMessage(taken!.receiptHandle)).toBe(false);
    const [again] = queue.receive(1);
    expect(queue.deleteMessage(taken!.receiptHandle)).toBe(false);
    expect(queue.deleteMessage(again!.receiptHandle)).toBe(true);
    expect(queue.deleteMessage(again!.receiptHandle)).toBe(true);
  });

  it('[SQS-65] a changed delay holds for the messages that wait', () => {
    const { queue, sqs, at } = fifo({ DelaySeconds: '60' });
    send(queue, 'a', 'a1');
    at(10);
    sqs.setAttributes(queue, { DelaySeconds: '20' });
    at(19);
    expect(queue.counts().delayed).toBe(1);
    at(20);
    expect(bodies(queue.receive(1))).toEqual(['a1']);
  });

  it('[SQS-65] a delayed message holds up those behind it in its group, not other groups', () => {
    const { queue, at } = fifo({ DelaySeconds: '30' });
    send(queue, 'a', 'a1');
    at(10);
    send(queue, 'b', 'b1');
    send(queue, 'a', 'a2');
    at(30);
    expect(bodies(queue.receive(10))).toEqual(['a1']);
    at(40);
    expect(bodies(queue.receive(10))).toEqual(['b1']);
  });

  it('[SQS-67] in the dead-letter queue retention begins anew, and the group goes on', () => {
    const { sqs, at } = account();
    const ofKind = { FifoQueue: 'true', ContentBasedDeduplication: 'true', MessageRetentionPeriod: '60' };
    const dead = sqs.createQueue('dead.fifo', ofKind);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = sqs.createQueue('q.fifo', { ...ofKind, RedrivePolicy, VisibilityTimeout: '10' });
    send(queue, 'a', 'a1', 'a2');
    queue.receive(1);
    at(50);
    expect(bodies(queue.receive(1))).toEqual(['a2']);
    at(100);
    const [moved] = dead.receive(1);
    expect(moved!.message).toMatchObject({ body: 'a1', groupId: 'a', movedFromArn: queue.arn, deduplicationId: null });
    expect(moved!.message.sentAtMs - queue.createdAtMs).toBe(50_000);
  });

  it('[SQS-68] a dead-letter queue is of the same kind', () => {
    const { sqs } = account();
    const standard = sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: standard.arn, maxReceiveCount: 3 });
    expect(messageOf(() => sqs.createQueue('q.fifo', { FifoQueue: 'true', RedrivePolicy }))).toContain(
      'Dead-letter queue must be same type of queue as the source',
    );
  });
});
