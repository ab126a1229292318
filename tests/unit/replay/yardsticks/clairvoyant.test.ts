import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClairvoyantInput, clairvoyantSchedule } from '../../../../src/replay/yardsticks/clairvoyant.ts';
import { arrivalCurve, departureCurve } from '../../../../src/replay/yardsticks/flow.ts';
import { measureWaits } from '../../../../src/replay/yardsticks/waits.ts';

const inputOf = (arrivals: readonly number[], over: Partial<ClairvoyantInput> = {}): ClairvoyantInput => ({
  arrivals,
  initialBacklog: 0,
  initialOldestAgeSeconds: 0,
  throughputPerInstancePerMinute: 60,
  ageGoalSeconds: 120,
  launchDelaySeconds: 120,
  terminateDelaySeconds: 0,
  initialInstances: 1,
  minimumInstances: 0,
  ...over,
});

const late = (input: ClairvoyantInput, instances: ArrayLike<number>) =>
  measureWaits(
    arrivalCurve(input.arrivals, input.initialBacklog, input.initialOldestAgeSeconds),
    departureCurve(
      input.arrivals,
      Array.from(instances, (count) => count * input.throughputPerInstancePerMinute),
      input.initialBacklog,
    ),
    input.arrivals.length * 60,
    // The work of a goal below a minute is spread over its minute.
    Math.max(input.ageGoalSeconds, 60) + 1e-6,
  ).minutesOverGoal;

const paidFor = (input: ClairvoyantInput, instances: ArrayLike<number>): number => {
  let before = input.initialInstances;
  let seconds = 0;
  for (const now of Array.from(instances)) {
    seconds +=
      now * 60 +
      Math.max(0, now - before) * input.launchDelaySeconds +
      Math.max(0, before - now) * input.terminateDelaySeconds;
    before = now;
  }
  return seconds;
};

describe('by hand', () => {
  it.each([
    {
      because: 'a steady flow needs a steady fleet; what comes last is not due in the range',
      arrivals: [60, 60, 60, 60, 60, 60],
      expected: [0, 0, 1, 1, 1, 1],
    },
    {
      because: 'a burst of 180 may take three minutes under a goal of two',
      arrivals: [0, 0, 180, 0, 0, 0],
      expected: [0, 0, 1, 1, 1, 0],
    },
    { because: 'a burst of 360 needs two', arrivals: [0, 0, 360, 0, 0, 0], expected: [0, 0, 2, 2, 2, 0] },
  ])('[YARD-51] $because', ({ arrivals, expected }) => {
    const { instances } = clairvoyantSchedule(inputOf(arrivals, { initialInstances: 0 }));
    expect([...instances]).toEqual(expected);
  });

  it('[YARD-53] an instance stays through a gap shorter than its launch, and goes in a longer one', () => {
    const twice = (gap: number) => [60, 60, ...Array.from({ length: gap }, () => 0), 60, 60];
    const kept = clairvoyantSchedule(inputOf(twice(2), { ageGoalSeconds: 0 }));
    expect([...kept.instances]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(kept.launches).toBe(0);
    const gone = clairvoyantSchedule(inputOf(twice(3), { ageGoalSeconds: 0 }));
    expect([...gone.instances]).toEqual([1, 1, 0, 0, 0, 1, 1]);
    expect(gone.launches).toBe(1);
  });

  it('[YARD-50] what waited at the start is due when its own goal is up', () => {
    const input = inputOf([0, 0, 0, 0], { initialBacklog: 120, initialOldestAgeSeconds: 120, initialInstances: 0 });
    const { instances } = clairvoyantSchedule(input);
    expect([...instances]).toEqual([1, 1, 0, 0]);
  });

  it('the minimum is kept', () => {
    expect([
      ...clairvoyantSchedule(inputOf([0, 0, 0], { minimumInstances: 2, initialInstances: 2 })).instances,
    ]).toEqual([2, 2, 2]);
  });
});

const arbitrary = fc.record({
  arrivals: fc.array(fc.nat(240), { minLength: 1, maxLength: 60 }),
  ageGoalSeconds: fc.constantFrom(60, 120, 300, 600),
  launchDelaySeconds: fc.constantFrom(60, 120, 300),
  initialInstances: fc.nat(4),
  minimumInstances: fc.nat(1),
});

it('[YARD-50] the goal is kept in every minute, and the cost is what its columns say', () => {
  fc.assert(
    fc.property(arbitrary, ({ arrivals, ...over }) => {
      const input = inputOf(arrivals, over);
      const schedule = clairvoyantSchedule(input);
      expect(late(input, schedule.instances)).toBeLessThan(1e-6);
      expect(schedule.paidSeconds).toBeCloseTo(paidFor(input, schedule.instances), 6);
      expect(schedule.leastPaidSeconds).toBeLessThanOrEqual(schedule.paidSeconds + 1e-6);
    }),
    { numRuns: 300 },
  );
});

it('[YARD-54] no fleet that keeps the goal is cheaper than the bound; the schedule is close to the cheapest of all', () => {
  // Every fleet of up to 3 instances over 6 minutes: 4,096 of them.
  const fleets = Array.from({ length: 4 ** 6 }, (_, code) =>
    Array.from({ length: 6 }, (_, minute) => (code >> (2 * minute)) & 3),
  );
  const ratios: number[] = [];
  fc.assert(
    fc.property(
      fc.array(fc.nat(150), { minLength: 6, maxLength: 6 }),
      fc.constantFrom(60, 120),
      (arrivals, launchDelaySeconds) => {
        const input = inputOf(arrivals, { launchDelaySeconds, ageGoalSeconds: 120 });
        const schedule = clairvoyantSchedule(input);
        let cheapest = Number.POSITIVE_INFINITY;
        for (const fleet of fleets) {
          const cost = paidFor(input, fleet);
          if (cost < cheapest && late(input, fleet) < 1e-6) cheapest = cost;
        }
        expect(schedule.leastPaidSeconds).toBeLessThanOrEqual(cheapest + 1e-6);
        expect(schedule.paidSeconds).toBeGreaterThanOrEqual(cheapest - 1e-6);
        if (cheapest > 0) ratios.push(schedule.paidSeconds / cheapest);
      },
    ),
    { numRuns: 60, seed: 4 },
  );
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  // Six minutes are the hardest case: a single launch is a third of the bill.
  expect(mean).toBeLessThan(1.08);
  expect(ratios.filter((ratio) => ratio < 1 + 1e-9).length / ratios.length).toBeGreaterThan(0.7);
});
