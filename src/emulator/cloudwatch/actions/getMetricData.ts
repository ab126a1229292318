/**
 * GetMetricData: many series in one call, paged by datapoints, newest first unless ScanBy says otherwise.
 *
 * A page fills up query by query, so one series may go on in the next page; its part is marked PartialData. The first
 * page fixes the instant everything is read as of, so that pages fit together while the clock runs on.
 */
import { numbersToken } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { decimal, flag, list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { Alignment } from '../alignment.ts';
import { validationError } from '../errors.ts';
import { evaluateExpression, operandIds, parseExpression, type QueryIds } from '../expression.ts';
import { minuteMs, type ReadPoints, readPoints, retentionMinutes } from '../metricStore.ts';
import { readPageToken } from '../paging.ts';
import type { CloudWatchState } from '../state.ts';
import {
  checkReadPeriod,
  dimensionsFromWire,
  dimensionsShape,
  statisticFromWire,
  type WireDimension,
} from '../wireShapes.ts';

interface Query {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace?: string;
      readonly MetricName?: string;
      readonly Dimensions?: readonly WireDimension[];
    };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  /** Of an expression that names no metric. */
  readonly Period?: number;
}

interface Input {
  readonly MetricDataQueries: readonly Query[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly ScanBy?: string;
  readonly MaxDatapoints?: number;
}

interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly number[];
  readonly Values: readonly number[];
  readonly StatusCode: 'Complete' | 'PartialData';
}

const mostDatapoints = 100_800;
/** STAT-05. */
const keptMinutes = (periodSeconds: number): number => (periodSeconds < 60 ? 3 * 60 : retentionMinutes);

export const getMetricData = defineAction<
  CloudWatchState,
  Input,
  { MetricDataResults: Result[]; Messages: never[]; NextToken?: string }
>({
  name: 'GetMetricData',
  input: structure({
    MetricDataQueries: required(
      list(
        structure({
          Id: required(text),
          MetricStat: structure({
            Metric: required(structure({ Namespace: text, MetricName: text, Dimensions: dimensionsShape })),
            Period: required(whole()),
            Stat: required(text),
            Unit: text,
          }),
          Expression: text,
          Label: text,
          ReturnData: flag,
          Period: whole(),
          AccountId: text,
        }),
      ),
    ),
    StartTime: required(timestamp),
    EndTime: required(timestamp),
    NextToken: text,
    ScanBy: text,
    MaxDatapoints: whole(),
    LabelOptions: structure({ Timezone: text }),
  }),
  output: structure({
    MetricDataResults: list(
      structure({
        Id: text,
        Label: text,
        Timestamps: list(timestamp),
        Values: list(decimal),
        StatusCode: text,
        Messages: list(structure({ Code: text, Value: text })),
      }),
    ),
    NextToken: text,
    Messages: list(structure({ Code: text, Value: text })),
  }),
  run(state, input) {
    checkQueries(input.MetricDataQueries);
    if (!(input.StartTime < input.EndTime)) {
      throw validationError('The parameter StartTime must be less than the parameter EndTime.');
    }
    const newestFirst = scanBy(input.ScanBy);
    const limit = input.MaxDatapoints ?? mostDatapoints;
    if (limit < 1 || limit > mostDatapoints) {
      throw validationError(`The parameter MaxDatapoints must be between 1 and ${mostDatapoints}.`);
    }
    const [firstQuery = 0, firstPoint = 0, asOfMs = state.world.nowMs()] = readPageToken(input.NextToken, 3) ?? [];
    const returned = input.MetricDataQueries.filter((query) => query.ReturnData !== false);
    const reader = createReader(state, input, asOfMs);
    const results: Result[] = [];
    let room = limit;
    for (let index = firstQuery; index < returned.length; index++) {
      const query = returned[index]!;
      // Room is used up and this query begins a page of its own.
      if (room === 0) return { MetricDataResults: results, Messages: [], NextToken: numbersToken(index, 0, asOfMs) };
      const from = index === firstQuery ? firstPoint : 0;
      const points = reader.points(query);
      const count = Math.min(room, points.values.length - from);
      const done = from + count >= points.values.length;
      results.push(resultOf(query, points, { from, count, newestFirst, done }));
      room -= Math.max(0, count);
      if (!done) {
        return { MetricDataResults: results, Messages: [], NextToken: numbersToken(index, from + count, asOfMs) };
      }
    }
    return { MetricDataResults: results, Messages: [] };
  },
});

