import { expect, test } from 'vitest';
import { effectiveWarmupSeconds, refreshWarmupSeconds, warmupSecondsOf } from '../../../../src/core/scaling/warmup.ts';

test.each([
  [120, 300, 300, 120],
  [0, 200, 300, 0],
  [null, 200, 300, 200],
  [null, 0, 300, 0],
  [null, null, 90, 90],
])('[WARM-08] policy %s, group %s, cooldown %i: %i s', (estimate, warmup, cooldown, seconds) => {
  const policy = { estimatedInstanceWarmupSeconds: estimate };
  const group = { defaultInstanceWarmupSeconds: warmup, defaultCooldownSeconds: cooldown };
  expect(effectiveWarmupSeconds(policy, group)).toBe(seconds);
  expect(warmupSecondsOf('StepScaling', policy, group)).toBe(seconds);
  expect(warmupSecondsOf('TargetTrackingScaling', policy, group)).toBe(seconds);
  expect(warmupSecondsOf('PredictiveScaling', policy, group)).toBe(0);
  expect(warmupSecondsOf('SimpleScaling', policy, group)).toBe(0);
});

test.each([
  [45, 200, 90, 45],
  [0, 200, 90, 0],
  [null, 200, 90, 200],
  [null, 0, 90, 0],
  [null, null, 90, 90],
])('[WARM-08] a refresh: own %s, group %s, grace period %i: %i s', (own, warmup, grace, seconds) => {
  expect(
    refreshWarmupSeconds({
      instanceWarmupSeconds: own,
      defaultInstanceWarmupSeconds: warmup,
      healthCheckGracePeriodSeconds: grace,
    }),
  ).toBe(seconds);
});
