import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CallError, type Client, createClient } from '../../../src/core/contract/client.ts';
import type { EngineApi } from '../../../src/core/contract/engine.ts';
import type { Push } from '../../../src/core/contract/methods.ts';
import type { ConnectionInput } from '../../../src/core/contract/shapes.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import { createEngine, type EngineOptions } from '../../../src/engine/index.ts';
import { type FakeAccount, fakeAccount, queue } from './fakeAws.ts';
import { engineOptions, type ManualTime, manualTime, settle } from './manualHost.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(
  account: FakeAccount,
  time: ManualTime = manualTime(account.nowMs),
  more: Partial<EngineOptions> = {},
): Promise<{ engine: EngineApi; client: Client; time: ManualTime }> {
  const engine = await createEngine(engineOptions(account, time, more));
  closing.push(() => engine.close());
  return { engine, client: createClient(engine), time };
}

const input: ConnectionInput = {
  name: 'production',
  kind: 'aws',
  region: 'eu-central-1',
  endpoint: null,
  credentials: { kind: 'static', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-very-secret-key' },
  pollIntervalSeconds: 60,
};
const unreachable = () => new SpillwayError('ENDPOINT_UNREACHABLE', { endpoint: 'x', detail: 'ECONNREFUSED' }, true);
const polls = (account: FakeAccount): number => account.log.filter(({ method }) => method === 'pollMetrics').length;

/** The account's clock is the host's. */
async function pass(account: FakeAccount, time: ManualTime, ms: number): Promise<void> {
  const startMs = time.nowMs();
  for (let done = 0; done < ms; done += 1000) {
    account.nowMs = startMs + done + 1000;
    await time.advance(1000);
  }
}

describe('connections', () => {
  it('an added connection is connecting, then live, and polls at its interval', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    expect(await client.call('connections.add', input)).toMatchObject({ id: 'c1', state: 'connecting', profile: null });
    await pass(account, time, 1000);
    expect(await client.call('connections.list', {})).toMatchObject([
      { state: 'live', error: null, accountId: '000000000000' },
    ]);
    const first = polls(account);
    await pass(account, time, 180_000);
    expect(polls(account) - first).toBe(3);
  });

  it('UX-14 stale begins when data stops although polls succeed', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 1000);
    const stopsAt = account.nowMs / 1000;
    account.valueAt = (_key, at) => (at < stopsAt - 60 ? 1 : undefined);
    await pass(account, time, 100_000);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'live' }]);
    await pass(account, time, 200_000);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'stale' }]);
  });

  it('an unreachable endpoint is an error with its value, backs off, and recovers by itself without a hole', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 1000);
    account.failures.set('clock', Array.from({ length: 4 }, unreachable));
    await pass(account, time, 61_000);
    expect(await client.call('connections.list', {})).toMatchObject([
      { state: 'error', error: { code: 'ENDPOINT_UNREACHABLE', retryable: true } },
    ]);
    expect(time.waiting()[0]).toBeLessThanOrEqual(4000);
    await pass(account, time, 40_000);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'live', error: null }]);
    const [columns] = await client.call('series.get', {
      series: [{ resourceId: queue('orders').id, measure: 'depth' }],
      range: { fromMs: 0, toMs: account.nowMs },
      maxPoints: 4000,
    });
    const { times } = columns!;
    for (let at = 1; at < times.length; at++) expect(times[at]! - times[at - 1]!).toBe(60);
  });

  it('throttled: slower, says how slow, stays live, and speeds up again', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 1000);
    const throttled = () => new SpillwayError('THROTTLED', { action: 'GetMetricData', waitSeconds: 1 }, true);
    account.failures.set('pollMetrics', [throttled()]);
    await pass(account, time, 60_000);
    const [status] = await client.call('connections.list', {});
    expect(status).toMatchObject({ state: 'live', error: { code: 'THROTTLED', params: { waitSeconds: 120 } } });
    expect(time.waiting()[0]).toBeGreaterThan(100_000);
    await pass(account, time, 120_000);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'live', error: null }]);
    expect(time.waiting()[0]).toBeLessThanOrEqual(60_000);
  });

  it('wrong keys are said by their code', async () => {
    const account = fakeAccount();
    const { client } = await start(account);
    const wrong = { ...input, credentials: { kind: 'static', accessKeyId: 'a', secretAccessKey: 'wrong' } } as const;
    await expect(client.call('connections.test', wrong)).rejects.toMatchObject({
      error: { code: 'CREDENTIALS_REJECTED' },
    });
    expect(await client.call('connections.test', input)).toMatchObject({ accountId: '000000000000' });
    expect(account.log.filter(({ method }) => method === 'close')).toHaveLength(2);
  });

  it('pausing stops polling and says so; resuming polls at once', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 1000);
    const before = polls(account);
    expect(await client.call('connections.setPaused', { connectionId: 'c1', paused: true })).toMatchObject({
      state: 'paused',
      callsPerMinute: {},
      estimatedCostPerDayUsd: 0,
    });
    await pass(account, time, 200_000);
    expect(polls(account)).toBe(before);
    await client.call('connections.setPaused', { connectionId: 'c1', paused: false });
    await pass(account, time, 1000);
    expect(polls(account)).toBe(before + 1);
  });

  it('a removed connection takes its recording along', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 1000);
    expect((await client.call('overview.get', {})).rows).toHaveLength(1);
    await client.call('connections.remove', { connectionId: 'c1' });
    expect(await client.call('connections.list', {})).toEqual([]);
    expect((await client.call('overview.get', {})).rows).toEqual([]);
    expect((await client.call('session.get', {})).storage.points).toBe(0);
    await expect(client.call('connections.remove', { connectionId: 'c1' })).rejects.toThrow(CallError);
  });

  it('says what polling costs: calls per minute by API, USD per day at list price (UX-43)', async () => {
    const account = fakeAccount({ resources: [queue('orders'), queue('other')] });
    // Neither is a fair queue.
    account.valueAt = ({ metricName }, at) => (/Quiet|Noisy/.test(metricName) ? undefined : at % 1000);
    const { client, time } = await start(account);
    await client.call('connections.add', input);
    await pass(account, time, 61_000);
    const [status] = await client.call('connections.list', {});
    expect(status!.callsPerMinute).toMatchObject({ GetMetricData: 1, GetQueueAttributes: 1, DescribeAlarmHistory: 1 });
    // 16 metrics a minute at 0.01 per 1,000, DescribeAlarmHistory at 0.01 per 1,000, two SQS calls at 0.40 a million.
    const expected = 1440 * (16e-5 + 1e-5 + 0.4e-6) + 144 * 0.4e-6;
    expect(status!.estimatedCostPerDayUsd).toBeCloseTo(expected, 6);
  });

  it('a virtual clock at 60 times real time is polled once a second, by its own minutes', async () => {
    const account = fakeAccount({ resources: [queue('orders')], speed: 60 });
    const { client, time } = await start(account, manualTime(Date.UTC(2031, 0, 1)));
    await client.call('connections.add', { ...input, kind: 'emulator', endpoint: 'http://127.0.0.1:4566' });
    await time.advance(0);
    const first = polls(account);
    for (let second = 0; second < 10; second++) {
      account.nowMs += 60_000;
      await time.advance(1000);
    }
    expect(polls(account) - first).toBe(10);
    const [status] = await client.call('connections.list', {});
    expect(status).toMatchObject({ state: 'live', speed: 60, nowMs: account.nowMs, estimatedCostPerDayUsd: 0 });
  });

  it('while a virtual clock is held, only the clock is asked; once it moves, polling goes on', async () => {
    const account = fakeAccount({ resources: [queue('orders')], speed: 0 });
    const { engine, client, time } = await start(account);
    await client.call('connections.add', { ...input, kind: 'emulator', endpoint: 'http://127.0.0.1:4566' });
    await time.advance(0);
    const first = polls(account);
    const recorded: Push[] = [];
    engine.listen((push) => push.topic === 'recorded' && recorded.push(push));
    await time.advance(60_000);
    expect(polls(account)).toBe(first);
    expect(recorded).toEqual([]);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'live', speed: 0 }]);
    account.nowMs += 300_000;
    await time.advance(10_000);
    expect(polls(account)).toBe(first + 1);
    expect(recorded).toHaveLength(1);
  });

  it('EL-14 pushes carry a sequence number per topic', async () => {
    const account = fakeAccount({ resources: [queue('orders')] });
    const { engine, client, time } = await start(account);
    const seen: Push[] = [];
    engine.listen((push) => seen.push(push));
    await client.call('connections.add', input);
    await pass(account, time, 130_000);
    for (const topic of ['connections', 'recorded'] as const) {
      const sequences = seen.filter((push) => push.topic === topic).map(({ sequence }) => sequence);
      expect(sequences.length).toBeGreaterThan(2);
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
    }
    expect(seen.find(({ topic }) => topic === 'recorded')!.payload).toMatchObject({ connectionId: 'c1' });
  });
});

