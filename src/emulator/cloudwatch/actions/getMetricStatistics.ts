/**
 * GetMetricStatistics: one metric, several statistics, at most 1,440 points. AWS returns them in no order; here oldest first.
 */
import { defineAction } from '../../service.ts';
import { decimal, list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from '../errors.ts';
import { eachPeriod } from '../metricStore.ts';
import { statisticOf } from '../minuteSeries.ts';
import type { CloudWatchState } from '../state.ts';
import {
  checkReadPeriod,
  dimensionsFromWire,
  dimensionsShape,
  statisticFromWire,
  type WireDimension,
} from '../wireShapes.ts';

interface Input {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly WireDimension[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
  readonly Statistics?: readonly string[];
  readonly ExtendedStatistics?: readonly string[];
  readonly Unit?: string;
}

const mostPoints = 1_440;

export const getMetricStatistics = defineAction<
  CloudWatchState,
  Input,
  { Label: string; Datapoints: Record<string, number | string>[] }
>({
  name: 'GetMetricStatistics',
  input: structure({
    Namespace: required(text),
    MetricName: required(text),
    Dimensions: dimensionsShape,
    StartTime: required(timestamp),
    EndTime: required(timestamp),
    Period: required(whole()),
    Statistics: list(text),
    ExtendedStatistics: list(text),
    Unit: text,
  }),
  output: structure({
    Label: text,
    Datapoints: list(
      structure({
        Timestamp: timestamp,
        SampleCount: decimal,
        Average: decimal,
        Sum: decimal,
        Minimum: decimal,
        Maximum: decimal,
        Unit: text,
      }),
    ),
  }),
  run(state, input) {
    if (input.ExtendedStatistics !== undefined && input.ExtendedStatistics.length > 0) {
      throw invalidParameterValue(
        'The parameter ExtendedStatistics is not supported: this emulator keeps statistic sets.',
      );
    }
    if (input.Statistics === undefined || input.Statistics.length === 0) {
      throw missingParameter('The parameter Statistics is required.');
    }
    checkReadPeriod(input.Period);
    if (!(input.StartTime < input.EndTime)) {
      throw invalidParameterCombination('The parameter StartTime must be less than the parameter EndTime.');
    }
    const asked = Math.ceil((input.EndTime - input.StartTime) / 1_000 / input.Period);
    if (asked > mostPoints) {
      throw invalidParameterCombination(
        `You have requested up to ${asked.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const statistics = input.Statistics.map(statisticFromWire);
    const series = state.store.find({
      namespace: input.Namespace,
      metricName: input.MetricName,
      dimensions: dimensionsFromWire(input.Dimensions),
    });
    const Datapoints: Record<string, number | string>[] = [];
    if (series !== undefined && (input.Unit === undefined || input.Unit === series.unit)) {
      const query = {
        periodSeconds: input.Period,
        startMs: input.StartTime,
        endMs: input.EndTime,
        asOfMs: state.world.nowMs(),
      };
      eachPeriod(state.store, series, query, (timeMs, set) => {
        const point: Record<string, number | string> = { Timestamp: timeMs, Unit: series.unit };
        for (const statistic of statistics) point[statistic] = statisticOf(set, statistic);
        Datapoints.push(point);
      });
    }
    return { Label: input.MetricName, Datapoints };
  },
});
