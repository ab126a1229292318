/**
 * Single requests to counts per minute, with their times and sizes kept for a replay message by message.
 *
 * A minute without requests is a true zero. The first and the last minute are whole only by chance: they are noted.
 */
import type { ImportNoteKey } from '../../core/messages/importTerms.ts';
import { brokenFile } from './faults.ts';
import type { LinesOfRows } from './growing.ts';
import type { Rows } from './rows.ts';
import { type Assembled, isoOf } from './series.ts';
import { type ImportNote, mostBuckets, type TraceLimits, type TraceOptions } from './types.ts';

const MINUTE_MS = 60_000;
/** Rows that are enough to tell requests from periods. */
const PROBE_ROWS = 2000;

/**
 * Whether rows are single events: fewer than half of the distances between them are the usual one, and that is not 0.
 */
export function looksLikeRequests(times: Float64Array): boolean {
  const rows = Math.min(times.length, PROBE_ROWS);
  if (rows < 3) return false;
  const counts = new Map<number, number>();
  for (let row = 1; row < rows; row++) {
    const gap = Math.round(Math.abs(times[row]! - times[row - 1]!));
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  let usual = 0;
  let most = 0;
  for (const [gap, count] of counts) if (count > most) [usual, most] = [gap, count];
  return usual === 0 || usual < 1000 || most * 2 < rows - 1;
}

export function assembleRequests(rows: Rows, options: TraceOptions, limits: TraceLimits): Assembled {
  const notes: ImportNote[] = [];
  const add = (note: ImportNoteKey, params: ImportNote['params']) => notes.push({ note, params });
  const times = rows.timesMs.column;
  const order = inOrder(times, rows.lines, add);
  const firstMs = times[order?.[0] ?? 0]!;
  const lastMs = times[order?.at(-1) ?? times.length - 1]!;
  const startMs = Math.floor(firstMs / MINUTE_MS) * MINUTE_MS;
  const minutes = Math.floor((lastMs - startMs) / MINUTE_MS) + 1;
  const most = mostBuckets(times.length, limits);
  if (minutes > most) {
    const params = { from: isoOf(firstMs), to: isoOf(lastMs), period: 60, limit: most };
    throw brokenFile(options.file, rows.lines.of(times.length - 1), 'trace-span', params);
  }
  const values = new Float64Array(minutes);
  for (const time of times) values[Math.floor((time - startMs) / MINUTE_MS)]!++;
  const treatment = options.partial === 'drop' ? 'dropped' : 'kept';
  // A log that begins or ends within a second of the minute's border covers it.
  const missing = (firstMs - startMs) / 1000;
  const covered = (lastMs - startMs) / 1000 - (minutes - 1) * 60;
  if (missing >= 1) {
    add('partialFirst', { detail: `${Math.round(missing * 1000) / 1000} s < ${isoOf(firstMs)}`, treatment });
    if (treatment === 'dropped') values[0] = Number.NaN;
  }
  if (covered < 59) {
    add('partialLast', { detail: `${isoOf(lastMs)} + ${Math.round((60 - covered) * 1000) / 1000} s`, treatment });
    if (treatment === 'dropped') values[minutes - 1] = Number.NaN;
  }
  const kept = Math.min(times.length, limits.keptRequests);
  if (kept < times.length) add('sizesDropped', { kept, count: times.length });
  const inPlace = (column: Float64Array) =>
    Float64Array.from({ length: kept }, (_, place) => column[order?.[place] ?? place]!);
  return {
    trace: {
      startSeconds: startMs / 1000,
      periodSeconds: 60,
      values,
      quantity: 'count',
      requests: {
        seconds: inPlace(times).map((time) => (time - startMs) / 1000),
        sizes: rows.names.map((name, column) => ({ name, values: inPlace(rows.values[column]!.column) })),
      },
    },
    notes,
    holes: [],
  };
}

/** null: already in order. */
function inOrder(
  times: Float64Array,
  lines: LinesOfRows,
  add: (note: ImportNoteKey, params: ImportNote['params']) => void,
): Uint32Array | null {
  let falls = 0;
  let line = 0;
  for (let row = 1; row < times.length; row++) {
    if (times[row]! >= times[row - 1]!) continue;
    falls++;
    if (line === 0) line = lines.of(row);
  }
  if (falls === 0) return null;
  add('unsorted', { count: falls, line });
  return Uint32Array.from(times, (_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
}
