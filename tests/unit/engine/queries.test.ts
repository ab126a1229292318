import { afterEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import { methods } from '../../../src/core/contract/methods.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import { createEngine } from '../../../src/engine/index.ts';
import { depthAlarm, type FakeAccount, fakeAccount, group, launch, queue, stateChange, stream } from './fakeAws.ts';
import { engineOptions, manualTime } from './manualHost.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const orders = queue('orders', { deadLetter: { targetArn: queue('orders-dlq').id, maxReceiveCount: 3 } });
const deadLetters = queue('orders-dlq', { messageRetentionSeconds: 1_209_600 });
const calm = queue('calm');
const workers = group('workers', { out: 'high', in: 'low' });
const low = depthAlarm('low', 'orders', {
  state: 'ALARM',
  rule: { ...depthAlarm('low', 'orders').rule, threshold: 20, comparisonOperator: 'LessThanThreshold' },
});

const startMs = Date.UTC(2026, 2, 2, 12, 0, 10);
const end = Math.floor(startMs / 60_000) * 60;

/** Everything of `orders` grows by 100 a minute; `calm` is calm; shard 1 of `clicks` takes almost its whole limit. */
function valueAt(key: SeriesKey, time: number): number {
  const minutesAgo = (end - time) / 60;
  const { QueueName: queueName, ShardId: shardId } = key.dimensions;
  if (key.namespace === 'AWS/AutoScaling') return 3;
  if (key.namespace === 'AWS/Kinesis') {
    const hot = shardId === 'shardId-1';
    if (key.metricName.includes('Age')) return hot || shardId === undefined ? 90_000 : 1000;
    if (key.metricName.includes('Exceeded')) return 0;
    return key.metricName === 'IncomingBytes' ? (hot ? 57e6 : 3e6) : 600;
  }
  if (key.metricName === 'ApproximateNumberOfMessagesVisible') {
    if (queueName === 'orders') return Math.max(0, 20_000 - 100 * minutesAgo);
    return queueName === 'orders-dlq' ? 4 : 12;
  }
  if (key.metricName === 'ApproximateAgeOfOldestMessage') return queueName === 'orders' ? 900 : 3;
  return key.metricName === 'NumberOfMessagesSent' ? 600 : key.metricName === 'NumberOfMessagesDeleted' ? 300 : 0;
}

async function recorded(change: Partial<FakeAccount> = {}): Promise<{ client: Client; account: FakeAccount }> {
  const account = fakeAccount({
    nowMs: startMs,
    resources: [calm, deadLetters, orders, workers, stream('clicks', 4)],
    alarms: [depthAlarm('high', 'orders'), low, depthAlarm('calm-high', 'calm')],
    valueAt,
    ...change,
  });
  const time = manualTime(startMs);
  const engine = await createEngine(engineOptions(account, time));
  closing.push(() => engine.close());
  const client = createClient(engine);
  await client.call('connections.add', {
    name: 'a',
    kind: 'aws',
    region: 'us-east-1',
    endpoint: null,
    credentials: { kind: 'default' },
  });
  await time.advance(1);
  return { client, account };
}

describe('overview', () => {
  it('UX-01 lists queues and streams worst first, and fits the contract', async () => {
    const { client } = await recorded();
    const overview = await client.call('overview.get', {});
    expect(methods['overview.get'].output.safeParse(overview).error).toBeUndefined();
    expect(overview.rows.map(({ name }) => name)).toEqual(['orders', 'clicks', 'orders-dlq', 'calm']);
    const scores = overview.rows.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('UX-02, UX-03 a growing queue: time and count, rates, trend, no time to drain', async () => {
    const { client } = await recorded();
    const row = (await client.call('overview.get', {})).rows[0]!;
    expect(row).toMatchObject({
      ageSeconds: 900,
      inPerSecond: 10,
      outPerSecond: 5,
      trend: 'growing',
      timeToDrainSeconds: null,
    });
    // GetQueueAttributes is newer than the metrics.
    expect(row).toMatchObject({ depth: 77, inFlight: 7 });
    expect(row.spark.times.length).toBe(59);
    expect(row.lastDatapointMs).toBe(end * 1000);
  });

  it('UX-03 a stream shows the largest iterator age and its shard; UX-05 its hot shard', async () => {
    const { client } = await recorded();
    const row = (await client.call('overview.get', {})).rows.find(({ name }) => name === 'clicks')!;
    expect(row).toMatchObject({
      depth: null,
      ageSeconds: 90,
      ageShardId: 'shardId-1',
      hotShard: { shardId: 'shardId-1' },
    });
    expect(row.scoreReasons).toContain('hotShard');
  });

  it('UX-04 queue and dead-letter queue name each other', async () => {
    const { client } = await recorded();
    const { rows } = await client.call('overview.get', {});
    expect(rows.find(({ name }) => name === 'orders')!.deadLetter).toEqual({
      resourceId: deadLetters.id,
      name: 'orders-dlq',
      depth: 77,
    });
    expect(rows.find(({ name }) => name === 'orders-dlq')!.deadLetterSources).toEqual([
      { resourceId: orders.id, name: 'orders' },
    ]);
  });

  it('a scale-in alarm in ALARM is no trouble: the row shows the other one', async () => {
    const { client } = await recorded();
    const row = (await client.call('overview.get', {})).rows.find(({ name }) => name === 'orders')!;
    expect(row.alarm).toEqual({ name: 'high', state: 'OK' });
    expect(row.scoreReasons).not.toContain('alarm');
  });

  it('unknown is null, never zero', async () => {
    const { client } = await recorded({ valueAt: () => undefined, resources: [calm] });
    const [row] = (await client.call('overview.get', {})).rows;
    expect(row).toMatchObject({
      ageSeconds: null,
      inPerSecond: null,
      outPerSecond: null,
      trend: 'unknown',
      lastDatapointMs: null,
    });
  });
});

describe('one resource', () => {
  it('queue -> alarms on it -> policies -> group', async () => {
    const { client } = await recorded();
    const detail = await client.call('resource.get', { resourceId: orders.id });
    expect(methods['resource.get'].output.safeParse(detail).error).toBeUndefined();
    expect(detail.alarms.map(({ name, policyNames }) => [name, policyNames])).toEqual([
      ['high', ['out']],
      ['low', ['in']],
    ]);
    expect(detail.group).toMatchObject({ name: 'workers', desiredCapacity: 3, minSize: 1, maxSize: 10 });
    expect(detail.group!.policies.map(({ policy }) => policy.name)).toEqual(['out', 'in']);
    expect((await client.call('resource.get', { resourceId: calm.id })).group).toBeNull();
  });

  it('what is not there is NOT_FOUND', async () => {
    const { client } = await recorded();
    await expect(client.call('resource.get', { resourceId: 'arn:nothing' })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('UX-05 heat map: shards x time in the unit of the limit, NaN where nothing is known', async () => {
    const { client } = await recorded();
    const heatmap = await client.call('shards.heatmap', {
      resourceId: stream('clicks', 4).id,
      range: { fromMs: (end - 7200) * 1000, toMs: (end + 600) * 1000 },
      measure: 'bytes',
      maxBuckets: 30,
    });
    expect(heatmap.shardIds).toEqual(['shardId-0', 'shardId-1', 'shardId-2', 'shardId-3']);
    expect(heatmap.times.length).toBeLessThanOrEqual(30);
    expect(heatmap.values.length).toBe(4 * heatmap.times.length);
    expect(heatmap.limit).toBe(1_048_576);
    expect(heatmap.hotShardIds).toEqual(['shardId-1']);
    const hot = heatmap.values.subarray(heatmap.times.length, 2 * heatmap.times.length);
    expect(hot[1]).toBeCloseTo(57e6 / 60);
    expect(hot.at(-1)).toBeNaN();
  });
});

describe('series', () => {
  const wanted = (['depth', 'sent', 'age', 'desired'] as const).map((measure) => ({ resourceId: orders.id, measure }));

  it('UX-27 counters per second, levels as they are, instances of the group under the queue', async () => {
    const { client } = await recorded();
    const range = { fromMs: (end - 3600) * 1000, toMs: end * 1000 };
    const series = await client.call('series.get', { series: wanted, range, maxPoints: 400 });
    expect(series.map(({ unit, reduction }) => [unit, reduction])).toEqual([
      ['count', 'none'],
      ['count/s', 'none'],
      ['seconds', 'none'],
      ['count', 'none'],
    ]);
    expect(series[1]!.values[0]).toBe(10);
    expect(series[3]!.values[0]).toBe(3);
    expect(series[0]!.times.length).toBe(60);
  });

  it('UX-24 a reduced series says how many points it had', async () => {
    const { client } = await recorded();
    const range = { fromMs: (end - 86_400) * 1000, toMs: end * 1000 };
    const [depth, sent] = await client.call('series.get', { series: wanted.slice(0, 2), range, maxPoints: 100 });
    expect(depth).toMatchObject({ sourcePoints: 1440, reduction: 'minmax' });
    expect(sent).toMatchObject({ sourcePoints: 1440, reduction: 'sum' });
    expect(depth!.times.length).toBeLessThanOrEqual(100);
    expect(Math.max(...depth!.values)).toBe(19_900);
  });

  it('a measure that the resource does not have is NOT_FOUND', async () => {
    const { client } = await recorded();
    const range = { fromMs: 0, toMs: startMs };
    const asked = { series: [{ resourceId: calm.id, measure: 'desired' as const }], range, maxPoints: 10 };
    await expect(client.call('series.get', asked)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('events and notes', () => {
  const range = { fromMs: startMs - 86_400_000, toMs: startMs + 86_400_000 };
  const note = {
    atMs: startMs,
    title: 'Deployed 4.2',
    detail: 'by hand',
    noteKind: 'action',
    connectionId: null,
  } as const;

  it('events of a queue include its alarms, its group and notes of no resource', async () => {
    const { client } = await recorded({
      history: [
        stateChange('high', startMs - 600_000, 'OK', 'ALARM'),
        stateChange('calm-high', startMs - 500_000, 'OK', 'ALARM'),
      ],
      activities: [launch(workers.id, 'i-1', startMs - 590_000, startMs - 500_000)],
    });
    await client.call('events.addNote', { ...note, resourceId: null });
    const events = await client.call('events.list', { range, resourceIds: [orders.id] });
    expect(events.map(({ kind }) => kind)).toEqual(['alarm-state', 'scaling-activity', 'recorder', 'note']);
    expect(methods['events.list'].output.safeParse(events).error).toBeUndefined();
    expect(await client.call('events.list', { range })).toHaveLength(5);
    expect(await client.call('events.list', { range, limit: 2 })).toHaveLength(2);
  });

  it('a note written at the very end of the range belongs to it: the end is now', async () => {
    const { client } = await recorded();
    const added = await client.call('events.addNote', { ...note, resourceId: orders.id, atMs: range.toMs });
    const events = await client.call('events.list', { range, resourceIds: [orders.id] });
    expect(events.map(({ id }) => id)).toContain(added.id);
  });

  it('a note is added, listed with its resource, and removed; only notes can be', async () => {
    const { client } = await recorded();
    const added = await client.call('events.addNote', { ...note, resourceId: orders.id });
    const again = await client.call('events.addNote', { ...note, resourceId: orders.id });
    expect(added).toMatchObject({ title: 'Deployed 4.2', connectionId: 'c1', data: { noteKind: 'action' } });
    expect(again.id).not.toBe(added.id);
    await client.call('events.removeNote', { id: added.id });
    const left = await client.call('events.list', { range, resourceIds: [orders.id] });
    expect(left.filter(({ kind }) => kind === 'note').map(({ id }) => id)).toEqual([again.id]);
    const recorderEvent = left.find(({ kind }) => kind === 'recorder')!;
    await expect(client.call('events.removeNote', { id: recorderEvent.id })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('session', () => {
  it('keeps preferences and says who it is', async () => {
    const { client } = await recorded();
    const preferences = { language: 'ko', theme: 'dark', zone: 'utc' } as const;
    expect((await client.call('session.get', {})).preferences.language).toBe('en');
    await client.call('session.setPreferences', preferences);
    expect(await client.call('session.get', {})).toMatchObject({
      preferences,
      version: '0.1.0',
      host: 'serve',
      timeZone: 'Europe/Berlin',
      writesAllowed: false,
      storage: { setAside: null },
    });
  });
});
