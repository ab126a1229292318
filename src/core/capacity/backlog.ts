/**
 * Backlog arithmetic of a queue: draining, backlog per instance, instances needed.
 *
 * Closed forms for constant rates (BACKLOG-01 to BACKLOG-03). Not here: rates that change (replay/plants/fluid.ts).
 */

/**
 * Time until a backlog is gone at constant rates: backlog / (service - arrivals).
 *
 * @returns seconds when the rates are per second (minutes when per minute); infinity when it does not shrink, 0 for none
 */
export function timeToDrain(backlog: number, arrivalRate: number, serviceRate: number): number {
  if (backlog <= 0) return 0;
  return serviceRate > arrivalRate ? backlog / (serviceRate - arrivalRate) : Number.POSITIVE_INFINITY;
}

/** Messages per instance in service (BACKLOG-01); NaN, that is no datapoint, without instances (MATH-02). */
export function backlogPerInstance(backlog: number, inService: number): number {
  return inService > 0 ? backlog / inService : Number.NaN;
}

/** Messages one instance may have in front of it and still be in time (BACKLOG-02). */
export function acceptableBacklogPerInstance(acceptableLatencySeconds: number, processingSeconds: number): number {
  return acceptableLatencySeconds / processingSeconds;
}

/** Instances that bring a backlog down to what is acceptable per instance, rounded up (BACKLOG-03). */
export function instancesForBacklog(backlog: number, acceptablePerInstance: number): number {
  return Math.ceil(backlog / acceptablePerInstance);
}
