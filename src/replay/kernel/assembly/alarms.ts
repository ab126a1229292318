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
  /** The evaluation range after `judge`: `range` points from `from` on. */
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
  /** The newest evaluationPeriods points as a ring, the place of the oldest of them, their sum; and how far in `values` they go. */
  kinds: usize;
  oldest: i32;
  sum: i32;
  index: i32;
}

function breaches(operator: i32, value: f64, threshold: f64): bool {
  if (operator === OPERATOR_GTE) return value >= threshold;
  if (operator === OPERATOR_GT) return value > threshold;
  if (operator === OPERATOR_LT) return value < threshold;
  return value <= threshold;
}

/** Nothing was there before the first point; minutes before the range are looked back at. */
export function startAlarm(alarm: Alarm): void {
  if (alarm.minutesPerPeriod !== 1) return;
  const before = alarm.offset + alarm.newestMinuteLag;
  const periods = alarm.evaluationPeriods;
  for (let index = 0; index < periods; index++) store<i32>(alarm.kinds + ((<usize>index) << 2), GONE);
  alarm.sum = periods * GONE;
  alarm.oldest = 0;
  alarm.index = max(0, before - periods) - 1;
  while (alarm.index < before - 1) take(alarm);
}

/** Let the next point in and the oldest out. @returns the new sum of kinds */
function take(alarm: Alarm): i32 {
  const index = alarm.index + 1;
  alarm.index = index;
  const value = f64At(alarm.values, index);
  const kind = isNaN(value) ? GONE : <i32>breaches(alarm.operator, value, alarm.threshold);
  const oldest = alarm.oldest;
  const place = alarm.kinds + ((<usize>oldest) << 2);
  const sum = alarm.sum + kind - load<i32>(place);
  store<i32>(place, kind);
  alarm.oldest = oldest + 1 < alarm.evaluationPeriods ? oldest + 1 : 0;
  alarm.sum = sum;
  return sum;
}

/** @returns the state at an evaluation whose newest published minute is `newestMinute` */
export function judge(alarm: Alarm, newestMinute: i32): i32 {
  const end = alarm.offset + newestMinute;
  const range = alarm.range;
  if (alarm.minutesPerPeriod === 1) {
    alarm.from = end - range + 1;
    const sum = take(alarm);
    if (sum < GONE) return <i32>(sum >= alarm.datapointsToAlarm);
    const length = min(range, alarm.index + 1);
    return verdict(alarm, alarm.values, alarm.index + 1 - length, length);
  }
  for (let back = 0; back < range; back++)
    aggregatePeriod(alarm, range - 1 - back, end - back * alarm.minutesPerPeriod);
  return verdict(alarm, alarm.points, 0, range);
}

function aggregatePeriod(alarm: Alarm, at: i32, end: i32): void {
  const values = alarm.values;
  let count = 0;
  let sum: f64 = 0;
  let smallest: f64 = Infinity;
  let largest: f64 = -Infinity;
  for (let index = end - alarm.minutesPerPeriod + 1; index <= end; index++) {
    const value = f64At(values, index);
    if (isNaN(value)) continue;
    count++;
    sum += value;
    smallest = min(smallest, value);
    largest = max(largest, value);
  }
  let point = NaN;
  if (count > 0) {
    const statistic = alarm.statistic;
    if (statistic === AVERAGE) point = sum / <f64>count;
    else if (statistic === SUM) point = sum;
    else point = statistic === MINIMUM ? smallest : largest;
  }
  putF64(alarm.points, at, point);
}

function verdict(alarm: Alarm, points: usize, from: i32, length: i32): i32 {
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
