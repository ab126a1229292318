/** Adapters of alarm.*, statistic.*: src/core/alarms. */
import { z } from 'zod';
import {
  actionPhase,
  actionSeconds,
  evaluationCadenceSeconds,
  evaluationIntervalSeconds,
  reactionSeconds,
  slidingWindow,
} from '../../../src/core/alarms/cadence.ts';
import {
  breaches,
  effectiveTreatMissingData,
  evaluateAlarm,
  evaluationRangeLength,
} from '../../../src/core/alarms/evaluate.ts';
import { alarmSetByHand, createdAlarm, judgeAlarm, updatedAlarm } from '../../../src/core/alarms/lifecycle.ts';
import {
  percentile,
  percentileAvailable,
  percentileJudged,
  percentileMinSamples,
  percentileOf,
} from '../../../src/core/alarms/percentile.ts';
import { type AlarmSettings, validateAlarmSettings, wallClockZone } from '../../../src/core/alarms/settings.ts';
import { aggregateSamples, type SampleStatistic, sampleStatistics } from '../../../src/core/alarms/statistic.ts';
import type { AlarmRule, AlarmState } from '../../../src/core/alarms/types.ts';
import { wallClockWindows } from '../../../src/core/alarms/window.ts';
import { defaults } from '../../../src/core/defaults.ts';
import { type Adapters, adapter, anyOf } from '../adapter.ts';

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const comparisonOperator = z.enum([
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);
const treatMissingData = z.enum(['missing', 'ignore', 'breaching', 'notBreaching']);
const lowSampleTreatment = z.enum(['evaluate', 'ignore']);
const actionType = z.enum(['autoscaling', 'sns']);
/** One stay in a state, left exclusive: [entered, left] or with names. */
const span = z.union([
  z.strictObject({ enteredAtSecond: z.number(), leftAtSecond: z.number() }),
  z.tuple([z.number(), z.number()]).transform(([entered, left]) => ({ enteredAtSecond: entered, leftAtSecond: left })),
]);
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'no instant');

const ruleOf = (over: Partial<AlarmRule>): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: over.evaluationPeriods ?? 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: defaults['alarm.treatMissingData'],
  ...over,
});
const settingsOf = (rule: AlarmRule, over: Partial<AlarmSettings> = {}): AlarmSettings => ({
  rule,
  namespace: 'AWS/SQS',
  statistic: 'Average',
  lowSampleTreatment: null,
  window: { kind: 'sliding' },
  warmUp: null,
  anomalyBand: false,
  minuteMetric: true,
  actions: [],
  ...over,
});

/** Marks of the vectors: X breaches "> 0", 0 does not, - is missing. */
const marks = (points: readonly string[]) => points.map((mark) => (mark === '-' ? Number.NaN : mark === 'X' ? 1 : 0));

