import { describe, expect, test } from 'vitest';
import {
  cooldownWindow,
  effectiveCooldownSeconds,
  instanceFinishedAt,
  waitsForCooldown,
} from '../../../../src/core/scaling/cooldown.ts';
import {
  decideSimpleScaling,
  type SimpleContext,
  type SimpleScalingPolicy,
  type UncheckedSimplePolicy,
  validateSimplePolicy,
} from '../../../../src/core/scaling/simple.ts';

test.each([
  ['COOL-01', 'simple-policy', undefined, true],
  ['COOL-01', 'simple-policy', false, true],
  ['COOL-04', 'step-policy', undefined, false],
  ['COOL-04', 'target-tracking-policy', undefined, false],
  ['COOL-04', 'predictive-policy', undefined, false],
  ['COOL-04', 'scheduled-action', true, false],
  ['COOL-04', 'health-replacement', true, false],
  ['COOL-04', 'manual-change', undefined, false],
  ['COOL-04', 'manual-change', false, false],
  ['COOL-04', 'manual-change', true, true],
] as const)('[%s] %s, honouring cooldown %s, waits: %s', (_rule, trigger, honor, waits) => {
  expect(waitsForCooldown(trigger, honor)).toBe(waits);
});

test.each([
  [180, 300, 180],
  [0, 300, 0],
  [null, 120, 120],
  [null, 0, 0],
  [null, null, 300],
])('[COOL-01] policy %s, group %s: %s s', (cooldownSeconds, defaultCooldownSeconds, seconds) => {
  expect(effectiveCooldownSeconds({ cooldownSeconds }, { defaultCooldownSeconds })).toBe(seconds);
});

test('[COOL-02] the last instance starts the cooldown, wherever it stands in the list', () => {
  expect(cooldownWindow([100, 160, 130], 300)).toEqual({ fromSeconds: 160, toSeconds: 460 });
  expect(cooldownWindow([160], 0)).toEqual({ fromSeconds: 160, toSeconds: 160 });
});

test.each([
  ['without a hook, when running', { change: 'launch', runningAt: 5, hookEndedAt: null }, 5],
  ['with a hook, when that ends', { change: 'launch', runningAt: 5, hookEndedAt: 9 }, 9],
  ['without a load balancer, when gone', { change: 'terminate', terminatedAt: 70, drainedAt: null }, 70],
  ['behind one, when drained', { change: 'terminate', terminatedAt: 70, drainedAt: 40 }, 40],
] as const)('[COOL-03] an instance is finished %s', (_because, instance, at) => {
  expect(instanceFinishedAt(instance)).toBe(at);
});

const policyOf = (over: Partial<SimpleScalingPolicy> = {}): SimpleScalingPolicy => ({
  name: 'p',
  adjustmentType: 'ChangeInCapacity',
  adjustment: 2,
  minAdjustmentMagnitude: null,
  cooldownSeconds: null,
  enabled: true,
  ...over,
});
const contextOf = (over: Partial<SimpleContext> = {}): SimpleContext => ({
  minSize: 1,
  maxSize: 10,
  desiredCapacity: 4,
  inServiceInstances: 4,
  activityInProgress: false,
  cooldownEndsAtMs: null,
  nowMs: 1_000,
  ...over,
});
const percent = { adjustmentType: 'PercentChangeInCapacity' } as const;

