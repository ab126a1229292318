/**
 * A candidate as what a person would run to have it: AWS CLI commands for groups, services and functions, a manifest for
 * Kubernetes. Text only; nothing is run.
 *
 * Everything that comes from a name or a file is quoted for a POSIX shell or as YAML. What the candidate does not know (resources, the
 * image, the mapping's id) is a variable at the top. Not here: the candidate's own file format, which is its JSON.
 */
import type { Scaler, TrackingPolicySettings } from '../contract/scalerShapes.ts';
import type { ReplayAlarm, ReplaySetup } from '../contract/shapes.ts';

type Measure = ReplayAlarm['measure'];

export interface CommandNames {
  readonly queueName: string;
  /** Null: not known, a variable is left open. */
  readonly groupName: string | null;
}

/** Single quotes hold anything but themselves. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** A variable that has to be set from outside; the shell says so when it is not. */
const open = (variable: string, what: string): string => `${variable}=\${${variable}:?${what}}`;
const json = (value: unknown): string => quoted(JSON.stringify(value));

const queueMetrics: Partial<Record<Measure, string>> = {
  depth: 'ApproximateNumberOfMessagesVisible',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  age: 'ApproximateAgeOfOldestMessage',
  sent: 'NumberOfMessagesSent',
  received: 'NumberOfMessagesReceived',
  deleted: 'NumberOfMessagesDeleted',
};
const groupMetrics: Partial<Record<Measure, string>> = {
  inService: 'GroupInServiceInstances',
  desired: 'GroupDesiredCapacity',
};

/** @returns ends with a newline */
export function setupCommands(setup: ReplaySetup, names: CommandNames): string {
  const { scaler } = setup;
  if (scaler?.kind === 'keda' || scaler?.kind === 'hpa') return manifest(setup, scaler, names);
  const lines = [`# ${setup.label.replaceAll(/[\r\n]+/g, ' ')}`, `QUEUE=${quoted(names.queueName)}`];
  if (scaler?.kind === 'lambda') lines.push(...mappingCommands(scaler));
  else if (scaler?.kind === 'ecs') lines.push(...serviceCommands(setup));
  else lines.push(...groupCommands(setup, names));
  return `${lines.join('\n')}\n`;
}

// ---- EC2 Auto Scaling

