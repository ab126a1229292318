import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparisonOperators, operatorCode } from '../../../../src/core/alarms/codes.ts';
import { compileStepPolicy } from '../../../../src/core/scaling/codes.ts';
import { combineDecisions, decideStepScaling, matchingStep } from '../../../../src/core/scaling/step.ts';
import type { GroupCapacity, StepAdjustment, StepScalingPolicy } from '../../../../src/core/scaling/types.ts';
import { validateStepPolicy } from '../../../../src/core/scaling/validate.ts';

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
const out = (policy: StepScalingPolicy, group: GroupCapacity, metric = 150) =>
  decideStepScaling(policy, {
    threshold: 100,
    comparisonOperator: 'GreaterThanThreshold',
    recentPoints: [metric],
    group,
  });
const into = (policy: StepScalingPolicy, group: GroupCapacity, metric = 50) =>
  decideStepScaling(policy, { threshold: 100, comparisonOperator: 'LessThanThreshold', recentPoints: [metric], group });
const lower = (adjustment: number, over: Partial<StepScalingPolicy> = {}) =>
  policyOf({ steps: [{ lowerBound: null, upperBound: 0, adjustment }], ...over });

describe('what blocks a policy', () => {
  test.each([
    ['STEP-01', 'policy-disabled', () => out(policyOf({ enabled: false }), groupOf())],
    ['STEP-06', 'no-matching-step', () => out(policyOf(), groupOf(), 99)],
    ['STEP-06', 'no-matching-step', () => out(policyOf(), groupOf(), Number.NaN)],
    [
      'ADJ-01',
      'zero-adjustment',
      () => out(policyOf({ steps: [{ lowerBound: 0, upperBound: null, adjustment: 0 }] }), groupOf()),
    ],
    ['WARM-02', 'credited-in-flight', () => out(policyOf(), groupOf({ desiredCapacity: 13, warmingInstances: 3 }))],
    ['CAP-02', 'at-maximum', () => out(policyOf(), groupOf({ desiredCapacity: 20, warmInstances: 20 }))],
    ['WARM-05', 'scale-out-in-progress', () => into(lower(-1), groupOf({ desiredCapacity: 11, warmingInstances: 1 }))],
    ['WARM-05', 'scale-out-in-progress', () => into(lower(-1), groupOf({ desiredCapacity: 11 }))],
    [
      'WARM-05',
      'credited-in-flight',
      () => into(lower(-1), groupOf({ desiredCapacity: 9, warmInstances: 9, terminatingInstances: 1 })),
    ],
    ['CAP-01', 'at-minimum', () => into(lower(-1), groupOf({ desiredCapacity: 1, warmInstances: 1 }))],
  ] as const)('[%s] %s: capacity stays, and the rule is named', (rule, blockedBy, decide) => {
    const decision = decide();
    expect(decision.blockedBy).toBe(blockedBy);
    expect(decision.desiredAfter).toBe(decision.desiredBefore);
    expect(decision.rules).toContain(rule);
  });
});

test('[WARM-02, WARM-03] a bigger step while instances warm up adds only the difference', () => {
  const percent = policyOf({
    adjustmentType: 'PercentChangeInCapacity',
    steps: [{ lowerBound: 0, upperBound: null, adjustment: 30 }],
  });
  expect(out(percent, groupOf({ desiredCapacity: 11, warmingInstances: 1 }))).toMatchObject({
    baseCapacity: 10,
    delta: 3,
    creditedInstances: 1,
    desiredAfter: 13,
    rules: expect.arrayContaining(['WARM-02', 'ADJ-02']),
  });
});

test('[ADJ-03] 10 % of 4 with a minimum of 2 adds 2, and takes 2 away', () => {
  const over = { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 2 } as const;
  const small = groupOf({ desiredCapacity: 4, warmInstances: 4 });
  expect(
    out(policyOf({ ...over, steps: [{ lowerBound: 0, upperBound: null, adjustment: 10 }] }), small).desiredAfter,
  ).toBe(6);
  expect(into(lower(-10, over), small).desiredAfter).toBe(2);
});

test('[ADJ-01] an exact capacity goes out or in, by where the group is', () => {
  const exact = policyOf({
    adjustmentType: 'ExactCapacity',
    steps: [{ lowerBound: 0, upperBound: null, adjustment: 7 }],
  });
  expect(out(exact, groupOf({ desiredCapacity: 4, warmInstances: 4 })).desiredAfter).toBe(7);
  expect(out(exact, groupOf()).desiredAfter).toBe(7);
  expect(out(exact, groupOf({ desiredCapacity: 7, warmInstances: 7 })).blockedBy).toBe('zero-adjustment');
});

test('[CAP-01] a step past the maximum ends there', () => {
  expect(out(policyOf(), groupOf({ desiredCapacity: 19, warmInstances: 19 }))).toMatchObject({
    delta: 3,
    desiredAfter: 20,
    blockedBy: null,
    rules: expect.arrayContaining(['CAP-01']),
  });
});

test('[STEP-05] average, minimum and maximum of the recent points choose different steps', () => {
  const steps = [
    { lowerBound: 0, upperBound: 50, adjustment: 1 },
    { lowerBound: 50, upperBound: 100, adjustment: 2 },
    { lowerBound: 100, upperBound: null, adjustment: 3 },
  ];
  const metric = (['Minimum', 'Average', 'Maximum'] as const).map((metricAggregationType) => {
    const decision = decideStepScaling(policyOf({ steps, metricAggregationType }), {
      threshold: 100,
      comparisonOperator: 'GreaterThanThreshold',
      recentPoints: [110, 150, 220],
      group: groupOf(),
    });
    return [decision.metricValue, decision.delta];
  });
  expect(metric).toEqual([
    [110, 1],
    [160, 2],
    [220, 3],
  ]);
});

