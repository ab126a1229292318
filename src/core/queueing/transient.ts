/** Queues on their way: how many are there after a time, and how long a backlog takes to go. Uniformisation, exact. */
import { expectation, mmcChain, transientLaws } from './birthDeath.ts';
import type { MmcLoad } from './mmc.ts';

export interface TransientMeans {
  /** Mean number in the system at each instant. */
  readonly inSystem: number[];
  /** Mean number waiting at each instant. */
  readonly waiting: number[];
}

/**
 * Means of M/M/c at later instants; the load may be above the servers.
 *
 * @param initial number in the system at instant 0
 * @param times   seconds, ascending
 */
export function mmcTransient(load: MmcLoad, initial: number, times: readonly number[]): TransientMeans {
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const arriving = arrivalsPerSecond * (times.at(-1) ?? 0);
  // Nobody sees more than those there at first and ten standard deviations of arrivals.
  const states = Math.ceil(initial + arriving + 10 * Math.sqrt(arriving) + 50);
  const start = new Float64Array(states);
  start[initial] = 1;
  const laws = transientLaws(mmcChain(arrivalsPerSecond, servicePerSecond, servers, states), start, times);
  return {
    inSystem: laws.map((law) => expectation(law, (n) => n)),
    waiting: laws.map((law) => expectation(law, (n) => Math.max(0, n - servers))),
  };
}

/** Mean number in M/M/infinity (nobody waits) after some seconds: a (1 - e^-mu t) + n0 e^-mu t. Holds for any service law's mean at t = infinity. */
export function infiniteServersMean(
  arrivalsPerSecond: number,
  servicePerSecond: number,
  initial: number,
  seconds: number,
): number {
  const left = Math.exp(-servicePerSecond * seconds);
  return (arrivalsPerSecond / servicePerSecond) * (1 - left) + initial * left;
}

/**
 * Time until a backlog is gone when nothing arrives: a sum of independent exponentials, one per message.
 *
 * @returns mean in seconds, variance in seconds squared
 */
export function timeToEmpty(
  initial: number,
  servicePerSecond: number,
  servers: number,
): { readonly meanSeconds: number; readonly variance: number } {
  let meanSeconds = 0;
  let variance = 0;
  for (let n = 1; n <= initial; n++) {
    const between = 1 / (Math.min(n, servers) * servicePerSecond);
    meanSeconds += between;
    variance += between ** 2;
  }
  return { meanSeconds, variance };
}
