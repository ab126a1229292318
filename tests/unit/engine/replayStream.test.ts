import { afterEach, describe, expect, it, test } from 'vitest';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import { methods } from '../../../src/core/contract/methods.ts';
import { evenStarts, hashKeySpace } from '../../../src/core/kinesis/hashRange.ts';
import { phraseText } from '../../../src/core/messages/terms.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import { createEngine } from '../../../src/engine/index.ts';
import { type FakeAccount, fakeAccount, queue, stream } from './fakeAws.ts';
import { engineOptions, manualTime } from './manualHost.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const starts = evenStarts(2);
const clicks = stream('clicks', 2, {
  shards: starts.map((start, at) => ({
    shardId: `shardId-00000000000${at}`,
    startingHashKey: String(start),
    endingHashKey: String((starts[at + 1] ?? hashKeySpace) - 1n),
    closed: false,
  })),
});
const orders = queue('orders');
const startMs = Date.UTC(2026, 2, 2, 12, 0, 10);
const end = Math.floor(startMs / 60_000) * 60;
const range = { fromMs: (end - 3_600) * 1_000, toMs: end * 1_000 };

/** 1,500 records of 100 bytes a second on two shards; for ten minutes 3,000 are offered and 2,000 taken, by lossy producers. */
function valueAt({ metricName, dimensions }: SeriesKey, time: number): number | undefined {
  const minute = (time - (end - 3_600)) / 60;
  const crowd = minute >= 20 && minute < 30;
  const share = dimensions.ShardId === undefined ? 1 : 0.5;
  switch (metricName) {
    case 'IncomingRecords':
      return (crowd ? 2_000 : 1_500) * 60 * share;
    case 'IncomingBytes':
      return (crowd ? 2_000 : 1_500) * 6_000 * share;
    case 'WriteProvisionedThroughputExceeded':
      return crowd ? 60_000 * share : 0;
    case 'GetRecords.Records':
      return (crowd ? 2_000 : 1_500) * 120;
    case 'GetRecords.IteratorAgeMilliseconds':
      return 0;
    default:
      return undefined;
  }
}

async function recorded(change: Partial<FakeAccount> = {}): Promise<Client> {
  const account = fakeAccount({ nowMs: startMs, resources: [clicks, orders], valueAt, ...change });
  const time = manualTime(startMs);
  const engine = await createEngine(engineOptions(account, time));
  closing.push(() => engine.close());
  const client = createClient(engine);
  const credentials = { kind: 'default' } as const;
  await client.call('connections.add', { name: 'a', kind: 'aws', region: 'us-east-1', endpoint: null, credentials });
  await time.advance(1);
  return client;
}

const provisioned = (shards: number) => ({
  label: String(shards),
  capacity: { mode: 'PROVISIONED' as const, shards },
  consumers: [{ fanOut: 'shared' as const }],
});
const onDemand = { ...provisioned(1), label: 'on demand', capacity: { mode: 'ON_DEMAND' as const } };
const run = (client: Client, more: object = {}) =>
  client.call('replay.stream', {
    resourceId: clicks.id,
    range,
    candidates: [provisioned(2), provisioned(4), onDemand],
    ...more,
  });

