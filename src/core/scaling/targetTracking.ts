/**
 * Target tracking: the two alarms the service would make, and the capacity a policy wants.
 *
 * How the service computes it is not published; what is a choice of ours is a named parameter (`TargetTrackingModel`, MODEL-04) or a named
 * formula (`trackingCapacity`, MODEL-05). Rules: docs/rules/target-tracking.md (TT, MULTI-02). Not here: evaluating the alarms
 * (core/alarms), the cooldowns of Application Auto Scaling (application.ts).
 */
import type { AlarmRule, AlarmState } from '../alarms/types.ts';
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import { clampCapacity } from './adjust.ts';
import type { GroupCapacity, PolicyFault } from './types.ts';

export interface TargetTrackingPolicy {
  readonly name: string;
  readonly targetValue: number;
  /** A predefined metric's name, or the name of one's own. */
  readonly metricName: string;
  /** 10, 30 or 60 (TT-08). */
  readonly metricPeriodSeconds: number;
  readonly disableScaleIn: boolean;
  /** null: the group's default (WARM-08). */
  readonly estimatedInstanceWarmupSeconds: number | null;
  readonly enabled: boolean;
}

/** What is not documented, and may be set (MODEL-04). Ratios are low threshold over target. */
export interface TargetTrackingModel {
  readonly lowRatio: number;
  /** A wider band for small groups; null: none. */
  readonly smallGroup: { readonly instancesMax: number; readonly lowRatio: number } | null;
  /** For metrics that are not predefined; null: as `lowRatio`. */
  readonly customMetricLowRatio: number | null;
}

export const defaultTargetTrackingModel: TargetTrackingModel = {
  lowRatio: 0.9,
  smallGroup: null,
  customMetricLowRatio: null,
};

/** The wider bands that were seen on live accounts (TT-02); a choice for those who want to try them. */
export const observedTargetTrackingModel: TargetTrackingModel = {
  lowRatio: 0.9,
  smallGroup: { instancesMax: 7, lowRatio: 0.85 },
  customMetricLowRatio: 0.7,
};

const isPredefined = (metricName: string): boolean =>
  /^(ASG|ALB|ECS|EC2SpotFleet|RDS|SageMaker|DynamoDB|AppStream|Comprehend|Lambda|Cassandra|Kafka|ElastiCache|Neptune|WorkSpaces)[A-Z]/.test(
    metricName,
  );

/** Low threshold over target (TT-02, MODEL-04). @param groupInstances null: not known */
export function lowRatio(
  metricName: string,
  groupInstances: number | null,
  model: TargetTrackingModel = defaultTargetTrackingModel,
): number {
  if (model.customMetricLowRatio !== null && !isPredefined(metricName)) return model.customMetricLowRatio;
  if (model.smallGroup !== null && groupInstances !== null && groupInstances <= model.smallGroup.instancesMax) {
    return model.smallGroup.lowRatio;
  }
  return model.lowRatio;
}

const PERIODS_HIGH = 3;
const PERIODS_HIGH_DYNAMODB = 2;
const PERIODS_LOW = 15;

/**
 * The alarms the service owns for a policy (TT-01, TT-02, TT-06).
 *
 * @returns `low` is null when scale-in is disabled
 */
export function trackingAlarms(
  policy: Pick<TargetTrackingPolicy, 'targetValue' | 'metricName' | 'metricPeriodSeconds' | 'disableScaleIn'>,
  groupInstances: number | null,
  model: TargetTrackingModel = defaultTargetTrackingModel,
): { high: AlarmRule; low: AlarmRule | null } {
  const { targetValue, metricName, metricPeriodSeconds: periodSeconds } = policy;
  const periodsHigh = metricName.startsWith('DynamoDB') ? PERIODS_HIGH_DYNAMODB : PERIODS_HIGH;
  const high: AlarmRule = {
    periodSeconds,
    evaluationPeriods: periodsHigh,
    datapointsToAlarm: periodsHigh,
    threshold: targetValue,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  };
  if (policy.disableScaleIn) return { high, low: null };
  const low: AlarmRule = {
    ...high,
    evaluationPeriods: PERIODS_LOW,
    datapointsToAlarm: PERIODS_LOW,
    threshold: targetValue * lowRatio(metricName, groupInstances, model),
    comparisonOperator: 'LessThanThreshold',
  };
  return { high, low };
}