function groupCommands(setup: ReplaySetup, { groupName }: CommandNames): string[] {
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
  const arns = new Map<ReplayAlarm, string[]>();
  let count = 0;
  const drive = (alarm: ReplayAlarm, put: string) => {
    const variable = `POLICY_${++count}`;
    lines.push(`${variable}=$(${put} \\\n  --query PolicyARN --output text)`);
    const same = [...arns.keys()].find(({ name }) => name === alarm.name) ?? alarm;
    arns.set(same, [...(arns.get(same) ?? []), variable]);
  };
  for (const { policy, alarm } of setup.policies) {
    drive(
      alarm,
      command('aws autoscaling put-scaling-policy', [
        group,
        `--policy-name ${quoted(policy.name)}`,
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
        `--policy-name ${quoted(policy.name)}`,
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
  for (const [alarm, variables] of arns) lines.push(alarmCommand(alarm, variables, 'group'));
  for (const tracked of setup.tracking ?? []) {
    lines.push(
      command('aws autoscaling put-scaling-policy', [
        group,
        `--policy-name ${quoted(tracked.name)}`,
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
        `--scheduled-action-name ${quoted(action.name)}`,
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

type Steps = ReplaySetup['policies'][number]['policy'];

function stepsOf({ steps }: Steps): object[] {
  return steps.map(({ lowerBound, upperBound, adjustment }) => ({
    ...(lowerBound === null ? {} : { MetricIntervalLowerBound: lowerBound }),
    ...(upperBound === null ? {} : { MetricIntervalUpperBound: upperBound }),
    ScalingAdjustment: adjustment,
  }));
}

// ---- ECS under Application Auto Scaling

function serviceCommands(setup: ReplaySetup): string[] {
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
  const arns = new Map<ReplayAlarm, string[]>();
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
      `${variable}=$(${command('aws application-autoscaling put-scaling-policy', [target, `--policy-name ${quoted(policy.name)}`, '--policy-type StepScaling', `--step-scaling-policy-configuration ${json(configuration)}`])} \\\n  --query PolicyARN --output text)`,
    );
    const same = [...arns.keys()].find(({ name }) => name === alarm.name) ?? alarm;
    arns.set(same, [...(arns.get(same) ?? []), variable]);
  });
  for (const [alarm, variables] of arns) lines.push(alarmCommand(alarm, variables, 'service'));
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
        `--policy-name ${quoted(tracked.name)}`,
        '--policy-type TargetTrackingScaling',
        `--target-tracking-scaling-policy-configuration ${expanded(configuration)}`,
      ]),
    );
  }
  return lines;
}

// ---- alarms and metrics

type Owner = 'group' | 'service';

function alarmCommand(alarm: ReplayAlarm, policyVariables: readonly string[], owner: Owner): string {
  const metric = metricOf(alarm.measure, owner);
  const watched =
    metric.expression === null
      ? [
          `--namespace ${quoted(metric.namespace)}`,
          `--metric-name ${metric.name}`,
          `--dimensions ${metric.dimensions.map(([name, variable]) => `"Name=${name},Value=$${variable}"`).join(' ')}`,
          `--statistic ${alarm.statistic}`,
          `--period ${alarm.periodSeconds}`,
        ]
      : [`--metrics ${expanded(perInstance(owner, alarm.statistic, alarm.periodSeconds))}`];
  return command('aws cloudwatch put-metric-alarm', [
    `--alarm-name ${quoted(alarm.name)}`,
    ...watched,
    `--evaluation-periods ${alarm.evaluationPeriods}`,
    `--datapoints-to-alarm ${alarm.datapointsToAlarm}`,
    `--threshold=${alarm.threshold}`,
    `--comparison-operator ${alarm.comparisonOperator}`,
    `--treat-missing-data ${alarm.treatMissingData}`,
    `--alarm-actions ${policyVariables.map((variable) => `"$${variable}"`).join(' ')}`,
  ]);
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** Name, and the variable of its value. */
  readonly dimensions: readonly (readonly [string, string])[];
  /** Not null: made of two metrics. */
  readonly expression: 'per-instance' | null;
}

function metricOf(measure: Measure, owner: Owner): Metric {
  const ofQueue = queueMetrics[measure];
  if (ofQueue !== undefined)
    return { namespace: 'AWS/SQS', name: ofQueue, dimensions: [['QueueName', 'QUEUE']], expression: null };
  if (measure === 'backlogPerInstance') return { namespace: '', name: '', dimensions: [], expression: 'per-instance' };
  if (owner === 'service') {
    const dimensions = [
      ['ClusterName', 'CLUSTER'],
      ['ServiceName', 'SERVICE'],
    ] as const;
    return measure === 'utilization'
      ? { namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions, expression: null }
      : {
          namespace: 'ECS/ContainerInsights',
          name: measure === 'desired' ? 'DesiredTaskCount' : 'RunningTaskCount',
          dimensions,
          expression: null,
        };
  }
  const dimensions = [['AutoScalingGroupName', 'GROUP']] as const;
  const ofGroup = groupMetrics[measure];
  return ofGroup === undefined
    ? { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions, expression: null }
    : { namespace: 'AWS/AutoScaling', name: ofGroup, dimensions, expression: null };
}

/** Visible messages over what works on them, as metric math. @param periodSeconds null: the policy sets it */
function perInstance(owner: Owner, statistic: string, periodSeconds: number | null): object[] {
  const query = (id: string, measure: Measure, stat: string) => {
    const { namespace, name, dimensions } = metricOf(measure, owner);
    return {
      Id: id,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: dimensions.map(([dimension, variable]) => ({ Name: dimension, Value: `$${variable}` })),
        },
        ...(periodSeconds === null ? {} : { Period: periodSeconds }),
        Stat: stat,
      },
      ReturnData: false,
    };
  };
  return [
    query('visible', 'depth', statistic === 'Sum' ? 'Average' : statistic),
    query('fleet', 'inService', 'Average'),
    { Id: 'backlog', Expression: 'visible / fleet', Label: 'backlog per instance', ReturnData: true },
  ];
}

function trackedMetric({ measure, statistic }: TrackingPolicySettings, owner: Owner): object {
  if (measure === 'utilization') {
    const type = owner === 'group' ? 'ASGAverageCPUUtilization' : 'ECSServiceAverageCPUUtilization';
    return { PredefinedMetricSpecification: { PredefinedMetricType: type } };
  }
  if (measure === 'backlogPerInstance')
    return { CustomizedMetricSpecification: { Metrics: perInstance(owner, statistic, null) } };
  const { namespace, name, dimensions } = metricOf(measure, owner);
  return {
    CustomizedMetricSpecification: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensions.map(([dimension, variable]) => ({ Name: dimension, Value: `$${variable}` })),
      Statistic: statistic,
    },
  };
}

