import { describe, expect, it } from 'vitest';
import type { StepScalingPolicy } from '../../../../src/core/scaling/types.ts';
import { createGroup, type NewGroup } from '../../../../src/emulator/autoscaling/createGroup.ts';
import { actualCapacity, capacityAt, count, type Workload } from '../../../../src/emulator/autoscaling/group.ts';
import { publishGroupMetrics } from '../../../../src/emulator/autoscaling/groupMetrics.ts';
import { changeDesired, deleteGroup, terminateByRequest } from '../../../../src/emulator/autoscaling/lifecycle.ts';
import { executePolicy, policyActions, storePolicy } from '../../../../src/emulator/autoscaling/policies.ts';
import { createAutoScalingState } from '../../../../src/emulator/autoscaling/state.ts';
import { createMetricStore, readPoints } from '../../../../src/emulator/cloudwatch/metricStore.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

const startMs = Date.UTC(2026, 2, 2);
const second = 1_000;

/** Exact seconds: reaction 10, launch 60, terminate 20; warm-up 120 unless a policy says otherwise. */
function setup(options: Partial<NewGroup> = {}) {
  const world = createWorld({ startMs, seed: 1 });
  const store = createMetricStore({ publicationDelayMs: 0 });
  const context = { world, sink: store, accountId: '000000000000', region: 'us-east-1' };
  const state = createAutoScalingState(context, { alarmsWithAction: () => [] });
  const group = createGroup(state, {
    name: 'workers',
    minSize: 1,
    maxSize: 10,
    desiredCapacity: 2,
    defaultCooldownSeconds: 300,
    defaultInstanceWarmupSeconds: 120,
    source: { launchConfigurationName: null, launchTemplate: null, instanceType: 'm7g.large' },
    timing: {
      reactionSeconds: { from: 10, to: 10 },
      launchSeconds: { from: 60, to: 60 },
      terminateSeconds: { from: 20, to: 20 },
    },
    settled: true,
    ...options,
  });
  const at = (seconds: number): void => world.advanceTo(startMs + seconds * second);
  const newest = () => state.activities.at(-1)!;
  return { world, store, state, group, at, newest };
}

const policy = (overrides: Partial<StepScalingPolicy> = {}): StepScalingPolicy => ({
  name: 'out',
  adjustmentType: 'ChangeInCapacity',
  steps: [{ lowerBound: 0, upperBound: null, adjustment: 2 }],
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: 100,
  enabled: true,
  ...overrides,
});

const scaleIn = policy({ name: 'in', steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }] });

const notice = (state: 'ALARM' | 'OK', recentPoints: readonly number[] | null, above = true) => ({
  alarmName: 'backlog',
  alarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:backlog',
  state,
  previousState: state,
  threshold: 100,
  comparisonOperator: above ? ('GreaterThanOrEqualToThreshold' as const) : ('LessThanThreshold' as const),
  recentPoints,
});

describe('a group over time', () => {
  it('WARM-07: pending, in service, warm, each at its second, and the activity tells of it', () => {
    const { group, state, at, newest } = setup();
    changeDesired(state, group, 3, 'because.');
    const seen = [9, 10, 69, 70, 189, 190].map((seconds) => {
      at(seconds);
      const capacity = capacityAt(group, startMs + seconds * second);
      return [count(group, 'Pending'), count(group, 'InService'), capacity.warmInstances, newest().status];
    });
    expect(seen).toEqual([
      [0, 2, 2, 'Successful'],
      [1, 2, 2, 'PreInService'],
      [1, 2, 2, 'PreInService'],
      [0, 3, 2, 'WaitingForInstanceWarmup'],
      [0, 3, 2, 'WaitingForInstanceWarmup'],
      [0, 3, 3, 'Successful'],
    ]);
    expect(newest()).toMatchObject({ startMs: startMs + 10 * second, endMs: startMs + 70 * second });
    expect(newest().cause).toBe(
      'because.  At 2026-03-02T00:00:10Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 3.',
    );
  });

  it('TERM-01 (simplified): the oldest in service leaves first, and the cause names it', () => {
    const { group, state, at, newest } = setup();
    const oldest = group.instances[0]!.id;
    changeDesired(state, group, 1, 'because.');
    at(10);
    expect(count(group, 'Terminating')).toBe(1);
    expect(newest().cause).toBe(
      `because.  At 2026-03-02T00:00:10Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 2 to 1.  At 2026-03-02T00:00:10Z instance ${oldest} was selected for termination.`,
    );
    at(30);
    expect(group.instances.map(({ id }) => id)).not.toContain(oldest);
    expect(newest()).toMatchObject({ status: 'Successful', endMs: startMs + 30 * second });
  });

  it('TERM-02: protected instances stay; with all of them protected only the desired capacity is lowered', () => {
    const { group, state, at } = setup();
    group.instances[0]!.protectedFromScaleIn = true;
    changeDesired(state, group, 1, '');
    at(60);
    expect(group.instances.map(({ protectedFromScaleIn }) => protectedFromScaleIn)).toEqual([true]);
    changeDesired(state, group, 0, '');
    at(120);
    expect(group.desiredCapacity).toBe(0);
    expect(actualCapacity(group)).toBe(1);
  });

  it('a pending instance that is no longer wanted never enters service; its launch is cancelled', () => {
    const { group, state, at } = setup({ desiredCapacity: 1 });
    changeDesired(state, group, 2, '');
    at(15);
    group.instances[0]!.protectedFromScaleIn = true;
    changeDesired(state, group, 1, '');
    at(200);
    expect(group.instances).toHaveLength(1);
    expect(state.activities.map(({ status }) => status)).toEqual(['Successful', 'Cancelled', 'Successful']);
  });

  it('an instance leaves when AWS is through with it and its work is dealt with, whichever is later', () => {
    let finish: () => void = () => {};
    const workload: Workload = {
      start: () => ({
        stop: (done) => {
          finish = done;
        },
      }),
    };
    const { group, state, at } = setup({ workload });
    changeDesired(state, group, 1, '');
    at(100);
    expect(count(group, 'Terminating')).toBe(1);
    finish();
    expect(count(group, 'Terminating')).toBe(0);
  });

  it('a terminated instance is replaced unless the desired capacity went down with it', () => {
    const { group, state, at } = setup();
    terminateByRequest(state, group, group.instances[0]!, false);
    at(200);
    expect(count(group, 'InService')).toBe(2);
    terminateByRequest(state, group, group.instances[0]!, true);
    at(400);
    expect(count(group, 'InService')).toBe(1);
    expect(group.desiredCapacity).toBe(1);
  });

  it('a deleted group is gone with its last instance, its activities stay', () => {
    const { group, state, at } = setup();
    deleteGroup(state, group);
    expect(state.groups.has('workers')).toBe(true);
    at(20);
    expect(state.groups.has('workers')).toBe(false);
    expect(state.activities).toHaveLength(4);
  });

  it('GMET-01, GMET-02: one sample a minute while enabled; in service excludes pending and terminating', () => {
    const { group, state, store, at } = setup();
    publishGroupMetrics(state);
    group.enabledMetrics.add('GroupInServiceInstances').add('GroupPendingInstances');
    changeDesired(state, group, 4, '');
    at(120);
    group.enabledMetrics.clear();
    at(240);
    const read = (metricName: string) => {
      const ref = { namespace: 'AWS/AutoScaling', metricName, dimensions: { AutoScalingGroupName: 'workers' } };
      const endMs = startMs + 600 * second;
      const query = { statistic: 'Average', periodSeconds: 60, startMs, endMs, asOfMs: endMs } as const;
      return readPoints(store, store.find(ref), query).values;
    };
    expect(read('GroupInServiceInstances')).toEqual([2, 4]);
    expect(read('GroupPendingInstances')).toEqual([2, 0]);
    expect(read('GroupTotalInstances')).toEqual([]);
  });
});

