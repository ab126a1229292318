/**
 * The unsealed points of one series in memory, in time order: what the tick log holds on disk.
 *
 * Nearly every write appends; late and revised values are merged in. Not thread-safe and not durable: points.ts writes
 * the log first and this afterwards.
 */
import type { Points } from '../core/model/series.ts';

export class Head {
  #times: Float64Array;
  #values: Float64Array;
  #length = 0;

  constructor(capacity = 16) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** @param i 0 to length - 1 */
  timeAt(i: number): number {
    return this.#times[i]!;
  }

  valueAt(i: number): number {
    return this.#values[i]!;
  }

  /** Index of the first point at or after a time; `length` when all are before. */
  indexOf(time: number): number {
    let low = 0;
    let high = this.#length;
    // Most questions are about the newest points.
    if (high === 0 || this.#times[high - 1]! < time) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Is exactly this point already here? */
  holds(time: number, value: number): boolean {
    const i = this.indexOf(time);
    return i < this.#length && this.#times[i] === time && this.#values[i] === value;
  }

  /** One point; nearly always the newest. */
  put(time: number, value: number): void {
    if (this.#length === 0 || time > this.#times[this.#length - 1]!) {
      this.#reserve(this.#length + 1);
      this.#push(time, value);
    } else this.merge([time], [value]);
  }

  /** Adds points given in strictly rising time; a time already here gets the new value. */
  merge(times: ArrayLike<number>, values: ArrayLike<number>): void {
    if (times.length === 0) return;
    const from = this.indexOf(times[0]!);
    const tail = this.#length - from;
    this.#reserve(this.#length + times.length);
    if (tail === 0) {
      for (let i = 0; i < times.length; i++) this.#push(times[i]!, values[i]!);
      return;
    }
    const oldTimes = this.#times.slice(from, this.#length);
    const oldValues = this.#values.slice(from, this.#length);
    this.#length = from;
    let old = 0;
    let next = 0;
    while (old < tail || next < times.length) {
      const oldTime = old < tail ? oldTimes[old]! : Number.POSITIVE_INFINITY;
      const nextTime = next < times.length ? times[next]! : Number.POSITIVE_INFINITY;
      if (oldTime < nextTime) this.#push(oldTime, oldValues[old++]!);
      else {
        this.#push(nextTime, values[next++]!);
        if (oldTime === nextTime) old++;
      }
    }
  }

  /** Points with from <= time < to, as a view: valid until the next write. */
  range(from: number, to: number): Points {
    const start = this.indexOf(from);
    const end = Math.max(start, this.indexOf(to));
    return { times: this.#times.subarray(start, end), values: this.#values.subarray(start, end) };
  }

  dropBefore(time: number): void {
    const start = this.indexOf(time);
    if (start === 0) return;
    // Sliced, not moved: the memory of a day goes back, too.
    this.#times = this.#times.slice(start, this.#length);
    this.#values = this.#values.slice(start, this.#length);
    this.#length -= start;
  }

  #push(time: number, value: number): void {
    this.#times[this.#length] = time;
    this.#values[this.#length++] = value;
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#times.length) return;
    const grown = Math.max(capacity, this.#times.length * 2);
    const times = new Float64Array(grown);
    times.set(this.#times);
    this.#times = times;
    const values = new Float64Array(grown);
    values.set(this.#values);
    this.#values = values;
  }
}
