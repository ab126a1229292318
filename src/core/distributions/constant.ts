/** Always the same value. */
import { type Distribution, demand } from './types.ts';

/** @throws RangeError for a negative or infinite value */
export function constant(value: number): Distribution {
  demand(value >= 0 && Number.isFinite(value), 'a constant is at least 0', value);
  return { mean: value, variance: 0, secondMoment: value ** 2, thirdMoment: value ** 3, sample: () => value };
}
