/** Empirical: the recorded values themselves, each as likely as the others. */
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError without values, or when one is negative, NaN or infinite */
export function empirical(values: ArrayLike<number>): Distribution {
  demand(values.length > 0, 'an empirical distribution has at least one value', values.length);
  const known = Float64Array.from(values);
  for (const value of known) demand(value >= 0 && Number.isFinite(value), 'recorded times are at least 0', value);
  const moment = (power: number) => known.reduce((sum, value) => sum + value ** power, 0) / known.length;
  const mean = moment(1);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  const raw = fromMoments(mean, moment(2), moment(3), (random) => known[Math.floor(random.next() * known.length)]!);
  return { ...raw, variance };
}
