/**
 * Kept histories against the same histories of a cloud that nobody stopped: cut anywhere, played back, and gone on with.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureOf } from './picture.ts';
import { ask, beginFile, close, jsonRequest, open, quiet, type Stage, textOf } from './stage.ts';
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
async function keep(history: readonly Step[]): Promise<{ file: Buffer; sizes: number[] }> {
  const name = freshName();
  beginFile(name);
  const stage = await open(name);
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
async function repeat(history: readonly Step[]): Promise<{ stage: Stage; hands: Hands }> {
  const stage = await open(null);
  const hands = emptyHands();
  for (const one of history) await take(stage, hands, one);
  // Their connections ended with the process.
  for (const asked of [...hands.waiting]) asked.leave();
  await quiet();
  return { stage, hands };
}

async function restore(file: Buffer): Promise<Stage> {
  const name = freshName();
  writeFileSync(name, file);
  return open(name);
}

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
  it('comes back to the last whole entry, wherever the file was cut, and goes on from there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }).map((drawn) => [...prelude, ...drawn]),
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 2 }),
        async (history, cuts) => {
          const { file, sizes } = await keep(history);
          for (const share of [...cuts, 10_000]) {
            const cut = sizes[0]! + Math.round((share / 10_000) * (file.length - sizes[0]!));
            // A line without its line feed is whole. Steps that wrote nothing are as if they had not been.
            const steps = sizes.indexOf(sizes.findLast((size) => size - 1 <= cut)!);
            const restored = await restore(file.subarray(0, cut));
            const { stage: original, hands } = await repeat(history.slice(0, steps));
            expect(pictureOf(restored.run.cloud)).toEqual(pictureOf(original.run.cloud));
            if (process.env.JDEBUG) {
              const g = ((globalThis as any).cov ??= {});
              const p = pictureOf(original.run.cloud) as any;
              for (const r of p.regions) {
                for (const k of ['queues', 'streams', 'metrics', 'alarms', 'groups', 'topics', 'outbox'])
                  if (r[k].length) g[k] = (g[k] ?? 0) + 1;
                for (const q of r.queues) {
                  if (q.counts.notVisible) g.inflight = (g.inflight ?? 0) + 1;
                  if (q.counts.visible) g.visible = (g.visible ?? 0) + 1;
                  if (q.messages.some((m: any) => m.movedFromArn)) g.dlq = (g.dlq ?? 0) + 1;
                }
              }
              g.n = (g.n ?? 0) + 1;
              g.posts = (g.posts ?? 0) + original.outside.posts.length;
              g.handles = (g.handles ?? 0) + hands.handles.length;
              g.iters = (g.iters ?? 0) + hands.iterators.length;
            }
            expect(await future(restored, hands)).toEqual(await future(original, hands));
            close(restored);
          }
        },
      ),
      {
        numRuns: Number(process.env.JRUNS ?? 100),
        ...(process.env.JSEED ? { seed: Number(process.env.JSEED) } : {}),
        endOnFailure: true,
      },
    );
    if (process.env.JDEBUG) console.log((globalThis as any).cov);
  }, 300_000);
});
