/**
 * What is drawn across a chart: the alarms' thresholds and, on the same metric, the bounds of the step policies they
 * drive, as absolute values (UX-22, STEP-02). Pure.
 */
import type { AlarmInfo, GroupInfo, Measure } from '../../../core/contract/shapes.ts';
import type { Threshold } from '../../charts/TimeChart.tsx';
import type { Translate } from '../../i18n/index.ts';
import type { Format, Unit } from '../../time/format.ts';

const measureOfMetricName: Readonly<Record<string, Measure>> = {
  ApproximateNumberOfMessagesVisible: 'depth',
  ApproximateNumberOfMessagesNotVisible: 'inFlight',
  ApproximateNumberOfMessagesDelayed: 'delayed',
  ApproximateAgeOfOldestMessage: 'age',
  NumberOfMessagesSent: 'sent',
  NumberOfMessagesReceived: 'received',
  NumberOfMessagesDeleted: 'deleted',
  ApproximateNumberOfNoisyGroups: 'noisyGroups',
  ApproximateNumberOfMessagesVisibleInQuietGroups: 'quietDepth',
  ApproximateNumberOfMessagesNotVisibleInQuietGroups: 'quietInFlight',
  ApproximateNumberOfMessagesDelayedInQuietGroups: 'quietDelayed',
  ApproximateAgeOfOldestMessageInQuietGroups: 'quietAge',
  'GetRecords.IteratorAgeMilliseconds': 'iteratorAge',
};

export const operatorSign: Readonly<Record<AlarmInfo['comparisonOperator'], string>> = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

export function measureOfAlarm(alarm: Pick<AlarmInfo, 'metricName'>): Measure | undefined {
  return measureOfMetricName[alarm.metricName];
}

export function alarmThresholds(
  alarms: readonly AlarmInfo[],
  group: GroupInfo | null,
  measure: Measure,
  unit: Unit,
  t: Translate,
  f: Format,
): Threshold[] {
  const thresholds: Threshold[] = [];
  for (const alarm of alarms) {
    if (measureOfAlarm(alarm) !== measure) continue;
    // Counters are drawn per second, their alarms judge the sum of a period.
    const scale = unit === 'messages/s' ? alarm.periodSeconds : 1;
    thresholds.push({
      id: alarm.name,
      value: alarm.threshold / scale,
      label: `${alarm.name} ${operatorSign[alarm.comparisonOperator]} ${f.value(alarm.threshold / scale, unit)} · ${t(`alarm.${alarm.state}`)}`,
      tone: 'alarm',
    });
    for (const { policy, alarmNames } of group?.policies ?? []) {
      if (!alarmNames.includes(alarm.name)) continue;
      const rising = alarm.comparisonOperator.startsWith('Greater');
      for (const [i, step] of policy.steps.entries()) {
        const bound = rising ? step.lowerBound : step.upperBound;
        // The first step begins at the threshold itself, which is drawn already.
        if (bound === null || bound === 0) continue;
        thresholds.push({
          id: `${alarm.name}/${policy.name}/${i}`,
          value: (alarm.threshold + bound) / scale,
          label: t('threshold.step', {
            policy: policy.name,
            change: adjustmentText(policy.adjustmentType, step.adjustment),
            value: f.value((alarm.threshold + bound) / scale, unit),
          }),
          tone: 'step',
        });
      }
    }
  }
  return thresholds;
}

/** "+4", "=10", "+30 %" */
export function adjustmentText(
  type: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity',
  amount: number,
): string {
  if (type === 'ExactCapacity') return `=${amount}`;
  const signed = amount > 0 ? `+${amount}` : String(amount).replace('-', '−');
  return type === 'PercentChangeInCapacity' ? `${signed} %` : signed;
}
