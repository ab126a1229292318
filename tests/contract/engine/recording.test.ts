import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { seriesToPoll } from '../../../src/core/metrics.ts';
import { seriesKeyText } from '../../../src/core/model/series.ts';
import { readPoints } from '../../../src/emulator/cloudwatch/metricStore.ts';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { openStore, type Store } from '../../../src/storage/index.ts';
import { connectionTo, createStage, readScenario } from './stage.ts';

const stage = createStage();
afterEach(() => stage.close());

const scenario = readScenario('tests/contract/engine/shortCrowd.yaml');
const minutes = (count: number): number => scenario.startMs + count * 60_000;

/** Everything stored, against what the emulator itself holds. */
function compareWithEmulator(store: Store, { cloud, world }: RunningEmulator): { series: number; points: number } {
  const { store: metrics } = cloud.home.cloudWatch;
  let series = 0;
  let points = 0;
  for (const resource of store.resources()) {
    for (const key of seriesToPoll(resource)) {
      const truth = readPoints(metrics, metrics.find(key), {
        statistic: key.statistic,
        periodSeconds: key.periodSeconds,
        startMs: scenario.startMs - 86_400_000,
        endMs: world.nowMs(),
        asOfMs: world.nowMs(),
      });
      const stored = store.points(key, 0, 1e11);
      expect([...stored.times], seriesKeyText(key)).toEqual(truth.timesMs.map((timeMs) => timeMs / 1000));
      expect([...stored.values], seriesKeyText(key)).toEqual(truth.values);
      series++;
      points += stored.times.length;
    }
  }
  return { series, points };
}

describe('recording an emulator over the wire', () => {
  it('a restart in mid-crowd and an hour without recording lose nothing and double nothing', async () => {
    const file = join(stage.folder(), 'recording.sqlite');
    const emulator = await stage.emulator(scenario);
    const connection = connectionTo(emulator);

    const first = await stage.engine(file);
    await first.engine.recordUnattended({ connection, untilMs: minutes(50) });
    await first.engine.close();

    // Nobody records while the crowd goes on.
    await emulator.advanceTo(minutes(110));

    const second = await stage.engine(file);
    const recorded = await second.engine.recordUnattended({ connection, untilMs: minutes(180) });
    expect(recorded.connectionId).toBe('c1');
    const events = await second.client.call('events.list', { range: { fromMs: 0, toMs: minutes(999) } });
    await second.engine.close();

    const store = openStore(file, { nowMs: 0 });
    const { series, points } = compareWithEmulator(store, emulator);
    store.close();
    // Two queues (with what fair ones have), a group, and a stream with two shards; three hours each.
    expect(series).toBe(2 * (8 + 5) + 2 + 7 + 2 * 7);
    expect(points).toBeGreaterThan(20 * 175);

    const { alarms, history } = emulator.cloud.home.cloudWatch;
    expect(alarms.size).toBe(2);
    const changes = events.filter(({ kind }) => kind === 'alarm-state');
    const emulated = history.items().filter(({ type }) => type === 'StateUpdate');
    expect(changes.length).toBe(emulated.length);
    expect(changes.length).toBeGreaterThan(3);
    const activities = events.filter(({ kind }) => kind === 'scaling-activity');
    expect(new Set(activities.map(({ sourceId }) => sourceId)).size).toBe(activities.length);
    expect(activities.length).toBeGreaterThan(3);
    expect(
      events.filter(({ kind }) => kind === 'recorder').map(({ data, atMs, endMs }) => [data.what, atMs, endMs]),
    ).toEqual([
      ['started', minutes(0), null],
      ['gap', minutes(50), minutes(110)],
    ]);
  });

  it('two recordings with one seed, replayed and exported: the same bytes', async () => {
    const texts: string[][] = [];
    for (let run = 0; run < 2; run++) {
      const emulator = await stage.emulator(scenario);
      const { engine, client } = await stage.engine(':memory:');
      const { queueResourceId, streamResourceId, fromMs, throughMs } = await engine.recordUnattended({
        connection: connectionTo(emulator),
        untilMs: minutes(120),
      });
      const range = { fromMs, toMs: throughMs };
      const resourceId = queueResourceId!;
      const { deployed, suggestions, assumptions } = await client.call('replay.defaults', { resourceId, range });
      const replay = { resourceId, range, assumptions, setups: [deployed!, ...suggestions] };
      const exported = async (format: 'markdown' | 'json' | 'html', language: 'en' | 'ko'): Promise<string> => {
        const asked = {
          resourceIds: [resourceId, streamResourceId!],
          range,
          format,
          language,
          timeZone: 'Asia/Seoul',
          title: 'Crowd',
          replay,
        };
        const file = await client.call('timeline.export', asked);
        expect((await client.call('timeline.export', asked)).text).toBe(file.text);
        return file.text;
      };
      texts.push([
        await exported('markdown', 'en'),
        await exported('markdown', 'ko'),
        await exported('json', 'en'),
        await exported('html', 'ko'),
      ]);
      await stage.close();
    }
    expect(texts[0]!.every((text) => text.length > 5000)).toBe(true);
    expect(texts[1]).toEqual(texts[0]);
  });
});
