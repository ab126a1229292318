/**
 * M/M/c: Poisson arrivals, exponential service, c servers, one queue. The work horse: everything about it is known.
 *
 * Wq = C / (c mu - lambda), P(wait > t) = C e^-(c mu - lambda) t, C from Erlang's second formula. One server is M/M/1.
 */
import { erlangC } from './erlang.ts';
import { type SteadyQueue, steadyFromWait } from './types.ts';

export interface MmcLoad {
  readonly arrivalsPerSecond: number;
  /** What one server does while busy. */
  readonly servicePerSecond: number;
  readonly servers: number;
}

export interface MmcQueue extends SteadyQueue {
  /** Erlang C. */
  readonly waitProbability: number;
  /** Probability that nothing is there. */
  readonly emptyProbability: number;
}

/** The steady state; waits are infinite when the load is not below the servers. Throws nothing. */
export function mmc(load: MmcLoad): MmcQueue {
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const offeredLoad = arrivalsPerSecond / servicePerSecond;
  const waitProbability = erlangC(offeredLoad, servers);
  const spare = servers * servicePerSecond - arrivalsPerSecond;
  return {
    ...steadyFromWait(
      arrivalsPerSecond,
      1 / servicePerSecond,
      servers,
      spare > 0 ? waitProbability / spare : Number.POSITIVE_INFINITY,
    ),
    waitProbability,
    emptyProbability: spare > 0 ? emptyProbability(offeredLoad, servers) : 0,
  };
}

/** P(wait > seconds) of an arrival. */
export function mmcWaitTail(load: MmcLoad, seconds: number): number {
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const spare = servers * servicePerSecond - arrivalsPerSecond;
  if (spare <= 0) return 1;
  return erlangC(arrivalsPerSecond / servicePerSecond, servers) * Math.exp(-spare * seconds);
}

/**
 * The wait that a share of arrivals does not exceed.
 *
 * @param share 0 to below 1, 0.95 for p95
 * @returns seconds; 0 when that share does not wait at all, infinity when the queue grows without end
 */
export function mmcWaitQuantileSeconds(load: MmcLoad, share: number): number {
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const spare = servers * servicePerSecond - arrivalsPerSecond;
  if (spare <= 0) return Number.POSITIVE_INFINITY;
  const waiting = erlangC(arrivalsPerSecond / servicePerSecond, servers);
  return Math.max(0, Math.log(waiting / (1 - share)) / spare);
}

/** 1 / (sum a^k/k! + a^c/c! c/(c - a)); the terms are carried relative to the last, so that hundreds of servers do not overflow. */
function emptyProbability(offeredLoad: number, servers: number): number {
  if (offeredLoad === 0) return 1;
  // From the last term a^c/c! downwards: the term before it is k/a times as large.
  let relative = 1;
  let sum = servers / (servers - offeredLoad);
  for (let k = servers; k >= 1; k--) {
    relative *= k / offeredLoad;
    sum += relative;
  }
  // Ends with the term of k = 0, which is 1 in absolute size: p0 is its share of the sum.
  return relative / sum;
}
