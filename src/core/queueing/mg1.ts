/**
 * M/G/1: Poisson arrivals, one server, any service time. Pollaczek and Khinchine: the wait depends on the first two moments.
 *
 * Wq = lambda E[S^2] / (2 (1 - rho)), Var = Wq^2 + lambda E[S^3] / (3 (1 - rho)).
 */
import type { Distribution } from '../distributions/types.ts';
import { type SteadyQueue, steadyFromWait } from './types.ts';

export interface Mg1Queue extends SteadyQueue {
  /** Variance of the wait; infinite when the service time has no third moment. */
  readonly waitVariance: number;
}

/** @param service seconds; with an infinite second moment the mean wait is infinite too. Throws nothing. */
export function mg1(arrivalsPerSecond: number, service: Distribution): Mg1Queue {
  const spare = 1 - arrivalsPerSecond * service.mean;
  const meanWait = spare > 0 ? (arrivalsPerSecond * service.secondMoment) / (2 * spare) : Number.POSITIVE_INFINITY;
  return {
    ...steadyFromWait(arrivalsPerSecond, service.mean, 1, meanWait),
    waitVariance:
      spare > 0 ? meanWait ** 2 + (arrivalsPerSecond * service.thirdMoment) / (3 * spare) : Number.POSITIVE_INFINITY,
  };
}
