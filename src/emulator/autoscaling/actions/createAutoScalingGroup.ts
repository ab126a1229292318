/**
 * CreateAutoScalingGroup: launch configuration, launch template or mixed instances policy are accepted as given.
 */
import { defaults } from '../../../core/defaults.ts';
import { defineAction } from '../../service.ts';
import { flag, list, required, structure, text, whole } from '../../wire/shapes.ts';
import { createGroup } from '../createGroup.ts';
import { alreadyExists, validationError } from '../errors.ts';
import type { LaunchSource, Tag } from '../group.ts';
import type { AutoScalingState } from '../state.ts';
import { launchTemplateShape, tagShape } from '../wireShapes.ts';

interface Input {
  readonly AutoScalingGroupName: string;
  readonly LaunchConfigurationName?: string;
  readonly LaunchTemplate?: Readonly<Record<string, string>>;
  readonly InstanceId?: string;
  readonly MinSize: number;
  readonly MaxSize: number;
  readonly DesiredCapacity?: number;
  readonly DefaultCooldown?: number;
  readonly DefaultInstanceWarmup?: number;
  readonly AvailabilityZones?: readonly string[];
  readonly VPCZoneIdentifier?: string;
  readonly HealthCheckGracePeriod?: number;
  readonly NewInstancesProtectedFromScaleIn?: boolean;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string; readonly PropagateAtLaunch?: boolean }[];
}

export const createAutoScalingGroup = defineAction<AutoScalingState, Input, Record<string, never>>({
  name: 'CreateAutoScalingGroup',
  input: structure({
    AutoScalingGroupName: required(text),
    LaunchConfigurationName: text,
    LaunchTemplate: launchTemplateShape,
    InstanceId: text,
    MinSize: required(whole()),
    MaxSize: required(whole()),
    DesiredCapacity: whole(),
    DefaultCooldown: whole(),
    DefaultInstanceWarmup: whole(),
    AvailabilityZones: list(text),
    VPCZoneIdentifier: text,
    HealthCheckType: text,
    HealthCheckGracePeriod: whole(),
    NewInstancesProtectedFromScaleIn: flag,
    TerminationPolicies: list(text),
    Tags: list(tagShape),
  }),
  output: null,
  run(state, input) {
    const name = input.AutoScalingGroupName;
    if (name === '' || name.length > 255 || name.includes(':')) {
      throw validationError('The AutoScalingGroup name must have 1 to 255 characters and no colon');
    }
    if (state.groups.has(name)) {
      throw alreadyExists(
        `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    }
    const desiredCapacity = input.DesiredCapacity ?? input.MinSize;
    checkSizes(input.MinSize, input.MaxSize, desiredCapacity);
    createGroup(state, {
      name,
      minSize: input.MinSize,
      maxSize: input.MaxSize,
      desiredCapacity,
      defaultCooldownSeconds: input.DefaultCooldown ?? defaults['asg.defaultCooldownSeconds'],
      defaultInstanceWarmupSeconds: warmupOf(input.DefaultInstanceWarmup),
      source: sourceOf(state, input),
      healthCheckGracePeriodSeconds: input.HealthCheckGracePeriod ?? 0,
      newInstancesProtected: input.NewInstancesProtectedFromScaleIn ?? false,
      ...(input.AvailabilityZones === undefined || input.AvailabilityZones.length === 0
        ? {}
        : { availabilityZones: input.AvailabilityZones }),
      subnets: input.VPCZoneIdentifier ?? null,
      tags: (input.Tags ?? []).map(tagOf),
    });
    return {};
  },
});

/** As in scenarios. AWS has no such limit, only quotas of EC2; every instance here takes memory and time. */
const largestGroup = 10_000;

/** @throws ValidationError unless 0 <= min <= desired <= max <= 10,000 */
export function checkSizes(minSize: number, maxSize: number, desiredCapacity: number): void {
  if (minSize < 0 || maxSize < 0) throw validationError('Group sizes must not be negative');
  if (maxSize > largestGroup) {
    throw validationError(
      `Max bound, ${maxSize}, must not be above ${largestGroup}: this emulator runs no larger group`,
    );
  }
  if (minSize > maxSize) {
    throw validationError(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  }
  if (desiredCapacity < minSize) {
    throw validationError(
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} and max size:${maxSize}`,
    );
  }
  if (desiredCapacity > maxSize) {
    throw validationError(
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} and max size:${maxSize}`,
    );
  }
}

/** -1 takes a value away again. @throws ValidationError outside 0 to 3600 */
export function warmupOf(seconds: number | undefined): number | null {
  if (seconds === undefined || seconds === -1) return null;
  if (seconds < 0 || seconds > defaults['asg.defaultInstanceWarmupMaxSeconds'])
    throw validationError('DefaultInstanceWarmup must be between 0 and 3600');
  return seconds;
}

function sourceOf(state: AutoScalingState, input: Input): LaunchSource {
  const given = [input.LaunchConfigurationName, input.LaunchTemplate, input.InstanceId].filter(
    (source) => source !== undefined,
  );
  if (given.length !== 1) {
    throw validationError(
      'Valid requests must contain exactly one of LaunchTemplate, LaunchConfigurationName or InstanceId parameter.',
    );
  }
  if (input.LaunchConfigurationName === undefined) {
    return { launchConfigurationName: null, launchTemplate: input.LaunchTemplate ?? null, instanceType: 'm7g.large' };
  }
  const known = state.launchConfigurations.get(input.LaunchConfigurationName);
  if (known === undefined) {
    throw validationError(
      `Launch configuration name not found - Launch configuration ${input.LaunchConfigurationName} not found`,
    );
  }
  return known;
}

function tagOf(tag: { readonly Key?: string; readonly Value?: string; readonly PropagateAtLaunch?: boolean }): Tag {
  return { Key: tag.Key ?? '', Value: tag.Value ?? '', PropagateAtLaunch: tag.PropagateAtLaunch ?? false };
}
