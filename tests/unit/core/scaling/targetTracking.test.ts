import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  combineTracking,
  decideTargetTracking,
  defaultTargetTrackingModel,
  defaultTrackingPeriodSeconds,
  lowRatio,
  observedTargetTrackingModel,
  roundTrackingDelta,
  type TargetTrackingPolicy,
  trackingAlarms,
  trackingCapacity,
  trackingReadiness,
  trackingWarnings,
  validateTargetTracking,
} from '../../../../src/core/scaling/targetTracking.ts';
import type { GroupCapacity } from '../../../../src/core/scaling/types.ts';

const policyOf = (over: Partial<TargetTrackingPolicy> = {}): TargetTrackingPolicy => ({
  name: 'p',
  targetValue: 100,
  metricName: 'BacklogPerInstance',
  metricPeriodSeconds: 60,
  disableScaleIn: false,
  estimatedInstanceWarmupSeconds: null,
  enabled: true,
  ...over,
});
const groupOf = (over: Partial<GroupCapacity> = {}): GroupCapacity => ({
  minSize: 1,
  maxSize: 20,
  desiredCapacity: 10,
  warmInstances: 10,
  warmingInstances: 0,
  terminatingInstances: 0,
  ...over,
});

describe('the two alarms', () => {
  test('[TT-01] high is 3 x 60 s above the target, low 15 x 60 s below nine tenths of it; gaps are missing data', () => {
    const common = { periodSeconds: 60, treatMissingData: 'missing' };
    expect(trackingAlarms(policyOf({ targetValue: 60, metricName: 'ASGAverageCPUUtilization' }), 7)).toEqual({
      high: {
        ...common,
        threshold: 60,
        comparisonOperator: 'GreaterThanThreshold',
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
      },
      low: {
        ...common,
        threshold: 54,
        comparisonOperator: 'LessThanThreshold',
        evaluationPeriods: 15,
        datapointsToAlarm: 15,
      },
    });
  });

  test('[TT-01] DynamoDB takes two periods up, and still fifteen down', () => {
    const { high, low } = trackingAlarms(policyOf({ metricName: 'DynamoDBReadCapacityUtilization' }), null);
    expect([high.evaluationPeriods, high.datapointsToAlarm]).toEqual([2, 2]);
    expect([low?.evaluationPeriods, low?.datapointsToAlarm]).toEqual([15, 15]);
  });

  test('[TT-06, TT-08] no low alarm without scale-in; the period is the metric’s', () => {
    const { high, low } = trackingAlarms(policyOf({ disableScaleIn: true, metricPeriodSeconds: 10 }), null);
    expect(high.periodSeconds).toBe(10);
    expect(low).toBeNull();
    expect(defaultTrackingPeriodSeconds).toBe(60);
  });

  test.each([
    ['default', defaultTargetTrackingModel, 'ASGAverageCPUUtilization', 7, 0.9],
    ['default', defaultTargetTrackingModel, 'BacklogPerInstance', 1, 0.9],
    ['observed', observedTargetTrackingModel, 'ASGAverageCPUUtilization', 7, 0.85],
    ['observed', observedTargetTrackingModel, 'ASGAverageCPUUtilization', 8, 0.9],
    ['observed', observedTargetTrackingModel, 'ECSServiceAverageCPUUtilization', null, 0.9],
    ['observed', observedTargetTrackingModel, 'BacklogPerInstance', 7, 0.7],
    ['observed', observedTargetTrackingModel, 'MyASGMetric', null, 0.7],
  ] as const)('[TT-02, MODEL-04] %s model, %j, %s: %s, %s instances', (_name, model, metric, instances, ratio) => {
    expect(lowRatio(metric, instances, model)).toBe(ratio);
  });

  test('[MODEL-04] without a model the default one holds, and the low threshold follows the one that is given', () => {
    expect(lowRatio('BacklogPerInstance', 1)).toBe(0.9);
    expect(trackingAlarms(policyOf(), 3).low?.threshold).toBe(90);
    expect(trackingAlarms(policyOf(), 3, observedTargetTrackingModel).low?.threshold).toBe(70);
  });
});

test.each([
  [1.5, 2],
  [1, 1],
  [0.1, 1],
  [0, 0],
  [-0.4, 0],
  [-1, -1],
  [-1.5, -1],
  [-2, -2],
  [3.0000000000000004, 3],
  [-1.9999999999999996, -2],
])('[TT-03] a change of %f is %i instances', (delta, applied) => {
  expect(Object.is(roundTrackingDelta(delta), applied)).toBe(true);
});

