/**
 * Twenty-four simulated hours of the demo scenario in virtual time, without recording: how many times faster than real time.
 *
 * Parts are told apart by leaving them out: the same day without the stream, and the same day without load. All variants
 * run interleaved in one process, so the machine's mood hits all of them. Writes benchmarks/results/demo-scenario.md.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCloud, createWorld, parseScenario, type Scenario } from '../src/emulator/index.ts';
import { applyScenario } from '../src/emulator/scenarios/index.ts';
import { machineLine, writeReport } from './lib/report.ts';

const REPETITIONS = 7;
const GOAL = 2_000;

const file = 'resources/scenarios/flash-crowd.yaml';
const parsed = parseScenario(readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8'), file);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
const whole: Scenario = parsed.value;
const withoutStream: Scenario = { ...whole, streams: [] };
const withoutLoad: Scenario = {
  ...withoutStream,
  queues: whole.queues.map((queue) => ({ ...queue, producer: null })),
};

interface Played {
  readonly ms: number;
  readonly messages: number;
  readonly activities: number;
  readonly alarmItems: number;
  readonly metrics: number;
}

function play(scenario: Scenario): Played {
  const started = process.hrtime.bigint();
  const world = createWorld({ startMs: scenario.startMs, seed: scenario.seed });
  const cloud = createCloud({ world, accountId: '000000000000', region: 'us-east-1' });
  applyScenario(cloud, scenario);
  world.advanceTo(scenario.startMs + scenario.durationMs);
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  const { autoScaling, cloudWatch } = cloud.home;
  const sent = cloudWatch.store.find({
    namespace: 'AWS/SQS',
    metricName: 'NumberOfMessagesSent',
    dimensions: { QueueName: 'orders' },
  });
  const minutes = scenario.startMs / 60_000;
  return {
    ms,
    messages: sent?.collect(minutes, minutes + scenario.durationMs / 60_000)?.sum ?? 0,
    activities: autoScaling.activities.length,
    alarmItems: cloudWatch.history.items().length,
    metrics: [...cloudWatch.store.all()].filter((series) => series.newestMinute() !== null).length,
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} ms`;

const cold = play(whole);
const times = { whole: [] as number[], withoutStream: [] as number[], withoutLoad: [] as number[] };
let last = cold;
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  last = play(whole);
  times.whole.push(last.ms);
  times.withoutStream.push(play(withoutStream).ms);
  times.withoutLoad.push(play(withoutLoad).ms);
}
const all = median(times.whole);
const noStream = median(times.withoutStream);
const idle = median(times.withoutLoad);
const ratio = whole.durationMs / all;
const percent = (ms: number): string => `${((100 * ms) / all).toFixed(0)} %`;
const report = `# The demo's day in virtual time

${whole.durationMs / 3_600_000} simulated hours of \`${file}\`: ${last.messages.toLocaleString('en')} messages sent, received and deleted, ${last.activities} scaling
activities, ${last.alarmItems} alarm history items, ${last.metrics} metrics. In process, no wire, no recording.

| | median | ${REPETITIONS} interleaved runs | share |
|---|---:|---:|---:|
| the whole day | ${all.toFixed(0)} ms | ${spread(times.whole)} | 100 % |
| queue, producers and fleet (without the stream, less idle) | ${(noStream - idle).toFixed(0)} ms | | ${percent(noStream - idle)} |
| the stream (whole, less the day without it) | ${(all - noStream).toFixed(0)} ms | | ${percent(all - noStream)} |
| idle: long polls, metrics, alarms, group | ${idle.toFixed(0)} ms | ${spread(times.withoutLoad)} | ${percent(idle)} |
| very first run of the process, nothing compiled | ${cold.ms.toFixed(0)} ms | | |
| **times faster than real time** | **${Math.round(ratio).toLocaleString('en')}** | ${Math.round(whole.durationMs / Math.max(...times.whole)).toLocaleString('en')} to ${Math.round(whole.durationMs / Math.min(...times.whole)).toLocaleString('en')} | |

Goal: at least ${GOAL.toLocaleString('en')} times real time. ${ratio >= GOAL ? 'Met.' : 'Not met.'}

${machineLine('demo-scenario')}
`;
writeReport('demo-scenario', report);
process.exitCode = ratio >= GOAL ? 0 : 1;
