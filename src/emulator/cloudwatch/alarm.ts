/**
 * One metric alarm as CloudWatch keeps it: its configuration, its state, and both in AWS's spelling.
 *
 * How it judges is core/alarms; when it is judged and what follows is evaluator.ts.
 */
import type { AlarmRule, AlarmState } from '../../core/alarms/types.ts';
import type { MetricRef, Statistic } from '../../core/model/resources.ts';
import { dimensionsToWire } from './wireShapes.ts';

export interface AlarmConfig {
  readonly name: string;
  readonly description: string | null;
  readonly metric: MetricRef;
  readonly statistic: Statistic;
  /** Only points of this unit are seen; null: any. */
  readonly unit: string | null;
  readonly rule: AlarmRule;
  /** Left out of replies when the caller left them out. */
  readonly givenDatapointsToAlarm: number | null;
  readonly givenTreatMissingData: string | null;
  readonly actionsEnabled: boolean;
  /** Action ARNs per state, at most five each. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface Alarm {
  config: AlarmConfig;
  readonly arn: string;
  configuredAtMs: number;
  state: AlarmState;
  stateReason: string;
  stateReasonData: string | null;
  /** Last time the state was set, even to what it was. */
  stateUpdatedAtMs: number;
  /** Last time the state became another one. */
  stateChangedAtMs: number;
  /** How the actions of this state ended last time; a repeat that ends alike is not written into the history again. */
  lastFailures: string;
  /** Stops the evaluations of this alarm. */
  stop: () => void;
}

/** MetricAlarm as DescribeAlarms returns it, and ConfigurationUpdate history nearly so. */
export function alarmToWire(alarm: Alarm): Record<string, unknown> {
  const { config } = alarm;
  return {
    AlarmName: config.name,
    AlarmArn: alarm.arn,
    AlarmDescription: config.description ?? undefined,
    AlarmConfigurationUpdatedTimestamp: alarm.configuredAtMs,
    ActionsEnabled: config.actionsEnabled,
    OKActions: config.actions.OK,
    AlarmActions: config.actions.ALARM,
    InsufficientDataActions: config.actions.INSUFFICIENT_DATA,
    StateValue: alarm.state,
    StateReason: alarm.stateReason,
    StateReasonData: alarm.stateReasonData ?? undefined,
    StateUpdatedTimestamp: alarm.stateUpdatedAtMs,
    StateTransitionedTimestamp: alarm.stateChangedAtMs,
    MetricName: config.metric.metricName,
    Namespace: config.metric.namespace,
    Statistic: config.statistic,
    Dimensions: dimensionsToWire(config.metric.dimensions),
    Period: config.rule.periodSeconds,
    Unit: config.unit ?? undefined,
    EvaluationPeriods: config.rule.evaluationPeriods,
    DatapointsToAlarm: config.givenDatapointsToAlarm ?? undefined,
    Threshold: config.rule.threshold,
    ComparisonOperator: config.rule.comparisonOperator,
    TreatMissingData: config.givenTreatMissingData ?? undefined,
  };
}
