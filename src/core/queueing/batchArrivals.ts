/**
 * M^[X]/M/1: messages arrive in batches, as SendMessageBatch brings them, and one server takes them one by one.
 *
 * L = rho (E[X] + E[X^2]) / (2 E[X] (1 - rho)), rho = batch rate E[X] / mu.
 */
import { type SteadyQueue, steadyFromWait } from './types.ts';

/**
 * @param meanBatch         E[X]
 * @param batchSecondMoment E[X^2]; the square of the size when all batches are alike
 */
export function batchArrivals(
  batchesPerSecond: number,
  meanBatch: number,
  batchSecondMoment: number,
  servicePerSecond: number,
): SteadyQueue {
  const arrivalsPerSecond = batchesPerSecond * meanBatch;
  const utilization = arrivalsPerSecond / servicePerSecond;
  const inSystem =
    utilization < 1
      ? (utilization * (meanBatch + batchSecondMoment)) / (2 * meanBatch * (1 - utilization))
      : Number.POSITIVE_INFINITY;
  const meanWait = inSystem / arrivalsPerSecond - 1 / servicePerSecond;
  return steadyFromWait(arrivalsPerSecond, 1 / servicePerSecond, 1, meanWait);
}
