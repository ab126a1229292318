/**
 * kill -9 while the state file is being packed: at drawn moments, on a file that is large enough for it, under traffic.
 *
 * Every kill comes to the same file of before, so that each meets packing somewhere else, or just after it.
 */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/time/random.ts';
import { createCertificate } from '../../../src/emulator/certificate/index.ts';
import { EntryWriter } from '../../../src/emulator/journal/entries.ts';
import { writeHeader } from '../../../src/emulator/journal/header.ts';
import { LineWriter } from '../../../src/emulator/journal/lines.ts';
import { type EmulatorProcess, peek, sqs, startProcess } from './process.ts';

const bulk = 2_500;
let folder: string;
let large: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-packing-'));
  large = path.join(folder, 'large');
  writeFileSync(large, largeFile());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `spillway emulator` would have written it: a queue and messages that do not resemble one another. */
function largeFile(): Buffer {
  const startMs = Date.UTC(2026, 2, 2);
  const facts = {
    startMs,
    seed: 1,
    accountId: '000000000000',
    region: 'us-east-1',
    strictQuotas: false,
    scenario: null,
  };
  const signing = createCertificate({ commonName: 'test', altNames: [], notBefore: 0, days: 40_000 });
  const { line, chain } = writeHeader({ ...facts, signing });
  const lines = new LineWriter(chain);
  const writer = new EntryWriter(lines, startMs);
  const random = seededRandom(7);
  const add = (action: string, input: object): void => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
    const head = { method: 'POST', path: '/', origin: 'http://127.0.0.1:4566', headers };
    writer.add({ kind: 'request', atMs: startMs, head, body: Buffer.from(JSON.stringify(input)), gone: false }, 0);
  };
  for (const QueueName of ['bulk', 'live']) add('CreateQueue', { QueueName });
  const words = Array.from({ length: 4_096 }, () => random.next().toString(36).slice(2));
  for (let n = 0; n < bulk; n++) {
    const text = Array.from({ length: 700 }, () => words[Math.floor(random.next() * words.length)]).join(' ');
    add('SendMessage', { QueueUrl: '/000000000000/bulk', MessageBody: `${n} ${text}` });
  }
  return Buffer.concat([line, lines.lines]);
}

/** Sends until nobody answers any more. */
async function send(emulator: EmulatorProcess, name: string, acknowledged: string[]): Promise<void> {
  for (let n = 0; ; n++) {
    const MessageBody = `${name}/${n}`;
    const reply = await sqs(emulator, 'SendMessage', { QueueUrl: '/000000000000/live', MessageBody });
    if (reply === null) return;
    acknowledged.push(MessageBody);
  }
}

describe('[STATE-56] kill -9 while the file is packed', () => {
  it('loses nothing that was acknowledged, and leaves nothing behind', async () => {
    const random = seededRandom(20_260_302);
    let met = 0;
    for (let round = 0; round < 6; round++) {
      const stateFile = path.join(folder, `state-${round}`);
      copyFileSync(large, stateFile);
      const emulator = await startProcess(stateFile, ['--clock', 'stepped']);
      const acknowledged: string[] = [];
      const clients = Array.from({ length: 4 }, (_, client) => send(emulator, `${round}/${client}`, acknowledged));
      const enough = 1 + Math.floor(random.next() * 60 * 2 ** round);
      while (acknowledged.length < enough) await new Promise((resolve) => setImmediate(resolve));
      await emulator.kill();
      await Promise.all(clients);
      if (existsSync(`${stateFile}.packed`)) met++;

      const back = await startProcess(stateFile, ['--clock', 'stepped']);
      const live = new Set((await peek(back, 'live')).map(({ body }) => body));
      expect(acknowledged.filter((body) => !live.has(body))).toEqual([]);
      const all = await sqs(back, 'GetQueueAttributes', {
        QueueUrl: '/000000000000/bulk',
        AttributeNames: ['ApproximateNumberOfMessages'],
      });
      expect(all).toEqual({ Attributes: { ApproximateNumberOfMessages: String(bulk) } });
      while (readFileSync(stateFile).indexOf(' Z ') < 0) await new Promise((resolve) => setImmediate(resolve));
      expect(statSync(stateFile).size).toBeLessThan(0.7 * statSync(large).size);
      expect(await back.stop()).toBe(0);
      expect(readdirSync(folder).filter((name) => name.startsWith(`state-${round}`))).toEqual([`state-${round}`]);
      rmSync(stateFile);
    }
    expect(met, 'kills in the midst of packing').toBeGreaterThan(0);
  }, 180_000);
});
