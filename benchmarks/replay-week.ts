/**
 * One week of minutes through the closed loop: ticks per second, and the ratio to a bare loop over the same typed arrays.
 *
 * The bare loop reads the arrivals and writes the same columns with a clipped-difference queue: what memory traffic and loop
 * cost alone. Both run interleaved in one process, so the machine's mood hits both. Then quiet years, in which every minute
 * judges two alarms and invokes two policies without deciding anything new: what a tick puts on the heap. Writes
 * benchmarks/results/replay-week.md.
 */
import type { ReplaySetup } from '../src/core/contract/shapes.ts';
import { seededRandom } from '../src/core/time/random.ts';
import { type ReplayInput, runReplay } from '../src/replay/index.ts';
import { allocatedBytes } from './lib/allocations.ts';
import { machineLine, writeReport } from './lib/report.ts';

const MINUTES = 7 * 24 * 60;
const REPETITIONS = 15;
const WARM_UPS = 40;
const GOAL_MS = 5;
const YEAR = 365 * 24 * 60;
const QUIET_YEARS = 10;
const HEAP_REPETITIONS = 3;
/** A single fraction on the heap takes 16. */
const GOAL_BYTES_PER_TICK = 0.1;

const policy = (name: string, steps: ReplaySetup['policies'][number]['policy']['steps']) => ({
  name,
  adjustmentType: 'ChangeInCapacity' as const,
  steps,
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average' as const,
  estimatedInstanceWarmupSeconds: 120,
  enabled: true,
});
const alarm = { measure: 'depth', statistic: 'Average', periodSeconds: 60, treatMissingData: 'missing' } as const;

/** Daily waves with noise and an hour-long flash crowd each day, so that policies really work. */
function weekOfArrivals(): Float64Array {
  const random = seededRandom(7, 'replay-week');
  return Float64Array.from({ length: MINUTES }, (_, minute) => {
    const hour = (minute / 60) % 24;
    const wave = 600 + 400 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
    const crowd = hour >= 19 && hour < 20 ? 1800 : 0;
    return Math.round(wave * (0.9 + 0.2 * random.next()) + crowd);
  });
}

const input: ReplayInput = {
  arrivals: weekOfArrivals(),
  startSeconds: 1_772_409_600,
  initial: { backlog: 0, inService: 10 },
  setup: {
    label: 'bench',
    group: { minSize: 2, maxSize: 60, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 300 },
    policies: [
      {
        policy: policy('out', [
          { lowerBound: 0, upperBound: 900, adjustment: 2 },
          { lowerBound: 900, upperBound: 4900, adjustment: 5 },
          { lowerBound: 4900, upperBound: null, adjustment: 10 },
        ]),
        alarm: {
          ...alarm,
          name: 'high',
          threshold: 100,
          comparisonOperator: 'GreaterThanThreshold',
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          phaseSeconds: 12,
        },
      },
      {
        policy: policy('in', [{ lowerBound: null, upperBound: 0, adjustment: -1 }]),
        alarm: {
          ...alarm,
          name: 'low',
          threshold: 20,
          comparisonOperator: 'LessThanThreshold',
          evaluationPeriods: 15,
          datapointsToAlarm: 15,
          phaseSeconds: 47,
        },
      },
    ],
  },
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
};

/** Both alarms stay in ALARM, both policies are held at the limits; no figure is a whole number, because whole ones cost less. */
function quietInput(minutes: number): ReplayInput {
  const [out, inward] = input.setup.policies;
  const quietAlarm = { ...alarm, evaluationPeriods: 5, datapointsToAlarm: 3 };
  return {
    ...input,
    arrivals: Float64Array.from({ length: minutes }, (_, minute) => 617.3 + 200.1 * Math.sin(minute / 229)),
    setup: {
      ...input.setup,
      group: { ...input.setup.group, minSize: 10, maxSize: 10 },
      policies: [
        {
          policy: out!.policy,
          alarm: {
            ...quietAlarm,
            name: 'busy',
            measure: 'sent',
            threshold: 0.5,
            comparisonOperator: 'GreaterThanThreshold',
            phaseSeconds: 12.25,
          },
        },
        {
          policy: inward!.policy,
          alarm: {
            ...quietAlarm,
            name: 'short',
            threshold: 1e8 + 0.5,
            comparisonOperator: 'LessThanThreshold',
            phaseSeconds: 47.75,
          },
        },
      ],
    },
    assumptions: { ...input.assumptions, throughputPerInstancePerMinute: 61.7 },
  };
}

