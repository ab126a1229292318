/**
 * Rows as they are read: times and values in growing columns (growing.ts), with what was odd about single rows.
 *
 * Both readers (CSV, JSON) put rows here; assembling a trace from them is series.ts and requests.ts.
 */
import type { ImportNoteKey } from '../../core/messages/importTerms.ts';
import { brokenFile, invalidField, shown } from './faults.ts';
import { Growing, LinesOfRows } from './growing.ts';
import { type NumberUnit, readStamp, unitOfNumbers, type WallClock, wallClock } from './stamps.ts';
import type { TraceLimits, TraceOptions } from './types.ts';

/** How often something occurred, and where first. */
export interface Seen {
  count: number;
  line: number;
}

export class Rows {
  /** Epoch ms; of zone-less stamps without a zone as if in UTC. */
  readonly timesMs: Growing;
  readonly lines = new LinesOfRows();
  /** One column per value column. */
  readonly values: Growing[] = [];
  names: string[] = [];
  /** First stamp without a zone, when none was given. */
  zoneless: { line: number; found: string } | null = null;
  relative = false;
  readonly clock: WallClock | null;
  readonly zoneUsed = { count: 0 };
  readonly seen = new Map<ImportNoteKey, Seen>();

  readonly #options: TraceOptions;
  readonly #limits: TraceLimits;
  #unit: NumberUnit | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(options: TraceOptions, limits: TraceLimits) {
    this.#options = options;
    this.#limits = limits;
    this.timesMs = new Growing(limits.rows);
    this.clock = options.zone === undefined ? null : wallClock(options.zone);
  }

  addColumn(): void {
    this.values.push(new Growing(this.#limits.rows));
  }

  note(note: ImportNoteKey, line: number): void {
    const known = this.seen.get(note);
    if (known === undefined) this.seen.set(note, { count: 1, line });
    else known.count++;
  }

  /** @throws SpillwayError FILE_FIELD_INVALID for what is no time */
  timeMs(text: string, columnName: string, line: number): number {
    const stamp = readStamp(text);
    if (stamp === null) throw invalidField(this.#options.file, line, columnName, text, 'trace-stamp');
    if (stamp.kind === 'instant') return stamp.value;
    if (stamp.kind === 'number') {
      this.#unit ??= unitOfNumbers(columnName, stamp.value);
      this.relative = this.#unit.since === 'start';
      const start = this.relative ? (this.#options.relativeStartSeconds ?? 0) * 1000 : 0;
      return start + stamp.value * this.#unit.ms;
    }
    if (this.clock !== null) {
      this.zoneUsed.count++;
      return this.clock.instantMs(stamp.value, this.#lastMs);
    }
    this.zoneless ??= { line, found: shown(text) };
    return stamp.value;
  }

  /** @param values one per column; negative and non-finite ones become NaN here, once, and are noted */
  add(timeMs: number, values: readonly number[], line: number): void {
    if (this.timesMs.length >= this.#limits.rows) {
      throw brokenFile(this.#options.file, line, 'trace-too-many-rows', { limit: this.#limits.rows });
    }
    this.timesMs.push(timeMs);
    this.lines.push(line);
    this.#lastMs = timeMs;
    for (let column = 0; column < this.values.length; column++)
      this.values[column]!.push(this.#clean(values[column]!, line));
  }

  #clean(value: number, line: number): number {
    if (Number.isNaN(value)) {
      this.note('missingValues', line);
      return value;
    }
    if (value >= 0) return value;
    this.note('negative', line);
    return Number.NaN;
  }
}
