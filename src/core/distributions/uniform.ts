/** Uniform: any time between two bounds alike. E[X^k] = (b^(k+1) - a^(k+1)) / ((k + 1)(b - a)). */
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError unless 0 <= minimum < maximum */
export function uniform(minimum: number, maximum: number): Distribution {
  demand(minimum >= 0, 'the minimum of a uniform is at least 0', minimum);
  demand(maximum > minimum && Number.isFinite(maximum), `the maximum of a uniform is above ${minimum}`, maximum);
  const moment = (power: number) =>
    (maximum ** (power + 1) - minimum ** (power + 1)) / ((power + 1) * (maximum - minimum));
  const { mean, secondMoment, thirdMoment, sample } = fromMoments(
    moment(1),
    moment(2),
    moment(3),
    (random) => minimum + (maximum - minimum) * random.next(),
  );
  return { mean, secondMoment, thirdMoment, sample, variance: (maximum - minimum) ** 2 / 12 };
}
