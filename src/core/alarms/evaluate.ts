/**
 * Alarm evaluation: the state of one metric alarm, given its recent datapoints and its previous state.
 *
 * Pure: one call answers for one moment. `verdictCode` is the rule itself, on numbers and without allocation, for loops
 * over weeks; `evaluateAlarm` is the same rule with its reasons. Rules: docs/rules/alarms.md (ALARM-02 to ALARM-18).
 * Not here: fetching datapoints, statistics of a period (statistic.ts), when to evaluate (cadence.ts), acting on the state.
 */
import {
  alarmStates,
  type CompiledAlarmRule,
  compileAlarmRule,
  MISSING_BREACHING,
  MISSING_IGNORE,
  MISSING_MISSING,
  OPERATOR_GT,
  OPERATOR_GTE,
  OPERATOR_LT,
  operatorCode,
  STATE_ALARM,
  STATE_INSUFFICIENT_DATA,
  STATE_OK,
  stateCode,
} from './codes.ts';
import type { AlarmEvaluation, AlarmRule, AlarmState, ComparisonOperator, TreatMissingData } from './types.ts';

export { evaluationCadenceSeconds, evaluationIntervalSeconds } from './cadence.ts';

/** How a verdict came about; the low two bits of a verdict are the state, the rest is one of these. */
const PATH_ENOUGH_REAL = 0;
const PATH_FILLED = 1;
const PATH_ALL_MISSING = 2;
const PATH_REAL_BREACHES_SUFFICE = 3;
const PATH_OLD_BREACH = 4;
const PATH_YOUNG_BREACH = 5;
const PATH_REAL_GOOD = 6;

const rulesOfPath: readonly (readonly string[])[] = [
  ['ALARM-10.2', 'ALARM-11'],
  ['ALARM-10.3', 'ALARM-11', 'ALARM-12'],
  ['ALARM-13'],
  ['ALARM-10.3', 'ALARM-11', 'MODEL-11'],
  ['ALARM-10.3', 'ALARM-14'],
  ['ALARM-10.3', 'ALARM-14', 'ALARM-18', 'MODEL-09'],
  ['ALARM-10.3', 'ALARM-11'],
];
const rulesNoneMissing: readonly string[] = ['ALARM-10.1', 'ALARM-11'];

/** Whether `value operator threshold` holds (ALARM-03). NaN never breaches. */
export function breaches(operator: ComparisonOperator, value: number, threshold: number): boolean {
  return breachesCode(operatorCode(operator), value, threshold);
}

/** `breaches` with an operator's code. */
export function breachesCode(operator: number, value: number, threshold: number): boolean {
  if (operator === OPERATOR_GTE) return value >= threshold;
  if (operator === OPERATOR_GT) return value > threshold;
  if (operator === OPERATOR_LT) return value < threshold;
  return value <= threshold;
}

/**
 * Number of periods an alarm looks at: evaluationPeriods and some more (ALARM-09).
 *
 * @param extra how many more; AWS does not publish it (MODEL-01, default 2)
 */
export function evaluationRangeLength(rule: Pick<AlarmRule, 'evaluationPeriods'>, extra = 2): number {
  return rule.evaluationPeriods + extra;
}

/** The treatment in force: alarms on AWS/DynamoDB behave as `ignore` whatever is configured (ALARM-16). */
export function effectiveTreatMissingData(configured: TreatMissingData, namespace: string): TreatMissingData {
  return namespace === 'AWS/DynamoDB' ? 'ignore' : configured;
}

/**
 * The rule, on numbers: no allocation, any array-like, a slice of it.
 *
 * @param rule   from `compileAlarmRule`
 * @param points the metric, oldest to newest, NaN = missing
 * @param from   index of the oldest point of the evaluation range
 * @param length points in the evaluation range
 * @returns state in the low two bits (see `verdictState`), path above; ALARM-10 to ALARM-14
 */
