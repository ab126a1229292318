/**
 * One year of minutes through an alarm pair and two step policies: core's functions against a loop written by hand.
 *
 * Alarms 3 of 5, three steps out, two steps in, warm-up. The hand-written loop knows exactly this setup: constants in place,
 * one branch per step, no parameters. Both fill the same typed columns and must agree in every minute; both run interleaved in
 * one process, so the machine's mood hits both. Also measures that core allocates nothing per tick. Writes
 * benchmarks/results/semantics.md.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { compileAlarmRule, STATE_ALARM } from '../src/core/alarms/codes.ts';
import { evaluationRangeLength } from '../src/core/alarms/evaluate.ts';
import { AlarmTracker } from '../src/core/alarms/tracker.ts';
import type { AlarmRule, ComparisonOperator } from '../src/core/alarms/types.ts';
import { compileStepPolicy } from '../src/core/scaling/codes.ts';
import { invokeStepPolicy, outcomeDesired } from '../src/core/scaling/step.ts';
import type { StepAdjustment } from '../src/core/scaling/types.ts';
import { seededRandom } from '../src/core/time/random.ts';
import { machineLine, writeReport } from './lib/report.ts';

const DAY = 24 * 60;
const MINUTES = 365 * DAY;
const HEAP_YEARS = 20;
const REPETITIONS = 11;
const WARM_UPS = 20;
const GOAL_RATIO = 1.5;

const MIN_SIZE = 2;
const MAX_SIZE = 60;
const WARMUP_MINUTES = 3;
const HIGH = 100;
const LOW = 20;
const PERIODS = 5;
const DATAPOINTS = 3;

const policy = (name: string, steps: readonly StepAdjustment[]) =>
  compileStepPolicy({
    name,
    adjustmentType: 'ChangeInCapacity',
    steps,
    minAdjustmentMagnitude: null,
    metricAggregationType: 'Average',
    estimatedInstanceWarmupSeconds: WARMUP_MINUTES * 60,
    enabled: true,
  });
const out = policy('out', [
  { lowerBound: 0, upperBound: 900, adjustment: 1 },
  { lowerBound: 900, upperBound: 4900, adjustment: 3 },
  { lowerBound: 4900, upperBound: null, adjustment: 10 },
]);
const inward = policy('in', [
  { lowerBound: -10, upperBound: 0, adjustment: -1 },
  { lowerBound: null, upperBound: -10, adjustment: -2 },
]);

/** Daily waves with noise across both thresholds, a crowd now and then, and one minute in a hundred missing. */
function yearOfDepths(): Float64Array {
  const random = seededRandom(7, 'semantics');
  return Float64Array.from({ length: MINUTES }, (_, minute) => {
    const hour = (minute / 60) % 24;
    const wave = 60 + 60 * Math.sin((hour / 24) * 2 * Math.PI);
    const crowd = hour >= 19 && hour < 19.2 ? 6000 * random.next() : 0;
    const missing = random.next() < 0.01;
    const depth = Math.round(wave * (0.5 + random.next()) + crowd);
    return missing ? Number.NaN : depth;
  });
}

/** What both loops fill; one minute each. */
interface Columns {
  readonly desired: Int32Array;
  readonly high: Uint8Array;
  readonly low: Uint8Array;
}
const columns = (): Columns => ({
  desired: new Int32Array(MINUTES),
  high: new Uint8Array(MINUTES),
  low: new Uint8Array(MINUTES),
});

const ruleOf = (threshold: number, comparisonOperator: ComparisonOperator): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: PERIODS,
  datapointsToAlarm: DATAPOINTS,
  threshold,
  comparisonOperator,
  treatMissingData: 'missing',
});
const highRule = ruleOf(HIGH, 'GreaterThanThreshold');
const lowRule = ruleOf(LOW, 'LessThanThreshold');
const compiledHigh = compileAlarmRule(highRule);
const compiledLow = compileAlarmRule(lowRule);
const range = evaluationRangeLength(highRule);
const launched = new Int32Array(WARMUP_MINUTES);

