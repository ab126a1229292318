import { expect, test } from 'vitest';
import {
  canForecast,
  decidePredictive,
  defaultPredictivePolicy,
  effectiveMaxCapacity,
  type PredictivePolicy,
  predictiveLaunchAtMs,
  validatePredictivePolicies,
  validatePredictivePolicy,
} from '../../../../src/core/scaling/predictive.ts';

const scaling: PredictivePolicy = { ...defaultPredictivePolicy, mode: 'ForecastAndScale' };
const raising: PredictivePolicy = {
  ...scaling,
  maxCapacityBreachBehavior: 'IncreaseMaxCapacity',
  maxCapacityBuffer: 10,
};

test.each([
  [23.9, false],
  [24, true],
])('[PRED-01] %f h of history suffice: %s', (hours, enough) => {
  expect(canForecast(hours)).toBe(enough);
});

test.each([
  ['PRED-01', defaultPredictivePolicy, 5, 8, 40, 5, 40, 'forecast-only'],
  ['PRED-02', scaling, 5, 8, 40, 8, 40, null],
  ['PRED-02', scaling, 8, 8, 40, 8, 40, 'capacity-suffices'],
  ['PRED-02', scaling, 9, 8, 40, 9, 40, 'capacity-suffices'],
  ['PRED-04', scaling, 30, 50, 40, 40, 40, null],
  ['PRED-04', scaling, 40, 50, 40, 40, 40, 'at-maximum'],
  ['PRED-04', raising, 30, 50, 40, 50, 55, null],
  ['PRED-02', scaling, 5, 40, 40, 40, 40, null],
  ['PRED-02', raising, 30, 36, 40, 36, 40, null],
] as const)(
  '[%s] mode and maximum %#: capacity %i, forecast %i, max %i',
  (rule, policy, desired, forecast, max, ...then) => {
    const [desiredAfter, maxSize, blockedBy] = then;
    const decision = decidePredictive(
      { ...scaling, ...(policy as object) },
      { desiredCapacity: desired, maxSize: max },
      forecast,
    );
    expect(decision).toMatchObject({ desiredBefore: desired, desiredAfter, maxSize, blockedBy });
    expect(decision.rules).toContain(rule);
    expect(decision.rules.includes('PRED-04')).toBe(rule === 'PRED-04');
  },
);

test.each([
  ['HonorMaxCapacity', 10, 50, 40, 40],
  ['IncreaseMaxCapacity', 10, 50, 40, 55],
  ['IncreaseMaxCapacity', 0, 50, 40, 50],
  ['IncreaseMaxCapacity', null, 50, 40, 50],
  ['IncreaseMaxCapacity', 10, 33, 30, 37],
  ['IncreaseMaxCapacity', 10, 30, 40, 40],
] as const)('[PRED-04] %s, buffer %s %%, forecast %i, max %i: %i', (behaviour, buffer, forecast, max, effective) => {
  const policy = { maxCapacityBreachBehavior: behaviour, maxCapacityBuffer: buffer };
  expect(effectiveMaxCapacity(forecast, max, policy)).toBe(effective);
});

test('[PRED-03, PRED-04] by default: five minutes ahead, the maximum honoured', () => {
  expect(predictiveLaunchAtMs(600_000)).toBe(300_000);
  expect(predictiveLaunchAtMs(600_000, 90)).toBe(510_000);
  expect(effectiveMaxCapacity(50, 40)).toBe(40);
  expect(defaultPredictivePolicy.mode).toBe('ForecastOnly');
});

test.each([
  ['PRED-03', { schedulingBufferTimeSeconds: -1 }, ['bufferTimeOutOfRange']],
  ['PRED-03', { schedulingBufferTimeSeconds: 3_601 }, ['bufferTimeOutOfRange']],
  ['PRED-03', { schedulingBufferTimeSeconds: 0.5 }, ['bufferTimeOutOfRange']],
  ['PRED-03', { schedulingBufferTimeSeconds: 0 }, []],
  ['PRED-03', { schedulingBufferTimeSeconds: 3_600 }, []],
  ['PRED-04', { maxCapacityBuffer: 10 }, ['maxCapacityBufferUnused']],
  ['PRED-04', { ...raising, maxCapacityBuffer: null }, ['maxCapacityBufferMissing']],
  ['PRED-04', { ...raising, maxCapacityBuffer: -1 }, ['maxCapacityBufferOutOfRange']],
  ['PRED-04', { ...raising, maxCapacityBuffer: 101 }, ['maxCapacityBufferOutOfRange']],
  ['PRED-04', { ...raising, maxCapacityBuffer: 1.5 }, ['maxCapacityBufferOutOfRange']],
  ['PRED-04', { ...raising, maxCapacityBuffer: 0 }, []],
  ['PRED-04', { ...raising, maxCapacityBuffer: 100 }, []],
] as const)('[%s] %j has faults %j', (_rule, over, reasons) => {
  expect(validatePredictivePolicy({ ...scaling, ...over }).map(({ reason }) => reason)).toEqual(reasons);
});

test('[PRED-01] only one policy of a group may scale', () => {
  expect(validatePredictivePolicies(['ForecastOnly', 'ForecastAndScale', 'ForecastOnly'])).toEqual([]);
  const [fault] = validatePredictivePolicies(['ForecastAndScale', 'ForecastAndScale']);
  expect(fault).toMatchObject({ reason: 'severalPredictivePoliciesScale', params: { count: 2 } });
});
