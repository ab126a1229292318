/**
 * The import of a trace: text in chunks in, a trace or questions out, with a report.
 *
 * Memory holds times and values, never the text. Nothing is written anywhere; a cancelled or refused import leaves nothing.
 * Rules: docs/rules/import.md. Not here: opening files (cli, engine hand in chunks), turning a trace into what a replay
 * takes (transform.ts).
 */
import { SpillwayError } from '../../core/errors.ts';
import type { ImportNoteKey } from '../../core/messages/importTerms.ts';
import { isTimeZone } from '../../core/time/zone.ts';
import { csvReader } from './csv.ts';
import { brokenFile, invalidField } from './faults.ts';
import { jsonReader } from './json.ts';
import { lineReader } from './lines.ts';
import { metricDataReader } from './metricData.ts';
import { assembleRequests, looksLikeRequests } from './requests.ts';
import { Rows } from './rows.ts';
import { assembleSeries, isoOf } from './series.ts';
import {
  defaultLimits,
  type ImportNote,
  type ImportQuestion,
  type TraceFormat,
  type TraceImport,
  type TraceLimits,
  type TraceOptions,
} from './types.ts';

export interface TraceReader {
  /** @throws SpillwayError for what cannot be read, CANCELLED, FILE_TOO_LARGE */
  push(chunk: string): void;
  finish(): TraceImport;
}

/** Whatever text was read by, in the words the end needs. */
interface Source {
  push(chunk: string): void;
  end(): {
    readonly format: TraceFormat;
    readonly statedPeriodSeconds: number | null;
    readonly notes: ImportNote[];
  };
}

/** Rows between two questions whether to go on: some milliseconds. */
const ROWS_BETWEEN_CHECKS = 8192;

/** An import that is fed chunk by chunk; chunks may end anywhere, also in the middle of a line. */
export function createTraceReader(options: TraceOptions): TraceReader {
  const { file, zone } = options;
  if (zone !== undefined && !isTimeZone(zone)) throw invalidField(file, 1, 'zone', zone, 'trace-zone');
  const limits: TraceLimits = { ...defaultLimits, ...options.limits };
  const rows = new Rows(options, limits);
  let characters = 0;
  let source: Source | null = null;
  let waiting = '';
  const checkCancelled = () => {
    if (options.cancelled?.() === true) throw new SpillwayError('CANCELLED');
  };
  return {
    push(chunk) {
      checkCancelled();
      characters += chunk.length;
      if (characters > limits.characters) {
        throw new SpillwayError('FILE_TOO_LARGE', { file, bytes: characters, limitBytes: limits.characters });
      }
      if (source === null) {
        // The first character that is not white space tells JSON from lines.
        waiting += chunk;
        const first = waiting.trimStart()[0];
        if (first === undefined) return;
        source =
          first === '{' || first === '[' ? jsonSource(options, rows) : csvSource(options, limits, rows, checkCancelled);
        source.push(waiting);
        waiting = '';
      } else source.push(chunk);
      options.onProgress?.({ characters, rows: rows.timesMs.length });
    },
    finish() {
      const end = source?.end();
      checkCancelled();
      if (end === undefined || rows.timesMs.length === 0) throw brokenFile(file, 1, 'trace-empty');
      return assemble(options, limits, rows, end);
    },
  };
}

/**
 * The whole import.
 *
 * @param chunks text as it is read; for a file of any size they are read one after another
 * @throws SpillwayError as `createTraceReader`
 */
export async function importTrace(
  chunks: Iterable<string> | AsyncIterable<string>,
  options: TraceOptions,
): Promise<TraceImport> {
  const reader = createTraceReader(options);
  for await (const chunk of chunks) reader.push(chunk);
  return reader.finish();
}

function csvSource(options: TraceOptions, limits: TraceLimits, rows: Rows, checkCancelled: () => void): Source {
  const csv = csvReader(options, limits, rows);
  const lines = lineReader(options.file, limits.lineCharacters, (text, line) => {
    if (line % ROWS_BETWEEN_CHECKS === 0) checkCancelled();
    csv.line(text, line);
  });
  return {
    push: (chunk) => lines.push(chunk),
    end() {
      lines.end();
      const notes: ImportNote[] = [];
      if (lines.byteOrderMark) notes.push({ note: 'byteOrderMark', params: {} });
      if (lines.crlf > 0) notes.push({ note: 'crlf', params: {} });
      if (lines.noFinalNewline) notes.push({ note: 'noFinalNewline', params: {} });
      if (csv.ignored.length > 0) notes.push({ note: 'ignoredColumns', params: { names: csv.ignored.join(', ') } });
      return { format: csv.format, statedPeriodSeconds: csv.statedPeriodSeconds, notes };
    },
  };
}

