/** The port itself, with real sockets on loopback: two HTTP versions, control endpoints, limits, stop. */

import { Agent, request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../../src/emulator/index.ts';
import { hostTime, startTestEmulator, testStartMs } from '../../../contract/testEmulator.ts';

const running: RunningEmulator[] = [];
async function start(options: Parameters<typeof startTestEmulator>[0] = {}): Promise<RunningEmulator> {
  const emulator = await startTestEmulator(options);
  running.push(emulator);
  return emulator;
}
afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.stop();
});

const portOf = ({ endpoint }: RunningEmulator): number => Number(new URL(endpoint).port);
const call = (emulator: RunningEmulator, target: string, input: unknown): Promise<Response> =>
  fetch(emulator.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(input),
  });
const control = async (
  emulator: RunningEmulator,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const reply = await fetch(`${emulator.endpoint}/_spillway/${path}`, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

describe('one port, two versions of HTTP', () => {
  it('answers HTTP/1.1 and keeps the connection', async () => {
    const emulator = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let n = 0; n < 3; n++) {
      await new Promise<void>((resolve, reject) => {
        const request = httpRequest(`${emulator.endpoint}/_spillway/health`, { agent }, (reply) => {
          ports.add(reply.socket.localPort);
          reply.resume().on('end', resolve);
        });
        request.on('error', reject).end();
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it('answers HTTP/2 by prior knowledge, several calls on one connection', async () => {
    const emulator = await start();
    const session = connectHttp2(emulator.endpoint);
    const call = (target: string, body: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const stream = session.request({
          ':method': 'POST',
          ':path': '/',
          'x-amz-target': target,
          'content-type': 'application/x-amz-json-1.0',
        });
        let text = '';
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        stream.on('end', () => resolve(text)).on('error', reject);
        stream.end(body);
      });
    const made = await call('AmazonSQS.CreateQueue', '{"QueueName":"two"}');
    // The authority the client used comes back in the URL.
    expect(JSON.parse(made)).toEqual({ QueueUrl: `${emulator.endpoint}/000000000000/two` });
    const replies = await Promise.all([call('AmazonSQS.ListQueues', '{}'), call('AmazonSQS.Nothing', '{}')]);
    expect(replies).toEqual([expect.stringContaining('/two'), expect.stringContaining('UnknownOperationException')]);
    session.close();
  });

  const speak = (emulator: RunningEmulator, pieces: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(portOf(emulator), '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1');
      });
      socket.on('close', () => resolve(heard)).on('error', reject);
      const write = (index: number): void => {
        const piece = pieces[index];
        if (piece !== undefined) socket.write(piece, () => setImmediate(() => write(index + 1)));
      };
      socket.setNoDelay(true);
      write(0);
    });

  it('decides even when the first bytes come one by one', async () => {
    const emulator = await start();
    const text = 'PUT /_spillway/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    expect(await speak(emulator, [...text])).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('refuses what is no HTTP, and goes on', async () => {
    const emulator = await start();
    expect(await speak(emulator, ['PRY * HTTP/9.9\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400 /);
    await speak(emulator, ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'nonsense that is no frame at all']);
    expect((await control(emulator, 'health')).body).toEqual({ status: 'ok' });
  });
});

describe('limits', () => {
  it('a body beyond the limit is refused in the form of AWS, and the connection ends', async () => {
    const emulator = await start();
    const reply = await fetch(emulator.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' },
      body: new Uint8Array(16 * 1024 * 1024 + 1),
    });
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ __type: 'com.amazon.coral.service#RequestEntityTooLarge' });
  });

  it('a taken port is said as such', async () => {
    const emulator = await start();
    const port = portOf(emulator);
    const second = startEmulator({ port, seed: 1, startMs: 0, clock: { speed: 1 }, hostTime });
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE', params: { host: '127.0.0.1', port } });
  });
});

describe('control', () => {
  it('reads, sets and advances the clock', async () => {
    const emulator = await start();
    expect((await control(emulator, 'clock')).body).toEqual({ nowMs: testStartMs, speed: 0 });
    const byMs = await control(emulator, 'clock/advance', { ms: 3_600_000 });
    expect(byMs.body).toEqual({ nowMs: testStartMs + 3_600_000, speed: 0 });
    const toMs = await control(emulator, 'clock/advance', { toMs: testStartMs + 7_200_000 });
    expect(toMs.body).toEqual({ nowMs: testStartMs + 7_200_000, speed: 0 });
    expect((await control(emulator, 'clock', { speed: 1_000 })).body.speed).toBe(1_000);
    expect((await control(emulator, 'clock', { speed: 0 })).body.speed).toBe(0);
  });

  it.each([
    ['clock', { speed: -1 }],
    ['clock', { speed: '5' }],
    ['clock', null],
    ['clock/advance', {}],
    ['clock/advance', { ms: -5 }],
    ['clock/advance', { ms: 1e18 }],
  ])('POST %s %j is refused with what was expected', async (path, body) => {
    const emulator = await start();
    const reply = await control(emulator, path, body);
    expect([reply.status, reply.body.error]).toEqual([400, expect.stringContaining('Expected')]);
    expect(emulator.world.nowMs()).toBe(testStartMs);
  });

  it('answers other requests while the clock is advanced far', async () => {
    const emulator = await start();
    let events = 0;
    emulator.world.every(testStartMs, 1_000, () => {
      events++;
      // Some work, so that a day takes many slices.
      Array.from({ length: 100 }, (_, n) => n).sort((a, b) => b - a);
    });
    let advanced = false;
    const advance = control(emulator, 'clock/advance', { ms: 86_400_000 }).then(() => {
      advanced = true;
    });
    let answered = 0;
    while (!advanced) {
      await control(emulator, 'health');
      answered++;
    }
    await advance;
    expect([events, emulator.world.nowMs()]).toEqual([86_401, testStartMs + 86_400_000]);
    expect(answered).toBeGreaterThan(1);
  });

  it('is for this machine only: names that are not loopback and web pages are refused', async () => {
    const emulator = await start();
    const withHost = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const request = httpRequest(`${emulator.endpoint}/_spillway/clock`, { headers: { host } }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        request.on('error', reject).end();
      });
    expect(await withHost('evil.example')).toBe(403);
    expect(await withHost('127.0.0.1.evil.example')).toBe(403);
    expect(await withHost('localhost:1')).toBe(200);
    expect((await control(emulator, 'reset', {}, { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('reset begins again: same start, same ids, waiting receivers sent home', async () => {
    const emulator = await start();
    const first = emulator.cloud;
    await call(emulator, 'AmazonSQS.CreateQueue', { QueueName: 'q' });
    await emulator.advanceTo(testStartMs + 5_000);
    const QueueUrl = `${emulator.endpoint}/000000000000/q`;
    const waiting = call(emulator, 'AmazonSQS.ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await expect.poll(() => first.home.sqs.queueByName('q')?.waitingReceivers).toBe(1);
    const reset = await control(emulator, 'reset', {});
    expect(reset.body).toEqual({ nowMs: testStartMs, speed: 0 });
    expect([emulator.cloud === first, emulator.cloud.home.sqs.queues()]).toEqual([false, []]);
    expect(await (await waiting).json()).toEqual({});
  });
});

describe('time on the wire', () => {
  it('a long poll ends in virtual time, and a client that leaves takes no message', async () => {
    const emulator = await start();
    const queue = emulator.cloud.home.sqs.createQueue('q', {});
    const QueueUrl = `${emulator.endpoint}/000000000000/q`;
    const waiting = call(emulator, 'AmazonSQS.ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await expect.poll(() => queue.waitingReceivers).toBe(1);
    await emulator.advanceTo(testStartMs + 20_000);
    expect(await (await waiting).json()).toEqual({});

    const leaving = new AbortController();
    const left = fetch(emulator.endpoint, {
      method: 'POST',
      signal: leaving.signal,
      headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage', 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 }),
    }).catch(() => 'gone');
    await expect.poll(() => queue.waitingReceivers).toBe(1);
    leaving.abort();
    expect(await left).toBe('gone');
    await expect.poll(() => queue.waitingReceivers).toBe(0);
    queue.send({ body: 'kept' });
    expect(queue.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
  });

  it('a message sent while the clock is held wakes a waiting receiver at once', async () => {
    const emulator = await start();
    const queue = emulator.cloud.home.sqs.createQueue('q', {});
    const QueueUrl = `${emulator.endpoint}/000000000000/q`;
    const waiting = call(emulator, 'AmazonSQS.ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await expect.poll(() => queue.waitingReceivers).toBe(1);
    await call(emulator, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'now' });
    expect(await (await waiting).json()).toMatchObject({ Messages: [{ Body: 'now' }] });
    expect(emulator.world.nowMs()).toBe(testStartMs);
  });

  it('runs at the speed it was started with', async () => {
    const emulator = await start({ clock: { speed: 1_000 } });
    await expect.poll(() => emulator.world.nowMs()).toBeGreaterThan(testStartMs + 10_000);
  });
});
