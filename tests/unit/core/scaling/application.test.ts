import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ApplicationRequest,
  decideApplicationScaling,
  type ScalableTarget,
  trackingCooldownSeconds,
} from '../../../../src/core/scaling/application.ts';

const targetOf = (over: Partial<ScalableTarget> = {}): ScalableTarget => ({
  minCapacity: 1,
  maxCapacity: 20,
  capacity: 4,
  scaleOut: null,
  scaleIn: null,
  ...over,
});
const ask = (change: number, over: Partial<ApplicationRequest> = {}): ApplicationRequest => ({
  direction: change < 0 ? 'in' : 'out',
  wantedFrom: (base) => base + change,
  cooldownSeconds: 300,
  nowMs: 0,
  deploymentRunning: false,
  ...over,
});

test('[AAS-02] +2, then +3 inside the cooldown adds one more, and the same again nothing', () => {
  const first = decideApplicationScaling(targetOf(), ask(2));
  expect(first).toMatchObject({
    capacityBefore: 4,
    capacityAfter: 6,
    baseCapacity: 4,
    blockedBy: null,
    rules: ['AAS-01'],
  });
  expect(first.target.scaleOut).toEqual({ baseCapacity: 4, endsAtMs: 300_000 });
  const again = decideApplicationScaling(first.target, ask(2, { nowMs: 299_999 }));
  expect(again).toMatchObject({ capacityAfter: 6, blockedBy: 'credited-in-cooldown', rules: ['AAS-01', 'AAS-02'] });
  expect(again.target).toBe(first.target);
  const larger = decideApplicationScaling(first.target, ask(3, { nowMs: 1_000 }));
  expect(larger).toMatchObject({ baseCapacity: 4, capacityBefore: 6, capacityAfter: 7, rules: ['AAS-01', 'AAS-02'] });
  expect(larger.target.scaleOut).toEqual({ baseCapacity: 4, endsAtMs: 301_000 });
});

test('[AAS-02] at its end the cooldown credits no more', () => {
  const { target } = decideApplicationScaling(targetOf(), ask(2));
  expect(decideApplicationScaling(target, ask(2, { nowMs: 300_000 }))).toMatchObject({
    baseCapacity: 6,
    capacityAfter: 8,
    rules: ['AAS-01'],
  });
});

test('[AAS-03] a scale-in cooldown blocks scale-in until its end', () => {
  const first = decideApplicationScaling(targetOf(), ask(-1));
  expect(first).toMatchObject({ capacityBefore: 4, capacityAfter: 3, blockedBy: null, rules: ['AAS-01'] });
  expect(first.target.scaleIn).toEqual({ endsAtMs: 300_000 });
  const inside = decideApplicationScaling(first.target, ask(-1, { nowMs: 299_999 }));
  expect(inside).toMatchObject({ capacityAfter: 3, blockedBy: 'scale-in-cooldown', rules: ['AAS-03'] });
  expect(decideApplicationScaling(first.target, ask(-1, { nowMs: 300_000 })).capacityAfter).toBe(2);
});

test('[AAS-03] a scale-out inside it runs at once and ends it', () => {
  const { target } = decideApplicationScaling(targetOf(), ask(-1));
  const out = decideApplicationScaling(target, ask(2, { nowMs: 1_000 }));
  expect(out).toMatchObject({ capacityAfter: 5, rules: ['AAS-01', 'AAS-03'] });
  expect(out.target.scaleIn).toBeNull();
  expect(decideApplicationScaling(out.target, ask(-1, { nowMs: 2_000 })).capacityAfter).toBe(4);
  // Over by itself: nothing to end.
  expect(decideApplicationScaling(target, ask(2, { nowMs: 300_000 })).rules).toEqual(['AAS-01']);
});

test('[AAS-05] a deployment holds scale-in back, not scale-out', () => {
  expect(decideApplicationScaling(targetOf(), ask(-1, { deploymentRunning: true }))).toMatchObject({
    capacityAfter: 4,
    blockedBy: 'deployment-running',
    rules: ['AAS-05'],
  });
  expect(decideApplicationScaling(targetOf(), ask(1, { deploymentRunning: true })).capacityAfter).toBe(5);
});

describe('limits', () => {
  test.each([
    [ask(17), {}, 20, null, ['AAS-01', 'CAP-01']],
    [ask(16), {}, 20, null, ['AAS-01']],
    [ask(1), { capacity: 20 }, 20, 'at-limit', ['AAS-01', 'CAP-01', 'CAP-02']],
    [ask(0), { capacity: 20 }, 20, 'zero-adjustment', ['AAS-01']],
    [ask(0), {}, 4, 'zero-adjustment', ['AAS-01']],
    [ask(-4), {}, 1, null, ['AAS-01', 'CAP-01']],
    [ask(-3), {}, 1, null, ['AAS-01']],
    [ask(-1), { capacity: 1 }, 1, 'at-limit', ['AAS-01', 'CAP-01', 'CAP-02']],
    [ask(0, { direction: 'in' }), { capacity: 1 }, 1, 'zero-adjustment', ['AAS-01']],
  ] as const)('[AAS-01, CAP-01] case %#: capacity %i, %s', (request, over, capacityAfter, blockedBy, rules) => {
    const target = targetOf(over as Partial<ScalableTarget>);
    expect(decideApplicationScaling(target, request)).toMatchObject({ capacityAfter, blockedBy, rules });
  });

  test('[AAS-02] inside one cooldown repeats never add more than the largest step asks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }), (steps) => {
        let target = targetOf();
        steps.forEach((step, index) => {
          target = decideApplicationScaling(target, ask(step, { nowMs: index * 1_000 })).target;
        });
        expect(target.capacity).toBe(4 + Math.max(...steps));
      }),
    );
  });
});

test.each([
  ['ecs', 300],
  ['elasticache', 600],
  ['dynamodb', 0],
  ['something-new', 300],
  ['toString', 300],
])('[AAS-04] target tracking of %s cools down for %i s', (namespace, seconds) => {
  expect(trackingCooldownSeconds(namespace)).toBe(seconds);
});
