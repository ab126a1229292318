import { describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../../src/core/errors.ts';
import { alarmSeriesKey, attributeSeriesKey, seriesKeyOf, seriesToPoll } from '../../../../src/core/metrics.ts';
import type { Connection } from '../../../../src/core/model/resources.ts';
import { createRecorder, type Recorder } from '../../../../src/engine/recorder/recorder.ts';
import { openStore, type Store } from '../../../../src/storage/index.ts';
import {
  connectTo,
  depthAlarm,
  type FakeAccount,
  fakeAccount,
  group,
  launch,
  queue,
  stateChange,
  stream,
} from '../fakeAws.ts';

const connection: Connection = {
  id: 'c1',
  name: 'test',
  kind: 'aws',
  region: 'us-east-1',
  endpoint: null,
  profile: null,
  pollIntervalSeconds: 60,
};
const signal = new AbortController().signal;

function recording(
  account: FakeAccount,
  store: Store = openStore(':memory:', { nowMs: 0 }),
): { store: Store; recorder: Recorder } {
  store.saveConnection(connection);
  const aws = connectTo(account)({
    connection,
    credentials: { kind: 'default' },
    clock: { nowMs: () => account.nowMs },
  });
  return { store, recorder: createRecorder({ store, aws, pollEverySeconds: 60, discoverEverySeconds: 600 }) };
}

const orders = queue('orders');
const depthKey = seriesKeyOf(orders, 'depth')!;
const all = (store: Store, key = depthKey) => store.points(key, 0, 1e11);
const toSeconds = (account: FakeAccount): number => Math.floor(account.nowMs / 60_000) * 60;

describe('one poll', () => {
  it('stores whole minutes only: the one under way is not there', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    const { times } = all(store);
    expect(times.at(-1)).toBe(toSeconds(account) - 60);
    expect(times.length).toBe(1440);
  });

  it('keeps what GetQueueAttributes said, one reading a minute', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.nowMs += 60_000;
    await recorder.poll(signal);
    await recorder.poll(signal);
    const minute = toSeconds(account);
    const visible = all(store, attributeSeriesKey(orders, 'ApproximateNumberOfMessages'));
    expect([...visible.times]).toEqual([minute - 60, minute]);
    expect([...visible.values]).toEqual([77, 77]);
    const inFlight = all(store, attributeSeriesKey(orders, 'ApproximateNumberOfMessagesNotVisible'));
    expect([...inFlight.values]).toEqual([7, 7]);
  });

  it('missing stays missing', async () => {
    const account = fakeAccount({ resources: [orders], valueAt: (_key, time) => (time % 300 === 0 ? 5 : undefined) });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    expect(all(store).times.length).toBe(288);
    expect([...all(store).values].every((value) => value === 5)).toBe(true);
  });

  it('a minute that CloudWatch revises is overwritten, not doubled', async () => {
    let revised = false;
    const account = fakeAccount({ resources: [orders], valueAt: () => (revised ? 9 : 4) });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    revised = true;
    account.nowMs += 60_000;
    await recorder.poll(signal);
    const { times, values } = all(store);
    expect(times.length).toBe(1441);
    expect(new Set(times).size).toBe(1441);
    expect([...values.slice(-6)]).toEqual([9, 9, 9, 9, 9, 9]);
    expect(values[0]).toBe(4);
  });

  it('records what alarms judge, with their statistic and period, and only whole periods of it', async () => {
    const alarm = depthAlarm('high', 'orders', { rule: { ...depthAlarm('x', 'y').rule, periodSeconds: 300 } });
    const account = fakeAccount({ resources: [orders], alarms: [alarm] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    const { times } = all(store, alarmSeriesKey(alarm));
    expect(times.length).toBeGreaterThan(280);
    expect(times.at(-1)! + 300).toBeLessThanOrEqual(toSeconds(account));
    expect([...times].every((time) => time % 300 === 0)).toBe(true);
  });

  it('asks for shards one by one', async () => {
    const clicks = stream('clicks', 3);
    const account = fakeAccount({ resources: [clicks] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    for (const key of seriesToPoll({ ...clicks, connectionId: 'c1' })) expect(all(store, key).times.length).toBe(1440);
  });

  it('[SQSM-08] of a queue that becomes fair no minute is missing, though it is not asked about that every minute', async () => {
    const fairFrom = Math.floor(fakeAccount().nowMs / 60_000) * 60 + 20 * 60;
    const account = fakeAccount({
      resources: [orders],
      valueAt: ({ metricName }, time) => (/Quiet|Noisy/.test(metricName) && time < fairFrom ? undefined : 1),
    });
    const { store, recorder } = recording(account);
    for (let minute = 0; minute <= 60; minute++) {
      await recorder.poll(signal);
      account.nowMs += 60_000;
    }
    const { times } = all(store, seriesKeyOf(orders, 'noisyGroups')!);
    expect([...times]).toEqual(Array.from({ length: times.length }, (_, index) => fairFrom + index * 60));
    expect(times.length).toBeGreaterThanOrEqual(39);
  });

  it('a permission that is missing takes away one part; the rest is recorded (UX-44)', async () => {
    const denied = new SpillwayError('ACCESS_DENIED', { connection: 'test', action: 'DescribeAlarmHistory' });
    const account = fakeAccount({ resources: [orders], failures: new Map([['pollAlarmHistory', [denied]]]) });
    const { store, recorder } = recording(account);
    const result = await recorder.poll(signal);
    expect(result.problem?.code).toBe('ACCESS_DENIED');
    expect(all(store).times.length).toBe(1440);
    // While it may not be read, the history grows; nothing of it is lost when the permission comes.
    account.history.push(stateChange('high', account.nowMs + 10_000, 'OK', 'ALARM'));
    account.failures.set(
      'pollAlarmHistory',
      Array.from({ length: 10 }, () => denied),
    );
    for (let minute = 0; minute < 10; minute++) {
      account.nowMs += 60_000;
      await recorder.poll(signal);
    }
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['alarm-state'], limit: 9 })).toHaveLength(0);
    account.nowMs += 60_000;
    expect((await recorder.poll(signal)).problem).toBeNull();
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['alarm-state'], limit: 9 })).toHaveLength(1);
  });

  it('activities of a group that was found later are not lost', async () => {
    const first = group('first', { out: 'high', in: 'low' });
    const second = group('second', { out: 'high', in: 'low' });
    const account = fakeAccount({ resources: [orders, first] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.resources.push(second);
    const launchedMs = account.nowMs + 30_000;
    account.activities.push(launch(second.id, 'i-2', launchedMs, launchedMs + 60_000));
    for (let minute = 0; minute < 11; minute++) {
      account.nowMs += 60_000;
      await recorder.poll(signal);
    }
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['scaling-activity'], limit: 9 })).toMatchObject([
      { resourceId: second.id, atMs: launchedMs },
    ]);
  });

  it('what an alarm did before it was known is placed on its resource', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.alarms.push(depthAlarm('fresh', 'orders'));
    account.nowMs += 60_000;
    account.history.push(stateChange('fresh', account.nowMs - 20_000, 'OK', 'ALARM'));
    await recorder.poll(signal);
    account.nowMs += 60_000;
    await recorder.poll(signal);
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['alarm-state'], limit: 9 })).toMatchObject([
      { resourceId: orders.id },
    ]);
    // A deleted alarm's history stays and no look finds the alarm: one look is enough.
    const looks = (): number => account.log.filter(({ method }) => method === 'discover').length;
    const before = looks();
    account.history.push(stateChange('deleted', account.nowMs + 1_000, 'OK', 'ALARM'));
    for (let minute = 0; minute < 4; minute++) {
      account.nowMs += 60_000;
      await recorder.poll(signal);
    }
    expect(looks()).toBe(before + 1);
  });

  it('an alarm that changed between two discoveries shows its new state', async () => {
    const account = fakeAccount({ resources: [orders], alarms: [depthAlarm('high', 'orders')] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.nowMs += 60_000;
    account.history.push(stateChange('high', account.nowMs - 20_000, 'OK', 'ALARM'));
    const result = await recorder.poll(signal);
    expect(result.newEvents).toBe(1);
    expect(store.alarms()[0]).toMatchObject({ state: 'ALARM', stateUpdatedAtMs: account.nowMs - 20_000 });
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['alarm-state'], limit: 9 })).toMatchObject([
      { resourceId: orders.id },
    ]);
  });

  it('a launch under way is asked for until its end is known', async () => {
    const workers = group('workers', { out: 'high', in: 'low' });
    const account = fakeAccount({ resources: [orders, workers] });
    const start = account.nowMs - 10_000;
    account.activities.push(launch(workers.id, 'i-1', start, start + 25 * 60_000));
    const { store, recorder } = recording(account);
    const activities = () => store.events({ fromMs: 0, toMs: 1e15, kinds: ['scaling-activity'], limit: 9 });
    await recorder.poll(signal);
    expect(activities()).toMatchObject([{ endMs: null }]);
    for (let minute = 0; minute < 30; minute++) {
      account.nowMs += 60_000;
      await recorder.poll(signal);
    }
    expect(activities()).toMatchObject([{ endMs: start + 25 * 60_000 }]);
  });

  it('a setting that changed becomes an event; a first look does not', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    const changes = () => store.events({ fromMs: 0, toMs: 1e15, kinds: ['configuration'], limit: 9 });
    await recorder.poll(signal);
    expect(changes()).toEqual([]);
    account.resources = [queue('orders', { visibilityTimeoutSeconds: 120 })];
    account.nowMs += 600_000;
    await recorder.poll(signal);
    await recorder.poll(signal);
    expect(changes()).toMatchObject([{ data: { what: 'visibilityTimeoutSeconds', before: '30', after: '120' } }]);
  });

  it('a deleted queue is told once, is polled no more, and its history stays', async () => {
    const account = fakeAccount({ resources: [orders, queue('other')] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.gone = [orders.id];
    account.resources = [queue('other')];
    for (let n = 0; n < 3; n++) {
      account.nowMs += 600_000;
      await recorder.poll(signal);
    }
    expect(recorder.gone).toEqual(new Set([orders.id]));
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['configuration'], limit: 9 })).toHaveLength(1);
    expect(all(store).times.length).toBe(1440);
    expect(all(store, seriesKeyOf(queue('other'), 'depth')!).times.length).toBe(1470);
    // A second process knows it too.
    expect(recording(account, store).recorder.gone).toEqual(new Set([orders.id]));
    // Made again under its name, it is recorded again.
    account.gone = [];
    account.resources.push(orders);
    account.nowMs += 600_000;
    await recorder.poll(signal);
    expect(recorder.gone).toEqual(new Set());
    const [newest] = all(store).times.slice(-1);
    expect(newest).toBe(toSeconds(account) - 60);
  });

  it('a range of which CloudWatch gave a part is asked for again', async () => {
    const account = fakeAccount({ resources: [orders], partial: () => true });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    expect(all(store).times.length).toBeLessThan(1440);
    account.partial = () => false;
    account.nowMs += 60_000;
    await recorder.poll(signal);
    expect(all(store).times.length).toBeGreaterThanOrEqual(1440);
  });
});

