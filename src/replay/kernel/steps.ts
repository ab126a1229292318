/**
 * A plain replay on the kernel: the input is written into its memory, the minutes run, what it put down is read.
 *
 * Same results as the loop in run.ts, to the last bit (REP-02). Not here: the loop itself (assembly/), which replays are plain
 * (plain.ts).
 */
import { alarmStates, compileAlarmRule, stateCode } from '../../core/alarms/codes.ts';
import { evaluationRangeLength } from '../../core/alarms/evaluate.ts';
import type { Decision, ReplayAlarm, ReplayColumns, ReplayRun } from '../../core/contract/shapes.ts';
import { type CompiledStepPolicy, compileStepPolicy } from '../../core/scaling/codes.ts';
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import { AlarmWindow, minuteStatistic, type ObservedColumn, writePast } from '../observe.ts';
import { groupWarmupSeconds, minutesLookedBack, newestMinuteLag, preparedArrivals } from '../prepare.ts';
import { REPEATS, ROW_WIDTH, type StepDecider, tellDecisions } from '../stepDecisions.ts';
import { summarizeRun } from '../summary.ts';
import type { ReplayInput } from '../types.ts';
import { giveBack, type Kernel, takeKernel } from './instance.ts';
import { mostInstances, mostUnderWay } from './underWay.ts';

const SLICE_MINUTES = 20_160;
const NO_ROWS = new Int32Array(0);

/** The kernel's numbers for what an alarm looks at; a flow receives what it processes. */
const measures: Readonly<Record<string, number>> = {
  depth: 0,
  age: 1,
  sent: 2,
  deleted: 3,
  received: 3,
  inFlight: 4,
  inService: 5,
  desired: 6,
  backlogPerInstance: 7,
};
const minuteStatistics = ['Average', 'Minimum', 'Maximum'];
const statistics = ['Average', 'Sum', 'Minimum', 'Maximum'];

/** A column in the kernel's memory. */
interface Watched {
  readonly measure: ReplayAlarm['measure'];
  readonly statistic: ObservedColumn['statistic'];
  readonly at: number;
}

/** An alarm with the policies it drives, by their numbers among the deciders. */
interface Driving {
  readonly alarm: ReplayAlarm;
  readonly watched: Watched;
  readonly driven: { readonly number: number; readonly compiled: CompiledStepPolicy; readonly warmupSeconds: number }[];
}

/** As `replaySteps`, for an input that `isPlain`. */
export function* kernelSteps(input: ReplayInput): Generator<number, ReplayRun> {
  const minutes = input.arrivals.length;
  const kernel = takeKernel();
  const plain = new PlainReplay(input, kernel);
  for (let from = 0; from < minutes; from += SLICE_MINUTES) {
    if (from > 0) yield from / minutes;
    plain.run(from, Math.min(from + SLICE_MINUTES, minutes));
  }
  const run = plain.finish();
  giveBack(kernel);
  return run;
}

class PlainReplay {
  readonly #input: ReplayInput;
  readonly #kernel: Kernel;
  readonly #minutes: number;
  readonly #arrivals: Float64Array;
  readonly #minutesBefore: number;
  readonly #watched: Watched[] = [];
  readonly #alarms: Driving[];
  readonly #columns: ReplayColumns;
  /** Of each slice; made in their full length, as an empty list is of another kind than one of objects, for which the engine left its compiled code. */
  readonly #decisions: Int32Array[];
  readonly #alarmChanges: Int32Array[];

