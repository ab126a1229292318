/**
 * The closed loop: recorded arrivals through a plant whose instances follow the candidate's alarms and policies.
 *
 * Inside a minute the order is by time: instances entering service, alarms at their own second, scale-in. Between these the
 * plant is exact. Rules: docs/rules/replay.md. Not here: alarm and policy semantics (core), the plant's arithmetic (plants), the
 * kernel that runs plain replays faster with the same results (kernel).
 */
import { alarmStates, type CompiledAlarmRule, compileAlarmRule, STATE_ALARM, stateCode } from '../core/alarms/codes.ts';
import { evaluationRangeLength, verdictCode, verdictState } from '../core/alarms/evaluate.ts';
import { AlarmTracker } from '../core/alarms/tracker.ts';
import { backlogPerInstance } from '../core/capacity/backlog.ts';
import type {
  Decision,
  ReplayAlarm,
  ReplayAssumptions,
  ReplayColumns,
  ReplayRun,
  ReplaySetup,
} from '../core/contract/shapes.ts';
import { clampCapacity } from '../core/scaling/adjust.ts';
import { BLOCKED_NOT, type CompiledStepPolicy, compileStepPolicy } from '../core/scaling/codes.ts';
import { newestStep, outcomeBlocked, outcomeDesired, outcomeProposes, stepOutcome } from '../core/scaling/step.ts';
import { effectiveWarmupSeconds } from '../core/scaling/warmup.ts';
import { applyScheduledAction } from '../core/schedule/action.ts';
import { CountNoise } from './countNoise.ts';
import { Group } from './group.ts';
import { type GroupEvent, planEvents } from './groupEvents.ts';
import { AlarmWindow, minuteStatistic, type ObservedColumn, observedColumn } from './observe.ts';
import { FluidPlant } from './plants/fluid.ts';
import { MessagesInLoop } from './plants/perMessage/inLoop.ts';
import type { Plant } from './plants/plant.ts';
import { Pool } from './pool.ts';
import { groupWarmupSeconds, minutesLookedBack, newestMinuteLag, preparedArrivals } from './prepare.ts';
import { createDecisionLog } from './scalers/log.ts';
import { alarmsOfSetup, type PlannedScalers, planScalers } from './scalers/plan.ts';
import type { Decider, GroupView, QueueView, TimedScaler } from './scalers/types.ts';
import { StepDecisions } from './stepDecisions.ts';
import { summarizeRun } from './summary.ts';
import type { GaugeSampling, ReplayInput } from './types.ts';
import { Utilization } from './utilization.ts';

/** A policy in the loop: what its newest invocation came to, and the last one told, so that repeats fold into one decision. */
interface LoopPolicy {
  readonly compiled: CompiledStepPolicy;
  readonly warmupSeconds: number;
  step: number;
  outcome: number;
  lastStep: number;
  lastOutcome: number;
  /** Its number among the deciders, and the place of its last decision; NEVER for none. */
  readonly decider: number;
  lastPlace: number;
}

/** An alarm in the loop with the policies it drives. */
interface LoopAlarm {
  readonly alarm: ReplayAlarm;
  readonly rule: CompiledAlarmRule;
  readonly window: AlarmWindow;
  /** Follows the column an alarm of one minute looks at; null for longer periods, whose points slide as a whole. */
  readonly tracker: AlarmTracker | null;
  /** Newest published minute, counted from the minute of the evaluation. */
  readonly newestMinuteLag: number;
  readonly policies: LoopPolicy[];
  state: number;
}

/** Alarms that are evaluated at one second; what they drive decides together (MULTI-01). */
interface Moment {
  readonly phaseSeconds: number;
  readonly alarms: LoopAlarm[];
  /** What else these alarms drive; mostly none. */
  readonly deciders: readonly Decider[];
}

const NEVER = -1;
const silent = { put(): void {} };
/** Two weeks of a flow, ten minutes of messages: some milliseconds of work for ordinary traffic. */
const SLICE_MINUTES_FLOW = 20_160;
const SLICE_MINUTES_MESSAGES = 10;

/** As `replaySteps` (replay.ts), for any input. */
export function* loopSteps(input: ReplayInput): Generator<number, ReplayRun> {
  return yield* new Loop(input).steps();
}

