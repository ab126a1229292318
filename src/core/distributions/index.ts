/**
 * Distributions of times: service, launches, think time. Pure; chance is handed in (core/time/random.ts).
 */
import { constant } from './constant.ts';
import { empirical } from './empirical.ts';
import { erlang } from './erlang.ts';
import { exponential } from './exponential.ts';
import { hyperExponential } from './hyperExponential.ts';
import { lognormal } from './lognormal.ts';
import { pareto } from './pareto.ts';
import type { Distribution, DistributionDescription } from './types.ts';
import { uniform } from './uniform.ts';

export { constant } from './constant.ts';
export { empirical } from './empirical.ts';
export { erlang } from './erlang.ts';
export { drawExponential, exponential } from './exponential.ts';
export { balancedHyperExponential, hyperExponential } from './hyperExponential.ts';
export { lognormal } from './lognormal.ts';
export { pareto, paretoWithMean } from './pareto.ts';
export { type Distribution, type DistributionDescription, squaredCv } from './types.ts';
export { uniform } from './uniform.ts';

/** The distribution a description means. @throws RangeError naming the parameter that does not fit */
export function distributionOf(description: DistributionDescription): Distribution {
  switch (description.kind) {
    case 'constant':
      return constant(description.value);
    case 'exponential':
      return exponential(description.mean);
    case 'erlang':
      return erlang(description.mean, description.stages);
    case 'hyperExponential':
      return hyperExponential(description.weights, description.means);
    case 'lognormal':
      return lognormal(description.mean, description.cv);
    case 'pareto':
      return pareto(description.minimum, description.shape);
    case 'uniform':
      return uniform(description.minimum, description.maximum);
    case 'empirical':
      return empirical(description.values);
  }
}
