import { expect, test } from 'vitest';
import { decideStepScaling } from '../../../../src/core/scaling/step.ts';
import type { StepScalingPolicy } from '../../../../src/core/scaling/types.ts';
import {
  instancesToLaunch,
  instancesToRemove,
  largestActualUnits,
  weightedCapacity,
} from '../../../../src/core/scaling/weights.ts';

test('[ADJ-05] capacity is counted in units, by what the instances are doing', () => {
  const limits = { minSize: 0, maxSize: 50, desiredCapacity: 30 };
  const group = weightedCapacity(limits, [
    { weight: 16, phase: 'warm' },
    { weight: 8, phase: 'warm' },
    { weight: 4, phase: 'warming' },
    { weight: 2, phase: 'terminating' },
  ]);
  expect(group).toEqual({ ...limits, warmInstances: 24, warmingInstances: 4, terminatingInstances: 2 });
});

const remove = (adjustment: number): StepScalingPolicy => ({
  name: 'p',
  adjustmentType: 'ChangeInCapacity',
  steps: [{ lowerBound: null, upperBound: 0, adjustment }],
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: null,
  enabled: true,
});
test.each([
  [-1, 30],
  [-2, 30],
  [-3, 29],
])('[ADJ-05] desired 30, actual 32: %i leaves desired at %i', (adjustment, desiredAfter) => {
  const group = weightedCapacity({ minSize: 0, maxSize: 50, desiredCapacity: 30 }, [{ weight: 32, phase: 'warm' }]);
  const decision = decideStepScaling(remove(adjustment), {
    threshold: 10,
    comparisonOperator: 'LessThanThreshold',
    recentPoints: [5],
    group,
  });
  expect(decision.desiredAfter).toBe(desiredAfter);
});

test.each([
  [30, 24, 4, 2],
  [30, 24, 6, 1],
  [30, 24, 8, 1],
  [30, 24, 5, 2],
  [30, 30, 4, 0],
  [30, 32, 4, 0],
])('[ADJ-05] desired %i, actual %i, weight %i: %i instances are launched', (desired, actual, weight, instances) => {
  expect(instancesToLaunch(desired, actual, weight)).toBe(instances);
});

test.each([
  [30, 32, [4, 4], []],
  [30, 32, [4, 2], [1]],
  [30, 36, [4, 4, 2], [0, 2]],
  [30, 36, [4, 2], [0, 1]],
  [30, 30, [1], []],
])('[ADJ-05] desired %i, actual %i, weights %j: those at %j leave', (desired, actual, weights, leaving) => {
  expect(instancesToRemove(desired, actual, weights)).toEqual(leaving);
});

test('[CAP-01] the maximum may be passed by one largest weight', () => {
  expect(largestActualUnits(20, [1, 8, 4])).toBe(28);
  expect(largestActualUnits(20, [])).toBe(20);
});
