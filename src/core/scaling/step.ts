/**
 * Step scaling: what one invocation of a policy does to a group, and why.
 *
 * Pure: the metric's recent points and the group's counts come in, the decision goes out. The code functions work on
 * numbers without allocation; `decideStepScaling` explains the same arithmetic. Rules: docs/rules/scaling.md (STEP, ADJ,
 * WARM, CAP, MULTI). Not here: alarms (core/alarms), launching and terminating (emulator/fleet, replay/group).
 */
import { type CompiledAlarmRule, OPERATOR_GT, OPERATOR_GTE, operatorCode } from '../alarms/codes.ts';
import type { ComparisonOperator } from '../alarms/types.ts';
import { adjustmentDelta, clampCapacity } from './adjust.ts';
import {
  ADJUST_EXACT,
  AGGREGATE_AVERAGE,
  AGGREGATE_MINIMUM,
  BLOCKED_AT_MAXIMUM,
  BLOCKED_AT_MINIMUM,
  BLOCKED_CREDITED,
  BLOCKED_NO_MATCHING_STEP,
  BLOCKED_NOT,
  BLOCKED_POLICY_DISABLED,
  BLOCKED_SCALE_OUT_IN_PROGRESS,
  BLOCKED_ZERO_ADJUSTMENT,
  blockedReasons,
  type CompiledStepPolicy,
  compileStepPolicy,
} from './codes.ts';
import type { BlockedBy, GroupCapacity, StepDecision, StepScalingPolicy } from './types.ts';

/** Bits of an outcome that are the blocked code; above them is the desired capacity, below 2^28. */
const BLOCKED_BITS = 3;

/**
 * Where fractions are handed from function to function in a loop: one that is returned or passed, and not inlined by the
 * engine, is put on the heap.
 */
const handed = new Float64Array(1);

/**
 * Aggregate the newest real points of a slice, as the policy asks (STEP-05).
 *
 * @param count at most this many of the newest points that are not NaN
 * @returns NaN when the slice has no real point
 */
export function aggregateNewest(
  points: ArrayLike<number>,
  from: number,
  length: number,
  count: number,
  aggregation: number,
): number {
  aggregateInto(handed, points, from, length, count, aggregation);
  return handed[0]!;
}