test.each([
  [10, 150, 100, 15],
  [10, 101, 100, 11],
  [10, 100, 100, 10],
  [10, 95, 100, 10],
  [10, 90, 100, 9],
  [10, 89, 100, 9],
  [3, 33, 100, 1],
  [3, 34, 100, 2],
  [3, 0, 100, 0],
  [0, 50, 100, 0],
  [1, 1, 100, 1],
  [3, 0.2, 0.1, 6],
  [7, 0.3, 0.1, 21],
])('[TT-04, MODEL-05] %i instances at %f for a target of %f: %i', (capacity, metric, target, wanted) => {
  expect(trackingCapacity(capacity, metric, target)).toBe(wanted);
});

test('[TT-04] going in, the rest stays at or under the target, and one instance less would not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      (capacity, metric, target) => {
        const wanted = trackingCapacity(capacity, metric, target);
        expect(capacity * metric).toBeLessThanOrEqual(target * wanted);
        expect(capacity * metric).toBeGreaterThan(target * (wanted - 1));
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  ['TT-01', { high: 'ALARM', low: 'OK' }, false, 'out'],
  ['TT-01', { high: 'ALARM', low: 'ALARM' }, false, 'out'],
  ['TT-01', { high: 'OK', low: 'ALARM' }, false, 'in'],
  ['TT-01', { high: 'OK', low: 'OK' }, false, 'none'],
  ['TT-06', { high: 'OK', low: 'ALARM' }, true, 'none'],
  ['TT-06', { high: 'OK', low: null }, true, 'none'],
  ['TT-06', { high: 'ALARM', low: null }, true, 'out'],
  ['TT-05', { high: 'INSUFFICIENT_DATA', low: 'INSUFFICIENT_DATA' }, false, 'none'],
  ['TT-05', { high: 'INSUFFICIENT_DATA', low: 'ALARM' }, false, 'none'],
  ['TT-05', { high: 'ALARM', low: 'INSUFFICIENT_DATA' }, false, 'none'],
] as const)('[%s] alarms %j, scale-in disabled %s: %s', (_rule, alarms, disableScaleIn, ready) => {
  expect(trackingReadiness(alarms, disableScaleIn)).toBe(ready);
});

const out = { ready: 'out', disableScaleIn: false } as const;
const into = { ready: 'in', disableScaleIn: false } as const;
const none = { ready: 'none', disableScaleIn: false } as const;
test.each([
  [[out, none], 'out'],
  [[into, out], 'out'],
  [[into, none], 'none'],
  [[into, into], 'in'],
  [[into, { ready: 'none', disableScaleIn: true }], 'in'],
  [[{ ready: 'none', disableScaleIn: true }], 'none'],
  [[{ ready: 'out', disableScaleIn: true }, into], 'out'],
  [[], 'none'],
] as const)('[MULTI-02] %j together: %s', (policies, direction) => {
  expect(combineTracking(policies)).toBe(direction);
});

