/**
 * Making a group, for the API action and for scenarios alike.
 */
import { createdCause } from './activities.ts';
import { defaultTiming, type Group, type GroupTiming, type LaunchSource, type Tag, type Workload } from './group.ts';
import { uuid } from './identifiers.ts';
import { defaultWarmupSeconds, startGroup } from './lifecycle.ts';
import { type AutoScalingState, groupArn } from './state.ts';

export interface NewGroup {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly defaultCooldownSeconds: number;
  readonly defaultInstanceWarmupSeconds: number | null;
  readonly source: LaunchSource;
  readonly healthCheckGracePeriodSeconds?: number;
  readonly newInstancesProtected?: boolean;
  readonly availabilityZones?: readonly string[];
  readonly subnets?: string | null;
  readonly tags?: readonly Tag[];
  readonly timing?: GroupTiming;
  readonly workload?: Workload | null;
  /** The first instances are in service and warm at once, as if the group had been there for long. */
  readonly settled?: boolean;
}

export function createGroup(state: AutoScalingState, options: NewGroup): Group {
  const random = state.world.random.stream(`autoscaling/${options.name}`);
  const nowMs = state.world.nowMs();
  const group: Group = {
    name: options.name,
    arn: groupArn(state, uuid(random), options.name),
    createdMs: nowMs,
    timing: options.timing ?? defaultTiming,
    availabilityZones: options.availabilityZones ?? [`${state.region}a`],
    subnets: options.subnets ?? null,
    tags: options.tags ?? [],
    random,
    minSize: options.minSize,
    maxSize: options.maxSize,
    desiredCapacity: options.desiredCapacity,
    defaultCooldownSeconds: options.defaultCooldownSeconds,
    defaultInstanceWarmupSeconds: options.defaultInstanceWarmupSeconds,
    healthCheckGracePeriodSeconds: options.healthCheckGracePeriodSeconds ?? 0,
    newInstancesProtected: options.newInstancesProtected ?? false,
    source: options.source,
    enabledMetrics: new Set(),
    policies: new Map(),
    instances: [],
    workload: options.workload ?? null,
    causes: [],
    nextWarmupSeconds: 0,
    reaction: null,
    lastActivityMs: null,
    deleting: false,
  };
  group.nextWarmupSeconds = defaultWarmupSeconds(group);
  state.groups.set(group.name, group);
  startGroup(state, group, createdCause(nowMs, group.desiredCapacity), options.settled ?? false);
  return group;
}
