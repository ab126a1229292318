/**
 * Whether an alarm's settings would be accepted: every fault at once, so that a form can show them together.
 *
 * Rules: docs/rules/alarms.md (ALARM-02, ALARM-04, ALARM-05). `apiMessage` repeats the API's own words where they are known.
 */
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import type { AlarmRule } from './types.ts';

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;

/** @returns faults in the order of the form; empty when the rule is valid. Throws nothing. */
export function validateAlarmRule(rule: AlarmRule): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const { periodSeconds: period, evaluationPeriods: n, datapointsToAlarm: m } = rule;
  const periodValid = isValidPeriod(period);
  const countValid = isWhole(n) && n >= 1;
  if (!periodValid) {
    faults.push(fault('periodInvalid', 'periodSeconds', { period }));
  }
  if (!countValid) faults.push(fault('evaluationPeriodsInvalid', 'evaluationPeriods', { periods: n }));
  if (periodValid && countValid) {
    const limit = period < 3600 ? DAY_SECONDS : WEEK_SECONDS;
    if (period * n > limit) {
      const reason = period < 3600 ? 'spanOverDay' : 'spanOverWeek';
      const apiMessage =
        period < 3600
          ? 'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for alarms using period < 3600'
          : 'Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600';
      faults.push(fault(reason, 'evaluationPeriods', { seconds: period * n, limit }, apiMessage));
    }
  }
  if (!(isWhole(m) && m >= 1 && (!countValid || m <= n))) {
    faults.push(fault('datapointsToAlarmOutOfRange', 'datapointsToAlarm', { datapoints: m, periods: n }));
  }
  if (!Number.isFinite(rule.threshold)) faults.push(fault('thresholdNotFinite', 'threshold', {}));
  return faults;
}

/** 10, 20, 30 or a multiple of 60 (ALARM-04). */
function isValidPeriod(period: number): boolean {
  return period === 10 || period === 20 || period === 30 || (isWhole(period) && period >= 60 && period % 60 === 0);
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value);