class Loop {
  readonly #input: ReplayInput;
  readonly #minutes: number;
  readonly #arrivals: Float64Array;
  readonly #setup: ReplaySetup;
  readonly #assumptions: ReplayAssumptions;
  readonly #servicePerInstanceSecond: number;
  readonly #gauge: GaugeSampling;
  readonly #plant: Plant;
  /** The plant once more, when it is one of messages. */
  readonly #messages: MessagesInLoop | null;
  readonly #group: Group;
  readonly #observed: ObservedColumn[] = [];
  readonly #moments: Moment[];
  readonly #events: readonly GroupEvent[];
  readonly #groupChanges: NonNullable<ReplayRun['groupChanges']> = [];
  #nextEvent = 0;
  /** Of planned events and the scaler with a clock of its own, whichever is first. */
  #nextEventSeconds: number;
  readonly #timed: TimedScaler | null;
  /** Null: nothing watches it, and nothing is spent on it. */
  readonly #utilization: Utilization | null;
  readonly #noise: CountNoise | null;
  readonly #tells: boolean;
  /** The setup's, until a scheduled action sets others. */
  #minSize: number;
  #maxSize: number;
  /** Of step policies, and of everything else. */
  readonly #stepDecisions = new StepDecisions();
  readonly #otherDecisions: Decision[] = [];
  #minutesAtMax = 0;
  readonly #alarmChanges: ReplayRun['alarmChanges'] = [];

  constructor(input: ReplayInput) {
    const { initial, setup, assumptions, options = {} } = input;
    this.#input = input;
    this.#setup = setup;
    this.#assumptions = assumptions;
    this.#minutes = input.arrivals.length;
    this.#arrivals = preparedArrivals(input);
    this.#servicePerInstanceSecond = assumptions.throughputPerInstancePerMinute / 60;
    this.#gauge = options.gauge ?? 'continuous';
    const { backlog, oldestAgeSeconds = 0 } = initial;
    this.#messages =
      options.messages == null
        ? null
        : new MessagesInLoop({
            ...options.messages,
            arrivals: this.#arrivals,
            backlog,
            oldestAgeSeconds,
            servicePerInstanceSecond: this.#servicePerInstanceSecond,
          });
    this.#plant =
      this.#messages ?? new FluidPlant(this.#arrivals, backlog, oldestAgeSeconds, options.stationaryQueue ?? null);
    this.#tells = options.decisions ?? true;
    this.#noise = options.countNoise == null ? null : new CountNoise(options.countNoise);
    const { minSize, maxSize, hooks, warmPool, terminationPolicy, newInstancesProtectedFromScaleIn } = setup.group;
    const planned = planEvents(setup, options.faults ?? [], input.startSeconds, this.#minutes);
    this.#events = planned.events;
    // A function's batches come and go at once (REP-77).
    const atOnce = setup.scaler?.kind === 'lambda';
    const launchSeconds = atOnce ? 0 : assumptions.launchDelaySeconds + (hooks?.launchSeconds ?? 0);
    const pool = warmPool === undefined ? null : new Pool(warmPool, maxSize, launchSeconds);
    this.#group = new Group(
      initial.inService,
      launchSeconds,
      atOnce ? 0 : assumptions.terminateDelaySeconds + (hooks?.terminateSeconds ?? 0),
      options.recordedDelays ?? null,
      {
        launchFailures: planned.launchFailures,
        pool,
        newestLeave: terminationPolicy === 'NewestInstance',
        protectNew: newInstancesProtectedFromScaleIn ?? false,
      },
    );
    this.#minSize = minSize;
    this.#maxSize = maxSize;
    const desired = clampCapacity(initial.desired ?? initial.inService, minSize, maxSize);
    this.#group.setDesired(desired, groupWarmupSeconds(setup));
    const alarms = new Map<string, LoopAlarm>();
    const scalers = planScalers(setup, {
      log: this.#tells ? createDecisionLog(this.#otherDecisions) : silent,
      alarm: (alarm) => this.#follow(alarm, alarms),
      servicePerInstanceSecond: this.#servicePerInstanceSecond,
    });
    this.#timed = scalers.timed;
    const watched =
      setup.scaler?.kind === 'hpa' || alarmsOfSetup(setup).some(({ measure }) => measure === 'utilization');
    this.#utilization = watched ? new Utilization() : null;
    this.#moments = this.#planMoments(alarms, scalers);
    this.#nextEventSeconds = this.#nextHappening();
  }

  /** Yields the share done, 0 to 1, between slices of minutes. */
  *steps(): Generator<number, ReplayRun> {
    const columns = this.#emptyColumns();
    const slice = this.#messages === null ? SLICE_MINUTES_FLOW : SLICE_MINUTES_MESSAGES;
    for (let from = 0; from < this.#minutes; from += slice) {
      if (from > 0) yield from / this.#minutes;
      this.#ticks(from, Math.min(from + slice, this.#minutes), columns);
    }
    return this.#finish(columns);
  }

