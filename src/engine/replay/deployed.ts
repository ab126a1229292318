/**
 * The setup that is deployed, put together from what was recorded: group, policies and the alarms that drive them.
 */
import type { AlarmState } from '../../core/alarms/types.ts';
import type { ReplayAlarm, ReplaySetup, TimeRange } from '../../core/contract/shapes.ts';
import { phrases } from '../../core/messages/terms.ts';
import { measureOfMetric } from '../../core/metrics.ts';
import type { IncidentEvent } from '../../core/model/events.ts';
import type { GroupConfig, MetricAlarm, Resource } from '../../core/model/resources.ts';
import { estimatePhaseSeconds } from '../../replay/index.ts';
import type { RecordingSource } from './recording.ts';

export interface Deployed {
  /** Null when the queue has no scaled group, or when `obstacles` say why it cannot be replayed. */
  readonly setup: ReplaySetup | null;
  /** A policy that is driven by something the replay does not show: without it the deployed setup would be another one. */
  readonly obstacles: readonly string[];
  readonly instanceType: string | null;
}

export function deployedOf({ store, relations }: RecordingSource, queue: Resource): Deployed {
  const group = relations.groupOf(queue.id);
  if (group === undefined) return { setup: null, obstacles: [], instanceType: null };
  const { config } = group;
  const alarms = new Map(relations.alarmsOn(queue.id).map((alarm) => [alarm.name, alarm]));
  const obstacles: string[] = [];
  const policies: ReplaySetup['policies'] = [];
  for (const { policy, alarmNames } of config.policies) {
    for (const name of alarmNames) {
      const alarm = alarms.get(name);
      const shown = alarm === undefined ? null : replayAlarmOf(alarm, stateChanges(store, queue, name));
      if (shown === null)
        obstacles.push(phrases([{ term: 'alarm-not-replayable', params: { policy: policy.name, alarm: name } }]));
      else policies.push({ policy: { ...policy, steps: policy.steps.map((step) => ({ ...step })) }, alarm: shown });
    }
  }
  const instanceType = config.instanceType;
  if (obstacles.length > 0 || policies.length === 0) return { setup: null, obstacles, instanceType };
  return {
    setup: {
      label: 'deployed',
      group: {
        minSize: config.minSize,
        maxSize: config.maxSize,
        defaultInstanceWarmupSeconds: config.defaultInstanceWarmupSeconds,
        defaultCooldownSeconds: config.defaultCooldownSeconds,
      },
      policies,
    },
    obstacles,
    instanceType,
  };
}

const replayable = new Set<string>(['depth', 'age', 'inFlight', 'sent']);

/** @returns null when the replay's plant does not show what the alarm watches */
function replayAlarmOf(alarm: MetricAlarm, changes: readonly IncidentEvent[]): ReplayAlarm | null {
  const measure = measureOfMetric(alarm.metric);
  if (measure === undefined || !replayable.has(measure)) return null;
  if (alarm.statistic === 'SampleCount' || alarm.rule.periodSeconds % 60 !== 0) return null;
  return {
    name: alarm.name,
    measure: measure as ReplayAlarm['measure'],
    statistic: alarm.statistic,
    ...alarm.rule,
    phaseSeconds: estimatePhaseSeconds(changes.map(({ atMs }) => atMs)) ?? 0,
  };
}

function stateChanges(store: RecordingSource['store'], queue: Resource, alarmName: string): IncidentEvent[] {
  return store
    .events({ fromMs: 0, toMs: 8.64e15, resourceIds: [queue.id], kinds: ['alarm-state'], limit: 5_000 })
    .filter(({ data }) => data.kind === 'alarm-state' && data.alarmName === alarmName);
}

/** Of a group's settings, those that make a setup. */
const setupFields = new Set([
  'minSize',
  'maxSize',
  'defaultInstanceWarmupSeconds',
  'defaultCooldownSeconds',
  'policies',
] satisfies (keyof GroupConfig)[] as string[]);

/**
 * When the deployed setup became what it is: the newest change of the group, its policies or their alarms within a range;
 * null when nothing changed. Minutes before it were another setup's (FID-09).
 */
export function setupChangedMs(
  { store, relations }: RecordingSource,
  queue: Resource,
  { fromMs, toMs }: TimeRange,
): number | null {
  const group = relations.groupOf(queue.id);
  if (group === undefined) return null;
  const driving = new Set(group.config.policies.flatMap(({ alarmNames }) => alarmNames));
  const changes = store
    .events({ fromMs, toMs, resourceIds: [queue.id, group.resource.id], kinds: ['configuration'], limit: 5_000 })
    .filter(
      ({ resourceId, data }) =>
        data.kind === 'configuration' &&
        (resourceId === group.resource.id ? setupFields.has(data.what) : driving.has(data.what)),
    );
  return changes.reduce<number | null>((newest, { atMs }) => Math.max(newest ?? 0, atMs), null);
}

/**
 * The state of each alarm at an instant: the newest change before it, else what the first change after it came from,
 * else what it is now.
 */
export function alarmStatesAt(
  { store, relations }: RecordingSource,
  queue: Resource,
  atMs: number,
): Record<string, AlarmState> {
  const states: Record<string, AlarmState> = {};
  for (const alarm of relations.alarmsOn(queue.id)) {
    const changes = stateChanges(store, queue, alarm.name);
    const before = changes.findLast((change) => change.atMs < atMs)?.data;
    const after = changes.find((change) => change.atMs >= atMs)?.data;
    if (before?.kind === 'alarm-state') states[alarm.name] = before.to as AlarmState;
    else if (after?.kind === 'alarm-state') states[alarm.name] = after.from as AlarmState;
    else states[alarm.name] = alarm.state;
  }
  return states;
}
