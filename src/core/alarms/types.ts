/**
 * The words of a CloudWatch metric alarm. Rules: docs/rules/alarms.md (ALARM-nn).
 */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';
export type ComparisonOperator =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** How an alarm judges; what it watches is the caller's business. */
export interface AlarmRule {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** M of "M of N"; equals evaluationPeriods when not given to AWS. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly treatMissingData: TreatMissingData;
}

/** One evaluation: the state, and why. */
export interface AlarmEvaluation {
  readonly state: AlarmState;
  /** Rule ids that led here, e.g. ['ALARM-10.2', 'ALARM-11']. */
  readonly rules: readonly string[];
  /** The datapoints judged, oldest first; fillers are not listed. */
  readonly judged: readonly number[];
  readonly breachingCount: number;
  /** How many periods were filled by TreatMissingData (ALARM-10.3). */
  readonly filledCount: number;
}
