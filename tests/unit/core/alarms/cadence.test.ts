import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actionPhase,
  actionSeconds,
  evaluationCadenceSeconds,
  evaluationIntervalSeconds,
  lastPointDecidesSeconds,
  reactionSeconds,
  slidingWindow,
} from '../../../../src/core/alarms/cadence.ts';
import {
  effectiveTreatMissingData,
  evaluateAlarm,
  evaluationRangeLength,
} from '../../../../src/core/alarms/evaluate.ts';

test('[ALARM-06] every ten seconds below a minute, every minute from there', () => {
  expect([10, 20, 30, 59, 60, 61, 300, 86_400].map(evaluationCadenceSeconds)).toEqual([10, 10, 10, 10, 60, 60, 60, 60]);
});

test('[ALARM-07] the interval is all periods together', () => {
  expect(evaluationIntervalSeconds({ periodSeconds: 60, evaluationPeriods: 5 })).toBe(300);
  expect(evaluationIntervalSeconds({ periodSeconds: 300, evaluationPeriods: 1 })).toBe(300);
});

test.each([
  [300, 300, 0, 0, 300],
  [360, 300, 0, 60, 360],
  [360, 300, 1, -240, 60],
  [360, 60, 3, 120, 180],
] as const)('[ALARM-07] at second %d, period %d, %d back: [%d, %d)', (end, period, back, fromSeconds, toSeconds) => {
  expect(slidingWindow(end, period, back)).toEqual({ fromSeconds, toSeconds });
  if (back === 0) expect(slidingWindow(end, period)).toEqual({ fromSeconds, toSeconds });
});

test.each([
  ['autoscaling', 6, 126, [6, 66]],
  ['autoscaling', 6, 127, [6, 66, 126]],
  ['autoscaling', 6, 66, [6]],
  ['autoscaling', 6, 67, [6, 66]],
  ['autoscaling', 6, 6, []],
  ['sns', 6, 500, [6]],
  ['sns', 6, 7, [6]],
  ['sns', 6, 6, []],
] as const)('[ALARM-20] [ALARM-21] %s from %d until %d runs at %j', (type, entered, left, expected) => {
  expect(actionSeconds(type, entered, left)).toEqual(expected);
});

test.each([
  [960_000, 16, 0],
  [959_737, 16, 0.263],
  [960_400, 16, 0.4],
  [0, 0, 0],
  [29_999, 0, 29.999],
  [30_001, 1, 29.999],
  [-1_000, 0, 1],
] as const)(
  '[ALARM-21] an action %d ms after the change is minute %d, off by %d s',
  (elapsedMs, minutes, errorSeconds) => {
    const phase = actionPhase(1_000_000, 1_000_000 + elapsedMs);
    expect(phase.minutes + 0).toBe(minutes);
    expect(phase.errorSeconds).toBeCloseTo(errorSeconds, 9);
  },
);

test('[ALARM-21] every repeat has the phase of the change', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(10_000), (entered, stay) => {
      for (const second of actionSeconds('autoscaling', entered, entered + stay)) {
        expect(actionPhase(entered * 1000, second * 1000).errorSeconds).toBe(0);
        expect(second).toBeLessThan(entered + stay);
      }
    }),
  );
});

test('[ALARM-22] the group follows by seconds', () => {
  expect(reactionSeconds(1_000, 4_250)).toBe(3.25);
});

test('[ALARM-09] [MODEL-01] the range has two points more than the periods, or as many as are asked for', () => {
  expect(evaluationRangeLength({ evaluationPeriods: 3 })).toBe(5);
  expect(evaluationRangeLength({ evaluationPeriods: 3 }, 0)).toBe(3);
});

test('[ALARM-15] [ALARM-25] a last breach decides until it has left the range, and no longer', () => {
  const rule = {
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 0,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
  } as const;
  const range = evaluationRangeLength(rule);
  const history = [1, ...new Array<number>(10).fill(Number.NaN)];
  const statesAfter = Array.from({ length: 6 }, (_, minutes) => {
    const seen = [...new Array<number>(range).fill(Number.NaN), ...history.slice(0, minutes + 1)].slice(-range);
    return evaluateAlarm(rule, seen, 'OK').state;
  });
  expect(statesAfter).toEqual(['ALARM', 'ALARM', 'ALARM', 'OK', 'OK', 'OK']);
  expect(statesAfter.lastIndexOf('ALARM') * 60).toBe(lastPointDecidesSeconds(rule.periodSeconds, range));
});

test('[ALARM-16] DynamoDB alarms behave as ignore', () => {
  expect(effectiveTreatMissingData('breaching', 'AWS/DynamoDB')).toBe('ignore');
  expect(effectiveTreatMissingData('breaching', 'AWS/SQS')).toBe('breaching');
});