describe('replay.stream', () => {
  it('[KREP-30, KREP-36] replays every candidate on what was offered, with columns, figures and cost', async () => {
    const result = await run(await recorded());
    expect(methods['replay.stream'].output.safeParse(result).error).toBeUndefined();
    const [two, four, demand] = result.runs.map(({ summary }) => summary);
    expect(two!.throttledRecords).toBeCloseTo(600_000, 3);
    expect(two!.throttledShare).toBeCloseTo(600_000 / (3_000 * 600 + 1_500 * 3_000), 9);
    expect(two!).toMatchObject({ throttledMinutes: 10, peakShards: 2, shardHours: 2, costUsd: 0.03 });
    expect(two!.lostRecords).toBeCloseTo(600_000, 3);
    expect(four!).toMatchObject({ throttledRecords: 0, lostRecords: 0, shardHours: 4, costUsd: 0.06 });
    // A new peak of 3,000 a second is within four shards' 4,000.
    expect(demand!).toMatchObject({ throttledRecords: 0, costUsd: null });
    expect(result.runs[0]!.columns.times[0]).toBe(end - 3_600);
    expect(result.recorded).toMatchObject({ shards: 2, mode: 'PROVISIONED' });
    expect(result.recorded.pollingConsumers).toBeCloseTo(2, 9);
    expect(result.hotShards).toEqual([]);
  });

  it('[KREP-35] holds the deployed shards against the recording, and tells what the other producers would give', async () => {
    const client = await recorded();
    const { fidelity } = await run(client);
    expect(fidelity).toMatchObject({
      shards: 2,
      minutesCompared: 60,
      minutesLeftOut: 0,
      throttled: { recorded: 600_000, recordedMinutes: 10, replayedMinutes: 10, bothMinutes: 10 },
    });
    expect(fidelity!.takenErrorShare).toBeCloseTo(0, 9);
    expect(fidelity!.otherProducers!.retrySeconds).toBe(1);
    expect(fidelity!.otherProducers!.takenErrorShare).toBeGreaterThan(0);
    expect((await run(client, { trafficFactor: 2 })).fidelity).toBeNull();
  });

  it('[KREP-33] places what a hot shard takes beyond the other as a key, unless hot keys are given', async () => {
    const client = await recorded({
      valueAt(key, time) {
        const value = valueAt(key, time);
        if (key.dimensions.ShardId === undefined) return value;
        return value === undefined ? undefined : value * (key.dimensions.ShardId.endsWith('1') ? 1.6 : 0.4);
      },
    });
    const found = await run(client);
    expect(found.hotShards).toHaveLength(1);
    expect(found.hotShards[0]!.shardId).toBe('shardId-000000000001');
    expect(found.hotShards[0]!.share).toBeCloseTo(0.6, 9);
    expect(found.runs[1]!.summary.throttledRecords).toBeGreaterThan(600_000);
    const spread = { ...provisioned(4), hotKeys: [] };
    const { runs } = await run(client, { candidates: [spread] });
    expect(runs[0]!.summary.throttledRecords).toBe(0);
  });

  test('[KREP-20] scripted changes are told with when they were done or why they were refused', async () => {
    const changes = [
      { atMs: range.fromMs + 600_000, targetShards: 4 },
      { atMs: range.fromMs + 1_800_000, targetShards: 40 },
    ];
    const candidate = { ...provisioned(2), capacity: { mode: 'PROVISIONED' as const, shards: 2, changes } };
    const { runs } = await run(await recorded(), { candidates: [candidate] });
    expect(runs[0]!.changes).toMatchObject([
      { atMs: changes[0]!.atMs, fromShards: 2, targetShards: 4, doneAtMs: changes[0]!.atMs + 60_000, refusedBy: [] },
      { fromShards: 4, targetShards: 40, doneAtMs: null, refusedBy: ['moreThanDouble'] },
    ]);
    expect(runs[0]!.summary.throttledRecords).toBe(0);
  });

  test('[KREP-20] a scripted change outside the range is refused, not ignored', async () => {
    const changes = [{ atMs: range.toMs, targetShards: 4 }];
    const candidate = { ...provisioned(2), capacity: { mode: 'PROVISIONED' as const, shards: 2, changes } };
    await expect(run(await recorded(), { candidates: [candidate] })).rejects.toMatchObject({
      error: { code: 'RESHARD_OUTSIDE', params: { shards: 4 } },
    });
  });

  test('[KREP-27] on demand begins with double the peak that was recorded before the range', async () => {
    const client = await recorded({
      valueAt: (key, time) =>
        key.metricName === 'IncomingRecords' && time === end - 10_800 ? 6_000 * 60 : valueAt(key, time),
    });
    const { runs } = await run(client, { candidates: [onDemand] });
    expect(runs[0]!.columns.shards[0]).toBe(12);
  });

  it('a queue is no stream, and a stream without recorded writes says what is missing in both languages', async () => {
    const client = await recorded({ valueAt: () => undefined });
    await expect(run(client, { resourceId: orders.id })).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
    const refused = await run(client).then(
      () => null,
      (thrown) => thrown.error,
    );
    expect(refused).toMatchObject({ code: 'REPLAY_NEEDS', params: { resource: 'clicks' } });
    expect(phraseText('en', refused.params.missing)).toContain('IncomingRecords');
    expect(phraseText('ko', refused.params.missing)).toContain('IncomingRecords');
  });

  it('without a range: the newest day of the recording', async () => {
    const { range: found } = await run(await recorded(), { range: null });
    expect(found.toMs).toBe(end * 1_000);
    expect(found.fromMs).toBe((end - 86_400) * 1_000);
  });
});
