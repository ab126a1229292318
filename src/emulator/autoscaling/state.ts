/**
 * Everything Auto Scaling keeps for one account and Region.
 */
import { arnOf } from '../arns.ts';
import type { MetricSink } from '../metricSink.ts';
import type { ServiceContext } from '../service.ts';
import type { World } from '../world/world.ts';
import { groupNotFound, validationError } from './errors.ts';
import type { Activity, Group, LaunchSource, Policy } from './group.ts';

/** Which alarms run a policy: CloudWatch knows. */
export interface AlarmDirectory {
  alarmsWithAction(arn: string): readonly { readonly name: string; readonly arn: string }[];
}

export interface AutoScalingState {
  readonly world: World;
  readonly sink: MetricSink;
  readonly accountId: string;
  readonly region: string;
  readonly alarms: AlarmDirectory;
  readonly groups: Map<string, Group>;
  readonly launchConfigurations: Map<
    string,
    LaunchSource & { readonly imageId: string | null; readonly createdMs: number }
  >;
  /** Oldest first; six weeks. */
  activities: Activity[];
  nextSequence: number;
}

export function createAutoScalingState(context: ServiceContext, alarms: AlarmDirectory): AutoScalingState {
  return {
    world: context.world,
    sink: context.sink,
    accountId: context.accountId,
    region: context.region,
    alarms,
    groups: new Map(),
    launchConfigurations: new Map(),
    activities: [],
    nextSequence: 1,
  };
}

/** By name or ARN. @throws ValidationError when there is none */
export function groupNamed(state: AutoScalingState, nameOrArn: string): Group {
  const isArn = nameOrArn.startsWith('arn:');
  const name = isArn ? (nameOrArn.split('autoScalingGroupName/')[1] ?? nameOrArn) : nameOrArn;
  const group = state.groups.get(name);
  if (group === undefined || (isArn && group.arn !== nameOrArn)) throw groupNotFound(name);
  return group;
}

/** By name within a group, or by ARN. @throws ValidationError when there is none */
export function policyNamed(
  state: AutoScalingState,
  nameOrArn: string,
  groupName: string | undefined,
): { group: Group; policy: Policy } {
  const found = findPolicy(state, nameOrArn, groupName);
  if (found !== null) return found;
  throw validationError(`Policy ${nameOrArn} not found${groupName === undefined ? '' : ` in group ${groupName}`}`);
}

export function findPolicy(
  state: AutoScalingState,
  nameOrArn: string,
  groupName?: string,
): { group: Group; policy: Policy } | null {
  for (const group of state.groups.values()) {
    if (groupName !== undefined && group.name !== groupName && group.arn !== groupName) continue;
    for (const policy of group.policies.values()) {
      const byName = groupName !== undefined && policy.policy.name === nameOrArn;
      if (byName || policy.arn === nameOrArn) return { group, policy };
    }
  }
  return null;
}

export const groupArn = (state: AutoScalingState, id: string, name: string): string =>
  arnOf('autoscaling', state, `autoScalingGroup:${id}:autoScalingGroupName/${name}`);

export const policyArn = (state: AutoScalingState, id: string, groupName: string, policyName: string): string =>
  arnOf('autoscaling', state, `scalingPolicy:${id}:autoScalingGroupName/${groupName}:policyName/${policyName}`);