describe('policies', () => {
  it('WARM-02, WARM-05: repeats are credited, scale-in waits for the warm-up of the policy that scaled out', () => {
    const { group, state, at } = setup();
    const target = policyActions(state);
    const out = storePolicy(state, group, policy());
    const into = storePolicy(state, group, scaleIn);
    target.run([out.arn], notice('ALARM', [150]));
    expect(group.desiredCapacity).toBe(4);
    at(60);
    target.run([out.arn], notice('ALARM', [150]));
    expect(group.desiredCapacity).toBe(4);
    // Launch call at 10 s, in service at 70 s, warm at 170 s.
    at(169);
    expect(target.run([into.arn], notice('ALARM', [3], false))).toEqual([{ arn: into.arn, failure: null }]);
    expect(group.desiredCapacity).toBe(4);
    at(170);
    target.run([into.arn], notice('ALARM', [3], false));
    expect(group.desiredCapacity).toBe(3);
  });

  it('MULTI-01: of several policies at one moment the largest resulting capacity wins, and its warm-up holds', () => {
    const { group, state, at } = setup();
    const small = storePolicy(
      state,
      group,
      policy({ name: 'small', steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }] }),
    );
    const large = storePolicy(state, group, policy({ name: 'large', estimatedInstanceWarmupSeconds: 30 }));
    policyActions(state).run([small.arn, large.arn], notice('ALARM', [150]));
    at(10);
    expect(group.desiredCapacity).toBe(4);
    expect(state.activities.at(-1)?.cause).toContain(
      'triggered policy large changing the desired capacity from 2 to 4.',
    );
    expect(group.instances.at(-1)?.warmupSeconds).toBe(30);
  });

  it.each([
    { rule: 'STEP-06', points: [50], failure: 'No step adjustment found for metric value 50 and breach threshold 100' },
    { rule: 'STEP-05', points: null, failure: 'The alarm gave no recent datapoints to scale by' },
  ])('[$rule] points $points fail the action', ({ points, failure }) => {
    const { group, state } = setup();
    const { arn } = storePolicy(state, group, policy());
    expect(policyActions(state).run([arn], notice('ALARM', points))).toEqual([{ arn, failure }]);
    expect(group.desiredCapacity).toBe(2);
  });

  it('a policy that was deleted fails the action', () => {
    const { state } = setup();
    const arn =
      'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:autoScalingGroupName/workers:policyName/gone';
    expect(policyActions(state).run([arn], notice('ALARM', [150]))).toEqual([
      { arn, failure: 'ScalingPolicy does not exist' },
    ]);
  });

  it('CAP-02: at the maximum nothing happens and nothing fails', () => {
    const { group, state } = setup({ desiredCapacity: 10 });
    const { arn } = storePolicy(state, group, policy());
    expect(policyActions(state).run([arn], notice('ALARM', [150]))).toEqual([{ arn, failure: null }]);
    expect(group.desiredCapacity).toBe(10);
  });

  it('a policy run by hand takes its side from the value', () => {
    const { group, state } = setup();
    expect(executePolicy(state, group, policy(), 130, 100).desiredAfter).toBe(4);
    expect(group.causes).toEqual([
      'At 2026-03-02T00:00:00Z a user request executed policy out changing the desired capacity from 2 to 4.',
    ]);
  });
});
