/**
 * How long a new instance warms up (WARM-07, WARM-08): counted from the moment it enters service.
 */

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

/** What launches an instance decides which settings its warm-up comes from (WARM-08). */
export type WarmupUser = 'StepScaling' | 'TargetTrackingScaling' | 'SimpleScaling' | 'PredictiveScaling';

/** The policy types that know no warm-up: simple scaling waits for its cooldown instead, predictive scaling launches ahead (WARM-08). */
const withoutWarmup: ReadonlySet<WarmupUser> = new Set(['SimpleScaling', 'PredictiveScaling']);

/** As `effectiveWarmupSeconds`, for a policy of any type. @returns seconds; 0 for types without warm-up */
export function warmupSecondsOf(
  policyType: WarmupUser,
  policy: Parameters<typeof effectiveWarmupSeconds>[0],
  group: Parameters<typeof effectiveWarmupSeconds>[1],
): number {
  return withoutWarmup.has(policyType) ? 0 : effectiveWarmupSeconds(policy, group);
}

/** An instance refresh falls back to the health check's grace period instead (WARM-08). @returns seconds */
export function refreshWarmupSeconds(refresh: {
  readonly instanceWarmupSeconds: number | null;
  readonly defaultInstanceWarmupSeconds: number | null;
  readonly healthCheckGracePeriodSeconds: number;
}): number {
  return refresh.instanceWarmupSeconds ?? refresh.defaultInstanceWarmupSeconds ?? refresh.healthCheckGracePeriodSeconds;
}
