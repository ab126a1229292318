/**
 * Many servers and any service time: the wait of M/M/c times the mean of the two squared coefficients of variation.
 *
 * Allen and Cunneen's approximation: exact for M/M/c and for M/G/1, within some percent elsewhere at high load.
 */
import { type MmcLoad, mmc } from './mmc.ts';
import { type SteadyQueue, steadyFromWait } from './types.ts';

/**
 * @param serviceScv  squared coefficient of variation of service times: 0 constant, 1 exponential
 * @param arrivalScv  of the times between arrivals: 1 for Poisson traffic, more when it comes in bursts
 */
export function allenCunneen(load: MmcLoad, serviceScv: number, arrivalScv = 1): SteadyQueue {
  const { meanWaitSeconds } = mmc(load);
  const { arrivalsPerSecond, servicePerSecond, servers } = load;
  const wait =
    meanWaitSeconds === Number.POSITIVE_INFINITY ? meanWaitSeconds : (meanWaitSeconds * (arrivalScv + serviceScv)) / 2;
  return steadyFromWait(arrivalsPerSecond, 1 / servicePerSecond, servers, wait);
}
