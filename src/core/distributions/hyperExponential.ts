/** Hyper-exponential: one of several exponentials by chance; burstier than one (quick work mixed with slow work). */
import { drawExponential } from './exponential.ts';
import { type Distribution, demand, fromMoments } from './types.ts';

/**
 * @param weights probability of each branch, sum 1 within 1e-9
 * @param means   mean of each branch
 * @throws RangeError when lengths differ, a weight is negative, the sum is not 1, or a mean is not positive
 */
export function hyperExponential(weights: readonly number[], means: readonly number[]): Distribution {
  demand(weights.length > 0 && weights.length === means.length, 'as many weights as means', weights.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  demand(weights.every((weight) => weight >= 0) && Math.abs(total - 1) <= 1e-9, 'weights sum up to 1', total);
  demand(
    means.every((mean) => mean > 0 && Number.isFinite(mean)),
    'means are above 0',
    means,
  );
  const moment = (power: number) => weights.reduce((sum, weight, index) => sum + weight * means[index]! ** power, 0);
  return fromMoments(moment(1), 2 * moment(2), 6 * moment(3), (random) => {
    let left = random.next();
    let branch = 0;
    while (branch < weights.length - 1 && left >= weights[branch]!) left -= weights[branch++]!;
    return drawExponential(random) * means[branch]!;
  });
}

/** Two branches that each carry half of the mean, by mean and squared coefficient of variation (above 1). */
export function balancedHyperExponential(mean: number, squaredCv: number): Distribution {
  demand(squaredCv > 1, 'the squared coefficient of variation of a hyper-exponential is above 1', squaredCv);
  const first = (1 + Math.sqrt((squaredCv - 1) / (squaredCv + 1))) / 2;
  return hyperExponential([first, 1 - first], [mean / (2 * first), mean / (2 * (1 - first))]);
}
