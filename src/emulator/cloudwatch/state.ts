/**
 * Everything CloudWatch keeps for one account and Region.
 */
import { arnOf } from '../arns.ts';
import type { MetricSink } from '../metricSink.ts';
import type { World } from '../world/world.ts';
import type { ActionTarget } from './actionTargets.ts';
import type { Alarm } from './alarm.ts';
import { type AlarmHistory, createAlarmHistory } from './history.ts';
import { createMetricStore, type MetricStore } from './metricStore.ts';

/** Default of MODEL-02 for the emulator; a scenario sets its own. */
const defaultPublicationDelayMs = 30_000;

export interface CloudWatchState {
  readonly world: World;
  readonly store: MetricStore;
  /** Where the other services put their metrics. */
  readonly sink: MetricSink;
  /** By name, in the order of creation. */
  readonly alarms: Map<string, Alarm>;
  readonly history: AlarmHistory;
  /** Services that take alarm actions; they register themselves. */
  readonly actionTargets: ActionTarget[];
  alarmArn(name: string): string;
  /** Alarms that run this action in any state: what DescribePolicies lists beside a policy. */
  alarmsWithAction(arn: string): readonly { readonly name: string; readonly arn: string }[];
}

export function createCloudWatchState(context: {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
}): CloudWatchState {
  const { world } = context;
  const store = createMetricStore({ publicationDelayMs: defaultPublicationDelayMs });
  const alarms = new Map<string, Alarm>();
  return {
    world,
    store,
    sink: store,
    alarms,
    history: createAlarmHistory(world),
    actionTargets: [],
    alarmArn: (name) => arnOf('cloudwatch', context, `alarm:${name}`),
    alarmsWithAction: (arn) =>
      [...alarms.values()]
        .filter(({ config }) => Object.values(config.actions).some((arns) => arns.includes(arn)))
        .map((alarm) => ({ name: alarm.config.name, arn: alarm.arn })),
  };
}
