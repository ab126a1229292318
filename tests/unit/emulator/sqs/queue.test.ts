import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import { maxInFlight, type Queue, type Received } from '../../../../src/emulator/sqs/queue.ts';
import { account } from './harness.ts';

const bodies = (received: readonly Received[]): string[] => received.map(({ message }) => message.body);
const sendAll = (queue: Queue, ...texts: string[]): void => {
  for (const body of texts) queue.send({ body });
};
const shapeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.shape;
    throw thrown;
  }
  return 'no error';
};

describe('visibility', () => {
  it('[SQS-01] a received message is hidden for the timeout of the queue, then comes back with its count', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '30' });
    sendAll(queue, 'a');
    const [first] = queue.receive(1);
    expect(first?.receiveCount).toBe(1);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 1, delayed: 0 });
    at(29.999);
    expect(queue.receive(1)).toEqual([]);
    at(30);
    const [second] = queue.receive(1);
    expect([second?.receiveCount, second?.receiptHandle === first?.receiptHandle]).toEqual([2, false]);
    expect(second?.firstReceivedAtMs).toBe(first?.firstReceivedAtMs);
  });

  it('[SQS-01] the request may set its own timeout, 0 hides nothing', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a');
    queue.receive(1, 0);
    expect(bodies(queue.receive(1, 5))).toEqual(['a']);
    at(5);
    expect(bodies(queue.receive(1))).toEqual(['a']);
  });

  it('[SQS-02] a changed timeout counts from the change; 0 frees the message at once', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a');
    const [taken] = queue.receive(1);
    at(20);
    queue.changeVisibility(taken!.receiptHandle, 30);
    at(49);
    expect(queue.counts().notVisible).toBe(1);
    at(50);
    expect(queue.counts().visible).toBe(1);
    const [again] = queue.receive(1);
    queue.changeVisibility(again!.receiptHandle, 0);
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
  });

  it('[SQS-02] twelve hours in all is the limit of one receive', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '43200' });
    sendAll(queue, 'a');
    const [taken] = queue.receive(1);
    at(3_600);
    expect(shapeOf(() => queue.changeVisibility(taken!.receiptHandle, 43_200))).toBe('InvalidParameterValueException');
    expect(shapeOf(() => queue.changeVisibility(taken!.receiptHandle, 39_600))).toBe('no error');
  });

  it('[SQS-03] a message that is back stays so; one in flight can be changed by any of its handles', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    sendAll(queue, 'a');
    const [old] = queue.receive(1);
    at(10);
    expect(shapeOf(() => queue.changeVisibility(old!.receiptHandle, 5))).toBe('no error');
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    const [latest] = queue.receive(1);
    expect(shapeOf(() => queue.changeVisibility(old!.receiptHandle, 0))).toBe('no error');
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    queue.deleteMessage(latest!.receiptHandle);
    expect(shapeOf(() => queue.changeVisibility(latest!.receiptHandle, 5))).toBe('InvalidParameterValueException');
  });

  it('[SQS-04] the first two times a message comes back in front, from the third on behind the others', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    sendAll(queue, 'poison', 'b');
    queue.receive(1);
    at(10);
    expect(bodies(queue.receive(1))).toEqual(['poison']);
    at(20);
    expect(bodies(queue.receive(1))).toEqual(['poison']);
    at(30);
    expect(bodies(queue.receive(2))).toEqual(['b', 'poison']);
  });

  it('[SQS-04] a batch whose timeout ends together comes back in its order, before the others', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    sendAll(queue, 'a', 'b', 'c', 'd');
    queue.receive(3);
    at(10);
    expect(bodies(queue.receive(4, 3_600))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('[SQS-04] of two batches the one that came back last is first, whenever somebody looks', () => {
    const order = (...looksAtSeconds: number[]): string[] => {
      const { sqs, at } = account();
      const queue = sqs.createQueue('q', {});
      sendAll(queue, 'a', 'b', 'c', 'd', 'e');
      queue.receive(2, 10);
      queue.receive(2, 11);
      for (const seconds of looksAtSeconds) {
        at(seconds);
        queue.counts();
      }
      at(20);
      return bodies(queue.receive(10));
    };
    expect(order()).toEqual(['c', 'd', 'a', 'b', 'e']);
    expect(order(10, 10.5, 11)).toEqual(order());
  });

  it('[SQS-04] messages freed one after the other at one instant come back in that order', () => {
    const { sqs } = account();
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a', 'b', 'c', 'd');
    for (const { receiptHandle } of queue.receive(3)) queue.changeVisibility(receiptHandle, 0);
    expect(bodies(queue.receive(10))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('[SQS-04] a batch received for the third time goes behind the others, in its order', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    sendAll(queue, 'a', 'b', 'c');
    for (const seconds of [10, 20, 30]) {
      expect(bodies(queue.receive(2))).toEqual(['a', 'b']);
      at(seconds);
    }
    expect(bodies(queue.receive(3))).toEqual(['c', 'a', 'b']);
  });
});

describe('deleting', () => {
  it('[SQS-10, 11] twice succeeds, with an old handle it changes nothing, with a foreign one it fails', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    const other = sqs.createQueue('other', {});
    sendAll(queue, 'a');
    const [old] = queue.receive(1);
    at(10);
    const [latest] = queue.receive(1);
    queue.deleteMessage(old!.receiptHandle);
    expect(queue.counts().notVisible).toBe(1);
    expect(shapeOf(() => other.deleteMessage(latest!.receiptHandle))).toBe('ReceiptHandleIsInvalid');
    expect(shapeOf(() => queue.deleteMessage('nonsense'))).toBe('ReceiptHandleIsInvalid');
    queue.deleteMessage(latest!.receiptHandle);
    queue.deleteMessage(latest!.receiptHandle);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
    at(100);
    expect(queue.receive(1)).toEqual([]);
  });

  it('[SQS-12] a message that came back can still be deleted by its last handle', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { VisibilityTimeout: '10' });
    sendAll(queue, 'a');
    const [taken] = queue.receive(1);
    at(11);
    expect(queue.counts().visible).toBe(1);
    queue.deleteMessage(taken!.receiptHandle);
    expect([queue.counts().visible, queue.receive(1)]).toEqual([0, []]);
  });

  it('[SQS-22] purging takes everything, in flight and delayed too', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a', 'b');
    queue.send({ body: 'c', delaySeconds: 10 });
    const [taken] = queue.receive(1);
    queue.purge();
    at(100);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
    queue.deleteMessage(taken!.receiptHandle);
  });
});

