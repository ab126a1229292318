/**
 * Health replacement: which instances count as unhealthy, and how many may be replaced at once.
 *
 * Rules: docs/rules/lifecycle.md (HEALTH-01, HEALTH-02). In what order launch and termination come is maintenance.ts.
 */
import { defaults } from '../defaults.ts';

/** How an instance was found unhealthy. The first two are throttled (HEALTH-02). */
export type HealthFinding = 'status-check' | 'load-balancer' | 'not-running' | 'set-by-api';

const throttled: ReadonlySet<HealthFinding> = new Set(['status-check', 'load-balancer']);

/**
 * Whether a finding counts already: checks are ignored during the grace period, a stopped instance is not (HEALTH-01).
 *
 * @param inServiceAtMs the grace period runs from the entry into service
 */
export function findingCounts(
  finding: HealthFinding,
  inServiceAtMs: number,
  nowMs: number,
  gracePeriodSeconds: number = defaults['asg.healthCheckGracePeriodSeconds'],
): boolean {
  return finding === 'not-running' || nowMs >= inServiceAtMs + gracePeriodSeconds * 1_000;
}

/** A tenth of desired capacity at a time, one at a time when that is below one (HEALTH-02). */
export function replacementBatch(desiredCapacity: number): number {
  return Math.max(1, Math.floor(desiredCapacity / 10));
}

/** A group as far as replacing goes. */
export interface ReplacementContext {
  readonly desiredCapacity: number;
  /** In service and healthy. */
  readonly healthyInstances: number;
  /** Replacements that have not yet passed initial health and warm-up: they use up the batch. */
  readonly replacementsInProgress: number;
  readonly activityInProgress: boolean;
}

export interface ReplacementDecision {
  /** How many of the unhealthy instances are replaced now. */
  readonly replaceNow: number;
  readonly rules: readonly string[];
}

/** How many of `unhealthyInstances` with one finding are replaced now (HEALTH-01, HEALTH-02). */
export function decideReplacement(
  finding: HealthFinding,
  unhealthyInstances: number,
  context: ReplacementContext,
): ReplacementDecision {
  if (!throttled.has(finding)) return { replaceNow: unhealthyInstances, rules: ['HEALTH-01', 'HEALTH-02'] };
  if (context.activityInProgress && farBelowDesired(context)) return { replaceNow: 0, rules: ['HEALTH-02'] };
  const free = Math.max(0, replacementBatch(context.desiredCapacity) - context.replacementsInProgress);
  return { replaceNow: Math.min(unhealthyInstances, free), rules: ['HEALTH-01', 'HEALTH-02'] };
}

/** At least a tenth of desired is missing. Compared in whole numbers: desired - healthy >= desired / 10. */
function farBelowDesired({ desiredCapacity, healthyInstances }: ReplacementContext): boolean {
  return 10 * (desiredCapacity - healthyInstances) >= desiredCapacity;
}
