/** Exponential: memoryless, E[X^k] = k! mean^k. */
import type { Random } from '../time/random.ts';
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError when the mean is not positive and finite */
export function exponential(mean: number): Distribution {
  demand(mean > 0 && Number.isFinite(mean), 'the mean of an exponential is above 0', mean);
  return fromMoments(mean, 2 * mean ** 2, 6 * mean ** 3, (random) => drawExponential(random) * mean);
}

/** One value with mean 1. `next` is below 1, so the logarithm is finite. */
export function drawExponential(random: Random): number {
  return -Math.log(1 - random.next());
}