describe('restart', () => {
  it('goes on where recording ended, without loss or duplicates, and tells the gap', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    const stoppedAt = toSeconds(account);
    account.nowMs += 9 * 3_600_000;
    const again = recording(account, store);
    await again.recorder.poll(signal);
    const { times, values } = all(store);
    expect(times.length).toBe(1440 + 9 * 60);
    for (let at = 1; at < times.length; at++) expect(times[at]! - times[at - 1]!).toBe(60);
    expect([...values]).toEqual([...times].map((time) => time % 1000));
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['recorder'], limit: 9 })).toMatchObject([
      { data: { what: 'started' } },
      { data: { what: 'gap' }, atMs: stoppedAt * 1000, endMs: toSeconds(account) * 1000 },
    ]);
    // The first poll saw everything until its cursor: only the overlap is asked for twice.
    const second = account.log.filter(({ method }) => method === 'pollMetrics').slice(-2);
    expect(second[0]!.from).toBe(stoppedAt - 300);
  });

  it('a clock that runs fast leaves no gap between two polls that are on time', async () => {
    const account = fakeAccount({ resources: [orders] });
    account.speed = 300;
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    account.nowMs += 360_000;
    await recorder.poll(signal);
    const told = () => store.events({ fromMs: 0, toMs: 1e15, kinds: ['recorder'], limit: 9 }).map(({ data }) => data);
    expect(told()).toMatchObject([{ what: 'started' }]);
    account.nowMs += 3 * 300_000;
    await recorder.poll(signal);
    expect(told()).toMatchObject([{ what: 'started' }, { what: 'gap' }]);
  });

  it('a backfill that breaks off keeps what it has and goes on from there', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    const unreachable = new SpillwayError('ENDPOINT_UNREACHABLE', { endpoint: 'x', detail: 'y' }, true);
    const polls = { calls: 0 };
    account.valueAt = (_key, time) => time % 1000;
    // The third chunk of six hours fails.
    const failing = { shift: () => (++polls.calls === 3 ? unreachable : undefined) } as unknown as SpillwayError[];
    account.failures.set('pollMetrics', failing);
    await expect(recorder.poll(signal)).rejects.toThrow(unreachable);
    expect(all(store).times.length).toBe(720);
    await recorder.poll(signal);
    expect(all(store).times.length).toBe(1440);
    expect(
      Math.min(
        ...account.log
          .filter(({ method }) => method === 'pollMetrics')
          .slice(3)
          .map(({ from }) => from!),
      ),
    ).toBe(toSeconds(account) - 86_400 + 12 * 3600 - 300);
  });

  it('a poll that fails stores nothing, so that the next one asks for the same again', async () => {
    const account = fakeAccount({ resources: [orders] });
    const { store, recorder } = recording(account);
    await recorder.poll(signal);
    const before = store.stats();
    account.nowMs += 120_000;
    account.history.push(stateChange('high', account.nowMs - 1000, 'OK', 'ALARM'));
    account.failures.set('pollAlarmHistory', [new SpillwayError('ENDPOINT_UNREACHABLE', {}, true)]);
    await expect(recorder.poll(signal)).rejects.toThrow();
    expect(store.stats().points).toBe(before.points);
    await recorder.poll(signal);
    expect(all(store).times.length).toBe(1442);
    expect(store.events({ fromMs: 0, toMs: 1e15, kinds: ['alarm-state'], limit: 9 })).toHaveLength(1);
  });

  it('minutes published late are still asked for', async () => {
    const account = fakeAccount({ resources: [orders], publicationDelaySeconds: 8 * 60 });
    const { store, recorder } = recording(account);
    for (let minute = 0; minute < 20; minute++) {
      await recorder.poll(signal);
      account.nowMs += 60_000;
    }
    const { times } = all(store);
    for (let at = 1; at < times.length; at++) expect(times[at]! - times[at - 1]!).toBe(60);
  });
});
