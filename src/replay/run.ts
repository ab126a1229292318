/**
 * The closed loop: recorded arrivals through a plant whose instances follow the candidate's alarms and policies.
 *
 * Inside a minute the order is by time: instances entering service, alarms at their own second, scale-in. Between these the
 * plant is exact. Rules: docs/rules/replay.md. Not here: alarm and policy semantics (core), the plant's arithmetic (plants).
 */
import { alarmStates, missingCode, operatorCode, STATE_ALARM, stateCode } from '../core/alarms/codes.ts';
import { evaluationRangeLength, verdictCode, verdictState } from '../core/alarms/evaluate.ts';
import { backlogPerInstance } from '../core/capacity/backlog.ts';
import type {
  Decision,
  ReplayAlarm,
  ReplayAssumptions,
  ReplayColumns,
  ReplayRun,
  ReplaySetup,
} from '../core/contract/shapes.ts';
import { SpillwayError } from '../core/errors.ts';
import { phrases } from '../core/messages/terms.ts';
import { clampCapacity } from '../core/scaling/adjust.ts';
import { BLOCKED_NOT, type CompiledStepPolicy, compileStepPolicy } from '../core/scaling/codes.ts';
import {
  aggregateNewest,
  combineDecisions,
  explain,
  matchingStep,
  outcomeBlocked,
  outcomeDesired,
  stepOutcome,
} from '../core/scaling/step.ts';
import type { StepDecision, StepScalingPolicy } from '../core/scaling/types.ts';
import { effectiveWarmupSeconds } from '../core/scaling/warmup.ts';
import { Group } from './group.ts';
import { fillHoles } from './holes.ts';
import { AlarmWindow, minuteStatistic, type ObservedColumn, observedColumn } from './observe.ts';
import { FluidPlant } from './plants/fluid.ts';
import { summarizeRun } from './summary.ts';
import type { GaugeSampling, ReplayInput } from './types.ts';
import { validateSetup } from './validate.ts';

/** A policy in the loop. The last outcome is remembered so that its repeats fold into one decision. */
interface LoopPolicy {
  readonly policy: StepScalingPolicy;
  readonly compiled: CompiledStepPolicy;
  readonly warmupSeconds: number;
  lastStep: number;
  lastOutcome: number;
  lastDecision: Decision | null;
}

/** An alarm in the loop with the policies it drives. */
interface LoopAlarm {
  readonly alarm: ReplayAlarm;
  readonly operator: number;
  readonly missing: number;
  readonly window: AlarmWindow;
  /** Newest published minute, counted from the minute of the evaluation. */
  readonly newestMinuteLag: number;
  readonly policies: LoopPolicy[];
  state: number;
}

/** Alarms that are evaluated at one second; their policies decide together (MULTI-01). */
interface Moment {
  readonly phaseSeconds: number;
  readonly alarms: LoopAlarm[];
  readonly policyCount: number;
}

const NEVER = -1;

/**
 * Replay one setup over the recorded arrivals.
 *
 * @param input minute columns, the situation at the start, the candidate and the assumptions; not changed
 * @returns columns per minute (gauges as `options.gauge` says, fleet at the minute's end), decisions with repeats folded,
 *          alarm changes, and the summary; peaks in the summary are of any instant
 * @throws SpillwayError POLICY_INVALID when the setup has a fault (`validateSetup` gives all of them)
 */
export function runReplay(input: ReplayInput): ReplayRun {
  refuseFaults(input.setup);
  return new Loop(input).run();
}

function refuseFaults(setup: ReplaySetup): void {
  const [first] = validateSetup(setup);
  if (first === undefined) return;
  throw new SpillwayError('POLICY_INVALID', {
    policy: first.policyName ?? setup.label,
    field: first.field,
    problem: phrases([{ term: first.reason, params: first.params ?? {} }]),
  });
}

