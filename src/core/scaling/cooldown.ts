/**
 * Cooldown of simple scaling: how long it is, when it starts, and who waits for it.
 *
 * Rules: docs/rules/scaling.md (COOL). Not here: what a simple policy then does (simple.ts); the cooldowns of Application Auto
 * Scaling, which credit instead of waiting (application.ts). Instants are seconds or milliseconds of the caller's own clock.
 */
import { defaults } from '../defaults.ts';

/** What asks for a change of capacity. */
export type ScalingTrigger =
  | 'simple-policy'
  | 'step-policy'
  | 'target-tracking-policy'
  | 'predictive-policy'
  | 'scheduled-action'
  | 'health-replacement'
  | 'manual-change';

/**
 * Whether a running cooldown holds this back (COOL-01, COOL-04).
 *
 * @param honorCooldown a manual change may ask to wait; nothing else can
 */
export function waitsForCooldown(
  trigger: ScalingTrigger,
  honorCooldown: boolean = defaults['asg.honorCooldown'],
): boolean {
  return trigger === 'simple-policy' || (trigger === 'manual-change' && honorCooldown);
}

/** The policy's own cooldown, else the group's default, else 300 (COOL-01). 0 is a value. @returns seconds */
export function effectiveCooldownSeconds(
  policy: { readonly cooldownSeconds: number | null },
  group: { readonly defaultCooldownSeconds: number | null },
): number {
  return policy.cooldownSeconds ?? group.defaultCooldownSeconds ?? defaults['asg.defaultCooldownSeconds'];
}

/** When one instance's part of an activity is over, as far as cooldown goes. All in one unit of time; null: does not apply. */
export type FinishedInstance =
  | {
      readonly change: 'launch';
      /** Launched and running. */
      readonly runningAt: number;
      /** The launch hook completed or timed out: only then is the instance in service. */
      readonly hookEndedAt: number | null;
    }
  | {
      readonly change: 'terminate';
      readonly terminatedAt: number;
      /** The load balancer has drained it. The terminate hook is not waited for. */
      readonly drainedAt: number | null;
    };

/** COOL-02, COOL-03: the instant from which an instance no longer keeps the cooldown from starting. */
export function instanceFinishedAt(instance: FinishedInstance): number {
  if (instance.change === 'terminate') return instance.drainedAt ?? instance.terminatedAt;
  return instance.hookEndedAt ?? instance.runningAt;
}

/**
 * From the last instance of the activity on, for the cooldown's length (COOL-02).
 *
 * @param finishedAtSeconds one instant per launched or terminated instance, at least one (see `instanceFinishedAt`)
 * @returns seconds; in force at `fromSeconds`, over at `toSeconds`
 */
export function cooldownWindow(
  finishedAtSeconds: readonly number[],
  cooldownSeconds: number,
): { fromSeconds: number; toSeconds: number } {
  const fromSeconds = Math.max(...finishedAtSeconds);
  return { fromSeconds, toSeconds: fromSeconds + cooldownSeconds };
}