/** JSON in which the shell puts the variables: all of it in single quotes but for those. */
function expanded(value: unknown): string {
  return json(value).replaceAll(/"\$(QUEUE|GROUP|CLUSTER|SERVICE)"/g, (_, variable: string) => `"'"$${variable}"'"`);
}

// ---- Lambda

function mappingCommands({
  queue,
  batchSize,
  maximumBatchingWindowSeconds,
  maximumConcurrency,
  provisionedPollers,
}: Extract<Scaler, { kind: 'lambda' }>): string[] {
  return [
    `# The mapping of the ${queue} queue: aws lambda list-event-source-mappings --function-name NAME`,
    open('MAPPING', 'UUID of the event source mapping'),
    command('aws lambda update-event-source-mapping', [
      '--uuid "$MAPPING"',
      ...(batchSize === null ? [] : [`--batch-size ${batchSize}`]),
      ...(maximumBatchingWindowSeconds === null
        ? []
        : [`--maximum-batching-window-in-seconds ${maximumBatchingWindowSeconds}`]),
      ...(provisionedPollers === null
        ? [`--scaling-config ${maximumConcurrency === null ? "'{}'" : `MaximumConcurrency=${maximumConcurrency}`}`]
        : [
            `--provisioned-poller-config MinimumPollers=${provisionedPollers.minimum},MaximumPollers=${provisionedPollers.maximum}`,
          ]),
    ]),
  ];
}

// ---- Kubernetes

function manifest(
  { label, group }: ReplaySetup,
  scaler: Extract<Scaler, { kind: 'keda' | 'hpa' }>,
  { queueName }: CommandNames,
): string {
  const { minSize, maxSize } = group;
  const behavior = behaviorOf(scaler);
  const head = `# ${label.replaceAll(/[\r\n]+/g, ' ')}\n# kubectl apply -f - after putting in the Deployment's name${scaler.kind === 'keda' ? ", the queue's URL and its region" : ''}\n`;
  const object =
    scaler.kind === 'keda'
      ? {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: { name: 'spillway-candidate' },
          spec: {
            scaleTargetRef: { name: 'DEPLOYMENT' },
            pollingInterval: scaler.pollingIntervalSeconds,
            cooldownPeriod: scaler.cooldownPeriodSeconds,
            ...(scaler.idleReplicaCount === null ? {} : { idleReplicaCount: scaler.idleReplicaCount }),
            minReplicaCount: minSize,
            maxReplicaCount: maxSize,
            ...(behavior === null ? {} : { advanced: { horizontalPodAutoscalerConfig: { behavior } } }),
            triggers: [
              {
                type: 'aws-sqs-queue',
                metadata: {
                  queueURL: `https://sqs.REGION.amazonaws.com/ACCOUNT/${queueName}`,
                  awsRegion: 'REGION',
                  queueLength: String(scaler.queueLength),
                  activationQueueLength: String(scaler.activationQueueLength),
                  scaleOnInFlight: String(scaler.scaleOnInFlight),
                },
              },
            ],
          },
        }
      : {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'spillway-candidate' },
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'DEPLOYMENT' },
            minReplicas: Math.max(1, minSize),
            maxReplicas: maxSize,
            metrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  target: { type: 'Utilization', averageUtilization: Math.round(scaler.targetUtilizationPercent) },
                },
              },
            ],
            ...(behavior === null ? {} : { behavior }),
          },
        };
  // JSON is YAML, and needs no second way of quoting.
  return `${head}${JSON.stringify(object, null, 2)}\n`;
}

function behaviorOf({ behavior }: Extract<Scaler, { kind: 'keda' | 'hpa' }>): object | null {
  if (behavior?.scaleUp === undefined && behavior?.scaleDown === undefined) return null;
  return {
    ...(behavior.scaleUp === undefined ? {} : { scaleUp: behavior.scaleUp }),
    ...(behavior.scaleDown === undefined ? {} : { scaleDown: behavior.scaleDown }),
  };
}

/** One option a line. */
function command(name: string, options: readonly string[]): string {
  return [name, ...options.map((option) => `  ${option}`)].join(' \\\n');
}
