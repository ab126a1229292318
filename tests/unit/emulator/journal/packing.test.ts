/** The file made smaller while the emulator runs: stopped at each step, and with every step failing, nothing is lost. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PackingOptions, PackingStep } from '../../../../src/emulator/journal/packing.ts';
import { StateFile } from '../../../../src/emulator/journal/stateFile.ts';
import { pictureOf } from './picture.ts';
import { ask, beginFile, close, facts, jsonRequest, open, outputOf, type Stage } from './stage.ts';

const steps: readonly PackingStep[] = ['begun', 'copied', 'packed', 'synced', 'renamed'];
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-packing-'));
  file = path.join(folder, 'state');
  beginFile(file);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const QueueUrl = '/000000000000/q';
const sqs = async (stage: Stage, action: string, input: object): Promise<Record<string, unknown>> =>
  outputOf(await ask(stage, jsonRequest(`AmazonSQS.${action}`, input)).reply);

/** Thirty messages, some of them received and deleted, and a hundred polls that find nothing. */
async function traffic(stage: Stage, name: string): Promise<void> {
  await sqs(stage, 'CreateQueue', { QueueName: 'q' });
  await sqs(stage, 'CreateQueue', { QueueName: 'empty' });
  for (let n = 0; n < 30; n++) {
    await sqs(stage, 'SendMessage', { QueueUrl, MessageBody: `${name} ${n} ${'x'.repeat((n * 37) % 90)}` });
    if (n % 3 !== 0) continue;
    const { Messages } = await sqs(stage, 'ReceiveMessage', { QueueUrl });
    const [message] = Messages as { ReceiptHandle: string }[];
    if (n % 2 === 0) await sqs(stage, 'DeleteMessage', { QueueUrl, ReceiptHandle: message!.ReceiptHandle });
    for (let poll = 0; poll < 10; poll++) await sqs(stage, 'ReceiveMessage', { QueueUrl: '/000000000000/empty' });
    await stage.run.pace.advanceTo(stage.run.world.nowMs() + 700);
  }
}

const idle = ({ run }: Stage): Promise<void> => run.keeping!.journal!.idle();
const pack = (options: PackingOptions = {}) => ({ packing: { leastBytes: 1_500, ...options } });

/** As if the process had been killed when the folder looked like this. */
async function restored(from: string): Promise<Stage> {
  // The lock is of a process that has ended.
  rmSync(path.join(from, 'state.lock'), { force: true });
  return open(path.join(from, 'state'), { facts });
}

