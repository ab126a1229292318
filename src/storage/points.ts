/**
 * Datapoints: a durable tick log, the same points in memory, and sealed daily chunks.
 *
 * A poll is one log row, so writing costs what the poll weighs and not one page per series. Reading takes the chunks
 * and lays the unsealed points over them, because those are newer. A day that arrives in one piece (a backfill) goes
 * straight to its chunk. Nothing is acknowledged before its transaction; memory follows the file, never leads it.
 */
import type { Database } from 'better-sqlite3';
import { noPoints, type Points, type SeriesKey, seriesKeyText } from '../core/model/series.ts';
import { ByteReader, ByteWriter, decodeColumns, decodeEach, encodeColumns } from './codec.ts';
import { Head } from './head.ts';
import type { SeriesBatch, SeriesId } from './interface.ts';

export const daySeconds = 86_400;
/** Series ids fill the low 20 bits of a chunk's key. */
const maxSeries = 2 ** 20;
/** From so many points of one day in one poll, a day is written as a chunk at once: 2 h of minutes. */
const directPoints = 120;

/** The queries that must stay fast; their plans are tested. */
export const pointQueries = {
  chunkOfDay: 'SELECT data FROM chunk WHERE id = ?',
  saveChunk:
    'INSERT INTO chunk (id, n, data) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET n = excluded.n, data = excluded.data',
  removeChunk: 'DELETE FROM chunk WHERE id = ?',
  addTick: 'INSERT INTO tick (connection_id, min_time, max_time, data) VALUES (?, ?, ?, ?)',
  allTicks: 'SELECT data FROM tick ORDER BY id',
} as const;

interface Columns {
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

interface Series {
  readonly id: SeriesId;
  readonly key: SeriesKey;
  firstDay: number | null;
  lastDay: number | null;
  /** Points in chunks. */
  chunked: number;
  readonly head: Head;
}

/** One day of one series that a transaction writes as a chunk, and what the registry must know after it. */
interface ChunkWrite {
  readonly series: Series;
  readonly day: number;
  readonly points: Points;
  readonly added: number;
}

export interface PreparedPoints {
  /** Inside the transaction. */
  write(): void;
  /** After it was committed. */
  apply(): void;
}

export class PointStore {
  readonly #db: Database;
  readonly #byId = new Map<SeriesId, Series>();
  readonly #byText = new Map<string, Series>();
  readonly #byMetric = new Map<string, Series[]>();
  /** Callers hold on to their keys, and a key's text costs more than the rest of a lookup. */
  readonly #byKey = new WeakMap<SeriesKey, Series>();
  /** Numbers given out whose rows are not in the file yet, with their key text. */
  readonly #unsaved = new Map<SeriesId, string>();
  readonly #writer = new ByteWriter();
  #nextId = 1;
  /** A seal was begun and not finished: the log still holds points that chunks hold, too. */
  #sealing = false;
  #ticksMinTime = Number.POSITIVE_INFINITY;
  readonly #chunkOfDay;
  readonly #saveChunk;
  readonly #removeChunk;
  readonly #addTick;
  readonly #addSeries;
  readonly #updateSeries;

