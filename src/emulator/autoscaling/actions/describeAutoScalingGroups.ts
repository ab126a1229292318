/**
 * DescribeAutoScalingGroups: groups by name, or all of them, with their instances. An unknown name is simply not listed.
 */
import { defineAction } from '../../service.ts';
import { flag, list, structure, text, whole } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import type { AutoScalingState } from '../state.ts';
import { groupShape, groupToWire } from '../wireShapes.ts';

interface Input {
  readonly AutoScalingGroupNames?: readonly string[];
  readonly IncludeInstances?: boolean;
  readonly NextToken?: string;
  readonly MaxRecords?: number;
}

export const describeAutoScalingGroups = defineAction<
  AutoScalingState,
  Input,
  { AutoScalingGroups: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribeAutoScalingGroups',
  input: structure({ AutoScalingGroupNames: list(text), IncludeInstances: flag, NextToken: text, MaxRecords: whole() }),
  output: structure({ AutoScalingGroups: list(groupShape), NextToken: text }),
  run(state, input) {
    const names = input.AutoScalingGroupNames ?? [];
    const matching = [...state.groups.values()].filter(({ name }) => names.length === 0 || names.includes(name));
    const { page, ...rest } = pageOf(matching, input, { usual: 50, most: 100 });
    const AutoScalingGroups = page.map((group) =>
      input.IncludeInstances === false ? { ...groupToWire(group), Instances: [] } : groupToWire(group),
    );
    return { AutoScalingGroups, ...rest };
  },
});
