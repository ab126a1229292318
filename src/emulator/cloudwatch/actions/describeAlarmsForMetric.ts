/**
 * DescribeAlarmsForMetric: the alarms that watch exactly this metric.
 */
import { defineAction } from '../../service.ts';
import { list, required, structure, text, whole } from '../../wire/shapes.ts';
import { alarmToWire } from '../alarm.ts';
import { metricKey } from '../metricStore.ts';
import type { CloudWatchState } from '../state.ts';
import { dimensionsFromWire, dimensionsShape, type WireDimension } from '../wireShapes.ts';
import { metricAlarmShape } from './describeAlarms.ts';

interface Input {
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Dimensions?: readonly WireDimension[];
  readonly Statistic?: string;
  readonly Period?: number;
}

export const describeAlarmsForMetric = defineAction<
  CloudWatchState,
  Input,
  { MetricAlarms: Record<string, unknown>[] }
>({
  name: 'DescribeAlarmsForMetric',
  input: structure({
    MetricName: required(text),
    Namespace: required(text),
    Dimensions: dimensionsShape,
    Statistic: text,
    ExtendedStatistic: text,
    Period: whole(),
    Unit: text,
  }),
  output: structure({ MetricAlarms: list(metricAlarmShape) }),
  run(state, input) {
    const key = metricKey({
      namespace: input.Namespace,
      metricName: input.MetricName,
      dimensions: dimensionsFromWire(input.Dimensions),
    });
    const matching = [...state.alarms.values()].filter(
      ({ config }) =>
        metricKey(config.metric) === key &&
        (input.Statistic === undefined || input.Statistic === config.statistic) &&
        (input.Period === undefined || input.Period === config.rule.periodSeconds),
    );
    return { MetricAlarms: matching.map(alarmToWire) };
  },
});
