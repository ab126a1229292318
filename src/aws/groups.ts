/** EC2 Auto Scaling: groups with their step-scaling policies, and scaling activities as events. */
import type { AutoScalingGroup, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import type { NewEvent } from '../core/model/events.ts';
import type { DeployedPolicy, Resource } from '../core/model/resources.ts';
import type { StepScalingPolicy } from '../core/scaling/types.ts';
import { type Caller, everyPage, mapBounded } from './caller.ts';
import type { Discovery } from './interface.ts';

export async function discoverGroups(
  caller: Caller,
  connectionId: string,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<{ resources: Resource[]; leftOut: Discovery['leftOut'] }> {
  const { DescribeAutoScalingGroupsCommand, DescribePoliciesCommand } = await import('@aws-sdk/client-auto-scaling');
  const client = await caller.clients.autoScaling();
  const groups = await everyPage(async (token) => {
    const input = { MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) };
    const page = await caller.call('autoscaling:DescribeAutoScalingGroups', signal, (options) =>
      client.send(new DescribeAutoScalingGroupsCommand(input), options),
    );
    return { items: page.AutoScalingGroups ?? [], next: page.NextToken };
  });
  const policies = await everyPage(async (token) => {
    const input = { MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) };
    const page = await caller.call('autoscaling:DescribePolicies', signal, (options) =>
      client.send(new DescribePoliciesCommand(input), options),
    );
    return { items: page.ScalingPolicies ?? [], next: page.NextToken };
  });
  const leftOut = policies
    .filter((policy) => stepPolicy(policy) === null)
    .map((policy) => ({
      what: 'policy' as const,
      name: `${policy.AutoScalingGroupName}/${policy.PolicyName}`,
      why: `policy type ${policy.PolicyType ?? 'unknown'}`,
    }));
  const resources = groups.flatMap((group): Resource[] => {
    if (group.AutoScalingGroupARN === undefined || group.AutoScalingGroupName === undefined) return [];
    return [
      {
        id: group.AutoScalingGroupARN,
        connectionId,
        kind: 'auto-scaling-group',
        name: group.AutoScalingGroupName,
        config: {
          kind: 'auto-scaling-group',
          minSize: group.MinSize ?? 0,
          maxSize: group.MaxSize ?? 0,
          desiredCapacity: group.DesiredCapacity ?? 0,
          // -1 is how the API takes a default warm-up back.
          defaultInstanceWarmupSeconds: (group.DefaultInstanceWarmup ?? -1) < 0 ? null : group.DefaultInstanceWarmup!,
          defaultCooldownSeconds: group.DefaultCooldown ?? 300,
          instanceType: instanceType(group),
          policies: policies
            .filter((policy) => policy.AutoScalingGroupName === group.AutoScalingGroupName)
            .flatMap(deployedPolicy),
        },
        discoveredAtMs: nowMs(),
      },
    ];
  });
  return { resources, leftOut };
}

function instanceType(group: AutoScalingGroup): string | null {
  return (
    group.Instances?.find((instance) => instance.InstanceType !== undefined)?.InstanceType ??
    group.MixedInstancesPolicy?.LaunchTemplate?.Overrides?.[0]?.InstanceType ??
    null
  );
}

function deployedPolicy(policy: ScalingPolicy): DeployedPolicy[] {
  const step = stepPolicy(policy);
  if (step === null || policy.PolicyARN === undefined) return [];
  const alarmNames = (policy.Alarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? []);
  return [{ arn: policy.PolicyARN, policy: step, alarmNames }];
}

/** @returns null for what is not a step-scaling policy */
export function stepPolicy(policy: ScalingPolicy): StepScalingPolicy | null {
  const adjustmentType = (['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'] as const).find(
    (type) => type === policy.AdjustmentType,
  );
  if (policy.PolicyType !== 'StepScaling' || adjustmentType === undefined || policy.PolicyName === undefined)
    return null;
  const steps = policy.StepAdjustments ?? [];
  if (steps.length === 0) return null;
  const aggregation = policy.MetricAggregationType;
  return {
    name: policy.PolicyName,
    adjustmentType,
    steps: steps.map((step) => ({
      lowerBound: step.MetricIntervalLowerBound ?? null,
      upperBound: step.MetricIntervalUpperBound ?? null,
      adjustment: step.ScalingAdjustment ?? 0,
    })),
    minAdjustmentMagnitude: policy.MinAdjustmentMagnitude ?? null,
    metricAggregationType: aggregation === 'Minimum' || aggregation === 'Maximum' ? aggregation : 'Average',
    estimatedInstanceWarmupSeconds: policy.EstimatedInstanceWarmup ?? null,
    enabled: policy.Enabled ?? true,
  };
}

export async function readActivities(
  caller: Caller,
  connectionId: string,
  groups: readonly Resource[],
  sinceMs: number,
  signal: AbortSignal,
): Promise<NewEvent[]> {
  const { DescribeScalingActivitiesCommand } = await import('@aws-sdk/client-auto-scaling');
  const client = await caller.clients.autoScaling();
  const events = await mapBounded(groups, 2, (group) =>
    everyPage(async (token): Promise<{ items: NewEvent[]; next: string | undefined }> => {
      const input = {
        AutoScalingGroupName: group.name,
        MaxRecords: 100,
        ...(token === undefined ? {} : { NextToken: token }),
      };
      const page = await caller.call('autoscaling:DescribeScalingActivities', signal, (options) =>
        client.send(new DescribeScalingActivitiesCommand(input), options),
      );
      const activities = page.Activities ?? [];
      const recent = activities.filter((activity) => (activity.StartTime?.getTime() ?? 0) >= sinceMs);
      const items = recent.map((activity): NewEvent => {
        const description = activity.Description ?? '';
        const cause = activity.Cause ?? '';
        const [before, after] = desiredChange(cause);
        return {
          connectionId,
          resourceId: group.id,
          kind: 'scaling-activity',
          atMs: activity.StartTime!.getTime(),
          endMs: activity.EndTime?.getTime() ?? null,
          sourceId: activity.ActivityId ?? `${group.name}@${activity.StartTime!.getTime()}`,
          title: description,
          detail: cause,
          data: {
            kind: 'scaling-activity',
            groupName: group.name,
            statusCode: activity.StatusCode ?? 'Unknown',
            desiredBefore: before,
            desiredAfter: after,
            instanceId: /\bi-[0-9a-zA-Z]+/.exec(description)?.[0] ?? null,
            direction: direction(description),
          },
        };
      });
      // Newest first: once one is too old, all later pages are.
      return { items, next: recent.length < activities.length ? undefined : page.NextToken };
    }),
  );
  return events.flat().sort((a, b) => a.atMs - b.atMs);
}

/** "... changing the desired capacity from 2 to 4 ...": the last change that the cause names. Nulls when it names none. */
export function desiredChange(cause: string): [before: number | null, after: number | null] {
  const last = [...cause.matchAll(/changing the desired capacity from (\d+) to (\d+)/g)].at(-1);
  return last === undefined ? [null, null] : [Number(last[1]), Number(last[2])];
}

function direction(description: string): 'launch' | 'terminate' | 'other' {
  if (/^launching/i.test(description)) return 'launch';
  return /^terminating/i.test(description) ? 'terminate' : 'other';
}