function jsonSource(options: TraceOptions, rows: Rows): Source {
  const data = metricDataReader(options, rows);
  const json = jsonReader(options.file, data);
  let started = false;
  return {
    push(chunk) {
      const marked = !started && chunk.charCodeAt(0) === 0xfeff;
      started = true;
      json.push(marked ? chunk.slice(1) : chunk);
    },
    end() {
      json.end();
      data.finish(json.line);
      const notes: ImportNote[] =
        data.partial.length === 0 ? [] : [{ note: 'partialData', params: { names: data.partial.join(', ') } }];
      return { format: data.format, statedPeriodSeconds: null, notes };
    },
  };
}

/** Notes about single rows that carry a count and the first line, in the order they are told. */
const rowNotes: readonly ImportNoteKey[] = ['emptyLines', 'missingValues', 'negative'];

function assemble(options: TraceOptions, limits: TraceLimits, rows: Rows, end: ReturnType<Source['end']>): TraceImport {
  const json = end.format === 'get-metric-data' || end.format === 'get-metric-statistics';
  const kind = options.kind ?? (!json && looksLikeRequests(rows.timesMs.column) ? 'requests' : 'series');
  const column = kind === 'series' ? chosenColumn(options, rows) : null;
  const { trace, notes, holes } =
    column === null
      ? assembleRequests(rows, options, limits)
      : assembleSeries(rows, column, end.statedPeriodSeconds, options, limits);
  const questions: ImportQuestion[] = [];
  const { file } = options;
  if (rows.zoneless !== null) questions.push({ question: 'zone', params: { file, ...rows.zoneless }, choices: [] });
  if (kind === 'series' && rows.names.length > 1 && options.series === undefined) {
    questions.push({ question: 'series', params: { file, names: rows.names.join(', ') }, choices: rows.names });
  }
  const times = rows.timesMs.column;
  const [firstMs, lastMs] = extremes(times);
  return {
    report: {
      format: kind === 'requests' && end.format === 'plain' ? 'requests' : end.format,
      kind,
      rows: times.length,
      series: rows.names,
      chosen: kind === 'series' ? (options.series ?? rows.names[0] ?? null) : null,
      periodSeconds: trace.periodSeconds,
      firstMs,
      lastMs,
      notes: [...end.notes, ...timeNotes(options, rows, firstMs), ...seenNotes(rows), ...notes],
      holes,
    },
    questions,
    trace: questions.length === 0 ? trace : null,
  };
}

/** The column of values to read. One column holds whatever series was chosen while reading. */
function chosenColumn(options: TraceOptions, rows: Rows): number {
  if (options.series === undefined) return 0;
  const column = rows.names.indexOf(options.series);
  if (column < 0) {
    throw invalidField(options.file, 1, 'series', options.series, 'trace-series-name', {
      names: rows.names.join(', '),
    });
  }
  return rows.values.length === 1 ? 0 : column;
}

function timeNotes(options: TraceOptions, rows: Rows, firstMs: number): ImportNote[] {
  const notes: ImportNote[] = [];
  if (rows.zoneUsed.count > 0) notes.push({ note: 'zoneGiven', params: { zone: options.zone! } });
  if (rows.clock !== null && rows.clock.skipped > 0)
    notes.push({ note: 'skippedHour', params: { count: rows.clock.skipped } });
  if (rows.clock !== null && rows.clock.repeated > 0) {
    notes.push({ note: 'repeatedHour', params: { count: rows.clock.repeated } });
  }
  if (rows.relative) notes.push({ note: 'relativeTimes', params: { from: isoOf(firstMs) } });
  return notes;
}

function seenNotes(rows: Rows): ImportNote[] {
  return rowNotes.flatMap((note) => {
    const seen = rows.seen.get(note);
    return seen === undefined ? [] : [{ note, params: { count: seen.count, line: seen.line } }];
  });
}

function extremes(times: Float64Array): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [first, last];
}
