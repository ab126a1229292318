/**
 * PutScalingPolicy: creates or replaces a step scaling policy. Other policy types are refused by name.
 */
import type { AdjustmentType, MetricAggregationType, StepAdjustment } from '../../../core/scaling/types.ts';
import { validateStepPolicy } from '../../../core/scaling/validate.ts';
import { defineAction } from '../../service.ts';
import { wireField } from '../../wire/fieldNames.ts';
import { flag, list, required, structure, text, whole } from '../../wire/shapes.ts';
import { validationError } from '../errors.ts';
import { storePolicy } from '../policies.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';
import { alarmsShape, alarmsToWire, stepAdjustmentShape } from '../wireShapes.ts';

interface Input {
  readonly AutoScalingGroupName: string;
  readonly PolicyName: string;
  readonly PolicyType?: string;
  readonly AdjustmentType?: string;
  readonly MinAdjustmentStep?: number;
  readonly MinAdjustmentMagnitude?: number;
  readonly ScalingAdjustment?: number;
  readonly Cooldown?: number;
  readonly MetricAggregationType?: string;
  readonly StepAdjustments?: readonly {
    readonly MetricIntervalLowerBound?: number;
    readonly MetricIntervalUpperBound?: number;
    readonly ScalingAdjustment?: number;
  }[];
  readonly EstimatedInstanceWarmup?: number;
  readonly Enabled?: boolean;
}

const adjustmentTypes: readonly AdjustmentType[] = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'];
const aggregations: readonly MetricAggregationType[] = ['Average', 'Minimum', 'Maximum'];
const mostPolicies = 50;

export const putScalingPolicy = defineAction<
  AutoScalingState,
  Input,
  { PolicyARN: string; Alarms: Record<string, unknown>[] }
>({
  name: 'PutScalingPolicy',
  input: structure({
    AutoScalingGroupName: required(text),
    PolicyName: required(text),
    PolicyType: text,
    AdjustmentType: text,
    MinAdjustmentStep: whole(),
    MinAdjustmentMagnitude: whole(),
    ScalingAdjustment: whole(),
    Cooldown: whole(),
    MetricAggregationType: text,
    StepAdjustments: list(stepAdjustmentShape),
    EstimatedInstanceWarmup: whole(),
    Enabled: flag,
  }),
  output: structure({ PolicyARN: text, Alarms: alarmsShape }),
  run(state, input) {
    const group = groupNamed(state, input.AutoScalingGroupName);
    refuseOtherTypes(input);
    const policy = {
      name: input.PolicyName,
      adjustmentType: oneOf(adjustmentTypes, input.AdjustmentType, 'AdjustmentType'),
      steps: (input.StepAdjustments ?? []).map(stepOf),
      minAdjustmentMagnitude: input.MinAdjustmentMagnitude ?? null,
      metricAggregationType: oneOf(aggregations, input.MetricAggregationType, 'MetricAggregationType') ?? 'Average',
      estimatedInstanceWarmupSeconds: input.EstimatedInstanceWarmup ?? null,
      enabled: input.Enabled ?? true,
    };
    const [fault] = validateStepPolicy(policy);
    if (fault !== undefined) throw validationError(fault.apiMessage ?? `${wireField(fault.field)}: ${fault.problem}`);
    const { adjustmentType } = policy;
    if (adjustmentType === null) throw validationError('AdjustmentType is required');
    if (!group.policies.has(policy.name) && group.policies.size >= mostPolicies) {
      throw validationError(`Policies per group are limited to ${mostPolicies}`);
    }
    const { arn } = storePolicy(state, group, { ...policy, adjustmentType });
    return { PolicyARN: arn, Alarms: alarmsToWire(state, arn) };
  },
});

function refuseOtherTypes(input: Input): void {
  const type = input.PolicyType ?? 'SimpleScaling';
  if (type === 'StepScaling') {
    if (input.ScalingAdjustment !== undefined || input.Cooldown !== undefined) {
      throw validationError('ScalingAdjustment and Cooldown are not supported by policy type StepScaling');
    }
    return;
  }
  if (!['SimpleScaling', 'TargetTrackingScaling', 'PredictiveScaling'].includes(type)) {
    throw validationError(`Unsupported policy type: ${type}`);
  }
  // Without a PolicyType AWS takes SimpleScaling (STEP-01), which is a common slip; so the sentence names the way out.
  throw validationError(
    `Policy type ${type} is not supported by this emulator. Give PolicyType StepScaling with StepAdjustments.`,
  );
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined, name: string): T | null {
  if (value === undefined) return null;
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw validationError(`${name} must be one of ${known.join(', ')}, not ${value}`);
  return found;
}

function stepOf(step: NonNullable<Input['StepAdjustments']>[number]): StepAdjustment {
  if (step.ScalingAdjustment === undefined) {
    throw validationError('You must specify a ScalingAdjustment for every StepAdjustment');
  }
  return {
    lowerBound: step.MetricIntervalLowerBound ?? null,
    upperBound: step.MetricIntervalUpperBound ?? null,
    adjustment: step.ScalingAdjustment,
  };
}