  constructor(input: ReplayInput, kernel: Kernel) {
    this.#input = input;
    this.#kernel = kernel;
    this.#minutes = input.arrivals.length;
    this.#arrivals = preparedArrivals(input);
    this.#columns = columnsToGather(this.#arrivals);
    const slices = Math.ceil(this.#minutes / SLICE_MINUTES);
    this.#decisions = new Array(slices).fill(NO_ROWS);
    this.#alarmChanges = new Array(slices).fill(NO_ROWS);
    this.#minutesBefore = minutesLookedBack(input.setup, input.assumptions);
    const { policies } = input.setup;
    const steps = policies.reduce((sum, { policy }) => sum + policy.steps.length, 0);
    const most = policies.length;
    kernel.begin(this.#minutes, Math.min(this.#minutes, SLICE_MINUTES), this.#minutesBefore, most, most, most, steps);
    this.#alarms = this.#planAlarms();
    this.#writeMinutes();
    this.#writeAlarms();
    this.#start();
  }

  /** In order of their seconds, of one second in the order of the setup; one alarm may drive several policies. */
  #planAlarms(): Driving[] {
    const byName = new Map<string, Driving>();
    for (const [number, { policy, alarm }] of this.#input.setup.policies.entries()) {
      let driving = byName.get(alarm.name);
      if (driving === undefined) {
        driving = { alarm, watched: this.#watch(alarm), driven: [] };
        byName.set(alarm.name, driving);
      }
      const warmupSeconds = effectiveWarmupSeconds(policy, this.#input.setup.group);
      driving.driven.push({ number, compiled: compileStepPolicy(policy), warmupSeconds });
    }
    return [...byName.values()].sort((a, b) => a.alarm.phaseSeconds - b.alarm.phaseSeconds);
  }

  #watch(alarm: ReplayAlarm): Watched {
    const { measure } = alarm;
    const statistic = minuteStatistic(alarm);
    let watched = this.#watched.find((known) => known.measure === measure && known.statistic === statistic);
    if (watched === undefined) {
      const at = this.#kernel.column(measures[measure]!, minuteStatistics.indexOf(statistic));
      watched = { measure, statistic, at };
      this.#watched.push(watched);
    }
    return watched;
  }

  /** Arrivals, what was not published, and the minutes before the range. */
  #writeMinutes(): void {
    const kernel = this.#kernel;
    new Float64Array(kernel.memory.buffer, kernel.arrivalsAt(), this.#minutes).set(this.#arrivals);
    const silent = new Uint8Array(kernel.memory.buffer, kernel.unpublishedAt(), this.#minutes).fill(0);
    const { unpublished } = this.#input.options ?? {};
    for (let minute = 0; unpublished !== undefined && minute < this.#minutes; minute++) {
      if (unpublished[minute] === 1) silent[minute] = 1;
    }
    for (const { measure, at } of this.#watched) {
      const before = new Float64Array(kernel.memory.buffer, at, this.#minutesBefore);
      writePast(measure, this.#input.initial.history ?? {}, before);
    }
  }

  #writeAlarms(): void {
    const kernel = this.#kernel;
    const { metricDelaySeconds, evaluationRangeExtra } = this.#input.assumptions;
    this.#alarms.forEach(({ alarm, watched, driven }, index) => {
      const { evaluationPeriods, datapointsToAlarm, threshold, operator, treatMissing } = compileAlarmRule(alarm);
      kernel.alarm(
        watched.at,
        statistics.indexOf(alarm.statistic),
        alarm.periodSeconds / 60,
        evaluationPeriods,
        datapointsToAlarm,
        evaluationRangeLength(alarm, evaluationRangeExtra),
        threshold,
        operator,
        treatMissing,
        alarm.phaseSeconds,
        newestMinuteLag(alarm, metricDelaySeconds),
        stateCode(this.#input.initial.alarmStates?.[alarm.name] ?? 'INSUFFICIENT_DATA'),
        Number(this.#alarms[index + 1]?.alarm.phaseSeconds === alarm.phaseSeconds),
      );
      for (const { number, compiled, warmupSeconds } of driven) {
        const { adjustmentType, aggregation, minAdjustmentMagnitude, enabled, lower, upper, adjustment } = compiled;
        kernel.policy(number, adjustmentType, aggregation, minAdjustmentMagnitude, warmupSeconds, Number(enabled));
        adjustment.forEach((size, step) => {
          kernel.step(lower[step]!, upper[step]!, size);
        });
      }
    });
  }

  #start(): void {
    const { initial, setup, assumptions, options = {} } = this.#input;
    const { minSize, maxSize, hooks, terminationPolicy } = setup.group;
    const launchDelaySeconds = assumptions.launchDelaySeconds + (hooks?.launchSeconds ?? 0);
    const terminateDelaySeconds = assumptions.terminateDelaySeconds + (hooks?.terminateSeconds ?? 0);
    const warmupSeconds = groupWarmupSeconds(setup);
    const desired = initial.desired ?? initial.inService;
    const { launchSeconds = [], terminateSeconds = [] } = options.recordedDelays ?? {};
    const apart = options.recordedDelays != null;
    const delays = this.#kernel.delays(Number(apart), launchSeconds.length, terminateSeconds.length);
    const given = new Float64Array(this.#kernel.memory.buffer, delays, launchSeconds.length + terminateSeconds.length);
    given.set(launchSeconds);
    given.set(terminateSeconds, launchSeconds.length);
    this.#kernel.start(
      initial.backlog,
      initial.oldestAgeSeconds ?? 0,
      initial.inService,
      desired,
      minSize,
      maxSize,
      assumptions.throughputPerInstancePerMinute / 60,
      launchDelaySeconds,
      terminateDelaySeconds,
      warmupSeconds,
      Number(terminationPolicy === 'NewestInstance'),
      Number(options.gauge === 'end'),
      Number(options.decisions ?? true),
      mostInstances(this.#input),
      mostUnderWay(this.#input),
      this.#input.startSeconds,
    );
  }

  /** Run some minutes and take what they put down. */
  run(from: number, to: number): void {
    const kernel = this.#kernel;
    kernel.run(from, to);
    const { buffer } = kernel.memory;
    const columns = this.#columns;
    const taken = (at: number) => new Float64Array(buffer, at, to - from);
    columns.times = gathered(columns.times, taken(kernel.timesAt()), from, this.#minutes);
    columns.backlog = gathered(columns.backlog, taken(kernel.backlogsAt()), from, this.#minutes);
    columns.ageSeconds = gathered(columns.ageSeconds, taken(kernel.agesAt()), from, this.#minutes);
    columns.desired = gathered(columns.desired, taken(kernel.desiredsAt()), from, this.#minutes);
    columns.inService = gathered(columns.inService, taken(kernel.inServicesAt()), from, this.#minutes);
    this.#addLateRepeats(new Int32Array(buffer, kernel.lateAt(), kernel.lateBytes() / 4));
    // By the constructor: `slice` clears the memory first.
    const slice = from / SLICE_MINUTES;
    this.#decisions[slice] = new Int32Array(new Int32Array(buffer, kernel.decisionsAt(), kernel.decisionsBytes() / 4));
    this.#alarmChanges[slice] = new Int32Array(new Int32Array(buffer, kernel.changesAt(), kernel.changesBytes() / 4));
  }

  /** Pairs of a row's number, counted over all slices, and how often it was repeated after its slice. */
  #addLateRepeats(late: Int32Array): void {
    for (let at = 0; at < late.length; at += 2) {
      let place = late[at]! * ROW_WIDTH;
      for (const rows of this.#decisions) {
        if (place < rows.length) {
          rows[place + REPEATS]! += late[at + 1]!;
          break;
        }
        place -= rows.length;
      }
    }
  }

  /** Call when all minutes have run. */
  finish(): ReplayRun {
    const kernel = this.#kernel;
    kernel.close();
    const { setup, assumptions, startSeconds } = this.#input;
    const columns = this.#columns;
    const tell = this.#tellsDecisions();
    let told: Decision[] | undefined;
    const alarms = this.#alarms.map(({ alarm }) => alarm);
    const changeRows = this.#alarmChanges;
    let changes: ReplayRun['alarmChanges'] | undefined;
    return {
      label: setup.label,
      setup,
      columns,
      get decisions() {
        told ??= tell();
        return told;
      },
      get alarmChanges() {
        changes ??= tellAlarmChanges(changeRows, alarms, startSeconds);
        return changes;
      },
      summary: summarizeRun({
        columns,
        plant: {
          processed: kernel.processed(),
          peakBacklog: kernel.peakBacklog(),
          worstAgeSeconds: kernel.worstAgeSeconds(),
          drainedAtSeconds: kernel.drainedAtSeconds(),
        },
        group: {
          launches: kernel.launches(),
          terminations: kernel.terminations(),
          peakInService: kernel.peakInService(),
          close: () => ({ paidSeconds: kernel.paidSeconds(), billedSeconds: kernel.billedSeconds() }),
        },
        minutesAtMax: kernel.minutesAtMaximum(),
        assumptions,
        startSeconds,
        paysForWorkOnly: false,
      }),
    };
  }

  /** @returns what tells them, from the rows and copies of the columns that alarms looked at */
  #tellsDecisions(): () => Decision[] {
    const rows = this.#decisions;
    if (rows.every(({ length }) => length === 0)) return () => [];
    const offset = this.#minutesBefore;
    const observed = new Map<Watched, ObservedColumn>();
    for (const watched of this.#watched) {
      const { measure, statistic, at } = watched;
      const values = new Float64Array(new Float64Array(this.#kernel.memory.buffer, at, offset + this.#minutes));
      observed.set(watched, { measure, statistic, values, offset });
    }
    const { assumptions, setup, startSeconds } = this.#input;
    const deciders: StepDecider[] = [];
    for (const { alarm, watched, driven } of this.#alarms) {
      const range = evaluationRangeLength(alarm, assumptions.evaluationRangeExtra);
      const window = new AlarmWindow(observed.get(watched)!, alarm, range);
      const lag = newestMinuteLag(alarm, assumptions.metricDelaySeconds);
      for (const { number, compiled } of driven) {
        const { policy } = setup.policies[number]!;
        deciders[number] = { policy, compiled, alarm, rule: compileAlarmRule(alarm), window, newestMinuteLag: lag };
      }
    }
    return () => tellDecisions(rows, deciders, startSeconds, []);
  }
}

function tellAlarmChanges(
  slices: readonly Int32Array[],
  alarms: readonly ReplayAlarm[],
  startSeconds: number,
): ReplayRun['alarmChanges'] {
  const changes: ReplayRun['alarmChanges'] = [];
  for (const rows of slices) {
    for (let at = 0; at < rows.length; at += 2) {
      const code = rows[at + 1]!;
      const alarm = alarms[code >> 4]!;
      changes.push({
        atMs: Math.round((startSeconds + (rows[at]! * 60 + alarm.phaseSeconds)) * 1000),
        alarmName: alarm.name,
        from: alarmStates[(code >> 2) & 3]!,
        to: alarmStates[code & 3]!,
      });
    }
  }
  return changes;
}

const NOTHING = new Float64Array(0);

function columnsToGather(arrivals: Float64Array): ReplayColumns {
  const nothing = { times: NOTHING, backlog: NOTHING, ageSeconds: NOTHING, desired: NOTHING, inService: NOTHING };
  return { ...nothing, arrivals: new Float64Array(arrivals) };
}

/** @returns the column with what a slice put down. That of a range of one slice, as most are, is a plain copy: memory made empty is cleared first. */
function gathered(column: Float64Array, slice: Float64Array, from: number, minutes: number): Float64Array {
  if (slice.length === minutes) return new Float64Array(slice);
  const whole = from === 0 ? new Float64Array(minutes) : column;
  whole.set(slice, from);
  return whole;
}
