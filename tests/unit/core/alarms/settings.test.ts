import { expect, test } from 'vitest';
import {
  type AlarmSettings,
  alarmCautions,
  isScalingAction,
  validateAlarmSettings,
  wallClockZone,
} from '../../../../src/core/alarms/settings.ts';

const policyArn = 'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:x:autoScalingGroupName/g:policyName/p';
const topicArn = 'arn:aws:sns:us-east-1:000000000000:autoscaling';
const usual: AlarmSettings = {
  rule: {
    periodSeconds: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    threshold: 100,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  namespace: 'AWS/SQS',
  statistic: 'Average',
  lowSampleTreatment: null,
  window: { kind: 'sliding' },
  warmUp: null,
  anomalyBand: false,
  minuteMetric: true,
  actions: [policyArn],
};
const period = (periodSeconds: number) => ({
  ...usual.rule,
  periodSeconds,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
});
const wallClock = (timeZone: string | null) => ({ kind: 'wallClock', timeZone }) as const;

test('a usual alarm has no fault and no caution', () => {
  expect(validateAlarmSettings(usual)).toEqual([]);
  expect(alarmCautions(usual)).toEqual([]);
});

test.each([
  ['ALARM-19', { statistic: 'p99' }, []],
  ['ALARM-19', { statistic: 'p99', lowSampleTreatment: 'ignore' }, []],
  ['ALARM-19', { statistic: 'Average', lowSampleTreatment: 'ignore' }, ['lowSampleTreatmentNeedsPercentile']],
  ['ALARM-19', { statistic: 'Median' }, ['percentileInvalid']],
  ['ALARM-19', { statistic: 'p101', lowSampleTreatment: 'ignore' }, ['percentileInvalid']],
  ['ALARM-08', { window: wallClock(null) }, []],
  ['ALARM-08', { window: wallClock('Asia/Seoul'), rule: period(86_400) }, []],
  ['ALARM-08', { window: wallClock('Nowhere'), rule: period(120) }, ['wallClockPeriodInvalid', 'wallClockZoneInvalid']],
  ['ALARM-08', { window: { kind: 'sliding' }, rule: period(120) }, []],
  ['ALARM-08', { warmUp: { minutes: 1, onlyAfterItEnds: false } }, []],
  ['ALARM-08', { warmUp: { minutes: 0, onlyAfterItEnds: false } }, ['alarmWarmUpInvalid']],
  ['ALARM-08', { warmUp: { minutes: 1.5, onlyAfterItEnds: true } }, ['alarmWarmUpInvalid']],
  ['ALARM-03', { anomalyBand: true }, ['anomalyWithScalingAction']],
  ['ALARM-03', { anomalyBand: true, actions: [topicArn] }, []],
  ['ALARM-03', { anomalyBand: true, actions: [topicArn, policyArn] }, ['anomalyWithScalingAction']],
  ['ALARM-04', { rule: { ...usual.rule, periodSeconds: 45 }, statistic: 'x' }, ['periodInvalid', 'percentileInvalid']],
] as const)('[%s] %j: %j', (_rule, over, reasons) => {
  expect(validateAlarmSettings({ ...usual, ...over }).map(({ reason }) => reason)).toEqual(reasons);
});

test.each([
  ['ALARM-04', { rule: { ...usual.rule, periodSeconds: 30 } }, ['highResolutionOnMinuteMetric']],
  ['ALARM-04', { rule: { ...usual.rule, periodSeconds: 30 }, minuteMetric: false }, []],
  ['ALARM-15', { rule: period(60) }, ['lonePointKeepsDeciding']],
  ['ALARM-16', { namespace: 'AWS/DynamoDB' }, ['treatmentOverridden']],
  ['ALARM-16', { namespace: 'AWS/DynamoDB', rule: { ...usual.rule, treatMissingData: 'ignore' } }, []],
] as const)('[%s] %j is accepted with the cautions %j', (rule, over, reasons) => {
  const cautions = alarmCautions({ ...usual, ...over });
  expect(cautions.map(({ reason }) => reason)).toEqual(reasons);
  expect(cautions.every((caution) => caution.rule === rule)).toBe(true);
});

test('[ALARM-20] only Auto Scaling policies are scaling actions', () => {
  expect([policyArn, topicArn, `x${policyArn}`, policyArn.replace('aws', 'aws-cn')].map(isScalingAction)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('[ALARM-08] a window without a zone is in UTC', () => {
  expect([wallClockZone(null), wallClockZone('Asia/Seoul')]).toEqual(['UTC', 'Asia/Seoul']);
});
