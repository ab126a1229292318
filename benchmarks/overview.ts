/**
 * The first screens on a month of recording: overview.get, series.get and shards.heatmap over 200 resources and 30 days.
 *
 * Opens the database as a start of the app does, so the first figure includes what opening costs. Writes
 * benchmarks/results/overview.md. Run with a folder as argument to keep the database there.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '../src/core/contract/client.ts';
import { createEngine } from '../src/engine/index.ts';
import { openStore } from '../src/storage/index.ts';
import { makeRecording } from './lib/recording.ts';
import { machineLine, writeReport } from './lib/report.ts';

const resources = 200;
const days = 30;
const repetitions = 30;
const endMs = Date.UTC(2026, 2, 31, 13, 30);

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'spillway-overview-'));
mkdirSync(folder, { recursive: true });
const file = join(folder, 'recording.sqlite');
rmSync(file, { force: true });

const store = openStore(file, { nowMs: endMs });
const madeFrom = performance.now();
const made = makeRecording(store, { resources, days, seed: 1, endMs });
const madeMs = performance.now() - madeFrom;
const { bytes, series } = store.stats();
store.close();

const openedFrom = performance.now();
const engine = await createEngine({
  file,
  host: {
    startEmulator() {
      throw new Error('no emulator here');
    },
  },
  // A host that does not start polling: only reading is measured.
  hostKind: 'cli',
  hostTime: { nowMs: () => endMs, setTimer: () => () => {} },
  resourcesDir: fileURLToPath(new URL('../resources', import.meta.url)),
  version: 'benchmark',
  timeZone: 'UTC',
});
const client = createClient(engine);
const openedMs = performance.now() - openedFrom;
await client.call('overview.get', {});
const firstMs = performance.now() - openedFrom;

const range = { fromMs: made.fromMs, toMs: made.toMs };
const lastDay = { fromMs: made.toMs - 86_400_000, toMs: made.toMs };
const wanted = (['depth', 'age', 'sent', 'deleted', 'desired', 'inService'] as const).map((measure) => ({
  resourceId: made.queueId,
  measure,
}));
const rows = [
  await measure('overview.get, 200 resources', () => client.call('overview.get', {})),
  await measure('series.get, 6 series of a queue, last day', () =>
    client.call('series.get', { series: wanted, range: lastDay, maxPoints: 800 }),
  ),
  await measure('series.get, 6 series of a queue, 30 days', () =>
    client.call('series.get', { series: wanted, range, maxPoints: 800 }),
  ),
  await measure('shards.heatmap, 4 shards, last day', () =>
    client.call('shards.heatmap', { resourceId: made.streamId!, range: lastDay, measure: 'bytes', maxBuckets: 96 }),
  ),
];
await engine.close();
if (process.argv[2] === undefined) rmSync(folder, { recursive: true });

async function measure(name: string, run: () => Promise<unknown>): Promise<string> {
  for (let warmUp = 0; warmUp < 5; warmUp++) await run();
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const from = performance.now();
    await run();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.round(share * (times.length - 1))]!.toFixed(1);
  return `| ${name} | ${at(0.5)} | ${at(0.25)} to ${at(0.75)} | ${at(1)} |`;
}

const text = `# First screens on a month of recording

${resources} resources, ${days} days, ${series} series, ${(made.points / 1e6).toFixed(1)} million points, ${(bytes / 1e6).toFixed(0)} MB on disk
(made in ${(madeMs / 1000).toFixed(1)} s). ${repetitions} repetitions after 5 warm-ups.

| Question | Median ms | Middle half | Slowest |
|---|---:|---:|---:|
${rows.join('\n')}

Opening the engine on this file: ${openedMs.toFixed(0)} ms; until the first overview is answered: ${firstMs.toFixed(0)} ms.

Goals: the overview in well under 100 ms; the first window with data in under 2 s, of which this is the engine's part.

${machineLine('overview')}
`;
writeReport('overview', text);