describe('across a restart', () => {
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'spillway-engine-'));
    closing.push(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };

  it('SEC-16 keys are nowhere in the file; the connection says CREDENTIALS_MISSING until they are given again', async () => {
    const file = join(folder(), 'recording.sqlite');
    const account = fakeAccount({ resources: [queue('orders')] });
    const first = await start(account, manualTime(account.nowMs), { file });
    await first.client.call('connections.add', input);
    await pass(account, first.time, 1000);
    await first.engine.close();
    expect(readFileSync(file).includes('a-very-secret-key')).toBe(false);

    const second = await start(account, manualTime(account.nowMs), { file });
    await settle();
    expect(await second.client.call('connections.list', {})).toMatchObject([
      { id: 'c1', state: 'error', error: { code: 'CREDENTIALS_MISSING' } },
    ]);
    expect((await second.client.call('overview.get', {})).rows).toHaveLength(1);
    await second.client.call('connections.add', input);
    await pass(account, second.time, 1000);
    expect(await second.client.call('connections.list', {})).toMatchObject([{ id: 'c1', state: 'live', error: null }]);
  });

  it('a profile is enough to go on without anybody; a pause is kept', async () => {
    const file = join(folder(), 'recording.sqlite');
    const account = fakeAccount({ resources: [queue('orders')] });
    const first = await start(account, manualTime(account.nowMs), { file });
    await first.client.call('connections.add', { ...input, credentials: { kind: 'profile', profile: 'ops' } });
    await first.client.call('connections.add', { ...input, name: 'b', credentials: { kind: 'default' } });
    await first.client.call('connections.setPaused', { connectionId: 'c2', paused: true });
    await first.engine.close();
    const second = await start(account, manualTime(account.nowMs), { file });
    await pass(account, second.time, 1000);
    expect(await second.client.call('connections.list', {})).toMatchObject([
      { id: 'c1', state: 'live', profile: 'ops' },
      { id: 'c2', state: 'paused' },
    ]);
  });

  it('a command that only reads records nothing', async () => {
    const file = join(folder(), 'recording.sqlite');
    const account = fakeAccount({ resources: [queue('orders')] });
    const first = await start(account, manualTime(account.nowMs), { file });
    await first.client.call('connections.add', { ...input, credentials: { kind: 'default' } });
    await pass(account, first.time, 1000);
    await first.engine.close();
    const before = polls(account);
    const second = await start(account, manualTime(account.nowMs), { file, hostKind: 'cli' });
    await pass(account, second.time, 200_000);
    expect(polls(account)).toBe(before);
    const { rows } = await second.client.call('overview.get', {});
    expect(rows[0]!.depth).not.toBeNull();
  });

  it('a damaged database is set aside, and the session says where', async () => {
    const file = join(folder(), 'recording.sqlite');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(file, 'this is no database, whatever its name says'.repeat(50));
    const { client } = await start(fakeAccount(), undefined, { file });
    expect((await client.call('session.get', {})).storage.setAside).toContain('damaged');
  });
});
