/**
 * SetDesiredCapacity: by a person, within the bounds, at once unless the cooldown is to be honoured.
 */
import { defineAction } from '../../service.ts';
import { flag, required, structure, text, whole } from '../../wire/shapes.ts';
import { explicitCause } from '../activities.ts';
import { scalingActivityInProgress, validationError } from '../errors.ts';
import { changeDesired } from '../lifecycle.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';

interface Input {
  readonly AutoScalingGroupName: string;
  readonly DesiredCapacity: number;
  readonly HonorCooldown?: boolean;
}

export const setDesiredCapacity = defineAction<AutoScalingState, Input, Record<string, never>>({
  name: 'SetDesiredCapacity',
  input: structure({ AutoScalingGroupName: required(text), DesiredCapacity: required(whole()), HonorCooldown: flag }),
  output: null,
  run(state, { AutoScalingGroupName, DesiredCapacity: desired, HonorCooldown }) {
    const group = groupNamed(state, AutoScalingGroupName);
    if (desired > group.maxSize) {
      throw validationError(
        `New SetDesiredCapacity value ${desired} is above max value ${group.maxSize} for the AutoScalingGroup.`,
      );
    }
    if (desired < group.minSize) {
      throw validationError(
        `New SetDesiredCapacity value ${desired} is below min value ${group.minSize} for the AutoScalingGroup.`,
      );
    }
    const nowMs = state.world.nowMs();
    const coolUntilMs =
      group.lastActivityMs === null ? nowMs : group.lastActivityMs + group.defaultCooldownSeconds * 1_000;
    if (HonorCooldown === true && nowMs < coolUntilMs) {
      throw scalingActivityInProgress(`Scaling activity is in progress or cooling down for group ${group.name}`);
    }
    changeDesired(state, group, desired, explicitCause(nowMs, group.desiredCapacity, desired));
    return {};
  },
});