describe('[STATE-55] packing', () => {
  it('makes the file smaller, again and again, and everything comes back from it', async () => {
    const stage = await open(file, pack());
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      await traffic(stage, name);
      await idle(stage);
    }
    const packed = readFileSync(file, 'latin1');
    expect(packed.match(/^[0-9a-f]{8} \d+ Z /gm)!.length).toBeGreaterThan(2);
    close(stage);

    const plainFile = path.join(folder, 'plain');
    beginFile(plainFile);
    const plain = await open(plainFile);
    for (const name of ['one', 'two', 'three', 'four', 'five']) await traffic(plain, name);
    close(plain);
    expect(packed.length).toBeLessThan(0.6 * statSync(plainFile).size);

    const back = await restored(folder);
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
    // And goes on, packing what is plain now.
    await traffic(back, 'after');
    close(back);
    const again = await open(file, pack());
    await sqs(again, 'SendMessage', { QueueUrl, MessageBody: 'last' });
    await idle(again);
    close(again);
    expect(readFileSync(file, 'latin1')).not.toContain('after 29');
    expect((await restored(folder)).run.cloud.home.sqs.queueByName('q')!.counts()).toEqual(
      again.run.cloud.home.sqs.queueByName('q')!.counts(),
    );
  });

  it.each(steps)('[STATE-56] killed once it has %s loses nothing, and leaves nothing behind', async (killedAt) => {
    const copies: string[] = [];
    const known: number[] = [];
    let sent = 0;
    const onStep = (step: PackingStep): void => {
      if (step !== killedAt) return;
      copies.push(`${folder}-${copies.length}`);
      cpSync(folder, copies.at(-1)!, { recursive: true });
      known.push(sent);
    };
    const stage = await open(file, pack({ onStep }));
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    for (let n = 0; n < 200; n++) {
      // Written and answered; what is under way is not counted.
      await sqs(stage, 'SendMessage', { QueueUrl, MessageBody: `message ${n}` });
      sent++;
      if (n % 50 === 49) await idle(stage);
    }
    close(stage);
    expect(copies.length).toBeGreaterThan(1);
    for (const [index, copy] of copies.entries()) {
      const back = await restored(copy);
      const bodies = [...back.run.cloud.home.sqs.queueByName('q')!.peek()].map(({ body }) => body);
      expect(bodies.length - known[index]!).toBeGreaterThanOrEqual(0);
      expect(bodies.length - known[index]!).toBeLessThanOrEqual(1);
      expect(bodies).toEqual(bodies.map((_, n) => `message ${n}`));
      close(back);
      expect(readdirSync(copy)).toEqual(['state']);
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it.each(steps.slice(0, -1))(
    '[STATE-56] that fails once it has %s leaves the file as it is, and it goes on growing',
    async (failing) => {
      let fails = true;
      let failed = 0;
      const onStep = (step: PackingStep): void => {
        if (!fails || step !== failing) return;
        failed++;
        throw new Error('no space left');
      };
      const stage = await open(file, pack({ onStep }));
      await traffic(stage, 'one');
      await idle(stage);
      expect([failed > 0, readdirSync(folder)]).toEqual([true, ['state', 'state.lock']]);
      const size = statSync(file).size;
      // Not tried again at once: there is twice as much first.
      expect(failed).toBeLessThan(4);
      fails = false;
      for (const name of ['two', 'three', 'four']) await traffic(stage, name);
      await idle(stage);
      close(stage);
      expect(readFileSync(file, 'latin1')).toMatch(/^[0-9a-f]{8} \d+ Z /m);
      expect(size).toBeGreaterThan(0);
      expect(pictureOf((await restored(folder)).run.cloud)).toEqual(pictureOf(stage.run.cloud));
    },
  );

  it('[STATE-26] takes no line that may still be written anew, wherever it begins', async () => {
    let name = '';
    let takenTo = 0;
    const rewritten: number[] = [];
    const { rewriteEnd } = StateFile.prototype;
    vi.spyOn(StateFile.prototype, 'rewriteEnd').mockImplementation(function (this: StateFile, bytes) {
      rewritten.push(this.size - bytes.length - takenTo);
      rewriteEnd.call(this, bytes);
    });
    const onStep = (step: PackingStep): void => {
      if (step === 'begun') takenTo = statSync(name).size;
      if (step === 'renamed') takenTo = 0;
    };
    for (let leastBytes = 900; leastBytes < 1_500; leastBytes += 9) {
      name = path.join(folder, `at-${leastBytes}`);
      takenTo = 0;
      beginFile(name);
      const stage = await open(name, pack({ leastBytes, onStep }));
      await sqs(stage, 'CreateQueue', { QueueName: 'q' });
      for (let poll = 0; poll < 60; poll++) {
        if (poll % 7 === 0) await sqs(stage, 'TagQueue', { QueueUrl, Tags: { poll: `${poll}` } });
        await sqs(stage, 'ReceiveMessage', { QueueUrl });
      }
      await idle(stage);
      close(stage);
      const back = await open(name);
      expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
      close(back);
    }
    expect(rewritten.length).toBeGreaterThan(1_000);
    expect(Math.min(...rewritten)).toBeGreaterThanOrEqual(0);
  });

  it('[STATE-56] that cannot take the place of the old file has not been', async () => {
    const replacing = vi.spyOn(StateFile.prototype, 'replaceBy').mockImplementation(() => {
      throw new Error('no space left');
    });
    const stage = await open(file, pack());
    await traffic(stage, 'one');
    await idle(stage);
    expect(replacing).toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual(['state', 'state.lock']);
    close(stage);
    expect(pictureOf((await restored(folder)).run.cloud)).toEqual(pictureOf(stage.run.cloud));
  });

  it('[STATE-30] ends with a reset: nothing of the old cloud comes back', async () => {
    const begun = Promise.withResolvers<void>();
    const stage = await open(file, pack({ onStep: (step) => step === 'begun' && begun.resolve() }));
    const going = traffic(stage, 'one');
    await begun.promise;
    const fresh = stage.run.keeping!.restart(stage.run.keeping!.beginning);
    const size = statSync(file).size;
    await going;
    await idle(stage);
    expect(statSync(file).size).toBe(size);
    fresh.close(0);
    expect(readdirSync(folder)).toEqual(['state']);
    expect((await restored(folder)).run.cloud.home.sqs.queues()).toEqual([]);
  });

  it('ends with the emulator, and leaves nothing behind', async () => {
    const begun = Promise.withResolvers<void>();
    const stage = await open(file, pack({ onStep: (step) => step === 'begun' && begun.resolve() }));
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    for (const MessageBody of ['x'.repeat(9_000), 'y']) await sqs(stage, 'SendMessage', { QueueUrl, MessageBody });
    await begun.promise;
    close(stage);
    expect(readdirSync(folder)).toEqual(['state']);
    expect((await restored(folder)).run.cloud.home.sqs.queueByName('q')!.counts().visible).toBe(2);
  });

  it('[STATE-21] a packed line that is damaged is named', async () => {
    const stage = await open(file, pack());
    for (const name of ['one', 'two']) await traffic(stage, name);
    await idle(stage);
    close(stage);
    const bytes = readFileSync(file);
    const at = bytes.indexOf(' Z ');
    bytes[at + 40] = bytes[at + 40]! ^ 1;
    writeFileSync(file, bytes);
    await expect(open(file)).rejects.toMatchObject({ code: 'STATE_DAMAGED', params: { line: 2 } });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});
