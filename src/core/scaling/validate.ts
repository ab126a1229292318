/**
 * Whether a step policy would be accepted: every fault at once, so that a form can show them together.
 *
 * Rules: docs/rules/scaling.md (STEP-01, STEP-07, STEP-08, ADJ-01, ADJ-03). `apiMessage` repeats the API's own words where
 * they are known. Not refused, because AWS accepts it: steps that never touch 0, steps on the wrong side of the alarm.
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import { adjustmentTypes } from './codes.ts';
import type { AdjustmentType, PolicyFault, StepAdjustment, StepScalingPolicy } from './types.ts';

const MAX_STEPS = defaults['asg.stepAdjustmentsMax'];

/** As it comes from a person or the wire: the adjustment type may be missing. */
export type UncheckedStepPolicy = Omit<StepScalingPolicy, 'adjustmentType'> & {
  readonly adjustmentType: AdjustmentType | null;
};

/** @returns faults, those of the whole policy before those of its steps; empty when the policy is valid. Throws nothing. */
export function validateStepPolicy(policy: UncheckedStepPolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (policy.adjustmentType === null || !adjustmentTypes.includes(policy.adjustmentType)) {
    faults.push(
      fault(
        'missingAdjustmentType',
        'adjustmentType',
        {},
        'You must specify an AdjustmentType for policy type: StepScaling',
      ),
    );
  }
  const magnitude = policy.minAdjustmentMagnitude;
  if (magnitude !== null) {
    if (policy.adjustmentType !== null && policy.adjustmentType !== 'PercentChangeInCapacity') {
      faults.push(fault('minMagnitudeNeedsPercent', 'minAdjustmentMagnitude'));
    }
    if (!(Number.isSafeInteger(magnitude) && magnitude >= 1)) {
      faults.push(fault('minMagnitudeOutOfRange', 'minAdjustmentMagnitude', { magnitude }));
    }
  }
  const warmup = policy.estimatedInstanceWarmupSeconds;
  if (warmup !== null && !(Number.isSafeInteger(warmup) && warmup >= 0)) {
    faults.push(fault('warmupOutOfRange', 'estimatedInstanceWarmupSeconds', { seconds: warmup }));
  }
  return [...faults, ...stepCountFaults(policy.steps), ...eachStepFaults(policy), ...coverageFaults(policy.steps)];
}

function stepCountFaults(steps: readonly StepAdjustment[]): PolicyFault[] {
  if (steps.length === 0) return [fault('noSteps', 'steps')];
  return steps.length > MAX_STEPS ? [fault('tooManySteps', 'steps', { count: steps.length })] : [];
}

function eachStepFaults(policy: UncheckedStepPolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  policy.steps.forEach((step, index) => {
    const at = `steps[${index}]`;
    const { lowerBound: lower, upperBound: upper, adjustment } = step;
    if (lower === null && upper === null) {
      faults.push(
        fault('bothBoundsNull', at, {}, 'Both lower and upper bounds of a StepAdjustment cannot be left unspecified'),
      );
    }
    if ((lower !== null && !Number.isFinite(lower)) || (upper !== null && !Number.isFinite(upper))) {
      faults.push(fault('boundNotFinite', at));
    } else if (lower !== null && upper !== null && lower >= upper) {
      const words = 'LowerBound must be less than the UpperBound for StepAdjustment';
      faults.push(fault('lowerNotBelowUpper', at, { lower, upper }, words));
    }
    if (!Number.isSafeInteger(adjustment)) {
      faults.push(fault('adjustmentNotWhole', `${at}.adjustment`, { adjustment }));
    } else if (policy.adjustmentType === 'ExactCapacity' && adjustment < 0) {
      faults.push(fault('exactCapacityNegative', `${at}.adjustment`, { adjustment }));
    }
  });
  return faults;
}

/** How the steps lie beside each other: open ends, overlaps, gaps. */
function coverageFaults(steps: readonly StepAdjustment[]): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const openBelow = steps.filter((step) => step.lowerBound === null).length;
  const openAbove = steps.filter((step) => step.upperBound === null).length;
  if (openBelow > 1) {
    const words = 'At most one StepAdjustment may have an unspecified lower bound';
    faults.push(fault('multipleNullLower', 'steps', { count: openBelow }, words));
  }
  if (openAbove > 1) {
    const words = 'At most one StepAdjustment may have an unspecified upper bound';
    faults.push(fault('multipleNullUpper', 'steps', { count: openAbove }, words));
  }
  if (openBelow === 0 && steps.some((step) => step.lowerBound !== null && step.lowerBound < 0)) {
    const words =
      'There must be a StepAdjustment with an unspecified lower bound (i.e., lower bound is null) when one StepAdjustment has a negative lower bound';
    faults.push(fault('negativeLowerNeedsNullLower', 'steps', {}, words));
  }
  if (openAbove === 0 && steps.some((step) => step.upperBound !== null && step.upperBound > 0)) {
    const words =
      'There must be a StepAdjustment with an unspecified upper bound (i.e., upper bound is null) when one StepAdjustment has a positive upper bound';
    faults.push(fault('positiveUpperNeedsNullUpper', 'steps', {}, words));
  }
  // Neighbours are compared only where every interval is one, and only once the open ends are in order.
  const intervals = steps
    .map((step) => [step.lowerBound ?? Number.NEGATIVE_INFINITY, step.upperBound ?? Number.POSITIVE_INFINITY] as const)
    .sort(([lowerA, upperA], [lowerB, upperB]) => lowerA - lowerB || upperA - upperB);
  if (openBelow > 1 || openAbove > 1 || intervals.some(([lower, upper]) => !(lower < upper))) return faults;
  for (let index = 1; index < intervals.length; index++) {
    const upper = intervals[index - 1]![1];
    const lower = intervals[index]![0];
    if (lower < upper) {
      faults.push(fault('overlap', 'steps', { upper, lower }, 'StepAdjustment intervals cannot overlap'));
    } else if (lower > upper) {
      faults.push(fault('gap', 'steps', { upper, lower }, 'StepAdjustment intervals cannot have gaps between them'));
    }
  }
  return faults;
}
