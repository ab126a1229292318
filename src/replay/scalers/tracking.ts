/**
 * The target tracking policies of one group in the loop: out when any wants it, in when all that may are ready (MULTI-02).
 *
 * How long what was added is credited is the service's affair: EC2 has warm-up (core/scaling/targetTracking.ts decides), an ECS
 * service has cooldowns (core/scaling/application.ts does). Here: reading the alarms, and which policy speaks for all.
 */
import { alarmStates } from '../../core/alarms/codes.ts';
import type { TrackingPolicySettings } from '../../core/contract/scalerShapes.ts';
import type { ReplayAlarm } from '../../core/contract/shapes.ts';
import type { DecisionBlock } from '../../core/messages/decisions.ts';
import {
  combineTracking,
  decideTargetTracking,
  type TargetTrackingPolicy,
  type TrackingReadiness,
  trackingAlarms,
  trackingCapacity,
} from '../../core/scaling/targetTracking.ts';
import { type ApplicationTarget, decideOnTarget } from './application.ts';
import { type Decider, type DecisionLog, type GroupView, NO_PROPOSAL, type ReadAlarm } from './types.ts';

const METRIC_PERIOD_SECONDS = 60;
/** As the service calls it; the other measures are metrics of one's own (TT-02). */
const metricNames: Partial<Record<TrackingPolicySettings['measure'], string>> = {
  utilization: 'ASGAverageCPUUtilization',
  depth: 'ApproximateNumberOfMessagesVisible',
};

export interface TrackedAlarms {
  readonly high: ReadAlarm;
  readonly low: ReadAlarm | null;
}

/** One policy, what it said last, and its alarms. */
interface Tracked {
  readonly settings: TrackingPolicySettings;
  readonly policy: TargetTrackingPolicy;
  readonly warmupSeconds: number;
  readonly alarms: TrackedAlarms;
  ready: TrackingReadiness;
  wanted: number;
  base: number;
  metricValue: number;
  blockedBy: DecisionBlock | null;
  after: number;
  rules: readonly string[];
}

/** The alarms the service would make for a policy, as the loop takes them. */
export function alarmsOfTracking(settings: TrackingPolicySettings): { high: ReplayAlarm; low: ReplayAlarm | null } {
  const { high, low } = trackingAlarms(asPolicy(settings), null);
  const { name, measure, statistic, phaseSeconds } = settings;
  const asAlarm = (rule: typeof high, ending: string): ReplayAlarm => ({
    ...rule,
    name: `${name}-${ending}`,
    measure,
    statistic,
    phaseSeconds,
  });
  return { high: asAlarm(high, 'AlarmHigh'), low: low === null ? null : asAlarm(low, 'AlarmLow') };
}

function asPolicy(settings: TrackingPolicySettings): TargetTrackingPolicy {
  const { name, targetValue, measure, disableScaleIn, estimatedInstanceWarmupSeconds, enabled } = settings;
  return {
    name,
    targetValue,
    metricName: metricNames[measure] ?? measure,
    metricPeriodSeconds: METRIC_PERIOD_SECONDS,
    disableScaleIn,
    estimatedInstanceWarmupSeconds,
    enabled,
  };
}

export interface TrackingInput {
  readonly settings: TrackingPolicySettings;
  readonly alarms: TrackedAlarms;
  readonly warmupSeconds: number;
}

export class TrackingDecider implements Decider {
  warmupSeconds = 0;
  readonly #tracked: readonly Tracked[];
  readonly #target: ApplicationTarget | null;
  readonly #log: DecisionLog;
  #together: TrackingReadiness = 'none';