function checkQueries(queries: readonly Query[]): void {
  if (queries.length === 0) throw validationError('The parameter MetricDataQueries must not be empty.');
  if (queries.length > 500) {
    throw validationError('The collection MetricDataQueries must not have a size greater than 500.');
  }
  const ids = new Set<string>();
  for (const query of queries) {
    if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(query.Id)) {
      throw validationError(`The value ${query.Id} for parameter Id is not matching ^[a-z][a-zA-Z0-9_]*$.`);
    }
    if (ids.has(query.Id)) throw validationError(`The values for parameter Id in MetricDataQueries are not unique.`);
    ids.add(query.Id);
    if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
      throw validationError(`The query ${query.Id} must have exactly one of MetricStat and Expression.`);
    }
  }
  if (queries.every((query) => query.ReturnData === false)) {
    throw validationError('At least one query must have ReturnData set to true.');
  }
}

function scanBy(order: string | undefined): boolean {
  if (order === undefined || order === 'TimestampDescending') return true;
  if (order === 'TimestampAscending') return false;
  throw validationError(`The value ${order} for parameter ScanBy is invalid.`);
}

/** Reads each query once, whoever asks: the page itself or an expression that names it. */
function createReader(state: CloudWatchState, input: Input, asOfMs: number) {
  const byId = new Map(input.MetricDataQueries.map((query) => [query.Id, query]));
  const ids: QueryIds = {
    all: [...byId.keys()],
    metricPeriodsSeconds: new Map(
      input.MetricDataQueries.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat.Period] as const] : [])),
    ),
  };
  const read = new Map<string, ReadPoints>();
  const reading = new Set<string>();
  const alignment = new Alignment();

  function points(query: Query): ReadPoints {
    const known = read.get(query.Id);
    if (known !== undefined) return known;
    if (reading.has(query.Id)) throw validationError(`The expression of ${query.Id} depends on itself.`);
    reading.add(query.Id);
    const found = query.MetricStat === undefined ? computed(query) : stored(query.MetricStat);
    reading.delete(query.Id);
    read.set(query.Id, found);
    return found;
  }

  function stored({ Metric, Period, Stat, Unit }: NonNullable<Query['MetricStat']>): ReadPoints {
    checkReadPeriod(Period);
    const statistic = statisticFromWire(Stat);
    const series = state.store.find({
      namespace: Metric.Namespace ?? '',
      metricName: Metric.MetricName ?? '',
      dimensions: dimensionsFromWire(Metric.Dimensions),
    });
    const fits = series === undefined || Unit === undefined || Unit === series.unit;
    return readPoints(state.store, fits ? series : undefined, {
      statistic,
      periodSeconds: Period,
      startMs: input.StartTime,
      endMs: input.EndTime,
      asOfMs,
    });
  }

  function computed(query: Query): ReadPoints {
    const expression = parseExpression(query.Expression ?? '', ids);
    const operands = new Map(operandIds(expression, ids).map((id) => [id, points(byId.get(id)!)]));
    const shortestSeconds = Math.min(
      ...(query.Period === undefined ? ids.metricPeriodsSeconds.values() : [query.Period]),
    );
    const periodSeconds = Number.isFinite(shortestSeconds) ? shortestSeconds : 60;
    checkReadPeriod(periodSeconds);
    const timeline = {
      // Before the oldest point that may be kept there is nothing to fill, however early a request starts.
      startMs: Math.max(input.StartTime, asOfMs - keptMinutes(periodSeconds) * minuteMs),
      // Nothing is known of the time to come, so no function fills it.
      endMs: Math.min(input.EndTime, asOfMs),
      periodSeconds,
    };
    return evaluateExpression(expression, operands, ids, timeline, alignment);
  }

  return { points };
}

/** `from` and `count` are positions in the order the caller asked for. */
function resultOf(
  query: Query,
  points: ReadPoints,
  page: { from: number; count: number; newestFirst: boolean; done: boolean },
): Result {
  const Timestamps: number[] = [];
  const Values: number[] = [];
  const last = points.values.length - 1;
  for (let position = page.from; position < page.from + page.count; position++) {
    const index = page.newestFirst ? last - position : position;
    Timestamps.push(points.timesMs[index]!);
    Values.push(points.values[index]!);
  }
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
    Timestamps,
    Values,
    StatusCode: page.done ? 'Complete' : 'PartialData',
  };
}
