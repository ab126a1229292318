/**
 * The closed loop against the same loop in C (benchmarks/native/replay.c, gcc -O3): columns and decisions must agree to the last bit,
 * then both are timed interleaved, on a week and on a year of minutes.
 *
 * Two setups: a plain pair of step policies; and one that uses all the loop has for step policies of a group (alarms of several periods,
 * measures and treatments of missing data, percent and exact adjustments, several policies on one alarm, minutes nothing was
 * published in). Without gcc it says so and measures nothing. Writes benchmarks/results/native-replay.md.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingCode, operatorCode } from '../src/core/alarms/codes.ts';
import { evaluationRangeLength } from '../src/core/alarms/evaluate.ts';
import type { ReplayAlarm, ReplayRun, ReplaySetup } from '../src/core/contract/shapes.ts';
import { adjustmentTypes, aggregationTypes, blockedReasons } from '../src/core/scaling/codes.ts';
import { effectiveWarmupSeconds } from '../src/core/scaling/warmup.ts';
import { seededRandom } from '../src/core/time/random.ts';
import { type ReplayInput, runReplay } from '../src/replay/index.ts';
import { machineLine, writeReport } from './lib/report.ts';

const DAY = 1440;
const REPETITIONS = 21;
const WARM_UPS = 60;
const goals = { plain: 1.35, everything: 2 } as const;

type Step = ReplaySetup['policies'][number]['policy']['steps'][number];
const policy = (
  name: string,
  steps: Step[],
  over: Partial<ReplaySetup['policies'][number]['policy']> = {},
): ReplaySetup['policies'][number]['policy'] => ({
  name,
  adjustmentType: 'ChangeInCapacity',
  steps,
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: 120,
  enabled: true,
  ...over,
});
const alarm = (name: string, over: Partial<ReplayAlarm>): ReplayAlarm => ({
  name,
  measure: 'depth',
  statistic: 'Average',
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: 100,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
  phaseSeconds: 12,
  ...over,
});
const less = { comparisonOperator: 'LessThanThreshold', evaluationPeriods: 15, datapointsToAlarm: 15 } as const;
const group = { minSize: 2, maxSize: 60, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 300 };
const threeSteps: Step[] = [
  { lowerBound: 0, upperBound: 900, adjustment: 2 },
  { lowerBound: 900, upperBound: 4900, adjustment: 5 },
  { lowerBound: 4900, upperBound: null, adjustment: 10 },
];
const oneLess: Step[] = [{ lowerBound: null, upperBound: 0, adjustment: -1 }];

const plain: ReplaySetup = {
  label: 'plain',
  group,
  policies: [
    { policy: policy('out', threeSteps), alarm: alarm('high', {}) },
    { policy: policy('in', oneLess), alarm: alarm('low', { ...less, threshold: 20, phaseSeconds: 47 }) },
  ],
};
const old = alarm('old', {
  measure: 'age',
  statistic: 'Maximum',
  threshold: 120,
  phaseSeconds: 12,
  treatMissingData: 'notBreaching',
});
const everything: ReplaySetup = {
  label: 'everything',
  group: { ...group, defaultInstanceWarmupSeconds: 180 },
  policies: [
    { policy: policy('out', threeSteps), alarm: alarm('high', {}) },
    {
      policy: policy('percent', [{ lowerBound: 0, upperBound: null, adjustment: 20 }], {
        adjustmentType: 'PercentChangeInCapacity',
        minAdjustmentMagnitude: 2,
        metricAggregationType: 'Maximum',
        estimatedInstanceWarmupSeconds: null,
      }),
      alarm: old,
    },
    {
      policy: policy('at-least-12', [{ lowerBound: 400, upperBound: null, adjustment: 12 }], {
        adjustmentType: 'ExactCapacity',
      }),
      alarm: old,
    },
    {
      policy: policy('each', [{ lowerBound: 0, upperBound: null, adjustment: 3 }]),
      alarm: alarm('per-instance', {
        measure: 'backlogPerInstance',
        periodSeconds: 300,
        evaluationPeriods: 2,
        threshold: 60,
        phaseSeconds: 33,
      }),
    },
    {
      policy: policy('in', oneLess),
      alarm: alarm('low', { ...less, threshold: 20, phaseSeconds: 47, treatMissingData: 'ignore' }),
    },
    {
      policy: policy('quiet', [{ lowerBound: null, upperBound: 0, adjustment: -10 }], {
        adjustmentType: 'PercentChangeInCapacity',
      }),
      alarm: alarm('quiet', {
        ...less,
        measure: 'sent',
        statistic: 'Sum',
        periodSeconds: 120,
        threshold: 900,
        phaseSeconds: 47,
        treatMissingData: 'breaching',
      }),
    },
  ],
};

/** Daily waves with noise and an hour-long flash crowd each day, so that policies really work. */
function inputOf(setup: ReplaySetup, minutes: number): ReplayInput {
  const random = seededRandom(7, 'native-replay');
  const arrivals = Float64Array.from({ length: minutes }, (_, minute) => {
    const hour = (minute / 60) % 24;
    const wave = 600 + 400 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
    return Math.round(wave * (0.9 + 0.2 * random.next()) + (hour >= 19 && hour < 20 ? 1800 : 0));
  });
  return {
    arrivals,
    startSeconds: 1_772_409_600,
    initial: setup === plain ? { backlog: 0, inService: 10 } : { backlog: 700, oldestAgeSeconds: 90, inService: 10 },
    setup,
    assumptions: {
      throughputPerInstancePerMinute: 60,
      launchDelaySeconds: 95,
      terminateDelaySeconds: 30,
      metricDelaySeconds: 60,
      evaluationRangeExtra: 2,
      ageGoalSeconds: 300,
      pricePerInstanceHourUsd: 0.1,
      arrivalFactor: 1,
    },
    options: setup === plain ? {} : { unpublished: Uint8Array.from(arrivals, () => Number(random.next() < 0.01)) },
  };
}

