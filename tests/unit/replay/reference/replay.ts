/**
 * The closed loop once more, to be read: one object per instance, every alarm's range gathered anew at every evaluation, and
 * core's explaining functions instead of its packed ones. No tracker, no cohort, no reuse.
 *
 * For step policies of an EC2 group over the flow; whole seconds everywhere, so that sums of times are exact in any order.
 */
import { evaluateAlarm, evaluationRangeLength, newestRealPoints } from '../../../../src/core/alarms/evaluate.ts';
import type { AlarmState } from '../../../../src/core/alarms/types.ts';
import type { Decision, ReplayAlarm, ReplayRun } from '../../../../src/core/contract/shapes.ts';
import { clampCapacity } from '../../../../src/core/scaling/adjust.ts';
import { combineDecisions, decideStepScaling } from '../../../../src/core/scaling/step.ts';
import type { GroupCapacity, StepDecision } from '../../../../src/core/scaling/types.ts';
import { effectiveWarmupSeconds } from '../../../../src/core/scaling/warmup.ts';
import type { ReplayInput } from '../../../../src/replay/index.ts';
import { ReferenceQueue } from './queue.ts';

interface Instance {
  readonly launchedAt: number;
  readonly beforeRange: boolean;
  readonly inServiceAt: number;
  readonly warmAt: number;
  leftAt: number | null;
}

type Policy = ReplayInput['setup']['policies'][number];

export type ReferenceRun = Pick<ReplayRun, 'columns' | 'decisions' | 'alarmChanges' | 'summary'>;

export function referenceReplay(input: ReplayInput): ReferenceRun {
  return new Reference(input).run();
}

