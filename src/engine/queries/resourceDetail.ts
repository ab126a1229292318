/**
 * One resource in full: its settings, the alarms on it, the group that consumes it with its policies, its shards.
 */
import type { AlarmInfo, GroupInfo, ResourceDetail, ResourceRow } from '../../core/contract/shapes.ts';
import { seriesKeyOf } from '../../core/metrics.ts';
import type { MetricAlarm, Resource } from '../../core/model/resources.ts';
import type { StoreReader } from '../../storage/interface.ts';
import type { Relations, ScaledGroup } from './relations.ts';

export function resourceDetailOf(
  resource: Resource,
  row: ResourceRow,
  relations: Relations,
  store: StoreReader,
): ResourceDetail {
  const group = relations.groupOf(resource.id);
  return {
    row,
    arn: resource.id,
    settings: settingsOf(resource, relations),
    alarms: alarmInfosOn(resource.id, relations),
    group: group === undefined ? null : groupInfo(group, store),
    shards: resource.config.kind === 'kinesis-stream' ? resource.config.shards.map((shard) => ({ ...shard })) : [],
  };
}

export function alarmInfosOn(resourceId: string, relations: Relations): AlarmInfo[] {
  const policies = relations.groupOf(resourceId)?.policies ?? [];
  return relations.alarmsOn(resourceId).map((alarm) => alarmInfo(alarm, policies));
}

function alarmInfo(alarm: MetricAlarm, policies: ScaledGroup['policies']): AlarmInfo {
  return {
    name: alarm.name,
    state: alarm.state,
    stateUpdatedAtMs: alarm.stateUpdatedAtMs,
    metricName: alarm.metric.metricName,
    statistic: alarm.statistic,
    ...alarm.rule,
    policyNames: policies.filter(({ alarmNames }) => alarmNames.includes(alarm.name)).map(({ policy }) => policy.name),
  };
}

/** Desired capacity is the newest recorded one: the description is only read every ten minutes. */
export function groupInfo({ resource, config, policies }: ScaledGroup, store: StoreReader): GroupInfo {
  const key = seriesKeyOf(resource, 'desired');
  const recorded = key === undefined ? undefined : store.lastPoint(key);
  const newer = recorded !== undefined && recorded.time * 1000 > resource.discoveredAtMs;
  return {
    resourceId: resource.id,
    name: resource.name,
    minSize: config.minSize,
    maxSize: config.maxSize,
    desiredCapacity: newer ? recorded.value : config.desiredCapacity,
    defaultInstanceWarmupSeconds: config.defaultInstanceWarmupSeconds,
    defaultCooldownSeconds: config.defaultCooldownSeconds,
    instanceType: config.instanceType,
    policies: policies.map(({ policy, alarmNames }) => ({
      policy: { ...policy, steps: policy.steps.map((step) => ({ ...step })) },
      alarmNames: [...alarmNames],
    })),
  };
}

/** As the service's own documentation names them, so that a person recognises and can search them. */
function settingsOf({ config }: Resource, relations: Relations): ResourceDetail['settings'] {
  const setting = (name: string, value: string | number | boolean): { name: string; value: string } => ({
    name,
    value: String(value),
  });
  switch (config.kind) {
    case 'sqs-queue':
      return [
        setting('QueueUrl', config.url),
        setting('VisibilityTimeout', `${config.visibilityTimeoutSeconds} s`),
        setting('MessageRetentionPeriod', `${config.messageRetentionSeconds} s`),
        setting('DelaySeconds', `${config.delaySeconds} s`),
        setting('FifoQueue', config.fifo),
        ...(config.deadLetter === null
          ? []
          : [
              setting(
                'deadLetterTargetArn',
                relations.resource(config.deadLetter.targetArn)?.name ?? config.deadLetter.targetArn,
              ),
              setting('maxReceiveCount', config.deadLetter.maxReceiveCount),
            ]),
      ];
    case 'kinesis-stream':
      return [
        setting('StreamMode', config.mode),
        setting('RetentionPeriodHours', `${config.retentionHours} h`),
        setting('OpenShardCount', config.shards.filter(({ closed }) => !closed).length),
        setting('ShardLevelMetrics', config.shardLevelMetrics.join(', ') || 'none'),
      ];
    case 'auto-scaling-group':
      return [
        setting('MinSize', config.minSize),
        setting('MaxSize', config.maxSize),
        setting('DesiredCapacity', config.desiredCapacity),
      ];
  }
}
