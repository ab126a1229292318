/** An EC2 Auto Scaling group with everything a candidate may have, as AWS CLI commands. */
import type { ReplayAlarm, ReplaySetup } from '../contract/shapes.ts';
import { alarmCommand, trackedMetric } from './metrics.ts';
import { command, expanded, json, named, open, quoted } from './shell.ts';
import { Driven, stepsOf } from './steps.ts';

export function groupCommands(setup: ReplaySetup, groupName: string | null): string[] {
  const { minSize, maxSize, defaultInstanceWarmupSeconds, defaultCooldownSeconds, hooks, warmPool } = setup.group;
  const { terminationPolicy, newInstancesProtectedFromScaleIn } = setup.group;
  const group = '--auto-scaling-group-name "$GROUP"';
  const lines = [
    groupName === null ? open('GROUP', 'name of the Auto Scaling group') : `GROUP=${quoted(groupName)}`,
    command('aws autoscaling update-auto-scaling-group', [
      group,
      `--min-size ${minSize}`,
      `--max-size ${maxSize}`,
      `--default-instance-warmup ${defaultInstanceWarmupSeconds ?? -1}`,
      `--default-cooldown ${defaultCooldownSeconds}`,
      ...(terminationPolicy === undefined ? [] : [`--termination-policies ${terminationPolicy}`]),
      ...(newInstancesProtectedFromScaleIn === true ? ['--new-instances-protected-from-scale-in'] : []),
    ]),
  ];
  const driven = new Driven();
  let count = 0;
  const drive = (alarm: ReplayAlarm, put: string) => {
    const variable = `POLICY_${++count}`;
    lines.push(`${variable}=$(${put} \\\n  --query PolicyARN --output text)`);
    driven.add(alarm, variable);
  };
  for (const { policy, alarm } of setup.policies) {
    drive(
      alarm,
      command('aws autoscaling put-scaling-policy', [
        group,
        named('policy-name', policy.name),
        '--policy-type StepScaling',
        `--adjustment-type ${policy.adjustmentType}`,
        `--metric-aggregation-type ${policy.metricAggregationType}`,
        ...(policy.minAdjustmentMagnitude === null
          ? []
          : [`--min-adjustment-magnitude ${policy.minAdjustmentMagnitude}`]),
        ...(policy.estimatedInstanceWarmupSeconds === null
          ? []
          : [`--estimated-instance-warmup ${policy.estimatedInstanceWarmupSeconds}`]),
        ...(policy.enabled ? [] : ['--no-enabled']),
        `--step-adjustments ${json(stepsOf(policy))}`,
      ]),
    );
  }
  for (const { policy, alarm } of setup.simple ?? []) {
    drive(
      alarm,
      command('aws autoscaling put-scaling-policy', [
        group,
        named('policy-name', policy.name),
        '--policy-type SimpleScaling',
        `--adjustment-type ${policy.adjustmentType}`,
        `--scaling-adjustment=${policy.adjustment}`,
        ...(policy.minAdjustmentMagnitude === null
          ? []
          : [`--min-adjustment-magnitude ${policy.minAdjustmentMagnitude}`]),
        ...(policy.cooldownSeconds === null ? [] : [`--cooldown ${policy.cooldownSeconds}`]),
        ...(policy.enabled ? [] : ['--no-enabled']),
      ]),
    );
  }
  for (const [alarm, variables] of driven.alarms) lines.push(alarmCommand(alarm, variables, 'group'));
  for (const tracked of setup.tracking ?? []) {
    lines.push(
      command('aws autoscaling put-scaling-policy', [
        group,
        named('policy-name', tracked.name),
        '--policy-type TargetTrackingScaling',
        ...(tracked.estimatedInstanceWarmupSeconds === null
          ? []
          : [`--estimated-instance-warmup ${tracked.estimatedInstanceWarmupSeconds}`]),
        ...(tracked.enabled ? [] : ['--no-enabled']),
        `--target-tracking-configuration ${expanded({ ...trackedMetric(tracked, 'group'), TargetValue: tracked.targetValue, DisableScaleIn: tracked.disableScaleIn })}`,
      ]),
    );
  }
  for (const action of setup.schedule ?? []) {
    const instant = (ms: number | null, option: string) =>
      ms === null ? [] : [`--${option} ${new Date(ms).toISOString()}`];
    const size = (value: number | null, option: string) => (value === null ? [] : [`--${option} ${value}`]);
    lines.push(
      command('aws autoscaling put-scheduled-update-group-action', [
        group,
        named('scheduled-action-name', action.name),
        ...instant(action.startMs, 'start-time'),
        ...instant(action.endMs, 'end-time'),
        ...(action.recurrence === null ? [] : [`--recurrence ${quoted(action.recurrence)}`]),
        ...(action.timeZone === null ? [] : [`--time-zone ${quoted(action.timeZone)}`]),
        ...size(action.minSize, 'min-size'),
        ...size(action.maxSize, 'max-size'),
        ...size(action.desiredCapacity, 'desired-capacity'),
      ]),
    );
  }
  const hook = (name: string, transition: string, seconds: number) =>
    seconds === 0
      ? []
      : [
          `# Complete it after about ${seconds} s, as the replay does.`,
          command('aws autoscaling put-lifecycle-hook', [
            group,
            `--lifecycle-hook-name ${name}`,
            `--lifecycle-transition autoscaling:EC2_INSTANCE_${transition}`,
            '--default-result CONTINUE',
          ]),
        ];
  if (hooks !== undefined) {
    lines.push(
      ...hook('launch', 'LAUNCHING', hooks.launchSeconds),
      ...hook('terminate', 'TERMINATING', hooks.terminateSeconds),
    );
  }
  if (warmPool !== undefined) {
    lines.push(
      command('aws autoscaling put-warm-pool', [
        group,
        `--min-size ${warmPool.minSize}`,
        ...(warmPool.maxPreparedCapacity === null
          ? []
          : [`--max-group-prepared-capacity ${warmPool.maxPreparedCapacity}`]),
        `--pool-state ${warmPool.state}`,
      ]),
    );
  }
  return lines;
}
