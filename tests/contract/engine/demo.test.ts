import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/core/contract/client.ts';
import type { DemoStatus } from '../../../src/core/contract/shapes.ts';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { connectionTo, createStage, readScenario } from './stage.ts';

const stage = createStage();
afterEach(() => stage.close());

const scenario = readScenario('resources/scenarios/flash-crowd.yaml');

async function withDemo(file: string) {
  const emulators: RunningEmulator[] = [];
  const started: string[] = [];
  let stopped = 0;
  const { engine, client } = await stage.engine(file, {
    hostKind: 'serve',
    host: {
      async startEmulator(name) {
        started.push(name);
        const running = await stage.emulator(scenario);
        emulators.push(running);
        return {
          endpoint: running.endpoint,
          async stop() {
            stopped++;
            await running.stop();
          },
        };
      },
    },
  });
  return { engine, client, emulators, started, stopped: () => stopped };
}

/** Resolves with the first status that fits. */
function until(client: Client, fits: (status: DemoStatus) => boolean): Promise<DemoStatus> {
  return new Promise((resolve) => {
    client.on('demo', (status) => {
      if (fits(status)) resolve(status);
    });
  });
}

describe('UX-85 the demo', () => {
  it('prepares half a crowd of history over the wire, in its own file, and goes away in one action', async () => {
    const folder = stage.folder();
    const { client, emulators, started, stopped } = await withDemo(join(folder, 'main.sqlite'));
    expect(await client.call('demo.status', {})).toMatchObject({ running: false, preparing: false });
    const progress: number[] = [];
    client.on('demo', (status) => progress.push(status.progress));
    const ready = until(client, ({ preparing, running }) => running && !preparing);

    expect(await client.call('demo.start', { speed: 0 })).toMatchObject({ running: true, preparing: true });
    const status = await ready;
    expect(started).toEqual(['flash-crowd']);
    expect(status).toMatchObject({ connectionId: 'demo', progress: 1 });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(10);
    expect(emulators[0]!.world.nowMs()).toBe(scenario.startMs + 7.5 * 3_600_000);

    expect(await client.call('connections.list', {})).toMatchObject([
      { id: 'demo', kind: 'demo', state: 'live', speed: 0, nowMs: emulators[0]!.world.nowMs(), error: null },
    ]);
    const { rows } = await client.call('overview.get', {});
    expect(rows[0]).toMatchObject({ name: 'orders', trend: 'growing', alarm: { state: 'ALARM' } });
    const detail = await client.call('resource.get', { resourceId: status.queueResourceId! });
    expect(detail.group).toMatchObject({ name: 'orders-workers' });
    const [depth] = await client.call('series.get', {
      series: [{ resourceId: status.queueResourceId!, measure: 'depth' }],
      range: { fromMs: scenario.startMs, toMs: scenario.startMs + 86_400_000 },
      maxPoints: 4000,
    });
    expect(depth!.times.length).toBe(449);
    const heatmap = await client.call('shards.heatmap', {
      resourceId: status.streamResourceId!,
      range: { fromMs: scenario.startMs, toMs: scenario.startMs + 7.5 * 3_600_000 },
      measure: 'bytes',
      maxBuckets: 100,
    });
    expect(heatmap.hotShardIds).toHaveLength(1);

    // Nothing of it is in the user's own database.
    expect((await client.call('session.get', {})).storage).toMatchObject({ points: 0, events: 0 });
    expect(readdirSync(folder)).toContain('spillway-demo.sqlite');

    expect(await client.call('demo.remove', {})).toMatchObject({ running: false, connectionId: null });
    expect(stopped()).toBe(1);
    expect(existsSync(join(folder, 'spillway-demo.sqlite'))).toBe(false);
    expect(await client.call('connections.list', {})).toEqual([]);
    expect((await client.call('overview.get', {})).rows).toEqual([]);
  });

  it('goes on at the wanted speed and is recorded live', async () => {
    const { client, emulators } = await withDemo(':memory:');
    const ready = until(client, ({ preparing, running }) => running && !preparing);
    await client.call('demo.start', { speed: 0 });
    await ready;
    const before = emulators[0]!.world.nowMs();
    const recorded = new Promise<number>((resolve) => {
      client.on('recorded', ({ connectionId, throughMs }) => {
        if (connectionId === 'demo' && throughMs >= before + 120_000) resolve(throughMs);
      });
    });
    await client.call('demo.setSpeed', { speed: 600 });
    expect(await recorded).toBeGreaterThan(before);
    expect(await client.call('connections.list', {})).toMatchObject([{ state: 'live', speed: 600 }]);
    await client.call('demo.remove', {});
  });

  it('removed while it is being prepared, and started again, it works', async () => {
    const { client, emulators, stopped } = await withDemo(':memory:');
    const begun = until(client, ({ progress }) => progress > 0.1);
    await client.call('demo.start', { speed: 0 });
    await begun;
    await client.call('demo.remove', {});
    expect(stopped()).toBe(1);
    const ready = until(client, ({ preparing, running }) => running && !preparing);
    await client.call('demo.start', { speed: 0 });
    await ready;
    expect(emulators).toHaveLength(2);
    expect((await client.call('overview.get', {})).rows.map(({ name }) => name).sort()).toEqual([
      'clicks',
      'orders',
      'orders-dlq',
    ]);
  });

  it('an emulator that does not start is an error value, and leaves nothing behind', async () => {
    const { client } = await stage.engine(':memory:', { hostKind: 'serve' });
    await expect(client.call('demo.start', {})).rejects.toMatchObject({ error: { code: 'INTERNAL' } });
    expect(await client.call('demo.status', {})).toMatchObject({ running: false, preparing: false });
  });
});

describe('replaying the deployed policy on the demo', () => {
  it('reproduces the recorded fleet of a night and the crowd', async () => {
    const emulator = await stage.emulator(scenario);
    const { engine, client } = await stage.engine(':memory:');
    const { queueResourceId, fromMs, throughMs } = await engine.recordUnattended({
      connection: connectionTo(emulator),
      untilMs: scenario.startMs + 12 * 3_600_000,
    });
    const resourceId = queueResourceId!;
    const range = { fromMs, toMs: throughMs };
    const { deployed, assumptions, calibration } = await client.call('replay.defaults', { resourceId, range });
    expect(calibration.missing).toEqual([]);
    const result = await client.call('replay.run', { resourceId, range, assumptions, setups: [deployed!] });
    // FID-11: with the delays the fleet really had, the deployed policy does what it did.
    expect(result.fidelity!.equalDesiredShare).toBeGreaterThan(0.97);
    expect(result.fidelity!.actionPrecision).toBeGreaterThan(0.95);
    expect(result.fidelity!.actionRecall).toBeGreaterThan(0.95);
    expect(result.fidelity!.backlogNrmse!).toBeLessThan(0.02);
    expect(Math.abs(result.fidelity!.costErrorShare!)).toBeLessThan(0.05);
    expect(result.holes).toEqual([]);
  });
});