/** Sum, smallest and largest of nothing: what an aggregation starts from, by its code. */
const NOTHING_YET = Float64Array.of(0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

/** `aggregateNewest` into `into[0]`. */
function aggregateInto(
  into: Float64Array,
  points: ArrayLike<number>,
  from: number,
  length: number,
  count: number,
  aggregation: number,
): void {
  let used = 0;
  let result = NOTHING_YET[aggregation]!;
  for (let index = from + length - 1; index >= from && used < count; index--) {
    const value = points[index]!;
    if (Number.isNaN(value)) continue;
    used++;
    if (aggregation === AGGREGATE_AVERAGE) result += value;
    else result = aggregation === AGGREGATE_MINIMUM ? Math.min(result, value) : Math.max(result, value);
  }
  if (aggregation === AGGREGATE_AVERAGE) into[0] = result / used;
  else into[0] = used === 0 ? Number.NaN : result;
}

/**
 * Index of the step that a difference falls into, -1 for none (STEP-02 to STEP-04, STEP-06).
 *
 * Above the threshold a step owns its lower edge, below it its upper edge; on the threshold itself the alarm's operator
 * says which side it is on (MODEL-12).
 *
 * @param difference metric minus threshold; NaN matches nothing
 * @param operator   code of the alarm's comparison operator
 */
export function matchingStep(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  difference: number,
  operator: number,
): number {
  handed[0] = difference;
  return stepOf(lower, upper, handed, operator);
}

/** `matchingStep` with the difference in `differences[0]`. */
function stepOf(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  differences: Float64Array,
  operator: number,
): number {
  const difference = differences[0]!;
  const upperSide = difference > 0 || (difference === 0 && (operator === OPERATOR_GTE || operator === OPERATOR_GT));
  for (let index = 0; index < lower.length; index++) {
    const from = lower[index]!;
    const to = upper[index]!;
    if (upperSide ? from <= difference && difference < to : from < difference && difference <= to) return index;
  }
  return -1;
}

/** Whether an adjustment wants more than what is working now. Exact capacity is compared with it (ADJ-04). */
function wantsMore(adjustmentType: number, adjustment: number, warmInstances: number): boolean {
  return adjustmentType === ADJUST_EXACT ? adjustment > warmInstances : adjustment > 0;
}

/**
 * Capacity an adjustment applies to: on the way out only instances past warm-up (WARM-01, WARM-02), on the way in
 * everything that is there, also what is already leaving (WARM-05, WARM-06, MODEL-13).
 */
function baseCapacity(out: boolean, warm: number, warming: number, terminating: number): number {
  return out ? warm : warm + warming + terminating;
}

/** A scale-out is in progress while instances warm up, or while some that were asked for are not there yet (WARM-05). */
function scaleOutInProgress(desired: number, warm: number, warming: number): boolean {
  return warming > 0 || desired > warm;
}

/**
 * What one step does, packed into one number: see `outcomeDesired` and `outcomeBlocked`.
 *
 * @param stepIndex from `matchingStep`
 */
export function stepOutcome(
  policy: CompiledStepPolicy,
  stepIndex: number,
  minSize: number,
  maxSize: number,
  desired: number,
  warm: number,
  warming: number,
  terminating: number,
): number {
  const unchanged = desired << BLOCKED_BITS;
  if (!policy.enabled) return unchanged | BLOCKED_POLICY_DISABLED;
  if (stepIndex < 0) return unchanged | BLOCKED_NO_MATCHING_STEP;
  const adjustment = policy.adjustment[stepIndex]!;
  const out = wantsMore(policy.adjustmentType, adjustment, warm);
  const base = baseCapacity(out, warm, warming, terminating);
  const delta = adjustmentDelta(policy.adjustmentType, adjustment, base, policy.minAdjustmentMagnitude);
  if (delta === 0) return unchanged | BLOCKED_ZERO_ADJUSTMENT;
  const candidate = base + delta;
  const wanted = clampCapacity(candidate, minSize, maxSize);
  if (out) {
    if (wanted > desired) return (wanted << BLOCKED_BITS) | BLOCKED_NOT;
    return unchanged | (candidate > maxSize ? BLOCKED_AT_MAXIMUM : BLOCKED_CREDITED);
  }
  if (scaleOutInProgress(desired, warm, warming)) return unchanged | BLOCKED_SCALE_OUT_IN_PROGRESS;
  if (wanted < desired) return (wanted << BLOCKED_BITS) | BLOCKED_NOT;
  return unchanged | (candidate < minSize ? BLOCKED_AT_MINIMUM : BLOCKED_CREDITED);
}

/**
 * The step an alarm's newest points fall into, -1 for none: `aggregateNewest` and `matchingStep` in one.
 *
 * For loops over weeks: fractions stay inside, whole numbers and objects go in and out, so nothing is put on the heap.
 */
export function newestStep(
  policy: CompiledStepPolicy,
  alarm: CompiledAlarmRule,
  points: ArrayLike<number>,
  from: number,
  length: number,
): number {
  aggregateInto(handed, points, from, length, alarm.evaluationPeriods, policy.aggregation);
  handed[0]! -= alarm.threshold;
  return stepOf(policy.lower, policy.upper, handed, alarm.operator);
}

/** One invocation on numbers, without allocation: `newestStep`, then `stepOutcome`. */
export function invokeStepPolicy(
  policy: CompiledStepPolicy,
  alarm: CompiledAlarmRule,
  points: ArrayLike<number>,
  from: number,
  length: number,
  minSize: number,
  maxSize: number,
  desired: number,
  warm: number,
  warming: number,
  terminating: number,
): number {
  const step = newestStep(policy, alarm, points, from, length);
  return stepOutcome(policy, step, minSize, maxSize, desired, warm, warming, terminating);
}

export const outcomeDesired = (outcome: number): number => outcome >> BLOCKED_BITS;
export const outcomeBlocked = (outcome: number): number => outcome & ((1 << BLOCKED_BITS) - 1);
/** Whether an outcome takes part when several policies decide at one moment (MULTI-01, see `combineDecisions`). */
export const outcomeProposes = (outcome: number): boolean => proposing.has(blockedReasons[outcomeBlocked(outcome)]!);

/** What a decision is made of, beside the policy itself. */
export interface StepContext {
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  /** The newest real points of the alarm's evaluation, at most evaluationPeriods of them (STEP-05). */
  readonly recentPoints: ArrayLike<number>;
  readonly group: GroupCapacity;
}

/**
 * One invocation of a step policy, explained.
 *
 * @returns the decision; `desiredAfter` equals `desiredBefore` exactly when `blockedBy` is not null. Throws nothing.
 */
export function decideStepScaling(policy: StepScalingPolicy, context: StepContext): StepDecision {
  const compiled = compileStepPolicy(policy);
  const { threshold, recentPoints, group } = context;
  const metricValue = aggregateNewest(recentPoints, 0, recentPoints.length, recentPoints.length, compiled.aggregation);
  const difference = metricValue - threshold;
  const stepIndex = matchingStep(compiled.lower, compiled.upper, difference, operatorCode(context.comparisonOperator));
  return explain(policy, compiled, stepIndex, metricValue, threshold, group);
}

/** The decision of a step that has been found; for loops that found it by the code functions. */
export function explain(
  policy: StepScalingPolicy,
  compiled: CompiledStepPolicy,
  stepIndex: number,
  metricValue: number,
  threshold: number,
  group: GroupCapacity,
): StepDecision {
  const { desiredCapacity: desired, warmInstances: warm, warmingInstances: warming } = group;
  const terminating = group.terminatingInstances;
  const outcome = stepOutcome(compiled, stepIndex, group.minSize, group.maxSize, desired, warm, warming, terminating);
  const blockedBy = blockedReasons[outcomeBlocked(outcome)]!;
  const adjustment = stepIndex < 0 ? 0 : compiled.adjustment[stepIndex]!;
  const out = stepIndex < 0 || wantsMore(compiled.adjustmentType, adjustment, warm);
  const base = baseCapacity(out, warm, warming, terminating);
  const delta =
    stepIndex < 0 ? 0 : adjustmentDelta(compiled.adjustmentType, adjustment, base, compiled.minAdjustmentMagnitude);
  const inFlight = out ? desired - base : base - desired;
  const creditedInstances = Math.max(0, Math.min(Math.abs(delta), inFlight));
  const desiredAfter = outcomeDesired(outcome);
  const candidate = base + delta;
  const clamped = stepIndex >= 0 && clampCapacity(candidate, group.minSize, group.maxSize) !== candidate;
  return {
    policyName: policy.name,
    metricValue,
    threshold,
    stepIndex,
    baseCapacity: base,
    delta,
    creditedInstances,
    desiredBefore: desired,
    desiredAfter,
    blockedBy,
    rules: rulesOf(policy, {
      blockedBy,
      out,
      credited: creditedInstances > 0,
      clamped,
      onThreshold: metricValue === threshold,
    }),
  };
}

interface Story {
  readonly blockedBy: BlockedBy | null;
  readonly out: boolean;
  readonly credited: boolean;
  readonly clamped: boolean;
  readonly onThreshold: boolean;
}

/** Rules of each story that has been told, by its code: a decision in a loop needs no list of its own. */
const told: (readonly string[])[] = [];

function rulesOf(policy: StepScalingPolicy, story: Story): readonly string[] {
  const code =
    blockedReasons.indexOf(story.blockedBy) * 64 +
    Number(story.out) * 32 +
    Number(story.credited) * 16 +
    Number(story.clamped) * 8 +
    Number(story.onThreshold) * 4 +
    Number(policy.adjustmentType === 'PercentChangeInCapacity') * 2 +
    Number(policy.minAdjustmentMagnitude !== null);
  told[code] ??= listRules(policy, story);
  return told[code];
}

function listRules(policy: StepScalingPolicy, story: Story): string[] {
  if (story.blockedBy === 'policy-disabled') return ['STEP-01'];
  if (story.blockedBy === 'no-matching-step') return ['STEP-05', 'STEP-06'];
  const rules = ['STEP-05', 'STEP-03'];
  if (story.onThreshold) rules.push('STEP-04');
  rules.push('ADJ-01');
  if (policy.adjustmentType === 'PercentChangeInCapacity') rules.push('ADJ-02');
  if (policy.adjustmentType === 'PercentChangeInCapacity' && policy.minAdjustmentMagnitude !== null)
    rules.push('ADJ-03');
  if (story.blockedBy === 'zero-adjustment') return rules;
  rules.push('ADJ-04');
  if (story.blockedBy === 'scale-out-in-progress') return [...rules, 'WARM-05'];
  if (story.credited) rules.push(story.out ? 'WARM-02' : 'WARM-05');
  if (story.clamped) rules.push('CAP-01');
  if (story.blockedBy === 'at-maximum') rules.push('CAP-02');
  return rules;
}

/**
 * Several policies at one moment: the largest resulting capacity wins, out and in alike (MULTI-01).
 *
 * A decision takes part when its step leads to a capacity: also one whose instances are already on their way, or that
 * already stands at a limit. No matching step, an adjustment of zero, a disabled policy and a blocked scale-in do not.
 *
 * @returns the winning desired capacity; null when nothing takes part
 */
export function combineDecisions(decisions: readonly StepDecision[]): number | null {
  const proposals = decisions.filter(({ blockedBy }) => proposing.has(blockedBy));
  return combineProposals(proposals.map(({ desiredAfter }) => desiredAfter));
}

/** MULTI-01 on bare capacities; null for none. */
export function combineProposals(capacities: readonly number[]): number | null {
  return capacities.length === 0 ? null : Math.max(...capacities);
}

const proposing: ReadonlySet<BlockedBy | null> = new Set([null, 'credited-in-flight', 'at-maximum', 'at-minimum']);
