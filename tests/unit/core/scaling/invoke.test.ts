import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { compileAlarmRule } from '../../../../src/core/alarms/codes.ts';
import { aggregationTypes, blockedReasons, compileStepPolicy } from '../../../../src/core/scaling/codes.ts';
import {
  combineDecisions,
  decideStepScaling,
  invokeStepPolicy,
  outcomeBlocked,
  outcomeDesired,
  outcomeProposes,
} from '../../../../src/core/scaling/step.ts';

test('[STEP-05] an invocation on numbers decides as the explained one does', () => {
  const counts = fc.record({
    warmInstances: fc.nat(40),
    warmingInstances: fc.nat(5),
    terminatingInstances: fc.nat(3),
    minSize: fc.nat(5),
    more: fc.nat(60),
  });
  const value = fc.constantFrom(Number.NaN, 90, 99, 100, 101, 110, 119.5, 120, 500);
  const points = fc.array(value, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      counts,
      points,
      fc.constantFrom(...aggregationTypes),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      fc.constantFrom('GreaterThanThreshold', 'LessThanThreshold'),
      ({ more, ...group }, seen, metricAggregationType, count, percent, comparisonOperator) => {
        const policy = {
          name: 'both sides',
          adjustmentType: percent ? ('PercentChangeInCapacity' as const) : ('ChangeInCapacity' as const),
          steps: [
            { lowerBound: null, upperBound: 0, adjustment: -20 },
            { lowerBound: 0, upperBound: 10, adjustment: 1 },
            { lowerBound: 10, upperBound: 20, adjustment: 3 },
            { lowerBound: 20, upperBound: null, adjustment: 30 },
          ],
          minAdjustmentMagnitude: null,
          metricAggregationType,
          estimatedInstanceWarmupSeconds: null,
          enabled: true,
        };
        const capacity = {
          ...group,
          maxSize: group.minSize + more,
          desiredCapacity: group.warmInstances + group.warmingInstances,
        };
        const real = seen.filter((point) => !Number.isNaN(point)).slice(-count);
        const explained = decideStepScaling(policy, {
          threshold: 100,
          comparisonOperator,
          recentPoints: real,
          group: capacity,
        });
        const outcome = invokeStepPolicy(
          compileStepPolicy(policy),
          compileAlarmRule({
            periodSeconds: 60,
            evaluationPeriods: count,
            datapointsToAlarm: 1,
            threshold: 100,
            comparisonOperator,
            treatMissingData: 'missing',
          }),
          seen,
          0,
          seen.length,
          capacity.minSize,
          capacity.maxSize,
          capacity.desiredCapacity,
          capacity.warmInstances,
          capacity.warmingInstances,
          capacity.terminatingInstances,
        );
        expect([outcomeDesired(outcome), blockedReasons[outcomeBlocked(outcome)]]).toEqual([
          explained.desiredAfter,
          explained.blockedBy,
        ]);
        // [MULTI-01] and takes part where the explained one does
        expect(outcomeProposes(outcome) ? outcomeDesired(outcome) : null).toBe(combineDecisions([explained]));
      },
    ),
  );
});

// What a decision tells where nothing happens: the base is everything a scale-in would start from, unless no step was found.
it.each([
  {
    steps: [{ lowerBound: 0, upperBound: null, adjustment: 0 }],
    type: 'ChangeInCapacity',
    base: 7,
    blockedBy: 'zero-adjustment',
  },
  {
    steps: [{ lowerBound: 50, upperBound: null, adjustment: 9 }],
    type: 'ChangeInCapacity',
    base: 4,
    blockedBy: 'no-matching-step',
  },
  {
    steps: [{ lowerBound: 50, upperBound: null, adjustment: 9 }],
    type: 'ExactCapacity',
    base: 4,
    blockedBy: 'no-matching-step',
  },
] as const)('[ADJ-04] $type, $blockedBy: base $base, nothing asked for', ({ steps, type, base, blockedBy }) => {
  const decision = decideStepScaling(
    {
      name: 'out',
      adjustmentType: type,
      steps,
      minAdjustmentMagnitude: null,
      metricAggregationType: 'Average',
      estimatedInstanceWarmupSeconds: null,
      enabled: true,
    },
    {
      threshold: 100,
      comparisonOperator: 'GreaterThanThreshold',
      recentPoints: [110],
      group: {
        minSize: 0,
        maxSize: 20,
        desiredCapacity: 6,
        warmInstances: 4,
        warmingInstances: 2,
        terminatingInstances: 1,
      },
    },
  );
  expect(decision).toMatchObject({ baseCapacity: base, delta: 0, blockedBy, desiredAfter: 6 });
});
