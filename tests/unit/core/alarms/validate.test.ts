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
