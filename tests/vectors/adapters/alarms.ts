/** Adapters of alarm.*, statistic.*: src/core/alarms. */
import { z } from 'zod';
import {
  actionSeconds,
  evaluationCadenceSeconds,
  evaluationIntervalSeconds,
  slidingWindow,
} from '../../../src/core/alarms/cadence.ts';
import {
  breaches,
  effectiveTreatMissingData,
  evaluateAlarm,
  evaluationRangeLength,
} from '../../../src/core/alarms/evaluate.ts';
import { aggregateSamples } from '../../../src/core/alarms/statistic.ts';
import type { AlarmRule, AlarmState } from '../../../src/core/alarms/types.ts';
import { validateAlarmRule } from '../../../src/core/alarms/validate.ts';
import { type Adapters, adapter } from '../adapter.ts';

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const comparisonOperator = z.enum([
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);
const treatMissingData = z.enum(['missing', 'ignore', 'breaching', 'notBreaching']);

const ruleOf = (over: Partial<AlarmRule>): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: over.evaluationPeriods ?? 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
  ...over,
});

/** Marks of the vectors: X breaches "> 0", 0 does not, - is missing. */
const marks = (points: readonly string[]) => points.map((mark) => (mark === '-' ? Number.NaN : mark === 'X' ? 1 : 0));

export const alarmsAdapters: Adapters = {
  'alarm.evaluate': adapter(
    z.strictObject({
      points: z.array(z.enum(['X', '0', '-'])),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number(),
      evaluationRange: z.number(),
      treatMissingData,
      priorState: alarmState,
      namespace: z.string().optional(),
    }),
    (input) => {
      const rule = ruleOf({
        evaluationPeriods: input.evaluationPeriods,
        datapointsToAlarm: input.datapointsToAlarm,
        treatMissingData: effectiveTreatMissingData(input.treatMissingData, input.namespace ?? 'AWS/SQS'),
      });
      const points = marks(input.points);
      const extra = input.evaluationRange - input.evaluationPeriods;
      if (points.length !== evaluationRangeLength(rule, extra))
        throw new Error('points do not fill the evaluation range');
      const { state, filledCount } = evaluateAlarm(rule, points, input.priorState);
      return { state, filled: filledCount };
    },
  ),
  'alarm.breach': adapter(
    z.strictObject({ comparisonOperator, threshold: z.number(), value: z.number() }),
    ({ comparisonOperator, value, threshold }) => ({ breaching: breaches(comparisonOperator, value, threshold) }),
  ),
  'alarm.cadence': adapter(z.strictObject({ period: z.number() }), ({ period }) => ({
    everySeconds: evaluationCadenceSeconds(period),
  })),
  'alarm.interval': adapter(
    z.strictObject({ period: z.number(), evaluationPeriods: z.number(), datapointsToAlarm: z.number() }),
    ({ period, ...counts }) => ({
      evaluationIntervalSeconds: evaluationIntervalSeconds(ruleOf({ periodSeconds: period, ...counts })),
    }),
  ),
  'alarm.window': adapter(
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number(),
      window: z.literal('sliding'),
      evaluateAtMinute: z.number(),
    }),
    ({ period, evaluateAtMinute }) => {
      const { fromSeconds, toSeconds } = slidingWindow(evaluateAtMinute * 60, period);
      const length = (toSeconds - fromSeconds) / 60;
      return { minutes: Array.from({ length }, (_, index) => fromSeconds / 60 + index + 1) };
    },
  ),
  'alarm.actions': adapter(
    z.strictObject({
      actionType: z.enum(['autoscaling', 'sns']),
      period: z.number(),
      enteredAtSecond: z.number(),
      leftAtSecond: z.number(),
    }),
    ({ actionType, enteredAtSecond, leftAtSecond }) => ({
      invokedAtSeconds: actionSeconds(actionType, enteredAtSecond, leftAtSecond),
    }),
  ),
  'alarm.timeline': adapter(
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number(),
      threshold: z.number(),
      comparisonOperator,
      treatMissingData,
      points: z.array(z.strictObject({ at: z.union([z.string(), z.number()]), value: z.number() })),
    }),
    ({ period, points, ...settings }, expected) => {
      const rule = ruleOf({ ...settings, periodSeconds: period });
      const range = evaluationRangeLength(rule);
      const seen: number[] = new Array<number>(range).fill(Number.NaN);
      let state: AlarmState = 'INSUFFICIENT_DATA';
      const states = new Map<unknown, AlarmState>();
      for (const { at, value } of points) {
        seen.push(value);
        state = evaluateAlarm(rule, seen.slice(-range), state).state;
        states.set(at, state);
      }
      const asked = z.array(z.object({ at: z.union([z.string(), z.number()]) })).parse(expected.states);
      return { states: asked.map(({ at }) => ({ at, state: states.get(at) })) };
    },
  ),
  'alarm.validate': adapter(
    z.strictObject({ period: z.number(), evaluationPeriods: z.number() }),
    ({ period, evaluationPeriods }) => ({
      valid: validateAlarmRule(ruleOf({ periodSeconds: period, evaluationPeriods })).length === 0,
    }),
  ),
  'statistic.aggregate': adapter(
    z.strictObject({
      samples: z.array(z.number()),
      statistic: z.enum(['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount']),
      threshold: z.number().optional(),
      comparisonOperator: comparisonOperator.optional(),
    }),
    ({ samples, statistic, threshold, comparisonOperator }) => {
      const value = aggregateSamples(samples, statistic);
      const judged = threshold !== undefined && comparisonOperator !== undefined;
      return { value, breaching: judged ? breaches(comparisonOperator, value, threshold) : undefined };
    },
  ),
};