interface CoreState {
  readonly highAlarm: AlarmTracker;
  readonly lowAlarm: AlarmTracker;
  desired: number;
  warming: number;
}

/** Day by day, as a replay that yields now and then: the engine compiles what is called often, not what runs long. */
function coreLoop(depth: Float64Array, to: Columns): void {
  launched.fill(0);
  const state: CoreState = {
    highAlarm: new AlarmTracker(highRule, depth),
    lowAlarm: new AlarmTracker(lowRule, depth),
    desired: MIN_SIZE,
    warming: 0,
  };
  for (let minute = 0; minute < MINUTES; minute += DAY) coreDay(depth, to, state, minute, minute + DAY);
}

function coreDay(depth: Float64Array, to: Columns, state: CoreState, fromMinute: number, toMinute: number): void {
  const { highAlarm, lowAlarm } = state;
  let { desired, warming } = state;
  for (let minute = fromMinute; minute < toMinute; minute++) {
    const slot = minute % WARMUP_MINUTES;
    warming -= launched[slot]!;
    launched[slot] = 0;
    const from = minute - range + 1;

    const high = highAlarm.advance();
    if (high === STATE_ALARM) {
      const warm = desired - warming;
      const outcome = invokeStepPolicy(
        out,
        compiledHigh,
        depth,
        from,
        range,
        MIN_SIZE,
        MAX_SIZE,
        desired,
        warm,
        warming,
        0,
      );
      const wanted = outcomeDesired(outcome);
      if (wanted > desired) {
        launched[slot] = wanted - desired;
        warming += wanted - desired;
      }
      desired = wanted;
    }

    const low = lowAlarm.advance();
    if (low === STATE_ALARM) {
      const warm = desired - warming;
      const outcome = invokeStepPolicy(
        inward,
        compiledLow,
        depth,
        from,
        range,
        MIN_SIZE,
        MAX_SIZE,
        desired,
        warm,
        warming,
        0,
      );
      desired = outcomeDesired(outcome);
    }

    to.desired[minute] = desired;
    to.high[minute] = high;
    to.low[minute] = low;
  }
  state.desired = desired;
  state.warming = warming;
}

/** As a person would write it for exactly this setup, one alarm after the other. 0 OK, 1 ALARM, 2 INSUFFICIENT_DATA, as core's codes. */
function handWrittenLoop(depth: Float64Array, to: Columns): void {
  launched.fill(0);
  let desired = 2;
  let warming = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const slot = minute % 3;
    warming -= launched[slot]!;
    launched[slot] = 0;
    const range = minute < 6 ? minute + 1 : 7;

    let real = 0;
    let above = 0;
    let oldest = 0;
    for (let age = 0; age < range && real < 5; age++) {
      const value = depth[minute - age]!;
      if (Number.isNaN(value)) continue;
      real++;
      if (value > 100) {
        above++;
        oldest = age + 1;
      }
    }
    let high = above >= 3 ? 1 : 0;
    if (real === 0) high = 2;
    else if (real < 5 && above < 3 && above === real) high = oldest >= 3 ? 1 : 2;
    if (high === 1) {
      let sum = 0;
      let count = 0;
      for (let age = 0; age < range && count < 5; age++) {
        const value = depth[minute - age]!;
        if (Number.isNaN(value)) continue;
        count++;
        sum += value;
      }
      const over = sum / count - 100;
      if (over >= 0) {
        const wanted = Math.min(60, desired - warming + (over < 900 ? 1 : over < 4900 ? 3 : 10));
        if (wanted > desired) {
          launched[slot] = wanted - desired;
          warming += wanted - desired;
          desired = wanted;
        }
      }
    }

    real = 0;
    let below = 0;
    oldest = 0;
    for (let age = 0; age < range && real < 5; age++) {
      const value = depth[minute - age]!;
      if (Number.isNaN(value)) continue;
      real++;
      if (value < 20) {
        below++;
        oldest = age + 1;
      }
    }
    let low = below >= 3 ? 1 : 0;
    if (real === 0) low = 2;
    else if (real < 5 && below < 3 && below === real) low = oldest >= 3 ? 1 : 2;
    if (low === 1 && warming === 0) {
      let sum = 0;
      let count = 0;
      for (let age = 0; age < range && count < 5; age++) {
        const value = depth[minute - age]!;
        if (Number.isNaN(value)) continue;
        count++;
        sum += value;
      }
      const under = sum / count - 20;
      if (under <= 0) desired = Math.max(2, desired - (under > -10 ? 1 : 2));
    }

    to.desired[minute] = desired;
    to.high[minute] = high;
    to.low[minute] = low;
  }
}

