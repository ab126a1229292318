/**
 * The life of a group: desired capacity changes, instances are launched, enter service, warm up, leave.
 *
 * Rules: WARM-07, WARM-08, ALARM-22, TERM-01 (largest zone, then the oldest in service), TERM-02; MODEL-06, MODEL-07.
 */
import { pickVictim, type ScaleInCandidate } from '../../core/scaling/termination.ts';
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import {
  addActivity,
  finishActivity,
  joinCauses,
  requestedTerminationCause,
  shrinkCause,
  startedCause,
} from './activities.ts';
import { type Activity, actualCapacity, type Group, type Instance, type SecondsRange } from './group.ts';
import { instanceId } from './identifiers.ts';
import type { AutoScalingState } from './state.ts';

/**
 * Sets the desired capacity and lets the group react a little later.
 *
 * @param cause         sentence for the activities that follow
 * @param warmupSeconds warm-up of the instances launched for it; null: the group's own default
 */
export function changeDesired(
  state: AutoScalingState,
  group: Group,
  desiredCapacity: number,
  cause: string,
  warmupSeconds: number | null = null,
): void {
  if (desiredCapacity === group.desiredCapacity) return;
  group.desiredCapacity = desiredCapacity;
  group.causes.push(cause);
  group.nextWarmupSeconds = warmupSeconds ?? defaultWarmupSeconds(group);
  react(state, group);
}

export function defaultWarmupSeconds(group: Group): number {
  return effectiveWarmupSeconds({ estimatedInstanceWarmupSeconds: null }, group);
}

/** The first instances of a new group: launched as AWS would, or settled: in service and warm, as if long there. */
export function startGroup(state: AutoScalingState, group: Group, cause: string, settled: boolean): void {
  if (!settled) {
    if (group.desiredCapacity === 0) return;
    group.causes.push(cause);
    react(state, group);
    return;
  }
  const nowMs = state.world.nowMs();
  for (let index = 0; index < group.desiredCapacity; index++) {
    const instance = addInstance(state, group, 0);
    const activity = launchActivity(
      state,
      group,
      instance,
      joinCauses(cause, startedCause(nowMs, 0, group.desiredCapacity)),
    );
    enterService(state, group, instance);
    finishActivity(activity, nowMs);
  }
}

/** Schedules the launch or terminate calls that bring the group to its desired capacity. One reaction at a time. */
function react(state: AutoScalingState, group: Group): void {
  if (group.reaction !== null) return;
  const delayMs = draw(group, group.timing.reactionSeconds);
  group.reaction = state.world.at(state.world.nowMs() + delayMs, () => {
    group.reaction = null;
    bringToDesired(state, group);
  });
}

function bringToDesired(state: AutoScalingState, group: Group): void {
  const actual = actualCapacity(group);
  const { desiredCapacity: desired } = group;
  const cause = joinCauses(...group.causes);
  group.causes = [];
  if (desired > actual) {
    const startedSentence = startedCause(state.world.nowMs(), actual, desired);
    for (let index = actual; index < desired; index++) launch(state, group, joinCauses(cause, startedSentence));
  } else if (desired < actual) {
    // TERM-02: when everything left is protected the desired capacity stays lowered and nothing happens.
    const victims = scaleInVictims(group, actual - desired, state.world.nowMs());
    for (const victim of victims) {
      const sentence = shrinkCause(state.world.nowMs(), actual, desired, victim.id);
      terminate(state, group, victim, joinCauses(cause, sentence));
    }
  }
}

/** As many unprotected instances as are to go (TERM-01): in service before pending, by the group's one termination policy. */
function scaleInVictims(group: Group, count: number, nowMs: number): Instance[] {
  const victims: Instance[] = [];
  for (const phase of ['InService', 'Pending'] as const) {
    const instances = group.instances.filter(({ state }) => state === phase);
    const byId = new Map(instances.map((instance) => [instance.id, instance]));
    let staying = instances.map(candidateOf);
    while (victims.length < count) {
      const leaving = pickVictim(staying, ['OldestInstance'], nowMs, 0);
      if (leaving === null) break;
      victims.push(byId.get(leaving.id)!);
      staying = staying.filter((candidate) => candidate !== leaving);
    }
  }
  return victims;
}

/** Launch sources carry no age here; OldestInstance does not ask for it. */
function candidateOf({ id, availabilityZone, protectedFromScaleIn, launchedAtMs }: Instance): ScaleInCandidate {
  return {
    id,
    zone: availabilityZone,
    protectedFromScaleIn,
    launchedAtMs,
    launchedFrom: 'template',
    definitionCreatedAtMs: 0,
  };
}

