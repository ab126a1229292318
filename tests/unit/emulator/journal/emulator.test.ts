/** A state file under a running emulator, as a host starts it: what comes back, what is refused, what clients hear. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { SpillwayError } from '../../../../src/core/errors.ts';
import {
  type EmulatorOptions,
  type HostTime,
  parseScenario,
  type RunningEmulator,
} from '../../../../src/emulator/index.ts';
import { StateFile } from '../../../../src/emulator/journal/stateFile.ts';
import { startTestEmulator, testStartMs } from '../../../contract/testEmulator.ts';
import { pictureOf } from './picture.ts';

let folder: string;
let stateFile: string;
const scenarioFile = path.join(import.meta.dirname, '..', '..', '..', 'contract', 'engine', 'shortCrowd.yaml');
const hostTimers: HostTime['setTimer'] = (_ms, run) => {
  const timer = setImmediate(run);
  return () => clearImmediate(timer);
};
const running = new Set<RunningEmulator>();
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-state-'));
  stateFile = path.join(folder, 'state');
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of running) await one.stop();
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  const emulator = await startTestEmulator({ stateFile, ...options });
  running.add(emulator);
  return emulator;
}
async function stop(emulator: RunningEmulator): Promise<void> {
  running.delete(emulator);
  await emulator.stop();
}

async function sqs(
  { endpoint }: RunningEmulator,
  action: string,
  input: object,
  key = 'test',
): Promise<{ status: number; output: Record<string, unknown> }> {
  const reply = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': `AmazonSQS.${action}`,
      'content-type': 'application/x-amz-json-1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260302/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return { status: reply.status, output: JSON.parse((await reply.text()) || '{}') as Record<string, unknown> };
}
async function control(emulator: RunningEmulator, at: string, body?: object): Promise<unknown> {
  const reply = await fetch(`${emulator.endpoint}/_spillway/${at}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return reply.json();
}
const QueueUrl = '/000000000000/q';
const queueNames = ({ cloud }: RunningEmulator): string[] => cloud.home.sqs.queues().map(({ name }) => name);

async function withTwoMessages(): Promise<void> {
  const emulator = await start();
  await sqs(emulator, 'CreateQueue', { QueueName: 'q' });
  for (const MessageBody of ['one', 'two']) await sqs(emulator, 'SendMessage', { QueueUrl, MessageBody });
  await stop(emulator);
}

/** The error of a start that fails. */
async function refusal(options: Partial<EmulatorOptions> = {}): Promise<SpillwayError> {
  try {
    await start(options);
  } catch (thrown) {
    return thrown as SpillwayError;
  }
  throw new Error('it started');
}