/** The same, making use of both alarms looking at one metric: points are read, counted and summed once for both. */
function fusedLoop(depth: Float64Array, to: Columns): void {
  launched.fill(0);
  let desired = 2;
  let warming = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const slot = minute % 3;
    warming -= launched[slot]!;
    launched[slot] = 0;

    let real = 0;
    let above = 0;
    let below = 0;
    let oldestAbove = 0;
    let oldestBelow = 0;
    let sum = 0;
    for (let age = 0; age < 7 && age <= minute && real < 5; age++) {
      const value = depth[minute - age]!;
      if (Number.isNaN(value)) continue;
      real++;
      sum += value;
      if (value > 100) {
        above++;
        oldestAbove = age + 1;
      } else if (value < 20) {
        below++;
        oldestBelow = age + 1;
      }
    }

    let high = above >= 3 ? 1 : 0;
    let low = below >= 3 ? 1 : 0;
    if (real === 0) {
      high = 2;
      low = 2;
    } else if (real < 5) {
      if (above < 3 && above === real) high = oldestAbove >= 3 ? 1 : 2;
      if (below < 3 && below === real) low = oldestBelow >= 3 ? 1 : 2;
    }

    if (high === 1) {
      const over = sum / real - 100;
      if (over >= 0) {
        const add = over < 900 ? 1 : over < 4900 ? 3 : 10;
        const wanted = Math.min(60, desired - warming + add);
        if (wanted > desired) {
          launched[slot] = wanted - desired;
          warming += wanted - desired;
          desired = wanted;
        }
      }
    }
    if (low === 1 && warming === 0) {
      const under = sum / real - 20;
      if (under <= 0) desired = Math.max(2, desired - (under > -10 ? 1 : 2));
    }

    to.desired[minute] = desired;
    to.high[minute] = high;
    to.low[minute] = low;
  }
}

const depth = yearOfDepths();
const ofCore = columns();
const byHand = columns();
const fused = columns();

coreLoop(depth, ofCore);
handWrittenLoop(depth, byHand);
fusedLoop(depth, fused);
for (const name of ['desired', 'high', 'low'] as const) {
  const at = ofCore[name].findIndex((value, minute) => value !== byHand[name][minute]);
  const other = ofCore[name].findIndex((value, minute) => value !== fused[name][minute]);
  if (other >= 0) throw new Error(`${name} differs in minute ${other} from the fused loop.`);
  if (at >= 0) throw new Error(`${name} differs in minute ${at}: ${ofCore[name][at]} and ${byHand[name][at]}.`);
}
const changes = ofCore.desired.filter((value, minute) => minute > 6 && value !== ofCore.desired[minute - 1]).length;
const inAlarm = ofCore.high.filter((state) => state === STATE_ALARM).length;

