/**
 * ExecutePolicy: run a step policy by hand with a metric value and the threshold it is measured against (STEP-06).
 */
import { defineAction } from '../../service.ts';
import { decimal, flag, required, structure, text } from '../../wire/shapes.ts';
import { validationError } from '../errors.ts';
import { executePolicy as execute, noStepMessage } from '../policies.ts';
import { type AutoScalingState, policyNamed } from '../state.ts';

interface Input {
  readonly AutoScalingGroupName?: string;
  readonly PolicyName: string;
  readonly HonorCooldown?: boolean;
  readonly MetricValue?: number;
  readonly BreachThreshold?: number;
}

export const executePolicy = defineAction<AutoScalingState, Input, Record<string, never>>({
  name: 'ExecutePolicy',
  input: structure({
    AutoScalingGroupName: text,
    PolicyName: required(text),
    HonorCooldown: flag,
    MetricValue: decimal,
    BreachThreshold: decimal,
  }),
  output: null,
  run(state, input) {
    const { group, policy } = policyNamed(state, input.PolicyName, input.AutoScalingGroupName);
    if (input.HonorCooldown === true) {
      throw validationError('HonorCooldown is not supported for policy type StepScaling');
    }
    if (input.MetricValue === undefined || input.BreachThreshold === undefined) {
      throw validationError('MetricValue and BreachThreshold are required for policy type StepScaling');
    }
    const decision = execute(state, group, policy.policy, input.MetricValue, input.BreachThreshold);
    if (decision.blockedBy === 'no-matching-step') throw validationError(noStepMessage(decision));
    return {};
  },
});
