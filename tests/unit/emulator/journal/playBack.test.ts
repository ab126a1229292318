/**
 * Kept histories against the same histories of a cloud that nobody stopped: cut anywhere, played back, and gone on with.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitLines } from '../../../../src/emulator/journal/lines.ts';
import { isPacked, unpackLines } from '../../../../src/emulator/journal/packed.ts';
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

/** A file, and the lines it comes to when packed ones are unpacked. */
interface Kept {
  readonly file: Buffer;
  readonly lines: Buffer;
}

function readKept(name: string): Kept {
  const file = readFileSync(name);
  const lines = [...splitLines([file])].map(({ line }) => {
    const content = line.subarray(line.indexOf(' ', 9) + 1);
    return isPacked(content) ? unpackLines(content) : Buffer.concat([line, Buffer.from('\n')]);
  });
  return { file, lines: Buffer.concat(lines) };
}

/** @returns the file after each step, the one before the first included */
async function keep(facts: RunFacts, history: readonly Step[], leastBytes: number): Promise<Kept[]> {
  const name = freshName();
  beginFile(name, facts);
  const stage = await open(name, { facts, packing: { leastBytes }, together: true });
  const hands = emptyHands();
  const files = [readKept(name)];
  for (const [index, one] of history.entries()) {
    await take(stage, hands, one);
    stage.run.keeping!.journal!.flush();
    // In the midst of packing, or after it.
    if (index % 3 === 0) await stage.run.keeping!.journal!.idle();
    files.push(readKept(name));
  }
  close(stage);
  return files;
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

/** The first of the steps after which the file is as it is after this one. */
const lastThatWrote = (files: readonly Kept[], step: number): number =>
  files.findIndex(({ lines }) => lines.equals(files[step]!.lines));

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
    { queues: 'exact queues', facts, leastBytes: 1e9 },
    { queues: 'exact queues, packed again and again', facts, leastBytes: 400 },
    { queues: 'queues with faults and strict quotas', facts: withFaults, leastBytes: 2_000 },
  ])(
    'comes back to the last whole entry, wherever the file was cut, and goes on from there: $queues',
    async ({ facts, leastBytes }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }).map((drawn) => [...prelude, ...drawn]),
          fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 2 }),
          async (history, cuts) => {
            const files = await keep(facts, history, leastBytes);
            for (const share of [...cuts, 10_000]) {
              // While a step writes, the file is what it was before and some of what the step adds. It may have rewritten its last line, too.
              const after = Math.max(1, Math.ceil((share / 10_000) * history.length));
              const [before, whole] = [files[after - 1]!.file, files[after]!.file];
              const appended = whole.subarray(0, before.length).equals(before);
              const cut = appended
                ? before.length + ((share * 7919) % (whole.length - before.length + 1))
                : whole.length;
              // A line without its line feed is whole. Steps that wrote nothing are as if they had not been.
              const done = cut >= whole.length - 1 ? after : after - 1;
              if (done < after && holdsEntry(whole.subarray(before.length, cut + 1))) continue;
              const restored = await restore(facts, whole.subarray(0, cut));
              const { stage: original, hands } = await repeat(facts, history.slice(0, lastThatWrote(files, done)));
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
