/** Adapters of step.*, warmup.*, policies.combine: src/core/scaling. */
import { z } from 'zod';
import type { ComparisonOperator } from '../../../src/core/alarms/types.ts';
import { roundPercentDelta } from '../../../src/core/scaling/adjust.ts';
import { combineProposals, decideStepScaling } from '../../../src/core/scaling/step.ts';
import type { GroupCapacity, StepScalingPolicy } from '../../../src/core/scaling/types.ts';
import { validateStepPolicy } from '../../../src/core/scaling/validate.ts';
import { effectiveWarmupSeconds, refreshWarmupSeconds } from '../../../src/core/scaling/warmup.ts';
import { type Adapters, adapter, anyOf } from '../adapter.ts';

const vectorStep = z.strictObject({
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  adjustment: z.number(),
});
const adjustmentType = z.enum(['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity']);
const metricAggregationType = z.enum(['Average', 'Minimum', 'Maximum']);

const policyOf = (
  steps: readonly z.infer<typeof vectorStep>[],
  over: Partial<StepScalingPolicy> = {},
): StepScalingPolicy => ({
  name: 'vector',
  adjustmentType: 'ChangeInCapacity',
  steps: steps.map(({ lower, upper, adjustment }) => ({ lowerBound: lower, upperBound: upper, adjustment })),
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: null,
  enabled: true,
  ...over,
});

const groupOf = (warm: number, over: Partial<GroupCapacity> = {}): GroupCapacity => ({
  minSize: 0,
  maxSize: 1_000_000,
  desiredCapacity: warm,
  warmInstances: warm,
  warmingInstances: 0,
  terminatingInstances: 0,
  ...over,
});

export const scalingAdapters: Adapters = {
  'step.select': adapter(
    z.strictObject({
      threshold: z.number(),
      alarmDirection: z.enum(['high', 'low']),
      steps: z.array(vectorStep),
      metricValue: z.number().optional(),
      recentPoints: z.array(z.number()).optional(),
      metricAggregationType: metricAggregationType.nullable().optional(),
    }),
    ({ threshold, alarmDirection, steps, metricValue, recentPoints, ...input }) => {
      const policy = policyOf(steps, { metricAggregationType: input.metricAggregationType ?? 'Average' });
      const operators: readonly ComparisonOperator[] =
        alarmDirection === 'high'
          ? ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold']
          : ['LessThanOrEqualToThreshold', 'LessThanThreshold'];
      const [answer, same] = operators.map((comparisonOperator) => {
        const decision = decideStepScaling(policy, {
          threshold,
          comparisonOperator,
          recentPoints: recentPoints ?? [metricValue!],
          group: groupOf(100),
        });
        const error = decision.blockedBy === 'no-matching-step' ? 'NoMatchingStep' : undefined;
        return { adjustment: policy.steps[decision.stepIndex]?.adjustment, aggregated: decision.metricValue, error };
      });
      if (JSON.stringify(answer) !== JSON.stringify(same)) throw new Error('the edge depends on the operator');
      return answer!;
    },
  ),
  'step.round': adapter(z.strictObject({ value: z.number() }), ({ value }) => ({ rounded: roundPercentDelta(value) })),
  'step.adjust': adapter(
    z.strictObject({
      adjustmentType,
      adjustment: z.number(),
      base: z.number(),
      minAdjustmentMagnitude: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
    (input) => {
      const policy = policyOf([{ lower: 0, upper: null, adjustment: input.adjustment }], {
        adjustmentType: input.adjustmentType,
        minAdjustmentMagnitude: input.minAdjustmentMagnitude ?? null,
      });
      const decision = decideStepScaling(policy, {
        threshold: 0,
        comparisonOperator: 'GreaterThanThreshold',
        recentPoints: [1],
        group: groupOf(input.base, { minSize: input.min ?? 0, maxSize: input.max ?? 1_000_000 }),
      });
      return { capacity: decision.desiredAfter };
    },
  ),
  'step.sequence': adapter(
    z.strictObject({
      threshold: z.number().optional(),
      scaleOutSteps: z.array(vectorStep).optional(),
      scaleInSteps: z.array(vectorStep).optional(),
      adjustmentType,
      initialCurrent: z.number().optional(),
      initialDesired: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
      terminating: z.number().optional(),
      warming: z.number().optional(),
      breaches: z.array(z.strictObject({ metric: z.number(), warming: z.number() })).optional(),
      adjustments: z.array(z.strictObject({ adjustment: z.number() })).optional(),
    }),
    ({ scaleOutSteps = [], scaleInSteps = [], adjustmentType, threshold = 0, ...input }) => {
      const out = policyOf(scaleOutSteps, { adjustmentType });
      const inward = policyOf(scaleInSteps, { adjustmentType });
      const events =
        input.breaches?.map(({ metric, warming }) => ({
          metric,
          warming,
          policy: metric >= threshold ? out : inward,
        })) ??
        input.adjustments!.map(({ adjustment }) => ({
          metric: threshold - 1,
          warming: input.warming ?? 0,
          policy: policyOf([{ lower: null, upper: 0, adjustment }], { adjustmentType }),
        }));
      let desired = input.initialDesired;
      const desiredAfter = events.map(({ metric, warming, policy }) => {
        const decision = decideStepScaling(policy, {
          threshold,
          comparisonOperator: metric >= threshold ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold',
          recentPoints: [metric],
          group: groupOf(desired - warming, {
            minSize: input.min ?? 0,
            maxSize: input.max ?? 1_000_000,
            desiredCapacity: desired,
            warmingInstances: warming,
            terminatingInstances: input.terminating ?? 0,
          }),
        });
        desired = decision.desiredAfter;
        return desired;
      });
      return { desiredAfter };
    },
  ),
  'step.validate': adapter(
    z.strictObject({
      steps: z.array(vectorStep),
      policyType: z.literal('StepScaling').optional(),
      adjustmentType: adjustmentType.nullable().optional(),
    }),
    ({ steps, adjustmentType = 'ChangeInCapacity' }) => {
      const faults = validateStepPolicy({ ...policyOf(steps), adjustmentType });
      if (faults.length === 0) return { valid: true };
      return {
        valid: false,
        reason: anyOf(faults.map(({ reason }) => reason)),
        message: anyOf(faults.map(({ apiMessage }) => apiMessage)),
      };
    },
  ),
  'warmup.effective': adapter(
    z.strictObject({
      policyType: z.enum(['StepScaling', 'TargetTrackingScaling', 'InstanceRefresh']),
      estimatedInstanceWarmup: z.number().nullable().optional(),
      instanceWarmup: z.number().nullable().optional(),
      defaultInstanceWarmup: z.number().nullable(),
      defaultCooldown: z.number(),
      healthCheckGracePeriod: z.number().optional(),
    }),
    (input) => ({
      seconds:
        input.policyType === 'InstanceRefresh'
          ? refreshWarmupSeconds({
              instanceWarmupSeconds: input.instanceWarmup ?? null,
              defaultInstanceWarmupSeconds: input.defaultInstanceWarmup,
              healthCheckGracePeriodSeconds: input.healthCheckGracePeriod!,
            })
          : effectiveWarmupSeconds(
              { estimatedInstanceWarmupSeconds: input.estimatedInstanceWarmup ?? null },
              {
                defaultInstanceWarmupSeconds: input.defaultInstanceWarmup,
                defaultCooldownSeconds: input.defaultCooldown,
              },
            ),
    }),
  ),
  'policies.combine': adapter(
    z.strictObject({ current: z.number(), proposals: z.array(z.number()) }),
    ({ proposals }) => ({ capacity: combineProposals(proposals) }),
  ),
};
