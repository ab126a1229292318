/**
 * Answers of CloudWatch saved as JSON: GetMetricData (one or more pages) and GetMetricStatistics.
 */
import { invalidField } from './faults.ts';
import type { JsonHandler, Path, Scalar } from './json.ts';
import type { Rows } from './rows.ts';
import type { TraceFormat, TraceOptions } from './types.ts';

export interface MetricDataReader extends JsonHandler {
  readonly format: TraceFormat;
  /** Ids or labels that CloudWatch marked as incomplete. */
  readonly partial: readonly string[];
  finish(lastLine: number): void;
}

const statistics = ['Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount'];

export function metricDataReader(options: TraceOptions, rows: Rows): MetricDataReader {
  const { file } = options;
  /** Of the result that is being read. */
  let result = emptyResult();
  let point: { time: Scalar | undefined; statistic: Map<string, number>; line: number } | null = null;
  let sawResults = false;
  const seriesNames: string[] = [];
  const partial: string[] = [];
  rows.addColumn();

  const reader = {
    format: 'get-metric-data' as TraceFormat,
    partial,
    open(path: Path, line: number): void {
      if (path.at(-1) === 'MetricDataResults' || path.at(-1) === 'Datapoints') sawResults = true;
      if (path.at(-2) === 'MetricDataResults') result = emptyResult();
      if (path.at(-2) === 'Datapoints') {
        reader.format = 'get-metric-statistics';
        point = { time: undefined, statistic: new Map(), line };
      }
    },
    scalar(path: Path, value: Scalar, line: number): void {
      const name = path.at(-1);
      if (path.at(-3) === 'MetricDataResults') {
        if (name === 'Id') result.id = String(value);
        if (name === 'Label') result.label = String(value);
        if (name === 'StatusCode' && value === 'PartialData') result.partial = true;
      } else if (path.at(-4) === 'MetricDataResults' && path.at(-2) === 'Timestamps') {
        result.times.push(timeOf(value, line));
        result.lines.push(line);
      } else if (path.at(-4) === 'MetricDataResults' && path.at(-2) === 'Values') {
        result.values.push(numberOf(value, 'Values', line));
      } else if (point !== null && path.at(-3) === 'Datapoints') {
        if (name === 'Timestamp') point.time = timeOf(value, line);
        else if (typeof name === 'string' && statistics.includes(name))
          point.statistic.set(name, numberOf(value, name, line));
      }
    },
    close(path: Path, line: number): void {
      if (path.at(-2) === 'MetricDataResults') endResult(line);
      else if (path.at(-2) === 'Datapoints') endPoint(line);
    },
    finish(lastLine: number): void {
      if (!sawResults) throw invalidField(file, lastLine, 'JSON', '{…}', 'trace-json-shape');
      rows.names = seriesNames;
    },
  };

  function endResult(line: number): void {
    const { times, values, lines } = result;
    if (times.length !== values.length) {
      throw invalidField(file, line, 'Values', String(values.length), 'trace-same-length', { count: times.length });
    }
    const name = result.label || result.id || `series ${seriesNames.length + 1}`;
    // A further page repeats the id; another metric may repeat the label.
    const known = seriesNames.includes(name);
    if (!known) seriesNames.push(name);
    if (result.partial && !partial.includes(name)) partial.push(name);
    if (name !== (options.series ?? seriesNames[0])) return;
    times.forEach((timeMs, index) => {
      rows.add(timeMs, [values[index]!], lines[index]!);
    });
  }

  function endPoint(line: number): void {
    const { time, statistic } = point!;
    point = null;
    if (typeof time !== 'number') throw invalidField(file, line, 'Timestamp', '', 'trace-stamp');
    if (seriesNames.length === 0) seriesNames.push(...statistics.filter((name) => statistic.has(name)));
    const value = statistic.get(options.series ?? seriesNames[0] ?? '');
    rows.add(time, [value ?? Number.NaN], line);
  }

  function timeOf(value: Scalar, line: number): number {
    return rows.timeMs(String(value), 'Timestamps', line);
  }

  function numberOf(value: Scalar, field: string, line: number): number {
    if (typeof value === 'number') return value;
    if (value === null || value === 'NaN') return Number.NaN;
    throw invalidField(file, line, field, String(value), 'trace-number');
  }
  return reader;
}

interface Result {
  id: string;
  label: string;
  partial: boolean;
  readonly times: number[];
  readonly values: number[];
  readonly lines: number[];
}

function emptyResult(): Result {
  return { id: '', label: '', partial: false, times: [], values: [], lines: [] };
}