  constructor(db: Database) {
    this.#db = db;
    this.#chunkOfDay = db.prepare<[number], Buffer>(pointQueries.chunkOfDay).pluck();
    this.#saveChunk = db.prepare<[number, number, Buffer]>(pointQueries.saveChunk);
    this.#removeChunk = db.prepare<[number]>(pointQueries.removeChunk);
    this.#addTick = db.prepare<[string, number, number, Buffer]>(pointQueries.addTick);
    this.#addSeries = db.prepare<[number, string, string, string]>(
      'INSERT INTO series (id, connection_id, key, body) VALUES (?, ?, ?, ?)',
    );
    // Relative, because several days of one series may be in one transaction.
    this.#updateSeries = db.prepare<[{ day: number; added: number; id: number }]>(
      `UPDATE series SET first_day = min(ifnull(first_day, :day), :day), last_day = max(ifnull(last_day, :day), :day),
       points = points + :added WHERE id = :id`,
    );
    this.#load();
  }

  get seriesCount(): number {
    return this.#byId.size;
  }

  /** A revised point counts twice until its day is sealed. */
  get pointCount(): number {
    let count = 0;
    for (const series of this.#byId.values()) count += series.chunked + series.head.length;
    return count;
  }

  /** Takes a number in memory only; its row is written with the first points, so that 1,600 series cost no 1,600 commits. */
  seriesId(key: SeriesKey): SeriesId {
    const known = this.#find(key);
    if (known !== undefined) return known.id;
    const text = seriesKeyText(key);
    const id = this.#nextId++;
    if (id >= maxSeries) throw new Error(`a database holds at most ${maxSeries} series`);
    const series = { id, key, firstDay: null, lastDay: null, chunked: 0, head: new Head() };
    this.#register(series, text);
    this.#unsaved.set(id, text);
    return id;
  }

  seriesMatching(
    connectionId: string,
    namespace: string,
    metricName: string,
    dimensions: Readonly<Record<string, string>>,
  ): SeriesKey[] {
    const wanted = Object.entries(dimensions);
    return (this.#byMetric.get(metricText(connectionId, namespace, metricName)) ?? [])
      .filter(({ key }) => wanted.every(([name, value]) => key.dimensions[name] === value))
      .map(({ key }) => key);
  }

  points(key: SeriesKey, fromSeconds: number, toSeconds: number): Points {
    const series = this.#find(key);
    if (series === undefined || !(toSeconds > fromSeconds)) return noPoints;
    const parts = this.#chunksOf(series, fromSeconds, toSeconds);
    const head = series.head.range(fromSeconds, toSeconds);
    return overlay(parts, head);
  }

  lastPoint(key: SeriesKey): { time: number; value: number } | undefined {
    const series = this.#find(key);
    if (series === undefined) return undefined;
    const { head, lastDay } = series;
    const chunk = lastDay === null ? undefined : this.#readChunk(series.id, lastDay);
    const newest = chunk?.times.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (head.length > 0 && head.timeAt(head.length - 1) >= newest) {
      return { time: head.timeAt(head.length - 1), value: head.valueAt(head.length - 1) };
    }
    return chunk && { time: newest, value: chunk.values.at(-1)! };
  }

  /**
   * Sorts a poll's points into log and chunks. Points already stored with the same value are dropped: the recorder asks
   * for the last minutes again and again. Throws when a series is unknown or a time is not a whole number (bugs).
   */
  prepare(connectionId: string, batches: readonly SeriesBatch[]): PreparedPoints {
    const ticks: { series: Series; columns: Columns }[] = [];
    const chunks: ChunkWrite[] = [];
    for (const [seriesId, columns] of bySeries(batches)) {
      const series = this.#byId.get(seriesId);
      if (series === undefined) throw new Error(`series ${seriesId} was never registered`);
      const rest = columns.times.length < directPoints ? columns : this.#takeDays(series, asPoints(columns), chunks);
      const logged = unknownTo(series.head, rest);
      if (logged.times.length > 0) ticks.push({ series, columns: logged });
    }
    return {
      write: () => {
        for (const [id, text] of this.#unsaved) {
          const { key } = this.#byId.get(id)!;
          this.#addSeries.run(id, key.connectionId, text, JSON.stringify(key));
        }
        this.#writeTick(connectionId, ticks);
        for (const chunk of chunks) this.#writeChunk(chunk);
      },
      apply: () => {
        this.#unsaved.clear();
        for (const { series, columns } of ticks) {
          series.head.merge(columns.times, columns.values);
          this.#ticksMinTime = Math.min(this.#ticksMinTime, columns.times[0]!);
        }
        for (const chunk of chunks) applyChunk(chunk);
      },
    };
  }

  /**
   * Moves whole days before `throughSeconds` from the log into chunks.
   *
   * One transaction per slice: a crash between slices loses nothing, because the log rows go last and moving a day
   * twice gives the same chunk. @returns false when `maxSeriesDays` ran out and another call is needed
   */
  seal(throughSeconds: number, maxSeriesDays: number): boolean {
    const boundary = Math.floor(throughSeconds / daySeconds) * daySeconds;
    if (this.#ticksMinTime >= boundary) return true;
    this.#sealing = true;
    let budget = maxSeriesDays;
    for (const slice of slicesOf(this.#byId.values(), 200)) {
      const writes: ChunkWrite[] = [];
      const sealed: { head: Head; before: number }[] = [];
      for (const series of slice) {
        for (const piece of byDay(series.head.range(Number.NEGATIVE_INFINITY, boundary))) {
          if (budget-- <= 0) break;
          writes.push(this.#mergedChunk(series, piece.day, piece.points));
          sealed.push({ head: series.head, before: (piece.day + 1) * daySeconds });
        }
        if (budget < 0) break;
      }
      if (writes.length > 0) {
        this.#db.transaction(() => {
          for (const write of writes) this.#writeChunk(write);
        })();
      }
      for (const write of writes) applyChunk(write);
      for (const { head, before } of sealed) head.dropBefore(before);
      if (budget < 0) return false;
    }
    this.#trimLog(boundary);
    this.#sealing = false;
    return true;
  }

  /** Inside a transaction; `forget` is called after it. */
  removeConnection(connectionId: string): void {
    this.#db.prepare('DELETE FROM tick WHERE connection_id = ?').run(connectionId);
    this.#db.prepare('DELETE FROM series WHERE connection_id = ?').run(connectionId);
    for (const series of this.#byId.values()) {
      if (series.key.connectionId !== connectionId || series.firstDay === null) continue;
      for (let day = series.firstDay; day <= series.lastDay!; day++) this.#removeChunk.run(chunkId(day, series.id));
    }
  }

  forget(connectionId: string): void {
    for (const [text, series] of this.#byText) {
      if (series.key.connectionId !== connectionId) continue;
      this.#byText.delete(text);
      this.#byId.delete(series.id);
      this.#unsaved.delete(series.id);
      this.#byMetric.delete(metricText(connectionId, series.key.namespace, series.key.metricName));
    }
  }

  /** Adds the days that go straight to their chunks to `chunks`. @returns the points that must go through the log */
  #takeDays(series: Series, points: Points, chunks: ChunkWrite[]): Points {
    const log: Points[] = [];
    for (const piece of byDay(points)) {
      if (piece.points.times.length >= directPoints && !this.#sealing && !holdsDay(series.head, piece.day)) {
        chunks.push(this.#mergedChunk(series, piece.day, piece.points));
      } else log.push(piece.points);
    }
    return overlay(log, noPoints);
  }

  #load(): void {
    const rows = this.#db
      .prepare<[], { id: number; key: string; body: string; first_day: number; last_day: number; points: number }>(
        'SELECT id, key, body, first_day, last_day, points FROM series ORDER BY id',
      )
      .iterate();
    for (const row of rows) {
      this.#register(
        {
          id: row.id,
          key: JSON.parse(row.body) as SeriesKey,
          firstDay: row.first_day,
          lastDay: row.last_day,
          chunked: row.points,
          head: new Head(),
        },
        row.key,
      );
      this.#nextId = row.id + 1;
    }
    for (const data of this.#db.prepare<[], Buffer>(pointQueries.allTicks).pluck().iterate()) {
      const reader = new ByteReader(data);
      const baseSeconds = reader.varint();
      let seriesId = 0;
      while (!reader.atEnd) {
        seriesId += reader.varint();
        const head = this.#byId.get(seriesId)?.head;
        decodeEach(reader, baseSeconds, (time, value) => {
          head?.put(time, value);
          if (time < this.#ticksMinTime) this.#ticksMinTime = time;
        });
      }
    }
  }

  #find(key: SeriesKey): Series | undefined {
    const remembered = this.#byKey.get(key);
    // A removed connection's series are remembered by key, but registered no more.
    if (remembered !== undefined && this.#byId.get(remembered.id) === remembered) return remembered;
    const series = this.#byText.get(seriesKeyText(key));
    if (series !== undefined) this.#byKey.set(key, series);
    return series;
  }

  #register(series: Series, text: string): void {
    this.#byId.set(series.id, series);
    this.#byText.set(text, series);
    const metric = metricText(series.key.connectionId, series.key.namespace, series.key.metricName);
    const list = this.#byMetric.get(metric);
    if (list === undefined) this.#byMetric.set(metric, [series]);
    else list.push(series);
  }

  #chunksOf(series: Series, fromSeconds: number, toSeconds: number): Points[] {
    if (series.firstDay === null) return [];
    const parts: Points[] = [];
    const first = Math.max(series.firstDay, Math.floor(fromSeconds / daySeconds));
    const last = Math.min(series.lastDay!, Math.ceil(toSeconds / daySeconds) - 1);
    for (let day = first; day <= last; day++) {
      const points = this.#readChunk(series.id, day);
      if (points === undefined) continue;
      const start = lowerBound(points.times, fromSeconds);
      const end = lowerBound(points.times, toSeconds);
      if (end > start) {
        parts.push({ times: points.times.subarray(start, end), values: points.values.subarray(start, end) });
      }
    }
    return parts;
  }

  #readChunk(seriesId: SeriesId, day: number): Points | undefined {
    const data = this.#chunkOfDay.get(chunkId(day, seriesId));
    return data && decodeColumns(new ByteReader(data), day * daySeconds);
  }

  /** What the chunk of that day holds once these points, which are newer, are in it. */
  #mergedChunk(series: Series, day: number, newer: Points): ChunkWrite {
    const before = this.#readChunk(series.id, day);
    const points = overlay(before === undefined ? [] : [before], newer);
    return { series, day, points, added: points.times.length - (before?.times.length ?? 0) };
  }

  #writeChunk({ series, day, points, added }: ChunkWrite): void {
    encodeColumns(this.#writer, points.times, points.values, day * daySeconds);
    this.#saveChunk.run(chunkId(day, series.id), points.times.length, this.#writer.take());
    this.#updateSeries.run({ day, added, id: series.id });
  }

  #writeTick(connectionId: string, ticks: readonly { series: Series; columns: Columns }[]): void {
    if (ticks.length === 0) return;
    let minTime = Number.POSITIVE_INFINITY;
    let maxTime = Number.NEGATIVE_INFINITY;
    for (const { columns } of ticks) {
      minTime = Math.min(minTime, columns.times[0]!);
      maxTime = Math.max(maxTime, columns.times[columns.times.length - 1]!);
    }
    const sorted = [...ticks].sort((a, b) => a.series.id - b.series.id);
    const data = encodeTick(
      this.#writer,
      minTime,
      sorted.map(({ series, columns }) => ({ seriesId: series.id, points: columns })),
    );
    this.#addTick.run(connectionId, minTime, maxTime, data);
  }

  /** Drops what was sealed: whole rows, and the older part of rows that reach over the boundary. */
  #trimLog(boundary: number): void {
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM tick WHERE max_time < ?').run(boundary);
      const straddling = this.#db
        .prepare<[number], { id: number; data: Buffer }>('SELECT id, data FROM tick WHERE min_time < ?')
        .all(boundary);
      const update = this.#db.prepare('UPDATE tick SET min_time = ?, data = ? WHERE id = ?');
      for (const { id, data } of straddling) {
        const kept = readTick(data)
          .map(({ seriesId, points }) => {
            const start = lowerBound(points.times, boundary);
            return { seriesId, points: { times: points.times.subarray(start), values: points.values.subarray(start) } };
          })
          .filter(({ points }) => points.times.length > 0);
        update.run(boundary, encodeTick(this.#writer, boundary, kept), id);
      }
    })();
    this.#ticksMinTime = boundary;
  }
}

