/**
 * What an instance's life costs: billed by the second, with a minimum of one minute (EC2 on-demand Linux).
 */
export const MINIMUM_BILLED_SECONDS = 60;

/** Seconds billed for one instance that ran `runningSeconds`. */
export function billedSeconds(runningSeconds: number): number {
  return Math.max(MINIMUM_BILLED_SECONDS, runningSeconds);
}

export function costUsd(billedInstanceSeconds: number, pricePerInstanceHourUsd: number): number {
  return (billedInstanceSeconds / 3600) * pricePerInstanceHourUsd;
}