const measures: readonly string[] = ['depth', 'age', 'inFlight', 'sent', 'backlogPerInstance'];
const statistics: readonly string[] = ['Average', 'Sum', 'Minimum', 'Maximum'];

/** Alarms in the order in which the loop evaluates them, each with the policies it drives. */
function alarmsOf({ policies }: ReplaySetup): { alarm: ReplayAlarm; driven: ReplaySetup['policies'] }[] {
  const names = [...new Set(policies.map((one) => one.alarm.name))];
  return names
    .map((name) => {
      const driven = policies.filter((one) => one.alarm.name === name);
      return { alarm: driven[0]!.alarm, driven };
    })
    .sort((a, b) => a.alarm.phaseSeconds - b.alarm.phaseSeconds);
}

/** What the C program reads: doubles, in its order. */
function encode(input: ReplayInput): Float64Array {
  const { arrivals, startSeconds, initial, setup, assumptions, options = {} } = input;
  const lag = (one: ReplayAlarm) => Math.floor((one.phaseSeconds - assumptions.metricDelaySeconds) / 60) - 1;
  const offset = Math.max(
    ...setup.policies.map(
      ({ alarm: one }) =>
        (evaluationRangeLength(one, assumptions.evaluationRangeExtra) * one.periodSeconds) / 60 - lag(one),
    ),
  );
  const alarms = alarmsOf(setup);
  return Float64Array.from([
    arrivals.length,
    startSeconds,
    assumptions.throughputPerInstancePerMinute / 60,
    assumptions.launchDelaySeconds,
    assumptions.terminateDelaySeconds,
    assumptions.evaluationRangeExtra,
    setup.group.minSize,
    setup.group.maxSize,
    initial.backlog,
    initial.oldestAgeSeconds ?? 0,
    initial.inService,
    options.unpublished === undefined ? 0 : 1,
    alarms.length,
    offset,
    ...alarms.flatMap(({ alarm: one, driven }) => [
      measures.indexOf(one.measure),
      statistics.indexOf(one.statistic),
      one.periodSeconds / 60,
      one.evaluationPeriods,
      one.datapointsToAlarm,
      one.threshold,
      operatorCode(one.comparisonOperator),
      missingCode(one.treatMissingData),
      one.phaseSeconds,
      lag(one),
      driven.length,
      ...driven.flatMap(({ policy: of }) => [
        adjustmentTypes.indexOf(of.adjustmentType),
        aggregationTypes.indexOf(of.metricAggregationType),
        of.minAdjustmentMagnitude ?? 0,
        effectiveWarmupSeconds(of, setup.group),
        of.steps.length,
        ...of.steps.flatMap((step) => [
          step.lowerBound ?? Number.NEGATIVE_INFINITY,
          step.upperBound ?? Number.POSITIVE_INFINITY,
          step.adjustment,
        ]),
      ]),
    ]),
    ...arrivals,
    ...(options.unpublished ?? []),
  ]);
}

