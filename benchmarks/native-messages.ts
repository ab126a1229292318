/**
 * The per-message plant against a heap of events in C (benchmarks/native/messages.c) and against SimPy: M/M/20 at a load of 0.9.
 *
 * All three draw their own arrivals and service times; each mean wait is held against Erlang C, so that none is fast by doing less.
 * Ours runs as users get it: gauges, ages, receive counts and, in the second row, visibility timeouts, which the others do not
 * have. CPU time of one process after the other, interleaved. What is not installed is left out and said. Writes
 * benchmarks/results/native-messages.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exponential } from '../src/core/distributions/index.ts';
import { erlangC } from '../src/core/queueing/index.ts';
import { type Random, seededRandom } from '../src/core/time/random.ts';
import { MessagePlant } from '../src/replay/plants/perMessage/plant.ts';
import { machineLine, writeReport } from './lib/report.ts';

const MESSAGES = 1_000_000;
/** SimPy is two orders slower; its cost a message does not depend on how many there are. */
const SIMPY_MESSAGES = 100_000;
const SERVERS = 20;
const LAMBDA = 18;
const MU = 1;
const REPETITIONS = 15;
const WARM_UPS = 10;
const goals = { overC: 2.2, underSimPy: 40 };
const expectedWait = erlangC(LAMBDA / MU, SERVERS) / (SERVERS * MU - LAMBDA);

interface Outcome {
  readonly nsPerMessage: number;
  readonly meanWait: number;
  /** Of the program, when it says so. */
  readonly version?: string;
}

/** Each loop is a function of its own, which ends where it was compiled to end: one that went on would be compiled anew each time. */
function ours(seed: number, visibilityTimeoutSeconds: number): Outcome {
  const before = process.cpuUsage();
  const random = seededRandom(seed, 'native-messages');
  const plant = new MessagePlant({
    sentSeconds: drawArrivals(random.stream('arrivals')),
    queue: { visibilityTimeoutSeconds },
    work: { service: exponential(1 / MU) },
    instances: SERVERS,
    // As the closed loop has it.
    keepsSojourns: false,
    random,
  });
  runToTheEnd(plant);
  const waited = sum(plant.waitSeconds());
  const { user, system } = process.cpuUsage(before);
  return {
    nsPerMessage: ((user + system) * 1000) / MESSAGES,
    meanWait: waited / MESSAGES,
  };
}

/** A plain loop: a callback for each of a million waits would be measured with them. */
function sum(values: Float64Array): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index]!;
  return total;
}

function drawArrivals(random: Random): Float64Array {
  const between = exponential(1 / LAMBDA);
  const sentSeconds = new Float64Array(MESSAGES);
  let at = 0;
  for (let message = 0; message < MESSAGES; message++) {
    at += between.sample(random);
    sentSeconds[message] = at;
  }
  return sentSeconds;
}

/** Minute by minute, as the loop does. */
function runToTheEnd(plant: MessagePlant): void {
  for (let second = 60; plant.counts.deleted < MESSAGES; second += 60) {
    plant.beginMinute();
    plant.advance(second);
  }
}

