import { expect, test } from 'vitest';
import { defaults, defaultValue } from '../../../src/core/defaults.ts';

test.each([
  ['STEP-01', 'asg.policyType', 'SimpleScaling'],
  ['STEP-01', 'asg.metricAggregationType', 'Average'],
  ['STEP-01', 'asg.stepAdjustmentsMax', 20],
  ['WARM-08', 'asg.defaultInstanceWarmupSeconds', null],
  ['COOL-01', 'asg.defaultCooldownSeconds', 300],
  ['TT-06', 'asg.targetTracking.disableScaleIn', false],
  ['SCHED-04', 'asg.scheduledActionsMax', 125],
  ['PRED-01', 'predictive.mode', 'ForecastOnly'],
  ['PRED-03', 'predictive.schedulingBufferTimeSeconds', 300],
  ['HOOK-01', 'asg.lifecycleHook.defaultResult', 'ABANDON'],
  ['POOL-01', 'asg.warmPool.state', 'Stopped'],
  ['HEALTH-01', 'asg.healthCheckGracePeriodSeconds.api', 0],
  ['HEALTH-01', 'asg.healthCheckGracePeriodSeconds.console', 300],
  ['AAS-04', 'aas.targetTracking.cooldownSeconds.elasticache', 600],
  ['KEDA-01', 'keda.aws-sqs-queue.scaleOnInFlight', true],
  ['HPA-01', 'hpa.tolerance', 0.1],
])('[%s] %s is %j when not set', (_rule, name, value) => {
  expect(defaultValue(name)).toBe(value);
});

test('a parameter nobody knows has no default, not even one that every object has', () => {
  expect([defaultValue('asg.colour'), defaultValue('toString')]).toEqual([undefined, undefined]);
});

test('names are a service, its parts and the parameter', () => {
  for (const name of Object.keys(defaults)) expect(name).toMatch(/^[a-z]+(\.[A-Za-z0-9-]+)+$/);
});
