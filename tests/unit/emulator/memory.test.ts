import { expect, test } from 'vitest';
import { collectWithin, giveBackMemory, leaveMemory } from '../../../src/emulator/memory.ts';
import { sqs, testCloud } from './sns/harness.ts';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
const messages = 80_000;
const heapUsed = (): number => process.memoryUsage().heapUsed;

/** Turns of the event loop until it is so; a collection is a task of its own, so it comes within a few. */
async function turnsUntil(isSo: () => boolean, most = 1_000): Promise<boolean> {
  for (let turn = 0; turn < most && !isSo(); turn++) await new Promise((resolve) => setImmediate(resolve));
  return isSo();
}

test.each(['PurgeQueue', 'DeleteQueue'])(
  '[SQS-22] %s of a great many messages is answered first, then their memory is freed without waiting for the engine',
  async (action) => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    const queue = cloud.home.sqs.queueByName('q')!;
    for (let n = 0; n < messages; n++) queue.send({ body: Buffer.alloc(1_024, String(n % 10)).toString('latin1') });
    const full = heapUsed();
    expect(await sqs(cloud, action, { QueueUrl })).toEqual({});
    expect(full - heapUsed()).toBeLessThan(messages * 1_024 * 0.5);
    expect(await turnsUntil(() => full - heapUsed() > messages * 1_024 * 0.8)).toBe(true);
  },
);

let putOff: { ms: number; cancelled: boolean }[] = [];

/** Nothing runs; `putOff` says what would. */
function putOffBeside(keptMebibytes: number): void {
  putOff = [];
  collectWithin({
    later(ms) {
      const entry = { ms, cancelled: false };
      putOff.push(entry);
      return () => {
        entry.cancelled = true;
      };
    },
    keptBytes: () => keptMebibytes * 2 ** 20,
  });
}

const waitsMs = (): number[] => putOff.filter(({ cancelled }) => !cancelled).map(({ ms }) => ms);

test.each([
  { released: 10, kept: 0, collects: false, because: 'the engine has room for that' },
  { released: 100, kept: 10, collects: true, because: 'there is little to look through' },
  { released: 100, kept: 100, collects: false, because: 'the pause would grow with what is kept' },
])('[SQS-22] $released MiB gone and $kept MiB kept: $because', ({ released, kept, collects }) => {
  putOffBeside(kept);
  expect(giveBackMemory(released * 2 ** 20)).toBe(collects);
  expect(waitsMs()).toEqual(collects ? [20, 10_000, 60_000] : []);
  expect('gc' in globalThis).toBe(false);
});

test('[SQS-22] a second purge begins the waiting anew, and an emulator that stops waits for nothing', () => {
  putOffBeside(0);
  giveBackMemory(100 * 2 ** 20);
  giveBackMemory(100 * 2 ** 20);
  expect(putOff).toHaveLength(6);
  expect(waitsMs()).toEqual([20, 10_000, 60_000]);
  leaveMemory();
  expect(waitsMs()).toEqual([]);
});
