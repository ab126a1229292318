/**
 * CSV of any layout we know: plain, CloudWatch console, Grafana, request logs.
 *
 * The head is read first (names, the console's lines of labels, `sep=`), then every line is a row. Which column holds times
 * and which hold numbers is decided by the names and by the first row.
 */
import { readNumber, separatorOf, splitCells } from './cells.ts';
import { invalidField, refuseReserved } from './faults.ts';
import type { Rows } from './rows.ts';
import { readStamp } from './stamps.ts';
import type { TraceFormat, TraceLimits, TraceOptions } from './types.ts';

export interface CsvReader {
  readonly format: TraceFormat;
  /** The period a head line states, seconds; null: none. */
  readonly statedPeriodSeconds: number | null;
  readonly ignored: readonly string[];
  line(text: string, line: number): void;
}

interface Layout {
  readonly cells: number;
  readonly time: number;
  readonly timeName: string;
  /** Columns of numbers. */
  readonly values: readonly number[];
  /** Column that names the series of a row; -1: none. */
  readonly series: number;
}

/** First cells of the lines above the data in a download of a CloudWatch graph. */
const consoleLabels =
  /^(?:full label|label|id|unit|account(?: id)?|region|period|stat(?:istic)?|namespace|metric ?name|dimensions?|type|colou?r|y-?axis|)$/i;
const timeNames =
  /^(?:time|timestamp|date|datetime|date[ _]time|ts|t|at|.*stamp|(?:t|time|elapsed|offset)_(?:ns|us|ms|s|sec|seconds))(?: ?\([^)]*\))?$/i;
const seriesNames = /^(?:series|metric)$/i;

export function csvReader(options: TraceOptions, limits: TraceLimits, rows: Rows): CsvReader {
  const { file } = options;
  let separator: string | null = null;
  let names: string[] | null = null;
  let layout: Layout | null = null;
  const labels = new Map<string, string[]>();
  const seriesColumn = new Map<string, number>();
  const reader = {
    format: 'plain' as TraceFormat,
    statedPeriodSeconds: null as number | null,
    ignored: [] as string[],
    line(text: string, line: number): void {
      if (text.trim() === '') {
        rows.note('emptyLines', line);
        return;
      }
      if (layout === null) head(text, line);
      else row(layout, splitCells(file, text, line, separator!), line);
    },
  };

  function head(text: string, line: number): void {
    const stated = /^sep=(.)$/.exec(text);
    if (stated !== null) {
      separator = stated[1]!;
      return;
    }
    separator ??= separatorOf(text);
    const cells = splitCells(file, text, line, separator);
    if (cells.length > limits.columns) throw invalidField(file, line, 'columns', String(cells.length), 'trace-columns');
    const time = timeColumn(cells);
    if (time < 0) {
      headLine(cells, line);
      return;
    }
    layout = layoutOf(cells, time, line);
    row(layout, cells, line);
  }

  /** Where the time stands in a first row; -1: this is no row yet. */
  function timeColumn(cells: readonly string[]): number {
    const named = names?.findIndex((name) => timeNames.test(name)) ?? -1;
    // Below a head that names the column, the next line is a row, good or bad.
    if (named >= 0 && named < cells.length && labels.size === 0) return named;
    return cells.findIndex((cell) => {
      const stamp = readStamp(cell);
      return stamp !== null && (stamp.kind !== 'number' || stamp.value > 1e8);
    });
  }

  function headLine(cells: readonly string[], line: number): void {
    for (const cell of cells) refuseReserved(file, line, cell);
    if (consoleLabels.test(cells[0]!) && cells.length > 1) {
      labels.set(cells[0]!.toLowerCase(), [...cells]);
      reader.format = 'cloudwatch-console';
      const period = cells
        .slice(1)
        .map(Number)
        .find((value) => value > 0);
      if (/^period$/i.test(cells[0]!) && period !== undefined) reader.statedPeriodSeconds = period;
      return;
    }
    if (names !== null) throw invalidField(file, line, names[0] ?? 'time', cells[0]!, 'trace-stamp');
    names = [...cells];
    if (!cells.some((cell) => timeNames.test(cell)) && cells.length < 2) {
      throw invalidField(file, line, 'columns', cells.join(' '), 'trace-columns');
    }
    if (cells[0] === 'Time' || cells.some((cell) => seriesNames.test(cell))) reader.format = 'grafana';
  }

  function layoutOf(cells: readonly string[], time: number, line: number): Layout {
    const nameOf = (column: number) =>
      names?.[column] || labels.get('label')?.[column] || labels.get('full label')?.[column] || `column ${column + 1}`;
    const series = names?.findIndex((name, column) => column !== time && seriesNames.test(name)) ?? -1;
    const others = cells.map((_, column) => column).filter((column) => column !== time && column !== series);
    const headed = names !== null || labels.size > 0;
    // An empty cell is a missing number where the head names the column, and padding where it does not.
    const values = others.filter((column) => {
      const named = names?.[column] || labels.get('label')?.[column] || labels.get('full label')?.[column];
      return readNumber(cells[column]!) !== null && (!headed || Boolean(named));
    });
    reader.ignored = others.filter((column) => !values.includes(column) && cells[column] !== '').map(nameOf);
    if (values.length === 0) {
      // Only one column besides the time: then it is that one, and its cell is at fault.
      const [only] = others;
      if (only !== undefined) throw invalidField(file, line, nameOf(only), cells[only]!, 'trace-number');
      throw invalidField(file, line, 'columns', cells.join(' '), 'trace-columns');
    }
    if (series < 0) {
      rows.names = values.map(nameOf);
      for (const _ of values) rows.addColumn();
    } else {
      rows.addColumn();
    }
    return { cells: cells.length, time, timeName: names?.[time] ?? 'time', values, series };
  }

  function row(at: Layout, cells: readonly string[], line: number): void {
    if (cells.length !== at.cells) {
      throw invalidField(file, line, 'cells', String(cells.length), 'trace-cells', { count: at.cells });
    }
    const time = rows.timeMs(cells[at.time]!, at.timeName, line);
    const numbers = at.values.map((column, index) => {
      const value = readNumber(cells[column]!);
      if (value === null) throw invalidField(file, line, rows.names[index] ?? 'value', cells[column]!, 'trace-number');
      return value;
    });
    if (at.series >= 0 && !ofChosenSeries(cells[at.series]!, line)) return;
    rows.add(time, numbers, line);
  }

  /** Long form: each row names its series. Only the wanted one is kept, the first when none is named. */
  function ofChosenSeries(name: string, line: number): boolean {
    if (!seriesColumn.has(name)) {
      refuseReserved(file, line, name);
      seriesColumn.set(name, seriesColumn.size);
      rows.names = [...seriesColumn.keys()];
    }
    return name === (options.series ?? rows.names[0]);
  }
  return reader;
}
