/**
 * Storage against a row per point, in one run: bytes per point, bytes written, CPU of writing and reading.
 *
 * The other side is what one would write first: a table (series, time, value) with both as primary key, in the same SQLite
 * with the same WAL and synchronous = FULL, one transaction a poll. The metric mix is half counts, two tenths backlogs, one
 * tenth mostly zero, two tenths full-precision gauges. Writes benchmarks/results/storage.md.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SeriesKey } from '../src/core/model/series.ts';
import { seededRandom } from '../src/core/time/random.ts';
import { openStore, type Store } from '../src/storage/index.ts';
import { machineLine, writeReport } from './lib/report.ts';

const repetitions = 7;
const start = Date.UTC(2026, 2, 2) / 1000;
const day = 86_400;
const live = { series: 1600, polls: 120 };
const backfill = { series: 400, days: 1 };
const read = { series: 4, days: 30 };

interface Side {
  /** One poll: a value for each of the first `count` series. */
  poll(time: number, values: Float64Array): void;
  /** The same times of several series, the first of which has this number; one transaction. */
  load(first: number, times: Float64Array, columns: readonly Float64Array[]): void;
  /** The day is over. */
  finish(): void;
  read(series: number, from: number, to: number): { times: Float64Array; values: Float64Array };
  lastOfAll(count: number): number;
  close(): void;
  /** Closes, opens again and returns how long opening took. */
  reopenMs(): number;
}

const keys = Array.from(
  { length: live.series },
  (_, i): SeriesKey => ({
    connectionId: 'c1',
    namespace: 'AWS/SQS',
    metricName: `Metric${i % 8}`,
    dimensions: { QueueName: `queue-${Math.floor(i / 8)}` },
    statistic: 'Sum',
    periodSeconds: 60,
  }),
);
const key = (i: number): SeriesKey => keys[i]!;

function ours(file: string): Side {
  let store: Store = openStore(file, { nowMs: 0 });
  const nothing = { events: [], cursors: new Map<string, number>() };
  const read = (series: number, from: number, to: number) => store.points(key(series), from, to);
  return {
    poll(time, values) {
      const times = [time];
      const series = Array.from(values, (value, i) => ({ seriesId: store.seriesId(key(i)), times, values: [value] }));
      store.record('c1', { ...nothing, series });
    },
    load(first, times, columns) {
      const series = columns.map((values, i) => ({ seriesId: store.seriesId(key(first + i)), times, values }));
      store.record('c1', { ...nothing, series });
    },
    finish: () => store.seal(start + 400 * day),
    read,
    lastOfAll(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += store.lastPoint(key(i))?.value ?? 0;
      return sum;
    },
    close: () => store.close(),
    reopenMs() {
      store.close();
      const from = performance.now();
      store = openStore(file, { nowMs: 0 });
      return performance.now() - from;
    },
  };
}

function rowPerPoint(file: string): Side {
  const open = () => {
    const opened = new Database(file);
    opened.pragma('journal_mode = WAL');
    opened.pragma('synchronous = FULL');
    // NUMERIC, not REAL: whole numbers then take few bytes.
    opened.exec(
      'CREATE TABLE IF NOT EXISTS point (series INTEGER, time INTEGER, value NUMERIC, PRIMARY KEY (series, time)) WITHOUT ROWID',
    );
    return opened;
  };
  let db = open();
  let add = db.prepare('INSERT OR REPLACE INTO point VALUES (?, ?, ?)');
  return {
    poll(time, values) {
      db.transaction(() => {
        for (const [i, value] of values.entries()) add.run(i, time, value);
      })();
    },
    load(first, times, columns) {
      db.transaction(() => {
        for (const [s, values] of columns.entries()) {
          for (const [i, time] of times.entries()) add.run(first + s, time, values[i]);
        }
      })();
    },
    finish() {},
    read(series, from, to) {
      const rows = db
        .prepare<[number, number, number], [number, number]>(
          'SELECT time, value FROM point WHERE series = ? AND time >= ? AND time < ?',
        )
        .raw()
        .all(series, from, to);
      const times = new Float64Array(rows.length);
      const values = new Float64Array(rows.length);
      rows.forEach(([time, value], i) => {
        times[i] = time;
        values[i] = value;
      });
      return { times, values };
    },
    lastOfAll(count) {
      const last = db
        .prepare<[number], number>('SELECT value FROM point WHERE series = ? ORDER BY time DESC LIMIT 1')
        .pluck();
      let sum = 0;
      for (let i = 0; i < count; i++) sum += last.get(i) ?? 0;
      return sum;
    },
    close: () => db.close(),
    reopenMs() {
      db.close();
      const from = performance.now();
      db = open();
      add = db.prepare('INSERT OR REPLACE INTO point VALUES (?, ?, ?)');
      return performance.now() - from;
    },
  };
}

/** A column of the standard mix. */
function column(series: number, minutes: number): Float64Array {
  const random = seededRandom(series, 'storage-bench');
  const kind = series % 10;
  let walk = 500;
  return Float64Array.from({ length: minutes }, (_, minute) => {
    const wave = 1 + 0.5 * Math.sin((minute / 1440) * 2 * Math.PI);
    if (kind < 5) return Math.round(200 * wave + 28 * (random.next() + random.next() + random.next() - 1.5));
    if (kind < 7) {
      walk = Math.max(0, walk + Math.round(300 * (random.next() - 0.5)));
      return walk;
    }
    if (kind < 8) return random.next() < 0.02 ? 1 : 0;
    return 50 * wave + random.next();
  });
}

const minutesOf = (days: number) => Float64Array.from({ length: days * 1440 }, (_, i) => start + i * 60);

