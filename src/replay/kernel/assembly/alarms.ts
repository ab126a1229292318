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

/** As many as a row has bits; alarms of more are run.ts's. */
const MOST_PERIODS: i32 = 64;

/** More than any sum of breaching points, and so that of a row in which one is missing. */
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
  /** Periods slide by a minute, so those of one evaluation range recur every `minutesPerPeriod` minutes: as many rows, and the next. */
  rows: usize;
  row: i32;
  /** A bit for each of the evaluationPeriods. */
  mask: u64;
  /** Newest point judged, and how many of its row's points breach. */
  end: i32;
  sum: i32;
}

/** The newest evaluationPeriods points of a row, the newest in the lowest bit: which breach and which are missing. */
@unmanaged
export class Row {
  breaching: u64;
  gone: u64;
}

function rowAt(alarm: Alarm, index: i32): Row {
  return changetype<Row>(alarm.rows + <usize>index * offsetof<Row>());
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
  alarm.mask = ~(<u64>0) >> <u64>(MOST_PERIODS - alarm.evaluationPeriods);
  for (let index = 0; index < rows; index++) {
    const row = rowAt(alarm, index);
    row.breaching = 0;
    row.gone = alarm.mask;
  }
  alarm.row = 0;
  const before = alarm.offset + alarm.newestMinuteLag;
  for (let end = max(rows - 1, before - alarm.range * rows); end < before; end++) take(alarm, end);
}

/** Let the point that ends with a minute in and the oldest of its row out. @returns how many of the row breach, `GONE` more if one is missing */
function take(alarm: Alarm, end: i32): i32 {
  const row = rowAt(alarm, alarm.row);
  if (alarm.minutesPerPeriod !== 1) {
    aggregatePeriod(alarm, end);
    alarm.row = alarm.row + 1 < alarm.minutesPerPeriod ? alarm.row + 1 : 0;
  }
  const value = f64At(alarm.periods, end);
  const mask = alarm.mask;
  // Every comparison with NaN is false: what is missing does not breach.
  const breaching = ((row.breaching << 1) | <u64>breaches(alarm.operator, value, alarm.threshold)) & mask;
  const gone = ((row.gone << 1) | <u64>isNaN(value)) & mask;
  row.breaching = breaching;
  row.gone = gone;
  const sum = <i32>popcnt(breaching) + (gone !== 0 ? GONE : 0);
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
