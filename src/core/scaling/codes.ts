/**
 * Step policies as small whole numbers and typed arrays, so that a loop over weeks decides without allocating.
 *
 * The words (types.ts) are for people and files; the codes are for loops.
 */
import type { AdjustmentType, BlockedBy, MetricAggregationType, StepScalingPolicy } from './types.ts';

export const ADJUST_CHANGE = 0;
export const ADJUST_EXACT = 1;
export const ADJUST_PERCENT = 2;
export const adjustmentTypes = [
  'ChangeInCapacity',
  'ExactCapacity',
  'PercentChangeInCapacity',
] as const satisfies readonly AdjustmentType[];

export const AGGREGATE_AVERAGE = 0;
export const AGGREGATE_MINIMUM = 1;
export const AGGREGATE_MAXIMUM = 2;
export const aggregationTypes = ['Average', 'Minimum', 'Maximum'] as const satisfies readonly MetricAggregationType[];

export const BLOCKED_NOT = 0;
export const BLOCKED_NO_MATCHING_STEP = 1;
export const BLOCKED_CREDITED = 2;
export const BLOCKED_SCALE_OUT_IN_PROGRESS = 3;
export const BLOCKED_AT_MAXIMUM = 4;
export const BLOCKED_AT_MINIMUM = 5;
export const BLOCKED_POLICY_DISABLED = 6;
export const BLOCKED_ZERO_ADJUSTMENT = 7;
/** Index is the code; 0 is "not blocked". */
export const blockedReasons = [
  null,
  'no-matching-step',
  'credited-in-flight',
  'scale-out-in-progress',
  'at-maximum',
  'at-minimum',
  'policy-disabled',
  'zero-adjustment',
] as const satisfies readonly (BlockedBy | null)[];

/** A policy ready for a loop. Unbounded steps carry infinities; no minimum magnitude is 0. */
export interface CompiledStepPolicy {
  readonly enabled: boolean;
  readonly adjustmentType: number;
  readonly aggregation: number;
  readonly minAdjustmentMagnitude: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly adjustment: Int32Array;
}

export function compileStepPolicy(policy: StepScalingPolicy): CompiledStepPolicy {
  return {
    enabled: policy.enabled,
    adjustmentType: adjustmentTypes.indexOf(policy.adjustmentType),
    aggregation: aggregationTypes.indexOf(policy.metricAggregationType),
    minAdjustmentMagnitude: policy.minAdjustmentMagnitude ?? 0,
    lower: Float64Array.from(policy.steps, (step) => step.lowerBound ?? Number.NEGATIVE_INFINITY),
    upper: Float64Array.from(policy.steps, (step) => step.upperBound ?? Number.POSITIVE_INFINITY),
    adjustment: Int32Array.from(policy.steps, (step) => step.adjustment),
  };
}
