/**
 * An account in memory that answers like `AwsConnection`: metrics are a function of time, events are lists, calls may fail.
 *
 * Its clock stands where the test puts it. Datapoints of the minute under way are there too, half full, as CloudWatch has
 * them: whoever stores one is caught.
 */
import type { AwsConnection, AwsConnectionOptions, MetricColumns } from '../../../src/aws/interface.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import type { NewEvent } from '../../../src/core/model/events.ts';
import type {
  GroupConfig,
  MetricAlarm,
  QueueConfig,
  Resource,
  StreamConfig,
} from '../../../src/core/model/resources.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';

export interface FakeAccount {
  nowMs: number;
  speed: number;
  resources: Resource[];
  alarms: MetricAlarm[];
  history: NewEvent[];
  activities: NewEvent[];
  gone: string[];
  /** Published value of a minute, or undefined when there is no datapoint. */
  valueAt(key: SeriesKey, timeSeconds: number): number | undefined;
  /** Thrown by the next calls of this method, one each; the rest succeed. */
  failures: Map<keyof AwsConnection, SpillwayError[]>;
  /** Minutes that are published this much later than their end. */
  publicationDelaySeconds: number;
  /** CloudWatch gives only the first half of the range of such a series. */
  partial(key: SeriesKey): boolean;
  /** Every call made, by method, with its range for metrics. */
  log: { method: string; from?: number; to?: number }[];
  connections: number;
}

export function fakeAccount(start: Partial<FakeAccount> = {}): FakeAccount {
  return {
    nowMs: Date.UTC(2026, 2, 2, 7, 30, 20),
    speed: 1,
    resources: [],
    alarms: [],
    history: [],
    activities: [],
    gone: [],
    valueAt: (_key, time) => time % 1000,
    failures: new Map(),
    publicationDelaySeconds: 0,
    partial: () => false,
    log: [],
    connections: 0,
    ...start,
  };
}

export function connectTo(account: FakeAccount): (options: AwsConnectionOptions) => AwsConnection {
  return ({ connection, credentials }) => {
    account.connections++;
    let metricsRequested = 0;
    const calls: Record<string, number> = {};
    const call = (method: keyof AwsConnection, api: string, range: { from?: number; to?: number } = {}): void => {
      account.log.push({ method, ...range });
      calls[api] = (calls[api] ?? 0) + 1;
      const failure = account.failures.get(method)?.shift();
      if (failure !== undefined) throw failure;
      if (credentials.kind === 'static' && credentials.secretAccessKey === 'wrong') {
        throw new SpillwayError('CREDENTIALS_REJECTED', { endpoint: 'here', connection: connection.name, detail: 'x' });
      }
    };
    const own = <T extends { readonly connectionId: string | null }>(items: readonly T[]): T[] =>
      items.map((item) => ({ ...item, connectionId: connection.id }));
    return {
      connection,
      async test() {
        call('test', 'GetCallerIdentity');
        return { accountId: '000000000000', arn: 'arn:aws:iam::000000000000:root', clockSkewSeconds: 0 };
      },
      async discover() {
        call('discover', 'ListQueues');
        return {
          accountId: '000000000000',
          resources: own(account.resources),
          alarms: own(account.alarms),
          problems: [],
          leftOut: [],
        };
      },
      async pollMetrics(series, fromSeconds, toSeconds) {
        call('pollMetrics', 'GetMetricData', { from: fromSeconds, to: toSeconds });
        metricsRequested += series.length;
        return series.map((key): MetricColumns => {
          const times: number[] = [];
          const values: number[] = [];
          const first = Math.ceil(fromSeconds / key.periodSeconds) * key.periodSeconds;
          const complete = !account.partial(key);
          const givenTo = complete ? toSeconds : (fromSeconds + toSeconds) / 2;
          for (let time = first; time < givenTo; time += key.periodSeconds) {
            if ((time + key.periodSeconds + account.publicationDelaySeconds) * 1000 > account.nowMs + 60_000) continue;
            const value = account.valueAt(key, time);
            if (value === undefined) continue;
            times.push(time);
            values.push(value);
          }
          return { key, times: Float64Array.from(times), values: Float64Array.from(values), complete };
        });
      },
      async pollQueueAttributes(queues) {
        call('pollQueueAttributes', 'GetQueueAttributes');
        return {
          readings: queues
            .filter(({ id }) => !account.gone.includes(id))
            .map((queue) => ({
              resourceId: queue.id,
              atMs: account.nowMs,
              visible: 77,
              inFlight: 7,
              delayed: 0,
              config: account.resources.find(({ id }) => id === queue.id)!.config as QueueConfig,
            })),
          gone: queues.filter(({ id }) => account.gone.includes(id)).map(({ id }) => id),
        };
      },
      async pollAlarmHistory(sinceMs, resourceIdOf) {
        call('pollAlarmHistory', 'DescribeAlarmHistory', { from: sinceMs });
        return own(account.history)
          .filter(({ atMs }) => atMs >= sinceMs && atMs <= account.nowMs)
          .map((event) => ({
            ...event,
            resourceId: resourceOf(event.data, resourceIdOf),
          }));
      },
      async pollActivities(_groups, sinceMs) {
        call('pollActivities', 'DescribeScalingActivities', { from: sinceMs });
        return own(account.activities)
          .filter(({ atMs }) => atMs >= sinceMs && atMs <= account.nowMs)
          .map((event) => ({
            ...event,
            endMs: event.endMs !== null && event.endMs > account.nowMs ? null : event.endMs,
          }));
      },
      async clock() {
        call('clock', 'clock');
        return { nowMs: account.nowMs, speed: account.speed };
      },
      async setSpeed(speed) {
        account.speed = speed;
        return { nowMs: account.nowMs, speed };
      },
      async advance(ms) {
        account.nowMs += ms;
        return { nowMs: account.nowMs, speed: account.speed };
      },
      callCounts: () => ({ calls: { ...calls }, metricsRequested }),
      close() {
        account.log.push({ method: 'close' });
      },
    };
  };
}

