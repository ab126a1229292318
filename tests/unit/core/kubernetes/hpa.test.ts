import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hpaCombine, hpaDesired, hpaDesiredForTotal, hpaDesiredFromPods } from '../../../../src/core/kubernetes/hpa.ts';
import {
  type HpaPolicy,
  hpaScaleDownStep,
  hpaScaleUpStep,
  hpaStabilise,
  recommendationsWithin,
} from '../../../../src/core/kubernetes/hpaBehavior.ts';

describe('one metric', () => {
  it.each([
    { current: 10, metric: 110, target: 100, desired: 10, because: 'on the edge of tolerance' },
    { current: 10, metric: 90, target: 100, desired: 10, because: 'on the lower edge' },
    { current: 10, metric: 110.1, target: 100, desired: 12, because: 'outside, rounded up' },
    { current: 10, metric: 89.9, target: 100, desired: 9, because: 'outside below, rounded up' },
    { current: 100, metric: 115, target: 100, desired: 115, because: 'a whole result stays whole' },
    { current: 10, metric: 0, target: 100, desired: 0, because: 'nothing to do' },
  ])('[HPA-01] $current replicas, $metric vs $target: $desired, $because', ({ current, metric, target, desired }) => {
    expect(hpaDesired(current, metric, target).replicas).toBe(desired);
  });

  it.each([
    { up: 0, down: 0.5, metric: 101, desired: 11 },
    { up: 0, down: 0.5, metric: 50, desired: 10 },
    { up: 0, down: 0.5, metric: 49, desired: 5 },
    { up: 0.5, down: 0, metric: 150, desired: 10 },
    { up: 0.5, down: 0, metric: 99, desired: 10 },
    { up: 0.5, down: 0, metric: 80, desired: 8 },
  ])('[HPA-05] tolerance up $up, down $down: metric $metric gives $desired', ({ up, down, metric, desired }) => {
    expect(hpaDesired(10, metric, 100, { up, down }).replicas).toBe(desired);
  });

  it.each([
    { current: 3, total: 33, replicas: 3, because: 'within tolerance' },
    { current: 3, total: 34, replicas: 4, because: 'outside' },
    { current: 3, total: 26, replicas: 3, because: 'outside below, rounded up' },
    { current: 3, total: 0, replicas: 0, because: 'empty' },
  ])('[HPA-01] $current replicas share $total at 10 each: $replicas, $because', ({ current, total, replicas }) => {
    expect(hpaDesiredForTotal(current, total, 10).replicas).toBe(replicas);
  });

  test('[HPA-01] doubling the metric never asks for less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1e4, noNaN: true }), (current, metric) => {
        expect(hpaDesired(current, metric * 2, 100).replicas).toBeGreaterThanOrEqual(
          hpaDesired(current, metric, 100).replicas,
        );
      }),
    );
  });
});

describe('pods without a value', () => {
  it.each([
    { pods: [200, 200], missing: 0, unready: 0, current: 2, desired: 4, because: 'all reported' },
    { pods: [105, 105], missing: 0, unready: 0, current: 2, desired: 2, because: 'within tolerance' },
    {
      pods: [200, 200],
      missing: 2,
      unready: 0,
      current: 4,
      desired: 4,
      because: 'missing pods assumed idle bring it to the target',
    },
    { pods: [400, 400], missing: 2, unready: 0, current: 4, desired: 8, because: 'still twice the target' },
    { pods: [20, 20], missing: 2, unready: 0, current: 4, desired: 3, because: 'missing pods assumed at target' },
    { pods: [90, 90, 80], missing: 3, unready: 0, current: 6, desired: 6, because: 'assumed, it is within tolerance' },
    { pods: [300], missing: 0, unready: 2, current: 3, desired: 3, because: 'unready pods assumed idle' },
    { pods: [300], missing: 0, unready: 1, current: 2, desired: 3, because: 'still above' },
    { pods: [300], missing: 0, unready: 5, current: 6, desired: 6, because: 'would turn round' },
    {
      pods: [20],
      missing: 0,
      unready: 3,
      current: 4,
      desired: 1,
      because: 'unready pods do not matter on the way down',
    },
    { pods: [100, 100], missing: 2, unready: 0, current: 4, desired: 4, because: 'exactly on target' },
    { pods: [], missing: 3, unready: 0, current: 3, desired: 3, because: 'nothing reported' },
    {
      pods: [300, 300],
      missing: 1,
      unready: 0,
      current: 9,
      desired: 9,
      because: 'pods not looked at: up would be down',
    },
    { pods: [10, 10], missing: 1, unready: 0, current: 1, desired: 1, because: 'pods not looked at: down would be up' },
  ])('[HPA-05] $pods, $missing missing, $unready unready of $current: $desired, $because', (row) => {
    const { pods: reported, missing, unready, current, desired } = row;
    expect(hpaDesiredFromPods(current, { reported, missing, unready }, 100).replicas).toBe(desired);
  });
});

it.each([
  { current: 5, each: [3, 7, 4], desired: 7 },
  { current: 5, each: [3, 4], desired: 4 },
  { current: 5, each: [3, null], desired: 5 },
  { current: 5, each: [7, null], desired: 7 },
  { current: 5, each: [null], desired: 5 },
  { current: 5, each: [], desired: 5 },
])('[HPA-02] $each for $current replicas: $desired', ({ current, each, desired }) => {
  expect(hpaCombine(current, each)).toBe(desired);
});