describe('delay and retention', () => {
  it('[SQS-20] a message stays hidden for its own delay, or the delay of the queue', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { DelaySeconds: '5' });
    queue.send({ body: 'queue' });
    queue.send({ body: 'own', delaySeconds: 2 });
    queue.send({ body: 'none', delaySeconds: 0 });
    expect(bodies(queue.receive(10))).toEqual(['none']);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 1, delayed: 2 });
    at(2);
    expect(bodies(queue.receive(10))).toEqual(['own']);
    at(5);
    expect(bodies(queue.receive(10))).toEqual(['queue']);
  });

  it('[SQS-21] messages vanish when their retention is over, wherever they are', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', { MessageRetentionPeriod: '60', VisibilityTimeout: '50' });
    sendAll(queue, 'a', 'b');
    queue.receive(1);
    at(30);
    sendAll(queue, 'c');
    at(60);
    expect(queue.counts()).toEqual({ visible: 3, notVisible: 0, delayed: 0 });
    at(60.001);
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    expect(bodies(queue.receive(10))).toEqual(['c']);
  });

  it('[SQS-21] lowering the retention deletes at once', () => {
    const { sqs, at } = account();
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a');
    at(3_600);
    sqs.setAttributes(queue, { MessageRetentionPeriod: '60' });
    expect(queue.counts().visible).toBe(0);
    expect(queue.receive(1)).toEqual([]);
  });
});

