/**
 * What Auto Scaling keeps about a group, its instances, policies and activities. Data only; life is in lifecycle.ts.
 */
import type { GroupCapacity, StepScalingPolicy } from '../../core/scaling/types.ts';
import type { Random } from '../../core/time/random.ts';

export type LifecycleState = 'Pending' | 'InService' | 'Terminating' | 'Terminated';

export interface Instance {
  readonly id: string;
  readonly availabilityZone: string;
  readonly launchedAtMs: number;
  state: LifecycleState;
  protectedFromScaleIn: boolean;
  /** Warm-up that begins when it enters service (WARM-07). */
  readonly warmupSeconds: number;
  /** End of its warm-up; infinity before it enters service. */
  warmAtMs: number;
  /** What it does while in service; null when nobody gave the group any work. */
  work: RunningWork | null;
}

/** What instances of a group do. `start` is called when one enters service. */
export interface Workload {
  start(instanceId: string): RunningWork;
}

export interface RunningWork {
  /** Take no more work. `done` is called once, when what is in hand is dealt with. */
  stop(done: () => void): void;
}

export interface SecondsRange {
  readonly from: number;
  readonly to: number;
}

/** What AWS does not publish, as parameters. */
export interface GroupTiming {
  /** Launch call to InService (MODEL-07). */
  readonly launchSeconds: SecondsRange;
  /** Terminate call to Terminated, at least. */
  readonly terminateSeconds: SecondsRange;
  /** Change of the desired capacity to the launch or terminate call (MODEL-06). */
  readonly reactionSeconds: SecondsRange;
}

export const defaultTiming: GroupTiming = {
  launchSeconds: { from: 60, to: 180 },
  terminateSeconds: { from: 10, to: 40 },
  reactionSeconds: { from: 5, to: 30 },
};

export interface Policy {
  readonly arn: string;
  readonly policy: StepScalingPolicy;
}

export type ActivityStatus = 'PreInService' | 'InProgress' | 'WaitingForInstanceWarmup' | 'Successful' | 'Cancelled';

export interface Activity {
  readonly id: string;
  /** Rises by one with every activity of the account: what page tokens count by. */
  readonly sequence: number;
  readonly groupName: string;
  readonly groupArn: string;
  readonly description: string;
  readonly cause: string;
  readonly startMs: number;
  endMs: number | null;
  status: ActivityStatus;
  progress: number;
  readonly availabilityZone: string;
}

export interface LaunchSource {
  readonly launchConfigurationName: string | null;
  readonly launchTemplate: Readonly<Record<string, string>> | null;
  readonly instanceType: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
  readonly PropagateAtLaunch: boolean;
}

export interface Group {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  readonly timing: GroupTiming;
  readonly availabilityZones: readonly string[];
  readonly subnets: string | null;
  readonly tags: readonly Tag[];
  readonly random: Random;
  minSize: number;
  maxSize: number;
  desiredCapacity: number;
  defaultCooldownSeconds: number;
  defaultInstanceWarmupSeconds: number | null;
  healthCheckGracePeriodSeconds: number;
  newInstancesProtected: boolean;
  source: LaunchSource;
  readonly enabledMetrics: Set<string>;
  readonly policies: Map<string, Policy>;
  /** In the order of their launch; terminated ones are gone. */
  readonly instances: Instance[];
  workload: Workload | null;
  /** Why the desired capacity changed since the last launch or terminate call. */
  causes: string[];
  /** Warm-up of the instances launched next: the policy's that asked for them (WARM-08). */
  nextWarmupSeconds: number;
  reaction: (() => void) | null;
  lastActivityMs: number | null;
  deleting: boolean;
}

/** Pending and in service: what is compared with the desired capacity. */
export function actualCapacity(group: Group): number {
  return count(group, 'Pending') + count(group, 'InService');
}

export function count(group: Group, state: LifecycleState): number {
  let found = 0;
  for (const instance of group.instances) if (instance.state === state) found++;
  return found;
}

/** What a policy sees of the group at an instant (WARM-01, WARM-06). */
export function capacityAt(group: Group, nowMs: number): GroupCapacity {
  let warm = 0;
  let warming = 0;
  let terminating = 0;
  for (const instance of group.instances) {
    if (instance.state === 'Terminating') terminating++;
    else if (instance.state === 'InService' && instance.warmAtMs <= nowMs) warm++;
    else warming++;
  }
  return {
    minSize: group.minSize,
    maxSize: group.maxSize,
    desiredCapacity: group.desiredCapacity,
    warmInstances: warm,
    warmingInstances: warming,
    terminatingInstances: terminating,
  };
}
