/**
 * The emulator as an independent plant: messages really sent and received on its virtual clock, recorded over the wire, the
 * deployed policy then replayed and held against the fleet that was recorded.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEngine } from '../../src/cli/host/engine.ts';
import { resourcesDir } from '../../src/cli/host/paths.ts';
import { hostTime } from '../../src/cli/host/time.ts';
import { callEngine } from '../../src/cli/session.ts';
import type { Fidelity } from '../../src/core/contract/shapes.ts';
import { parseScenario, type Scenario, startEmulator } from '../../src/emulator/index.ts';
import { variants } from './policies.ts';

export interface EmulatorRun {
  readonly policy: string;
  readonly seed: number;
  readonly fidelity: Fidelity;
  readonly actions: number;
}

export const firstSeed = 20260302;

const quiet = { language: 'en', print: () => {}, complain: () => {} } as const;

/** @param tell called after each run */
export async function emulatorRuns(seeds: number, tell: (run: EmulatorRun) => void): Promise<EmulatorRun[]> {
  const shipped = readScenario();
  const runs: EmulatorRun[] = [];
  for (const { name, of } of variants) {
    for (let at = 0; at < seeds; at++) {
      const run = await once(name, { ...of(shipped), seed: firstSeed + at });
      runs.push(run);
      tell(run);
    }
  }
  return runs;
}

async function once(policy: string, scenario: Scenario): Promise<EmulatorRun> {
  const { seed, startMs, durationMs } = scenario;
  const emulator = await startEmulator({ port: 0, seed, startMs, scenario, clock: 'stepped', hostTime });
  const engine = await startEngine(':memory:', 'cli', quiet);
  try {
    const recording = await engine.recordUnattended({
      connection: {
        name: policy,
        kind: 'emulator',
        region: 'us-east-1',
        endpoint: emulator.endpoint,
        credentials: { kind: 'static', accessKeyId: 'ACCURACY', secretAccessKey: 'accuracy' },
        pollIntervalSeconds: 60,
      },
      untilMs: startMs + durationMs,
    });
    const resourceId = recording.queueResourceId!;
    const range = { fromMs: recording.fromMs, toMs: recording.throughMs };
    const { deployed, assumptions } = await callEngine(engine, 'replay.defaults', { resourceId, range });
    const request = { resourceId, range, assumptions, setups: [deployed!] };
    const { fidelity, runs } = await callEngine(engine, 'replay.run', request);
    const actions = runs[0]!.decisions.filter(({ desiredBefore, desiredAfter }) => desiredBefore !== desiredAfter);
    return { policy, seed, fidelity: fidelity!, actions: actions.length };
  } finally {
    await engine.close();
    await emulator.stop();
  }
}

function readScenario(): Scenario {
  const file = path.join(resourcesDir, 'scenarios', 'flash-crowd.yaml');
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.value;
}

/** As a Markdown table: each policy's median and worst seed, then what it would be with the assumed delays. */
export function emulatorTable(runs: readonly EmulatorRun[]): string {
  const pct = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const cell = (of: readonly EmulatorRun[], read: (fidelity: Fidelity) => number | null | undefined): string => {
    const values = of.flatMap(({ fidelity }) => read(fidelity) ?? []).sort((a, b) => a - b);
    return values.length === 0 ? 'n/a' : `${pct(median(values))} (${pct(values[0]!)})`;
  };
  const worst = (of: readonly EmulatorRun[], read: (fidelity: Fidelity) => number | null): string => {
    const values = of.flatMap(({ fidelity }) => read(fidelity) ?? []).sort((a, b) => a - b);
    return values.length === 0 ? 'n/a' : `${median(values).toFixed(3)} (${values.at(-1)!.toFixed(3)})`;
  };
  const rows = [...new Set(runs.map(({ policy }) => policy))].map((policy) => {
    const of = runs.filter((run) => run.policy === policy);
    return [
      policy,
      of.length,
      median(of.map(({ actions }) => actions).sort((a, b) => a - b)),
      cell(of, ({ equalDesiredShare }) => equalDesiredShare),
      `${cell(of, ({ actionPrecision }) => actionPrecision)} / ${cell(of, ({ actionRecall }) => actionRecall)}`,
      worst(of, ({ backlogNrmse }) => backlogNrmse),
      worst(of, ({ ageNrmse }) => ageNrmse),
      cell(of, ({ withAssumedDelays }) => withAssumedDelays?.equalDesiredShare),
      `${cell(of, ({ withAssumedDelays }) => withAssumedDelays?.actionPrecision)} / ${cell(of, ({ withAssumedDelays }) => withAssumedDelays?.actionRecall)}`,
    ].join(' | ');
  });
  return [
    '| policy | seeds | actions | equal desired capacity | precision / recall | backlog nRMSE | age nRMSE | equal, assumed delays | precision / recall, assumed delays |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
