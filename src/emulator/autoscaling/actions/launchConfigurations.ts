/**
 * CreateLaunchConfiguration, DescribeLaunchConfigurations, DeleteLaunchConfiguration: as much as a group needs to be made.
 */
import { defineAction } from '../../service.ts';
import { list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { alreadyExists, resourceInUse, validationError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { AutoScalingState } from '../state.ts';

type Nothing = Record<string, never>;

export const createLaunchConfiguration = defineAction<
  AutoScalingState,
  { readonly LaunchConfigurationName: string; readonly ImageId?: string; readonly InstanceType?: string },
  Nothing
>({
  name: 'CreateLaunchConfiguration',
  input: structure({ LaunchConfigurationName: required(text), ImageId: text, InstanceType: text }),
  output: null,
  run(state, { LaunchConfigurationName: name, ImageId, InstanceType }) {
    if (state.launchConfigurations.has(name)) {
      throw alreadyExists(
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
      );
    }
    state.launchConfigurations.set(name, {
      launchConfigurationName: name,
      launchTemplate: null,
      instanceType: InstanceType ?? 'm7g.large',
      imageId: ImageId ?? null,
      createdMs: state.world.nowMs(),
    });
    return {};
  },
});

export const describeLaunchConfigurations = defineAction<
  AutoScalingState,
  { readonly LaunchConfigurationNames?: readonly string[]; readonly NextToken?: string; readonly MaxRecords?: number },
  { LaunchConfigurations: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribeLaunchConfigurations',
  input: structure({ LaunchConfigurationNames: list(text), NextToken: text, MaxRecords: whole() }),
  output: structure({
    LaunchConfigurations: list(
      structure({ LaunchConfigurationName: text, ImageId: text, InstanceType: text, CreatedTime: timestamp }),
    ),
    NextToken: text,
  }),
  run(state, input) {
    const names = input.LaunchConfigurationNames ?? [];
    const matching = [...state.launchConfigurations.entries()].filter(
      ([name]) => names.length === 0 || names.includes(name),
    );
    const { page, ...rest } = pageOf(matching, input, { usual: 50, most: 100 });
    const LaunchConfigurations = page.map(([LaunchConfigurationName, { imageId, instanceType, createdMs }]) => ({
      LaunchConfigurationName,
      ImageId: imageId ?? '',
      InstanceType: instanceType,
      CreatedTime: createdMs,
    }));
    return { LaunchConfigurations, ...rest };
  },
});

export const deleteLaunchConfiguration = defineAction<
  AutoScalingState,
  { readonly LaunchConfigurationName: string },
  Nothing
>({
  name: 'DeleteLaunchConfiguration',
  input: structure({ LaunchConfigurationName: required(text) }),
  output: null,
  run(state, { LaunchConfigurationName: name }) {
    if (!state.launchConfigurations.has(name)) {
      throw validationError(`Launch configuration name not found - Launch configuration ${name} not found`);
    }
    for (const group of state.groups.values()) {
      if (group.source.launchConfigurationName === name) {
        throw resourceInUse(`Cannot delete launch configuration ${name} because it is attached to an AutoScalingGroup`);
      }
    }
    state.launchConfigurations.delete(name);
    return {};
  },
});
