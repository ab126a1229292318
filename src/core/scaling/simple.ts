/**
 * Simple scaling: one adjustment, then waiting for the activity and its cooldown.
 *
 * Rules: docs/rules/scaling.md (COOL-01, ADJ, CAP). The arithmetic of the adjustment is adjust.ts, when a cooldown runs is cooldown.ts.
 */
import { fault } from '../messages/faults.ts';
import { adjustmentDelta, clampCapacity } from './adjust.ts';
import { adjustmentTypes } from './codes.ts';
import type { AdjustmentType, PolicyFault } from './types.ts';

export interface SimpleScalingPolicy {
  readonly name: string;
  readonly adjustmentType: AdjustmentType;
  /** Instances, the exact capacity, or percent. */
  readonly adjustment: number;
  /** PercentChangeInCapacity only (ADJ-03); null: none. */
  readonly minAdjustmentMagnitude: number | null;
  /** null: the group's default (COOL-01). */
  readonly cooldownSeconds: number | null;
  readonly enabled: boolean;
}

/** What a simple policy sees of its group. */
export interface SimpleContext {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** Instances in service (ADJ-04). */
  readonly inServiceInstances: number;
  /** A scaling activity or a health replacement is under way. */
  readonly activityInProgress: boolean;
  /** End of the running cooldown, epoch milliseconds; null: none. */
  readonly cooldownEndsAtMs: number | null;
  readonly nowMs: number;
}

export type SimpleBlockedBy =
  | 'policy-disabled'
  | 'activity-in-progress'
  | 'cooldown'
  | 'zero-adjustment'
  | 'at-maximum'
  | 'at-minimum';

export interface SimpleDecision {
  readonly policyName: string;
  readonly baseCapacity: number;
  readonly delta: number;
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  readonly blockedBy: SimpleBlockedBy | null;
  readonly rules: readonly string[];
}

/** One invocation of a simple policy, explained. `desiredAfter` equals `desiredBefore` exactly when something blocks. */
export function decideSimpleScaling(policy: SimpleScalingPolicy, context: SimpleContext): SimpleDecision {
  const { desiredCapacity: desired, inServiceInstances: base, minSize, maxSize } = context;
  const { adjustmentType, adjustment, minAdjustmentMagnitude } = policy;
  const type = adjustmentTypes.indexOf(adjustmentType);
  const delta = adjustmentDelta(type, adjustment, base, minAdjustmentMagnitude ?? 0);
  const answer = (blockedBy: SimpleBlockedBy | null, desiredAfter: number, rules: string[]): SimpleDecision => ({
    policyName: policy.name,
    baseCapacity: base,
    delta,
    desiredBefore: desired,
    desiredAfter,
    blockedBy,
    rules,
  });
  if (!policy.enabled) return answer('policy-disabled', desired, ['STEP-01']);
  if (context.activityInProgress) return answer('activity-in-progress', desired, ['COOL-01']);
  if (context.cooldownEndsAtMs !== null && context.nowMs < context.cooldownEndsAtMs) {
    return answer('cooldown', desired, ['COOL-01', 'COOL-02']);
  }
  const rules = ['ADJ-01'];
  if (adjustmentType === 'PercentChangeInCapacity') rules.push('ADJ-02');
  if (adjustmentType === 'PercentChangeInCapacity' && minAdjustmentMagnitude !== null) rules.push('ADJ-03');
  const wanted = clampCapacity(base + delta, minSize, maxSize);
  if (delta === 0) return answer('zero-adjustment', desired, rules);
  rules.push('ADJ-04');
  if (wanted !== base + delta) rules.push('CAP-01');
  if (wanted !== desired) return answer(null, wanted, rules);
  return answer(delta > 0 ? 'at-maximum' : 'at-minimum', desired, [...rules, 'CAP-02']);
}

/** As it comes from a person or the wire. */
export type UncheckedSimplePolicy = Omit<SimpleScalingPolicy, 'adjustmentType' | 'adjustment'> & {
  readonly adjustmentType: AdjustmentType | null;
  readonly adjustment: number | null;
};

/** @returns every fault at once (STEP-01, ADJ-01, ADJ-03, COOL-01); empty when the policy is valid. Throws nothing. */
export function validateSimplePolicy(policy: UncheckedSimplePolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const { adjustmentType, adjustment, minAdjustmentMagnitude: magnitude, cooldownSeconds } = policy;
  if (adjustmentType === null) {
    const words = 'You must specify an AdjustmentType for policy type: SimpleScaling';
    faults.push(fault('missingAdjustmentType', 'adjustmentType', {}, words));
  }
  if (adjustment === null) {
    faults.push(fault('missingScalingAdjustment', 'adjustment'));
  } else if (!Number.isSafeInteger(adjustment)) {
    faults.push(fault('adjustmentNotWhole', 'adjustment', { adjustment }));
  } else if (adjustmentType === 'ExactCapacity' && adjustment < 0) {
    faults.push(fault('exactCapacityNegative', 'adjustment', { adjustment }));
  }
  if (magnitude !== null) {
    if (adjustmentType !== null && adjustmentType !== 'PercentChangeInCapacity') {
      faults.push(fault('minMagnitudeNeedsPercent', 'minAdjustmentMagnitude'));
    }
    if (!(Number.isSafeInteger(magnitude) && magnitude >= 1)) {
      faults.push(fault('minMagnitudeOutOfRange', 'minAdjustmentMagnitude', { magnitude }));
    }
  }
  if (cooldownSeconds !== null && !(Number.isSafeInteger(cooldownSeconds) && cooldownSeconds >= 0)) {
    faults.push(fault('cooldownOutOfRange', 'cooldownSeconds', { seconds: cooldownSeconds }));
  }
  return faults;
}