/** As CloudWatch's history tells it: every item is about an alarm, an edited one is what the configuration event names. */
function resourceOf(data: NewEvent['data'], resourceIdOf: (alarmName: string) => string | null): string | null {
  if (data.kind === 'alarm-state') return resourceIdOf(data.alarmName);
  return data.kind === 'configuration' ? resourceIdOf(data.what) : null;
}

const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:000000000000:${name}`;

export function queue(name: string, config: Partial<QueueConfig> = {}): Resource {
  return {
    id: arn('sqs', name),
    connectionId: 'c1',
    kind: 'sqs-queue',
    name,
    config: {
      kind: 'sqs-queue',
      url: `http://localhost/000000000000/${name}`,
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 345_600,
      delaySeconds: 0,
      fifo: false,
      deadLetter: null,
      ...config,
    },
    discoveredAtMs: 0,
  };
}

export function stream(name: string, shards: number, config: Partial<StreamConfig> = {}): Resource {
  return {
    id: arn('kinesis', `stream/${name}`),
    connectionId: 'c1',
    kind: 'kinesis-stream',
    name,
    config: {
      kind: 'kinesis-stream',
      mode: 'PROVISIONED',
      retentionHours: 24,
      shardLevelMetrics: ['ALL'],
      shards: Array.from({ length: shards }, (_, at) => ({
        shardId: `shardId-${at}`,
        startingHashKey: '0',
        endingHashKey: '1',
        closed: false,
      })),
      ...config,
    },
    discoveredAtMs: 0,
  };
}

export function group(
  name: string,
  alarmNames: { out: string; in: string },
  config: Partial<GroupConfig> = {},
): Resource {
  const policy = (
    policyName: string,
    steps: readonly { lowerBound: number | null; upperBound: number | null; adjustment: number }[],
  ) => ({
    name: policyName,
    adjustmentType: 'ChangeInCapacity' as const,
    steps,
    minAdjustmentMagnitude: null,
    metricAggregationType: 'Average' as const,
    estimatedInstanceWarmupSeconds: 120,
    enabled: true,
  });
  return {
    id: arn('autoscaling', `group/${name}`),
    connectionId: 'c1',
    kind: 'auto-scaling-group',
    name,
    config: {
      kind: 'auto-scaling-group',
      minSize: 1,
      maxSize: 10,
      desiredCapacity: 2,
      defaultInstanceWarmupSeconds: null,
      defaultCooldownSeconds: 300,
      instanceType: 'c6i.large',
      policies: [
        {
          arn: arn('autoscaling', `policy/${name}/out`),
          policy: policy('out', [
            { lowerBound: 0, upperBound: 1000, adjustment: 1 },
            { lowerBound: 1000, upperBound: null, adjustment: 3 },
          ]),
          alarmNames: [alarmNames.out],
        },
        {
          arn: arn('autoscaling', `policy/${name}/in`),
          policy: policy('in', [{ lowerBound: null, upperBound: 0, adjustment: -1 }]),
          alarmNames: [alarmNames.in],
        },
      ],
      ...config,
    },
    discoveredAtMs: 0,
  };
}

export function depthAlarm(name: string, queueName: string, change: Partial<MetricAlarm> = {}): MetricAlarm {
  return {
    name,
    arn: arn('cloudwatch', `alarm:${name}`),
    connectionId: 'c1',
    metric: {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: queueName },
    },
    statistic: 'Average',
    rule: {
      periodSeconds: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      threshold: 500,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'missing',
    },
    actionsEnabled: true,
    alarmActions: [],
    state: 'OK',
    stateUpdatedAtMs: 0,
    ...change,
  };
}

export function stateChange(alarmName: string, atMs: number, from: string, to: string): NewEvent {
  return {
    connectionId: 'c1',
    resourceId: null,
    kind: 'alarm-state',
    atMs,
    endMs: null,
    sourceId: `${alarmName}:${atMs}`,
    title: `${alarmName}: ${from} to ${to}`,
    detail: '',
    data: { kind: 'alarm-state', alarmName, from, to, reason: '' },
  };
}

export function launch(
  groupId: string,
  instanceId: string,
  atMs: number,
  endMs: number | null,
  cause = 'a monitor alarm',
): NewEvent {
  return {
    connectionId: 'c1',
    resourceId: groupId,
    kind: 'scaling-activity',
    atMs,
    endMs,
    sourceId: `launch:${instanceId}`,
    title: `Launching ${instanceId}`,
    detail: cause,
    data: {
      kind: 'scaling-activity',
      groupName: 'workers',
      statusCode: endMs === null ? 'InProgress' : 'Successful',
      desiredBefore: null,
      desiredAfter: null,
      instanceId,
      direction: 'launch',
    },
  };
}
