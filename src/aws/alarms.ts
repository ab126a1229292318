/** CloudWatch alarms as configuration, and their history as events. */
import type { AlarmHistoryItem, MetricAlarm as SdkAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmState, ComparisonOperator, TreatMissingData } from '../core/alarms/types.ts';
import type { NewEvent } from '../core/model/events.ts';
import type { MetricAlarm, Statistic } from '../core/model/resources.ts';
import { type Caller, everyPage } from './caller.ts';
import type { Discovery } from './interface.ts';

export async function discoverAlarms(
  caller: Caller,
  connectionId: string,
  signal: AbortSignal,
): Promise<{ alarms: MetricAlarm[]; leftOut: Discovery['leftOut'] }> {
  const { DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = await caller.clients.cloudWatch();
  const found = await everyPage(async (token) => {
    const command = new DescribeAlarmsCommand({
      AlarmTypes: ['MetricAlarm'],
      MaxRecords: 100,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const page = await caller.call('cloudwatch:DescribeAlarms', signal, (options) => client.send(command, options));
    return { items: page.MetricAlarms ?? [], next: page.NextToken };
  });
  const alarms: MetricAlarm[] = [];
  const leftOut: Discovery['leftOut'][number][] = [];
  for (const alarm of found) {
    const converted = metricAlarm(connectionId, alarm);
    if (typeof converted === 'string') leftOut.push({ what: 'alarm', name: alarm.AlarmName ?? '', why: converted });
    else alarms.push(converted);
  }
  return { alarms, leftOut };
}

const statistics: readonly Statistic[] = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];
const operators: readonly ComparisonOperator[] = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const treatments: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const states: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** @returns why the alarm cannot be modelled, for those on expressions, percentiles or anomaly bands */
export function metricAlarm(connectionId: string, alarm: SdkAlarm): MetricAlarm | string {
  const { AlarmName: name, AlarmArn: arn, Namespace: namespace, MetricName: metricName, Period: periodSeconds } = alarm;
  const statistic = statistics.find((known) => known === alarm.Statistic);
  const comparisonOperator = operators.find((known) => known === alarm.ComparisonOperator);
  if (name === undefined || arn === undefined) return 'no name';
  if (namespace === undefined || metricName === undefined) return 'on an expression';
  if (statistic === undefined) return `statistic ${alarm.Statistic ?? alarm.ExtendedStatistic ?? 'unknown'}`;
  if (comparisonOperator === undefined) return `comparison ${alarm.ComparisonOperator ?? 'unknown'}`;
  if (periodSeconds === undefined || alarm.Threshold === undefined) return 'no period or threshold';
  const evaluationPeriods = alarm.EvaluationPeriods ?? 1;
  return {
    name,
    arn,
    connectionId,
    metric: {
      namespace,
      metricName,
      dimensions: Object.fromEntries((alarm.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
    },
    statistic,
    rule: {
      periodSeconds,
      evaluationPeriods,
      datapointsToAlarm: alarm.DatapointsToAlarm ?? evaluationPeriods,
      threshold: alarm.Threshold,
      comparisonOperator,
      treatMissingData: treatments.find((known) => known === alarm.TreatMissingData) ?? 'missing',
    },
    actionsEnabled: alarm.ActionsEnabled ?? true,
    alarmActions: alarm.AlarmActions ?? [],
    state: states.find((known) => known === alarm.StateValue) ?? 'INSUFFICIENT_DATA',
    stateUpdatedAtMs: alarm.StateUpdatedTimestamp?.getTime() ?? 0,
  };
}

export async function readAlarmHistory(
  caller: Caller,
  connectionId: string,
  sinceMs: number,
  resourceIdOf: (alarmName: string) => string | null,
  signal: AbortSignal,
): Promise<NewEvent[]> {
  const { DescribeAlarmHistoryCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = await caller.clients.cloudWatch();
  const items = await everyPage(async (token) => {
    const command = new DescribeAlarmHistoryCommand({
      AlarmTypes: ['MetricAlarm'],
      StartDate: new Date(sinceMs),
      ScanBy: 'TimestampAscending',
      MaxRecords: 100,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const page = await caller.call('cloudwatch:DescribeAlarmHistory', signal, (options) =>
      client.send(command, options),
    );
    return { items: page.AlarmHistoryItems ?? [], next: page.NextToken };
  });
  return items
    .flatMap((item) => historyEvent(connectionId, item, resourceIdOf))
    .filter((event) => event.atMs >= sinceMs)
    .sort((a, b) => a.atMs - b.atMs);
}

/** One item of the history as an event; none for kinds that are about something else. */
export function historyEvent(
  connectionId: string,
  item: AlarmHistoryItem,
  resourceIdOf: (alarmName: string) => string | null,
): NewEvent[] {
  const { AlarmName: alarmName, Timestamp: timestamp, HistoryItemType: type, HistorySummary: summary = '' } = item;
  if (alarmName === undefined || timestamp === undefined) return [];
  const told = historyData(item.HistoryData);
  const common = {
    connectionId,
    resourceId: resourceIdOf(alarmName),
    atMs: timestamp.getTime(),
    endMs: null,
    // The history has no ids; one alarm can run several actions in one millisecond, which differ in their summary.
    sourceId: `${alarmName}|${type}|${timestamp.getTime()}|${summary}`,
  };
  if (type === 'StateUpdate') {
    const words = /from (\w+) to (\w+)/.exec(summary);
    const from = text(told, 'oldState', 'stateValue') ?? words?.[1] ?? '';
    const to = text(told, 'newState', 'stateValue') ?? words?.[2] ?? '';
    const reason = text(told, 'newState', 'stateReason') ?? '';
    return [
      {
        ...common,
        kind: 'alarm-state',
        title: `${alarmName}: ${from} → ${to}`,
        detail: reason,
        data: { kind: 'alarm-state', alarmName, from, to, reason },
      },
    ];
  }
  if (type === 'Action') {
    return [
      {
        ...common,
        kind: 'alarm-action',
        title: `${alarmName}: ${summary}`,
        detail: text(told, 'error') ?? '',
        data: { kind: 'alarm-action', alarmName, summary },
      },
    ];
  }
  if (type === 'ConfigurationUpdate') {
    return [
      {
        ...common,
        kind: 'configuration',
        title: `${alarmName}: ${summary}`,
        detail: summary,
        data: {
          kind: 'configuration',
          what: alarmName,
          before: json(told.deletedAlarm),
          after: json(told.updatedAlarm ?? told.createdAlarm),
        },
      },
    ];
  }
  return [];
}

function historyData(data: string | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(data ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function text(value: unknown, ...path: string[]): string | undefined {
  let at = value;
  for (const name of path) at = (at as Record<string, unknown> | null | undefined)?.[name];
  return typeof at === 'string' ? at : undefined;
}

const json = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));