describe('dead-letter queue', () => {
  const pair = (maxReceiveCount: number) => {
    const cloud = account();
    const dead = cloud.sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount });
    return { ...cloud, dead, queue: cloud.sqs.createQueue('q', { RedrivePolicy, VisibilityTimeout: '10' }) };
  };

  it('[SQS-30] a message moves on the receive after the last allowed one, and nobody gets that one', () => {
    const { queue, dead, at } = pair(2);
    sendAll(queue, 'poison');
    queue.receive(1);
    at(10);
    expect(queue.receive(1)).toHaveLength(1);
    at(20);
    expect([queue.counts().visible, dead.counts().visible]).toEqual([1, 0]);
    expect(queue.receive(1)).toEqual([]);
    expect([queue.counts().visible, dead.counts().visible]).toEqual([0, 1]);
  });

  it('[SQS-31] keeps its id and first send, says where it came from, and gives the next message instead', () => {
    const { queue, dead, at, sqs } = pair(1);
    const sent = queue.send({ body: 'poison' });
    at(1);
    sendAll(queue, 'good');
    queue.receive(1);
    at(11);
    expect(bodies(queue.receive(1))).toEqual(['good']);
    const [moved] = dead.receive(1);
    expect(moved?.message).toMatchObject({ body: 'poison', sentAtMs: sent.sentAtMs, movedFromArn: queue.arn });
    expect(sqs.messageId(dead, moved!.message)).toBe(sqs.messageId(queue, sent));
    expect(moved?.receiveCount).toBe(2);
  });

  it('[SQS-31] retention goes on counting from the first send, age counts from the move', () => {
    const { queue, dead, at, sqs } = pair(1);
    sqs.setAttributes(dead, { MessageRetentionPeriod: '60' });
    sendAll(queue, 'poison');
    queue.receive(1);
    at(40);
    queue.receive(1);
    at(50);
    expect(dead.oldestMessageAgeMs()).toBe(10_000);
    at(60.001);
    expect(dead.counts().visible).toBe(0);
  });

  it('[SQS-33] without its target a message just goes on being received', () => {
    const { queue, dead, at, sqs } = pair(1);
    sqs.deleteQueue(dead);
    sendAll(queue, 'a');
    queue.receive(1);
    at(10);
    expect(bodies(queue.receive(1))).toEqual(['a']);
  });
});

describe('long polling', () => {
  const poll = (queue: Queue, world: { nowMs(): number }, seconds = 20, max = 10) => {
    const calls: { atMs: number; bodies: string[] }[] = [];
    const cancel = queue.receiveWhenAvailable(max, seconds, undefined, (received) =>
      calls.push({ atMs: world.nowMs(), bodies: bodies(received) }),
    );
    return { calls, cancel };
  };

  it('[SQS-13] wakes on arrival, with everything that arrives at that instant', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    const { calls } = poll(queue, world);
    world.at(7_000, () => sendAll(queue, 'a', 'b', 'c'));
    at(30);
    expect(calls).toEqual([{ atMs: 7_000, bodies: ['a', 'b', 'c'] }]);
  });

  it('[SQS-13] wakes when a visibility timeout ends, and when a delay is over', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', { VisibilityTimeout: '9' });
    sendAll(queue, 'a');
    queue.receive(1);
    const first = poll(queue, world);
    at(15);
    expect(first.calls).toEqual([{ atMs: 9_000, bodies: ['a'] }]);
    const second = poll(queue, world);
    queue.send({ body: 'later', delaySeconds: 2 });
    at(17);
    expect(second.calls).toEqual([{ atMs: 17_000, bodies: ['later'] }]);
  });

  it('[SQS-13] wakes when somebody gives a message back', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    sendAll(queue, 'a');
    const [taken] = queue.receive(1);
    const { calls } = poll(queue, world);
    at(3);
    queue.changeVisibility(taken!.receiptHandle, 1);
    at(20);
    expect(calls).toEqual([{ atMs: 4_000, bodies: ['a'] }]);
  });

  it('[SQS-13] answers with nothing when the wait is over, at once for a wait of 0', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    const { calls } = poll(queue, world, 5);
    at(60);
    expect(calls).toEqual([{ atMs: 5_000, bodies: [] }]);
    const none = poll(queue, world, 0);
    at(60);
    expect(none.calls).toEqual([{ atMs: 60_000, bodies: [] }]);
    sendAll(queue, 'a');
    const some = poll(queue, world, 0);
    at(60);
    expect(some.calls).toEqual([{ atMs: 60_000, bodies: ['a'] }]);
  });

  it('[SQS-13] serves those who waited longest first, each up to its maximum', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    const waiters = [poll(queue, world, 20, 2), poll(queue, world, 20, 2), poll(queue, world, 20, 2)];
    world.at(1_000, () => sendAll(queue, 'a', 'b', 'c'));
    at(2);
    expect(waiters.map(({ calls }) => calls.map((call) => call.bodies))).toEqual([[['a', 'b']], [['c']], []]);
  });

  it('[SQS-14] a cancelled wait is never called and takes nothing', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    const { calls, cancel } = poll(queue, world);
    cancel();
    sendAll(queue, 'a');
    at(60);
    expect([calls, queue.counts().visible]).toEqual([[], 1]);
  });

  it('deleting the queue sends waiting receivers home', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', {});
    const { calls } = poll(queue, world);
    at(1);
    sqs.deleteQueue(queue);
    at(60);
    expect(calls).toEqual([{ atMs: 1_000, bodies: [] }]);
  });
});

