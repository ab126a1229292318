/**
 * Shapes that several Auto Scaling actions share, and our records in AWS's spelling.
 */
import { decimal, flag, list, structure, text, timestamp, whole } from '../wire/shapes.ts';
import type { Activity, Group, Instance, LaunchSource, Policy } from './group.ts';
import type { AutoScalingState } from './state.ts';

export const launchTemplateShape = structure({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text });
export const tagShape = structure({
  ResourceId: text,
  ResourceType: text,
  Key: text,
  Value: text,
  PropagateAtLaunch: flag,
});

const instanceShape = structure({
  InstanceId: text,
  InstanceType: text,
  AvailabilityZone: text,
  LifecycleState: text,
  HealthStatus: text,
  LaunchConfigurationName: text,
  LaunchTemplate: launchTemplateShape,
  ProtectedFromScaleIn: flag,
});

export const groupShape = structure({
  AutoScalingGroupName: text,
  AutoScalingGroupARN: text,
  LaunchConfigurationName: text,
  LaunchTemplate: launchTemplateShape,
  MinSize: whole(),
  MaxSize: whole(),
  DesiredCapacity: whole(),
  DefaultCooldown: whole(),
  DefaultInstanceWarmup: whole(),
  AvailabilityZones: list(text),
  VPCZoneIdentifier: text,
  HealthCheckType: text,
  HealthCheckGracePeriod: whole(),
  Instances: list(instanceShape),
  CreatedTime: timestamp,
  SuspendedProcesses: list(structure({ ProcessName: text, SuspensionReason: text })),
  EnabledMetrics: list(structure({ Metric: text, Granularity: text })),
  Status: text,
  Tags: list(tagShape),
  TerminationPolicies: list(text),
  NewInstancesProtectedFromScaleIn: flag,
});

export const stepAdjustmentShape = structure({
  MetricIntervalLowerBound: decimal,
  MetricIntervalUpperBound: decimal,
  ScalingAdjustment: whole(),
});

export const alarmsShape = list(structure({ AlarmName: text, AlarmARN: text }));

export const policyShape = structure({
  AutoScalingGroupName: text,
  PolicyName: text,
  PolicyARN: text,
  PolicyType: text,
  AdjustmentType: text,
  MinAdjustmentStep: whole(),
  MinAdjustmentMagnitude: whole(),
  StepAdjustments: list(stepAdjustmentShape),
  MetricAggregationType: text,
  EstimatedInstanceWarmup: whole(),
  Alarms: alarmsShape,
  Enabled: flag,
});

export const activityShape = structure({
  ActivityId: text,
  AutoScalingGroupName: text,
  AutoScalingGroupARN: text,
  Description: text,
  Cause: text,
  StartTime: timestamp,
  EndTime: timestamp,
  StatusCode: text,
  StatusMessage: text,
  Progress: whole(),
  Details: text,
});

function sourceToWire(source: LaunchSource): Record<string, unknown> {
  return {
    LaunchConfigurationName: source.launchConfigurationName ?? undefined,
    LaunchTemplate: source.launchTemplate ?? undefined,
  };
}

export function instanceToWire(group: Group, instance: Instance): Record<string, unknown> {
  return {
    InstanceId: instance.id,
    InstanceType: group.source.instanceType,
    AvailabilityZone: instance.availabilityZone,
    LifecycleState: instance.state,
    HealthStatus: 'Healthy',
    ...sourceToWire(group.source),
    ProtectedFromScaleIn: instance.protectedFromScaleIn,
  };
}

export function groupToWire(group: Group): Record<string, unknown> {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...sourceToWire(group.source),
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: group.defaultCooldownSeconds,
    DefaultInstanceWarmup: group.defaultInstanceWarmupSeconds ?? undefined,
    AvailabilityZones: group.availabilityZones,
    VPCZoneIdentifier: group.subnets ?? undefined,
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: group.healthCheckGracePeriodSeconds,
    Instances: group.instances.map((instance) => instanceToWire(group, instance)),
    CreatedTime: group.createdMs,
    SuspendedProcesses: [],
    EnabledMetrics: [...group.enabledMetrics].map((Metric) => ({ Metric, Granularity: '1Minute' })),
    Status: group.deleting ? 'Delete in progress' : undefined,
    Tags: group.tags.map((tag) => ({ ResourceId: group.name, ResourceType: 'auto-scaling-group', ...tag })),
    TerminationPolicies: ['OldestInstance'],
    NewInstancesProtectedFromScaleIn: group.newInstancesProtected,
  };
}

export function alarmsToWire(state: AutoScalingState, arn: string): Record<string, unknown>[] {
  return state.alarms.alarmsWithAction(arn).map((alarm) => ({ AlarmName: alarm.name, AlarmARN: alarm.arn }));
}

export function policyToWire(state: AutoScalingState, group: Group, { arn, policy }: Policy): Record<string, unknown> {
  return {
    AutoScalingGroupName: group.name,
    PolicyName: policy.name,
    PolicyARN: arn,
    PolicyType: 'StepScaling',
    AdjustmentType: policy.adjustmentType,
    MinAdjustmentMagnitude: policy.minAdjustmentMagnitude ?? undefined,
    StepAdjustments: policy.steps.map((step) => ({
      MetricIntervalLowerBound: step.lowerBound ?? undefined,
      MetricIntervalUpperBound: step.upperBound ?? undefined,
      ScalingAdjustment: step.adjustment,
    })),
    MetricAggregationType: policy.metricAggregationType,
    EstimatedInstanceWarmup: policy.estimatedInstanceWarmupSeconds ?? undefined,
    Alarms: alarmsToWire(state, arn),
    Enabled: policy.enabled,
  };
}

export function activityToWire(activity: Activity): Record<string, unknown> {
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: activity.groupName,
    AutoScalingGroupARN: activity.groupArn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: activity.startMs,
    EndTime: activity.endMs ?? undefined,
    StatusCode: activity.status,
    Progress: activity.progress,
    Details: JSON.stringify({ 'Subnet ID': '', 'Availability Zone': activity.availabilityZone }),
  };
}