class Reference {
  readonly #input: ReplayInput;
  readonly #arrivals: readonly number[];
  readonly #queue: ReferenceQueue;
  readonly #instances: Instance[] = [];
  readonly #states = new Map<string, AlarmState>();
  readonly #decisions: Decision[] = [];
  readonly #alarmChanges: ReferenceRun['alarmChanges'] = [];
  /** The newest decision of each policy on each alarm within this ALARM. */
  readonly #told = new Map<Policy, Decision>();
  readonly #minutes: {
    readonly shown: ReferenceQueue['shown'];
    readonly inService: number;
    readonly published: boolean;
  }[] = [];
  readonly #columns: ReplayRun['columns'];
  #desired: number;
  #peakInService: number;
  #launches = 0;
  #terminations = 0;
  #minutesAtMax = 0;

  constructor(input: ReplayInput) {
    const { initial, setup, assumptions } = input;
    this.#input = input;
    this.#arrivals = Array.from(input.arrivals, (sent) => sent * assumptions.arrivalFactor);
    this.#queue = new ReferenceQueue(this.#arrivals, initial.backlog, initial.oldestAgeSeconds ?? 0);
    for (let one = 0; one < initial.inService; one++) {
      this.#instances.push({ launchedAt: 0, beforeRange: true, inServiceAt: -1, warmAt: -1, leftAt: null });
    }
    for (const { alarm } of setup.policies) {
      this.#states.set(alarm.name, initial.alarmStates?.[alarm.name] ?? 'INSUFFICIENT_DATA');
    }
    const column = () => new Float64Array(this.#arrivals.length);
    this.#columns = {
      times: column(),
      arrivals: Float64Array.from(this.#arrivals),
      backlog: column(),
      ageSeconds: column(),
      desired: column(),
      inService: column(),
    };
    this.#desired = initial.inService;
    this.#peakInService = initial.inService;
    const { minSize, maxSize } = setup.group;
    const warmup = effectiveWarmupSeconds({ estimatedInstanceWarmupSeconds: null }, setup.group);
    this.#set(clampCapacity(initial.desired ?? initial.inService, minSize, maxSize), 0, warmup);
  }

  run(): ReferenceRun {
    for (let minute = 0; minute < this.#arrivals.length; minute++) this.#minute(minute);
    return {
      columns: this.#columns,
      decisions: this.#decisions,
      alarmChanges: this.#alarmChanges,
      summary: this.#summary(),
    };
  }

  #minute(minute: number): void {
    const start = minute * 60;
    this.#queue.beginMinute();
    const seconds = [...new Set(this.#input.setup.policies.map(({ alarm }) => alarm.phaseSeconds))].sort(
      (a, b) => a - b,
    );
    for (const second of seconds) this.#evaluate(minute, start + second);
    this.#work(minute, start + 60);
    const columns = this.#columns;
    const { shown } = this.#queue;
    const inService = this.#inServiceBefore(start + 60);
    columns.times[minute] = this.#input.startSeconds + start;
    columns.backlog[minute] = shown.peakBacklog;
    columns.ageSeconds[minute] = shown.worstAgeSeconds;
    columns.desired[minute] = this.#desired;
    columns.inService[minute] = inService;
    this.#minutes.push({ shown, inService, published: this.#input.options?.unpublished?.[minute] !== 1 });
    if (this.#desired >= this.#input.setup.group.maxSize) this.#minutesAtMax++;
  }

  /** Let the queue be served up to an instant, in stretches of constant fleet; who enters at the last instant is not there yet. */
  #work(minute: number, to: number): void {
    const perInstance = this.#input.assumptions.throughputPerInstancePerMinute / 60;
    const from = this.#workedTo;
    const entering = this.#instances
      .map(({ inServiceAt }) => inServiceAt)
      .filter((at) => at >= from && at < to)
      .sort((a, b) => a - b);
    for (const until of [...entering, to]) {
      this.#queue.serve(minute, until, this.#inServiceBefore(until) * perInstance);
      if (until < to) this.#peakInService = Math.max(this.#peakInService, this.#inServiceBefore(until + 0.5));
    }
    this.#workedTo = to;
  }
  #workedTo = 0;

  #evaluate(minute: number, now: number): void {
    const { setup } = this.#input;
    const here = setup.policies.filter(({ alarm }) => minute * 60 + alarm.phaseSeconds === now);
    const alarms = new Map(here.map(({ alarm }) => [alarm.name, alarm]));
    for (const alarm of alarms.values()) this.#judge(alarm, minute, now);
    const acting = here.filter(({ alarm }) => this.#states.get(alarm.name) === 'ALARM');
    if (acting.length === 0) return;
    const group = this.#count(now);
    const decided = inOrderOfAlarms(acting, setup.policies).map((one) => {
      const points = this.#range(one.alarm, minute);
      const recentPoints = newestRealPoints(points, 0, points.length, one.alarm.evaluationPeriods);
      const { threshold, comparisonOperator } = one.alarm;
      return {
        one,
        points,
        decision: decideStepScaling(one.policy, { threshold, comparisonOperator, recentPoints, group }),
      };
    });
    const desired = combineDecisions(decided.map(({ decision }) => decision)) ?? this.#desired;
    let warmup = 0;
    for (const { one, points, decision } of decided) {
      if (this.#repeats(one, decision)) continue;
      if (decision.blockedBy === null && decision.desiredAfter === desired)
        warmup = Math.max(warmup, effectiveWarmupSeconds(one.policy, setup.group));
      this.#tell(one, decision, points, desired, now, decided.length > 1);
    }
    if (desired === this.#desired) return;
    if (desired < this.#desired) this.#work(minute, now);
    this.#peakInService = Math.max(this.#peakInService, this.#inServiceBefore(now + 0.5));
    this.#set(desired, now, warmup);
  }

  #judge(alarm: ReplayAlarm, minute: number, now: number): void {
    const from = this.#states.get(alarm.name)!;
    const { state } = evaluateAlarm(alarm, this.#range(alarm, minute), from);
    if (state === from) return;
    this.#states.set(alarm.name, state);
    this.#alarmChanges.push({ atMs: this.#epochMs(now), alarmName: alarm.name, from, to: state });
    for (const one of this.#input.setup.policies) if (one.alarm.name === alarm.name) this.#told.delete(one);
  }

  /** The alarm's evaluation range, oldest first, made from the minutes that are published by now. */
  #range(alarm: ReplayAlarm, minute: number): number[] {
    const { metricDelaySeconds, evaluationRangeExtra } = this.#input.assumptions;
    const newest = minute + Math.floor((alarm.phaseSeconds - metricDelaySeconds) / 60) - 1;
    const length = evaluationRangeLength(alarm, evaluationRangeExtra);
    const perPeriod = alarm.periodSeconds / 60;
    const points: number[] = [];
    for (let back = length - 1; back >= 0; back--) {
      const last = newest - back * perPeriod;
      const values: number[] = [];
      for (let one = last - perPeriod + 1; one <= last; one++) values.push(this.#value(alarm, one));
      points.push(statistic(alarm.statistic, values));
    }
    return points;
  }

  #value({ measure, statistic: of }: ReplayAlarm, minute: number): number {
    const known = this.#minutes[minute];
    if (known === undefined || !known.published) return Number.NaN;
    const { shown, inService } = known;
    const choose = (most: number, least: number, mean: number) =>
      of === 'Maximum' ? most : of === 'Minimum' ? least : mean;
    const depth = choose(shown.peakBacklog, shown.leastBacklog, shown.backlogSeconds / 60);
    switch (measure) {
      case 'sent':
        return this.#arrivals[minute]!;
      case 'age':
        return choose(shown.worstAgeSeconds, shown.leastAgeSeconds, shown.ageSeconds / 60);
      case 'inFlight':
        return shown.processed / ((this.#input.assumptions.throughputPerInstancePerMinute / 60) * 60);
      case 'depth':
        return depth;
      default:
        return inService === 0 ? Number.NaN : depth / inService;
    }
  }

  #count(now: number): GroupCapacity {
    const { minSize, maxSize } = this.#input.setup.group;
    const { terminateDelaySeconds } = this.#input.assumptions;
    const there = this.#instances.filter(({ leftAt }) => leftAt === null);
    return {
      minSize,
      maxSize,
      desiredCapacity: this.#desired,
      warmInstances: there.filter(({ inServiceAt, warmAt }) => inServiceAt <= now && warmAt <= now).length,
      warmingInstances: there.filter(({ warmAt }) => warmAt > now).length,
      terminatingInstances: this.#instances.filter(
        ({ leftAt }) => leftAt !== null && leftAt + terminateDelaySeconds > now,
      ).length,
    };
  }

  #inServiceBefore(until: number): number {
    return this.#instances.filter(({ inServiceAt, leftAt }) => leftAt === null && inServiceAt < until).length;
  }

  #set(desired: number, now: number, warmup: number): void {
    const change = desired - this.#desired;
    this.#desired = desired;
    const { launchDelaySeconds } = this.#input.assumptions;
    for (let one = 0; one < change; one++) {
      const inServiceAt = now + launchDelaySeconds;
      this.#instances.push({
        launchedAt: now,
        beforeRange: false,
        inServiceAt,
        warmAt: inServiceAt + warmup,
        leftAt: null,
      });
      this.#launches++;
    }
    for (let one = 0; one < -change; one++) {
      this.#instances.find(({ leftAt }) => leftAt === null)!.leftAt = now;
      this.#terminations++;
    }
  }

  /** One more of what was told in this ALARM already. */
  #repeats(one: Policy, decision: StepDecision): boolean {
    const told = this.#told.get(one);
    if (told === undefined || decision.blockedBy === null) return false;
    const same =
      told.stepIndex === decision.stepIndex &&
      told.blockedBy === decision.blockedBy &&
      told.desiredBefore === decision.desiredBefore;
    if (same) told.repeats++;
    return same;
  }

  #tell(
    one: Policy,
    decision: StepDecision,
    points: number[],
    desiredAfter: number,
    now: number,
    together: boolean,
  ): void {
    const { alarm, policy } = one;
    const step = policy.steps[decision.stepIndex];
    const bound = (offset: number | null | undefined) => (offset == null ? null : alarm.threshold + offset);
    const told: Decision = {
      atMs: this.#epochMs(now),
      policyName: decision.policyName,
      alarmName: alarm.name,
      metricValue: decision.metricValue,
      threshold: decision.threshold,
      stepLower: bound(step?.lowerBound),
      stepUpper: bound(step?.upperBound),
      stepIndex: decision.stepIndex,
      adjustment: step?.adjustment ?? null,
      baseCapacity: decision.baseCapacity,
      delta: decision.delta,
      creditedInstances: decision.creditedInstances,
      desiredBefore: decision.desiredBefore,
      desiredAfter,
      blockedBy: decision.blockedBy,
      repeats: 0,
      datapoints: points.slice(-12).map((point) => (Number.isNaN(point) ? null : point)),
      rules: together ? [...decision.rules, 'MULTI-01'] : [...decision.rules],
    };
    this.#decisions.push(told);
    this.#told.set(one, told);
  }

  #summary(): ReplayRun['summary'] {
    const { assumptions, startSeconds } = this.#input;
    const { terminateDelaySeconds, ageGoalSeconds, pricePerInstanceHourUsd } = assumptions;
    const end = this.#arrivals.length * 60;
    let paid = 0;
    let billed = 0;
    for (const { launchedAt, beforeRange, leftAt } of this.#instances) {
      const seconds = (leftAt === null ? end : leftAt + terminateDelaySeconds) - launchedAt;
      paid += seconds;
      billed += beforeRange ? seconds : Math.max(60, seconds);
    }
    const { peakBacklog, worstAge, drainedAt } = this.#queue;
    return {
      peakBacklog,
      worstAgeSeconds: worstAge,
      minutesOverAgeGoal: [...this.#columns.ageSeconds].filter((age) => age > ageGoalSeconds).length,
      instanceHours: paid / 3600,
      costUsd: (billed / 3600) * pricePerInstanceHourUsd,
      launches: this.#launches,
      terminations: this.#terminations,
      peakInstances: this.#peakInService,
      minutesAtMax: this.#minutesAtMax,
      drainedAtMs: peakBacklog > 0 && drainedAt !== null ? Math.round((startSeconds + drainedAt) * 1000) : null,
    };
  }

  #epochMs(seconds: number): number {
    return Math.round((this.#input.startSeconds + seconds) * 1000);
  }
}

/** Policies of one alarm stand together, alarms in the order in which the setup first names them. */
function inOrderOfAlarms(acting: readonly Policy[], all: readonly Policy[]): Policy[] {
  const names = [...new Set(all.map(({ alarm }) => alarm.name))];
  return names.flatMap((name) => acting.filter(({ alarm }) => alarm.name === name));
}

function statistic(of: ReplayAlarm['statistic'], values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return Number.NaN;
  const sum = known.reduce((total, value) => total + value, 0);
  if (of === 'Sum') return sum;
  if (of === 'Average') return sum / known.length;
  return of === 'Minimum' ? Math.min(...known) : Math.max(...known);
}
