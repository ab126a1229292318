import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import { methods } from '../../../src/core/contract/methods.ts';
import { createEngine } from '../../../src/engine/index.ts';
import { fakeAccount } from './fakeAws.ts';
import { engineOptions, manualTime } from './manualHost.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function engineOn(file = ':memory:'): Promise<Client> {
  const engine = await createEngine(engineOptions(fakeAccount(), manualTime(Date.UTC(2026, 2, 2)), { file }));
  closing.push(() => engine.close());
  return createClient(engine);
}

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'spillway-traces-'));
  closing.push(async () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Three hours of 30 messages a minute with a burst of 300 in the second one; minute 5 is missing. */
const csv = [
  'timestamp,value',
  ...Array.from({ length: 180 }, (_, minute) => minute)
    .filter((minute) => minute !== 5)
    .map((minute) => {
      const at = new Date(Date.UTC(2025, 0, 1, 0, minute)).toISOString();
      return `${at},${minute >= 60 && minute < 75 ? 300 : 30}`;
    }),
  '',
].join('\n');

async function pushed(client: Client, text: string, options = {}): Promise<string> {
  const { importId } = await client.call('trace.begin', { fileName: 'shop.csv', options });
  // Pieces end anywhere, in the middle of a line too.
  for (let at = 0; at < text.length; at += 997) {
    await client.call('trace.push', { importId, text: text.slice(at, at + 997) });
  }
  return importId;
}

describe('import of a trace', () => {
  it('a file in pieces becomes a queue with its arrivals, and a replay of it needs nothing else', async () => {
    const client = await engineOn();
    const importId = await pushed(client, csv);
    const imported = await client.call('trace.finish', { importId, name: 'shop' });
    expect(methods['trace.finish'].output.safeParse(imported).error).toBeUndefined();
    expect(imported.report).toMatchObject({ rows: 179, periodSeconds: 60, chosen: 'value' });
    expect(imported.report.holes).toHaveLength(1);

    const resourceId = imported.queueResourceId!;
    const { row } = await client.call('resource.get', { resourceId });
    expect(row.name).toBe('shop');
    const defaults = await client.call('replay.defaults', { resourceId, range: null });
    expect(defaults.deployed).toBeNull();
    expect(defaults.suggestions).toHaveLength(2);
    expect(defaults.range).toEqual({ fromMs: Date.UTC(2025, 0, 1), toMs: Date.UTC(2025, 0, 1, 3) });
    const result = await client.call('replay.run', {
      resourceId,
      range: defaults.range,
      assumptions: defaults.assumptions,
      setups: defaults.suggestions,
    });
    expect(result.fidelity).toBeNull();
    expect(result.holes).toMatchObject([{ treatedAs: 'interpolated' }]);
    const [run] = result.runs;
    // 179 minutes are in the file; the missing one lies between two of 30.
    expect(run!.columns.arrivals.reduce((sum, sent) => sum + sent, 0)).toBe(30 * 165 + 300 * 15);
    expect(run!.summary.peakInstances).toBeGreaterThan(defaults.suggestions[0]!.group.minSize);
  });

  it('IMP: stamps without a zone are a question, and nothing is stored until it is answered', async () => {
    const client = await engineOn();
    const zoneless = csv.replaceAll('.000Z', '');
    const asked = await client.call('trace.finish', { importId: await pushed(client, zoneless), name: 'shop' });
    expect(asked.questions).toMatchObject([{ question: 'zone' }]);
    expect(asked.queueResourceId).toBeNull();
    expect(await client.call('connections.list', {})).toEqual([]);

    const importId = await pushed(client, zoneless, { zone: 'Asia/Seoul' });
    const { queueResourceId } = await client.call('trace.finish', { importId, name: 'shop' });
    const { range } = await client.call('replay.defaults', { resourceId: queueResourceId!, range: null });
    expect(range.fromMs).toBe(Date.UTC(2024, 11, 31, 15));
  });

  it('IMP-40 to IMP-42: a part of it, more of it, at another time', async () => {
    const client = await engineOn();
    const { queueResourceId } = await client.call('trace.finish', {
      importId: await pushed(client, csv),
      name: 'shop',
      change: {
        range: { fromMs: Date.UTC(2025, 0, 1, 1), toMs: Date.UTC(2025, 0, 1, 2) },
        factor: 2,
        shiftSeconds: 86_400,
      },
    });
    const range = { fromMs: Date.UTC(2025, 0, 2), toMs: Date.UTC(2025, 0, 3) };
    const [sent] = await client.call('series.get', {
      series: [{ resourceId: queueResourceId!, measure: 'sent' }],
      range,
      maxPoints: 4000,
    });
    expect(sent!.times[0]! * 1000).toBe(Date.UTC(2025, 0, 2, 1));
    expect(sent!.values.length).toBe(60);
    // Twice 300 a minute, shown per second.
    expect(sent!.values[0]).toBe(10);
  });

  it('a part without a datapoint is refused with the range of the file, and nothing remains', async () => {
    const client = await engineOn();
    const importId = await pushed(client, csv);
    const finish = client.call('trace.finish', {
      importId,
      name: 'shop',
      change: { range: { fromMs: 0, toMs: 60_000 } },
    });
    await expect(finish).rejects.toMatchObject({
      error: {
        code: 'TRACE_RANGE_EMPTY',
        params: { from: '2025-01-01T00:00:00.000Z', to: '2025-01-01T03:00:00.000Z' },
      },
    });
    expect(await client.call('connections.list', {})).toEqual([]);
  });

  it('what is broken is refused in its line; the import is gone and stored nothing', async () => {
    const client = await engineOn();
    const { importId } = await client.call('trace.begin', { fileName: 'shop.csv', options: {} });
    const text = 'timestamp,value\n2025-01-01T00:00:00Z,1\n2025-01-01T00:01:00Z,=cmd()\n';
    const outcome = await client
      .call('trace.push', { importId, text })
      .then(() => client.call('trace.finish', { importId, name: 'shop' }))
      .catch((thrown) => thrown);
    expect(outcome).toMatchObject({ error: { code: 'FILE_FIELD_INVALID', params: { file: 'shop.csv', line: 3 } } });
    await expect(client.call('trace.finish', { importId, name: 'shop' })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect((await client.call('overview.get', {})).rows).toEqual([]);
  });

  it('cancelled or only looked at: nothing is stored', async () => {
    const client = await engineOn();
    const cancelled = await pushed(client, csv);
    await client.call('trace.cancel', { importId: cancelled });
    await expect(client.call('trace.push', { importId: cancelled, text: 'x' })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    const looked = await client.call('trace.finish', { importId: await pushed(client, csv), name: null });
    expect(looked.report.rows).toBe(179);
    expect(looked.queueResourceId).toBeNull();
    expect(await client.call('connections.list', {})).toEqual([]);
  });

  it('a fifth import under way makes the oldest forgotten', async () => {
    const client = await engineOn();
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) {
      ids.push((await client.call('trace.begin', { fileName: 'x.csv', options: {} })).importId);
    }
    await expect(client.call('trace.push', { importId: ids[0]!, text: 'a' })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect(await client.call('trace.push', { importId: ids[1]!, text: 'time,value\n' })).toMatchObject({ rows: 0 });
  });

  it('stands still at its last minute, is there after a restart, and can be removed whole', async () => {
    const file = path.join(folder(), 'spillway.sqlite');
    const first = await engineOn(file);
    const { queueResourceId } = await first.call('trace.finish', { importId: await pushed(first, csv), name: 'shop' });
    await closing.pop()!();

    const again = await engineOn(file);
    const [status] = await again.call('connections.list', {});
    expect(status).toMatchObject({ kind: 'trace', name: 'shop', state: 'paused', nowMs: Date.UTC(2025, 0, 1, 3) });
    expect(status!.callsPerMinute).toEqual({});
    const defaults = await again.call('replay.defaults', { resourceId: queueResourceId!, range: null });
    expect(defaults.suggestions).toHaveLength(2);
    await again.call('connections.remove', { connectionId: status!.id });
    expect((await again.call('overview.get', {})).rows).toEqual([]);
    expect((await again.call('session.get', {})).storage.points).toBe(0);
  });

  it('each sample that travels along imports and gives setups to compare', async () => {
    const client = await engineOn();
    for (const { name } of await client.call('trace.samples', {})) {
      const { queueResourceId, questions } = await client.call('trace.importSample', { sample: name });
      expect(questions).toEqual([]);
      const { suggestions } = await client.call('replay.defaults', { resourceId: queueResourceId!, range: null });
      expect(suggestions, name).toHaveLength(2);
    }
    await expect(client.call('trace.importSample', { sample: '../prices' })).rejects.toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});
