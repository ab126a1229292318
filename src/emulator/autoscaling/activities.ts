/**
 * Scaling activities and the sentences of their causes, as AWS words them: monitoring programs parse these.
 */

import type { Activity, ActivityStatus, Group } from './group.ts';
import { uuid } from './identifiers.ts';
import type { AutoScalingState } from './state.ts';

const retentionMs = 42 * 24 * 3_600_000;

export function addActivity(
  state: AutoScalingState,
  group: Group,
  options: { description: string; cause: string; status: ActivityStatus; availabilityZone: string },
): Activity {
  const nowMs = state.world.nowMs();
  const oldestKeptMs = nowMs - retentionMs;
  if (state.activities.length > 0 && state.activities[0]!.startMs < oldestKeptMs) {
    state.activities = state.activities.filter((activity) => activity.startMs >= oldestKeptMs);
  }
  const activity: Activity = {
    id: uuid(group.random),
    sequence: state.nextSequence++,
    groupName: group.name,
    groupArn: group.arn,
    description: options.description,
    cause: options.cause,
    startMs: nowMs,
    endMs: null,
    status: options.status,
    progress: options.status === 'InProgress' ? 50 : 30,
    availabilityZone: options.availabilityZone,
  };
  state.activities.push(activity);
  return activity;
}

export function finishActivity(
  activity: Activity,
  nowMs: number,
  status: 'Successful' | 'Cancelled' = 'Successful',
): void {
  activity.status = status;
  activity.progress = 100;
  activity.endMs = nowMs;
}

/** 2026-03-02T07:05:13Z: causes carry whole seconds. */
const causeTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const change = (before: number, after: number): string => `changing the desired capacity from ${before} to ${after}`;

export const alarmCause = (
  atMs: number,
  alarm: { name: string; state: string },
  policyName: string,
  before: number,
  after: number,
): string =>
  `At ${causeTime(atMs)} a monitor alarm ${alarm.name} in state ${alarm.state} triggered policy ${policyName} ${change(before, after)}.`;

export const executedCause = (atMs: number, policyName: string, before: number, after: number): string =>
  `At ${causeTime(atMs)} a user request executed policy ${policyName} ${change(before, after)}.`;

export const explicitCause = (atMs: number, before: number, after: number): string =>
  `At ${causeTime(atMs)} a user request explicitly set group desired capacity ${change(before, after)}.`;

export const createdCause = (atMs: number, after: number): string =>
  `At ${causeTime(atMs)} a user request created an AutoScalingGroup ${change(0, after)}.`;

export const updatedCause = (atMs: number, group: Group, before: number, after: number): string =>
  `At ${causeTime(atMs)} a user request update of AutoScalingGroup constraints to min: ${group.minSize}, max: ${group.maxSize}, desired: ${after} ${change(before, after)}.`;

export const startedCause = (atMs: number, before: number, after: number): string =>
  `At ${causeTime(atMs)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${before} to ${after}.`;

export const shrinkCause = (atMs: number, before: number, after: number, instanceId: string): string =>
  `At ${causeTime(atMs)} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${before} to ${after}.  At ${causeTime(atMs)} instance ${instanceId} was selected for termination.`;

export const requestedTerminationCause = (atMs: number, instanceId: string): string =>
  `At ${causeTime(atMs)} instance ${instanceId} was taken out of service in response to a user request.`;

export const joinCauses = (...causes: readonly string[]): string => causes.filter((cause) => cause !== '').join('  ');
