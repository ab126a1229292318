/** A recorded stream on other shards, through the contract. */
import { afterEach, expect, it } from 'vitest';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import { methods } from '../../../src/core/contract/methods.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import { createEngine } from '../../../src/engine/index.ts';
import { fakeAccount, queue, stream } from './fakeAws.ts';
import { engineOptions, manualTime } from './manualHost.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const startMs = Date.UTC(2026, 2, 2, 12, 0, 10);
const clicks = stream('clicks', 2);

/** 3,000 records a second tried of 100 bytes: two shards take 2,000 of them. */
function valueAt(key: SeriesKey): number | undefined {
  if (key.namespace !== 'AWS/Kinesis') return undefined;
  if (key.metricName.includes('Age')) return 0;
  if (key.metricName === 'WriteProvisionedThroughputExceeded') return 60_000;
  return key.metricName.endsWith('Bytes') ? 12_000_000 : key.metricName.endsWith('Records') ? 120_000 : 0;
}

async function recorded(values: (key: SeriesKey) => number | undefined = valueAt): Promise<Client> {
  const account = fakeAccount({ nowMs: startMs, resources: [clicks, queue('orders')], alarms: [], valueAt: values });
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
  return client;
}

const provisioned = (shards: number) => ({
  label: `${shards}`,
  capacity: { kind: 'provisioned' as const, shards, changes: [], rule: null },
});

it('[KREP-04] what was refused is offered again to the candidates; the deployed one comes first and agrees with the recording', async () => {
  const client = await recorded();
  const result = await client.call('replay.stream', {
    resourceId: clicks.id,
    range: null,
    candidates: [provisioned(3), provisioned(4)],
  });
  expect(methods['replay.stream'].output.safeParse(result).error).toBeUndefined();
  expect(result.deployed).toMatchObject({ mode: 'PROVISIONED', shards: 2 });
  expect(result.runs.map(({ label, summary }) => [label, Math.round(summary.refusedShare * 1000) / 1000])).toEqual([
    ['deployed', 0.333],
    ['3', 0],
    ['4', 0],
  ]);
  const minutes = result.runs[0]!.columns.times.length;
  expect(result.recorded.refusedRecords).toBe(60_000 * minutes);
  expect(result.runs[0]!.summary.refusedRecords).toBeCloseTo(60_000 * minutes, 0);
  expect(result.fidelity).toMatchObject({
    minutesCompared: minutes,
    throttledAgreeShare: 1,
    iteratorAgeMeanErrorSeconds: 0,
  });
  // A shard costs what prices.json says.
  expect(result.runs[2]!.summary.costUsd).toBeCloseTo(((4 * minutes) / 60) * 0.015, 9);
});

it('[KREP-01] a hot key is placed by its MD5', async () => {
  const client = await recorded();
  const asked = { resourceId: clicks.id, range: null, candidates: [provisioned(4)] };
  // MD5 of "a" begins with 0c: the first shard of any number up to 21.
  const result = await client.call('replay.stream', { ...asked, hotKeys: [{ key: 'a', share: 0.5 }] });
  // 1,500 of the key and 375 of the rest on a shard that takes 1,000.
  expect(result.runs[1]!.columns.refused[0]).toBeCloseTo(875 * 60, 3);
  await expect(
    client.call('replay.stream', {
      ...asked,
      hotKeys: [
        { key: 'a', share: 0.7 },
        { key: 'b', share: 0.7 },
      ],
    }),
  ).rejects.toMatchObject({ error: { code: 'POLICY_INVALID', params: { field: 'hotKeys' } } });
});

it('what is no stream, or was not recorded, is said', async () => {
  const client = await recorded();
  await expect(
    client.call('replay.stream', { resourceId: queue('orders').id, range: null, candidates: [] }),
  ).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  const empty = await recorded(() => undefined);
  await expect(
    empty.call('replay.stream', { resourceId: clicks.id, range: null, candidates: [] }),
  ).rejects.toMatchObject({
    error: { code: 'REPLAY_NEEDS' },
  });
});