describe('the in-flight limit', () => {
  it('[SQS-05] a short poll is refused, a long poll just gets nothing', () => {
    const { sqs, world, at } = account({ startMs: 0 });
    const queue = sqs.createQueue('q', { VisibilityTimeout: '600' });
    for (let n = 0; n <= maxInFlight; n++) queue.send({ body: 'x' });
    for (let n = 0; n < maxInFlight; n += 10) queue.receive(10);
    expect(shapeOf(() => queue.receive(1))).toBe('OverLimit');
    const calls: Received[][] = [];
    queue.receiveWhenAvailable(1, 20, undefined, (received) => calls.push(received));
    at(20);
    expect([calls, world.nowMs()]).toEqual([[[]], 20_000]);
  });
});

describe('any history', () => {
  /** What a person would write down about a queue with a list and no cleverness. */
  it('counts as a plain list of messages does', () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('send' as const), delay: fc.integer({ min: 0, max: 20 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('receive' as const),
          max: fc.integer({ min: 1, max: 10 }),
          timeout: fc.integer({ min: 0, max: 15 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat(30) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('change' as const),
          which: fc.nat(30),
          timeout: fc.integer({ min: 0, max: 15 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 12 }) }),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const { sqs, world } = account({ startMs: 0 });
        const queue = sqs.createQueue('q', { MessageRetentionPeriod: '60' });
        const model = new Map<number, { sentMs: number; hiddenUntilMs: number; inFlight: boolean; handle: string }>();
        const handles: { sequence: number; handle: string }[] = [];
        for (const one of steps) {
          const nowMs = world.nowMs();
          for (const [sequence, message] of model) if (nowMs - message.sentMs > 60_000) model.delete(sequence);
          switch (one.kind) {
            case 'send': {
              const { sequence } = queue.send({ body: 'x', delaySeconds: one.delay });
              model.set(sequence, {
                sentMs: nowMs,
                hiddenUntilMs: nowMs + one.delay * 1_000,
                inFlight: false,
                handle: '',
              });
              break;
            }
            case 'receive': {
              const visible = [...model].filter(([, { hiddenUntilMs }]) => hiddenUntilMs <= nowMs);
              const received = queue.receive(one.max, one.timeout);
              expect(received).toHaveLength(Math.min(one.max, visible.length));
              expect(new Set(received.map(({ message }) => message.sequence)).size).toBe(received.length);
              for (const { message, receiptHandle } of received) {
                const known = model.get(message.sequence)!;
                expect(known.hiddenUntilMs).toBeLessThanOrEqual(nowMs);
                Object.assign(known, {
                  hiddenUntilMs: nowMs + one.timeout * 1_000,
                  inFlight: true,
                  handle: receiptHandle,
                });
                handles.push({ sequence: message.sequence, handle: receiptHandle });
              }
              break;
            }
            case 'delete': {
              const taken = handles[one.which];
              if (taken === undefined) break;
              queue.deleteMessage(taken.handle);
              if (model.get(taken.sequence)?.handle === taken.handle) model.delete(taken.sequence);
              break;
            }
            case 'change': {
              const taken = handles[one.which];
              const known = taken && model.get(taken.sequence);
              if (!known || known.handle !== taken.handle || known.hiddenUntilMs <= nowMs) break;
              queue.changeVisibility(taken.handle, one.timeout);
              known.hiddenUntilMs = nowMs + one.timeout * 1_000;
              break;
            }
            case 'wait':
              world.advanceTo(nowMs + one.seconds * 1_000);
          }
          const afterMs = world.nowMs();
          const live = [...model.values()].filter(({ sentMs }) => afterMs - sentMs <= 60_000);
          const hidden = live.filter(({ hiddenUntilMs }) => hiddenUntilMs > afterMs);
          const notVisible = hidden.filter(({ inFlight }) => inFlight).length;
          expect(queue.counts()).toEqual({
            visible: live.length - hidden.length,
            notVisible,
            delayed: hidden.length - notVisible,
          });
        }
      }),
      { numRuns: 300, seed: 20260302 },
    );
  });
});
