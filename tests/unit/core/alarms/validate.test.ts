import { expect, test } from 'vitest';
import type { AlarmRule } from '../../../../src/core/alarms/types.ts';
import { validateAlarmRule } from '../../../../src/core/alarms/validate.ts';
import { faultText } from '../../../../src/core/messages/faults.ts';

const valid: AlarmRule = {
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: 100,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
};

test('a usual alarm has no fault', () => expect(validateAlarmRule(valid)).toEqual([]));

test.each([
  ['ALARM-04', { periodSeconds: 45 }, ['periodInvalid']],
  ['ALARM-04', { periodSeconds: 0 }, ['periodInvalid']],
  ['ALARM-04', { periodSeconds: 90 }, ['periodInvalid']],
  ['ALARM-05', { periodSeconds: 60, evaluationPeriods: 1441 }, ['spanOverDay']],
  ['ALARM-05', { periodSeconds: 3600, evaluationPeriods: 169 }, ['spanOverWeek']],
  ['ALARM-02', { evaluationPeriods: 0, datapointsToAlarm: 1 }, ['evaluationPeriodsInvalid']],
  ['ALARM-02', { datapointsToAlarm: 4 }, ['datapointsToAlarmOutOfRange']],
  ['ALARM-02', { datapointsToAlarm: 0 }, ['datapointsToAlarmOutOfRange']],
  ['ALARM-02', { threshold: Number.NaN }, ['thresholdNotFinite']],
] as const)('[%s] %j is refused: %j', (_rule, over, reasons) => {
  expect(validateAlarmRule({ ...valid, ...over }).map(({ reason }) => reason)).toEqual(reasons);
});

test.each([
  [10, true],
  [20, true],
  [30, true],
  [60, true],
  [120, true],
  [40, false],
  [59, false],
  [61, false],
  [60.5, false],
  [-60, false],
] as const)('[ALARM-04] a period of %d s: %s', (periodSeconds, accepted) => {
  expect(validateAlarmRule({ ...valid, periodSeconds }).length === 0).toBe(accepted);
});

test.each([
  // period, most periods, reason, the API's words
  [60, 1440, 'spanOverDay', 'across more than a day'],
  [300, 288, 'spanOverDay', 'EvaluationPeriods * Period must be <= 86400'],
  [3540, 24, 'spanOverDay', 'using period < 3600'],
  [3600, 168, 'spanOverWeek', 'across more than a week'],
  [7200, 84, 'spanOverWeek', 'EvaluationPeriods * Period must be <= 604800'],
  [604_800, 1, 'spanOverWeek', 'using period >= 3600'],
] as const)('[ALARM-05] %d s x %d is the most', (periodSeconds, most, reason, words) => {
  const faultsOf = (evaluationPeriods: number) =>
    validateAlarmRule({ ...valid, periodSeconds, evaluationPeriods, datapointsToAlarm: 1 });
  expect(faultsOf(most)).toEqual([]);
  const [fault, ...others] = faultsOf(most + 1);
  expect(others).toEqual([]);
  expect(fault).toMatchObject({ reason, field: 'evaluationPeriods' });
  expect(fault?.apiMessage).toContain(words);
  const limit = periodSeconds < 3600 ? 86_400 : 604_800;
  expect(fault?.params).toEqual({ seconds: periodSeconds * (most + 1), limit });
});

test.each([
  ['a period that is none', { periodSeconds: 86_401 }, ['periodInvalid']],
  ['a number of periods that is none', { evaluationPeriods: 1_000_000.5 }, ['evaluationPeriodsInvalid']],
] as const)('[ALARM-05] %s has no span to be too long', (_what, over, reasons) => {
  expect(validateAlarmRule({ ...valid, ...over }).map(({ reason }) => reason)).toEqual(reasons);
});

test.each([
  [1, 1, true],
  [3, 3, true],
  [2, 3, false],
  [3, 2.5, false],
  [3, 0, false],
] as const)(
  '[ALARM-02] with %d periods, %d datapoints to alarm: %s',
  (evaluationPeriods, datapointsToAlarm, accepted) => {
    const faults = validateAlarmRule({ ...valid, evaluationPeriods, datapointsToAlarm });
    expect(faults.length === 0).toBe(accepted);
  },
);

test('every fault is said at once, in both languages', () => {
  const faults = validateAlarmRule({
    ...valid,
    periodSeconds: 7,
    evaluationPeriods: 2.5,
    threshold: Number.NaN,
    datapointsToAlarm: -1,
  });
  expect(faults.map(({ field }) => field)).toEqual([
    'periodSeconds',
    'evaluationPeriods',
    'datapointsToAlarm',
    'threshold',
  ]);
  expect(faultText('en', faults[0]!)).toBe('period 7 s; allowed are 10, 20, 30 or a multiple of 60');
  expect(faultText('ko', faults[0]!)).toBe('주기가 7초입니다. 10, 20, 30 또는 60의 배수여야 합니다');
});
