/**
 * DeletePolicy: alarms that ran it stay, and their action fails from then on.
 */
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { type AutoScalingState, policyNamed } from '../state.ts';

export const deletePolicy = defineAction<
  AutoScalingState,
  { readonly AutoScalingGroupName?: string; readonly PolicyName: string },
  Record<string, never>
>({
  name: 'DeletePolicy',
  input: structure({ AutoScalingGroupName: text, PolicyName: required(text) }),
  output: null,
  run(state, { AutoScalingGroupName, PolicyName }) {
    const { group, policy } = policyNamed(state, PolicyName, AutoScalingGroupName);
    group.policies.delete(policy.policy.name);
    return {};
  },
});