describe('a decision', () => {
  const high = { high: 'ALARM', low: 'OK' } as const;
  const low = { high: 'OK', low: 'ALARM' } as const;
  test.each([
    ['TT-04', {}, high, 150, {}, 15, null, 'out'],
    ['CAP-01', {}, high, 300, {}, 20, null, 'out'],
    ['CAP-02', {}, high, 300, { desiredCapacity: 20, warmInstances: 20 }, 20, 'at-maximum', 'out'],
    ['WARM-02', {}, high, 150, { desiredCapacity: 15, warmingInstances: 5 }, 15, 'credited-in-flight', 'out'],
    ['WARM-02', {}, high, 160, { desiredCapacity: 15, warmingInstances: 5 }, 16, null, 'out'],
    ['WARM-02', {}, high, 200, { desiredCapacity: 20, warmingInstances: 10 }, 20, 'credited-in-flight', 'out'],
    ['TT-03', {}, low, 95, { minSize: 10 }, 10, 'removal-would-exceed-target', 'in'],
    ['TT-04', {}, low, 45, {}, 5, null, 'in'],
    ['TT-03', {}, low, 95, {}, 10, 'removal-would-exceed-target', 'in'],
    ['CAP-01', {}, low, 5, { minSize: 3 }, 3, null, 'in'],
    ['CAP-01', {}, low, 5, { minSize: 10 }, 10, 'at-minimum', 'in'],
    ['WARM-05', {}, low, 45, { warmingInstances: 1 }, 10, 'scale-out-in-progress', 'in'],
    ['WARM-05', {}, low, 45, { warmInstances: 9 }, 10, 'scale-out-in-progress', 'in'],
    ['TT-06', { disableScaleIn: true }, low, 45, {}, 10, 'within-band', 'none'],
    ['TT-01', {}, { high: 'OK', low: 'OK' }, 95, {}, 10, 'within-band', 'none'],
    ['TT-05', {}, high, Number.NaN, {}, 10, 'insufficient-data', 'none'],
    ['TT-05', {}, { high: 'INSUFFICIENT_DATA', low: 'OK' }, 150, {}, 10, 'insufficient-data', 'none'],
    ['TT-05', {}, { high: 'OK', low: 'INSUFFICIENT_DATA' }, 150, {}, 10, 'insufficient-data', 'none'],
    ['STEP-01', { enabled: false }, high, 150, {}, 10, 'policy-disabled', 'none'],
    ['TT-09', {}, low, 0, { minSize: 0 }, 0, null, 'in'],
  ] as const)(
    '[%s] %j, alarms %j, metric %f, group %j: desired %i, %s',
    (rule, over, alarms, metricValue, group, ...then) => {
      const [desiredAfter, blockedBy, ready] = then;
      const context = { alarms, metricValue, group: groupOf(group) };
      const decision = decideTargetTracking(policyOf(over), context);
      expect(decision).toMatchObject({ desiredAfter, blockedBy, ready, policyName: 'p', targetValue: 100 });
      expect(decision.blockedBy === null).toBe(decision.desiredAfter !== decision.desiredBefore);
      if (rule !== 'TT-09') expect(decision.rules).toContain(rule);
    },
  );

  test('the numbers used are told', () => {
    expect(decideTargetTracking(policyOf(), { alarms: high, metricValue: 300, group: groupOf() })).toEqual({
      policyName: 'p',
      ready: 'out',
      metricValue: 300,
      targetValue: 100,
      baseCapacity: 10,
      wantedCapacity: 30,
      desiredBefore: 10,
      desiredAfter: 20,
      blockedBy: null,
      rules: ['TT-01', 'TT-03', 'TT-04', 'CAP-01', 'WARM-02'],
    });
    const inward = decideTargetTracking(policyOf(), { alarms: low, metricValue: 45, group: groupOf() });
    expect(inward.rules).toEqual(['TT-01', 'TT-03', 'TT-04']);
    const missing = decideTargetTracking(policyOf(), { alarms: low, metricValue: Number.NaN, group: groupOf() });
    expect(missing.wantedCapacity).toBe(10);
    const banded = decideTargetTracking(policyOf(), {
      alarms: { high: 'OK', low: 'OK' },
      metricValue: 95,
      group: groupOf(),
    });
    expect(banded.rules).toEqual(['TT-01']);
  });

  test('[CAP-01] capacity never leaves [min, max]', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(high, low),
        fc.double({ min: 0, max: 10_000, noNaN: true }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 10 }),
        (alarms, metricValue, warmInstances, warmingInstances) => {
          const group = groupOf({ warmInstances, warmingInstances });
          const { desiredAfter } = decideTargetTracking(policyOf(), { alarms, metricValue, group });
          expect(desiredAfter).toBeGreaterThanOrEqual(group.minSize);
          expect(desiredAfter).toBeLessThanOrEqual(group.maxSize);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['', { targetValue: 0 }, ['targetOutOfRange']],
  ['', { targetValue: Number.POSITIVE_INFINITY }, ['targetOutOfRange']],
  ['', { targetValue: 1e-9 }, []],
  ['TT-08', { metricPeriodSeconds: 20 }, ['trackingPeriodInvalid']],
  ['TT-08', { metricPeriodSeconds: 10 }, []],
  ['TT-08', { metricPeriodSeconds: 30 }, []],
  ['WARM-08', { estimatedInstanceWarmupSeconds: -1 }, ['warmupOutOfRange']],
  ['WARM-08', { estimatedInstanceWarmupSeconds: 0.5 }, ['warmupOutOfRange']],
  ['WARM-08', { estimatedInstanceWarmupSeconds: 0 }, []],
  ['', { targetValue: -1, metricPeriodSeconds: 1 }, ['targetOutOfRange', 'trackingPeriodInvalid']],
] as const)('[%s] %j has faults %j', (_rule, over, reasons) => {
  expect(validateTargetTracking(policyOf(over)).map(({ reason }) => reason)).toEqual(reasons);
});

test('[TT-07, TT-09] what is allowed and unwise is said', () => {
  expect(trackingWarnings('ApproximateNumberOfMessagesVisible', 1)).toEqual(['metric-does-not-fall-with-capacity']);
  expect(trackingWarnings('BacklogPerInstance', 0)).toEqual(['zero-metric-empties-group']);
  expect(trackingWarnings('BacklogPerInstance', 1)).toEqual([]);
});
