/**
 * The loop on numbers against core's explained functions: what the alarms saw is read from the columns, every minute is judged
 * again in words, and the run must tell the same alarm changes and find the same steps.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisonOperators, missingTreatments } from '../../../src/core/alarms/codes.ts';
import { evaluateAlarm, evaluationRangeLength } from '../../../src/core/alarms/evaluate.ts';
import type { AlarmState } from '../../../src/core/alarms/types.ts';
import type { ReplayAlarm, ReplayRun } from '../../../src/core/contract/shapes.ts';
import { aggregationTypes } from '../../../src/core/scaling/codes.ts';
import { decideStepScaling } from '../../../src/core/scaling/step.ts';
import { runReplay } from '../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inputOf, policyOf, setupOf, startSeconds } from './setups.ts';

const MINUTES = 90;

/** Average of each period's minutes that were published, oldest first; NaN where none was. */
function pointsSeen(seen: ArrayLike<number>, alarm: ReplayAlarm, minute: number, extra: number): number[] {
  const perPeriod = alarm.periodSeconds / 60;
  const length = evaluationRangeLength(alarm, extra);
  return Array.from({ length }, (_, index) => {
    const end = minute - (length - 1 - index) * perPeriod;
    const minutes = Array.from({ length: perPeriod }, (_, at) => seen[end - perPeriod + at] ?? Number.NaN);
    const real = minutes.filter((value) => !Number.isNaN(value));
    return real.length === 0 ? Number.NaN : real.reduce((sum, value) => sum + value, 0) / real.length;
  });
}

const drawn = fc.record({
  arrivals: fc.array(fc.constantFrom(0, 30.5, 60, 121.7, 400, 900), { minLength: MINUTES, maxLength: MINUTES }),
  unpublished: fc.uint8Array({ min: 0, max: 1, minLength: MINUTES, maxLength: MINUTES }),
  extra: fc.nat(3),
  alarms: fc.array(
    fc.record({
      periodSeconds: fc.constantFrom(60, 60, 180),
      evaluationPeriods: fc.integer({ min: 1, max: 4 }),
      allNeeded: fc.boolean(),
      threshold: fc.constantFrom(10.5, 60, 500, 1_200.25),
      comparisonOperator: fc.constantFrom(...comparisonOperators),
      treatMissingData: fc.constantFrom(...missingTreatments),
      phaseSeconds: fc.constantFrom(5, 20.5),
      metricAggregationType: fc.constantFrom(...aggregationTypes),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

test('[REP-30, STEP-05] alarm changes and steps are those of judging every minute in words', () => {
  fc.assert(
    fc.property(drawn, ({ arrivals, unpublished, extra, alarms }) => {
      const policies = alarms.map(({ allNeeded, metricAggregationType, ...over }, index) => ({
        policy: policyOf({
          name: `policy-${index}`,
          metricAggregationType,
          steps: [
            { lowerBound: null, upperBound: -100, adjustment: -2 },
            { lowerBound: -100, upperBound: 0, adjustment: -1 },
            { lowerBound: 0, upperBound: 300.5, adjustment: 1 },
            { lowerBound: 300.5, upperBound: null, adjustment: 4 },
          ],
        }),
        alarm: alarmOf({ name: `alarm-${index}`, ...over, datapointsToAlarm: allNeeded ? over.evaluationPeriods : 1 }),
      }));
      const run = runReplay(
        inputOf({
          arrivals: Float64Array.from(arrivals),
          initial: { backlog: 700.5, inService: 3 },
          setup: setupOf(policies),
          assumptions: assumptionsOf({ evaluationRangeExtra: extra }),
          options: { gauge: 'end', unpublished },
        }),
      );
      const seen = run.columns.backlog.map((value, minute) => (unpublished[minute] === 1 ? Number.NaN : value));
      for (const { policy, alarm } of policies) {
        const changes: ReplayRun['alarmChanges'] = [];
        let from: AlarmState = 'INSUFFICIENT_DATA';
        for (let minute = 0; minute < MINUTES; minute++) {
          const atMs = Math.round((startSeconds + minute * 60 + alarm.phaseSeconds) * 1000);
          const { state: to, judged } = evaluateAlarm(alarm, pointsSeen(seen, alarm, minute, extra), from);
          if (to !== from) changes.push({ atMs, alarmName: alarm.name, from, to });
          from = to;
          const told = run.decisions.find((decision) => decision.policyName === policy.name && decision.atMs === atMs);
          if (told === undefined) continue;
          const decision = decideStepScaling(policy, {
            threshold: alarm.threshold,
            comparisonOperator: alarm.comparisonOperator,
            recentPoints: judged,
            group: {
              minSize: 1,
              maxSize: 20,
              desiredCapacity: told.desiredBefore,
              warmInstances: told.desiredBefore,
              warmingInstances: 0,
              terminatingInstances: 0,
            },
          });
          expect([to, told.metricValue, told.stepIndex]).toEqual(['ALARM', decision.metricValue, decision.stepIndex]);
        }
        expect(run.alarmChanges.filter(({ alarmName }) => alarmName === alarm.name)).toEqual(changes);
      }
    }),
    { numRuns: 200 },
  );
});
