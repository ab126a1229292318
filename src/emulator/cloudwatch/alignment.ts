/**
 * Points with timestamps as the aligned series that core/metricMath works on, for all expressions of one call together.
 *
 * Nearly always every point lies on the periods of the timeline. Then each series is laid on them once, whichever expressions name it, and
 * what one expression worked out the next one finds. Only points between the periods give an expression instants of its own.
 */
import type { MathInput, MathWork } from '../../core/metricMath/types.ts';
import { validationError } from './errors.ts';
import type { ReadPoints } from './metricStore.ts';

/** The instants a series without gaps has: FILL and TIME_SERIES answer for each of them. */
export interface Timeline {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodSeconds: number;
}

/** What an expression is worked out on. */
export interface Aligned {
  readonly timesMs: readonly number[];
  readonly timesSeconds: readonly number[];
  readonly series: MathInput['series'];
  readonly work: MathWork;
}

/** No limit of AWS's: a request that costs more would keep all others waiting for a second and more. */
const mostWorkedOut = 50_000_000;

interface Grid {
  readonly timesMs: readonly number[];
  readonly timesSeconds: readonly number[];
  /** By id; null: not all of its points are on this grid. */
  readonly laid: Map<string, Float64Array | null>;
  readonly known: MathWork['known'];
}

/** Of one call: an id stands for the same points in all its expressions. */
export class Alignment {
  readonly #grids = new Map<string, Grid>();
  readonly #most: number;
  #left: number;

  constructor(most = mostWorkedOut) {
    this.#most = most;
    this.#left = most;
  }

  align(operands: ReadonlyMap<string, ReadPoints>, timeline: Timeline): Aligned {
    const grid = this.#gridOf(timeline);
    const series = new Map<string, Float64Array>();
    for (const [id, points] of operands) {
      let values = grid.laid.get(id);
      if (values === undefined) {
        values = this.#layOn(grid, timeline, points);
        grid.laid.set(id, values);
      }
      if (values === null) return this.#ownInstants(operands, grid.timesMs);
      series.set(id, values);
    }
    return { ...grid, series, work: { spend: this.#spend, known: grid.known } };
  }

  /** @throws ValidationError when the call has cost as much as it may */
  #spend = (values: number): void => {
    this.#left -= values;
    if (this.#left < 0)
      throw validationError(
        `The expressions need more than ${this.#most} values to be worked out, which is as many as this emulator does for one request ` +
          '(no limit of AWS). Ask for a shorter time, a longer Period or fewer expressions.',
      );
  };

  #gridOf({ startMs, endMs, periodSeconds }: Timeline): Grid {
    const key = `${startMs}/${endMs}/${periodSeconds}`;
    let grid = this.#grids.get(key);
    if (grid === undefined) {
      const periodMs = periodSeconds * 1_000;
      const timesMs: number[] = [];
      for (let time = firstOf(startMs, periodMs); time < endMs; time += periodMs) timesMs.push(time);
      grid = { timesMs, timesSeconds: timesMs.map((time) => time / 1_000), laid: new Map(), known: new Map() };
      this.#grids.set(key, grid);
    }
    return grid;
  }

  #layOn(grid: Grid, { startMs, periodSeconds }: Timeline, { timesMs, values }: ReadPoints): Float64Array | null {
    const periodMs = periodSeconds * 1_000;
    const first = firstOf(startMs, periodMs);
    this.#spend(Math.max(1, grid.timesMs.length));
    const laid = new Float64Array(grid.timesMs.length).fill(Number.NaN);
    for (let at = 0; at < timesMs.length; at++) {
      const index = (timesMs[at]! - first) / periodMs;
      if (!Number.isInteger(index) || index < 0 || index >= laid.length) return null;
      laid[index] = values[at]!;
    }
    return laid;
  }

  #ownInstants(operands: ReadonlyMap<string, ReadPoints>, grid: readonly number[]): Aligned {
    const instants = new Set(grid);
    for (const { timesMs } of operands.values()) {
      this.#spend(Math.max(1, timesMs.length));
      for (const time of timesMs) instants.add(time);
    }
    const timesMs = [...instants].sort((a, b) => a - b);
    const position = new Map(timesMs.map((time, index) => [time, index]));
    const series = new Map<string, Float64Array>();
    for (const [id, points] of operands) {
      this.#spend(Math.max(1, timesMs.length));
      const values = new Float64Array(timesMs.length).fill(Number.NaN);
      for (const [index, time] of points.timesMs.entries()) values[position.get(time)!] = points.values[index]!;
      series.set(id, values);
    }
    const timesSeconds = timesMs.map((time) => time / 1_000);
    return { timesMs, timesSeconds, series, work: { spend: this.#spend, known: new Map() } };
  }
}

/** Periods lie on multiples of their length; the one that holds the start is whole. */
const firstOf = (startMs: number, periodMs: number): number => Math.floor(startMs / periodMs) * periodMs;
