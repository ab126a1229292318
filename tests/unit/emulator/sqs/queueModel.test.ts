/**
 * Queues of both kinds against what a person would write down about them with one list and no cleverness: 10,000 histories.
 *
 * Held: no message is lost or invented, never two receivers inside one visibility timeout, the order of each group, the counts, and
 * the move to the dead-letter queue on the receive after the last allowed one.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import type { Queue, Received } from '../../../../src/emulator/sqs/queue.ts';
import { account } from './harness.ts';

const HISTORIES = 10_000;
const MAX_RECEIVES = 3;

interface Noted {
  readonly sequence: number;
  readonly group: string;
  hiddenUntilMs: number;
  inFlight: boolean;
  receives: number;
  /** Of its send or its last return. */
  turn: number;
  /** When its timeout was set: those that end at one instant keep that order. */
  timer: number;
}

interface Handed {
  readonly sequence: number;
  readonly receives: number;
  readonly handle: string;
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        group: fc.constantFrom('a', 'b', 'c'),
        id: fc.integer({ min: 0, max: 40 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('receive' as const),
        max: fc.integer({ min: 1, max: 10 }),
        timeout: fc.integer({ min: 0, max: 15 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat(30) }) },
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
      arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 120 }) }),
    },
  ),
  { minLength: 20, maxLength: 80 },
);

/** The list. `due` is asked before every step: timeouts that have ended put messages back where they stood. */
class Model {
  messages: Noted[] = [];
  readonly dead: number[] = [];
  /** Of sends and of returns. */
  turns = 0;
  timers = 0;
  /** Deduplication id and when it was first sent. */
  readonly remembered = new Map<string, { readonly sequence: number; readonly atMs: number }>();

  settle(nowMs: number): void {
    const due = this.messages.filter((one) => one.inFlight && one.hiddenUntilMs <= nowMs);
    for (const one of due.toSorted((a, b) => a.hiddenUntilMs - b.hiddenUntilMs || a.timer - b.timer)) {
      one.inFlight = false;
      one.turn = ++this.turns;
    }
  }

  counts(): { visible: number; notVisible: number; delayed: number } {
    const notVisible = this.messages.filter(({ inFlight }) => inFlight).length;
    return { visible: this.messages.length - notVisible, notVisible, delayed: 0 };
  }

  /** What a FIFO receive gives: groups in the order of their first message's turn, each from its start to what is in flight. */
  fifoReceive(max: number): Noted[] {
    const given: Noted[] = [];
    for (;;) {
      const firsts = [...new Set(this.messages.map(({ group }) => group))].map(
        (name) => this.messages.find((one) => one.group === name && !given.includes(one))!,
      );
      const ready = firsts.filter(
        (one) => one !== undefined && !one.inFlight && !given.some((g) => g.group === one.group),
      );
      const [next] = ready.toSorted((a, b) => a.turn - b.turn);
      if (next === undefined) return given;
      for (const one of this.messages.filter(({ group }) => group === next.group)) {
        if (given.length === max) return given;
        if (one.inFlight) break;
        if (one.receives >= MAX_RECEIVES) this.bury(one);
        else given.push(one);
      }
    }
  }

  bury(one: Noted): void {
    this.dead.push(one.sequence);
    this.forget(one);
  }

  forget(one: Noted): void {
    this.messages = this.messages.filter((message) => message !== one);
  }

  find(sequence: number): Noted | undefined {
    return this.messages.find((message) => message.sequence === sequence);
  }
}

function playback(kind: 'standard' | 'fifo', history: typeof steps extends fc.Arbitrary<infer T> ? T : never): void {
  const { sqs, world } = account({ startMs: 0 });
  const suffix = kind === 'fifo' ? '.fifo' : '';
  const ofKind: Record<string, string> = kind === 'fifo' ? { FifoQueue: 'true' } : {};
  const dead = sqs.createQueue(`dead${suffix}`, ofKind);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: MAX_RECEIVES });
  const queue = sqs.createQueue(`q${suffix}`, { ...ofKind, RedrivePolicy });
  const model = new Model();
  const handed: Handed[] = [];
  for (const step of history) {
    const nowMs = world.nowMs();
    model.settle(nowMs);
    if (step.kind === 'send') send(queue, model, step, nowMs);
    else if (step.kind === 'receive') receive(queue, model, handed, step, nowMs);
    else if (step.kind === 'delete') remove(queue, model, handed[step.which]);
    else if (step.kind === 'change') change(queue, model, handed[step.which], nowMs, step.timeout);
    else world.advanceTo(nowMs + step.seconds * 1_000);
    model.settle(world.nowMs());
    expect(queue.counts()).toEqual(model.counts());
    expect(dead.counts().visible).toBe(model.dead.length);
    if (kind === 'fifo') {
      const groups = new Set(model.messages.filter(({ inFlight }) => inFlight).map(({ group }) => group));
      expect(queue.groupsInFlight).toBe(groups.size);
    }
  }
  const buried = drained(dead);
  expect(kind === 'fifo' ? buried : buried.toSorted((a, b) => a - b)).toEqual(
    kind === 'fifo' ? expect.arrayContaining(model.dead) : model.dead.toSorted((a, b) => a - b),
  );
  expect(buried).toHaveLength(model.dead.length);
}