/** Bytes passed to write() by this process, where the system tells. */
function written(): number {
  const file = '/proc/self/io';
  if (!existsSync(file)) return Number.NaN;
  return Number(/wchar: (\d+)/.exec(readFileSync(file, 'utf8'))?.[1]);
}

interface Figures {
  [name: string]: number;
}

function measure(make: (file: string) => Side, folder: string): Figures {
  const figures: Figures = {};
  const timed = (name: string, points: number, run: () => void) => {
    const wroteFrom = written();
    const cpuFrom = process.cpuUsage();
    run();
    const cpu = process.cpuUsage(cpuFrom);
    figures[`${name}: CPU ns a point`] = ((cpu.user + cpu.system) * 1000) / points;
    figures[`${name}: bytes written a point`] = (written() - wroteFrom) / points;
  };

  // Live: on top of an hour that is there already, as a recorder finds it.
  const liveFile = join(folder, 'live.sqlite');
  let side = make(liveFile);
  const columns = Array.from({ length: live.series }, (_, i) => column(i, live.polls));
  const before = Float64Array.from({ length: 60 }, (_, i) => start - 3600 + i * 60);
  side.load(
    0,
    before,
    columns.map((values) => values.slice(0, 60)),
  );
  timed('live', live.series * live.polls, () => {
    for (let minute = 0; minute < live.polls; minute++) {
      side.poll(
        start + minute * 60,
        Float64Array.from(columns, (values) => values[minute]!),
      );
    }
  });
  figures['opening, 2 hours of minutes unsealed: ms'] = side.reopenMs();
  side.close();

  const backfillFile = join(folder, 'backfill.sqlite');
  side = make(backfillFile);
  const times = minutesOf(backfill.days);
  const days = Array.from({ length: backfill.series }, (_, i) => column(i, times.length));
  const points = backfill.series * times.length;
  timed('backfill', points, () => {
    for (let i = 0; i < days.length; i += 10) side.load(i, times, days.slice(i, i + 10));
  });
  side.finish();
  let from = performance.now();
  side.lastOfAll(backfill.series);
  figures['last point of a series: µs'] = ((performance.now() - from) * 1000) / backfill.series;
  side.close();
  figures['bytes on disk a point'] = statSync(backfillFile).size / points;

  const readFile = join(folder, 'read.sqlite');
  side = make(readFile);
  const month = minutesOf(read.days);
  for (let i = 0; i < read.series; i++) side.load(i, month, [column(i, month.length)]);
  side.finish();
  side.read(0, start, start + read.days * day);
  from = performance.now();
  for (let i = 0; i < read.series; i++) {
    const { times: got } = side.read(i, start, start + read.days * day);
    if (got.length !== month.length) throw new Error(`read ${got.length} of ${month.length} points`);
  }
  figures['30 days of a series: ms'] = (performance.now() - from) / read.series;
  from = performance.now();
  const lastHours = start + read.days * day - 6 * 3600;
  for (let i = 0; i < read.series; i++) side.read(i, lastHours, start + read.days * day);
  figures['6 hours of a series: ms'] = (performance.now() - from) / read.series;
  side.close();
  return figures;
}

const runs: { ours: Figures; rows: Figures }[] = [];
for (let repetition = 0; repetition < repetitions; repetition++) {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-storage-bench-'));
  const inFolder = (name: string) => {
    const own = join(folder, name);
    mkdirSync(own);
    return own;
  };
  // Rotated order: the first of a pair must not always be the same side.
  const first = repetition % 2 === 0;
  const a = measure(first ? ours : rowPerPoint, inFolder('a'));
  const b = measure(first ? rowPerPoint : ours, inFolder('b'));
  runs.push(first ? { ours: a, rows: b } : { ours: b, rows: a });
  rmSync(folder, { recursive: true });
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const show = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(2);
const spread = (values: number[]) =>
  `${show(median(values))} [${show(Math.min(...values))}–${show(Math.max(...values))}]`;

/** Largest ratio we want; what stands here without being met is work to do, not a claim. */
const goals: Figures = {
  'bytes on disk a point': 0.17,
  'live: bytes written a point': 1 / 50,
  'live: CPU ns a point': 1 / 50,
  'backfill: CPU ns a point': 1 / 25,
  '30 days of a series: ms': 1 / 12,
};

const rows = Object.keys(runs[0]!.ours).map((name) => {
  const of = (side: 'ours' | 'rows') => runs.map((run) => run[side][name]!);
  const ratios = runs.map((run) => run.ours[name]! / run.rows[name]!);
  const goal = goals[name];
  const verdict = goal === undefined ? '' : `${show(goal)} ${median(ratios) <= goal ? 'met' : 'not met'}`;
  return `| ${name} | ${spread(of('ours'))} | ${spread(of('rows'))} | ${spread(ratios)} | ${verdict} |`;
});
const report = `# Storage against a row per point

Medians of ${repetitions} repetitions [smallest–largest], sides interleaved in one process with rotated order; the ratio is the median of
the ratios of each repetition, and smaller is better. Live: ${live.polls} polls of ${live.series} series on top of an hour of them.
Backfill: ${backfill.series} series, one day each, ten series a transaction. Reading: ${read.days} days by the minute.

| figure | Spillway | row per point | ratio | goal |
|---|---:|---:|---:|---|
${rows.join('\n')}

Opening reads the unsealed part of the day into memory, and the last point of a sealed series unpacks its day: both cost more than a
row would, and both are paid once a start and once a table, not once a point.

${machineLine('storage')}
`;
writeReport('storage', report);
