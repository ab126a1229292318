/** Each distribution: its exact moments, and that what is drawn has them. */
import { describe, expect, test } from 'vitest';
import {
  balancedHyperExponential,
  type Distribution,
  distributionOf,
  drawExponential,
  paretoWithMean,
  squaredCv,
} from '../../../../src/core/distributions/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';

const table: { name: string; made: Distribution; mean: number; variance: number; third: number }[] = [
  { name: 'constant 2', made: distributionOf({ kind: 'constant', value: 2 }), mean: 2, variance: 0, third: 8 },
  { name: 'exponential 2', made: distributionOf({ kind: 'exponential', mean: 2 }), mean: 2, variance: 4, third: 48 },
  {
    name: 'Erlang of 2 stages, mean 1',
    made: distributionOf({ kind: 'erlang', mean: 1, stages: 2 }),
    mean: 1,
    variance: 0.5,
    third: 3,
  },
  {
    name: 'hyper-exponential, a quarter of 4 and three quarters of 1',
    made: distributionOf({ kind: 'hyperExponential', weights: [0.25, 0.75], means: [4, 1] }),
    mean: 1.75,
    variance: 2 * (4 + 0.75) - 1.75 ** 2,
    third: 6 * (16 + 0.75),
  },
  {
    name: 'lognormal mean 1, cv 0.5',
    made: distributionOf({ kind: 'lognormal', mean: 1, cv: 0.5 }),
    mean: 1,
    variance: 0.25,
    third: 1.25 ** 3,
  },
  {
    name: 'Pareto from 1, shape 5',
    made: distributionOf({ kind: 'pareto', minimum: 1, shape: 5 }),
    mean: 1.25,
    variance: 5 / 48,
    third: 2.5,
  },
  {
    name: 'uniform 1 to 3',
    made: distributionOf({ kind: 'uniform', minimum: 1, maximum: 3 }),
    mean: 2,
    variance: 1 / 3,
    third: 10,
  },
  {
    name: 'empirical 0, 1, 5',
    made: distributionOf({ kind: 'empirical', values: [0, 1, 5] }),
    mean: 2,
    variance: 14 / 3,
    third: 42,
  },
];

describe.each(table)('$name', ({ made, mean, variance, third }) => {
  test('knows its moments', () => {
    expect(made.mean).toBeCloseTo(mean, 12);
    expect(made.variance).toBeCloseTo(variance, 12);
    expect(made.secondMoment).toBeCloseTo(variance + mean ** 2, 12);
    expect(made.thirdMoment).toBeCloseTo(third, 11);
  });

  test('draws values with that mean and variance, none negative', () => {
    const random = seededRandom(11);
    const drawn = Float64Array.from({ length: 40_000 }, () => made.sample(random));
    const drawnMean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const drawnVariance = drawn.reduce((sum, value) => sum + (value - drawnMean) ** 2, 0) / drawn.length;
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    // Four standard errors of the mean; the variance is looser, its own error depends on the fourth moment.
    expect(Math.abs(drawnMean - mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / drawn.length) + 1e-12);
    expect(Math.abs(drawnVariance - variance)).toBeLessThanOrEqual(0.1 * variance);
  });

  test('draws the same values for the same seed', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => made.sample(random));
    };
    expect(draw(3)).toEqual(draw(3));
  });
});

test('a hyper-exponential by mean and variation has both, its branches share the mean', () => {
  const made = balancedHyperExponential(2, 4);
  expect(made.mean).toBeCloseTo(2, 12);
  expect(squaredCv(made)).toBeCloseTo(4, 12);
});

test('moments of a Pareto end where its tail is too heavy', () => {
  const made = paretoWithMean(3, 2);
  expect(made.mean).toBeCloseTo(3, 12);
  expect([made.secondMoment, made.variance, made.thirdMoment]).toEqual([Infinity, Infinity, Infinity]);
  expect(paretoWithMean(1, 2.5).thirdMoment).toBe(Infinity);
  expect(paretoWithMean(1, 2.5).secondMoment).toBeCloseTo((2.5 * 0.36) / 0.5, 12);
});

