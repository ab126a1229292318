/**
 * kill -9 in the midst of traffic, again and again on one file: whatever was acknowledged is there afterwards.
 *
 * When the kill comes is drawn, as a number of acknowledged calls, with others on their way. What was on its way may have happened or
 * not, as with any service whose reply is lost.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/core/time/random.ts';
import { control, type EmulatorProcess, type Output, peek, sqs, startProcess } from './process.ts';

let folder: string;
let stateFile: string;
const running = new Set<EmulatorProcess>();
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-kill-'));
  stateFile = path.join(folder, 'state');
});
afterEach(async () => {
  for (const one of running) await one.kill();
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...words: string[]): Promise<EmulatorProcess> {
  const emulator = await startProcess(stateFile, words);
  running.add(emulator);
  return emulator;
}
async function kill(emulator: EmulatorProcess): Promise<void> {
  running.delete(emulator);
  await emulator.kill();
}

const url = (queue: string): string => `/000000000000/${queue}`;

/** What clients know of a queue: `maybe` stands for calls whose reply never came. */
interface Known {
  /** By message id. */
  readonly sent: Map<string, string>;
  readonly maybeSent: Set<string>;
  readonly deleted: Set<string>;
  readonly maybeDeleted: Set<string>;
  /** Latest handle of each that is in flight for ten minutes, by message id. */
  readonly inFlight: Map<string, string>;
}

const nothingKnown = (): Known => ({
  sent: new Map(),
  maybeSent: new Set(),
  deleted: new Set(),
  maybeDeleted: new Set(),
  inFlight: new Map(),
});

class Traffic {
  acknowledged = 0;
  readonly #emulator: EmulatorProcess;
  readonly #queue: string;
  readonly #known: Known;
  readonly #random: Random;
  readonly #names: string;
  #count = 0;

  constructor(emulator: EmulatorProcess, queue: string, known: Known, random: Random, names: string) {
    this.#emulator = emulator;
    this.#queue = queue;
    this.#known = known;
    this.#random = random;
    this.#names = names;
  }

  /** One client, which goes on until it gets no reply any more. */
  async run(): Promise<void> {
    while (await this.#one());
  }

  async #one(): Promise<boolean> {
    const chance = this.#random.next();
    const acknowledged =
      chance < 0.5 ? await this.#send() : chance < 0.8 ? await this.#receive() : await this.#delete();
    if (acknowledged) this.acknowledged++;
    return acknowledged;
  }

  async #send(): Promise<boolean> {
    const MessageBody = `${this.#names}/${this.#count++} ${'x'.repeat(Math.floor(this.#random.next() * 3_000))}`;
    this.#known.maybeSent.add(MessageBody);
    const group = this.#queue.endsWith('.fifo')
      ? {
          MessageGroupId: `g${Math.floor(this.#random.next() * 20)}`,
          MessageDeduplicationId: `${this.#names}${this.#count}`,
        }
      : {};
    const reply = await this.#call('SendMessage', { MessageBody, ...group });
    if (reply === null) return false;
    this.#known.sent.set(reply.MessageId as string, MessageBody);
    return true;
  }

  async #receive(): Promise<boolean> {
    const WaitTimeSeconds = this.#random.next() < 0.2 ? 1 : 0;
    const reply = await this.#call('ReceiveMessage', {
      MaxNumberOfMessages: 3,
      VisibilityTimeout: 600,
      WaitTimeSeconds,
    });
    if (reply === null) return false;
    for (const { MessageId, ReceiptHandle } of (reply.Messages ?? []) as Record<string, string>[])
      this.#known.inFlight.set(MessageId!, ReceiptHandle!);
    return true;
  }

  async #delete(): Promise<boolean> {
    const [id, ReceiptHandle] = [...this.#known.inFlight][0] ?? [];
    if (id === undefined) return this.#send();
    this.#known.inFlight.delete(id);
    this.#known.maybeDeleted.add(id);
    const reply = await this.#call('DeleteMessage', { ReceiptHandle });
    if (reply === null) return false;
    expect(reply).toEqual({});
    this.#known.deleted.add(id);
    return true;
  }

  async #call(action: string, input: object): Promise<Output | null> {
    const reply = await sqs(this.#emulator, action, { QueueUrl: url(this.#queue), ...input });
    expect(reply?.error).toBeUndefined();
    return reply;
  }
}

async function checkQueue(emulator: EmulatorProcess, queue: string, known: Known): Promise<void> {
  const found = new Map((await peek(emulator, queue)).map((message) => [message.messageId, message]));
  for (const [id, body] of known.sent) {
    const message = found.get(id);
    if (known.deleted.has(id)) expect(message, `deleted ${id}`).toBeUndefined();
    else if (!known.maybeDeleted.has(id)) expect(message?.body, `sent ${id}`).toBe(body);
  }
  for (const id of known.inFlight.keys()) expect(found.get(id)?.state, `received ${id}`).toBe('inFlight');
  for (const { body } of found.values()) expect(known.maybeSent.has(body), `nobody sent ${body}`).toBe(true);
  expect(new Set([...found.values()].map(({ body }) => body)).size, 'twice').toBe(found.size);
}

