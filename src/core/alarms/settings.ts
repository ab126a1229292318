/**
 * A whole alarm as a person sets it up: what would be refused beyond its counts, and what is accepted but surprising.
 *
 * Rules: docs/rules/alarms.md (ALARM-03, ALARM-04, ALARM-08, ALARM-15, ALARM-16, ALARM-19). Counts and threshold are
 * validate.ts; expressions are core/metricMath/alarm.ts.
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import { isTimeZone } from '../time/zone.ts';
import { effectiveTreatMissingData } from './evaluate.ts';
import { type LowSampleTreatment, percentileOf } from './percentile.ts';
import { needsHighResolution, type SampleStatistic, sampleStatistics } from './statistic.ts';
import type { AlarmRule } from './types.ts';
import { validateAlarmRule } from './validate.ts';
import type { AlarmWarmUp } from './warmup.ts';
import { wallClockPeriodsSeconds } from './window.ts';

export type EvaluationWindow =
  | { readonly kind: 'sliding' }
  /** null: UTC. */
  | { readonly kind: 'wallClock'; readonly timeZone: string | null };

export interface AlarmSettings {
  readonly rule: AlarmRule;
  readonly namespace: string;
  /** Average and the like, or a percentile such as p99. */
  readonly statistic: string;
  /** null: not set, which means evaluate. */
  readonly lowSampleTreatment: LowSampleTreatment | null;
  readonly window: EvaluationWindow;
  readonly warmUp: AlarmWarmUp | null;
  /** It compares with an anomaly band instead of a threshold. */
  readonly anomalyBand: boolean;
  /** The metric's points lie a minute apart, as those of every service do (STAT-04). */
  readonly minuteMetric: boolean;
  /** ARNs of every state together. */
  readonly actions: readonly string[];
}

/** Something an alarm accepts and a person should know. */
export interface AlarmCaution {
  readonly rule: string;
  readonly reason: 'highResolutionOnMinuteMetric' | 'treatmentOverridden' | 'lonePointKeepsDeciding';
}

/** The zone of a wall-clock window; UTC when it names none (ALARM-08). */
export const wallClockZone = (timeZone: string | null): string =>
  timeZone ?? defaults['alarm.wallClockWindow.timeZone'];

/** @returns faults in the order of the form; empty when the alarm is valid. Throws nothing. */
export function validateAlarmSettings(settings: AlarmSettings): PolicyFault[] {
  return [
    ...validateAlarmRule(settings.rule),
    ...statisticFaults(settings),
    ...windowFaults(settings),
    ...actionFaults(settings),
  ];
}

function statisticFaults({ statistic, lowSampleTreatment }: AlarmSettings): PolicyFault[] {
  const isPercentile = percentileOf(statistic) !== null;
  if (!isPercentile && !sampleStatistics.includes(statistic as SampleStatistic)) {
    return [fault('percentileInvalid', 'statistic', { statistic })];
  }
  if (lowSampleTreatment === null || isPercentile) return [];
  return [fault('lowSampleTreatmentNeedsPercentile', 'lowSampleTreatment', { statistic })];
}

function windowFaults({ rule, window, warmUp }: AlarmSettings): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (window.kind === 'wallClock') {
    const period = rule.periodSeconds;
    if (!wallClockPeriodsSeconds.includes(period)) {
      faults.push(fault('wallClockPeriodInvalid', 'periodSeconds', { period }));
    }
    const timeZone = wallClockZone(window.timeZone);
    if (!isTimeZone(timeZone)) faults.push(fault('wallClockZoneInvalid', 'window.timeZone', { timeZone }));
  }
  if (warmUp !== null && !(Number.isSafeInteger(warmUp.minutes) && warmUp.minutes >= 1)) {
    faults.push(fault('alarmWarmUpInvalid', 'warmUp.minutes', { minutes: warmUp.minutes }));
  }
  return faults;
}

function actionFaults({ anomalyBand, actions }: AlarmSettings): PolicyFault[] {
  if (!anomalyBand || !actions.some(isScalingAction)) return [];
  return [fault('anomalyWithScalingAction', 'actions')];
}

/** Whether an action's ARN is an Auto Scaling policy: the only kind that repeats (ALARM-20). */
export const isScalingAction = (arn: string): boolean => /^arn:[^:]*:autoscaling:/.test(arn);

/** What to beware of; empty when nothing is surprising. */
export function alarmCautions(settings: AlarmSettings): AlarmCaution[] {
  const { rule, namespace, minuteMetric } = settings;
  const cautions: AlarmCaution[] = [];
  if (minuteMetric && needsHighResolution(rule.periodSeconds)) {
    cautions.push({ rule: 'ALARM-04', reason: 'highResolutionOnMinuteMetric' });
  }
  if (effectiveTreatMissingData(rule.treatMissingData, namespace) !== rule.treatMissingData) {
    cautions.push({ rule: 'ALARM-16', reason: 'treatmentOverridden' });
  }
  if (rule.evaluationPeriods === 1) cautions.push({ rule: 'ALARM-15', reason: 'lonePointKeepsDeciding' });
  return cautions;
}