  /** @param target the scalable target of an ECS service; null: an EC2 group */
  constructor(policies: readonly TrackingInput[], target: ApplicationTarget | null, log: DecisionLog) {
    this.#tracked = policies.map(({ settings, alarms, warmupSeconds }) => ({
      settings,
      policy: asPolicy(settings),
      warmupSeconds,
      alarms,
      ready: 'none',
      wanted: 0,
      base: 0,
      metricValue: Number.NaN,
      blockedBy: null,
      after: 0,
      rules: [],
    }));
    this.#target = target;
    this.#log = log;
  }

  propose(view: GroupView): number {
    for (const one of this.#tracked) this.#judge(one, view);
    const together = combineTracking(
      this.#tracked.map(({ ready, settings }) => ({ ready, disableScaleIn: settings.disableScaleIn })),
    );
    this.#together = together;
    if (together === 'none') return NO_PROPOSAL;
    const speaking = this.#tracked.filter(({ ready, settings }) =>
      together === 'out' ? ready === 'out' : !settings.disableScaleIn,
    );
    const desired = Math.max(...speaking.map(({ after }) => after));
    if (desired === view.desired) return NO_PROPOSAL;
    this.warmupSeconds = Math.max(
      0,
      ...speaking.filter(({ after }) => after === desired).map(({ warmupSeconds }) => warmupSeconds),
    );
    return desired;
  }

  conclude(view: GroupView, desired: number): void {
    for (const one of this.#tracked) {
      if (one.ready === 'none') continue;
      // Ready to remove while another is not, or while another adds.
      const held = one.ready !== this.#together;
      this.#put(one, view, held ? view.desired : desired, held ? 'held-by-another-policy' : one.blockedBy);
    }
    if (desired === view.desired || this.#target === null) return;
    const winner = this.#tracked.find(
      ({ ready, after, blockedBy }) => ready === this.#together && after === desired && blockedBy === null,
    );
    if (winner !== undefined) this.#target.accept(winner.policy.name, desired);
  }

  #judge(one: Tracked, view: GroupView): void {
    const { high, low } = one.alarms;
    const { window } = high;
    const metricValue = window.points[window.from + window.length - 1]!;
    const states = {
      high: alarmStates[high.state]!,
      low: low === null ? null : alarmStates[low.state]!,
    };
    const group = {
      minSize: view.minSize,
      maxSize: view.maxSize,
      desiredCapacity: view.desired,
      // An ECS service has no warm-up: what runs is what the metric was measured over.
      warmInstances: this.#target === null ? view.warm : view.inService,
      warmingInstances: this.#target === null ? view.warming : 0,
      terminatingInstances: view.terminating,
    };
    const decision = decideTargetTracking(one.policy, { alarms: states, metricValue, group });
    one.ready = decision.ready;
    one.metricValue = metricValue;
    one.base = decision.baseCapacity;
    one.wanted = decision.wantedCapacity;
    one.blockedBy = decision.blockedBy;
    one.after = decision.desiredAfter;
    one.rules = decision.rules;
    if (this.#target !== null && one.ready !== 'none') this.#judgeOnTarget(one, view, this.#target);
  }

  #judgeOnTarget(one: Tracked, view: GroupView, target: ApplicationTarget): void {
    const direction = one.ready === 'out' ? 'out' : 'in';
    const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = one.settings;
    const wanted = trackingCapacity(view.inService, one.metricValue, one.policy.targetValue);
    const decision = decideOnTarget(target, one.policy.name, view, {
      direction,
      wantedFrom: () => wanted,
      cooldownSeconds: direction === 'out' ? scaleOutCooldownSeconds : scaleInCooldownSeconds,
    });
    one.base = view.inService;
    one.wanted = wanted;
    // No step asked for nothing here: what is wanted is there or on its way, or one less would be too few.
    const nothing = direction === 'out' ? 'credited-in-flight' : 'removal-would-exceed-target';
    one.blockedBy = decision.blockedBy === 'zero-adjustment' ? nothing : decision.blockedBy;
    one.after = decision.capacityAfter;
    one.rules = ['TT-01', 'TT-03', 'TT-04', ...decision.rules];
  }

  #put(one: Tracked, view: GroupView, desired: number, blockedBy: DecisionBlock | null): void {
    const alarm = one.ready === 'out' ? one.alarms.high : (one.alarms.low ?? one.alarms.high);
    this.#log.put({
      atMs: view.nowMs,
      kind: 'target-tracking',
      policyName: one.policy.name,
      alarmName: alarm.alarm.name,
      metricValue: one.metricValue,
      threshold: one.policy.targetValue,
      stepLower: null,
      stepUpper: null,
      stepIndex: -1,
      adjustment: null,
      baseCapacity: one.base,
      delta: one.wanted - one.base,
      creditedInstances: 0,
      desiredBefore: view.desired,
      desiredAfter: blockedBy === null ? desired : view.desired,
      blockedBy,
      repeats: 0,
      datapoints: alarm.window.newest(),
      rules: [...one.rules],
    });
  }
}
