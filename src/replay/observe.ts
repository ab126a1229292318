/**
 * What an alarm gets to see: the plant's minutes as CloudWatch would publish them.
 *
 * One column per measure, with room in front for minutes before the range. Statistics of periods longer than a minute are
 * made from these minute samples, over a window that slides with the evaluation (ALARM-07). Rules: docs/rules/replay.md
 * (REP-30 to REP-34). Not here: judging (core/alarms).
 */
import type { ReplayAlarm } from '../core/contract/shapes.ts';
import type { ReplayHistory } from './types.ts';

export type AlarmMeasure = ReplayAlarm['measure'];

/** Statistic of the samples within one minute. A Sum depends on how many samples there are, so it is not told apart. */
export type MinuteStatistic = 'Average' | 'Minimum' | 'Maximum';

export function minuteStatistic({ statistic }: ReplayAlarm): MinuteStatistic {
  return statistic === 'Sum' ? 'Average' : statistic;
}

/** One value per minute, oldest first; the range's first minute is at `offset`, NaN is no datapoint. */
export interface ObservedColumn {
  readonly measure: AlarmMeasure;
  readonly statistic: MinuteStatistic;
  readonly values: Float64Array;
  readonly offset: number;
}

const STATISTIC_AVERAGE = 0;
const STATISTIC_SUM = 1;
const STATISTIC_MINIMUM = 2;

/** @param minutesBefore how many minutes before the range any alarm can look at */
export function observedColumn(
  measure: AlarmMeasure,
  statistic: MinuteStatistic,
  minutes: number,
  minutesBefore: number,
  history: ReplayHistory,
): ObservedColumn {
  const values = new Float64Array(minutesBefore + minutes).fill(Number.NaN);
  writePast(measure, history, values.subarray(0, minutesBefore));
  return { measure, statistic, values, offset: minutesBefore };
}

/** Put the minutes before the range into `before`, the newest last; NaN where the history does not go back that far. */
export function writePast(measure: AlarmMeasure, history: ReplayHistory, before: Float64Array): void {
  before.fill(Number.NaN);
  const past = pastOf(measure, history);
  for (let back = 1; back <= Math.min(before.length, past.length); back++) {
    before[before.length - back] = past[past.length - back]!;
  }
}

function pastOf(measure: AlarmMeasure, history: ReplayHistory): ArrayLike<number> {
  const { backlog = [], ageSeconds = [], arrivals = [], inService = [] } = history;
  if (measure === 'depth') return backlog;
  if (measure === 'age') return ageSeconds;
  if (measure === 'sent') return arrivals;
  if (measure === 'inService') return inService;
  if (measure !== 'backlogPerInstance') return [];
  const length = Math.min(backlog.length, inService.length);
  return Float64Array.from({ length }, (_, index) => {
    const instances = inService[inService.length - length + index]!;
    return instances > 0 ? backlog[backlog.length - length + index]! / instances : Number.NaN;
  });
}

/** Datapoints of the evaluation range that a decision keeps, the newest (REP-37). */
const datapointsTold = 12;

/** Turns minute samples into an alarm's points; keeps one buffer, so reading allocates nothing. */
export class AlarmWindow {
  /** Points of the last `read`, oldest to newest. */
  readonly points: Float64Array;
  /** Index of the oldest point and number of points in `points`. */
  from = 0;
  readonly length: number;
  readonly #column: ObservedColumn;
  readonly #minutesPerPeriod: number;
  readonly #statistic: number;

  constructor(column: ObservedColumn, alarm: ReplayAlarm, evaluationRange: number) {
    this.#column = column;
    this.#minutesPerPeriod = alarm.periodSeconds / 60;
    this.#statistic = ['Average', 'Sum', 'Minimum', 'Maximum'].indexOf(alarm.statistic);
    this.length = evaluationRange;
    this.points = this.#minutesPerPeriod === 1 ? column.values : new Float64Array(evaluationRange);
  }

  /** Look at the evaluation range whose newest minute is `newestMinute` of the range (negative: before it). */
  read(newestMinute: number): void {
    const end = this.#column.offset + newestMinute;
    if (this.#minutesPerPeriod === 1) {
      // The column already holds the minute's statistic, so it is read in place.
      this.from = end - this.length + 1;
      return;
    }
    for (let back = 0; back < this.length; back++) {
      this.#aggregate(this.length - 1 - back, end - back * this.#minutesPerPeriod);
    }
  }

  /** What a decision tells of the last `read`: its newest points, oldest first; null where there is none. */
  newest(): (number | null)[] {
    const kept = Math.min(datapointsTold, this.length);
    const from = this.from + this.length - kept;
    // By hand and of its final length: a view and its mapping, or growing, cost more than the rest of a decision.
    const told: (number | null)[] = new Array(kept);
    for (let index = 0; index < kept; index++) {
      const point = this.points[from + index]!;
      told[index] = Number.isNaN(point) ? null : point;
    }
    return told;
  }

  /** Point `at`: statistic of the period whose newest minute is at `end`; NaN when none of its minutes has a sample. */
  #aggregate(at: number, end: number): void {
    const { points } = this;
    const { values } = this.#column;
    let count = 0;
    let sum = 0;
    let smallest = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (let index = end - this.#minutesPerPeriod + 1; index <= end; index++) {
      const value = values[index]!;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
    // Written here, not returned: a fraction that is returned is put on the heap.
    if (count === 0) points[at] = Number.NaN;
    else if (this.#statistic === STATISTIC_AVERAGE) points[at] = sum / count;
    else if (this.#statistic === STATISTIC_SUM) points[at] = sum;
    else points[at] = this.#statistic === STATISTIC_MINIMUM ? smallest : largest;
  }
}
