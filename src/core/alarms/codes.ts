/**
 * Alarms as small whole numbers, so that evaluation can run over typed arrays without allocating.
 *
 * The words (types.ts) are for people and files; the codes are for loops. Both directions are here and nowhere else.
 */
import type { AlarmRule, AlarmState, ComparisonOperator, TreatMissingData } from './types.ts';

export const STATE_OK = 0;
export const STATE_ALARM = 1;
export const STATE_INSUFFICIENT_DATA = 2;
/** Index is the code. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const satisfies readonly AlarmState[];

export const MISSING_MISSING = 0;
export const MISSING_IGNORE = 1;
export const MISSING_BREACHING = 2;
export const MISSING_NOT_BREACHING = 3;
export const missingTreatments = [
  'missing',
  'ignore',
  'breaching',
  'notBreaching',
] as const satisfies readonly TreatMissingData[];

export const OPERATOR_GTE = 0;
export const OPERATOR_GT = 1;
export const OPERATOR_LT = 2;
export const OPERATOR_LTE = 3;
export const comparisonOperators = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const satisfies readonly ComparisonOperator[];

export const stateCode = (state: AlarmState): number => alarmStates.indexOf(state);
export const missingCode = (treatment: TreatMissingData): number => missingTreatments.indexOf(treatment);
export const operatorCode = (operator: ComparisonOperator): number => comparisonOperators.indexOf(operator);

/** A rule ready for a loop. One object, not arguments: a fraction that is an argument is put on the heap at every call. */
export interface CompiledAlarmRule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly operator: number;
  readonly treatMissing: number;
}

export function compileAlarmRule(rule: AlarmRule): CompiledAlarmRule {
  return {
    evaluationPeriods: rule.evaluationPeriods,
    datapointsToAlarm: rule.datapointsToAlarm,
    threshold: rule.threshold,
    operator: operatorCode(rule.comparisonOperator),
    treatMissing: missingCode(rule.treatMissingData),
  };
}
