/** Lognormal: e to a normal value; what times of real work look like most often. E[X^k] = mean^k (1 + cv^2)^(k(k-1)/2). */
import type { Random } from '../time/random.ts';
import { type Distribution, demand, fromMoments } from './types.ts';

/**
 * @param cv standard deviation over mean
 * @throws RangeError when one of them is not positive and finite
 */
export function lognormal(mean: number, cv: number): Distribution {
  demand(mean > 0 && Number.isFinite(mean), 'the mean of a lognormal is above 0', mean);
  demand(cv > 0 && Number.isFinite(cv), 'the coefficient of variation of a lognormal is above 0', cv);
  const spread = 1 + cv ** 2;
  const sigma = Math.sqrt(Math.log(spread));
  const mu = Math.log(mean) - Math.log(spread) / 2;
  return fromMoments(mean, mean ** 2 * spread, mean ** 3 * spread ** 3, (random) =>
    Math.exp(mu + sigma * drawNormal(random)),
  );
}

/** One standard normal value (Box and Muller); the second of the pair is let go, so that nothing is remembered. */
function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
