/** Adapters of step.*, warmup.*, policies.combine: src/core/scaling. */
import { z } from 'zod';
import type { ComparisonOperator } from '../../../src/core/alarms/types.ts';
import { defaults } from '../../../src/core/defaults.ts';
import { roundPercentDelta } from '../../../src/core/scaling/adjust.ts';
import { combineProposals, decideStepScaling } from '../../../src/core/scaling/step.ts';
import type { GroupCapacity, StepScalingPolicy } from '../../../src/core/scaling/types.ts';
import { validateStepPolicy } from '../../../src/core/scaling/validate.ts';
import { refreshWarmupSeconds, warmupSecondsOf } from '../../../src/core/scaling/warmup.ts';
import { largestActualUnits, weightedCapacity } from '../../../src/core/scaling/weights.ts';
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
      recentPoints: z.array(z.number().nullable()).optional(),
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
          recentPoints: recentPoints?.map((value) => value ?? Number.NaN) ?? [metricValue!],
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
      minAdjustmentMagnitude: z.number().nullish(),
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
      adjustments: z.array(z.strictObject({ adjustment: z.number(), warming: z.number().optional() })).optional(),
      minAdjustmentMagnitude: z.number().nullish(),
    }),
    ({ scaleOutSteps = [], scaleInSteps = [], adjustmentType, threshold = 0, ...input }) => {
      const over = { adjustmentType, minAdjustmentMagnitude: input.minAdjustmentMagnitude ?? null };
      const out = policyOf(scaleOutSteps, over);
      const inward = policyOf(scaleInSteps, over);
      const events =
        input.breaches?.map(({ metric, warming }) => ({
          metric,
          warming,
          policy: metric >= threshold ? out : inward,
        })) ??
        input.adjustments!.map(({ adjustment, warming }) => ({
          metric: adjustment < 0 ? threshold - 1 : threshold,
          warming: warming ?? input.warming ?? 0,
          policy: policyOf(
            [adjustment < 0 ? { lower: null, upper: 0, adjustment } : { lower: 0, upper: null, adjustment }],
            over,
          ),
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
      minAdjustmentMagnitude: z.number().nullish(),
      metricAggregationType: metricAggregationType.nullish(),
      estimatedInstanceWarmup: z.number().nullish(),
    }),
    ({ steps, adjustmentType = 'ChangeInCapacity', ...input }) => {
      const faults = validateStepPolicy({
        ...policyOf(steps, {
          minAdjustmentMagnitude: input.minAdjustmentMagnitude ?? null,
          metricAggregationType: input.metricAggregationType ?? 'Average',
          estimatedInstanceWarmupSeconds: input.estimatedInstanceWarmup ?? null,
        }),
        adjustmentType,
      });
      if (faults.length === 0) return { valid: true };
      return {
        valid: false,
        reason: anyOf(faults.map(({ reason }) => reason)),
        message: anyOf(faults.map(({ apiMessage }) => apiMessage)),
      };
    },
  ),
  'step.weights': adapter(
    z.strictObject({
      desired: z.number(),
      actual: z.number(),
      adjustment: z.number(),
      adjustmentType: adjustmentType.optional(),
      weights: z.array(z.number()).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
    ({ desired, actual, adjustment, weights = [], min = 0, max = 1_000_000, ...input }) => {
      const into = adjustment < 0;
      const step = into ? { lower: null, upper: 0, adjustment } : { lower: 0, upper: null, adjustment };
      const decision = decideStepScaling(
        policyOf([step], { adjustmentType: input.adjustmentType ?? 'ChangeInCapacity' }),
        {
          threshold: 0,
          comparisonOperator: into ? 'LessThanThreshold' : 'GreaterThanThreshold',
          recentPoints: [into ? -1 : 1],
          group: weightedCapacity({ minSize: min, maxSize: max, desiredCapacity: desired }, [
            { weight: actual, phase: 'warm' },
          ]),
        },
      );
      return {
        action: decision.blockedBy !== null ? 'none' : decision.desiredAfter > desired ? 'scaleOut' : 'scaleIn',
        desired: decision.desiredAfter,
        actualMax: largestActualUnits(max, weights),
      };
    },
  ),
  'warmup.effective': adapter(
    z.strictObject({
      policyType: z.enum([
        'StepScaling',
        'TargetTracking',
        'TargetTrackingScaling',
        'SimpleScaling',
        'PredictiveScaling',
        'InstanceRefresh',
      ]),
      estimatedInstanceWarmup: z.number().nullish(),
      instanceWarmup: z.number().nullish(),
      defaultInstanceWarmup: z.number().nullish(),
      defaultCooldown: z.number().nullish(),
      healthCheckGracePeriod: z.number().nullish(),
    }),
    ({ policyType, ...input }) => {
      const defaultInstanceWarmupSeconds = input.defaultInstanceWarmup ?? null;
      if (policyType === 'InstanceRefresh') {
        return {
          seconds: refreshWarmupSeconds({
            instanceWarmupSeconds: input.instanceWarmup ?? null,
            defaultInstanceWarmupSeconds,
            healthCheckGracePeriodSeconds:
              input.healthCheckGracePeriod ?? defaults['asg.healthCheckGracePeriodSeconds'],
          }),
        };
      }
      return {
        seconds: warmupSecondsOf(
          policyType === 'TargetTracking' ? 'TargetTrackingScaling' : policyType,
          { estimatedInstanceWarmupSeconds: input.estimatedInstanceWarmup ?? null },
          {
            defaultInstanceWarmupSeconds,
            defaultCooldownSeconds: input.defaultCooldown ?? defaults['asg.defaultCooldownSeconds'],
          },
        ),
      };
    },
  ),
  'policies.combine': adapter(
    z.strictObject({ current: z.number().optional(), proposals: z.array(z.number()) }),
    ({ current, proposals }) => ({ capacity: combineProposals(proposals) ?? current }),
  ),
};