export function verdictCode(
  rule: CompiledAlarmRule,
  points: ArrayLike<number>,
  from: number,
  length: number,
  previousState: number,
): number {
  const { evaluationPeriods, datapointsToAlarm, threshold, operator, treatMissing } = rule;
  let real = 0;
  let breaching = 0;
  let oldestBreachPosition = 0; // counted from the newest point, which is 1
  for (let index = from + length - 1; index >= from && real < evaluationPeriods; index--) {
    const value = points[index]!;
    if (Number.isNaN(value)) continue;
    real++;
    if (breachesCode(operator, value, threshold)) {
      breaching++;
      oldestBreachPosition = from + length - index;
    }
  }
  // Enough real points: whatever is missing is irrelevant (ALARM-10.1, 10.2).
  if (real >= evaluationPeriods) {
    return (breaching >= datapointsToAlarm ? STATE_ALARM : STATE_OK) | (PATH_ENOUGH_REAL << 2);
  }
  if (treatMissing !== MISSING_MISSING && treatMissing !== MISSING_IGNORE) {
    const filledBreaching = treatMissing === MISSING_BREACHING ? evaluationPeriods - real : 0;
    const state = breaching + filledBreaching >= datapointsToAlarm ? STATE_ALARM : STATE_OK;
    return state | ((real === 0 ? PATH_ALL_MISSING : PATH_FILLED) << 2);
  }
  const otherwise = treatMissing === MISSING_IGNORE ? previousState : STATE_INSUFFICIENT_DATA;
  if (real === 0) return otherwise | (PATH_ALL_MISSING << 2);
  if (breaching >= datapointsToAlarm) return STATE_ALARM | (PATH_REAL_BREACHES_SUFFICE << 2);
  // One real point within the threshold switches the premature-alarm rule off (ALARM-14).
  if (breaching < real) return STATE_OK | (PATH_REAL_GOOD << 2);
  if (oldestBreachPosition >= datapointsToAlarm) {
    return (treatMissing === MISSING_MISSING ? STATE_ALARM : previousState) | (PATH_OLD_BREACH << 2);
  }
  return otherwise | (PATH_YOUNG_BREACH << 2);
}

/** State code of a verdict. */
export const verdictState = (verdict: number): number => verdict & 3;

/**
 * The state of an alarm at one moment, with the reasons.
 *
 * @param rule     how it judges
 * @param points   its evaluation range (`evaluationRangeLength` points), oldest to newest, NaN = missing
 * @param previous the state before this evaluation; kept by `ignore` (ALARM-13)
 * @returns the new state, the real points it was judged on, and the rules that led there. Throws nothing.
 */
export function evaluateAlarm(rule: AlarmRule, points: ArrayLike<number>, previous: AlarmState): AlarmEvaluation {
  const compiled = compileAlarmRule(rule);
  const verdict = verdictCode(compiled, points, 0, points.length, stateCode(previous));
  const judged = newestRealPoints(points, 0, points.length, rule.evaluationPeriods);
  let breachingCount = 0;
  for (const value of judged) if (breachesCode(compiled.operator, value, rule.threshold)) breachingCount++;
  const noneMissing = countReal(points) === points.length;
  return {
    state: alarmStates[verdictState(verdict)]!,
    rules: noneMissing && judged.length >= rule.evaluationPeriods ? rulesNoneMissing : rulesOfPath[verdict >> 2]!,
    judged,
    breachingCount,
    filledCount: rule.evaluationPeriods - judged.length,
  };
}

/** Up to `count` newest real points of a slice, oldest first: what is judged, and what a policy aggregates (STEP-05). */
export function newestRealPoints(points: ArrayLike<number>, from: number, length: number, count: number): number[] {
  const found: number[] = [];
  for (let index = from + length - 1; index >= from && found.length < count; index--) {
    const value = points[index]!;
    if (!Number.isNaN(value)) found.push(value);
  }
  return found.reverse();
}

function countReal(points: ArrayLike<number>): number {
  let real = 0;
  for (let index = 0; index < points.length; index++) if (!Number.isNaN(points[index]!)) real++;
  return real;
}
