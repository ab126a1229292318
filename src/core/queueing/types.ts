/** The words of a queue in its steady state, the same for every model. Messages and seconds; not here: the models. */

export interface SteadyQueue {
  /** Work brought per second over what one server does: busy servers on average. */
  readonly offeredLoad: number;
  /** Share of the servers' time in use; 1 and more: the queue grows without end and the means are infinite. */
  readonly utilization: number;
  /** Mean time from arrival to the begin of service (Wq). */
  readonly meanWaitSeconds: number;
  /** Mean number waiting (Lq). */
  readonly meanWaiting: number;
  /** Mean time from arrival to the end of service (W). */
  readonly meanSystemSeconds: number;
  /** Mean number waiting or in service (L). */
  readonly meanInSystem: number;
}

/** The rest by Little's law, from the mean wait of those that enter. */
export function steadyFromWait(
  enteringPerSecond: number,
  meanServiceSeconds: number,
  servers: number,
  meanWaitSeconds: number,
): SteadyQueue {
  const offeredLoad = enteringPerSecond * meanServiceSeconds;
  return {
    offeredLoad,
    utilization: offeredLoad / servers,
    meanWaitSeconds,
    meanWaiting: enteringPerSecond === 0 ? 0 : enteringPerSecond * meanWaitSeconds,
    meanSystemSeconds: meanWaitSeconds + meanServiceSeconds,
    meanInSystem: (enteringPerSecond === 0 ? 0 : enteringPerSecond * meanWaitSeconds) + offeredLoad,
  };
}