function applyChunk({ series, day, added }: ChunkWrite): void {
  series.firstDay = Math.min(series.firstDay ?? day, day);
  series.lastDay = Math.max(series.lastDay ?? day, day);
  series.chunked += added;
}

const chunkId = (day: number, seriesId: SeriesId): number => day * maxSeries + seriesId;

const metricText = (connectionId: string, namespace: string, metricName: string): string =>
  `${connectionId}|${namespace}|${metricName}`;

/** Tick layout: varint base time, then per series: varint step in ids, columns. */
function encodeTick(
  out: ByteWriter,
  baseSeconds: number,
  ticks: readonly { readonly seriesId: SeriesId; readonly points: Columns }[],
): Buffer {
  out.varint(baseSeconds);
  let previous = 0;
  for (const { seriesId, points } of ticks) {
    out.varint(seriesId - previous);
    previous = seriesId;
    encodeColumns(out, points.times, points.values, baseSeconds);
  }
  return out.take();
}

function readTick(data: Uint8Array): { seriesId: SeriesId; points: Points }[] {
  const reader = new ByteReader(data);
  const baseSeconds = reader.varint();
  const ticks: { seriesId: SeriesId; points: Points }[] = [];
  let seriesId = 0;
  while (!reader.atEnd) {
    seriesId += reader.varint();
    ticks.push({ seriesId, points: decodeColumns(reader, baseSeconds) });
  }
  return ticks;
}

