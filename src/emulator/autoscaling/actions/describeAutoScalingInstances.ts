/**
 * DescribeAutoScalingInstances: instances of all groups, each with its group.
 */
import { defineAction } from '../../service.ts';
import { flag, list, structure, text, whole } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import type { AutoScalingState } from '../state.ts';
import { instanceToWire, launchTemplateShape } from '../wireShapes.ts';

interface Input {
  readonly InstanceIds?: readonly string[];
  readonly NextToken?: string;
  readonly MaxRecords?: number;
}

export const describeAutoScalingInstances = defineAction<
  AutoScalingState,
  Input,
  { AutoScalingInstances: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribeAutoScalingInstances',
  input: structure({ InstanceIds: list(text), NextToken: text, MaxRecords: whole() }),
  output: structure({
    AutoScalingInstances: list(
      structure({
        InstanceId: text,
        InstanceType: text,
        AutoScalingGroupName: text,
        AvailabilityZone: text,
        LifecycleState: text,
        HealthStatus: text,
        LaunchConfigurationName: text,
        LaunchTemplate: launchTemplateShape,
        ProtectedFromScaleIn: flag,
      }),
    ),
    NextToken: text,
  }),
  run(state, input) {
    const ids = input.InstanceIds ?? [];
    const all = [...state.groups.values()].flatMap((group) =>
      group.instances
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .map((instance) => ({ ...instanceToWire(group, instance), AutoScalingGroupName: group.name })),
    );
    const { page, ...rest } = pageOf(all, input, { usual: 50, most: 50 });
    // This action spells health in capitals, unlike DescribeAutoScalingGroups.
    return { AutoScalingInstances: page.map((item) => ({ ...item, HealthStatus: 'HEALTHY' })), ...rest };
  },
});