const pods = (value: number): HpaPolicy => ({ type: 'Pods', value, periodSeconds: 60 });
const percent = (value: number): HpaPolicy => ({ type: 'Percent', value, periodSeconds: 60 });

describe('a step up', () => {
  it.each([
    { current: 2, wanted: 50, next: 6 },
    { current: 4, wanted: 50, next: 8 },
    { current: 5, wanted: 50, next: 10 },
    { current: 5, wanted: 7, next: 7 },
    { current: 5, wanted: 3, next: 5 },
  ])('[HPA-03] by default from $current wanting $wanted: $next', ({ current, wanted, next }) => {
    expect(hpaScaleUpStep(current, wanted)).toBe(next);
  });

  it.each([
    { rule: 'HPA-03', select: 'Max', policies: [pods(4), percent(50)], added: 0, next: 15 },
    { rule: 'HPA-03', select: 'Min', policies: [pods(4), percent(50)], added: 0, next: 14 },
    { rule: 'HPA-03', select: 'Disabled', policies: [pods(4), percent(50)], added: 0, next: 10 },
    { rule: 'HPA-03', select: 'Max', policies: [], added: 0, next: 10 },
    { rule: 'HPA-03', select: 'Max', policies: [pods(4)], added: 3, next: 11 },
    { rule: 'HPA-03', select: 'Max', policies: [pods(4)], added: 5, next: 10 },
    { rule: 'HPA-04', select: 'Max', policies: [percent(11)], added: 0, next: 12 },
    { rule: 'HPA-04', select: 'Max', policies: [percent(10)], added: 0, next: 11 },
  ] as const)('[$rule] $select of $policies.length policies from 10 with $added added: $next', (row) => {
    const rules = { policies: row.policies, selectPolicy: row.select };
    expect(hpaScaleUpStep(10, 50, rules, () => row.added)).toBe(row.next);
  });
});

describe('a step down', () => {
  it.each([
    { current: 10, wanted: 3, next: 3 },
    { current: 10, wanted: 12, next: 10 },
    { current: 10, wanted: 0, next: 0 },
  ])('[HPA-03] by default from $current wanting $wanted: $next', ({ current, wanted, next }) => {
    expect(hpaScaleDownStep(current, wanted)).toBe(next);
  });

  it.each([
    { rule: 'HPA-04', select: 'Max', current: 80, removed: 0, next: 72 },
    { rule: 'HPA-04', select: 'Max', current: 72, removed: 0, next: 64 },
    { rule: 'HPA-04', select: 'Max', current: 41, removed: 0, next: 36 },
    { rule: 'HPA-04', select: 'Max', current: 40, removed: 0, next: 36 },
    { rule: 'HPA-04', select: 'Max', current: 20, removed: 0, next: 16 },
    { rule: 'HPA-03', select: 'Min', current: 80, removed: 0, next: 76 },
    { rule: 'HPA-03', select: 'Min', current: 20, removed: 0, next: 18 },
    { rule: 'HPA-03', select: 'Disabled', current: 80, removed: 0, next: 80 },
    { rule: 'HPA-03', select: 'Max', current: 76, removed: 4, next: 72 },
    { rule: 'HPA-03', select: 'Max', current: 70, removed: 10, next: 70 },
  ] as const)('[$rule] 4 pods or 10 %, $select, from $current with $removed removed: $next', (row) => {
    const rules = { policies: [pods(4), percent(10)], selectPolicy: row.select };
    expect(hpaScaleDownStep(row.current, 1, rules, () => row.removed)).toBe(row.next);
  });

  test('[HPA-03] each policy asks for what changed within its own period', () => {
    const asked: number[] = [];
    hpaScaleDownStep(
      80,
      1,
      { policies: [pods(4), { ...percent(10), periodSeconds: 15 }], selectPolicy: 'Max' },
      (seconds) => {
        asked.push(seconds);
        return 0;
      },
    );
    expect(asked).toEqual([60, 15]);
  });

  test('[HPA-03] a step goes towards what is wanted and never past it', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (current, wanted) => {
        const up = hpaScaleUpStep(current, wanted);
        const down = hpaScaleDownStep(current, wanted);
        expect(up).toBeGreaterThanOrEqual(current);
        expect(up).toBeLessThanOrEqual(Math.max(current, wanted));
        expect(down).toBeLessThanOrEqual(current);
        expect(down).toBeGreaterThanOrEqual(Math.min(current, wanted));
      }),
    );
  });
});

describe('stabilisation', () => {
  it.each([
    { current: 10, up: [3], down: [10, 6, 4, 3], desired: 10 },
    { current: 10, up: [3], down: [8, 6, 3], desired: 8 },
    { current: 10, up: [12], down: [4, 12], desired: 12 },
    { current: 10, up: [11, 14], down: [14], desired: 11 },
    { current: 10, up: [9, 14], down: [14], desired: 10 },
    { current: 10, up: [10], down: [10], desired: 10 },
  ])('[HPA-03] $current with up $up, down $down: $desired', ({ current, up, down, desired }) => {
    expect(hpaStabilise(current, up, down)).toBe(desired);
  });

  test('[HPA-03] a window holds what is exactly as old as it', () => {
    const history = [
      { atSeconds: 99, replicas: 9 },
      { atSeconds: 100, replicas: 8 },
      { atSeconds: 400, replicas: 3 },
    ];
    expect(recommendationsWithin(history, 400, 300)).toEqual([8, 3]);
  });
});
