/**
 * The whole `spillway demo`: 24 simulated hours played in one process, recorded over the wire by another, replayed three
 * times, exported three times. How many times faster than real time, and what each part takes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulatorProcess } from '../src/cli/host/emulatorProcess.ts';
import { startEngine } from '../src/cli/host/engine.ts';
import { callEngine } from '../src/cli/session.ts';
import { machineLine, writeReport } from './lib/report.ts';

const REPETITIONS = 5;
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-03-02T00:00:00Z');

interface Parts {
  start: number;
  record: number;
  replay: number;
  export: number;
  total: number;
}

/** A fresh folder gives nothing to complain about. */
const quiet = { language: 'en', print: () => {}, complain: () => {} } as const;

async function once(): Promise<Parts> {
  const folder = mkdtempSync(path.join(tmpdir(), 'spillway-bench-'));
  const began = performance.now();
  const emulator = await startEmulatorProcess('flash-crowd');
  const engine = await startEngine(path.join(folder, 'recording.sqlite'), 'cli', quiet);
  try {
    const started = performance.now();
    const recording = await engine.recordUnattended({
      connection: {
        name: 'bench',
        kind: 'emulator',
        region: 'us-east-1',
        endpoint: emulator.endpoint,
        credentials: { kind: 'static', accessKeyId: 'SPILLWAYDEMO', secretAccessKey: 'demo' },
        pollIntervalSeconds: 60,
      },
      untilMs: START_MS + DAY_MS,
    });
    const recorded = performance.now();
    const resourceId = recording.queueResourceId!;
    const range = { fromMs: recording.fromMs, toMs: recording.throughMs };
    const { deployed, suggestions, assumptions } = await callEngine(engine, 'replay.defaults', { resourceId, range });
    const request = { resourceId, range, assumptions, setups: [deployed!, ...suggestions] };
    await callEngine(engine, 'replay.run', request);
    const replayed = performance.now();
    for (const format of ['markdown', 'json', 'html'] as const) {
      await callEngine(engine, 'timeline.export', {
        resourceIds: [resourceId, recording.streamResourceId!],
        range,
        format,
        language: 'en',
        timeZone: 'UTC',
        title: 'bench',
        replay: request,
      });
    }
    const exported = performance.now();
    return {
      start: started - began,
      record: recorded - started,
      replay: replayed - recorded,
      export: exported - replayed,
      total: exported - began,
    };
  } finally {
    await engine.close();
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const runs: Parts[] = [];
for (let run = 0; run < REPETITIONS; run++) runs.push(await once());

const sorted = (part: keyof Parts): number[] => runs.map((run) => run[part]).sort((a, b) => a - b);
const median = (part: keyof Parts): number => sorted(part)[Math.floor(REPETITIONS / 2)]!;
const row = (name: string, part: keyof Parts): string => {
  const all = sorted(part);
  const share = ((median(part) / median('total')) * 100).toFixed(0);
  return `| ${name} | ${median(part).toFixed(0)} ms | ${all[0]!.toFixed(0)} to ${all.at(-1)!.toFixed(0)} ms | ${share} % |`;
};
const speed = DAY_MS / median('total');
const text = `# The whole demo: played, recorded, replayed, exported

24 simulated hours of \`resources/scenarios/flash-crowd.yaml\`; emulator in one process, engine in another, the AWS SDK between.
A poll every five virtual minutes. ${REPETITIONS} runs.

| part | median | all runs | share |
|---|---:|---:|---:|
${row('start both processes', 'start')}
${row('play and record over the wire', 'record')}
${row('defaults, three setups replayed', 'replay')}
${row('three exports, each with the replay', 'export')}
${row('**all of it**', 'total')}

**${Math.round(speed).toLocaleString('en')} times faster than real time.** Goal: at least 2,000. ${speed >= 2000 ? 'Met' : 'Not met'}.

${machineLine('demo-recorded')}
`;
writeReport('demo-recorded', text);