/** One set of columns per series, times rising, the last of equal times kept, and nothing that is not a number. */
function bySeries(batches: readonly SeriesBatch[]): Map<SeriesId, Columns> {
  const grouped = new Map<SeriesId, Columns>();
  for (const { seriesId, times, values } of batches) {
    const clean = inTimeOrder(times, values);
    const before = grouped.get(seriesId);
    grouped.set(seriesId, before === undefined ? clean : overlay([asPoints(before)], asPoints(clean)));
  }
  return grouped;
}

function inTimeOrder(times: ArrayLike<number>, values: ArrayLike<number>): Columns {
  if (times.length !== values.length) throw new Error(`${times.length} times but ${values.length} values`);
  let tidy = true;
  for (let i = 0; i < times.length; i++) {
    if (!Number.isSafeInteger(times[i]) || times[i]! < 0) throw new Error(`${times[i]} is not a whole epoch second`);
    if ((i > 0 && times[i]! <= times[i - 1]!) || !Number.isFinite(values[i])) tidy = false;
  }
  if (tidy) return { times, values };
  const newest = new Map<number, number>();
  // Missing is missing: a NaN is no point, and does not erase one.
  for (let i = 0; i < times.length; i++) if (Number.isFinite(values[i])) newest.set(times[i]!, values[i]!);
  const sorted = [...newest.keys()].sort((a, b) => a - b);
  return { times: sorted, values: sorted.map((time) => newest.get(time)!) };
}

