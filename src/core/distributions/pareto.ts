/** Pareto: a heavy tail, P(X > x) = (minimum / x)^shape. The k-th moment exists only for shape > k. */
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError when the minimum is not positive, or the shape not above 1 (there would be no mean) */
export function pareto(minimum: number, shape: number): Distribution {
  demand(minimum > 0 && Number.isFinite(minimum), 'the minimum of a Pareto is above 0', minimum);
  demand(shape > 1 && Number.isFinite(shape), 'the shape of a Pareto is above 1', shape);
  const moment = (power: number) =>
    shape > power ? (shape * minimum ** power) / (shape - power) : Number.POSITIVE_INFINITY;
  return fromMoments(moment(1), moment(2), moment(3), (random) => minimum * (1 - random.next()) ** (-1 / shape));
}

/** The same by its mean. @throws RangeError as above */
export function paretoWithMean(mean: number, shape: number): Distribution {
  return pareto((mean * (shape - 1)) / shape, shape);
}