  #ticks(from: number, to: number, columns: ReplayColumns): void {
    for (let minute = from; minute < to; minute++) {
      this.#tick(minute, columns);
      if (this.#group.desired >= this.#maxSize) this.#minutesAtMax++;
    }
  }

  #finish(columns: ReplayColumns): ReplayRun {
    let told: Decision[] | undefined;
    const tell = () => {
      told ??= this.#stepDecisions.tell(this.#input.startSeconds, this.#otherDecisions);
      return told;
    };
    return {
      label: this.#setup.label,
      setup: this.#setup,
      columns,
      get decisions() {
        return tell();
      },
      alarmChanges: this.#alarmChanges,
      ...(this.#groupChanges.length === 0 ? {} : { groupChanges: this.#groupChanges }),
      ...(this.#messages === null ? {} : { messageCounts: { ...this.#messages.counts } }),
      summary: summarizeRun({
        columns,
        plant: this.#plant,
        group: this.#group,
        minutesAtMax: this.#minutesAtMax,
        assumptions: this.#assumptions,
        startSeconds: this.#input.startSeconds,
        paysForWorkOnly: this.#setup.scaler?.kind === 'lambda',
      }),
    };
  }

  /** One minute; on its own because the engine compiles what is called often sooner than what runs long. */
  #tick(minute: number, columns: ReplayColumns): void {
    const plant = this.#plant;
    const group = this.#group;
    const start = minute * 60;
    plant.beginMinute();
    this.#utilization?.beginMinute();
    for (let index = 0; index < this.#moments.length; index++) {
      const moment = this.#moments[index]!;
      if (this.#nextEventSeconds <= start + moment.phaseSeconds) this.#happen(start + moment.phaseSeconds, minute);
      this.#evaluate(moment, minute);
    }
    if (this.#nextEventSeconds < start + 60) this.#happen(start + 59.999_999, minute);
    // What enters service on the minute's last instant belongs to the next minute.
    while (group.nextInServiceSeconds < start + 60) this.#enterService(minute);
    this.#movePlant(minute, start + 60);
    plant.endMinute();
    const continuous = this.#gauge === 'continuous';
    columns.times[minute] = this.#input.startSeconds + start;
    columns.backlog[minute] = continuous ? plant.minutePeakBacklog : plant.shownBacklog;
    columns.ageSeconds[minute] = continuous ? plant.minuteWorstAgeSeconds : plant.shownAgeSeconds;
    columns.desired[minute] = group.desired;
    columns.inService[minute] = group.inService;
    this.#utilization?.endMinute(plant.minuteProcessed);
    this.#publish(minute);
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
  #planMoments(alarms: Map<string, LoopAlarm>, scalers: PlannedScalers): Moment[] {
    for (const { policy, alarm } of scalers.stepPolicies) {
      const driven = this.#follow(alarm, alarms);
      const compiled = compileStepPolicy(policy);
      driven.policies.push({
        compiled,
        decider: this.#stepDecisions.decider({
          policy,
          compiled,
          alarm,
          rule: driven.rule,
          window: driven.window,
          newestMinuteLag: driven.newestMinuteLag,
        }),
        warmupSeconds: effectiveWarmupSeconds(policy, this.#setup.group),
        step: NEVER,
        outcome: NEVER,
        lastStep: NEVER,
        lastOutcome: NEVER,
        lastPlace: NEVER,
      });
    }
    const byPhase = Map.groupBy(alarms.values(), ({ alarm }) => alarm.phaseSeconds);
    return [...byPhase]
      .map(([phaseSeconds, together]) => ({
        phaseSeconds,
        alarms: together,
        deciders: scalers.deciders.filter(({ phases }) => phases.has(phaseSeconds)).map(({ decider }) => decider),
      }))
      .sort((a, b) => a.phaseSeconds - b.phaseSeconds);
  }

  /** An alarm of the setup, once whatever number of policies it drives. */
  #follow(alarm: ReplayAlarm, known: Map<string, LoopAlarm>): LoopAlarm {
    const followed = known.get(alarm.name);
    if (followed !== undefined) return followed;
    const { metricDelaySeconds, evaluationRangeExtra } = this.#assumptions;
    const column = this.#observe(alarm, minutesLookedBack(this.#setup, this.#assumptions));
    const lag = newestMinuteLag(alarm, metricDelaySeconds);
    const state = stateCode(this.#input.initial.alarmStates?.[alarm.name] ?? 'INSUFFICIENT_DATA');
    const driven: LoopAlarm = {
      alarm,
      rule: compileAlarmRule(alarm),
      window: new AlarmWindow(column, alarm, evaluationRangeLength(alarm, evaluationRangeExtra)),
      tracker:
        alarm.periodSeconds === 60
          ? new AlarmTracker(alarm, column.values, evaluationRangeExtra, column.offset + lag, state)
          : null,
      newestMinuteLag: lag,
      policies: [],
      state,
    };
    known.set(alarm.name, driven);
    return driven;
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
    const plant = this.#plant;
    plant.instances = this.#group.inService;
    plant.servicePerSecond = plant.instances * this.#servicePerInstanceSecond;
    if (this.#utilization !== null) this.#utilization.moved(plant.servicePerSecond, toSeconds);
    plant.advance(minute, toSeconds);
  }

  /** Everything that is due by an instant and has no alarm. */
  #happen(bySeconds: number, minute: number): void {
    const group = this.#group;
    while (this.#nextEventSeconds <= bySeconds) {
      group.nowSeconds = this.#nextEventSeconds;
      while (group.nextInServiceSeconds <= group.nowSeconds) this.#enterService(minute);
      group.settle();
      const event = this.#events[this.#nextEvent];
      if (event === undefined || (this.#timed !== null && this.#timed.nextSeconds < event.atSeconds)) {
        this.#look(this.#timed!, minute);
        this.#nextEventSeconds = this.#nextHappening();
        continue;
      }
      this.#nextEvent++;
      this.#nextEventSeconds = this.#nextHappening();
      const desiredBefore = group.desired;
      let instancesLost = 0;
      let rules: readonly string[] = ['REP-26'];
      if (event.kind === 'schedule') {
        const limits = { minSize: this.#minSize, maxSize: this.#maxSize, desiredCapacity: desiredBefore };
        const change = applyScheduledAction(limits, event.action);
        this.#minSize = change.after.minSize;
        this.#maxSize = change.after.maxSize;
        rules = change.rules;
        if (change.after.desiredCapacity !== desiredBefore)
          this.#setDesired(change.after.desiredCapacity, minute, groupWarmupSeconds(this.#setup));
      } else {
        this.#movePlant(minute, group.nowSeconds);
        instancesLost = group.interrupt(event.instances, groupWarmupSeconds(this.#setup));
      }
      this.#groupChanges.push({
        atMs: this.#epochMs(event.atSeconds),
        kind: event.kind,
        name: event.kind === 'schedule' ? event.action.name : '',
        minSize: this.#minSize,
        maxSize: this.#maxSize,
        desiredBefore,
        desiredAfter: group.desired,
        instancesLost,
        rules: [...rules],
      });
    }
  }

  #nextHappening(): number {
    const planned = this.#events[this.#nextEvent]?.atSeconds ?? Number.POSITIVE_INFINITY;
    return this.#timed === null ? planned : Math.min(planned, this.#timed.nextSeconds);
  }

  /** A scaler with a clock of its own looks at the queue, and its capacity is set. */
  #look(scaler: TimedScaler, minute: number): void {
    const group = this.#group;
    this.#movePlant(minute, group.nowSeconds);
    const desired = scaler.act(this.#queueView(minute));
    this.#utilization?.looked(this.#plant.processed, group.nowSeconds);
    if (desired !== group.desired) this.#setDesired(desired, minute, 0);
    while (group.nextInServiceSeconds <= group.nowSeconds) this.#enterService(minute);
  }

  #queueView(minute: number): QueueView {
    const { inService } = this.#group;
    const arrivalsPerSecond = this.#arrivals[minute]! / 60;
    const { visible } = this.#plant;
    // One message in hand per busy instance (MODEL-23).
    const busy = visible > 0 ? inService : Math.min(inService, arrivalsPerSecond / this.#servicePerInstanceSecond);
    return {
      ...this.#groupView(),
      visible,
      inFlight: this.#messages?.notVisible ?? busy,
      arrivalsPerSecond,
      ...(this.#utilization?.sinceLook(
        this.#plant.processed,
        this.#group.nowSeconds,
        this.#servicePerInstanceSecond,
      ) ?? {
        utilizationPercent: Number.NaN,
        meanInService: Number.NaN,
      }),
    };
  }

  #groupView(): GroupView {
    const { nowSeconds, desired, inService, warm, warming, pending, terminating, settledAtSeconds } = this.#group;
    return {
      nowSeconds,
      nowMs: this.#epochMs(nowSeconds),
      minSize: this.#minSize,
      maxSize: this.#maxSize,
      desired,
      inService,
      warm,
      warming,
      pending,
      terminating,
      settledAtSeconds,
    };
  }