/** The figures in which both must agree to the last bit. */
function figuresOf(run: ReplayRun, input: ReplayInput): Float64Array {
  const { columns, decisions, summary } = run;
  const alarms = alarmsOf(input.setup);
  const told = decisions.flatMap((one) => {
    const at = alarms.findIndex(({ alarm: of }) => of.name === one.alarmName);
    return [
      one.atMs / 1000 - input.startSeconds,
      at,
      alarms[at]!.driven.findIndex(({ policy: of }) => of.name === one.policyName),
      one.stepIndex,
      one.metricValue,
      one.baseCapacity,
      one.delta,
      one.creditedInstances,
      one.desiredBefore,
      one.desiredAfter,
      blockedReasons.indexOf(one.blockedBy as (typeof blockedReasons)[number]),
      one.repeats,
    ];
  });
  const { times, arrivals, backlog, ageSeconds, desired, inService } = columns;
  const { launches, terminations, peakInstances, peakBacklog, worstAgeSeconds, instanceHours, costUsd } = summary;
  return Float64Array.from([
    ...[times, arrivals, backlog, ageSeconds, desired, inService].flatMap((column) => [...column]),
    ...[decisions.length, run.alarmChanges.length, launches, terminations, peakInstances, peakBacklog, worstAgeSeconds],
    ...[instanceHours * 3600, (costUsd / 0.1) * 3600],
    ...told,
  ]);
}

function milliseconds(run: () => unknown): number {
  const began = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - began) / 1e6;
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

const folder = mkdtempSync(path.join(tmpdir(), 'spillway-native-'));
const program = path.join(folder, 'replay');
const source = fileURLToPath(new URL('./native/replay.c', import.meta.url));
const built = spawnSync('gcc', ['-O3', '-march=native', '-ffp-contract=off', '-o', program, source, '-lm'], {
  encoding: 'utf8',
});
if (built.status !== 0) {
  console.log(`Not measured: gcc is needed for the loop in C (${built.error?.message ?? built.stderr.trim()}).`);
  process.exit(0);
}

interface Measured {
  readonly name: string;
  readonly ours: number[];
  readonly native: number[];
  readonly ratios: number[];
  readonly decisions: number;
  /** What telling the decisions takes, once, milliseconds. */
  readonly telling: number[];
  readonly goal: number;
}

/** The program in C, waiting: one run at a time, in turn with ours, so that both meet the same state of the machine. */
class Native {
  readonly #toIt: number;
  readonly #fromIt: number;

