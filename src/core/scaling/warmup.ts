/**
 * How long a new instance warms up (WARM-07, WARM-08): counted from the moment it enters service.
 */

/** AWS's default when a group names no cooldown. */
export const DEFAULT_COOLDOWN_SECONDS = 300;

/**
 * The policy's own estimate, else the group's default warm-up, else its default cooldown (WARM-08). 0 is a value.
 *
 * @returns seconds
 */
export function effectiveWarmupSeconds(
  policy: { readonly estimatedInstanceWarmupSeconds: number | null },
  group: { readonly defaultInstanceWarmupSeconds: number | null; readonly defaultCooldownSeconds: number },
): number {
  return policy.estimatedInstanceWarmupSeconds ?? group.defaultInstanceWarmupSeconds ?? group.defaultCooldownSeconds;
}

/** An instance refresh falls back to the health check's grace period instead (WARM-08). @returns seconds */
export function refreshWarmupSeconds(refresh: {
  readonly instanceWarmupSeconds: number | null;
  readonly defaultInstanceWarmupSeconds: number | null;
  readonly healthCheckGracePeriodSeconds: number;
}): number {
  return refresh.instanceWarmupSeconds ?? refresh.defaultInstanceWarmupSeconds ?? refresh.healthCheckGracePeriodSeconds;
}