  #evaluate(moment: Moment, minute: number): void {
    const group = this.#group;
    group.nowSeconds = minute * 60 + moment.phaseSeconds;
    let acting = 0;
    let alarming = false;
    for (let index = 0; index < moment.alarms.length; index++) {
      const driven = moment.alarms[index]!;
      driven.window.read(minute + driven.newestMinuteLag);
      const state = driven.tracker === null ? judgeWindow(driven) : driven.tracker.advance();
      if (state !== driven.state) this.#changeState(driven, state);
      if (state === STATE_ALARM) {
        acting += driven.policies.length;
        alarming = true;
      }
    }
    if (!alarming) return;
    while (group.nextInServiceSeconds <= group.nowSeconds) this.#enterService(minute);
    group.settle();
    if (moment.deciders.length > 0) this.#decideTogether(moment, minute, acting);
    else if (acting > 0) this.#invoke(moment, minute, acting > 1);
  }

  /** Step policies and everything else that these alarms drive, on the same counts; the largest capacity is set (MULTI-01). */
  #decideTogether(moment: Moment, minute: number, acting: number): void {
    const group = this.#group;
    const view = this.#groupView();
    const stepped = this.#proposedBySteps(moment.alarms);
    const proposals = moment.deciders.map((decider) => decider.propose(view));
    const proposed = Math.max(stepped, ...proposals);
    const desired = proposed === NEVER ? group.desired : proposed;
    let warmupSeconds = this.#recordSteps(moment.alarms, minute, desired, acting + moment.deciders.length > 1);
    moment.deciders.forEach((decider, index) => {
      if (proposals[index] === desired) warmupSeconds = Math.max(warmupSeconds, decider.warmupSeconds);
    });
    if (desired !== group.desired) this.#setDesired(desired, minute, warmupSeconds);
    for (const decider of moment.deciders) decider.conclude(view, desired, group.settledAtSeconds);
  }

  #changeState(driven: LoopAlarm, state: number): void {
    this.#alarmChanges.push({
      atMs: this.#epochMs(this.#group.nowSeconds),
      alarmName: driven.alarm.name,
      from: alarmStates[driven.state]!,
      to: alarmStates[state]!,
    });
    driven.state = state;
    for (const policy of driven.policies) policy.lastOutcome = NEVER;
  }

  /**
   * Invoke what the alarms in ALARM drive, without allocation unless something new happens. Several policies in one second
   * are each decided on the same counts, and the largest capacity is set (MULTI-01).
   */
  #invoke(moment: Moment, minute: number, together: boolean): void {
    const group = this.#group;
    const proposed = this.#proposedBySteps(moment.alarms);
    const desired = proposed === NEVER ? group.desired : proposed;
    const warmupSeconds = this.#recordSteps(moment.alarms, minute, desired, together);
    if (desired !== group.desired) this.#setDesired(desired, minute, warmupSeconds);
  }

  #proposedBySteps(alarms: readonly LoopAlarm[]): number {
    let proposed = NEVER;
    for (let index = 0; index < alarms.length; index++) {
      const driven = alarms[index]!;
      if (driven.state === STATE_ALARM) proposed = Math.max(proposed, this.#decide(driven));
    }
    return proposed;
  }

  /** @returns warm-up of what is launched now, from the policies whose proposal won; 0 when none of them did */
  #recordSteps(alarms: readonly LoopAlarm[], minute: number, desired: number, together: boolean): number {
    let warmupSeconds = 0;
    for (let index = 0; index < alarms.length; index++) {
      const driven = alarms[index]!;
      if (driven.state !== STATE_ALARM) continue;
      for (let at = 0; at < driven.policies.length; at++) {
        const invoked = driven.policies[at]!;
        if (this.#tells && isRepeat(invoked)) {
          this.#stepDecisions.repeat(invoked.lastPlace);
          continue;
        }
        const wins = outcomeBlocked(invoked.outcome) === BLOCKED_NOT && outcomeDesired(invoked.outcome) === desired;
        if (wins) warmupSeconds = Math.max(warmupSeconds, invoked.warmupSeconds);
        if (this.#tells) this.#record(invoked, minute, desired, together);
      }
    }
    return warmupSeconds;
  }

  /** Step and outcome of each policy an alarm drives. @returns the largest capacity they propose, NEVER for none */
  #decide(driven: LoopAlarm): number {
    const minSize = this.#minSize;
    const maxSize = this.#maxSize;
    const { window } = driven;
    const group = this.#group;
    let proposed = NEVER;
    for (let index = 0; index < driven.policies.length; index++) {
      const invoked = driven.policies[index]!;
      const step = newestStep(invoked.compiled, driven.rule, window.points, window.from, window.length);
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
      invoked.step = step;
      invoked.outcome = outcome;
      if (outcomeProposes(outcome)) proposed = Math.max(proposed, outcomeDesired(outcome));
    }
    return proposed;
  }

  /** Put a decision down. */
  #record(invoked: LoopPolicy, minute: number, desiredAfter: number, together: boolean): void {
    const { decider, step } = invoked;
    invoked.lastPlace = this.#stepDecisions.put(
      minute,
      decider,
      step,
      this.#group,
      this.#minSize,
      this.#maxSize,
      desiredAfter,
      together,
      this.#otherDecisions.length,
    );
    invoked.lastStep = step;
    invoked.lastOutcome = invoked.outcome;
  }

  #setDesired(desired: number, minute: number, warmupSeconds: number): void {
    const group = this.#group;
    // Instances that leave stop working now, so the plant must have come this far with them.
    if (desired < group.desired) this.#movePlant(minute, group.nowSeconds);
    group.setDesired(desired, warmupSeconds);
  }

  /** Write the minute's values where alarms look, unless the queue published none. */
  #publish(minute: number): void {
    if (this.#input.options?.unpublished?.[minute] === 1) return;
    for (let index = 0; index < this.#observed.length; index++) this.#sample(this.#observed[index]!, minute);
    if (this.#noise !== null) this.#noise.blur(this.#observed, minute);
  }

  /** Written from branch to branch: a fraction that a call returns is put on the heap. */
  #sample({ measure, statistic, values, offset }: ObservedColumn, minute: number): void {
    const plant = this.#plant;
    const at = offset + minute;
    if (measure === 'sent') {
      values[at] = this.#arrivals[minute]!;
    } else if (measure === 'deleted') {
      values[at] = plant.minuteProcessed;
    } else if (measure === 'received') {
      // A flow receives what it processes.
      values[at] = this.#messages === null ? plant.minuteProcessed : this.#messages.minuteReceived;
    } else if (measure === 'utilization') {
      values[at] = this.#utilization!.percent;
    } else if (measure === 'inService') {
      values[at] = this.#group.inService;
    } else if (measure === 'desired') {
      values[at] = this.#group.desired;
    } else if (measure === 'inFlight') {
      // One message in hand per busy instance (MODEL-23).
      const messages = this.#messages;
      if (messages !== null) values[at] = messages.minuteInFlight;
      else values[at] = plant.minuteProcessed / (this.#servicePerInstanceSecond * 60);
    } else if (measure === 'age') {
      if (this.#gauge === 'end') values[at] = plant.shownAgeSeconds;
      else if (statistic === 'Maximum') values[at] = plant.minuteWorstAgeSeconds;
      else if (statistic === 'Minimum') values[at] = plant.minuteLeastAgeSeconds;
      else values[at] = plant.minuteAgeSeconds / 60;
    } else {
      if (this.#gauge === 'end') values[at] = plant.shownBacklog;
      else if (statistic === 'Maximum') values[at] = plant.minutePeakBacklog;
      else if (statistic === 'Minimum') values[at] = plant.minuteLeastBacklog;
      else values[at] = plant.minuteBacklogSeconds / 60;
      if (measure !== 'depth') values[at] = backlogPerInstance(values[at]!, this.#group.inService);
    }
  }

  #epochMs(seconds: number): number {
    return Math.round((this.#input.startSeconds + seconds) * 1000);
  }
}

/** State of an alarm whose period is longer than a minute, from its window. */
function judgeWindow({ rule, window, state }: LoopAlarm): number {
  return verdictState(verdictCode(rule, window.points, window.from, window.length, state));
}

/** Same step, same blocked outcome as a minute ago: one more repeat of that decision. */
function isRepeat({ step, outcome, lastStep, lastOutcome }: LoopPolicy): boolean {
  return lastStep === step && lastOutcome === outcome && outcomeBlocked(outcome) !== BLOCKED_NOT;
}