function milliseconds(run: (depth: Float64Array, to: Columns) => void, to: Columns): number {
  const started = process.hrtime.bigint();
  run(depth, to);
  return Number(process.hrtime.bigint() - started) / 1e6;
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

for (let warm = 0; warm < WARM_UPS; warm++) {
  coreLoop(depth, ofCore);
  handWrittenLoop(depth, byHand);
  fusedLoop(depth, fused);
}
const coreMs: number[] = [];
const handMs: number[] = [];
const fusedMs: number[] = [];
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  // Either may come first: what runs second finds the columns in the cache.
  if (repetition % 2 === 0) {
    coreMs.push(milliseconds(coreLoop, ofCore));
    handMs.push(milliseconds(handWrittenLoop, byHand));
  } else {
    handMs.push(milliseconds(handWrittenLoop, byHand));
    coreMs.push(milliseconds(coreLoop, ofCore));
  }
  fusedMs.push(milliseconds(fusedLoop, fused));
}
const ratios = coreMs.map((value, repetition) => value / handMs[repetition]!);
const ratio = median(coreMs) / median(handMs);

// What the loop leaves on the heap, collected or not: no collection may run in between, or it would hide something. Many years
// against one, so that what the process and a call cost once (the engine's own blocks, a pair of trackers) is not counted.
let collections = 0;
const observer = new PerformanceObserver((list) => {
  collections += list.getEntries().length;
});
const collect = globalThis.gc;
if (collect === undefined) throw new Error('Run with --expose-gc (npm run bench does).');
async function heapGrowthBytes(years: number): Promise<number> {
  collect!();
  await setImmediate();
  observer.observe({ entryTypes: ['gc'] });
  const before = process.memoryUsage().heapUsed;
  for (let year = 0; year < years; year++) coreLoop(depth, ofCore);
  const growth = process.memoryUsage().heapUsed - before;
  // Collections are told a turn or two of the event loop later.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  observer.disconnect();
  return growth;
}
const growthOf = async (years: number): Promise<number> => {
  const measured: number[] = [];
  for (let repetition = 0; repetition < 5; repetition++) measured.push(await heapGrowthBytes(years));
  return median(measured);
};
const growthOne = await growthOf(1);
const growthMany = await growthOf(HEAP_YEARS);
const bytesPerTick = (growthMany - growthOne) / ((HEAP_YEARS - 1) * MINUTES);
const allocatesNothing = collections === 0 && bytesPerTick < 0.02;

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);
const report = `# Alarms and step policies over one year of minutes

| | median | ${REPETITIONS} interleaved repetitions |
|---|---:|---:|
| core's functions, ${MINUTES.toLocaleString('en-US')} ticks | ${median(coreMs).toFixed(2)} ms | ${spread(coreMs, 2)} |
| loop written by hand for this setup | ${median(handMs).toFixed(2)} ms | ${spread(handMs, 2)} |
| ratio | ${ratio.toFixed(2)} | ${spread(ratios, 2)} |
| the same, fused by hand for one metric | ${median(fusedMs).toFixed(2)} ms | ${spread(fusedMs, 2)} |
| heap growth over 1 year and over ${HEAP_YEARS} | ${kilobytes(growthOne)} kB | ${kilobytes(growthMany)} kB |

Two alarms 3 of 5, three steps out, two in, warm-up of ${WARMUP_MINUTES} minutes, one minute in a hundred missing. All agree in every minute:
${inAlarm.toLocaleString('en-US')} minutes in alarm, ${changes.toLocaleString('en-US')} changes of capacity. Goal: ratio at most ${GOAL_RATIO}, ${ratio <= GOAL_RATIO ? 'met' : 'MISSED'};
nothing allocated per tick (measured: ${Math.abs(bytesPerTick).toFixed(3)} bytes), ${allocatesNothing ? 'met' : 'MISSED'}.

The loop written by hand judges one alarm after the other, as core does. The fused one reads, counts and sums the points once for
both, which only works while both alarms look at the same metric: not the goal, but what the last bit of hand work would buy.

${machineLine('semantics')}
`;
writeReport('semantics', report);
process.exitCode = ratio <= GOAL_RATIO && allocatesNothing ? 0 : 1;