describe('[STATE-01] kill -9', () => {
  it.each([
    { queue: 'standard', clock: 'stepped', attributes: {} },
    { queue: 'standard', clock: 'real', attributes: {} },
    { queue: 'line.fifo', clock: 'real', attributes: { FifoQueue: 'true' } },
  ])(
    'loses nothing that was acknowledged: $queue, $clock clock',
    async ({ queue, clock, attributes }) => {
      const random = seededRandom(20_260_302, `${queue} ${clock}`);
      const known = nothingKnown();
      for (let round = 0; round < 5; round++) {
        const emulator = await start('--clock', clock);
        if (round === 0) await sqs(emulator, 'CreateQueue', { QueueName: queue, Attributes: attributes });
        await checkQueue(emulator, queue, known);
        const traffic = new Traffic(emulator, queue, known, random, `round${round}`);
        const clients = Array.from({ length: 8 }, () => traffic.run());
        const enough = 20 + Math.floor(random.next() * 300);
        while (traffic.acknowledged < enough) {
          // A poll waits in virtual time, and somebody has to move it.
          if (clock === 'stepped') await control(emulator, 'clock/advance', { ms: 500 });
          else await new Promise((resolve) => setImmediate(resolve));
        }
        await kill(emulator);
        await Promise.all(clients);
      }
      const emulator = await start('--clock', clock);
      await checkQueue(emulator, queue, known);
      expect(known.sent.size).toBeGreaterThan(100);
      expect(known.deleted.size).toBeGreaterThan(10);
      // Handles of before are good.
      for (const ReceiptHandle of known.inFlight.values())
        expect(await sqs(emulator, 'DeleteMessage', { QueueUrl: url(queue), ReceiptHandle })).toEqual({});
      const left = new Set((await peek(emulator, queue)).map(({ messageId }) => messageId));
      for (const id of known.inFlight.keys()) expect(left.has(id)).toBe(false);
    },
    120_000,
  );

  it('[STATE-10] a real clock goes on while the process is gone: what was hidden for a second is not any more', async () => {
    const first = await start('--clock', 'real');
    await sqs(first, 'CreateQueue', { QueueName: 'q' });
    await sqs(first, 'SendMessage', { QueueUrl: url('q'), MessageBody: 'hidden' });
    await sqs(first, 'ReceiveMessage', { QueueUrl: url('q'), VisibilityTimeout: 1 });
    const { nowMs } = await control(first, 'clock');
    await kill(first);
    // The stopped time is made out of the file: its clock entry says when the host's clock showed what.
    let back = await start('--clock', 'real');
    while (((await control(back, 'clock')).nowMs as number) < (nowMs as number) + 1_000) {
      await kill(back);
      back = await start('--clock', 'real');
    }
    expect(await peek(back, 'q')).toMatchObject([{ body: 'hidden', state: 'visible', receiveCount: 1 }]);
  }, 60_000);
});

describe('a state file on the command line', () => {
  it('[STATE-25] is refused to a second process, and taken over from one that was killed', async () => {
    const first = await start('--clock', 'stepped');
    await expect(startProcess(stateFile)).rejects.toThrow(
      `ended with 1: ${stateFile} is in use by another emulator (process ${first.pid}). Stop that one`,
    );
    await kill(first);
    expect(existsSync(`${stateFile}.lock`)).toBe(true);
    const second = await start('--clock', 'stepped');
    expect(JSON.parse(readFileSync(`${stateFile}.lock`, 'utf8')).pid).toBe(second.pid);
    running.delete(second);
    expect(await second.stop()).toBe(0);
    expect(existsSync(`${stateFile}.lock`)).toBe(false);
  });

  it('[STATE-20] says that a last entry was cut off, and goes on', async () => {
    const first = await start('--clock', 'stepped');
    await sqs(first, 'CreateQueue', { QueueName: 'q' });
    await sqs(first, 'SendMessage', { QueueUrl: url('q'), MessageBody: 'one' });
    await sqs(first, 'SendMessage', { QueueUrl: url('q'), MessageBody: 'two' });
    await kill(first);
    writeFileSync(stateFile, readFileSync(stateFile).subarray(0, -9));
    const back = await start('--clock', 'stepped');
    expect(back.said()).toContain(`State is kept in ${stateFile}; requests played back from it: 2`);
    // On the other stream, which may come later.
    await expect
      .poll(() => back.said())
      .toMatch(/Its last entry was cut off in writing and is dropped \(\d+ bytes\): it was never answered\./);
    expect((await peek(back, 'q')).map(({ body }) => body)).toEqual(['one']);
  });

  it('[STATE-21] is refused when it is damaged, with the line, and stays as it is', async () => {
    const first = await start('--clock', 'stepped');
    await sqs(first, 'CreateQueue', { QueueName: 'q' });
    await sqs(first, 'SendMessage', { QueueUrl: url('q'), MessageBody: 'one' });
    await kill(first);
    const text = readFileSync(stateFile, 'utf8').replace('"q"', '"p"');
    writeFileSync(stateFile, text);
    const line = text.split('\n').findIndex((one) => one.includes('"p"')) + 1;
    await expect(startProcess(stateFile)).rejects.toThrow(`ended with 1: ${stateFile} is damaged in line ${line}`);
    expect(readFileSync(stateFile, 'utf8')).toBe(text);
  });

  it('keeps nothing when it is not asked to', async () => {
    await expect(startProcess('')).rejects.toThrow('--state is "", expected the name of a file');
  });
});