test('[STEP-04, MODEL-12] on the threshold itself the alarm says which side a two-sided policy takes', () => {
  const twoSided = compileStepPolicy(
    policyOf({
      steps: [
        { lowerBound: null, upperBound: 0, adjustment: -1 },
        { lowerBound: 0, upperBound: null, adjustment: 1 },
      ],
    }),
  );
  const stepAt = (difference: number) =>
    comparisonOperators.map((operator) =>
      matchingStep(twoSided.lower, twoSided.upper, difference, operatorCode(operator)),
    );
  expect(stepAt(0)).toEqual([1, 1, 0, 0]);
  expect(stepAt(1)).toEqual([1, 1, 1, 1]);
  expect(stepAt(-1)).toEqual([0, 0, 0, 0]);
});

test('[MULTI-01] the largest resulting capacity wins; a blocked scale-in or a missing step has no say', () => {
  const plusOne = out(policyOf({ steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }] }), groupOf());
  const plusTwo = out(policyOf({ steps: [{ lowerBound: 0, upperBound: null, adjustment: 2 }] }), groupOf());
  const minusOne = into(lower(-1), groupOf());
  const minusThree = into(lower(-3), groupOf());
  const noStep = out(policyOf(), groupOf(), 99);
  expect(combineDecisions([plusOne, plusTwo])).toBe(12);
  expect(combineDecisions([plusOne, minusOne])).toBe(11);
  expect(combineDecisions([minusOne, minusThree])).toBe(9);
  expect(combineDecisions([minusOne, noStep])).toBe(9);
  expect(combineDecisions([noStep])).toBeNull();
  expect(combineDecisions([])).toBeNull();
});

/** Valid by construction: one cut after another, open or not at the ends as STEP-07 wants it. */
const validSteps = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 }),
    openBelow: fc.boolean(),
    openAbove: fc.boolean(),
    adjustments: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 10, maxLength: 10 }),
  })
  .map(({ cuts, openBelow, openAbove, adjustments }): StepAdjustment[] => {
    const sorted = cuts.toSorted((a, b) => a - b);
    const edges: (number | null)[] = [
      ...(openBelow || sorted[0]! < 0 ? [null] : []),
      ...sorted,
      ...(openAbove || sorted.at(-1)! > 0 ? [null] : []),
    ];
    return edges.slice(1).map((edge, index) => ({
      lowerBound: edges[index]!,
      upperBound: edge,
      adjustment: adjustments[index]!,
    }));
  })
  .filter(
    (steps) =>
      steps.length > 0 && !(steps.length === 1 && steps[0]!.lowerBound === null && steps[0]!.upperBound === null),
  );

test('[STEP-03, STEP-07] at most one step of a valid policy matches any value', () => {
  fc.assert(
    fc.property(
      validSteps,
      fc.oneof(fc.integer({ min: -60, max: 60 }), fc.double({ min: -60, max: 60, noNaN: true })),
      fc.constantFrom(...comparisonOperators),
      (steps, difference, operator) => {
        expect(validateStepPolicy(policyOf({ steps }))).toEqual([]);
        const matching = steps.filter((step) => {
          const alone = compileStepPolicy(policyOf({ steps: [step] }));
          return matchingStep(alone.lower, alone.upper, difference, operatorCode(operator)) === 0;
        });
        expect(matching.length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('[CAP-01, WARM-05] capacity never leaves [min, max], and is unchanged exactly when something blocks', () => {
  const group = fc
    .record({
      minSize: fc.integer({ min: 0, max: 20 }),
      range: fc.integer({ min: 0, max: 30 }),
      desired: fc.nat(),
      warm: fc.integer({ min: 0, max: 50 }),
      warming: fc.integer({ min: 0, max: 10 }),
      terminating: fc.integer({ min: 0, max: 10 }),
    })
    .map(({ minSize, range, desired, warm, warming, terminating }) =>
      groupOf({
        minSize,
        maxSize: minSize + range,
        desiredCapacity: minSize + (desired % (range + 1)),
        warmInstances: warm,
        warmingInstances: warming,
        terminatingInstances: terminating,
      }),
    );
  fc.assert(
    fc.property(
      validSteps,
      group,
      fc.constantFrom('ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity'),
      fc.constantFrom(...comparisonOperators),
      fc.integer({ min: 40, max: 160 }),
      fc.option(fc.integer({ min: 1, max: 5 })),
      (steps, capacity, adjustmentType, comparisonOperator, metric, magnitude) => {
        const policy = policyOf({
          steps,
          adjustmentType,
          minAdjustmentMagnitude: adjustmentType === 'PercentChangeInCapacity' ? magnitude : null,
        });
        const decision = decideStepScaling(policy, {
          threshold: 100,
          comparisonOperator,
          recentPoints: [metric],
          group: capacity,
        });
        expect(decision.desiredAfter).toBeGreaterThanOrEqual(capacity.minSize);
        expect(decision.desiredAfter).toBeLessThanOrEqual(capacity.maxSize);
        expect(decision.blockedBy === null).toBe(decision.desiredAfter !== decision.desiredBefore);
        if (capacity.warmingInstances > 0) expect(decision.desiredAfter).toBeGreaterThanOrEqual(decision.desiredBefore);
      },
    ),
    { numRuns: 5_000 },
  );
});