export type TrackingReadiness = 'out' | 'in' | 'none';

/** What the alarms of one policy ask for (TT-05, TT-06). No data on either side means no scaling in either direction. */
export function trackingReadiness(
  alarms: { readonly high: AlarmState; readonly low: AlarmState | null },
  disableScaleIn: boolean,
): TrackingReadiness {
  if (alarms.high === 'INSUFFICIENT_DATA' || alarms.low === 'INSUFFICIENT_DATA') return 'none';
  if (alarms.high === 'ALARM') return 'out';
  return alarms.low === 'ALARM' && !disableScaleIn ? 'in' : 'none';
}

/**
 * Several target tracking policies: out if any wants it, in only if all that may scale in are ready (MULTI-02).
 *
 * @param policies `disableScaleIn`: this one has no say about scaling in
 */
export function combineTracking(
  policies: readonly { readonly ready: TrackingReadiness; readonly disableScaleIn: boolean }[],
): TrackingReadiness {
  if (policies.some(({ ready }) => ready === 'out')) return 'out';
  const scalingIn = policies.filter(({ disableScaleIn }) => !disableScaleIn);
  return scalingIn.length > 0 && scalingIn.every(({ ready }) => ready === 'in') ? 'in' : 'none';
}

/** Binary fractions make 3 x 0.1 / 0.1 a little more than 3; that must not launch an instance. */
const ROUNDING_SLACK = 1e-9;

/** Instances of a computed change: adding rounds up, removing rounds down, so both lean to more capacity (TT-03). */
export function roundTrackingDelta(delta: number): number {
  return Math.ceil(delta - Math.abs(delta) * ROUNDING_SLACK) + 0;
}

/**
 * Capacity at which the metric is expected to meet the target, if it falls as capacity rises (TT-04, MODEL-05): out, metric / target times
 * as much, rounded up; in, the largest removal that keeps the rest at or under the target. Both are the same number.
 *
 * @param capacity    instances the metric was measured over
 * @param metricValue per instance, such as average CPU or backlog per instance; a real zero wants no capacity at all (TT-09)
 * @returns a whole number from 0
 */
export function trackingCapacity(capacity: number, metricValue: number, targetValue: number): number {
  return capacity + roundTrackingDelta((capacity * (metricValue - targetValue)) / targetValue);
}

export type TrackingBlockedBy =
  | 'policy-disabled'
  | 'insufficient-data'
  | 'within-band'
  | 'credited-in-flight'
  | 'at-maximum'
  | 'at-minimum'
  | 'scale-out-in-progress'
  | 'removal-would-exceed-target';

export interface TrackingDecision {
  readonly policyName: string;
  readonly ready: TrackingReadiness;
  readonly metricValue: number;
  readonly targetValue: number;
  /** Instances past warm-up: what the metric was measured over. */
  readonly baseCapacity: number;
  /** Before credit and limits. */
  readonly wantedCapacity: number;
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  readonly blockedBy: TrackingBlockedBy | null;
  readonly rules: readonly string[];
}

/**
 * One evaluation of a target tracking policy, explained.
 *
 * @param context.metricValue newest value of the metric; NaN: missing (TT-05)
 * @returns `desiredAfter` equals `desiredBefore` exactly when `blockedBy` is not null. Throws nothing.
 */
