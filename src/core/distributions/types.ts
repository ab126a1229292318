/**
 * What a distribution is: how it is described, what is known of it exactly, and how a value is drawn.
 *
 * Values are times in the caller's unit (seconds in the replay), never negative. Kinds are one file each; index.ts makes
 * one from its description.
 */
import type { Random } from '../time/random.ts';

export interface Distribution {
  /** E[X] */
  readonly mean: number;
  /** E[(X - mean)^2]; infinity when it does not exist */
  readonly variance: number;
  /** E[X^2]; infinity when it does not exist */
  readonly secondMoment: number;
  /** E[X^3]; infinity when it does not exist */
  readonly thirdMoment: number;
  /** One value; independent of earlier ones. */
  sample(random: Random): number;
}

/** A description that can be stored, sent and typed by a person. All numbers positive unless said otherwise. */
export type DistributionDescription =
  | { readonly kind: 'constant'; readonly value: number /* 0 allowed */ }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'erlang'; readonly mean: number; readonly stages: number /* whole */ }
  /** With probability `weights[i]` (sum 1) exponential with mean `means[i]`. */
  | { readonly kind: 'hyperExponential'; readonly weights: readonly number[]; readonly means: readonly number[] }
  /** `cv`: standard deviation over mean. */
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  /** P(X > x) = (minimum / x)^shape from `minimum` on; shape > 1, else there is no mean. */
  | { readonly kind: 'pareto'; readonly minimum: number; readonly shape: number }
  /** Evenly between the two; `minimum` 0 allowed. */
  | { readonly kind: 'uniform'; readonly minimum: number; readonly maximum: number }
  /** Each of the recorded values alike; 0 allowed, at least one. */
  | { readonly kind: 'empirical'; readonly values: ArrayLike<number> };

/** Squared coefficient of variation: variance / mean^2. 0 constant, 1 exponential, infinity where there is no variance. */
export function squaredCv({ mean, variance }: Distribution): number {
  return mean === 0 ? 0 : variance / (mean * mean);
}

/** A distribution from its raw moments; the variance follows. */
export function fromMoments(
  mean: number,
  secondMoment: number,
  thirdMoment: number,
  sample: (random: Random) => number,
): Distribution {
  // Rounding may leave a hair below zero where every value is the same.
  return { mean, secondMoment, thirdMoment, variance: Math.max(0, secondMoment - mean * mean), sample };
}

/** Refuses a parameter that no distribution of this kind has. @throws RangeError naming it */
export function demand(holds: boolean, what: string, given: unknown): void {
  if (!holds) throw new RangeError(`${what}, got ${String(given)}`);
}
