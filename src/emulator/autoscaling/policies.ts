/**
 * Running step policies: by an alarm, every minute while it stays in its state, or by a person with ExecutePolicy.
 *
 * The decision is core/scaling's; here the group is counted, the decision carried out and its cause written down.
 */

import { partitionOf } from '../../core/partitions.ts';
import { combineDecisions, decideStepScaling } from '../../core/scaling/step.ts';
import type { StepDecision, StepScalingPolicy } from '../../core/scaling/types.ts';
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import type { ActionOutcome, ActionTarget, AlarmNotice } from '../cloudwatch/actionTargets.ts';
import { alarmCause, executedCause } from './activities.ts';
import { capacityAt, type Group, type Policy } from './group.ts';
import { uuid } from './identifiers.ts';
import { changeDesired } from './lifecycle.ts';
import { type AutoScalingState, findPolicy, policyArn } from './state.ts';

/** Keeps a policy that was found valid; one of the same name is replaced and its ARN stays. */
export function storePolicy(state: AutoScalingState, group: Group, policy: StepScalingPolicy): Policy {
  const arn = group.policies.get(policy.name)?.arn ?? policyArn(state, uuid(group.random), group.name, policy.name);
  const stored: Policy = { arn, policy };
  group.policies.set(policy.name, stored);
  return stored;
}

/** What CloudWatch calls for action ARNs of Auto Scaling. */
export function policyActions(state: AutoScalingState): ActionTarget {
  const ownArns = `arn:${partitionOf(state.region)}:autoscaling:`;
  return {
    repeats: true,
    owns: (arn) => arn.startsWith(ownArns),
    run: (arns, notice) => runByAlarm(state, arns, notice),
  };
}

function runByAlarm(state: AutoScalingState, arns: readonly string[], notice: AlarmNotice): readonly ActionOutcome[] {
  const outcomes: ActionOutcome[] = [];
  const perGroup = new Map<Group, Policy[]>();
  for (const arn of arns) {
    const found = findPolicy(state, arn);
    if (found === null) outcomes.push({ arn, failure: 'ScalingPolicy does not exist' });
    else perGroup.set(found.group, [...(perGroup.get(found.group) ?? []), found.policy]);
  }
  for (const [group, policies] of perGroup) outcomes.push(...runInGroup(state, group, policies, notice));
  return outcomes;
}

function runInGroup(
  state: AutoScalingState,
  group: Group,
  policies: readonly Policy[],
  notice: AlarmNotice,
): readonly ActionOutcome[] {
  const { recentPoints } = notice;
  if (recentPoints === null || recentPoints.length === 0) {
    const failure = 'The alarm gave no recent datapoints to scale by';
    return policies.map(({ arn }) => ({ arn, failure }));
  }
  const nowMs = state.world.nowMs();
  const before = group.desiredCapacity;
  const decisions = policies.map(({ policy }) =>
    decideStepScaling(policy, { ...notice, recentPoints, group: capacityAt(group, nowMs) }),
  );
  // MULTI-01: several policies at one moment, the largest resulting capacity wins.
  const after = combineDecisions(decisions);
  const winner = decisions.findIndex((decision) => decision.blockedBy === null && decision.desiredAfter === after);
  if (after !== null && winner >= 0) {
    const { policy } = policies[winner]!;
    const cause = alarmCause(nowMs, { name: notice.alarmName, state: notice.state }, policy.name, before, after);
    changeDesired(state, group, after, cause, effectiveWarmupSeconds(policy, group));
  }
  return policies.map(({ arn }, index) => ({ arn, failure: failureOf(decisions[index]!) }));
}

// STEP-06: only a missing step is a failed action; being blocked is not.
function failureOf(decision: StepDecision): string | null {
  if (decision.blockedBy !== 'no-matching-step') return null;
  return noStepMessage(decision);
}

export function noStepMessage(decision: StepDecision): string {
  return `No step adjustment found for metric value ${decision.metricValue} and breach threshold ${decision.threshold}`;
}

/** ExecutePolicy: MetricValue against BreachThreshold, as if an alarm had just handed that one point over. */
export function executePolicy(
  state: AutoScalingState,
  group: Group,
  policy: StepScalingPolicy,
  metricValue: number,
  breachThreshold: number,
): StepDecision {
  const nowMs = state.world.nowMs();
  const before = group.desiredCapacity;
  const decision = decideStepScaling(policy, {
    threshold: breachThreshold,
    // A person names no operator: the side of the threshold stands for it (STEP-04).
    comparisonOperator: metricValue >= breachThreshold ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold',
    recentPoints: [metricValue],
    group: capacityAt(group, nowMs),
  });
  if (decision.blockedBy === null) {
    const cause = executedCause(nowMs, policy.name, before, decision.desiredAfter);
    changeDesired(state, group, decision.desiredAfter, cause, effectiveWarmupSeconds(policy, group));
  }
  return decision;
}