test('work that takes no time does not vary', () => {
  expect(squaredCv(distributionOf({ kind: 'constant', value: 0 }))).toBe(0);
  expect(squaredCv(distributionOf({ kind: 'empirical', values: [0.1, 0.1, 0.1] }))).toBeCloseTo(0, 20);
});

test.each([
  { bad: () => distributionOf({ kind: 'constant', value: -1 }), says: 'a constant is at least 0, got -1' },
  { bad: () => distributionOf({ kind: 'exponential', mean: 0 }), says: 'mean of an exponential' },
  { bad: () => distributionOf({ kind: 'erlang', mean: 1, stages: 1.5 }), says: 'whole number of at least 1, got 1.5' },
  { bad: () => distributionOf({ kind: 'erlang', mean: -1, stages: 1 }), says: 'mean of an Erlang' },
  {
    bad: () => distributionOf({ kind: 'hyperExponential', weights: [0.5, 0.4], means: [1, 2] }),
    says: 'weights sum up to 1, got 0.9',
  },
  { bad: () => distributionOf({ kind: 'hyperExponential', weights: [1], means: [1, 2] }), says: 'as many weights' },
  { bad: () => distributionOf({ kind: 'hyperExponential', weights: [1], means: [0] }), says: 'means are above 0' },
  { bad: () => balancedHyperExponential(1, 1), says: 'is above 1, got 1' },
  { bad: () => distributionOf({ kind: 'lognormal', mean: 1, cv: 0 }), says: 'coefficient of variation' },
  { bad: () => distributionOf({ kind: 'lognormal', mean: 0, cv: 1 }), says: 'mean of a lognormal' },
  { bad: () => distributionOf({ kind: 'pareto', minimum: 1, shape: 1 }), says: 'shape of a Pareto is above 1, got 1' },
  { bad: () => distributionOf({ kind: 'pareto', minimum: 0, shape: 2 }), says: 'minimum of a Pareto' },
  { bad: () => distributionOf({ kind: 'uniform', minimum: 2, maximum: 2 }), says: 'is above 2, got 2' },
  { bad: () => distributionOf({ kind: 'uniform', minimum: -1, maximum: 2 }), says: 'minimum of a uniform' },
  { bad: () => distributionOf({ kind: 'empirical', values: [] }), says: 'at least one value' },
  { bad: () => distributionOf({ kind: 'empirical', values: [1, Number.NaN] }), says: 'at least 0, got NaN' },
])('refuses what no distribution has: $says', ({ bad, says }) => {
  expect(bad).toThrow(says);
});

test('an exponential has its law everywhere: within layers, between them and in the tail', () => {
  const random = seededRandom(11, 'ziggurat');
  const draws = 2_000_000;
  const drawn = Float64Array.from({ length: draws }, () => drawExponential(random)).sort();
  let distance = 0;
  for (let at = 0; at < draws; at++) {
    const below = 1 - Math.exp(-drawn[at]!);
    distance = Math.max(distance, Math.abs(below - at / draws), Math.abs(below - (at + 1) / draws));
  }
  // Kolmogorov and Smirnov: above this in one of a thousand runs.
  expect(distance * Math.sqrt(draws)).toBeLessThan(1.95);
  // The tail has a rule of its own, which the distance above hardly feels: as many as there should be, four standard errors.
  for (const from of [7.697, 9, 11]) {
    const expected = draws * Math.exp(-from);
    const beyond = drawn.filter((value) => value > from);
    expect(Math.abs(beyond.length - expected), `beyond ${from}`).toBeLessThan(4 * Math.sqrt(expected));
  }
  const tail = drawn.filter((value) => value > 7.697_117);
  const excess = tail.reduce((sum, value) => sum + value - 7.697_117, 0) / tail.length;
  expect(Math.abs(excess - 1)).toBeLessThan(4 / Math.sqrt(tail.length));
});
