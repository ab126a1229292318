/**
 * A scenario brought to life in a cloud: its resources exist, its producers send, its consumers and instances work.
 *
 * Everything is as if it had been there for long: queues empty, the group in service and warm, streams ACTIVE.
 * The load goes on after the scenario's duration, which only says how long an unattended run plays.
 */

import { groupMetricNames } from '../../core/scaling/groupMetrics.ts';
import { createGroup } from '../autoscaling/createGroup.ts';
import { storePolicy } from '../autoscaling/policies.ts';
import type { AutoScalingState } from '../autoscaling/state.ts';
import { putAlarm } from '../cloudwatch/evaluator.ts';
import type { CloudWatchState } from '../cloudwatch/state.ts';
import { startProducer } from '../fleet/producer.ts';
import { createWorkload } from '../fleet/workload.ts';
import { playStream } from '../kinesis/load.ts';
import type { KinesisState } from '../kinesis/state.ts';
import type { SqsState } from '../sqs/state.ts';
import type { World } from '../world/world.ts';
import type { AlarmSpec, GroupSpec, QueueSpec, Scenario } from './spec.ts';

/** The services a scenario plays on: one account and Region. */
export interface Stage {
  readonly sqs: SqsState;
  readonly cloudWatch: CloudWatchState;
  readonly autoScaling: AutoScalingState;
  readonly kinesis: KinesisState;
}

/**
 * @param cloud its world must stand at the scenario's start and have been made with its seed
 */
export function applyScenario(cloud: { readonly world: World; readonly home: Stage }, scenario: Scenario): void {
  const { world, home: stage } = cloud;
  stage.cloudWatch.store.publicationDelayMs = scenario.metricDelayMs;
  for (const queue of deadLettersFirst(scenario.queues)) addQueue(stage, queue);
  for (const group of scenario.groups) addGroup(world, stage, group);
  for (const alarm of scenario.alarms) addAlarm(stage, alarm);
  for (const { name, producer } of scenario.queues) {
    if (producer === null) continue;
    const random = world.random.stream(`scenario/producer/${name}`);
    startProducer({ world, queueByName: () => stage.sqs.queueByName(name), spec: producer, random });
  }
  for (const stream of scenario.streams) {
    playStream(stage.kinesis, stream, world.random.stream(`scenario/stream/${stream.name}`));
  }
}

/** A redrive policy may only name a queue that exists. A ring of dead-letter queues keeps its order in the file. */
function deadLettersFirst(queues: readonly QueueSpec[]): readonly QueueSpec[] {
  const ordered: QueueSpec[] = [];
  const visit = (queue: QueueSpec, waiting: readonly QueueSpec[]): void => {
    if (ordered.includes(queue) || waiting.includes(queue)) return;
    const target = queues.find(({ name }) => name === queue.deadLetter?.queue);
    if (target !== undefined) visit(target, [...waiting, queue]);
    ordered.push(queue);
  };
  for (const queue of queues) visit(queue, []);
  return ordered;
}

function addQueue({ sqs }: Stage, spec: QueueSpec): void {
  const { deadLetter } = spec;
  sqs.createQueue(spec.name, {
    VisibilityTimeout: String(spec.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(spec.messageRetentionSeconds),
    DelaySeconds: String(spec.delaySeconds),
    ...(deadLetter === null
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: sqs.queueByName(deadLetter.queue)!.arn,
            maxReceiveCount: deadLetter.maxReceiveCount,
          }),
        }),
  });
}

function addGroup(world: World, { sqs, autoScaling }: Stage, spec: GroupSpec): void {
  const { work } = spec;
  const group = createGroup(autoScaling, {
    name: spec.name,
    minSize: spec.minSize,
    maxSize: spec.maxSize,
    desiredCapacity: spec.desiredCapacity,
    defaultCooldownSeconds: spec.defaultCooldownSeconds,
    defaultInstanceWarmupSeconds: spec.defaultInstanceWarmupSeconds,
    source: {
      launchConfigurationName: null,
      launchTemplate: { LaunchTemplateName: spec.name, Version: '1' },
      instanceType: spec.instanceType,
    },
    timing: {
      launchSeconds: spec.launchSeconds,
      terminateSeconds: spec.terminateSeconds,
      reactionSeconds: spec.reactionSeconds,
    },
    workload:
      work === null
        ? null
        : createWorkload({
            world,
            queueByName: () => sqs.queueByName(work.queue),
            spec: work,
            random: world.random.stream(`scenario/fleet/${spec.name}`),
          }),
    settled: true,
  });
  if (spec.metricsCollection) for (const name of groupMetricNames) group.enabledMetrics.add(name);
  for (const policy of spec.policies) storePolicy(autoScaling, group, policy);
}

function addAlarm({ cloudWatch, autoScaling }: Stage, spec: AlarmSpec): void {
  const arns = spec.policies.map(({ group, policy }) => autoScaling.groups.get(group)!.policies.get(policy)!.arn);
  putAlarm(cloudWatch, {
    name: spec.name,
    description: spec.description,
    metric: spec.metric,
    statistic: spec.statistic,
    unit: null,
    rule: spec.rule,
    givenDatapointsToAlarm: spec.rule.datapointsToAlarm,
    givenTreatMissingData: spec.rule.treatMissingData,
    actionsEnabled: true,
    actions: { OK: [], ALARM: arns, INSUFFICIENT_DATA: [] },
  });
}