function send(queue: Queue, model: Model, step: { group: string; id: number }, nowMs: number): void {
  if (queue.kind === 'standard') {
    const { sequence } = queue.send({ body: 'x' });
    model.messages.push({
      sequence,
      group: '',
      hiddenUntilMs: 0,
      inFlight: false,
      receives: 0,
      turn: ++model.turns,
      timer: 0,
    });
    return;
  }
  const deduplicationId = `id-${step.id}`;
  const { sequence } = queue.send({ body: 'x', groupId: step.group, deduplicationId });
  const known = model.remembered.get(deduplicationId);
  if (known !== undefined && nowMs - known.atMs < 300_000) {
    expect(sequence).toBe(known.sequence);
    return;
  }
  model.remembered.set(deduplicationId, { sequence, atMs: nowMs });
  model.messages.push({
    sequence,
    group: step.group,
    hiddenUntilMs: 0,
    inFlight: false,
    receives: 0,
    turn: ++model.turns,
    timer: 0,
  });
}

function receive(
  queue: Queue,
  model: Model,
  handed: Handed[],
  { max, timeout }: { max: number; timeout: number },
  nowMs: number,
): void {
  const visibleBefore = new Set(model.messages.filter(({ inFlight }) => !inFlight).map(({ sequence }) => sequence));
  const due = queue.kind === 'fifo' ? model.fifoReceive(max) : null;
  const received = queue.receive(max, timeout);
  const sequences = received.map(({ message }) => message.sequence);
  expect(new Set(sequences).size).toBe(sequences.length);
  for (const sequence of sequences) expect(visibleBefore.has(sequence)).toBe(true);
  if (due === null) buryStandard(queue, model, sequences, max);
  else expect(sequences).toEqual(due.map(({ sequence }) => sequence));
  for (const one of received) note(model, handed, one, nowMs + timeout * 1_000);
}

/** In a standard queue the order is not promised: what was moved is what was due and is gone. */
function buryStandard(queue: Queue, model: Model, received: readonly number[], max: number): void {
  const waiting = model.messages.filter(({ inFlight }) => !inFlight);
  const { visible, notVisible } = queue.counts();
  const moved = model.messages.length - visible - notVisible;
  const due = waiting.filter(({ receives }) => receives >= MAX_RECEIVES);
  expect(received).toHaveLength(Math.min(max, waiting.length - due.length));
  expect(moved).toBeLessThanOrEqual(due.length);
  // Whoever asks for more than there is meets every one of them.
  if (received.length < max) expect(moved).toBe(due.length);
  const stillThere = new Set([...queue.peek()].map(({ sequence }) => sequence));
  for (const one of due) if (!stillThere.has(one.sequence)) model.bury(one);
  expect(model.messages).toHaveLength(visible + notVisible);
}

function note(
  model: Model,
  handed: Handed[],
  { message, receiptHandle, receiveCount }: Received,
  untilMs: number,
): void {
  const known = model.find(message.sequence)!;
  known.receives++;
  expect(receiveCount).toBe(known.receives);
  known.inFlight = true;
  known.hiddenUntilMs = untilMs;
  known.timer = ++model.timers;
  handed.push({ sequence: message.sequence, receives: known.receives, handle: receiptHandle });
}

function remove(queue: Queue, model: Model, taken: Handed | undefined): void {
  if (taken === undefined) return;
  const known = model.find(taken.sequence);
  const current = known !== undefined && known.receives === taken.receives;
  const refused = queue.kind === 'fifo' && known !== undefined && !(current && known.inFlight);
  expect(queue.deleteMessage(taken.handle)).toBe(!refused);
  if (current && !refused) model.forget(known);
}

function change(queue: Queue, model: Model, taken: Handed | undefined, nowMs: number, timeout: number): void {
  if (taken === undefined) return;
  const known = model.find(taken.sequence);
  // A standard queue takes any handle of the message, and is silent about one that is back.
  const isFifo = queue.kind === 'fifo';
  const changes = known?.inFlight === true && (!isFifo || known.receives === taken.receives);
  const refused = known === undefined || (isFifo && !changes);
  const expected = refused ? 'InvalidParameterValueException' : null;
  expect(errorOf(() => queue.changeVisibility(taken.handle, timeout))).toBe(expected);
  if (!changes) return;
  known.hiddenUntilMs = nowMs + timeout * 1_000;
  known.timer = ++model.timers;
}

function errorOf(run: () => void): string | null {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.shape;
    throw thrown;
  }
  return null;
}

/** Everything that is in a queue nobody else reads. */
function drained(queue: Queue): number[] {
  const sequences: number[] = [];
  for (let received = queue.receive(10); received.length > 0; received = queue.receive(10)) {
    for (const { message, receiptHandle } of received) {
      sequences.push(message.sequence);
      queue.deleteMessage(receiptHandle);
    }
  }
  return sequences;
}

test.each(['standard', 'fifo'] as const)('[SQS-60] a %s queue is what its list says', { timeout: 120_000 }, (kind) => {
  fc.assert(
    fc.property(steps, (history) => playback(kind, history)),
    { numRuns: HISTORIES, seed: 20_261_129 },
  );
});
