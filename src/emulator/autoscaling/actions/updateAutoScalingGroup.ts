/**
 * UpdateAutoScalingGroup: new bounds pull the desired capacity with them unless one is given.
 */
import { defineAction } from '../../service.ts';
import { flag, required, structure, text, whole } from '../../wire/shapes.ts';
import { updatedCause } from '../activities.ts';
import { changeDesired } from '../lifecycle.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';
import { launchTemplateShape } from '../wireShapes.ts';
import { checkSizes, warmupOf } from './createAutoScalingGroup.ts';

interface Input {
  readonly AutoScalingGroupName: string;
  readonly LaunchTemplate?: Readonly<Record<string, string>>;
  readonly MinSize?: number;
  readonly MaxSize?: number;
  readonly DesiredCapacity?: number;
  readonly DefaultCooldown?: number;
  readonly DefaultInstanceWarmup?: number;
  readonly HealthCheckGracePeriod?: number;
  readonly NewInstancesProtectedFromScaleIn?: boolean;
}

export const updateAutoScalingGroup = defineAction<AutoScalingState, Input, Record<string, never>>({
  name: 'UpdateAutoScalingGroup',
  input: structure({
    AutoScalingGroupName: required(text),
    LaunchTemplate: launchTemplateShape,
    MinSize: whole(),
    MaxSize: whole(),
    DesiredCapacity: whole(),
    DefaultCooldown: whole(),
    DefaultInstanceWarmup: whole(),
    HealthCheckType: text,
    HealthCheckGracePeriod: whole(),
    NewInstancesProtectedFromScaleIn: flag,
  }),
  output: null,
  run(state, input) {
    const group = groupNamed(state, input.AutoScalingGroupName);
    const minSize = input.MinSize ?? group.minSize;
    const maxSize = input.MaxSize ?? group.maxSize;
    const pulled = Math.min(maxSize, Math.max(minSize, group.desiredCapacity));
    const desired = input.DesiredCapacity ?? pulled;
    checkSizes(minSize, maxSize, desired);
    const warmup = input.DefaultInstanceWarmup;
    if (warmup !== undefined) group.defaultInstanceWarmupSeconds = warmupOf(warmup);
    group.minSize = minSize;
    group.maxSize = maxSize;
    group.defaultCooldownSeconds = input.DefaultCooldown ?? group.defaultCooldownSeconds;
    group.healthCheckGracePeriodSeconds = input.HealthCheckGracePeriod ?? group.healthCheckGracePeriodSeconds;
    group.newInstancesProtected = input.NewInstancesProtectedFromScaleIn ?? group.newInstancesProtected;
    if (input.LaunchTemplate !== undefined) {
      group.source = { ...group.source, launchConfigurationName: null, launchTemplate: input.LaunchTemplate };
    }
    const cause = updatedCause(state.world.nowMs(), group, group.desiredCapacity, desired);
    changeDesired(state, group, desired, cause);
    return {};
  },
});
