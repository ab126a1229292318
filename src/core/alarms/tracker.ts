/**
 * One alarm followed along a column of points, one point after the other, in constant time and without allocation.
 *
 * Keeps how many of the newest EvaluationPeriods points breach and how many are missing. While none is missing, comparing that
 * with DatapointsToAlarm is the whole rule (ALARM-10.1, ALARM-11); otherwise `verdictCode` judges the evaluation range. The states
 * are those of `verdictCode` at every point. Rules: docs/rules/alarms.md. Not here: reasons (evaluateAlarm).
 */
import { missingCode, operatorCode, STATE_INSUFFICIENT_DATA } from './codes.ts';
import { breachesCode, evaluationRangeLength, verdictCode, verdictState } from './evaluate.ts';
import type { AlarmRule } from './types.ts';

/** What one point adds to the count: points that breach below, missing ones above this, so that both are one number. */
const MISSING = 1 << 16;

export class AlarmTracker {
  /** Code of the state after the newest point; INSUFFICIENT_DATA before the first (ALARM-25). */
  state: number = STATE_INSUFFICIENT_DATA;

  private readonly points: Float64Array;
  private readonly datapointsToAlarm: number;
  private readonly rangeLength: number;
  private readonly threshold: number;
  private readonly operator: number;
  private readonly treatMissing: number;
  /** The newest EvaluationPeriods points as a ring: 0 within the threshold, 1 breaching, MISSING. */
  private readonly kinds: Int32Array;
  /** Where the oldest point is in `kinds`, and the newest in `points`. */
  private oldest = 0;
  private index = -1;
  /** Sum of `kinds`. */
  private count: number;

  /**
   * @param points the metric, oldest to newest, NaN = missing; may be filled in as the tracker goes, each before its `advance`
   * @param extra  further points of the evaluation range (MODEL-01)
   */
  constructor(rule: AlarmRule, points: Float64Array, extra?: number) {
    this.points = points;
    this.datapointsToAlarm = rule.datapointsToAlarm;
    this.rangeLength = evaluationRangeLength(rule, extra);
    this.threshold = rule.threshold;
    this.operator = operatorCode(rule.comparisonOperator);
    this.treatMissing = missingCode(rule.treatMissingData);
    // Nothing was there before the first point.
    this.kinds = new Int32Array(rule.evaluationPeriods).fill(MISSING);
    this.count = rule.evaluationPeriods * MISSING;
  }

  /** Judge the next point. @returns the state's code, also in `state` */
  advance(): number {
    const { kinds, oldest } = this;
    const value = this.points[++this.index]!;
    const kind = Number.isNaN(value) ? MISSING : Number(breachesCode(this.operator, value, this.threshold));
    const count = this.count + kind - kinds[oldest]!;
    kinds[oldest] = kind;
    this.oldest = oldest + 1 < kinds.length ? oldest + 1 : 0;
    this.count = count;
    // As a sum, not a choice: STATE_OK is 0 and STATE_ALARM is 1, and there is no branch for the processor to guess.
    this.state = count < MISSING ? Number(count >= this.datapointsToAlarm) : this.judgeRange();
    return this.state;
  }

  private judgeRange(): number {
    const { points, index, kinds, datapointsToAlarm, threshold, operator, treatMissing, state } = this;
    const length = Math.min(this.rangeLength, index + 1);
    const from = index + 1 - length;
    return verdictState(
      verdictCode(points, from, length, kinds.length, datapointsToAlarm, threshold, operator, treatMissing, state),
    );
  }
}
