/**
 * One alarm followed along a column of points, one point after the other, in constant time and without allocation.
 *
 * Keeps how many of the newest EvaluationPeriods points breach and how many are missing. While none is missing, comparing that
 * with DatapointsToAlarm is the whole rule (ALARM-10.1, ALARM-11); otherwise `verdictCode` judges the evaluation range. The states
 * are those of `verdictCode` at every point. Rules: docs/rules/alarms.md. Not here: reasons (evaluateAlarm).
 */
import { type CompiledAlarmRule, compileAlarmRule, STATE_INSUFFICIENT_DATA } from './codes.ts';
import { breachesCode, evaluationRangeLength, verdictCode, verdictState } from './evaluate.ts';
import type { AlarmRule } from './types.ts';

/** What one point adds to the count: points that breach below, missing ones above this, so that both are one number. */
const MISSING = 1 << 16;

export class AlarmTracker {
  /** Code of the state after the newest point; INSUFFICIENT_DATA before the first unless told otherwise (ALARM-01). */
  state: number;

  private readonly points: Float64Array;
  private readonly rule: CompiledAlarmRule;
  private readonly rangeLength: number;
  /** The newest EvaluationPeriods points as a ring: 0 within the threshold, 1 breaching, MISSING. */
  private readonly kinds: Int32Array;
  /** Where the oldest point is in `kinds`, and the newest in `points`. */
  private oldest = 0;
  private index: number;
  /** Sum of `kinds`. */
  private count: number;

  /**
   * @param points the metric, oldest to newest, NaN = missing; may be filled in as the tracker goes, each before its `advance`
   * @param extra  further points of the evaluation range (MODEL-01)
   * @param before how many of the points are older than the first to judge; they are looked back at
   * @param state  code of the state the alarm was in by then
   */
  constructor(
    rule: AlarmRule,
    points: Float64Array,
    extra?: number,
    before = 0,
    state: number = STATE_INSUFFICIENT_DATA,
  ) {
    this.points = points;
    this.rule = compileAlarmRule(rule);
    this.rangeLength = evaluationRangeLength(rule, extra);
    // Nothing was there before the first point.
    this.kinds = new Int32Array(rule.evaluationPeriods).fill(MISSING);
    this.count = rule.evaluationPeriods * MISSING;
    this.index = Math.max(0, before - rule.evaluationPeriods) - 1;
    while (this.index < before - 1) this.take();
    this.state = state;
  }

  /** Judge the next point. @returns the state's code, also in `state` */
  advance(): number {
    const count = this.take();
    // As a sum, not a choice: STATE_OK is 0 and STATE_ALARM is 1, and there is no branch for the processor to guess.
    this.state = count < MISSING ? Number(count >= this.rule.datapointsToAlarm) : this.judgeRange();
    return this.state;
  }

  /** Let the next point in and the oldest out. @returns the new sum of `kinds` */
  private take(): number {
    const { kinds, oldest, rule } = this;
    const value = this.points[++this.index]!;
    const kind = Number.isNaN(value) ? MISSING : Number(breachesCode(rule.operator, value, rule.threshold));
    const count = this.count + kind - kinds[oldest]!;
    kinds[oldest] = kind;
    this.oldest = oldest + 1 < kinds.length ? oldest + 1 : 0;
    this.count = count;
    return count;
  }

  private judgeRange(): number {
    const length = Math.min(this.rangeLength, this.index + 1);
    return verdictState(verdictCode(this.rule, this.points, this.index + 1 - length, length, this.state));
  }
}
