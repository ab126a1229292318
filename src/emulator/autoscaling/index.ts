/**
 * EC2 Auto Scaling as a service of the emulator: Query XML, one file per action or pair of actions.
 */
import type { CloudWatchState } from '../cloudwatch/index.ts';
import type { Action, Service, ServiceContext } from '../service.ts';
import { validationError } from '../wire/inputError.ts';
import { createAutoScalingGroup } from './actions/createAutoScalingGroup.ts';
import { deleteAutoScalingGroup } from './actions/deleteAutoScalingGroup.ts';
import { deletePolicy } from './actions/deletePolicy.ts';
import { describeAutoScalingGroups } from './actions/describeAutoScalingGroups.ts';
import { describeAutoScalingInstances } from './actions/describeAutoScalingInstances.ts';
import { describePolicies } from './actions/describePolicies.ts';
import { describeScalingActivities } from './actions/describeScalingActivities.ts';
import { executePolicy } from './actions/executePolicy.ts';
import { setInstanceProtection, terminateInstanceInAutoScalingGroup } from './actions/instances.ts';
import {
  createLaunchConfiguration,
  deleteLaunchConfiguration,
  describeLaunchConfigurations,
} from './actions/launchConfigurations.ts';
import { disableMetricsCollection, enableMetricsCollection } from './actions/metricsCollection.ts';
import { putScalingPolicy } from './actions/putScalingPolicy.ts';
import { setDesiredCapacity } from './actions/setDesiredCapacity.ts';
import { updateAutoScalingGroup } from './actions/updateAutoScalingGroup.ts';
import { publishGroupMetrics } from './groupMetrics.ts';
import { policyActions } from './policies.ts';
import { type AutoScalingState, createAutoScalingState } from './state.ts';

export type { AutoScalingState } from './state.ts';

const actions: readonly Action<AutoScalingState>[] = [
  createLaunchConfiguration,
  describeLaunchConfigurations,
  deleteLaunchConfiguration,
  createAutoScalingGroup,
  updateAutoScalingGroup,
  deleteAutoScalingGroup,
  describeAutoScalingGroups,
  describeAutoScalingInstances,
  putScalingPolicy,
  describePolicies,
  deletePolicy,
  executePolicy,
  setDesiredCapacity,
  describeScalingActivities,
  enableMetricsCollection,
  disableMetricsCollection,
  terminateInstanceInAutoScalingGroup,
  setInstanceProtection,
];

/** Built after CloudWatch, whose alarms run this service's policies. */
export function createAutoScalingService(
  context: ServiceContext,
  cloudWatch: CloudWatchState,
): Service<AutoScalingState> {
  const state = createAutoScalingState(context, cloudWatch);
  cloudWatch.actionTargets.push(policyActions(state));
  publishGroupMetrics(state);
  return {
    scopeName: 'autoscaling',
    query: {
      version: '2011-01-01',
      xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
      xmlForm: 'indented',
    },
    json: null,
    cbor: null,
    errorNamespace: 'com.amazonaws.autoscaling',
    actions: new Map(actions.map((action) => [action.name, action])),
    refuseInput: (problem) => validationError(problem, 'ValidationError'),
    state,
  };
}
