/**
 * TerminateInstanceInAutoScalingGroup and SetInstanceProtection: what a person does to single instances.
 */
import { defineAction } from '../../service.ts';
import { flag, list, required, structure, text } from '../../wire/shapes.ts';
import { validationError } from '../errors.ts';
import type { Group, Instance } from '../group.ts';
import { terminateByRequest } from '../lifecycle.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';
import { activityShape, activityToWire } from '../wireShapes.ts';

export const terminateInstanceInAutoScalingGroup = defineAction<
  AutoScalingState,
  { readonly InstanceId: string; readonly ShouldDecrementDesiredCapacity: boolean },
  { Activity: Record<string, unknown> }
>({
  name: 'TerminateInstanceInAutoScalingGroup',
  input: structure({ InstanceId: required(text), ShouldDecrementDesiredCapacity: required(flag) }),
  output: structure({ Activity: activityShape }),
  run(state, { InstanceId, ShouldDecrementDesiredCapacity: decrement }) {
    const { group, instance } = instanceNamed(state, InstanceId);
    if (instance.state === 'Terminating') throw validationError(`Instance ${InstanceId} is already terminating`);
    if (decrement && group.desiredCapacity <= group.minSize) {
      throw validationError(
        `Currently, desiredSize equals minSize (${group.minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
      );
    }
    return { Activity: activityToWire(terminateByRequest(state, group, instance, decrement)) };
  },
});

export const setInstanceProtection = defineAction<
  AutoScalingState,
  {
    readonly InstanceIds: readonly string[];
    readonly AutoScalingGroupName: string;
    readonly ProtectedFromScaleIn: boolean;
  },
  Record<string, never>
>({
  name: 'SetInstanceProtection',
  input: structure({
    InstanceIds: required(list(text)),
    AutoScalingGroupName: required(text),
    ProtectedFromScaleIn: required(flag),
  }),
  output: structure({}),
  run(state, { InstanceIds, AutoScalingGroupName, ProtectedFromScaleIn }) {
    const group = groupNamed(state, AutoScalingGroupName);
    const instances = InstanceIds.map((id) => {
      const found = group.instances.find((instance) => instance.id === id);
      if (found === undefined)
        throw validationError(`The instance ${id} is not part of Auto Scaling group ${group.name}.`);
      return found;
    });
    for (const instance of instances) instance.protectedFromScaleIn = ProtectedFromScaleIn;
    return {};
  },
});

function instanceNamed(state: AutoScalingState, id: string): { group: Group; instance: Instance } {
  for (const group of state.groups.values()) {
    const instance = group.instances.find((candidate) => candidate.id === id);
    if (instance !== undefined) return { group, instance };
  }
  throw validationError(`Instance Id not found - No managed instance found for instance ID ${id}`);
}
