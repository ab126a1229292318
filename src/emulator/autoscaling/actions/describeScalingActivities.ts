/**
 * DescribeScalingActivities: newest first, at most 100 a page, six weeks back.
 *
 * The token remembers the last activity given out, so activities that begin between two pages disturb nothing.
 */
import { defineAction } from '../../service.ts';
import { flag, list, structure, text, whole } from '../../wire/shapes.ts';
import { validationError } from '../errors.ts';
import { numberToken, tokenNumber } from '../paging.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';
import { activityShape, activityToWire } from '../wireShapes.ts';

interface Input {
  readonly ActivityIds?: readonly string[];
  readonly AutoScalingGroupName?: string;
  readonly IncludeDeletedGroups?: boolean;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

export const describeScalingActivities = defineAction<
  AutoScalingState,
  Input,
  { Activities: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribeScalingActivities',
  input: structure({
    ActivityIds: list(text),
    AutoScalingGroupName: text,
    IncludeDeletedGroups: flag,
    MaxRecords: whole(),
    NextToken: text,
  }),
  output: structure({ Activities: list(activityShape), NextToken: text }),
  run(state, input) {
    const pageSize = input.MaxRecords ?? 100;
    if (pageSize < 1 || pageSize > 100) throw validationError('The parameter MaxRecords must be between 1 and 100.');
    const groupName = groupNameOf(state, input);
    const before = tokenNumber(input.NextToken) ?? Number.POSITIVE_INFINITY;
    const ids = input.ActivityIds ?? [];
    const matching = state.activities.filter(
      (activity) =>
        activity.sequence < before &&
        (groupName === null || activity.groupName === groupName) &&
        (ids.length === 0 || ids.includes(activity.id)) &&
        (input.IncludeDeletedGroups === true || state.groups.has(activity.groupName)),
    );
    const page = matching.slice(Math.max(0, matching.length - pageSize)).reverse();
    const last = page.at(-1);
    return {
      Activities: page.map(activityToWire),
      ...(matching.length > pageSize && last !== undefined ? { NextToken: numberToken(last.sequence) } : {}),
    };
  },
});

function groupNameOf(state: AutoScalingState, input: Input): string | null {
  if (input.AutoScalingGroupName === undefined) return null;
  if (input.IncludeDeletedGroups === true) return input.AutoScalingGroupName;
  return groupNamed(state, input.AutoScalingGroupName).name;
}
