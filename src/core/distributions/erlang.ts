/** Erlang: the sum of `stages` exponentials; steadier than one, squared coefficient of variation 1 / stages. */
import { drawExponential } from './exponential.ts';
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError when the mean is not positive, or `stages` not a whole number of at least 1 */
export function erlang(mean: number, stages: number): Distribution {
  demand(mean > 0 && Number.isFinite(mean), 'the mean of an Erlang is above 0', mean);
  demand(Number.isInteger(stages) && stages >= 1, 'the stages of an Erlang are a whole number of at least 1', stages);
  const second = (mean ** 2 * (stages + 1)) / stages;
  const third = (mean ** 3 * (stages + 1) * (stages + 2)) / stages ** 2;
  return fromMoments(mean, second, third, (random) => {
    let sum = 0;
    for (let stage = 0; stage < stages; stage++) sum += drawExponential(random);
    return (sum * mean) / stages;
  });
}
