/**
 * Alarms of the loop: what they look at (observe.ts), and their verdict (core/alarms: tracker.ts, evaluate.ts) on the same numbers.
 */
import { f64At, putF64 } from './memory';
import { Policy } from './policies';

export const OK: i32 = 0;
export const ALARM: i32 = 1;
const INSUFFICIENT_DATA: i32 = 2;

export const OPERATOR_GTE: i32 = 0;
export const OPERATOR_GT: i32 = 1;
const OPERATOR_LT: i32 = 2;

const TREAT_MISSING: i32 = 0;
const TREAT_IGNORE: i32 = 1;
const TREAT_BREACHING: i32 = 2;

const AVERAGE: i32 = 0;
const SUM: i32 = 1;
const MINIMUM: i32 = 2;

/** What one point adds to the count of the newest: 0 within the threshold, 1 breaching, this much when it is missing. */
const GONE: i32 = 1 << 16;

@unmanaged
export class Alarm {
  threshold: f64;
  phaseSeconds: f64;
  /** Minute samples; the range's first minute is at `offset`. */
  values: usize;
  offset: i32;
  /** Statistic of the period that ends with each minute; the minute samples themselves where a period is a minute. */
  periods: usize;
  /** The evaluation range after `readRange`: `range` points from `from` on. */
  points: usize;
  from: i32;
  range: i32;
  statistic: i32;
  minutesPerPeriod: i32;
  evaluationPeriods: i32;
  datapointsToAlarm: i32;
  operator: i32;
  treatMissing: i32;
  /** Newest published minute, counted from the minute of the evaluation. */
  newestMinuteLag: i32;
  state: i32;
  /** Evaluated at the same second as the next one. */
  together: i32;
  policies: Policy;
  policyCount: i32;
  /**
   * Periods slide by a minute, so those of one evaluation range recur every `minutesPerPeriod` minutes. Of each such row of periods:
   * a ring of its newest evaluationPeriods points, and their sum. `row` is the one that is next, `oldest` its oldest point.
   */
  kinds: usize;
  sums: usize;
  row: i32;
  oldest: i32;
  /** Newest point judged, and its row's sum. */
  end: i32;
  sum: i32;
}

function breaches(operator: i32, value: f64, threshold: f64): bool {
  if (operator === OPERATOR_GTE) return value >= threshold;
  if (operator === OPERATOR_GT) return value > threshold;
  if (operator === OPERATOR_LT) return value < threshold;
  return value <= threshold;
}

/** Nothing was there before the first point; minutes before the range are looked back at. */
export function startAlarm(alarm: Alarm): void {
  const rows = alarm.minutesPerPeriod;
  const periods = alarm.evaluationPeriods;
  for (let index = 0; index < rows * periods; index++) store<i32>(alarm.kinds + ((<usize>index) << 2), GONE);
  for (let index = 0; index < rows; index++) store<i32>(alarm.sums + ((<usize>index) << 2), periods * GONE);
  alarm.row = alarm.oldest = 0;
  const before = alarm.offset + alarm.newestMinuteLag;
  for (let end = max(rows - 1, before - alarm.range * rows); end < before; end++) take(alarm, end);
}

/** Let the point that ends with a minute in and the oldest of its row out. @returns the new sum of the row's kinds */
function take(alarm: Alarm, end: i32): i32 {
  const rows = alarm.minutesPerPeriod;
  if (rows !== 1) aggregatePeriod(alarm, end);
  const value = f64At(alarm.periods, end);
  const kind = isNaN(value) ? GONE : <i32>breaches(alarm.operator, value, alarm.threshold);
  const row = alarm.row;
  const oldest = alarm.oldest;
  const place = alarm.kinds + ((<usize>(row * alarm.evaluationPeriods + oldest)) << 2);
  const sums = alarm.sums + ((<usize>row) << 2);
  const sum = load<i32>(sums) + kind - load<i32>(place);
  store<i32>(place, kind);
  store<i32>(sums, sum);
  if (row + 1 < rows) {
    alarm.row = row + 1;
  } else {
    alarm.row = 0;
    alarm.oldest = oldest + 1 < alarm.evaluationPeriods ? oldest + 1 : 0;
  }
  alarm.end = end;
  alarm.sum = sum;
  return sum;
}

/** @returns the state at an evaluation whose newest published minute is `newestMinute` */
export function judge(alarm: Alarm, newestMinute: i32): i32 {
  const sum = take(alarm, alarm.offset + newestMinute);
  if (sum < GONE) return <i32>(sum >= alarm.datapointsToAlarm);
  readRange(alarm);
  return verdict(alarm);
}

/** Whether none of the newest evaluationPeriods points is missing. */
export function isComplete(alarm: Alarm): bool {
  return alarm.sum < GONE;
}

/** Put the evaluation range of the last `judge` where it can be read. */
export function readRange(alarm: Alarm): void {
  const rows = alarm.minutesPerPeriod;
  const range = alarm.range;
  if (rows === 1) {
    alarm.from = alarm.end - range + 1;
    return;
  }
  let end = alarm.end;
  for (let index = range - 1; index >= 0; index--) {
    putF64(alarm.points, index, f64At(alarm.periods, end));
    end -= rows;
  }
}

/** NaN when none of its minutes has a sample. */
function aggregatePeriod(alarm: Alarm, end: i32): void {
  const values = alarm.values;
  const statistic = alarm.statistic;
  const first = end - alarm.minutesPerPeriod + 1;
  let count = 0;
  let point: f64 = 0;
  if (statistic === AVERAGE || statistic === SUM) {
    for (let index = first; index <= end; index++) {
      const value = f64At(values, index);
      if (isNaN(value)) continue;
      count++;
      point += value;
    }
    if (statistic === AVERAGE) point /= <f64>count;
  } else if (statistic === MINIMUM) {
    point = Infinity;
    for (let index = first; index <= end; index++) {
      const value = f64At(values, index);
      if (isNaN(value)) continue;
      count++;
      if (value < point) point = value;
    }
  } else {
    point = -Infinity;
    for (let index = first; index <= end; index++) {
      const value = f64At(values, index);
      if (isNaN(value)) continue;
      count++;
      if (value > point) point = value;
    }
  }
  putF64(alarm.periods, end, count > 0 ? point : NaN);
}

function verdict(alarm: Alarm): i32 {
  const points = alarm.points;
  const from = alarm.from;
  const length = alarm.range;
  const periods = alarm.evaluationPeriods;
  const needed = alarm.datapointsToAlarm;
  const operator = alarm.operator;
  const threshold = alarm.threshold;
  let real = 0;
  let breaching = 0;
  let oldestBreach = 0;
  for (let index = from + length - 1; index >= from && real < periods; index--) {
    const value = f64At(points, index);
    if (isNaN(value)) continue;
    real++;
    if (breaches(operator, value, threshold)) {
      breaching++;
      oldestBreach = from + length - index;
    }
  }
  if (real >= periods) return breaching >= needed ? ALARM : OK;
  const treat = alarm.treatMissing;
  if (treat !== TREAT_MISSING && treat !== TREAT_IGNORE) {
    return breaching + (treat === TREAT_BREACHING ? periods - real : 0) >= needed ? ALARM : OK;
  }
  const otherwise = treat === TREAT_IGNORE ? alarm.state : INSUFFICIENT_DATA;
  if (real === 0) return otherwise;
  if (breaching >= needed) return ALARM;
  if (breaching < real) return OK;
  if (oldestBreach >= needed) return treat === TREAT_MISSING ? ALARM : alarm.state;
  return otherwise;
}