describe('simple scaling', () => {
  test.each([
    [{}, {}, 6, null, ['ADJ-01', 'ADJ-04']],
    [{ adjustment: -1 }, {}, 3, null, ['ADJ-01', 'ADJ-04']],
    [{ adjustment: 7 }, {}, 10, null, ['ADJ-01', 'ADJ-04', 'CAP-01']],
    [{ adjustment: 6 }, {}, 10, null, ['ADJ-01', 'ADJ-04']],
    [{ adjustment: 2, adjustmentType: 'ExactCapacity' }, {}, 2, null, ['ADJ-01', 'ADJ-04']],
    [{ ...percent, adjustment: 30 }, {}, 5, null, ['ADJ-01', 'ADJ-02', 'ADJ-04']],
    [{ ...percent, adjustment: 30, minAdjustmentMagnitude: 2 }, {}, 6, null, ['ADJ-01', 'ADJ-02', 'ADJ-03', 'ADJ-04']],
    [{ minAdjustmentMagnitude: 9 }, {}, 6, null, ['ADJ-01', 'ADJ-04']],
    [{ enabled: false }, {}, 4, 'policy-disabled', ['STEP-01']],
    [{}, { activityInProgress: true }, 4, 'activity-in-progress', ['COOL-01']],
    [{}, { cooldownEndsAtMs: 1_001 }, 4, 'cooldown', ['COOL-01', 'COOL-02']],
    [{}, { cooldownEndsAtMs: 1_000 }, 6, null, ['ADJ-01', 'ADJ-04']],
    [{ adjustment: 0 }, {}, 4, 'zero-adjustment', ['ADJ-01']],
    [{}, { desiredCapacity: 10, inServiceInstances: 10 }, 10, 'at-maximum', ['ADJ-01', 'ADJ-04', 'CAP-01', 'CAP-02']],
    [
      { adjustment: -1 },
      { desiredCapacity: 1, inServiceInstances: 1 },
      1,
      'at-minimum',
      ['ADJ-01', 'ADJ-04', 'CAP-01', 'CAP-02'],
    ],
  ] as const)('[COOL-01, ADJ] %j in %j: desired %i, blocked by %s', (policy, context, desired, blockedBy, rules) => {
    const decision = decideSimpleScaling(policyOf(policy), contextOf(context));
    expect(decision).toMatchObject({ desiredAfter: desired, blockedBy, rules, policyName: 'p' });
    expect(decision.blockedBy === null).toBe(decision.desiredAfter !== decision.desiredBefore);
  });

  test('[ADJ-04] the base is what is in service, and the change is told', () => {
    expect(decideSimpleScaling(policyOf(), contextOf({ inServiceInstances: 3 }))).toMatchObject({
      baseCapacity: 3,
      delta: 2,
      desiredBefore: 4,
      desiredAfter: 5,
    });
  });

  test.each([
    ['STEP-01', { adjustmentType: null }, ['missingAdjustmentType']],
    ['STEP-01', { adjustment: null }, ['missingScalingAdjustment']],
    ['ADJ-01', { adjustment: 1.5 }, ['adjustmentNotWhole']],
    ['ADJ-01', { adjustmentType: 'ExactCapacity', adjustment: -1 }, ['exactCapacityNegative']],
    ['ADJ-01', { adjustmentType: 'ExactCapacity', adjustment: 0 }, []],
    ['ADJ-01', { adjustment: -1 }, []],
    ['ADJ-03', { minAdjustmentMagnitude: 1 }, ['minMagnitudeNeedsPercent']],
    ['ADJ-03', { ...percent, minAdjustmentMagnitude: 0 }, ['minMagnitudeOutOfRange']],
    ['ADJ-03', { ...percent, minAdjustmentMagnitude: 1.5 }, ['minMagnitudeOutOfRange']],
    ['ADJ-03', { ...percent, minAdjustmentMagnitude: 1 }, []],
    ['ADJ-03', { adjustmentType: null, minAdjustmentMagnitude: 1 }, ['missingAdjustmentType']],
    ['COOL-01', { cooldownSeconds: -1 }, ['cooldownOutOfRange']],
    ['COOL-01', { cooldownSeconds: 0.5 }, ['cooldownOutOfRange']],
    ['COOL-01', { cooldownSeconds: 0 }, []],
    [
      'COOL-01',
      { adjustmentType: null, adjustment: null, cooldownSeconds: -1 },
      ['missingAdjustmentType', 'missingScalingAdjustment', 'cooldownOutOfRange'],
    ],
  ] as const)('[%s] %j has faults %j', (_rule, over, reasons) => {
    const faults = validateSimplePolicy({ ...policyOf(), ...over } as UncheckedSimplePolicy);
    expect(faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('[STEP-01] the API says which type misses its adjustment', () => {
    const [fault] = validateSimplePolicy({ ...policyOf(), adjustmentType: null });
    expect(fault).toMatchObject({
      field: 'adjustmentType',
      apiCode: 'ValidationError',
      apiMessage: 'You must specify an AdjustmentType for policy type: SimpleScaling',
    });
  });
});
