/**
 * The points of one metric: a statistic set per minute in one growing typed array, oldest minutes dropped by retention.
 *
 * Minutes are whole minutes since the epoch. A minute whose count is 0 has no point: missing is missing.
 */
import { statisticOfSet } from '../../core/alarms/statistic.ts';
import type { MetricRef, Statistic } from '../../core/model/resources.ts';

export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

const cellSize = 4; // count, sum, minimum, maximum
const firstCapacityMinutes = 128;
/** Room beyond the retention, so that dropping the oldest minutes is a rare copy. */
const slackMinutes = 1_440;

export class MinuteSeries {
  readonly ref: MetricRef;
  /** Published by a service of the emulator, so the publication delay applies. */
  readonly fromService: boolean;
  unit: string;
  readonly #retentionMinutes: number;
  #cells = new Float64Array(firstCapacityMinutes * cellSize);
  #firstMinute = 0;
  #length = 0;

  constructor(options: { ref: MetricRef; unit: string; fromService: boolean; retentionMinutes: number }) {
    this.ref = options.ref;
    this.unit = options.unit;
    this.fromService = options.fromService;
    this.#retentionMinutes = options.retentionMinutes;
  }

  /** Newest minute that was ever put, or null. It may still be waiting for its publication. */
  newestMinute(): number | null {
    return this.#length === 0 ? null : this.#firstMinute + this.#length - 1;
  }

  /** Oldest minute held; it may be a gap. 0 while nothing was put. */
  oldestMinute(): number {
    return this.#firstMinute;
  }

  /** Adds a set to what the minute already has. Minutes older than the retention are dropped silently. */
  put(minute: number, count: number, sum: number, minimum: number, maximum: number): void {
    if (count <= 0) return;
    const index = this.#makeRoom(minute);
    if (index < 0) return;
    const at = index * cellSize;
    const cells = this.#cells;
    const before = cells[at]!;
    cells[at] = before + count;
    cells[at + 1] = cells[at + 1]! + sum;
    cells[at + 2] = before === 0 ? minimum : Math.min(cells[at + 2]!, minimum);
    cells[at + 3] = before === 0 ? maximum : Math.max(cells[at + 3]!, maximum);
  }

  /** All samples of `fromMinute` (inclusive) to `toMinute` (exclusive) together; null when there are none. */
  collect(fromMinute: number, toMinute: number): StatisticSet | null {
    let count = 0;
    let sum = 0;
    let minimum = Number.POSITIVE_INFINITY;
    let maximum = Number.NEGATIVE_INFINITY;
    const from = Math.max(0, fromMinute - this.#firstMinute);
    const to = Math.min(this.#length, toMinute - this.#firstMinute);
    for (let index = from; index < to; index++) {
      const at = index * cellSize;
      const samples = this.#cells[at]!;
      if (samples === 0) continue;
      count += samples;
      sum += this.#cells[at + 1]!;
      minimum = Math.min(minimum, this.#cells[at + 2]!);
      maximum = Math.max(maximum, this.#cells[at + 3]!);
    }
    return count === 0 ? null : { count, sum, minimum, maximum };
  }

  // Returns the index of the minute, or -1 when it is older than what is kept.
  #makeRoom(minute: number): number {
    if (this.#length === 0) {
      this.#firstMinute = minute;
      this.#length = 1;
      return 0;
    }
    if (minute < this.#firstMinute) return this.#makeRoomBefore(minute);
    let index = minute - this.#firstMinute;
    if (index < this.#length) return index;
    if (index >= this.#retentionMinutes + slackMinutes) {
      this.#dropOldest(index + 1 - this.#retentionMinutes);
      index = minute - this.#firstMinute;
    }
    if ((index + 1) * cellSize > this.#cells.length) this.#grow(index + 1);
    this.#length = index + 1;
    return index;
  }

  #makeRoomBefore(minute: number): number {
    const added = this.#firstMinute - minute;
    const length = this.#length + added;
    if (length > this.#retentionMinutes) return -1;
    if (length * cellSize > this.#cells.length) this.#grow(length);
    this.#cells.copyWithin(added * cellSize, 0, this.#length * cellSize);
    this.#cells.fill(0, 0, added * cellSize);
    this.#firstMinute = minute;
    this.#length = length;
    return 0;
  }

  #dropOldest(minutes: number): void {
    const dropped = Math.min(minutes, this.#length);
    const used = this.#length * cellSize;
    this.#cells.copyWithin(0, dropped * cellSize, used);
    this.#cells.fill(0, used - dropped * cellSize, used);
    this.#length -= dropped;
    this.#firstMinute += minutes;
  }

  #grow(minutes: number): void {
    const larger = new Float64Array(Math.max(minutes, (this.#cells.length / cellSize) * 2) * cellSize);
    larger.set(this.#cells);
    this.#cells = larger;
  }
}

/** STAT-01, as core has it. */
export function statisticOf({ count, sum, minimum, maximum }: StatisticSet, statistic: Statistic): number {
  return statisticOfSet({ sampleCount: count, sum, minimum, maximum }, statistic);
}
