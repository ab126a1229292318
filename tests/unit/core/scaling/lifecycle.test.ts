import { describe, expect, test } from 'vitest';
import { groupMetrics, groupTotal } from '../../../../src/core/scaling/groupMetrics.ts';
import {
  decideReplacement,
  findingCounts,
  type HealthFinding,
  type ReplacementContext,
  replacementBatch,
} from '../../../../src/core/scaling/health.ts';
import {
  hookDeadlineMs,
  hookMaxWaitSeconds,
  type LifecycleState,
  nextLifecycleState,
  validateHook,
} from '../../../../src/core/scaling/hooks.ts';
import { replacementBounds, validateMaintenancePolicy } from '../../../../src/core/scaling/maintenance.ts';
import {
  type GroupEvent,
  mayBeSuspendedByService,
  type SuspendableProcess,
  suspensionEffect,
} from '../../../../src/core/scaling/suspend.ts';
import { drawFromPool, launchHookRuns, warmPoolSize } from '../../../../src/core/scaling/warmPool.ts';

describe('lifecycle hooks', () => {
  const path = (from: LifecycleState, hasHook: boolean, result: 'CONTINUE' | 'ABANDON'): string => {
    const states: LifecycleState[] = [from];
    for (;;) {
      const next = nextLifecycleState(states.at(-1)!, { hasHook, result });
      if (next === states.at(-1)) return states.join(' > ');
      states.push(next);
    }
  };
  test.each([
    ['Pending', false, 'CONTINUE', 'Pending > InService'],
    ['Pending', true, 'CONTINUE', 'Pending > Pending:Wait > Pending:Proceed > InService'],
    [
      'Pending',
      true,
      'ABANDON',
      'Pending > Pending:Wait > Terminating > Terminating:Wait > Terminating:Proceed > Terminated',
    ],
    ['Terminating', false, 'ABANDON', 'Terminating > Terminated'],
    ['Terminating', true, 'ABANDON', 'Terminating > Terminating:Wait > Terminating:Proceed > Terminated'],
    ['Terminating', true, 'CONTINUE', 'Terminating > Terminating:Wait > Terminating:Proceed > Terminated'],
    ['InService', true, 'CONTINUE', 'InService'],
  ] as const)('[HOOK-01] from %s, hook %s, %s: %s', (from, hasHook, result, wanted) => {
    expect(path(from, hasHook, result)).toBe(wanted);
  });

  test.each([
    [30, 3_000],
    [60, 6_000],
    [1_728, 172_800],
    [1_727, 172_700],
    [1_729, 172_800],
    [3_600, 172_800],
    [undefined, 172_800],
  ])('[HOOK-01] heartbeat %s s: at most %i s', (heartbeat, seconds) => {
    expect(hookMaxWaitSeconds(heartbeat)).toBe(seconds);
  });

  test('[HOOK-01] a heartbeat restarts the timeout, up to the longest wait', () => {
    expect(hookDeadlineMs(1_000, 1_000, 60)).toBe(61_000);
    expect(hookDeadlineMs(1_000, 31_000, 60)).toBe(91_000);
    expect(hookDeadlineMs(1_000, 5_990_000, 60)).toBe(6_001_000);
    expect(hookDeadlineMs(0, 0)).toBe(3_600_000);
  });

  test.each([
    [29, null, ['heartbeatOutOfRange']],
    [30, null, []],
    [7_200, 'CONTINUE', []],
    [7_201, null, ['heartbeatOutOfRange']],
    [30.5, null, ['heartbeatOutOfRange']],
    [null, 'ABANDON', []],
    [null, null, []],
    [0, 'RETRY', ['heartbeatOutOfRange', 'hookResultUnknown']],
  ])('[HOOK-01] heartbeat %s, default result %s: faults %j', (heartbeatTimeoutSeconds, defaultResult, reasons) => {
    const faults = validateHook({ heartbeatTimeoutSeconds, defaultResult });
    expect(faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('[HOOK-01] the fault tells the range', () => {
    const [fault] = validateHook({ heartbeatTimeoutSeconds: 1, defaultResult: null });
    expect(fault?.problem).toBe('heartbeat timeout 1 is not a whole number of seconds from 30 to 7200');
  });
});

test.each([
  [6, 10, null, 0, 4],
  [9, 10, 8, 0, 0],
  [6, 10, 8, 0, 2],
  [6, 10, null, 5, 5],
  [6, 10, null, 4, 4],
  [12, 10, null, 0, 0],
  [6, 10, 20, 0, 14],
])('[POOL-01] desired %i, max %i, prepared %s, pool minimum %i: %i', (desired, maxSize, prepared, minSize, size) => {
  const pool = { maxPreparedCapacity: prepared, minSize };
  expect(warmPoolSize({ desiredCapacity: desired, maxSize }, pool)).toBe(size);
});

test('[POOL-01] without settings the pool fills the group up to its maximum', () => {
  expect(warmPoolSize({ desiredCapacity: 6, maxSize: 10 })).toBe(4);
  expect(warmPoolSize({ desiredCapacity: 11, maxSize: 10 })).toBe(0);
});

test('[POOL-02] a scale-out empties the pool before it launches; each instance passes the launch hooks twice', () => {
  expect(drawFromPool(5, 3)).toEqual({ fromPool: 3, launched: 2 });
  expect(drawFromPool(2, 3)).toEqual({ fromPool: 2, launched: 0 });
  expect([launchHookRuns(true), launchHookRuns(false)]).toEqual([2, 1]);
});

describe('health', () => {
  test.each([
    ['status-check', 29_999, 30, false],
    ['status-check', 30_000, 30, true],
    ['load-balancer', 29_999, 30, false],
    ['set-by-api', 29_999, 30, false],
    ['not-running', 0, 30, true],
    ['status-check', 0, undefined, true],
  ] as const)('[HEALTH-01] %s %i ms into a grace period of %s s counts: %s', (finding, afterMs, grace, counts) => {
    expect(findingCounts(finding, 1_000, 1_000 + afterMs, grace)).toBe(counts);
  });

  test.each([
    [0, 1],
    [5, 1],
    [10, 1],
    [19, 1],
    [20, 2],
    [50, 5],
    [59, 5],
  ])('[HEALTH-02] desired %i: %i at once', (desired, atOnce) => {
    expect(replacementBatch(desired)).toBe(atOnce);
  });

  const group = { desiredCapacity: 50, healthyInstances: 46, replacementsInProgress: 0, activityInProgress: true };
  test.each<[HealthFinding, number, Partial<ReplacementContext>, number, string]>([
    ['status-check', 8, {}, 5, 'a tenth of 50'],
    ['load-balancer', 8, {}, 5, 'throttled alike'],
    ['status-check', 3, {}, 3, 'fewer than the batch'],
    ['status-check', 8, { replacementsInProgress: 4 }, 1, 'four still warm up'],
    ['status-check', 8, { replacementsInProgress: 6 }, 0, 'the batch is used up'],
    ['status-check', 8, { healthyInstances: 45 }, 0, 'a tenth is missing during an activity'],
    ['status-check', 8, { healthyInstances: 45, activityInProgress: false }, 5, 'no activity'],
    ['not-running', 8, { healthyInstances: 20 }, 8, 'at once'],
    ['set-by-api', 8, { healthyInstances: 20 }, 8, 'at once'],
  ])('[HEALTH-02] %s, %i unhealthy, %j: %i, because %s', (finding, unhealthy, over, replaceNow) => {
    const decision = decideReplacement(finding, unhealthy, { ...group, ...over });
    expect(decision.replaceNow).toBe(replaceNow);
    expect(decision.rules).toContain('HEALTH-02');
  });
});

describe('maintenance policy', () => {
  test.each([
    [90, 120, []],
    [0, 100, []],
    [100, 200, []],
    [0, 101, ['healthyRangeTooWide']],
    [0, 200, ['healthyRangeTooWide']],
    [-1, -1, []],
    [-1, 120, ['minHealthyOutOfRange']],
    [90, -1, ['maxHealthyOutOfRange']],
    [101, 120, ['minHealthyOutOfRange']],
    [100.5, 120, ['minHealthyOutOfRange']],
    [90, 99, ['maxHealthyOutOfRange']],
    [100, 201, ['maxHealthyOutOfRange']],
    [90, 100.5, ['maxHealthyOutOfRange']],
    [null, 120, ['healthyPercentageMissing']],
    [90, null, ['healthyPercentageMissing']],
    [null, null, ['healthyPercentageMissing', 'healthyPercentageMissing']],
    [-2, 201, ['minHealthyOutOfRange', 'maxHealthyOutOfRange']],
  ])('[HEALTH-03] %s %% to %s %%: faults %j', (minHealthyPercentage, maxHealthyPercentage, reasons) => {
    const faults = validateMaintenancePolicy({ minHealthyPercentage, maxHealthyPercentage });
    expect(faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('[HEALTH-03] the fault tells how wide', () => {
    const [fault] = validateMaintenancePolicy({ minHealthyPercentage: 10, maxHealthyPercentage: 120 });
    expect(fault?.params).toEqual({ min: 10, max: 120, difference: 110 });
  });

  test.each([
    [null, 10, 'terminate-first', 0, 10],
    [{ minHealthyPercentage: 100, maxHealthyPercentage: 110 }, 10, 'launch-first', 10, 11],
    [{ minHealthyPercentage: 100, maxHealthyPercentage: 109 }, 10, 'terminate-first', 10, 10],
    [{ minHealthyPercentage: 85, maxHealthyPercentage: 100 }, 10, 'terminate-first', 9, 10],
    [{ minHealthyPercentage: 90, maxHealthyPercentage: 100 }, 10, 'terminate-first', 9, 10],
  ] as const)('[HEALTH-03] %j of %i: %s, %i to %i', (policy, desired, order, minHealthyInstances, maxInstances) => {
    expect(replacementBounds(policy, desired)).toEqual({ order, minHealthyInstances, maxInstances });
  });
});

describe('suspended processes', () => {
  const processes: SuspendableProcess[] = [
    'Launch',
    'Terminate',
    'AddToLoadBalancer',
    'AlarmNotification',
    'AZRebalance',
    'HealthCheck',
    'InstanceRefresh',
    'ReplaceUnhealthy',
    'ScheduledActions',
  ];
  const expected: Record<GroupEvent, Partial<Record<SuspendableProcess, string>>> = {
    'scale-out-alarm': { Launch: 'not-launched', AlarmNotification: 'ignored' },
    'scale-in-alarm': { Terminate: 'not-terminated', AlarmNotification: 'ignored' },
    'scheduled-action': { ScheduledActions: 'not-run' },
    'failed-health-check': { HealthCheck: 'not-marked-unhealthy' },
    'unhealthy-instance': {
      Launch: 'terminated-replaced-on-resume',
      Terminate: 'not-replaced',
      ReplaceUnhealthy: 'not-replaced',
    },
    'zone-imbalance': {
      Launch: 'not-rebalanced',
      Terminate: 'rebalanced-above-maximum',
      AZRebalance: 'not-rebalanced',
    },
    'alarms-at-resume': { AlarmNotification: 'considered-if-in-breach' },
  };
  test.each(Object.keys(expected) as GroupEvent[])('[SUSP-01] %s, whatever is suspended', (event) => {
    for (const process of processes) {
      expect([process, suspensionEffect(process, event)]).toEqual([process, expected[event][process] ?? 'proceeds']);
    }
  });

  test('[SUSP-02] a day of failing launches is not yet more than a day', () => {
    expect([mayBeSuspendedByService(24), mayBeSuspendedByService(24.1)]).toEqual([false, true]);
  });
});

test('[GMET-01, GMET-02] total is in service, pending and terminating; standby stands apart', () => {
  const counts = {
    minSize: 1,
    maxSize: 20,
    desiredCapacity: 7,
    inService: 5,
    pending: 2,
    standby: 3,
    terminating: 1,
  };
  expect(groupTotal(counts)).toBe(8);
  expect(groupMetrics(counts)).toEqual({
    GroupMinSize: 1,
    GroupMaxSize: 20,
    GroupDesiredCapacity: 7,
    GroupInServiceInstances: 5,
    GroupPendingInstances: 2,
    GroupStandbyInstances: 3,
    GroupTerminatingInstances: 1,
    GroupTotalInstances: 8,
  });
});
