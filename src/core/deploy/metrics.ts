/** Which CloudWatch metric stands for what a candidate watches, as alarms and target tracking take it, and the alarm itself. */
import type { TrackingPolicySettings } from '../contract/scalerShapes.ts';
import type { ReplayAlarm } from '../contract/shapes.ts';
import { command, expanded, named, quoted } from './shell.ts';

type Measure = ReplayAlarm['measure'];

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

/** Whose instances work on the queue. */
export type Owner = 'group' | 'service';

export function alarmCommand(alarm: ReplayAlarm, policyVariables: readonly string[], owner: Owner): string {
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
    named('alarm-name', alarm.name),
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

export function trackedMetric({ measure, statistic }: TrackingPolicySettings, owner: Owner): object {
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
