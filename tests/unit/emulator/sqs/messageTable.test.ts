/** The table of messages against a Map. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Message } from '../../../../src/emulator/sqs/message.ts';
import { MessageTable } from '../../../../src/emulator/sqs/messageTable.ts';

const message = (sequence: number): Message =>
  new Message({
    sequence,
    body: 'b',
    attributes: null,
    traceHeader: null,
    groupId: null,
    sentAtMs: 0,
    enqueuedAtMs: 0,
    movedFromArn: null,
    receiveCount: 0,
    firstReceivedAtMs: 0,
  });

/** Near each other, far apart, and beyond 32 bits. */
const sequence = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 2 ** 26),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 2 ** 32 + 7),
);
const step = fc.record({ kind: fc.constantFrom('set', 'set', 'set', 'delete', 'delete', 'get'), sequence });

describe('a table of messages', () => {
  it('is a Map: whatever comes, goes and is asked for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
        const table = new MessageTable();
        const map = new Map<number, Message>();
        for (const { kind, sequence: at } of steps) {
          if (kind === 'set') {
            const one = message(at);
            table.set(one);
            map.set(at, one);
          } else if (kind === 'delete') {
            table.delete(at);
            map.delete(at);
          }
          expect(table.get(at)).toBe(map.get(at));
          expect(table.size).toBe(map.size);
        }
        for (const [at, one] of map) expect(table.get(at)).toBe(one);
      }),
      { numRuns: 500 },
    );
  });

  it('grows to a hundred thousand and shrinks again, with others alive all the while', () => {
    const table = new MessageTable();
    const old = Array.from({ length: 100 }, (_, index) => message(index * 1_000 + 1));
    for (const one of old) table.set(one);
    for (let at = 200_000; at < 300_000; at++) table.set(message(at));
    expect(table.size).toBe(100_100);
    for (let at = 200_000; at < 300_000; at++) {
      expect(table.get(at)!.sequence).toBe(at);
      table.delete(at);
    }
    expect(table.size).toBe(100);
    for (const one of old) expect(table.get(one.sequence)).toBe(one);
  });
});