/** The same number of columns, allocated and filled, with the simplest queue there is. */
function bareLoop(arrivals: Float64Array): number {
  const column = () => new Float64Array(MINUTES);
  const [times, backlog, age, desired, inService, copy] = [column(), column(), column(), column(), column(), column()];
  let waiting = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const sent = arrivals[minute]!;
    waiting = Math.max(0, waiting + sent - 900);
    times[minute] = minute * 60;
    copy[minute] = sent;
    backlog[minute] = waiting;
    age[minute] = waiting / 15;
    desired[minute] = 15;
    inService[minute] = 15;
  }
  return backlog[MINUTES - 1]! + age[0]! + times[1]! + desired[2]! + inService[3]! + copy[4]!;
}

function milliseconds(run: () => unknown): number {
  const started = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;

const coldMs = milliseconds(() => runReplay(input));
for (let warm = 0; warm < WARM_UPS; warm++) {
  runReplay(input);
  bareLoop(input.arrivals);
}
const replayMs: number[] = [];
const bareMs: number[] = [];
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  replayMs.push(milliseconds(() => runReplay(input)));
  bareMs.push(milliseconds(() => bareLoop(input.arrivals)));
}
const run = runReplay(input);

const quiet = quietInput(YEAR);
const quietYears = quietInput(QUIET_YEARS * YEAR);
const invocations = runReplay(quiet).decisions.reduce((sum, { repeats }) => sum + 1 + repeats, 0);
const quietMs: number[] = [];
for (let repetition = 0; repetition < REPETITIONS; repetition++) quietMs.push(milliseconds(() => runReplay(quiet)));
const nsPerTick = (median(quietMs) / YEAR) * 1e6;
// The least of several: a collection may make the engine compile anew, which puts some megabytes on the heap until it is done.
const yearBytes: number[] = [];
const yearsBytes: number[] = [];
for (let repetition = 0; repetition < HEAP_REPETITIONS; repetition++) {
  yearsBytes.push(await allocatedBytes(() => runReplay(quietYears)));
  yearBytes.push(await allocatedBytes(() => runReplay(quiet)));
}
// The difference: what a replay costs once is not a tick's.
const bytesPerTick = (Math.min(...yearsBytes) - Math.min(...yearBytes)) / ((QUIET_YEARS - 1) * YEAR);
const allocatesNothing = Math.abs(bytesPerTick) < GOAL_BYTES_PER_TICK;

const replay = median(replayMs);
const bare = median(bareMs);
const ticksPerSecond = (MINUTES / replay) * 1000;
const leastKilobytes = (bytes: readonly number[]) => (Math.min(...bytes) / 1000).toFixed(0);
const report = `# Replay of one week at one-minute ticks

| | median | ${REPETITIONS} interleaved repetitions |
|---|---:|---:|
| replay, ${MINUTES.toLocaleString('en')} ticks, 2 policies with alarms | ${replay.toFixed(3)} ms | ${spread(replayMs)} ms |
| bare loop over the same columns | ${bare.toFixed(3)} ms | ${spread(bareMs)} ms |
| very first replay of the process, nothing compiled | ${coldMs.toFixed(1)} ms | |
| ticks per second | ${Math.round(ticksPerSecond).toLocaleString('en')} | |
| ratio to the bare loop | ${(replay / bare).toFixed(1)} | |
| a quiet year, ${YEAR.toLocaleString('en')} ticks | ${median(quietMs).toFixed(1)} ms, ${nsPerTick.toFixed(0)} ns per tick | ${spread(quietMs)} ms |
| put on the heap in a quiet year | ${leastKilobytes(yearBytes)} kB | least of ${HEAP_REPETITIONS} |
| in ${QUIET_YEARS} quiet years | ${leastKilobytes(yearsBytes)} kB, ${Math.abs(bytesPerTick).toFixed(3)} bytes per further tick | least of ${HEAP_REPETITIONS} |

Goal: under ${GOAL_MS} ms (median, after ${WARM_UPS} warm-up runs). ${replay < GOAL_MS ? 'Met.' : 'Not met.'} ${run.decisions.length} decisions, ${run.alarmChanges.length} alarm changes,
${run.summary.launches} launches, ${run.summary.terminations} terminations.

In the quiet year every minute judges two alarms and invokes two policies (${invocations.toLocaleString('en')} invocations), and none decides anything new. Goal:
nothing put on the heap per tick, collected or not. ${allocatesNothing ? 'Met.' : 'Not met.'}

${machineLine('replay-week')}
`;
writeReport('replay-week', report);
process.exitCode = replay < GOAL_MS && allocatesNothing ? 0 : 1;
