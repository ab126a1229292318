/** Step scaling at its edges: every boundary on it, just below and just above, and the whole list of rules a decision tells. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparisonOperators, operatorCode } from '../../../../src/core/alarms/codes.ts';
import { adjustmentDelta, clampCapacity, roundPercentDelta } from '../../../../src/core/scaling/adjust.ts';
import {
  ADJUST_CHANGE,
  ADJUST_EXACT,
  ADJUST_PERCENT,
  AGGREGATE_AVERAGE,
  AGGREGATE_MAXIMUM,
  AGGREGATE_MINIMUM,
  compileStepPolicy,
} from '../../../../src/core/scaling/codes.ts';
import {
  aggregateNewest,
  combineDecisions,
  combineProposals,
  decideStepScaling,
  matchingStep,
} from '../../../../src/core/scaling/step.ts';
import type { GroupCapacity, StepAdjustment, StepScalingPolicy } from '../../../../src/core/scaling/types.ts';

const policyOf = (over: Partial<StepScalingPolicy> = {}): StepScalingPolicy => ({
  name: 'p',
  adjustmentType: 'ChangeInCapacity',
  steps: [{ lowerBound: 0, upperBound: null, adjustment: 3 }],
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
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
const decide = (policy: Partial<StepScalingPolicy>, group: Partial<GroupCapacity>, metric: number) =>
  decideStepScaling(policyOf(policy), {
    threshold: 100,
    comparisonOperator: metric < 100 ? 'LessThanThreshold' : 'GreaterThanThreshold',
    recentPoints: [metric],
    group: groupOf(group),
  });
const up = (adjustment: number): Pick<StepScalingPolicy, 'steps'> => ({
  steps: [{ lowerBound: 0, upperBound: null, adjustment }],
});
const down = (adjustment: number): Pick<StepScalingPolicy, 'steps'> => ({
  steps: [{ lowerBound: null, upperBound: 0, adjustment }],
});
const percent = { adjustmentType: 'PercentChangeInCapacity' } as const;
const exact = { adjustmentType: 'ExactCapacity' } as const;

test.each([
  [12.7, 12],
  [1.999, 1],
  [1, 1],
  [0.999, 1],
  [0.001, 1],
  [0, 0],
  [-0.001, -1],
  [-0.999, -1],
  [-1, -1],
  [-1.999, -1],
  [-2, -2],
  [-12.7, -12],
])('[ADJ-02] %f percent-instances are %i', (value, rounded) => {
  expect(roundPercentDelta(value)).toBe(rounded);
});

test.each([
  ['ADJ-01', ADJUST_CHANGE, 5, 3, 9, 5],
  ['ADJ-01', ADJUST_CHANGE, -5, 3, 9, -5],
  ['ADJ-01', ADJUST_EXACT, 5, 3, 9, 2],
  ['ADJ-01', ADJUST_EXACT, 3, 5, 9, -2],
  ['ADJ-01', ADJUST_PERCENT, 30, 11, 0, 3],
  ['ADJ-03', ADJUST_PERCENT, 25, 4, 2, 2],
  ['ADJ-03', ADJUST_PERCENT, 50, 4, 2, 2],
  ['ADJ-03', ADJUST_PERCENT, 75, 4, 2, 3],
  ['ADJ-03', ADJUST_PERCENT, -25, 4, 2, -2],
  ['ADJ-03', ADJUST_PERCENT, -50, 4, 2, -2],
  ['ADJ-03', ADJUST_PERCENT, -75, 4, 2, -3],
  ['ADJ-03', ADJUST_PERCENT, 0, 4, 2, 0],
  ['ADJ-03', ADJUST_PERCENT, 30, 0, 2, 0],
] as const)('[%s] type %i, %i on %i with at least %i: %i', (_rule, type, adjustment, base, magnitude, delta) => {
  expect(adjustmentDelta(type, adjustment, base, magnitude)).toBe(delta);
});

test('[CAP-01] a capacity is held within the limits', () => {
  expect([0, 1, 2, 9, 10, 11].map((capacity) => clampCapacity(capacity, 1, 10))).toEqual([1, 1, 2, 9, 10, 10]);
});

describe('[STEP-05] the newest real points', () => {
  const gap = Number.NaN;
  test.each([
    ['average', [1, 2, 6], 0, 3, 3, AGGREGATE_AVERAGE, 3],
    ['only as many as are asked for', [100, 2, 6], 0, 3, 2, AGGREGATE_AVERAGE, 4],
    ['gaps do not count', [5, gap, 2, gap], 0, 4, 2, AGGREGATE_AVERAGE, 3.5],
    ['the slice ends before its length', [9, 9, 4, 6, 9], 2, 2, 5, AGGREGATE_AVERAGE, 5],
    ['smallest', [4, 2, 6], 0, 3, 3, AGGREGATE_MINIMUM, 2],
    ['smallest, first', [2, 4, 6], 0, 3, 3, AGGREGATE_MINIMUM, 2],
    ['smallest, last', [6, 4, 2], 0, 3, 3, AGGREGATE_MINIMUM, 2],
    ['largest', [4, 9, 6], 0, 3, 3, AGGREGATE_MAXIMUM, 9],
    ['largest, first', [9, 4, 6], 0, 3, 3, AGGREGATE_MAXIMUM, 9],
    ['largest, last', [4, 6, 9], 0, 3, 3, AGGREGATE_MAXIMUM, 9],
    ['smallest among gaps', [gap, 3, gap, 5, gap], 0, 5, 5, AGGREGATE_MINIMUM, 3],
    ['largest of none', [gap, gap], 0, 2, 2, AGGREGATE_MAXIMUM, gap],
    ['smallest of none', [gap, gap], 0, 2, 2, AGGREGATE_MINIMUM, gap],
    ['average of none', [gap], 0, 1, 1, AGGREGATE_AVERAGE, gap],
    ['an empty slice', [7], 0, 0, 1, AGGREGATE_MAXIMUM, gap],
  ])('%s', (_because, points, from, length, count, aggregation, value) => {
    expect(aggregateNewest(points, from, length, count, aggregation)).toBe(value);
  });
});

describe('[STEP-03, STEP-04] edges', () => {
  const steps: StepAdjustment[] = [
    { lowerBound: null, upperBound: -10, adjustment: -2 },
    { lowerBound: -10, upperBound: 0, adjustment: -1 },
    { lowerBound: 0, upperBound: 10, adjustment: 1 },
    { lowerBound: 10, upperBound: null, adjustment: 2 },
  ];
  const { lower, upper } = compileStepPolicy(policyOf({ steps }));
  test.each([
    [-10.001, 0, 0],
    [-10, 0, 0],
    [-9.999, 1, 1],
    [-0.001, 1, 1],
    [0, 2, 1],
    [0.001, 2, 2],
    [9.999, 2, 2],
    [10, 3, 3],
    [10.001, 3, 3],
  ])('difference %f: step %i for a high alarm, %i for a low one', (difference, high, low) => {
    const found = comparisonOperators.map((operator) => matchingStep(lower, upper, difference, operatorCode(operator)));
    const wanted = comparisonOperators.map((operator) => (operator.startsWith('Greater') ? high : low));
    expect(found).toEqual(wanted);
  });

  test('[STEP-06] outside every step, and without a metric, none matches', () => {
    const outOnly = compileStepPolicy(policyOf());
    const code = operatorCode('GreaterThanThreshold');
    expect([-1, -0.001, Number.NaN].map((at) => matchingStep(outOnly.lower, outOnly.upper, at, code))).toEqual([
      -1, -1, -1,
    ]);
    expect(matchingStep(outOnly.lower, outOnly.upper, 0, operatorCode('LessThanThreshold'))).toBe(-1);
    expect(matchingStep(lower, upper, Number.NaN, code)).toBe(-1);
  });
});

describe('what a decision tells', () => {
  const told = ['STEP-05', 'STEP-03'];
  test.each<[string, Partial<StepScalingPolicy>, Partial<GroupCapacity>, number, number, string | null, string[]]>([
    ['out', {}, {}, 150, 13, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['out, on the threshold', {}, {}, 100, 13, null, [...told, 'STEP-04', 'ADJ-01', 'ADJ-04']],
    ['in', down(-2), {}, 50, 8, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['percent', { ...percent, ...up(30) }, {}, 150, 13, null, [...told, 'ADJ-01', 'ADJ-02', 'ADJ-04']],
    [
      'percent with a minimum',
      { ...percent, ...up(10), minAdjustmentMagnitude: 2 },
      {},
      150,
      12,
      null,
      [...told, 'ADJ-01', 'ADJ-02', 'ADJ-03', 'ADJ-04'],
    ],
    ['another type ignores a minimum', { minAdjustmentMagnitude: 9 }, {}, 150, 13, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['nothing to change', up(0), {}, 150, 10, 'zero-adjustment', [...told, 'ADJ-01']],
    ['nothing to change, going in', down(0), {}, 50, 10, 'zero-adjustment', [...told, 'ADJ-01']],
    ['exactly what there is', { ...exact, ...up(10) }, {}, 150, 10, 'zero-adjustment', [...told, 'ADJ-01']],
    ['exactly more', { ...exact, ...up(11) }, {}, 150, 11, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['exactly less', { ...exact, ...up(9) }, {}, 150, 9, null, [...told, 'ADJ-01', 'ADJ-04']],
    [
      'exactly the warm ones while others warm up',
      { ...exact, ...up(10) },
      { desiredCapacity: 12, warmingInstances: 2 },
      150,
      12,
      'scale-out-in-progress',
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-05'],
    ],
    [
      'some on the way',
      {},
      { desiredCapacity: 12, warmingInstances: 2 },
      150,
      13,
      null,
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-02'],
    ],
    [
      'all on the way',
      {},
      { desiredCapacity: 13, warmingInstances: 3 },
      150,
      13,
      'credited-in-flight',
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-02'],
    ],
    ['to the maximum exactly', up(10), {}, 150, 20, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['beyond the maximum', up(11), {}, 150, 20, null, [...told, 'ADJ-01', 'ADJ-04', 'CAP-01']],
    [
      'already at the maximum',
      up(1),
      { desiredCapacity: 20, warmInstances: 20 },
      150,
      20,
      'at-maximum',
      [...told, 'ADJ-01', 'ADJ-04', 'CAP-01', 'CAP-02'],
    ],
    [
      'at the maximum, all of it on the way',
      up(10),
      { desiredCapacity: 20, warmingInstances: 10 },
      150,
      20,
      'credited-in-flight',
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-02'],
    ],
    ['to the minimum exactly', down(-9), {}, 50, 1, null, [...told, 'ADJ-01', 'ADJ-04']],
    ['below the minimum', down(-10), {}, 50, 1, null, [...told, 'ADJ-01', 'ADJ-04', 'CAP-01']],
    [
      'already at the minimum',
      down(-1),
      { desiredCapacity: 1, warmInstances: 1 },
      50,
      1,
      'at-minimum',
      [...told, 'ADJ-01', 'ADJ-04', 'CAP-01'],
    ],
    [
      'at the minimum, the rest is leaving',
      down(-2),
      { desiredCapacity: 1, warmInstances: 1, terminatingInstances: 2 },
      50,
      1,
      'credited-in-flight',
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-05'],
    ],
    [
      'what leaves is in the base',
      down(-3),
      { desiredCapacity: 10, warmInstances: 10, terminatingInstances: 1 },
      50,
      8,
      null,
      [...told, 'ADJ-01', 'ADJ-04', 'WARM-05'],
    ],
    ['no step', {}, {}, 50, 10, 'no-matching-step', ['STEP-05', 'STEP-06']],
    ['disabled', { enabled: false }, {}, 150, 10, 'policy-disabled', ['STEP-01']],
  ])('%s', (_because, policy, group, metric, desiredAfter, blockedBy, rules) => {
    expect(decide(policy, group, metric)).toMatchObject({ desiredAfter, blockedBy, rules });
  });

  test('the numbers used: base, change, credit', () => {
    expect(decide({}, { desiredCapacity: 12, warmingInstances: 2, terminatingInstances: 4 }, 150)).toMatchObject({
      policyName: 'p',
      metricValue: 150,
      threshold: 100,
      stepIndex: 0,
      baseCapacity: 10,
      delta: 3,
      creditedInstances: 2,
      desiredBefore: 12,
      desiredAfter: 13,
    });
    expect(decide(down(-1), { warmingInstances: 2, terminatingInstances: 4 }, 50)).toMatchObject({
      baseCapacity: 16,
      delta: -1,
      creditedInstances: 1,
    });
    expect(decide({}, {}, 50)).toMatchObject({ stepIndex: -1, baseCapacity: 10, delta: 0, creditedInstances: 0 });
    expect(decide({}, {}, 150).creditedInstances).toBe(0);
  });
});

const ascending = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 }),
    adjustments: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 10, maxLength: 10 }),
  })
  .map(({ cuts, adjustments }): StepAdjustment[] => {
    const edges: (number | null)[] = [null, ...cuts.toSorted((a, b) => a - b), null];
    return edges
      .slice(1)
      .map((edge, index) => ({ lowerBound: edges[index]!, upperBound: edge, adjustment: adjustments[index]! }));
  });

test('[STEP-03] inside the span of the steps exactly one matches any value but the edge on the threshold', () => {
  fc.assert(
    fc.property(
      ascending,
      fc.oneof(fc.integer({ min: -60, max: 60 }), fc.double({ min: -60, max: 60, noNaN: true })),
      fc.constantFrom(...comparisonOperators),
      (steps, difference, operator) => {
        const code = operatorCode(operator);
        const matching = steps.filter((step) => {
          const alone = compileStepPolicy(policyOf({ steps: [step] }));
          return matchingStep(alone.lower, alone.upper, difference, code) === 0;
        });
        expect(matching).toHaveLength(1);
        const all = compileStepPolicy(policyOf({ steps }));
        expect(steps[matchingStep(all.lower, all.upper, difference, code)]).toBe(matching[0]);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('[WARM-02] while everything warms up, repeats never launch more than the largest step asks', () => {
  fc.assert(
    fc.property(
      ascending,
      fc.integer({ min: 0, max: 30 }),
      fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 12 }),
      (steps, warmInstances, metrics) => {
        let desired = warmInstances;
        for (const metric of metrics) {
          desired = decideStepScaling(policyOf({ steps }), {
            threshold: 0,
            comparisonOperator: 'GreaterThanThreshold',
            recentPoints: [metric],
            group: groupOf({
              minSize: 0,
              maxSize: 1_000,
              desiredCapacity: desired,
              warmInstances,
              warmingInstances: desired - warmInstances,
            }),
          }).desiredAfter;
        }
        expect(desired - warmInstances).toBeLessThanOrEqual(Math.max(...steps.map(({ adjustment }) => adjustment)));
      },
    ),
    { numRuns: 1_000 },
  );
});

test('[MULTI-01] the order of simultaneous policies changes nothing', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.integer({ min: -5, max: 5 }), { maxLength: 6 })
        .chain((changes) =>
          fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length })),
        ),
      ([changes, shuffled]) => {
        const together = (order: number[]) =>
          combineDecisions(
            order.map((change) => (change < 0 ? decide(down(change), {}, 50) : decide(up(change), {}, 150))),
          );
        expect(together(shuffled)).toBe(together(changes));
      },
    ),
  );
  expect([combineProposals([]), combineProposals([0]), combineProposals([3, 7, 5])]).toEqual([null, 0, 7]);
});
