/**
 * DescribePolicies: policies of one group or of all, each with the alarms that run it.
 */
import { defineAction } from '../../service.ts';
import { list, structure, text, whole } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';
import { policyShape, policyToWire } from '../wireShapes.ts';

interface Input {
  readonly AutoScalingGroupName?: string;
  readonly PolicyNames?: readonly string[];
  readonly PolicyTypes?: readonly string[];
  readonly NextToken?: string;
  readonly MaxRecords?: number;
}

export const describePolicies = defineAction<
  AutoScalingState,
  Input,
  { ScalingPolicies: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribePolicies',
  input: structure({
    AutoScalingGroupName: text,
    PolicyNames: list(text),
    PolicyTypes: list(text),
    NextToken: text,
    MaxRecords: whole(),
  }),
  output: structure({ ScalingPolicies: list(policyShape), NextToken: text }),
  run(state, input) {
    const groups =
      input.AutoScalingGroupName === undefined
        ? [...state.groups.values()]
        : [groupNamed(state, input.AutoScalingGroupName)];
    const names = input.PolicyNames ?? [];
    const types = input.PolicyTypes ?? [];
    const matching = groups.flatMap((group) =>
      [...group.policies.values()]
        .filter(({ arn, policy }) => names.length === 0 || names.includes(policy.name) || names.includes(arn))
        .filter(() => types.length === 0 || types.includes('StepScaling'))
        .map((policy) => policyToWire(state, group, policy)),
    );
    const { page, ...rest } = pageOf(matching, input, { usual: 50, most: 100 });
    return { ScalingPolicies: [...page], ...rest };
  },
});