function launch(state: AutoScalingState, group: Group, cause: string): void {
  const instance = addInstance(state, group, group.nextWarmupSeconds);
  const activity = launchActivity(state, group, instance, cause);
  const { world } = state;
  world.at(world.nowMs() + draw(group, group.timing.launchSeconds), () => {
    if (instance.state !== 'Pending') {
      finishActivity(activity, world.nowMs(), 'Cancelled');
      return;
    }
    enterService(state, group, instance);
    warmUp(state, instance, activity);
  });
}

function addInstance(state: AutoScalingState, group: Group, warmupSeconds: number): Instance {
  const instance: Instance = {
    id: instanceId(group.random),
    availabilityZone: group.availabilityZones[group.instances.length % group.availabilityZones.length]!,
    launchedAtMs: state.world.nowMs(),
    state: 'Pending',
    protectedFromScaleIn: group.newInstancesProtected,
    warmupSeconds,
    warmAtMs: Number.POSITIVE_INFINITY,
    work: null,
  };
  group.instances.push(instance);
  return instance;
}

function launchActivity(state: AutoScalingState, group: Group, instance: Instance, cause: string): Activity {
  group.lastActivityMs = state.world.nowMs();
  return addActivity(state, group, {
    description: `Launching a new EC2 instance: ${instance.id}`,
    cause,
    status: 'PreInService',
    availabilityZone: instance.availabilityZone,
  });
}

function enterService(state: AutoScalingState, group: Group, instance: Instance): void {
  instance.state = 'InService';
  instance.warmAtMs = state.world.nowMs() + instance.warmupSeconds * 1_000;
  instance.work = group.workload?.start(instance.id) ?? null;
}

function warmUp(state: AutoScalingState, instance: Instance, activity: Activity): void {
  const { world } = state;
  if (instance.warmupSeconds === 0) {
    finishActivity(activity, world.nowMs());
    return;
  }
  activity.status = 'WaitingForInstanceWarmup';
  activity.progress = 80;
  // AWS does not say which instant EndTime is; here it is the entry into service, so that end minus start is the launch.
  const inServiceAtMs = world.nowMs();
  world.at(instance.warmAtMs, () => finishActivity(activity, inServiceAtMs));
}

function terminate(state: AutoScalingState, group: Group, instance: Instance, cause: string): Activity {
  const { world } = state;
  const wasInService = instance.state === 'InService';
  instance.state = 'Terminating';
  group.lastActivityMs = world.nowMs();
  const activity = addActivity(state, group, {
    description: `Terminating EC2 instance: ${instance.id}`,
    cause,
    status: 'InProgress',
    availabilityZone: instance.availabilityZone,
  });
  // Terminated when AWS is through with it and its work is dealt with, whichever is later.
  let waitingFor = 1;
  const oneDone = (): void => {
    waitingFor--;
    if (waitingFor > 0) return;
    instance.state = 'Terminated';
    group.instances.splice(group.instances.indexOf(instance), 1);
    finishActivity(activity, world.nowMs());
    if (group.deleting && group.instances.length === 0) state.groups.delete(group.name);
  };
  if (wasInService && instance.work !== null) {
    waitingFor++;
    instance.work.stop(oneDone);
  }
  world.at(world.nowMs() + draw(group, group.timing.terminateSeconds), oneDone);
  return activity;
}

/** A user terminates one instance, protected or not; without a decrement it is replaced. */
export function terminateByRequest(
  state: AutoScalingState,
  group: Group,
  instance: Instance,
  decrement: boolean,
): Activity {
  if (decrement) group.desiredCapacity--;
  const activity = terminate(state, group, instance, requestedTerminationCause(state.world.nowMs(), instance.id));
  if (!decrement) react(state, group);
  return activity;
}

/** Everything leaves at once; the group is gone with its last instance. */
export function deleteGroup(state: AutoScalingState, group: Group): void {
  group.reaction?.();
  group.reaction = null;
  group.deleting = true;
  group.minSize = 0;
  group.desiredCapacity = 0;
  if (group.instances.length === 0) {
    state.groups.delete(group.name);
    return;
  }
  for (const instance of [...group.instances]) {
    if (instance.state === 'Terminating') continue;
    terminate(state, group, instance, requestedTerminationCause(state.world.nowMs(), instance.id));
  }
}

function draw(group: Group, range: SecondsRange): number {
  return Math.round((range.from + (range.to - range.from) * group.random.next()) * 1_000);
}
