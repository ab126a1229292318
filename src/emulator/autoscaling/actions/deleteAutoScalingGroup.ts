/**
 * DeleteAutoScalingGroup: refused while instances are left, unless forced; its activities stay.
 */
import { defineAction } from '../../service.ts';
import { flag, required, structure, text } from '../../wire/shapes.ts';
import { resourceInUse } from '../errors.ts';
import { deleteGroup } from '../lifecycle.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';

export const deleteAutoScalingGroup = defineAction<
  AutoScalingState,
  { readonly AutoScalingGroupName: string; readonly ForceDelete?: boolean },
  Record<string, never>
>({
  name: 'DeleteAutoScalingGroup',
  input: structure({ AutoScalingGroupName: required(text), ForceDelete: flag }),
  output: null,
  run(state, { AutoScalingGroupName, ForceDelete }) {
    const group = groupNamed(state, AutoScalingGroupName);
    if (group.instances.length > 0 && ForceDelete !== true) {
      throw resourceInUse(
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
      );
    }
    deleteGroup(state, group);
    return {};
  },
});