class Loop {
  readonly #input: ReplayInput;
  readonly #minutes: number;
  readonly #arrivals: Float64Array;
  readonly #setup: ReplaySetup;
  readonly #assumptions: ReplayAssumptions;
  readonly #servicePerInstanceSecond: number;
  readonly #gauge: GaugeSampling;
  readonly #plant: FluidPlant;
  readonly #group: Group;
  readonly #observed: ObservedColumn[] = [];
  readonly #moments: Moment[];
  readonly #decisions: Decision[] = [];
  readonly #alarmChanges: ReplayRun['alarmChanges'] = [];

  constructor(input: ReplayInput) {
    const { initial, setup, assumptions, options = {} } = input;
    this.#input = input;
    this.#setup = setup;
    this.#assumptions = assumptions;
    this.#minutes = input.arrivals.length;
    const { arrivals } = fillHoles(input.arrivals, input.startSeconds, options.holes);
    this.#arrivals =
      assumptions.arrivalFactor === 1 ? arrivals : arrivals.map((sent) => sent * assumptions.arrivalFactor);
    this.#servicePerInstanceSecond = assumptions.throughputPerInstancePerMinute / 60;
    this.#gauge = options.gauge ?? 'continuous';
    this.#plant = new FluidPlant(
      this.#arrivals,
      initial.backlog,
      initial.oldestAgeSeconds ?? 0,
      options.stationaryQueue ?? null,
    );
    this.#group = new Group(initial.inService, assumptions.launchDelaySeconds, assumptions.terminateDelaySeconds);
    const { minSize, maxSize } = setup.group;
    const desired = clampCapacity(initial.desired ?? initial.inService, minSize, maxSize);
    this.#group.setDesired(desired, 0, groupWarmupSeconds(setup));
    this.#moments = this.#planMoments();
  }

  run(): ReplayRun {
    const columns = this.#emptyColumns();
    const { times, backlog, ageSeconds, desired, inService } = columns;
    const plant = this.#plant;
    const group = this.#group;
    const continuous = this.#gauge === 'continuous';
    let minutesAtMax = 0;
    for (let minute = 0; minute < this.#minutes; minute++) {
      const start = minute * 60;
      plant.beginMinute();
      for (const moment of this.#moments) this.#evaluate(moment, minute, start + moment.phaseSeconds);
      // What enters service on the minute's last instant belongs to the next minute.
      while (group.nextInServiceSeconds < start + 60) this.#enterService(minute);
      this.#movePlant(minute, start + 60);
      plant.endMinute();
      times[minute] = this.#input.startSeconds + start;
      backlog[minute] = continuous ? plant.minutePeakBacklog : plant.shownBacklog;
      ageSeconds[minute] = continuous ? plant.minuteWorstAgeSeconds : plant.shownAgeSeconds;
      desired[minute] = group.desired;
      inService[minute] = group.inService;
      if (group.desired >= this.#setup.group.maxSize) minutesAtMax++;
      this.#publish(minute);
    }
    return {
      label: this.#setup.label,
      setup: this.#setup,
      columns,
      decisions: this.#decisions,
      alarmChanges: this.#alarmChanges,
      summary: summarizeRun({
        columns,
        plant,
        group,
        minutesAtMax,
        assumptions: this.#assumptions,
        startSeconds: this.#input.startSeconds,
      }),
    };
  }

  #emptyColumns(): ReplayColumns {
    const column = () => new Float64Array(this.#minutes);
    return {
      times: column(),
      arrivals: new Float64Array(this.#arrivals),
      backlog: column(),
      ageSeconds: column(),
      desired: column(),
      inService: column(),
    };
  }

  /** Alarms by the second at which they are evaluated; one alarm may drive several policies. */
  #planMoments(): Moment[] {
    const { metricDelaySeconds, evaluationRangeExtra } = this.#assumptions;
    const lookBack = Math.max(
      ...this.#setup.policies.map(({ alarm }) => {
        const range = evaluationRangeLength(alarm, evaluationRangeExtra);
        return (range * alarm.periodSeconds) / 60 - newestMinuteLag(alarm, metricDelaySeconds);
      }),
    );
    const alarms = new Map<string, LoopAlarm>();
    for (const { policy, alarm } of this.#setup.policies) {
      let driven = alarms.get(alarm.name);
      if (driven === undefined) {
        const column = this.#observe(alarm, lookBack);
        driven = {
          alarm,
          operator: operatorCode(alarm.comparisonOperator),
          missing: missingCode(alarm.treatMissingData),
          window: new AlarmWindow(column, alarm, evaluationRangeLength(alarm, evaluationRangeExtra)),
          newestMinuteLag: newestMinuteLag(alarm, metricDelaySeconds),
          policies: [],
          state: stateCode(this.#input.initial.alarmStates?.[alarm.name] ?? 'INSUFFICIENT_DATA'),
        };
        alarms.set(alarm.name, driven);
      }
      driven.policies.push({
        policy,
        compiled: compileStepPolicy(policy),
        warmupSeconds: effectiveWarmupSeconds(policy, this.#setup.group),
        lastStep: NEVER,
        lastOutcome: NEVER,
        lastDecision: null,
      });
    }
    const byPhase = Map.groupBy(alarms.values(), ({ alarm }) => alarm.phaseSeconds);
    return [...byPhase]
      .map(([phaseSeconds, together]) => ({
        phaseSeconds,
        alarms: together,
        policyCount: together.reduce((count, { policies }) => count + policies.length, 0),
      }))
      .sort((a, b) => a.phaseSeconds - b.phaseSeconds);
  }

  #observe(alarm: ReplayAlarm, minutesBefore: number): ObservedColumn {
    const { measure } = alarm;
    const statistic = minuteStatistic(alarm);
    let column = this.#observed.find((known) => known.measure === measure && known.statistic === statistic);
    if (column === undefined) {
      const history = this.#input.initial.history ?? {};
      column = observedColumn(measure, statistic, this.#minutes, minutesBefore, history);
      this.#observed.push(column);
    }
    return column;
  }

  #enterService(minute: number): void {
    this.#movePlant(minute, this.#group.nextInServiceSeconds);
    this.#group.enterService();
  }

  #movePlant(minute: number, toSeconds: number): void {
    const { inService } = this.#group;
    this.#plant.advance(minute, toSeconds, inService * this.#servicePerInstanceSecond, inService);
  }

  #evaluate(moment: Moment, minute: number, nowSeconds: number): void {
    let acting = 0;
    for (const driven of moment.alarms) {
      const { alarm, window } = driven;
      window.read(minute + driven.newestMinuteLag);
      const verdict = verdictCode(
        window.points,
        window.from,
        window.length,
        alarm.evaluationPeriods,
        alarm.datapointsToAlarm,
        alarm.threshold,
        driven.operator,
        driven.missing,
        driven.state,
      );
      const state = verdictState(verdict);
      if (state !== driven.state) this.#changeState(driven, state, nowSeconds);
      if (state === STATE_ALARM) acting += driven.policies.length;
    }
    if (acting === 0) return;
    while (this.#group.nextInServiceSeconds <= nowSeconds) this.#enterService(minute);
    this.#group.settle(nowSeconds);
    if (acting === 1) this.#invokeAlone(moment, minute, nowSeconds);
    else this.#invokeTogether(moment, minute, nowSeconds);
  }

  #changeState(driven: LoopAlarm, state: number, nowSeconds: number): void {
    this.#alarmChanges.push({
      atMs: this.#epochMs(nowSeconds),
      alarmName: driven.alarm.name,
      from: alarmStates[driven.state]!,
      to: alarmStates[state]!,
    });
    driven.state = state;
    for (const policy of driven.policies) policy.lastOutcome = NEVER;
  }

  /** The usual case, without allocation unless something new happens. */
  #invokeAlone(moment: Moment, minute: number, nowSeconds: number): void {
    const driven = moment.alarms.find(({ state, policies }) => state === STATE_ALARM && policies.length > 0)!;
    const invoked = driven.policies[0]!;
    const group = this.#group;
    const metricValue = this.#metricValue(driven, invoked);
    const step = this.#step(driven, invoked, metricValue);
    const { minSize, maxSize } = this.#setup.group;
    const outcome = stepOutcome(
      invoked.compiled,
      step,
      minSize,
      maxSize,
      group.desired,
      group.warm,
      group.warming,
      group.terminating,
    );
    if (this.#foldRepeat(invoked, step, outcome)) return;
    const decision = explain(
      invoked.policy,
      invoked.compiled,
      step,
      metricValue,
      driven.alarm.threshold,
      this.#capacity(),
    );
    this.#record(driven, invoked, decision, step, outcome, nowSeconds);
    if (outcomeBlocked(outcome) === BLOCKED_NOT) {
      this.#setDesired(outcomeDesired(outcome), minute, nowSeconds, invoked.warmupSeconds);
    }
  }

  /** Several policies in one second: each is decided on the same counts, the largest capacity is set (MULTI-01). */
  #invokeTogether(moment: Moment, minute: number, nowSeconds: number): void {
    const capacity = this.#capacity();
    const invocations: { driven: LoopAlarm; invoked: LoopPolicy; step: number; decision: StepDecision }[] = [];
    for (const driven of moment.alarms) {
      if (driven.state !== STATE_ALARM) continue;
      for (const invoked of driven.policies) {
        const metricValue = this.#metricValue(driven, invoked);
        const step = this.#step(driven, invoked, metricValue);
        const decision = explain(invoked.policy, invoked.compiled, step, metricValue, driven.alarm.threshold, capacity);
        invocations.push({ driven, invoked, step, decision });
      }
    }
    const desired = combineDecisions(invocations.map(({ decision }) => decision)) ?? this.#group.desired;
    let warmupSeconds = 0;
    for (const { driven, invoked, step, decision } of invocations) {
      const wins = decision.blockedBy === null && decision.desiredAfter === desired;
      if (wins) warmupSeconds = Math.max(warmupSeconds, invoked.warmupSeconds);
      const told = { ...decision, rules: [...decision.rules, 'MULTI-01'] };
      // What another policy outvoted is told with the capacity that was set instead.
      const { minSize, maxSize, desiredCapacity, warmInstances, warmingInstances, terminatingInstances } = capacity;
      const outcome = stepOutcome(
        invoked.compiled,
        step,
        minSize,
        maxSize,
        desiredCapacity,
        warmInstances,
        warmingInstances,
        terminatingInstances,
      );
      if (decision.blockedBy !== null && this.#foldRepeat(invoked, step, outcome)) continue;
      this.#record(driven, invoked, { ...told, desiredAfter: desired }, step, outcome, nowSeconds);
    }
    if (desired !== this.#group.desired) this.#setDesired(desired, minute, nowSeconds, warmupSeconds);
  }

  #metricValue(driven: LoopAlarm, invoked: LoopPolicy): number {
    const { window, alarm } = driven;
    return aggregateNewest(
      window.points,
      window.from,
      window.length,
      alarm.evaluationPeriods,
      invoked.compiled.aggregation,
    );
  }

  #step(driven: LoopAlarm, invoked: LoopPolicy, metricValue: number): number {
    const { lower, upper } = invoked.compiled;
    return matchingStep(lower, upper, metricValue - driven.alarm.threshold, driven.operator);
  }

  #capacity() {
    const { desired, warm, warming, terminating } = this.#group;
    const { minSize, maxSize } = this.#setup.group;
    return {
      minSize,
      maxSize,
      desiredCapacity: desired,
      warmInstances: warm,
      warmingInstances: warming,
      terminatingInstances: terminating,
    };
  }

  /** Same step, same blocked outcome as a minute ago: one more repeat of that decision. */
  #foldRepeat(invoked: LoopPolicy, step: number, outcome: number): boolean {
    const repeated = invoked.lastStep === step && invoked.lastOutcome === outcome;
    if (!repeated || outcomeBlocked(outcome) === BLOCKED_NOT || invoked.lastDecision === null) return false;
    invoked.lastDecision.repeats++;
    return true;
  }

  #record(
    driven: LoopAlarm,
    invoked: LoopPolicy,
    decided: StepDecision,
    step: number,
    outcome: number,
    nowSeconds: number,
  ): void {
    const { alarm } = driven;
    const matched = invoked.policy.steps[step];
    const bound = (offset: number | null | undefined) => (offset == null ? null : alarm.threshold + offset);
    const decision: Decision = {
      atMs: this.#epochMs(nowSeconds),
      policyName: decided.policyName,
      alarmName: alarm.name,
      metricValue: decided.metricValue,
      threshold: decided.threshold,
      stepLower: bound(matched?.lowerBound),
      stepUpper: bound(matched?.upperBound),
      stepIndex: decided.stepIndex,
      adjustment: matched?.adjustment ?? null,
      baseCapacity: decided.baseCapacity,
      delta: decided.delta,
      creditedInstances: decided.creditedInstances,
      desiredBefore: decided.desiredBefore,
      desiredAfter: decided.desiredAfter,
      blockedBy: decided.blockedBy,
      repeats: 0,
      rules: [...decided.rules],
    };
    this.#decisions.push(decision);
    invoked.lastStep = step;
    invoked.lastOutcome = outcome;
    invoked.lastDecision = decision;
  }

  #setDesired(desired: number, minute: number, nowSeconds: number, warmupSeconds: number): void {
    // Instances that leave stop working now, so the plant must have come this far with them.
    if (desired < this.#group.desired) this.#movePlant(minute, nowSeconds);
    this.#group.setDesired(desired, nowSeconds, warmupSeconds);
  }

  /** Write the minute's values where alarms look, unless the queue published none. */
  #publish(minute: number): void {
    if (this.#input.options?.unpublished?.[minute] === 1) return;
    for (const column of this.#observed) column.values[column.offset + minute] = this.#sample(column, minute);
  }

  #sample({ measure, statistic }: ObservedColumn, minute: number): number {
    const plant = this.#plant;
    if (measure === 'sent') return this.#arrivals[minute]!;
    // One message in hand per busy instance (MODEL-23).
    if (measure === 'inFlight') return plant.minuteProcessed / (this.#servicePerInstanceSecond * 60);
    if (measure === 'age') {
      if (this.#gauge === 'end') return plant.shownAgeSeconds;
      if (statistic === 'Maximum') return plant.minuteWorstAgeSeconds;
      return statistic === 'Minimum' ? plant.minuteLeastAgeSeconds : plant.minuteAgeSeconds / 60;
    }
    const backlog = this.#backlogSample(statistic);
    return measure === 'depth' ? backlog : backlogPerInstance(backlog, this.#group.inService);
  }

  #backlogSample(statistic: ObservedColumn['statistic']): number {
    const plant = this.#plant;
    if (this.#gauge === 'end') return plant.shownBacklog;
    if (statistic === 'Maximum') return plant.minutePeakBacklog;
    return statistic === 'Minimum' ? plant.minuteLeastBacklog : plant.minuteBacklogSeconds / 60;
  }

  #epochMs(seconds: number): number {
    return Math.round((this.#input.startSeconds + seconds) * 1000);
  }
}

/** A minute's datapoint is published `metricDelaySeconds` after the minute's end (MODEL-02). At most -1. */
function newestMinuteLag(alarm: ReplayAlarm, metricDelaySeconds: number): number {
  return Math.floor((alarm.phaseSeconds - metricDelaySeconds) / 60) - 1;
}

/** Warm-up of launches that no policy asked for: those under way when the range begins. */
function groupWarmupSeconds(setup: ReplaySetup): number {
  return effectiveWarmupSeconds({ estimatedInstanceWarmupSeconds: null }, setup.group);
}
