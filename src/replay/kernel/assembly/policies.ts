/**
 * Step policies of the loop: the step an alarm's points fall into and what it comes to, as core/scaling/step.ts decides it.
 */
import { Alarm, isComplete, OPERATOR_GT, OPERATOR_GTE } from './alarms';
import * as group from './group';
import { f64At } from './memory';

/** Codes of what blocks a step, and the bits of an outcome they are in; above them is the desired capacity. */
export const NOT_BLOCKED: i32 = 0;
const NO_MATCHING_STEP: i32 = 1;
const CREDITED: i32 = 2;
const SCALE_OUT_IN_PROGRESS: i32 = 3;
const AT_MAXIMUM: i32 = 4;
const AT_MINIMUM: i32 = 5;
const POLICY_DISABLED: i32 = 6;
const ZERO_ADJUSTMENT: i32 = 7;
const BLOCKED_BITS: i32 = 3;

const CHANGE: i32 = 0;
const EXACT: i32 = 1;

const AVERAGE: i32 = 0;
const MINIMUM: i32 = 1;

@unmanaged
export class Step {
  lower: f64;
  upper: f64;
  adjustment: i32;
}

@unmanaged
export class Policy {
  warmupSeconds: f64;
  steps: usize;
  stepCount: i32;
  adjustmentType: i32;
  aggregation: i32;
  minAdjustmentMagnitude: i32;
  enabled: i32;
  /** Its number among the deciders. */
  decider: i32;
  /** What its newest invocation came to, and the last one told with its row; -1 and 0 for none. */
  step: i32;
  outcome: i32;
  lastStep: i32;
  lastOutcome: i32;
  lastRow: usize;
  /** Of a row that the host has taken: its number, and the repeats since. */
  lateRow: i32;
  lateRepeats: i32;
}

export let minSize: i32 = 0;
export let maxSize: i32 = 0;

export function setLimits(least: i32, most: i32): void {
  minSize = least;
  maxSize = most;
}

export function blockedOf(outcome: i32): i32 {
  return outcome & ((1 << BLOCKED_BITS) - 1);
}
export function desiredOf(outcome: i32): i32 {
  return outcome >> BLOCKED_BITS;
}
/** Takes part when several policies decide at one moment (MULTI-01). */
export function proposes(outcome: i32): bool {
  const blocked = blockedOf(outcome);
  return blocked === NOT_BLOCKED || blocked === CREDITED || blocked === AT_MAXIMUM || blocked === AT_MINIMUM;
}

/** Find step and outcome of a policy that the alarm invokes. */
export function decide(policy: Policy, alarm: Alarm, warm: i32): void {
  const step = matchingStep(policy, aggregate(policy, alarm) - alarm.threshold, alarm.operator);
  policy.step = step;
  policy.outcome = outcomeOf(policy, step, warm);
}

/** Of the newest evaluationPeriods points that are there, newest first (STEP-05). */
function aggregate(policy: Policy, alarm: Alarm): f64 {
  if (isComplete(alarm) && policy.aggregation === AVERAGE) {
    // What most alarms have, most of the time: nothing to look for.
    const count = alarm.evaluationPeriods;
    const newest = alarm.from + alarm.range - 1;
    let sum: f64 = 0;
    for (let back = 0; back < count; back++) sum += f64At(alarm.points, newest - back);
    return sum / <f64>count;
  }
  return aggregateReal(policy.aggregation, alarm);
}

function aggregateReal(how: i32, alarm: Alarm): f64 {
  const points = alarm.points;
  const from = alarm.from;
  const count = alarm.evaluationPeriods;
  let used = 0;
  let result: f64 = how === AVERAGE ? 0 : how === MINIMUM ? Infinity : -Infinity;
  for (let index = from + alarm.range - 1; index >= from && used < count; index--) {
    const value = f64At(points, index);
    if (isNaN(value)) continue;
    used++;
    if (how === AVERAGE) result += value;
    else if (how === MINIMUM ? value < result : value > result) result = value;
  }
  if (how === AVERAGE) return result / <f64>used;
  return used === 0 ? NaN : result;
}

function matchingStep(policy: Policy, difference: f64, operator: i32): i32 {
  const upperSide = difference > 0 || (difference === 0 && (operator === OPERATOR_GTE || operator === OPERATOR_GT));
  for (let index = 0; index < policy.stepCount; index++) {
    const step = changetype<Step>(policy.steps + <usize>index * offsetof<Step>());
    if (upperSide) {
      if (step.lower <= difference && difference < step.upper) return index;
    } else if (step.lower < difference && difference <= step.upper) return index;
  }
  return -1;
}

function delta(policy: Policy, adjustment: i32, base: i32): i32 {
  if (policy.adjustmentType === CHANGE) return adjustment;
  if (policy.adjustmentType === EXACT) return adjustment - base;
  const share = (<f64>base * <f64>adjustment) / 100;
  let rounded = 0;
  if (share > 0) rounded = share < 1 ? 1 : <i32>floor(share);
  else if (share < 0) rounded = share > -1 ? -1 : <i32>ceil(share);
  const least = policy.minAdjustmentMagnitude;
  if (rounded > 0 && rounded < least) return least;
  if (rounded < 0 && -rounded < least) return -least;
  return rounded;
}

function outcomeOf(policy: Policy, step: i32, warm: i32): i32 {
  const desired = group.desired;
  const unchanged = desired << BLOCKED_BITS;
  if (policy.enabled === 0) return unchanged | POLICY_DISABLED;
  if (step < 0) return unchanged | NO_MATCHING_STEP;
  const adjustment = changetype<Step>(policy.steps + <usize>step * offsetof<Step>()).adjustment;
  const out = policy.adjustmentType === EXACT ? adjustment > warm : adjustment > 0;
  const base = out ? warm : warm + group.warming + group.terminating;
  const change = delta(policy, adjustment, base);
  if (change === 0) return unchanged | ZERO_ADJUSTMENT;
  const candidate = base + change;
  const wanted = clampCapacity(candidate);
  if (out) {
    if (wanted > desired) return (wanted << BLOCKED_BITS) | NOT_BLOCKED;
    return unchanged | (candidate > maxSize ? AT_MAXIMUM : CREDITED);
  }
  if (group.warming > 0 || desired > warm) return unchanged | SCALE_OUT_IN_PROGRESS;
  if (wanted < desired) return (wanted << BLOCKED_BITS) | NOT_BLOCKED;
  return unchanged | (candidate < minSize ? AT_MINIMUM : CREDITED);
}

export function clampCapacity(capacity: i32): i32 {
  return max(minSize, min(maxSize, capacity));
}