export const alarmsAdapters: Adapters = {
  'alarm.evaluate': adapter(
    z.strictObject({
      points: z.array(z.enum(['X', '0', '-'])),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number().optional(),
      evaluationRange: z.number(),
      treatMissingData: treatMissingData.optional(),
      priorState: alarmState,
      namespace: z.string().optional(),
    }),
    (input) => {
      const rule = ruleOf({
        evaluationPeriods: input.evaluationPeriods,
        datapointsToAlarm: input.datapointsToAlarm ?? input.evaluationPeriods,
        treatMissingData: effectiveTreatMissingData(
          input.treatMissingData ?? defaults['alarm.treatMissingData'],
          input.namespace ?? 'AWS/SQS',
        ),
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
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number().optional(),
    }),
    ({ period, evaluationPeriods }) => ({
      evaluationIntervalSeconds: evaluationIntervalSeconds(ruleOf({ periodSeconds: period, evaluationPeriods })),
    }),
  ),
  'alarm.window': adapter(
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number().default(1),
      window: z.enum(['sliding', 'wallClock']).default('sliding'),
      timeZone: z.string().optional(),
      evaluateAtMinute: z.number(),
    }),
    ({ period, evaluationPeriods, window, timeZone, evaluateAtMinute }) => {
      const endSeconds = evaluateAtMinute * 60;
      // The window is all periods together: from the beginning of the oldest to the end of the newest.
      const oldest = slidingWindow(endSeconds, period, evaluationPeriods - 1);
      const fixed = wallClockWindows(period, wallClockZone(timeZone ?? null), endSeconds * 1000, evaluationPeriods);
      const from = window === 'sliding' ? oldest.fromSeconds / 60 : fixed.at(0)!.fromMs / 60_000;
      const to = window === 'sliding' ? slidingWindow(endSeconds, period).toSeconds / 60 : fixed.at(-1)!.toMs / 60_000;
      return { minutes: Array.from({ length: to - from }, (_, index) => from + index + 1) };
    },
  ),
  'alarm.actions': adapter(
    z.union([
      z.strictObject({
        actionType,
        period: z.number().optional(),
        enteredAtSecond: z.number(),
        leftAtSecond: z.number(),
      }),
      z.strictObject({
        actionType,
        period: z.number().optional(),
        spans: z.array(span),
      }),
    ]),
    (input) => {
      const spans = 'spans' in input ? input.spans : [input];
      return {
        invokedAtSeconds: spans.flatMap(({ enteredAtSecond, leftAtSecond }) =>
          actionSeconds(input.actionType, enteredAtSecond, leftAtSecond),
        ),
      };
    },
  ),
  'alarm.phase': adapter(
    z.strictObject({ stateChangeTime: instant, policyTriggeredAt: instant, instanceActionAt: instant.optional() }),
    ({ stateChangeTime, policyTriggeredAt, instanceActionAt }) => {
      const triggeredAtMs = Date.parse(policyTriggeredAt);
      const { minutes, errorSeconds } = actionPhase(Date.parse(stateChangeTime), triggeredAtMs);
      return {
        minutesAfterStateChange: minutes,
        phaseErrorSeconds: errorSeconds,
        instanceActionDelaySeconds:
          instanceActionAt === undefined ? undefined : reactionSeconds(triggeredAtMs, Date.parse(instanceActionAt)),
      };
    },
  ),
  'alarm.lifecycle': adapter(
    z.strictObject({
      event: z.enum(['create', 'update']),
      priorState: alarmState.optional(),
    }),
    ({ event, priorState }) => {
      const created = createdAlarm(0);
      if (event === 'create') return { state: created.state };
      const known = priorState === undefined ? created : alarmSetByHand(created, priorState, 0);
      return { state: updatedAlarm(known).state };
    },
  ),
  'alarm.percentileMinSamples': adapter(z.strictObject({ percentile: z.number() }), ({ percentile: fraction }) => ({
    minSamples: percentileMinSamples(fraction),
  })),
  'alarm.percentileJudged': adapter(
    z.strictObject({
      percentile: z.number(),
      samples: z.number(),
      evaluateLowSampleCountPercentile: lowSampleTreatment.default(defaults['alarm.evaluateLowSampleCountPercentile']),
      priorState: alarmState.optional(),
    }),
    ({ percentile: fraction, samples, evaluateLowSampleCountPercentile: treatment, priorState }) => {
      const before = alarmSetByHand(createdAlarm(0), priorState ?? 'OK', 0);
      // A breaching point: a judged alarm goes to ALARM, a frozen one stays where it was.
      const judged = judgeAlarm(
        { rule: ruleOf({}), namespace: 'AWS/SQS', percentile: fraction, lowSampleTreatment: treatment, warmUp: null },
        before,
        { nowMs: 60_000, points: [1, 1, 1], newestSamples: samples },
      );
      return { judged: percentileJudged(fraction, samples, treatment), state: judged.memory.state };
    },
  ),
  'alarm.timeline': adapter(
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number().optional(),
      threshold: z.number(),
      comparisonOperator,
      treatMissingData: treatMissingData.default(defaults['alarm.treatMissingData']),
      priorState: alarmState.optional(),
      points: z.array(z.strictObject({ at: z.union([z.string(), z.number()]), value: z.number().nullable() })),
    }),
    ({ period, points, datapointsToAlarm, priorState, ...settings }, expected) => {
      const rule = ruleOf({
        ...settings,
        periodSeconds: period,
        datapointsToAlarm: datapointsToAlarm ?? settings.evaluationPeriods,
      });
      const range = evaluationRangeLength(rule);
      const seen: number[] = new Array<number>(range).fill(Number.NaN);
      let state: AlarmState = priorState ?? createdAlarm(0).state;
      const states = new Map<unknown, AlarmState>();
      for (const { at, value } of points) {
        seen.push(value ?? Number.NaN);
        state = evaluateAlarm(rule, seen.slice(-range), state).state;
        states.set(at, state);
      }
      const asked = z.array(z.object({ at: z.union([z.string(), z.number()]) })).parse(expected.states);
      return { states: asked.map(({ at }) => ({ at, state: states.get(at) })) };
    },
  ),
  'alarm.validate': adapter(
    z.strictObject({
      period: z.number(),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number().optional(),
      statistic: z.string().optional(),
      window: z.enum(['sliding', 'wallClock']).optional(),
      timeZone: z.string().optional(),
    }),
    ({ period, evaluationPeriods, datapointsToAlarm, statistic, window, timeZone }) => {
      const rule = ruleOf({
        periodSeconds: period,
        evaluationPeriods,
        datapointsToAlarm: datapointsToAlarm ?? evaluationPeriods,
      });
      const faults = validateAlarmSettings(
        settingsOf(rule, {
          statistic: statistic ?? 'Average',
          window: window === 'wallClock' ? { kind: 'wallClock', timeZone: timeZone ?? null } : { kind: 'sliding' },
        }),
      );
      return {
        valid: faults.length === 0,
        reason: anyOf(faults.map(({ reason }) => reason)),
        message: anyOf(faults.map(({ apiMessage }) => apiMessage)),
      };
    },
  ),
  'statistic.aggregate': adapter(
    z.strictObject({
      samples: z.array(z.number()),
      statistic: z
        .string()
        .refine((name) => sampleStatistics.includes(name as SampleStatistic) || percentileOf(name) !== null),
      threshold: z.number().optional(),
      comparisonOperator: comparisonOperator.optional(),
    }),
    ({ samples, statistic, threshold, comparisonOperator }) => {
      const fraction = percentileOf(statistic);
      const value =
        fraction === null ? aggregateSamples(samples, statistic as SampleStatistic) : percentile(samples, fraction);
      const judged = threshold !== undefined && comparisonOperator !== undefined;
      return { value, breaching: judged ? breaches(comparisonOperator, value, threshold) : undefined };
    },
  ),
  'statistic.percentileAvailable': adapter(
    z.strictObject({ sampleCount: z.number(), min: z.number(), max: z.number(), sum: z.number() }),
    ({ sampleCount, min, max, sum }) => ({
      available: percentileAvailable({ sampleCount, sum, minimum: min, maximum: max }),
    }),
  ),
};