export function decideTargetTracking(
  policy: TargetTrackingPolicy,
  context: {
    readonly alarms: { readonly high: AlarmState; readonly low: AlarmState | null };
    readonly metricValue: number;
    readonly group: GroupCapacity;
  },
): TrackingDecision {
  const { metricValue, group } = context;
  const { targetValue } = policy;
  const { desiredCapacity: desired, minSize, maxSize, warmInstances: base } = group;
  const missing = Number.isNaN(metricValue);
  const ready = missing || !policy.enabled ? 'none' : trackingReadiness(context.alarms, policy.disableScaleIn);
  const wantedCapacity = missing ? base : trackingCapacity(base, metricValue, targetValue);
  const wanted = clampCapacity(wantedCapacity, minSize, maxSize);
  const limit = wanted === wantedCapacity ? [] : ['CAP-01'];
  const answer = (blockedBy: TrackingBlockedBy | null, desiredAfter: number, rules: string[]): TrackingDecision => ({
    policyName: policy.name,
    ready,
    metricValue,
    targetValue,
    baseCapacity: base,
    wantedCapacity,
    desiredBefore: desired,
    desiredAfter,
    blockedBy,
    rules,
  });
  if (!policy.enabled) return answer('policy-disabled', desired, ['STEP-01']);
  if (ready === 'none') {
    const noData = missing || context.alarms.high === 'INSUFFICIENT_DATA' || context.alarms.low === 'INSUFFICIENT_DATA';
    if (noData) return answer('insufficient-data', desired, ['TT-05']);
    return answer('within-band', desired, policy.disableScaleIn ? ['TT-01', 'TT-06'] : ['TT-01']);
  }
  const rules = ['TT-01', 'TT-03', 'TT-04', ...limit];
  if (ready === 'out') {
    if (wanted > desired) return answer(null, wanted, [...rules, 'WARM-02']);
    if (wantedCapacity > maxSize) return answer('at-maximum', desired, [...rules, 'CAP-02']);
    return answer('credited-in-flight', desired, [...rules, 'WARM-02']);
  }
  if (group.warmingInstances > 0 || desired > base)
    return answer('scale-out-in-progress', desired, ['TT-01', 'WARM-05']);
  if (wanted < desired) return answer(null, wanted, rules);
  return answer(wantedCapacity < minSize ? 'at-minimum' : 'removal-would-exceed-target', desired, rules);
}

const periods: readonly number[] = [10, 30, 60];

/** @returns every fault at once (TT-08, WARM-08); empty when the policy is valid. Throws nothing. */
export function validateTargetTracking(
  policy: Pick<TargetTrackingPolicy, 'targetValue' | 'metricPeriodSeconds' | 'estimatedInstanceWarmupSeconds'>,
): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const { targetValue: target, metricPeriodSeconds: period, estimatedInstanceWarmupSeconds: seconds } = policy;
  if (!(Number.isFinite(target) && target > 0)) faults.push(fault('targetOutOfRange', 'targetValue', { target }));
  if (!periods.includes(period)) faults.push(fault('trackingPeriodInvalid', 'metricPeriodSeconds', { period }));
  if (seconds !== null && !(Number.isSafeInteger(seconds) && seconds >= 0)) {
    faults.push(fault('warmupOutOfRange', 'estimatedInstanceWarmupSeconds', { seconds }));
  }
  return faults;
}

export const defaultTrackingPeriodSeconds = defaults['asg.targetTracking.metricPeriodSeconds'];

export type TrackingWarning = 'metric-does-not-fall-with-capacity' | 'zero-metric-empties-group';

/** What is allowed and unwise: a queue's length as the metric (TT-07), real zeros with a minimum of 0 (TT-09). */
export function trackingWarnings(metricName: string, minSize: number): TrackingWarning[] {
  const warnings: TrackingWarning[] = [];
  if (metricName === 'ApproximateNumberOfMessagesVisible') warnings.push('metric-does-not-fall-with-capacity');
  if (minSize === 0) warnings.push('zero-metric-empties-group');
  return warnings;
}
