import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandOf } from '../../../../src/replay/yardsticks/demand.ts';
import { deviationFromIdeal, elasticSpeedup, measureElasticity } from '../../../../src/replay/yardsticks/elasticity.ts';

const demand = [4, 4, 5, 6, 8, 8, 7, 6, 5, 4, 4, 4];
const supply = [4, 4, 4, 4, 6, 8, 9, 9, 7, 6, 5, 4];

describe('twelve ticks, worked out by hand', () => {
  const measured = measureElasticity(demand, supply);

  it.each([
    // 1/5 + 2/6 + 2/8
    ['YARD-01', 'thetaUPct', (100 * (1 / 5 + 2 / 6 + 2 / 8)) / 12],
    // 2/7 + 3/6 + 2/5 + 2/4 + 1/4
    ['YARD-02', 'thetaOPct', (100 * (2 / 7 + 3 / 6 + 2 / 5 + 2 / 4 + 1 / 4)) / 12],
    ['YARD-03', 'tauUPct', 25],
    ['YARD-04', 'tauOPct', 500 / 12],
    ['YARD-05', 'instabilityPct', 700 / 11],
    ['YARD-06', 'jitterPerTick', 0],
    ['YARD-07', 'aUInstances', 5 / 12],
    ['YARD-07', 'aOInstances', 10 / 12],
    ['YARD-06', 'supplyChanges', 7],
    ['YARD-06', 'demandChanges', 7],
    ['YARD-08', 'reversals', 1],
  ] as const)('[%s] %s', (_rule, field, expected) => {
    expect(measured[field]).toBeCloseTo(expected, 12);
  });

  it('[YARD-09] eta against a fleet of the mean size, rounded', () => {
    const mean = demand.map(() => 5);
    expect(elasticSpeedup(measured, measureElasticity(demand, mean))).toBeCloseTo(1.17110912131708, 12);
  });

  it('[YARD-10] deviation', () => {
    expect(deviationFromIdeal(measured, 2)).toBeCloseTo(81.9360567479496, 10);
    expect(deviationFromIdeal(measured, 5)).toBeCloseTo(65.2197700806863, 10);
    expect(deviationFromIdeal(measured, 1, 5)! - deviationFromIdeal(measured, 1)!).toBeCloseTo(5, 10);
  });
});

describe('what is undefined is null', () => {
  it('[YARD-09] eta of a fleet that never lacked an instance', () => {
    const never = measureElasticity(
      demand,
      demand.map(() => 9),
    );
    expect(elasticSpeedup(never, measureElasticity(demand, supply))).toBeNull();
    expect(elasticSpeedup(measureElasticity(demand, supply), never)).toBeNull();
  });
  it('[YARD-02] theta_O where nothing was needed; the rest is defined', () => {
    const measured = measureElasticity([0, 2], [1, 1]);
    expect(measured).toMatchObject({ thetaOPct: null, thetaUPct: 25, tauOPct: 50 });
    expect(deviationFromIdeal(measured, 2)).toBeNull();
  });
  it('everything without ticks', () => {
    expect(measureElasticity([Number.NaN], [3])).toMatchObject({
      ticks: 0,
      thetaUPct: null,
      instabilityPct: null,
      jitterPerTick: null,
    });
    expect(measureElasticity([2], [2])).toMatchObject({ ticks: 1, thetaUPct: 0, instabilityPct: null });
  });
});

it('a tick that nothing is known of separates its neighbours', () => {
  const measured = measureElasticity([2, Number.NaN, 4, 4], [2, 2, 4, 4]);
  expect(measured).toMatchObject({ ticks: 3, supplyChanges: 0, demandChanges: 0, instabilityPct: 0 });
});

it('columns of different length are refused', () => {
  expect(() => measureElasticity([1, 2], [1])).toThrow(/demand has 2 ticks, supply 1/);
});

const fleet = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 60 })), {
  minLength: 2,
  maxLength: 60,
});

it('a fleet that equals the demand is perfect, and every yardstick of any fleet is at least 0', () => {
  fc.assert(
    fc.property(fleet, (ticks) => {
      const d = ticks.map(([needed]) => needed);
      const s = ticks.map(([, had]) => had);
      expect(deviationFromIdeal(measureElasticity(d, d), 2)).toBe(0);
      const measured = measureElasticity(d, s);
      for (const field of ['thetaUPct', 'thetaOPct', 'tauUPct', 'tauOPct', 'instabilityPct'] as const) {
        expect(measured[field]).toBeGreaterThanOrEqual(0);
      }
      expect(measured.tauUPct! + measured.tauOPct!).toBeLessThanOrEqual(100 + 1e-9);
      expect(measured.thetaUPct).toBeLessThanOrEqual(100 + 1e-9);
      // eta of a policy against itself is 1, of the exchanged pair the inverse.
      const twice = elasticSpeedup(measured, measured);
      if (twice !== null) expect(twice).toBeCloseTo(1, 12);
    }),
  );
});

describe('demand', () => {
  it.each([
    { arrivals: 0, needed: 1, because: 'the minimum' },
    { arrivals: 60, needed: 1, because: 'just enough' },
    { arrivals: 60.5, needed: 2, because: 'rounded up' },
    { arrivals: 600, needed: 10, because: 'ten times as much' },
  ])('[YARD-12] $arrivals a minute at 60 each need $needed: $because', ({ arrivals, needed }) => {
    expect([...demandOf([arrivals], { by: 'throughput', throughputPerInstancePerMinute: 60 })]).toEqual([needed]);
  });

  it('[YARD-11] nothing is known where nothing was recorded', () => {
    const rule = { by: 'throughput', throughputPerInstancePerMinute: 60, minimum: 0 } as const;
    expect([...demandOf([Number.NaN, 0], rule)]).toEqual([Number.NaN, 0]);
  });

  it('[YARD-13] 55 a second of 0.4 s each, 95 % within a second: 24', () => {
    const rule = { by: 'chance', throughputPerInstancePerMinute: 150, ageGoalSeconds: 1 } as const;
    expect([...demandOf([3300, 0, 3300], rule)]).toEqual([24, 1, 24]);
  });

  it('[YARD-13] by chance never needs fewer than by throughput needs to keep up, nor more for a looser goal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 600 }), (arrivals, goal) => {
        const one = (rule: Parameters<typeof demandOf>[1]) => demandOf([arrivals], rule)[0]!;
        const loose = one({ by: 'chance', throughputPerInstancePerMinute: 60, ageGoalSeconds: goal });
        const tight = one({ by: 'chance', throughputPerInstancePerMinute: 60, ageGoalSeconds: goal / 2 });
        expect(loose).toBeGreaterThanOrEqual(one({ by: 'throughput', throughputPerInstancePerMinute: 60 }));
        expect(tight).toBeGreaterThanOrEqual(loose);
      }),
    );
  });

  it('a throughput or a goal that cannot be is refused', () => {
    expect(() => demandOf([1], { by: 'throughput', throughputPerInstancePerMinute: 0 })).toThrow(/above 0/);
    expect(() => demandOf([1], { by: 'chance', throughputPerInstancePerMinute: 1 })).toThrow(/age goal/);
  });
});
