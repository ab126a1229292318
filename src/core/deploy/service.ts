/** An ECS service under Application Auto Scaling, as AWS CLI commands. */
import type { ReplaySetup } from '../contract/shapes.ts';
import { alarmCommand, trackedMetric } from './metrics.ts';
import { command, expanded, json, named, open } from './shell.ts';
import { Driven, stepsOf } from './steps.ts';

export function serviceCommands(setup: ReplaySetup): string[] {
  const target =
    '--service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id "service/$CLUSTER/$SERVICE"';
  const { minSize, maxSize } = setup.group;
  const lines = [
    open('CLUSTER', 'name of the ECS cluster'),
    open('SERVICE', 'name of the ECS service'),
    command('aws application-autoscaling register-scalable-target', [
      target,
      `--min-capacity ${minSize}`,
      `--max-capacity ${maxSize}`,
    ]),
  ];
  const driven = new Driven();
  setup.policies.forEach(({ policy, alarm, cooldownSeconds = 300 }, index) => {
    const variable = `POLICY_${index + 1}`;
    const configuration = {
      AdjustmentType: policy.adjustmentType,
      StepAdjustments: stepsOf(policy),
      ...(policy.minAdjustmentMagnitude === null ? {} : { MinAdjustmentMagnitude: policy.minAdjustmentMagnitude }),
      Cooldown: cooldownSeconds,
      MetricAggregationType: policy.metricAggregationType,
    };
    lines.push(
      `${variable}=$(${command('aws application-autoscaling put-scaling-policy', [target, named('policy-name', policy.name), '--policy-type StepScaling', `--step-scaling-policy-configuration ${json(configuration)}`])} \\\n  --query PolicyARN --output text)`,
    );
    driven.add(alarm, variable);
  });
  for (const [alarm, variables] of driven.alarms) lines.push(alarmCommand(alarm, variables, 'service'));
  for (const tracked of setup.tracking ?? []) {
    const configuration = {
      ...trackedMetric(tracked, 'service'),
      TargetValue: tracked.targetValue,
      DisableScaleIn: tracked.disableScaleIn,
      ...(tracked.scaleOutCooldownSeconds === null ? {} : { ScaleOutCooldown: tracked.scaleOutCooldownSeconds }),
      ...(tracked.scaleInCooldownSeconds === null ? {} : { ScaleInCooldown: tracked.scaleInCooldownSeconds }),
    };
    lines.push(
      command('aws application-autoscaling put-scaling-policy', [
        target,
        named('policy-name', tracked.name),
        '--policy-type TargetTrackingScaling',
        `--target-tracking-scaling-policy-configuration ${expanded(configuration)}`,
      ]),
    );
  }
  return lines;
}
