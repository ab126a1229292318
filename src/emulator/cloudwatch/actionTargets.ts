/**
 * Where an alarm's actions go: services that understand an ARN register here, so CloudWatch knows none of them.
 */
import type { AlarmState, ComparisonOperator } from '../../core/alarms/types.ts';

/** What an action is told about the alarm that runs it. */
export interface AlarmNotice {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly state: AlarmState;
  /** Equal to `state` when an Auto Scaling action is repeated (ALARM-21). */
  readonly previousState: AlarmState;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  /** Newest real points of the evaluation, oldest first (STEP-05); null when a person set the state without giving any. */
  readonly recentPoints: readonly number[] | null;
}

export interface ActionOutcome {
  readonly arn: string;
  /** null: it worked. */
  readonly failure: string | null;
}

export interface ActionTarget {
  owns(arn: string): boolean;
  /** Whether the action runs again every minute while the alarm stays in its state (ALARM-20). */
  readonly repeats: boolean;
  /** Runs several actions of one alarm at one moment; one outcome per ARN. */
  run(arns: readonly string[], notice: AlarmNotice): readonly ActionOutcome[];
}
