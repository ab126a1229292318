/**
 * DescribeScalingActivities: newest first, at most 100 a page, six weeks back.
 *
 * The token remembers the last activity given out, so activities that begin between two pages disturb nothing.
 */
import { numbersToken, pageOfRest } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { flag, list, structure, text, whole } from '../../wire/shapes.ts';
import { pageSizeOf, tokenNumber } from '../paging.ts';
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
    const pageSize = pageSizeOf(input.MaxRecords, { usual: 100, most: 100 });
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
    const { page, ...more } = pageOfRest(matching.reverse(), pageSize, ({ sequence }) => numbersToken(sequence));
    return { Activities: page.map(activityToWire), ...more };
  },
});

function groupNameOf(state: AutoScalingState, input: Input): string | null {
  if (input.AutoScalingGroupName === undefined) return null;
  if (input.IncludeDeletedGroups === true) return input.AutoScalingGroupName;
  return groupNamed(state, input.AutoScalingGroupName).name;
}
