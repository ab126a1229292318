/**
 * DescribeAlarms: metric alarms by name, prefix, state or action, sorted by name. There are no composite alarms here.
 */
import { pageFrom } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { decimal, flag, list, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { type Alarm, alarmToWire } from '../alarm.ts';
import { validationError } from '../errors.ts';
import { pageSizeOf, readPageToken } from '../paging.ts';
import type { CloudWatchState } from '../state.ts';
import { dimensionsShape } from '../wireShapes.ts';

interface Input {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly StateValue?: string;
  readonly ActionPrefix?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

export const metricAlarmShape = structure({
  AlarmName: text,
  AlarmArn: text,
  AlarmDescription: text,
  AlarmConfigurationUpdatedTimestamp: timestamp,
  ActionsEnabled: flag,
  OKActions: list(text),
  AlarmActions: list(text),
  InsufficientDataActions: list(text),
  StateValue: text,
  StateReason: text,
  StateReasonData: text,
  StateUpdatedTimestamp: timestamp,
  StateTransitionedTimestamp: timestamp,
  MetricName: text,
  Namespace: text,
  Statistic: text,
  Dimensions: dimensionsShape,
  Period: whole(),
  Unit: text,
  EvaluationPeriods: whole(),
  DatapointsToAlarm: whole(),
  Threshold: decimal,
  ComparisonOperator: text,
  TreatMissingData: text,
});

export const describeAlarms = defineAction<
  CloudWatchState,
  Input,
  { MetricAlarms: Record<string, unknown>[]; CompositeAlarms: never[]; NextToken?: string }
>({
  name: 'DescribeAlarms',
  input: structure({
    AlarmNames: list(text),
    AlarmNamePrefix: text,
    AlarmTypes: list(text),
    ChildrenOfAlarmName: text,
    ParentsOfAlarmName: text,
    StateValue: text,
    ActionPrefix: text,
    MaxRecords: whole(),
    NextToken: text,
  }),
  output: structure({
    MetricAlarms: list(metricAlarmShape),
    CompositeAlarms: list(structure({ AlarmName: text })),
    NextToken: text,
  }),
  run(state, input) {
    if ((input.AlarmNames?.length ?? 0) > 0 && input.AlarmNamePrefix !== undefined) {
      throw validationError('AlarmNames and AlarmNamePrefix cannot be used together.');
    }
    const pageSize = pageSizeOf(input.MaxRecords, 50);
    const [from = 0] = readPageToken(input.NextToken, 1) ?? [];
    const matching = [...state.alarms.values()]
      .filter((alarm) => matches(alarm, input))
      .sort((a, b) => (a.config.name < b.config.name ? -1 : 1));
    const { page, ...more } = pageFrom(matching, from, pageSize);
    return { MetricAlarms: page.map(alarmToWire), CompositeAlarms: [], ...more };
  },
});

function matches(alarm: Alarm, input: Input): boolean {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix } = input;
  if (AlarmTypes !== undefined && AlarmTypes.length > 0 && !AlarmTypes.includes('MetricAlarm')) return false;
  if (AlarmNames !== undefined && AlarmNames.length > 0 && !AlarmNames.includes(alarm.config.name)) return false;
  if (AlarmNamePrefix !== undefined && !alarm.config.name.startsWith(AlarmNamePrefix)) return false;
  if (StateValue !== undefined && alarm.state !== StateValue) return false;
  if (ActionPrefix === undefined) return true;
  return Object.values(alarm.config.actions).some((arns) => arns.some((arn) => arn.startsWith(ActionPrefix)));
}
