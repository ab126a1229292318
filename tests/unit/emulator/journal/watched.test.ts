/** Playing back while somebody watches: what is told, who gets a turn, and how it is given up. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tellPlayBack } from '../../../../src/cli/host/emulatorState.ts';
import type { HostTime, PlayBackProgress, RunningEmulator } from '../../../../src/emulator/index.ts';
import { startTestEmulator } from '../../../contract/testEmulator.ts';

const sends = 600;
let folder: string;
let stateFile: string;
let written: Buffer;
beforeAll(async () => {
  const first = mkdtempSync(path.join(tmpdir(), 'spillway-state-'));
  const emulator = await startTestEmulator({ stateFile: path.join(first, 'state') });
  await sqs(emulator, 'CreateQueue', { QueueName: 'q' });
  for (let send = 0; send < sends; send++) {
    await sqs(emulator, 'SendMessage', { QueueUrl: '/000000000000/q', MessageBody: `${send}` });
  }
  await emulator.stop();
  written = readFileSync(path.join(first, 'state'));
  rmSync(first, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-state-'));
  stateFile = path.join(folder, 'state');
  writeFileSync(stateFile, written);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function sqs({ endpoint }: RunningEmulator, action: string, input: object): Promise<void> {
  const headers = { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': 'application/x-amz-json-1.0' };
  const reply = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
  expect(reply.status).toBe(200);
  await reply.text();
}

/** Shows fifty milliseconds more each time somebody looks. */
function passingTime(): HostTime & { turns: number } {
  let nowMs = 0;
  const time = {
    turns: 0,
    nowMs: () => {
      nowMs += 50;
      return nowMs;
    },
    setTimer(_ms: number, run: () => void) {
      time.turns++;
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
  };
  return time;
}

describe('[STATE-60] playing back', () => {
  it('tells how far it is, and lets others have a turn each time', async () => {
    const told: PlayBackProgress[] = [];
    const hostTime = passingTime();
    const emulator = await startTestEmulator({ stateFile, hostTime, onPlayBack: (one) => told.push(one) });
    expect(emulator.restored?.requests).toBe(1 + sends);
    expect(told.length).toBeGreaterThan(3);
    expect(hostTime.turns).toBeGreaterThanOrEqual(told.length);
    for (const [index, { share, requests, elapsedMs, file }] of told.entries()) {
      expect(file).toBe(stateFile);
      const before = told[index - 1] ?? { share: 0, requests: 0, elapsedMs: 0 };
      expect(share).toBeGreaterThan(before.share);
      expect(requests).toBeGreaterThan(before.requests);
      expect(elapsedMs).toBeGreaterThan(before.elapsedMs);
    }
    expect(told.at(-1)!.share).toBeLessThanOrEqual(1);
    await emulator.stop();
  });

  it('[STATE-61] is given up when asked: file and lock are as they were, and the next start has everything', async () => {
    const before = readFileSync(stateFile);
    const controller = new AbortController();
    const onPlayBack = ({ share }: PlayBackProgress): void => {
      if (share > 0.3) controller.abort();
    };
    const starting = startTestEmulator({ stateFile, hostTime: passingTime(), onPlayBack, signal: controller.signal });
    await expect(starting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readFileSync(stateFile).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['state']);
    const emulator = await startTestEmulator({ stateFile });
    expect(emulator.cloud.home.sqs.queueByName('q')!.counts().visible).toBe(sends);
    await emulator.stop();
  });

  it('[STATE-61] is given up while it catches up with the time that went by', async () => {
    const clock = { speed: 1 };
    const first = await startTestEmulator({ stateFile: `${stateFile}2`, clock, hostTime: passingTime() });
    await sqs(first, 'CreateQueue', { QueueName: 'q' });
    await first.stop();
    const before = readFileSync(`${stateFile}2`);
    const controller = new AbortController();
    const time = passingTime();
    // A month later; somebody is asked for a turn for the second time when it is on its way.
    const hostTime: HostTime = {
      nowMs: () => 30 * 86_400_000 + time.nowMs(),
      setTimer(ms, run) {
        if (time.turns === 2) controller.abort();
        return time.setTimer(ms, run);
      },
    };
    const starting = startTestEmulator({ stateFile: `${stateFile}2`, clock, hostTime, signal: controller.signal });
    await expect(starting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readFileSync(`${stateFile}2`).equals(before)).toBe(true);
  });
});

describe('[STATE-60] on the command line', () => {
  const at = (elapsedMs: number, share: number): PlayBackProgress => ({
    file: 'f',
    requests: 1_234_567,
    share,
    elapsedMs,
  });
  const steps = [at(100, 0.01), at(999, 0.1), at(1_000, 0.1), at(1_100, 0.11), at(1_300, 0.13), at(11_200, 0.9)];

  it('is said once it takes longer than a second, and then every ten', () => {
    const said: string[] = [];
    const tell = tellPlayBack({ language: 'en', print: () => {}, complain: (line) => said.push(line) });
    for (const step of steps) tell(step);
    expect(said).toEqual([
      'Playing back f: 1,234,567 requests, 10 %, about 9 s left',
      'Playing back f: 1,234,567 requests, 90 %, about 2 s left',
    ]);
  });

  it('is one line that is written over, where somebody watches', () => {
    const said: string[] = [];
    const complain = (): void => expect.unreachable();
    const tell = tellPlayBack({ language: 'en', print: () => {}, complain, progress: (line) => said.push(line) });
    for (const step of steps) tell(step);
    expect(said.map((line) => /\d+ %/.exec(line)![0])).toEqual(['10 %', '13 %', '90 %']);
  });
});
