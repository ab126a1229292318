import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Message } from '../../../../src/emulator/sqs/message.ts';
import { VisibleMessages } from '../../../../src/emulator/sqs/visibleMessages.ts';

const message = (sequence: number): Message =>
  new Message({
    sequence,
    body: 'x',
    attributes: null,
    traceHeader: null,
    groupId: null,
    sentAtMs: 0,
    enqueuedAtMs: 0,
    movedFromArn: null,
    receiveCount: 0,
    firstReceivedAtMs: 0,
  });

/** One list, and how many of its first came back at the latest instant. */
class Model {
  list: number[] = [];
  #returned = 0;
  #atMs = Number.NaN;

  take(count: number): number[] {
    const taken = this.list.splice(0, count);
    this.#returned = Math.max(0, this.#returned - taken.length);
    return taken;
  }

  giveBack(sequence: number, atMs: number): void {
    if (atMs !== this.#atMs) this.#returned = 0;
    this.#atMs = atMs;
    this.list.splice(this.#returned++, 0, sequence);
  }

  putBack(sequence: number): void {
    this.list.unshift(sequence);
    if (this.#returned > 0) this.#returned++;
  }

  keep(wanted: (sequence: number) => boolean): void {
    this.#returned = this.list.slice(0, this.#returned).filter(wanted).length;
    this.list = this.list.filter(wanted);
  }

  takeAll(others: readonly number[]): void {
    this.list.unshift(...others);
    this.#atMs = Number.NaN;
  }
}

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: 'push' as const, count: 1 }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('return' as const), count: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const), count: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('keep' as const), count: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'wait' as const, count: 1 }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'compact' as const, count: 1 }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('all' as const), count: fc.integer({ min: 0, max: 4 }) }) },
  ),
  { maxLength: 100 },
);

it('[SQS-04] what came back stands in front, the latest first, and in order what came back at one instant', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const messages = new VisibleMessages();
      const model = new Model();
      let nowMs = 0;
      let sequence = 0;
      for (const { kind, count } of history) {
        if (kind === 'wait') nowMs++;
        for (let index = 0; kind === 'push' && index < count; index++) {
          messages.pushLast(message(++sequence));
          model.list.push(sequence);
        }
        for (let index = 0; kind === 'return' && index < count; index++) {
          messages.giveBack(message(++sequence), nowMs);
          model.giveBack(sequence, nowMs);
        }
        if (kind === 'pop' || kind === 'keep') {
          const taken = Array.from({ length: Math.min(count, messages.length) }, () => messages.popFirst()!);
          expect(taken.map((one) => one.sequence)).toEqual(model.take(count));
          if (kind === 'keep') {
            for (const one of taken.reverse()) {
              messages.putBack(one);
              model.putBack(one.sequence);
            }
          }
        }
        if (kind === 'compact') {
          messages.compact((one) => one.sequence % 3 !== 0);
          model.keep((one) => one % 3 !== 0);
        }
        if (kind === 'all') {
          const others = new VisibleMessages();
          const from = sequence + 1;
          for (let index = 0; index < count; index++) others.pushLast(message(++sequence));
          if (count > 0) others.giveBack(message(++sequence), nowMs);
          const came = Array.from({ length: sequence + 1 - from }, (_, index) => from + index);
          messages.takeAll(others);
          model.takeAll(count > 0 ? [came.pop()!, ...came] : came);
          expect(others.length).toBe(0);
        }
        expect([messages.length, messages.first()?.sequence]).toEqual([model.list.length, model.list[0]]);
      }
      const left = Array.from({ length: messages.length }, () => messages.popFirst()!.sequence);
      expect(left).toEqual(model.list);
      expect(messages.popFirst()).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});
