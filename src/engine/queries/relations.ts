/**
 * How resources hang together: queue and dead-letter queue (both ways, UX-04), queue -> alarms -> policies -> group.
 *
 * Built once per question from what is stored, so that two hundred rows do not search two hundred lists.
 */
import { resourceOfMetric } from '../../core/metrics.ts';
import type { DeployedPolicy, GroupConfig, MetricAlarm, Resource } from '../../core/model/resources.ts';

export interface ScaledGroup {
  readonly resource: Resource;
  readonly config: GroupConfig;
  /** Only the policies that an alarm on the queue drives. */
  readonly policies: readonly DeployedPolicy[];
}

export interface Relations {
  alarmsOn(resourceId: string): readonly MetricAlarm[];
  /** The queue that this one's dead letters go to; undefined when there is none or it is not known. */
  deadLetterQueueOf(resource: Resource): Resource | undefined;
  sourcesOf(deadLetterQueueId: string): readonly Resource[];
  /** The group that consumes a queue, found through the alarms on it. */
  groupOf(resourceId: string): ScaledGroup | undefined;
  resource(id: string): Resource | undefined;
}

export function relationsOf(resources: readonly Resource[], alarms: readonly MetricAlarm[]): Relations {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const alarmsOn = new Map<string, MetricAlarm[]>();
  const byConnection = new Map<string, Resource[]>();
  for (const resource of resources) push(byConnection, resource.connectionId, resource);
  for (const alarm of alarms) {
    const about = resourceOfMetric(alarm.metric, byConnection.get(alarm.connectionId) ?? []);
    if (about !== undefined) push(alarmsOn, about.id, alarm);
  }
  const sources = new Map<string, Resource[]>();
  const groups: { resource: Resource; config: GroupConfig }[] = [];
  for (const resource of resources) {
    const { config } = resource;
    if (config.kind === 'sqs-queue' && config.deadLetter !== null) push(sources, config.deadLetter.targetArn, resource);
    if (config.kind === 'auto-scaling-group') groups.push({ resource, config });
  }
  return {
    resource: (id) => byId.get(id),
    alarmsOn: (id) => alarmsOn.get(id) ?? [],
    sourcesOf: (id) => sources.get(id) ?? [],
    deadLetterQueueOf({ config }) {
      return config.kind === 'sqs-queue' && config.deadLetter !== null
        ? byId.get(config.deadLetter.targetArn)
        : undefined;
    },
    groupOf(resourceId) {
      const names = new Set((alarmsOn.get(resourceId) ?? []).map(({ name }) => name));
      for (const { resource, config } of groups) {
        if (resource.connectionId !== byId.get(resourceId)?.connectionId) continue;
        const policies = config.policies.filter(({ alarmNames }) => alarmNames.some((name) => names.has(name)));
        if (policies.length > 0) return { resource, config, policies };
      }
      return undefined;
    },
  };
}

/** An alarm that is in ALARM when there is too little: a scale-in alarm is so all night, and nobody should wake up. */
export function isLowAlarm({ rule }: MetricAlarm): boolean {
  return rule.comparisonOperator.startsWith('LessThan');
}

function push<T>(lists: Map<string, T[]>, name: string, value: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}
