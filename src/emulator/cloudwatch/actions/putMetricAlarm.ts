/**
 * PutMetricAlarm: creates an alarm, or replaces the whole configuration of one and keeps its state (ALARM-01).
 *
 * Metric math, anomaly bands, percentiles and periods below a minute are refused with words of their own.
 */
import type { AlarmRule, ComparisonOperator, TreatMissingData } from '../../../core/alarms/types.ts';
import { validateAlarmRule } from '../../../core/alarms/validate.ts';
import { defineAction } from '../../service.ts';
import { wireField } from '../../wire/fieldNames.ts';
import { decimal, flag, list, required, structure, text, whole } from '../../wire/shapes.ts';
import type { AlarmConfig } from '../alarm.ts';
import { limitExceeded, validationError } from '../errors.ts';
import { putAlarm } from '../evaluator.ts';
import type { CloudWatchState } from '../state.ts';
import {
  checkUnit,
  dimensionsFromWire,
  dimensionsShape,
  statisticFromWire,
  type WireDimension,
} from '../wireShapes.ts';

interface Input {
  readonly AlarmName: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Dimensions?: readonly WireDimension[];
  readonly Period?: number;
  readonly Unit?: string;
  readonly EvaluationPeriods?: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold?: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
  readonly Metrics?: readonly unknown[];
  readonly ThresholdMetricId?: string;
}

const operators: readonly ComparisonOperator[] = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const treatments: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

export const putMetricAlarm = defineAction<CloudWatchState, Input, Record<string, never>>({
  name: 'PutMetricAlarm',
  input: structure({
    AlarmName: required(text),
    AlarmDescription: text,
    ActionsEnabled: flag,
    OKActions: list(text),
    AlarmActions: list(text),
    InsufficientDataActions: list(text),
    MetricName: text,
    Namespace: text,
    Statistic: text,
    ExtendedStatistic: text,
    Dimensions: dimensionsShape,
    Period: whole(),
    Unit: text,
    EvaluationPeriods: whole(),
    DatapointsToAlarm: whole(),
    Threshold: decimal,
    ComparisonOperator: required(text),
    TreatMissingData: text,
    EvaluateLowSampleCountPercentile: text,
    Metrics: list(structure({ Id: text })),
    ThresholdMetricId: text,
    Tags: list(structure({ Key: text, Value: text })),
  }),
  output: null,
  run(state, input) {
    putAlarm(state, alarmConfigOf(input));
    return {};
  },
});

function alarmConfigOf(input: Input): AlarmConfig {
  if (input.AlarmName === '' || input.AlarmName.length > 255) {
    throw validationError('The parameter AlarmName must be between 1 and 255 characters long.');
  }
  if ((input.Metrics !== undefined && input.Metrics.length > 0) || input.ThresholdMetricId !== undefined) {
    throw validationError(
      'Alarms on metric math and anomaly bands are not supported by this emulator: name one metric.',
    );
  }
  if (input.ExtendedStatistic !== undefined) {
    throw validationError('ExtendedStatistic is not supported: this emulator keeps statistic sets. Use Statistic.');
  }
  checkUnit(input.Unit, 'Unit');
  const rule = ruleOf(input);
  return {
    name: input.AlarmName,
    description: input.AlarmDescription ?? null,
    metric: {
      namespace: given(input.Namespace, 'Namespace'),
      metricName: given(input.MetricName, 'MetricName'),
      dimensions: dimensionsFromWire(input.Dimensions),
    },
    statistic: statisticFromWire(given(input.Statistic, 'Statistic')),
    unit: input.Unit ?? null,
    rule,
    givenDatapointsToAlarm: input.DatapointsToAlarm ?? null,
    givenTreatMissingData: input.TreatMissingData ?? null,
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: {
      OK: actionsOf(input.OKActions, 'OKActions'),
      ALARM: actionsOf(input.AlarmActions, 'AlarmActions'),
      INSUFFICIENT_DATA: actionsOf(input.InsufficientDataActions, 'InsufficientDataActions'),
    },
  };
}

function ruleOf(input: Input): AlarmRule {
  const comparisonOperator = operators.find((operator) => operator === input.ComparisonOperator);
  if (comparisonOperator === undefined) {
    throw validationError(
      `The value ${input.ComparisonOperator} for parameter ComparisonOperator is not supported. Use one of ${operators.join(', ')}.`,
    );
  }
  const treatment = input.TreatMissingData ?? 'missing';
  const treatMissingData = treatments.find((known) => known === treatment);
  if (treatMissingData === undefined) {
    throw validationError(
      `The value ${treatment} for parameter TreatMissingData is invalid. Use one of ${treatments.join(', ')}.`,
    );
  }
  const evaluationPeriods = given(input.EvaluationPeriods, 'EvaluationPeriods');
  const rule: AlarmRule = {
    periodSeconds: given(input.Period, 'Period'),
    evaluationPeriods,
    datapointsToAlarm: input.DatapointsToAlarm ?? evaluationPeriods,
    threshold: given(input.Threshold, 'Threshold'),
    comparisonOperator,
    treatMissingData,
  };
  const [fault] = validateAlarmRule(rule);
  if (fault !== undefined) throw validationError(fault.apiMessage ?? `${wireField(fault.field)}: ${fault.problem}`);
  if (rule.periodSeconds < 60) {
    throw validationError('Periods of 10, 20 and 30 seconds are not supported: this emulator keeps one-minute data.');
  }
  return rule;
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '')
    throw validationError(`The parameter ${name} must be specified for a metric alarm.`);
  return value;
}

function actionsOf(arns: readonly string[] | undefined, name: string): readonly string[] {
  if (arns === undefined) return [];
  if (arns.length > 5) throw limitExceeded(`The collection ${name} must not have a size greater than 5.`);
  const odd = arns.find((arn) => !arn.startsWith('arn:'));
  if (odd !== undefined) throw validationError(`Invalid arn syntax: ${odd}`);
  return arns;
}