describe('a stopped emulator', () => {
  it('comes back with everything, and says how much was played back', async () => {
    await withTwoMessages();
    const back = await start();
    expect(back.restored).toEqual({ file: stateFile, requests: 3, droppedBytes: 0 });
    expect([...back.cloud.home.sqs.queueByName('q')!.peek()].map(({ body }) => body)).toEqual(['one', 'two']);
    expect(readdirSync(folder)).toEqual(['state', 'state.lock']);
    await stop(back);
    expect(readdirSync(folder)).toEqual(['state']);
  });

  it('keeps nothing without a state file', async () => {
    const emulator = await start({ stateFile: undefined } as Partial<EmulatorOptions>);
    await sqs(emulator, 'CreateQueue', { QueueName: 'q' });
    expect(emulator.restored).toBeNull();
    expect(existsSync(stateFile)).toBe(false);
  });

  it('keeps what the control endpoints did: the clock, its pace, a reset', async () => {
    const first = await start();
    await sqs(first, 'CreateQueue', { QueueName: 'before' });
    await control(first, 'reset', {});
    await sqs(first, 'CreateQueue', { QueueName: 'after' });
    await control(first, 'clock/advance', { ms: 90_000 });
    await control(first, 'clock', { speed: 0.001 });
    await stop(first);
    const back = await start();
    expect(queueNames(back)).toEqual(['after']);
    expect(await control(back, 'clock')).toEqual({ nowMs: testStartMs + 90_000, speed: 0.001 });
  });

  it('keeps a clock that was set, also when nothing stopped it in good order', async () => {
    const hostTime = { nowMs: () => 0, setTimer: hostTimers };
    const clock = { speed: 1 };
    const first = await start({ clock, hostTime });
    await control(first, 'clock/advance', { ms: 90_000 });
    const copy = path.join(folder, 'copy');
    writeFileSync(copy, readFileSync(stateFile));
    const back = await start({ stateFile: copy, clock, hostTime: { ...hostTime, nowMs: () => 5_000 } });
    expect(back.world.nowMs()).toBe(testStartMs + 95_000);
  });

  it('[STATE-08] keeps a scenario that plays: its load, its fleet, its alarms and their chance', async () => {
    const parsed = parseScenario(readFileSync(scenarioFile, 'utf8'), scenarioFile);
    if (!parsed.ok) throw new Error('the scenario is wrong');
    const scenario = parsed.value;
    const options = { scenario, seed: scenario.seed, startMs: scenario.startMs };
    const first = await start(options);
    const orders = { QueueUrl: '/000000000000/orders' };
    await control(first, 'clock/advance', { ms: 40 * 60_000 });
    await sqs(first, 'SendMessage', { ...orders, MessageBody: '{"poison":true' });
    await sqs(first, 'ReceiveMessage', { ...orders, MaxNumberOfMessages: 10 });
    await control(first, 'clock/advance', { ms: 25 * 60_000 });
    const copy = path.join(folder, 'copy');
    writeFileSync(copy, readFileSync(stateFile));
    const back = await start({ ...options, stateFile: copy });
    expect(pictureOf(back.cloud)).toEqual(pictureOf(first.cloud));
    expect(back.cloud.home.autoScaling.groups.get('orders-workers')!.instances.length).toBeGreaterThan(3);
    for (const one of [first, back]) await one.advanceTo(scenario.startMs + 2 * 3_600_000);
    expect(pictureOf(back.cloud)).toEqual(pictureOf(first.cloud));
    await stop(back);
    expect((await refusal({ ...options, stateFile: copy, scenario: { ...scenario, metricDelayMs: 1 } })).code).toBe(
      'STATE_DIFFERS',
    );
  });

  it('[STATE-30] a reset begins where this start would have begun', async () => {
    await stop(await start());
    const back = await start({ startMs: testStartMs + 7 });
    expect(back.world.nowMs()).toBe(testStartMs);
    expect(await control(back, 'reset', {})).toEqual({ nowMs: testStartMs + 7, speed: 0 });
    await stop(back);
    expect((await start()).world.nowMs()).toBe(testStartMs + 7);
  });

  it('keeps the account that a key names', async () => {
    const first = await start();
    await sqs(first, 'CreateQueue', { QueueName: 'q' }, '111111111111');
    await stop(first);
    const back = await start();
    expect(queueNames(back)).toEqual([]);
    expect(back.cloud.at('111111111111', 'us-east-1').sqs.queueByName('q')).toBeDefined();
  });

  it('answers nobody before it has caught up', async () => {
    const clock = { speed: 1 };
    const first = await start({ clock, hostTime: { nowMs: () => 0, setTimer: () => () => {} } });
    const port = Number(new URL(first.endpoint).port);
    await stop(first);
    // Timers run when somebody says so: until then an hour is to be caught up with.
    const timers: (() => void)[] = [];
    const hostTime = {
      nowMs: () => 3_600_000,
      setTimer(_ms: number, run: () => void) {
        timers.push(run);
        return () => {};
      },
    };
    const starting = start({ clock, hostTime, port });
    await expect.poll(() => timers.length).toBe(1);
    const asked = fetch(`http://127.0.0.1:${port}/_spillway/clock`).then((reply) => reply.json());
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    timers.pop()!();
    expect(await asked).toEqual({ nowMs: testStartMs + 3_600_000, speed: 1 });
    await starting;
  });
});

describe('a file that is not as it was written', () => {
  it('[STATE-20] drops a last entry that was cut off, and says so', async () => {
    await withTwoMessages();
    const whole = readFileSync(stateFile);
    const lastLine = whole.subarray(whole.lastIndexOf('\n', whole.length - 2) + 1);
    writeFileSync(stateFile, whole.subarray(0, whole.length - 4));
    const back = await start();
    expect(back.restored).toEqual({ file: stateFile, requests: 2, droppedBytes: lastLine.length - 4 });
    await sqs(back, 'SendMessage', { QueueUrl, MessageBody: 'three' });
    await stop(back);
    const again = await start();
    expect([...again.cloud.home.sqs.queueByName('q')!.peek()].map(({ body }) => body)).toEqual(['one', 'three']);
  });

  it('[STATE-21] names the line of any other damage, and leaves file and lock as they were', async () => {
    await withTwoMessages();
    const lines = readFileSync(stateFile, 'latin1').split('\n');
    const damaged = lines.findIndex((line) => line.includes('"one"'));
    const text = lines.map((line, index) => (index === damaged ? line.replace('one', 'eno') : line)).join('\n');
    writeFileSync(stateFile, text, 'latin1');
    const byte = lines.slice(0, damaged).join('\n').length + 1;
    expect(await refusal()).toMatchObject({
      code: 'STATE_DAMAGED',
      params: { file: stateFile, line: damaged + 1, byte },
    });
    expect(readFileSync(stateFile, 'latin1')).toBe(text);
    expect(readdirSync(folder)).toEqual(['state']);
    // As the message says.
    writeFileSync(stateFile, text.slice(0, byte), 'latin1');
    expect(queueNames(await start())).toEqual(['q']);
  });

  test.each([
    { what: 'a seed', options: { seed: 2 } },
    { what: 'a Region', options: { region: 'eu-west-1' } },
    { what: 'quotas', options: { strictQuotas: true } },
  ])('[STATE-24] is refused for another cloud: $what', async ({ options }) => {
    await withTwoMessages();
    expect((await refusal(options)).code).toBe('STATE_DIFFERS');
    expect(queueNames(await start())).toEqual(['q']);
  });

  it('[STATE-25] is refused while another emulator has it, which goes on', async () => {
    const first = await start();
    expect((await refusal()).code).toBe('STATE_IN_USE');
    expect((await sqs(first, 'CreateQueue', { QueueName: 'q' })).status).toBe(200);
  });

  it('is given back when the port is taken', async () => {
    const first = await start({ stateFile: path.join(folder, 'other') });
    const port = Number(new URL(first.endpoint).port);
    expect((await refusal({ port })).code).toBe('PORT_IN_USE');
    expect(readdirSync(folder)).not.toContain('state.lock');
  });
});

