/**
 * Kept histories against the same histories of a cloud that nobody stopped: cut anywhere, played back, and gone on with.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunFacts } from '../../../../src/emulator/run.ts';
import { pictureOf } from './picture.ts';
import { ask, beginFile, close, facts, jsonRequest, open, quiet, type Stage, textOf, withFaults } from './stage.ts';
import { emptyHands, type Hands, prelude, type Step, step, take } from './steps.ts';

let folder: string;
let files = 0;
/** One that nobody has open, also when the attempt before failed. */
const freshName = (): string => path.join(folder, `state-${++files}`);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns the file, and its size after each step */
async function keep(facts: RunFacts, history: readonly Step[]): Promise<{ file: Buffer; sizes: number[] }> {
  const name = freshName();
  beginFile(name, facts);
  const stage = await open(name, { facts });
  const hands = emptyHands();
  const sizes = [statSync(name).size];
  for (const one of history) {
    await take(stage, hands, one);
    sizes.push(statSync(name).size);
  }
  const file = readFileSync(name);
  close(stage);
  return { file, sizes };
}

/** The same without a file, to the end of which the process never came. */
async function repeat(facts: RunFacts, history: readonly Step[]): Promise<{ stage: Stage; hands: Hands }> {
  const stage = await open(null, { facts });
  const hands = emptyHands();
  for (const one of history) await take(stage, hands, one);
  // Their connections ended with the process.
  for (const asked of [...hands.waiting]) asked.leave();
  await quiet();
  return { stage, hands };
}

async function restore(facts: RunFacts, file: Buffer): Promise<Stage> {
  const name = freshName();
  writeFileSync(name, file);
  return open(name, { facts });
}

/** Whether more than heads was written here: a step that wrote twice was cut between the two. */
const holdsEntry = (lines: Buffer): boolean => /^[0-9a-f]{8} \d+ (?!H )[^\n]*\n/m.test(lines.toString('latin1'));

/** What clients hear from here on, request ids included, and how things stand in the end. */
async function future(stage: Stage, hands: Hands): Promise<unknown> {
  const heard: unknown[] = [];
  const say = async (target: string, input: object): Promise<void> => {
    const reply = await ask(stage, jsonRequest(target, input)).reply;
    heard.push([reply.status, reply.headers['x-amzn-requestid'], textOf(reply)]);
  };
  heard.push(stage.outside.posts.map(({ url, body }) => [url, body]));
  for (const { queue, handle } of hands.handles.slice(-5)) {
    await say('AmazonSQS.DeleteMessage', { QueueUrl: queue, ReceiptHandle: handle });
  }
  for (const queue of stage.run.cloud.home.sqs.queues()) {
    const QueueUrl = `http://127.0.0.1:4566/000000000000/${queue.name}`;
    await say('AmazonSQS.ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['All'],
    });
  }
  for (const post of [...stage.outside.posts]) post.answer(500);
  await quiet();
  await stage.run.pace.advanceTo(stage.run.world.nowMs() + 900_000);
  await quiet();
  return { heard, picture: pictureOf(stage.run.cloud) };
}

describe('[STATE-01] a history that was kept', () => {
  it.each([
    { queues: 'exact queues', facts },
    { queues: 'queues with faults and strict quotas', facts: withFaults },
  ])(
    'comes back to the last whole entry, wherever the file was cut, and goes on from there: $queues',
    async ({ facts }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }).map((drawn) => [...prelude, ...drawn]),
          fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 2 }),
          async (history, cuts) => {
            const { file, sizes } = await keep(facts, history);
            for (const share of [...cuts, 10_000]) {
              const cut = sizes[0]! + Math.round((share / 10_000) * (file.length - sizes[0]!));
              // A line without its line feed is whole. Steps that wrote nothing are as if they had not been.
              const size = sizes.findLast((one) => one - 1 <= cut)!;
              if (holdsEntry(file.subarray(size, cut + 1))) continue;
              const restored = await restore(facts, file.subarray(0, cut));
              const { stage: original, hands } = await repeat(facts, history.slice(0, sizes.indexOf(size)));
              expect(pictureOf(restored.run.cloud)).toEqual(pictureOf(original.run.cloud));
              expect(await future(restored, hands)).toEqual(await future(original, hands));
              close(restored);
            }
          },
        ),
        { numRuns: 80, endOnFailure: true },
      );
    },
    300_000,
  );
});
