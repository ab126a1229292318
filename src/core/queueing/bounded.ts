/**
 * Queues that refuse and queues that feed themselves: M/M/c/K (room for K) and M/M/c//N (N sources that wait for their answer).
 *
 * Both are birth-death chains. Little's law is taken over those that enter.
 */
import { expectation, mmcChain, steadyLaw } from './birthDeath.ts';
import type { MmcLoad } from './mmc.ts';
import type { SteadyQueue } from './types.ts';

export interface BoundedQueue extends SteadyQueue {
  readonly emptyProbability: number;
  /** What enters, and so leaves, per second. */
  readonly throughputPerSecond: number;
}

export interface RefusingQueue extends BoundedQueue {
  /** Share of arrivals that find no room. */
  readonly blockingProbability: number;
}

/** @param room most that can be in the system, in service included; at least the number of servers */
export function mmck(load: MmcLoad, room: number): RefusingQueue {
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const law = steadyLaw(mmcChain(arrivalsPerSecond, servicePerSecond, servers, room + 1));
  const blockingProbability = law[room]!;
  const entering = arrivalsPerSecond * (1 - blockingProbability);
  return { ...fromLaw(law, servers, entering, servicePerSecond), blockingProbability };
}

/**
 * @param sources        how many there are, each either thinking or in the system
 * @param thinkPerSecond rate at which one that thinks sends
 */
export function finiteSource(
  sources: number,
  thinkPerSecond: number,
  servicePerSecond: number,
  servers: number,
): BoundedQueue {
  const { deathsPerSecond } = mmcChain(0, servicePerSecond, servers, sources + 1);
  const birthsPerSecond = Float64Array.from({ length: sources + 1 }, (_, n) => (sources - n) * thinkPerSecond);
  const law = steadyLaw({ birthsPerSecond, deathsPerSecond });
  const entering = thinkPerSecond * (sources - expectation(law, (n) => n));
  return fromLaw(law, servers, entering, servicePerSecond);
}

function fromLaw(law: Float64Array, servers: number, entering: number, servicePerSecond: number): BoundedQueue {
  const meanInSystem = expectation(law, (n) => n);
  const meanWaiting = expectation(law, (n) => Math.max(0, n - servers));
  const offeredLoad = entering / servicePerSecond;
  return {
    offeredLoad,
    utilization: offeredLoad / servers,
    meanInSystem,
    meanWaiting,
    meanSystemSeconds: meanInSystem / entering,
    meanWaitSeconds: meanWaiting / entering,
    emptyProbability: law[0]!,
    throughputPerSecond: entering,
  };
}