describe('[STATE-31] a disk that is full', () => {
  const full = (): void => {
    const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'FILE_UNWRITABLE' });
    vi.spyOn(StateFile.prototype, 'append').mockImplementation(() => {
      throw error;
    });
  };

  it('is told in the dialect of the request, which has not run', async () => {
    const emulator = await start();
    await sqs(emulator, 'CreateQueue', { QueueName: 'q' });
    full();
    const { status, output } = await sqs(emulator, 'SendMessage', { QueueUrl, MessageBody: 'lost' });
    expect(status).toBe(500);
    expect(output).toEqual({
      __type: 'com.amazon.coral.service#InternalFailure',
      message: expect.stringContaining('no space left'),
    });
    const form = await fetch(`${emulator.endpoint}${QueueUrl}`, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'SendMessage', MessageBody: 'lost' }),
    });
    expect([form.status, await form.text()]).toEqual([500, expect.stringContaining('<Code>InternalFailure</Code>')]);
    expect(await control(emulator, 'clock', { speed: 3 })).toEqual({ error: expect.stringContaining('no space left') });
    expect(emulator.cloud.home.sqs.queueByName('q')!.counts().visible).toBe(0);
    vi.restoreAllMocks();
    expect((await sqs(emulator, 'SendMessage', { QueueUrl, MessageBody: 'kept' })).status).toBe(200);
    expect(await control(emulator, 'clock')).toEqual({ nowMs: testStartMs, speed: 0 });
  });

  it('[STATE-33] replies of one turn are told only once all of it is in the file', async () => {
    const turns: (() => void)[] = [];
    const hostTime = { nowMs: () => 0, setTimer: hostTimers, afterTurn: (run: () => void) => void turns.push(run) };
    const emulator = await start({ hostTime });
    const told: number[] = [];
    const ask = async (MessageBody: string): Promise<void> => {
      told.push((await sqs(emulator, 'SendMessage', { QueueUrl, MessageBody })).status);
    };
    const endTurn = async (): Promise<void> => {
      await expect.poll(() => turns.length).toBeGreaterThan(0);
      for (const run of turns.splice(0)) run();
    };
    const queue = sqs(emulator, 'CreateQueue', { QueueName: 'q' });
    await endTurn();
    await queue;
    const held = (): number => emulator.cloud.home.sqs.queueByName('q')!.counts().visible;

    const both = [ask('one'), ask('two')];
    await expect.poll(held).toBe(2);
    expect([told, readFileSync(stateFile, 'utf8').includes('"one"')]).toEqual([[], false]);
    await endTurn();
    await Promise.all(both);
    expect([told, readFileSync(stateFile, 'utf8').includes('"one"')]).toEqual([[200, 200], true]);

    // What has run already is told as failed, and is written with whatever comes when there is room.
    const lost = ask('three');
    await expect.poll(held).toBe(3);
    full();
    await endTurn();
    await lost;
    const refused = ask('four');
    await endTurn();
    await refused;
    expect([told, held()]).toEqual([[200, 200, 500, 500], 3]);
    vi.restoreAllMocks();
    const kept = ask('five');
    await endTurn();
    await kept;
    expect(told.at(-1)).toBe(200);
    await stop(emulator);
    const back = await start();
    const bodies = [...back.cloud.home.sqs.queueByName('q')!.peek()].map(({ body }) => body);
    expect(new Set(bodies)).toEqual(new Set(['one', 'two', 'three', 'five']));
  });

  it('a reset that cannot be written has not been', async () => {
    const emulator = await start();
    await sqs(emulator, 'CreateQueue', { QueueName: 'q' });
    vi.spyOn(StateFile.prototype, 'replace').mockImplementation(() => {
      throw new Error('no space left');
    });
    expect(await control(emulator, 'reset', {})).toEqual({ error: expect.stringContaining('no space left') });
    expect(queueNames(emulator)).toEqual(['q']);
  });
});
