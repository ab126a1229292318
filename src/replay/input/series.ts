/**
 * Rows to equal periods: order, period, grid, duplicates, holes, mixed periods, edges that look cut.
 *
 * Every repair is a note with its count and where it was first seen (IMP-20 to IMP-30).
 */
import type { ImportNoteKey } from '../../core/messages/importTerms.ts';
import { brokenFile, invalidField } from './faults.ts';
import type { Rows } from './rows.ts';
import {
  type ImportNote,
  mostBuckets,
  type Quantity,
  type Trace,
  type TraceLimits,
  type TraceOptions,
  type TraceReport,
} from './types.ts';

export interface Assembled {
  readonly trace: Trace;
  readonly notes: ImportNote[];
  readonly holes: TraceReport['holes'];
}

/** Rows in order of time. */
interface Ordered {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly lineOf: (row: number) => number;
}

const MOST_HOLES = 1000;
/** Rows in a row with another period than the usual one before that counts as one of its own and not as holes. */
const SECTION_ROWS = 4;
/** An hour of nothing but zeros is worth a word, when most of the trace is not zero. */
const ZERO_RUN_SECONDS = 3600;

export const isoOf = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

export function assembleSeries(
  rows: Rows,
  column: number,
  statedPeriodSeconds: number | null,
  options: TraceOptions,
  limits: TraceLimits,
): Assembled {
  const notes: ImportNote[] = [];
  const add = (note: ImportNoteKey, params: ImportNote['params'] = {}) => notes.push({ note, params });
  const ordered = inOrder(rows, column, add);
  const periodMs = (statedPeriodSeconds ?? usualGapMs(ordered.times) / 1000) * 1000;
  if (!(periodMs >= 1000)) {
    throw invalidField(options.file, ordered.lineOf(0) || 1, 'time', isoOf(ordered.times[0] ?? 0), 'trace-one-row');
  }
  const quantity = options.quantity ?? 'count';
  const originMs = gridOrigin(ordered.times, periodMs);
  const last = ordered.times.length - 1;
  const ownPeriods = sections(ordered, periodMs, quantity, add);
  const lastPeriodMs = ownPeriods?.[last] ?? periodMs;
  const buckets = bucketOf(ordered.times[last]!, lastPeriodMs, originMs, periodMs) + 1;
  const tail = Math.max(1, Math.round(lastPeriodMs / periodMs));
  const most = mostBuckets(ordered.times.length, limits);
  if (buckets + tail > most) {
    throw brokenFile(options.file, ordered.lineOf(last), 'trace-span', {
      from: isoOf(ordered.times[0]!),
      to: isoOf(ordered.times[last]!),
      period: periodMs / 1000,
      limit: most,
    });
  }
  const values = fillGrid(ordered, ownPeriods, originMs, periodMs, buckets + tail - 1, { options, quantity, add });
  // Whole minutes are the replay's grid: a series that is off it as a whole moves as a whole.
  const offMinuteMs = periodMs % 60_000 === 0 ? mod(originMs, 60_000) : mod(originMs, 1000);
  if (offMinuteMs > 0) add('offMinute', { seconds: offMinuteMs / 1000 });
  const startMs = originMs - offMinuteMs;
  edges(values, options, add);
  const holes = findHoles(values, startMs, periodMs, add);
  longestZeros(values, startMs, periodMs, add);
  fractions(values, quantity, add);
  return { trace: { startSeconds: startMs / 1000, periodSeconds: periodMs / 1000, values, quantity }, notes, holes };
}

type Add = (note: ImportNoteKey, params?: ImportNote['params']) => void;

const mod = (value: number, by: number): number => ((value % by) + by) % by;

