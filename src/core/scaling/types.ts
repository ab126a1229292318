/**
 * The words of EC2 Auto Scaling's step policies and groups. Rules: docs/rules/scaling.md (STEP, ADJ, WARM, CAP, MULTI).
 */
import type { FaultReason } from '../messages/faults.ts';

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';
export type MetricAggregationType = 'Average' | 'Minimum' | 'Maximum';

/** Bounds are offsets from the alarm's threshold (STEP-02); null is unbounded. */
export interface StepAdjustment {
  readonly lowerBound: number | null;
  readonly upperBound: number | null;
  readonly adjustment: number;
}

export interface StepScalingPolicy {
  readonly name: string;
  readonly adjustmentType: AdjustmentType;
  readonly steps: readonly StepAdjustment[];
  /** PercentChangeInCapacity only (ADJ-03); null: none. */
  readonly minAdjustmentMagnitude: number | null;
  readonly metricAggregationType: MetricAggregationType;
  /** null: the group's default warm-up, then its default cooldown (WARM-08). */
  readonly estimatedInstanceWarmupSeconds: number | null;
  readonly enabled: boolean;
}

/** What a policy sees of its group at one moment. Counts of instances (no weights in this type). */
export interface GroupCapacity {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** InService and past warm-up. */
  readonly warmInstances: number;
  /** Pending, or InService and still warming: credited on scale-out (WARM-02), block scale-in (WARM-05). */
  readonly warmingInstances: number;
  /** Leaving: still in the base of the next scale-in (WARM-05). */
  readonly terminatingInstances: number;
}

export type BlockedBy =
  | 'no-matching-step'
  | 'credited-in-flight'
  | 'scale-out-in-progress'
  | 'at-maximum'
  | 'at-minimum'
  | 'policy-disabled'
  | 'zero-adjustment';

/** One invocation of a policy, acted on or not, with the numbers that led to it. */
export interface StepDecision {
  readonly policyName: string;
  /** Aggregated metric value judged (STEP-05). */
  readonly metricValue: number;
  readonly threshold: number;
  /** Index into policy.steps; -1 when none matches (STEP-06). */
  readonly stepIndex: number;
  /** Capacity the percentage or change was applied to (ADJ-04). */
  readonly baseCapacity: number;
  /** Change asked for, after rounding and minimum magnitude, before credit and clamping. */
  readonly delta: number;
  /** Capacity in flight that was credited against delta (WARM-02). */
  readonly creditedInstances: number;
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  readonly blockedBy: BlockedBy | null;
  readonly rules: readonly string[];
}

/** One fault of a policy, worded for a person, beside the API's own words where they are known. */
export interface PolicyFault {
  readonly field: string;
  readonly reason: FaultReason;
  /** In English; `faultText` (core/messages/faults.ts) gives it in a language. */
  readonly problem: string;
  readonly apiMessage: string | null;
  /** The API's error code; Auto Scaling and CloudWatch say ValidationError where they say anything. null: not known. */
  readonly apiCode?: string | null;
  /** The facts that fill the sentence. */
  readonly params?: Readonly<Record<string, string | number>>;
}