  constructor(given: string, output: string) {
    const pipes = ['to', 'from'].map((name) => path.join(folder, name));
    for (const pipe of pipes) if (!existsSync(pipe)) execFileSync('mkfifo', [pipe]);
    const [toIt, fromIt] = pipes.map((pipe) => openSync(pipe, 'r+'));
    this.#toIt = toIt!;
    this.#fromIt = fromIt!;
    spawn(program, [given, output], { stdio: [this.#toIt, this.#fromIt, 'inherit'] }).unref();
  }

  /** @returns milliseconds */
  run(): number {
    writeSync(this.#toIt, '.');
    const answer = Buffer.alloc(64);
    let length = 0;
    while (!answer.subarray(0, length).includes('\n'))
      length += readSync(this.#fromIt, answer, length, 64 - length, null);
    return Number(answer.subarray(0, length).toString());
  }

  close(): void {
    writeSync(this.#toIt, 'q');
    closeSync(this.#toIt);
    closeSync(this.#fromIt);
  }
}

function measure(name: string, input: ReplayInput, goal: number, inner: number): Measured {
  const given = path.join(folder, 'input');
  const output = path.join(folder, 'output');
  writeFileSync(given, encode(input));
  const once = spawnSync(program, [given, output], { input: '.', encoding: 'utf8' });
  if (once.status !== 0) throw new Error(`replay.c ended with ${once.status}`);
  const bytes = readFileSync(output);
  const theirs = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  const decisions = checked(name, input, theirs);
  for (let warm = 0; warm < WARM_UPS; warm++) runReplay(input);
  const [ours, others, ratios, telling]: [number[], number[], number[], number[]] = [[], [], [], []];
  const native = new Native(given, output);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const both = Array.from({ length: inner }, () => [native.run(), milliseconds(() => runReplay(input))] as const);
    const theirsMs = median(both.map(([theirs]) => theirs));
    const oursMs = median(both.map(([, ours]) => ours));
    ours.push(oursMs);
    others.push(theirsMs);
    ratios.push(oursMs / theirsMs);
  }
  native.close();
  // Afterwards, so that what it leaves behind is not the loop's.
  for (let repetition = 0; repetition < 7; repetition++) {
    const untold = runReplay(input);
    telling.push(milliseconds(() => untold.decisions));
  }
  return { name, ours, native: others, ratios, decisions, telling, goal };
}

/** @returns how many decisions there are */
function checked(name: string, input: ReplayInput, theirs: Float64Array): number {
  const run = runReplay(input);
  check(name, figuresOf(run, input), theirs, input.arrivals.length);
  return run.decisions.length;
}

/** Both have the columns, then counts and figures (the C program one more at their end), then decisions. */
function check(name: string, ours: Float64Array, theirs: Float64Array, minutes: number): void {
  const figures = minutes * 6 + 9;
  const aligned = [...theirs.subarray(0, figures), ...theirs.subarray(figures + 1)];
  // Hours and dollars were divided and multiplied back.
  const rounded = new Set([figures - 1, figures - 2]);
  const wrong = aligned.findIndex((value, index) =>
    rounded.has(index)
      ? Math.abs(value - ours[index]!) > 1e-6 * Math.abs(value)
      : !Object.is(value + 0, ours[index]! + 0),
  );
  if (wrong >= 0 || aligned.length !== ours.length) {
    throw new Error(
      `${name}: differs from C at ${wrong} of ${ours.length}/${aligned.length}: ${ours[wrong]} against ${aligned[wrong]}`,
    );
  }
}

const measured = [
  measure('plain, a week', inputOf(plain, 7 * DAY), goals.plain, 25),
  measure('plain, a year', inputOf(plain, 365 * DAY), goals.plain, 3),
  measure('everything, a week', inputOf(everything, 7 * DAY), goals.everything, 15),
  measure('everything, a year', inputOf(everything, 365 * DAY), goals.everything, 3),
];
rmSync(folder, { recursive: true });

const rows = measured.map(
  ({ name, ours, native, ratios, decisions, telling, goal }) =>
    `| ${name} | ${median(ours).toFixed(2)} ms | ${median(native).toFixed(2)} ms | **${median(ratios).toFixed(2)}** | ${spread(ratios, 2)} | ${decisions.toLocaleString('en')} | ${median(telling).toFixed(1)} ms | ${goal} | ${median(ratios) <= goal ? 'met' : 'not met'} |`,
);
const report = `# The closed loop against the same loop in C

| setup | ours | C -O3 | ratio | ${REPETITIONS} repetitions | decisions | told, once | goal | |
|---|---:|---:|---:|---:|---:|---:|---:|---|
${rows.join('\n')}

Ours is \`runReplay\` as users get it: columns, summary and every decision, put down as a row of whole numbers, as C does too; both write a result into
memory of its own. Decisions become objects (datapoints, texts, rules) when somebody first reads them; what that takes is a column of its own and not in the
ratio. Runs of ours and of C take turns, so that both meet the same state of the machine. Every value was compared and agrees to the last bit. C aggregates
the periods of a longer alarm anew each minute, ours each period once: hence less than 1.

*plain*: two alarms of a minute on the depth, a step policy each. *everything*: six policies on five alarms of 60, 120 and 300 s over depth, age, arrivals and
backlog per instance, four treatments of missing data, percent and exact adjustments, two policies on one alarm, one minute in a hundred not published.

${machineLine('native-replay', 'gcc -O3 -march=native')}
`;
writeReport('native-replay', report);
process.exitCode = measured.every(({ ratios, goal }) => median(ratios) <= goal) ? 0 : 1;