function inOrder(rows: Rows, column: number, add: Add): Ordered {
  const times = rows.timesMs.column;
  const values = rows.values[column]!.column;
  const lineOf = (row: number) => rows.lines.of(row);
  let falls = 0;
  let rises = 0;
  let firstFall = 0;
  for (let row = 1; row < times.length; row++) {
    if (times[row]! < times[row - 1]!) {
      falls++;
      if (firstFall === 0) firstFall = lineOf(row);
    } else if (times[row]! > times[row - 1]!) rises++;
  }
  if (falls === 0) return { times, values, lineOf };
  if (rises === 0) add('newestFirst');
  else add('unsorted', { count: falls, line: firstFall });
  // By time, then as they came: which of two rows came first must stay known.
  const order = Uint32Array.from(times, (_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const sorted = (from: Float64Array) => Float64Array.from(order, (row) => from[row]!);
  return { times: sorted(times), values: sorted(values), lineOf: (row) => lineOf(order[row]!) };
}

/** The most frequent distance between neighbours with different times; 0 when there is none. */
export function usualGapMs(times: Float64Array): number {
  const counts = new Map<number, number>();
  for (let row = 1; row < times.length; row++) {
    const gap = Math.round(Math.abs(times[row]! - times[row - 1]!));
    if (gap > 0) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  let best = 0;
  let most = 0;
  for (const [gap, count] of counts) {
    if (count > most || (count === most && gap < best)) [best, most] = [gap, count];
  }
  return best;
}

/** First bucket's start: the grid on which most rows lie. */
function gridOrigin(times: Float64Array, periodMs: number): number {
  const counts = new Map<number, number>();
  for (const time of times) {
    const phase = Math.round(mod(time, periodMs));
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  let phase = 0;
  let most = 0;
  for (const [candidate, count] of counts) if (count > most) [phase, most] = [candidate, count];
  return Math.round((times[0]! - phase) / periodMs) * periodMs + phase;
}

/**
 * The period each row stands for. Usually the grid's; where several rows in a row lie equally far apart at another
 * distance, as after CloudWatch has joined old minutes, that distance.
 *
 * @returns null: all of them the grid's, which takes no memory
 */
function sections(ordered: Ordered, periodMs: number, quantity: Quantity, add: Add): Float64Array | null {
  const { times, lineOf } = ordered;
  let own: Float64Array | null = null;
  const found = new Map<number, { count: number; line: number }>();
  for (let from = 1; from < times.length; ) {
    const gap = times[from]! - times[from - 1]!;
    let to = from;
    while (to < times.length && times[to]! - times[to - 1]! === gap) to++;
    if (gap > 0 && gap !== periodMs && to - from >= SECTION_ROWS) {
      own ??= new Float64Array(times.length).fill(periodMs);
      own.fill(gap, from - 1, to - 1);
      // Its last row is of the same kind only when nothing closer follows.
      if (to === times.length || (gap > periodMs && times[to]! - times[to - 1]! >= gap)) own[to - 1] = gap;
      const known = found.get(gap);
      if (known === undefined) found.set(gap, { count: to - from, line: lineOf(from - 1) });
      else known.count += to - from;
    }
    from = to;
  }
  for (const [gap, { count, line }] of found) {
    const treatment = gap < periodMs ? 'joined' : quantity === 'count' ? 'spread' : 'repeated';
    add('mixedPeriods', { count, other: gap / 1000, period: periodMs / 1000, line, treatment });
  }
  return own;
}

/** A row of a shorter period belongs to the bucket it lies in, any other to the nearest. */
function bucketOf(timeMs: number, ownMs: number, originMs: number, periodMs: number): number {
  const exact = (timeMs - originMs) / periodMs;
  return ownMs < periodMs ? Math.floor(exact + 1e-9) : Math.round(exact);
}

function fillGrid(
  { times, values, lineOf }: Ordered,
  own: Float64Array | null,
  originMs: number,
  periodMs: number,
  buckets: number,
  { options, quantity, add }: { options: TraceOptions; quantity: Quantity; add: Add },
): Float64Array {
  const grid = new Float64Array(buckets).fill(Number.NaN);
  // Where every row has the grid's period, what fills a bucket twice comes one after the other.
  const filledBy = own === null ? null : new Int32Array(buckets).fill(-1);
  let lastFilled = -1;
  const treatment = options.duplicates ?? 'last';
  // Only a mean asks how many there were.
  const means = own !== null || treatment === 'mean';
  const shares = new Uint32Array(means ? buckets : 0);
  const duplicates = { count: 0, line: 0, differing: 0 };
  const off = { count: 0, line: 0, most: 0 };
  for (let row = 0; row < times.length; row++) {
    const ownMs = own === null ? periodMs : own[row]!;
    const joined = ownMs < periodMs;
    const bucket = bucketOf(times[row]!, ownMs, originMs, periodMs);
    const distance = Math.abs(times[row]! - originMs - bucket * periodMs);
    if (!joined && distance > 0.5) {
      off.count++;
      if (off.line === 0) off.line = lineOf(row);
      off.most = Math.max(off.most, distance / 1000);
    }
    const long = Math.max(1, Math.round(ownMs / periodMs));
    const value = values[row]! / (quantity === 'count' ? long : 1);
    for (let at = bucket; at < Math.min(bucket + long, buckets); at++) {
      if (at < 0) continue;
      const before = filledBy === null ? (at === lastFilled ? row - 1 : -1) : filledBy[at]!;
      const same = before >= 0 && (!joined || times[before] === times[row]);
      if (same) {
        duplicates.count++;
        if (duplicates.line === 0) duplicates.line = lineOf(row);
        if (values[before] !== values[row]) duplicates.differing++;
      }
      if (filledBy === null) lastFilled = at;
      else filledBy[at] = row;
      const rule = same ? treatment : joined ? (quantity === 'count' ? 'sum' : 'mean') : 'last';
      put(grid, shares, at, value, rule);
    }
  }
  if (duplicates.count > 0) add('duplicates', { ...duplicates, treatment });
  if (off.count > 0) {
    add('offGrid', {
      count: off.count,
      line: off.line,
      most: Math.round(off.most * 1000) / 1000,
      period: periodMs / 1000,
    });
  }
  return grid;
}

/** Put a value beside what the bucket has; a hole takes whatever comes. */
function put(
  grid: Float64Array,
  shares: Uint32Array,
  at: number,
  value: number,
  rule: 'first' | 'last' | 'sum' | 'mean',
): void {
  const has = grid[at]!;
  if (Number.isNaN(value)) return;
  if (Number.isNaN(has)) {
    grid[at] = value;
    shares[at] = 1;
  } else if (rule === 'last') grid[at] = value;
  else if (rule === 'sum') grid[at] = has + value;
  else if (rule === 'mean') {
    shares[at]!++;
    grid[at] = has + (value - has) / shares[at]!;
  }
}

const EDGE_NEIGHBOURS = 5;
const EDGE_SHARE = 0.6;

/** A first or last bucket far below its neighbours was probably cut by whoever made the file. */
function edges(values: Float64Array, options: TraceOptions, add: Add): void {
  if (values.length <= 2 * EDGE_NEIGHBOURS) return;
  const treatment = options.partial === 'drop' ? 'dropped' : 'kept';
  for (const [note, at, neighbours] of [
    ['partialFirst', 0, values.subarray(1, 1 + EDGE_NEIGHBOURS)],
    ['partialLast', values.length - 1, values.subarray(-1 - EDGE_NEIGHBOURS, -1)],
  ] as const) {
    const usual = neighbours.toSorted()[Math.floor(EDGE_NEIGHBOURS / 2)]!;
    // A few things more or less are chance: the square root of their number is what chance does.
    if (!(values[at]! < usual * EDGE_SHARE && usual - values[at]! > 3 * Math.sqrt(usual))) continue;
    add(note, { detail: `${round(values[at]!)} < ${round(usual)}`, treatment });
    if (treatment === 'dropped') values[at] = Number.NaN;
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;

function findHoles(values: Float64Array, startMs: number, periodMs: number, add: Add): TraceReport['holes'] {
  const holes: { fromMs: number; toMs: number }[] = [];
  let count = 0;
  let buckets = 0;
  let longest = 0;
  let longestFrom = 0;
  for (let from = 0; from < values.length; from++) {
    if (!Number.isNaN(values[from]!)) continue;
    let to = from;
    while (to < values.length && Number.isNaN(values[to]!)) to++;
    count++;
    buckets += to - from;
    if (to - from > longest) [longest, longestFrom] = [to - from, from];
    if (holes.length < MOST_HOLES) holes.push({ fromMs: startMs + from * periodMs, toMs: startMs + to * periodMs });
    from = to;
  }
  if (count > 0) {
    add('holes', {
      count,
      buckets,
      longest: (longest * periodMs) / 1000,
      from: isoOf(startMs + longestFrom * periodMs),
    });
  }
  return holes;
}

/** Zeros may mean an outage of what was measured, or of the measurement. */
function longestZeros(values: Float64Array, startMs: number, periodMs: number, add: Add): void {
  let zeros = 0;
  let longest = 0;
  let longestTo = 0;
  let run = 0;
  values.forEach((value, at) => {
    run = value === 0 ? run + 1 : 0;
    if (value === 0) zeros++;
    if (run > longest) [longest, longestTo] = [run, at + 1];
  });
  if (zeros * 2 > values.length || longest * periodMs < ZERO_RUN_SECONDS * 1000) return;
  const from = startMs + (longestTo - longest) * periodMs;
  add('zeroRun', { seconds: (longest * periodMs) / 1000, from: isoOf(from) });
}

/** Counts are whole. Spreading makes fractions too, but only in a section, and this asks for most values. */
function fractions(values: Float64Array, quantity: Quantity, add: Add): void {
  if (quantity !== 'count') return;
  let known = 0;
  let fractional = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    known++;
    if (!Number.isInteger(value)) fractional++;
  }
  if (fractional * 2 > known) add('fractions', { share: Math.round((100 * fractional) / known) });
}