function program(command: string, words: readonly string[], messages: number, seed: number): Outcome | null {
  const { stdout, status } = spawnSync(
    command,
    [...words, String(messages), String(LAMBDA), String(MU), String(SERVERS), String(seed)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) return null;
  const [ms, meanWait, version] = stdout.trim().split(' ');
  const outcome = { nsPerMessage: (Number(ms) * 1e6) / messages, meanWait: Number(meanWait) };
  return version === undefined ? outcome : { ...outcome, version };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

const folder = mkdtempSync(path.join(tmpdir(), 'spillway-native-'));
const binary = path.join(folder, 'messages');
const file = (name: string) => fileURLToPath(new URL(`./native/${name}`, import.meta.url));
const built = spawnSync('gcc', ['-O3', '-march=native', '-o', binary, file('messages.c'), '-lm'], { encoding: 'utf8' });
const python = ['/usr/bin/python3', 'python3'].find(
  (one) => spawnSync(one, ['-c', 'try:\n import simpy\nexcept ImportError:\n import SimPy.Simulation']).status === 0,
);
if (built.status !== 0) console.log('gcc is missing: the heap in C is left out.');
if (python === undefined)
  console.log(
    'A Python with simpy is missing (Debian: python3-simpy3, or python3-simpy for SimPy 2): SimPy is left out.',
  );

const variants = {
  'ours, no timeouts': (seed: number) => ours(seed, Number.POSITIVE_INFINITY),
  'ours, visibility timeout 60 s': (seed: number) => ours(seed, 60),
  ...(built.status === 0 ? { 'C heap': (seed: number) => program(binary, [], MESSAGES, seed) } : {}),
  ...(python === undefined
    ? {}
    : { SimPy: (seed: number) => program(python, [file('messages.py')], SIMPY_MESSAGES, seed) }),
};
const names = Object.keys(variants) as (keyof typeof variants)[];
const outcomes = new Map<string, Outcome[]>(names.map((name) => [name, []]));
for (let warm = 0; warm < WARM_UPS; warm++) ours(99 + warm, warm % 2 === 0 ? 60 : Number.POSITIVE_INFINITY);
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + repetition) % names.length]!;
    const outcome = variants[name]!(repetition + 1);
    if (outcome !== null) outcomes.get(name)!.push(outcome);
  }
}
rmSync(folder, { recursive: true });

const ratiosTo = (name: string, base: string): number[] => {
  const bases = outcomes.get(base) ?? [];
  return (outcomes.get(name) ?? []).flatMap((one, at) =>
    bases[at] === undefined ? [] : [one.nsPerMessage / bases[at].nsPerMessage],
  );
};
const told = (ratios: readonly number[], digits: number) =>
  ratios.length === 0 ? 'n/a' : `${median(ratios).toFixed(digits)} (${spread(ratios, digits)})`;
const rows = names.map((name) => {
  const found = outcomes.get(name)!;
  const ns = found.map(({ nsPerMessage }) => nsPerMessage);
  const wait = median(found.map(({ meanWait }) => meanWait));
  return `| ${name} | ${median(ns).toFixed(0)} ns (${spread(ns, 0)}) | ${told(ratiosTo(name, 'C heap'), 2)} | ${wait.toFixed(3)} s |`;
});
const overC = ratiosTo('ours, no timeouts', 'C heap');
const underSimPy = ratiosTo('SimPy', 'ours, no timeouts');
const met = (holds: boolean) => (holds ? 'met' : 'not met');
const cMet = overC.length > 0 && median(overC) <= goals.overC;
const simPyMet = underSimPy.length > 0 && median(underSimPy) >= goals.underSimPy;
const report = `# The per-message plant against C and SimPy

M/M/${SERVERS}, load ${LAMBDA / (SERVERS * MU)}, ${MESSAGES.toLocaleString('en')} messages (SimPy ${SIMPY_MESSAGES.toLocaleString('en')}), CPU time, ${REPETITIONS} interleaved repetitions: median (least to most).

| | a message | ratio to C | mean wait (Erlang C: ${expectedWait.toFixed(3)} s) |
|---|---:|---:|---:|
${rows.join('\n')}

Ours to C: ${told(overC, 2)}, goal at most ${goals.overC}: ${met(cMet)}. SimPy to ours: ${told(underSimPy, 0)}, goal at least ${goals.underSimPy}: ${met(simPyMet)}.

C keeps a heap and a line, nothing else. Ours keeps, for every message, when it was sent and how long it waited, its state and receives, and, at every event,
the gauges' integrals, largest and least values and the age of the oldest message.

After ${WARM_UPS} warm-up runs. SimPy ${outcomes.get('SimPy')?.[0]?.version ?? '(missing)'}.

${machineLine('native-messages', 'gcc -O3 -march=native')}
`;
writeReport('native-messages', report);
process.exitCode = cMet && simPyMet ? 0 : 1;