// Typed arrays are for what is long: making one costs more than the few numbers of a poll.
function asPoints({ times, values }: Columns): Points {
  return {
    times: times instanceof Float64Array ? times : new Float64Array(times),
    values: values instanceof Float64Array ? values : new Float64Array(values),
  };
}

/** Columns in time order, cut at midnight UTC; views, not copies. */
function byDay({ times, values }: Points): { day: number; points: Points }[] {
  const pieces: { day: number; points: Points }[] = [];
  for (let start = 0; start < times.length; ) {
    const day = Math.floor(times[start]! / daySeconds);
    const last = times[times.length - 1]!;
    const end = last < (day + 1) * daySeconds ? times.length : lowerBound(times, (day + 1) * daySeconds);
    pieces.push({ day, points: { times: times.subarray(start, end), values: values.subarray(start, end) } });
    start = end;
  }
  return pieces;
}

function holdsDay(head: Head, day: number): boolean {
  return head.indexOf(day * daySeconds) < head.indexOf((day + 1) * daySeconds);
}

/** The points that are not in the head with the same value. */
function unknownTo(head: Head, columns: Columns): Columns {
  const { times, values } = columns;
  let known = 0;
  for (let i = 0; i < times.length; i++) if (head.holds(times[i]!, values[i]!)) known++;
  if (known === 0) return columns;
  const kept: { times: number[]; values: number[] } = { times: [], values: [] };
  for (let i = 0; i < times.length && kept.times.length < times.length - known; i++) {
    if (head.holds(times[i]!, values[i]!)) continue;
    kept.times.push(times[i]!);
    kept.values.push(values[i]!);
  }
  return kept;
}

/** Older points in time order, with newer ones laid over them; always fresh columns. */
function overlay(older: readonly Points[], newer: Points): Points {
  let count = newer.times.length;
  for (const part of older) count += part.times.length;
  const times = new Float64Array(count);
  const values = new Float64Array(count);
  let length = 0;
  let next = 0;
  for (const part of older) {
    const first = newer.times[next];
    // Nothing newer falls into this part: copied as a block.
    if (first === undefined || first > part.times[part.times.length - 1]!) {
      times.set(part.times, length);
      values.set(part.values, length);
      length += part.times.length;
      continue;
    }
    for (let i = 0; i < part.times.length; i++) {
      const time = part.times[i]!;
      while (next < newer.times.length && newer.times[next]! < time) {
        times[length] = newer.times[next]!;
        values[length++] = newer.values[next++]!;
      }
      if (newer.times[next] === time) continue;
      times[length] = time;
      values[length++] = part.values[i]!;
    }
  }
  times.set(newer.times.subarray(next), length);
  values.set(newer.values.subarray(next), length);
  length += newer.times.length - next;
  return length === count ? { times, values } : { times: times.slice(0, length), values: values.slice(0, length) };
}

/** Index of the first time at or after `time`. */
function lowerBound(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* slicesOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let slice: T[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
