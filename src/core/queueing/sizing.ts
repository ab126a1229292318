/** How many servers a steady load needs for a wait that a person names. Backlog per instance: core/capacity/backlog.ts. */
import { mmcWaitTail } from './mmc.ts';

/** A promise about waiting: this share of messages begins within this time. */
export interface WaitGoal {
  readonly waitSeconds: number;
  /** Above 0, below 1; 0.95 for p95. */
  readonly share: number;
}

/**
 * Smallest number of servers with P(wait > goal) <= 1 - share, in M/M/c.
 *
 * @throws RangeError when the rates are not finite and positive, or the share not between 0 and 1
 */
export function serversForWait(arrivalsPerSecond: number, servicePerSecond: number, goal: WaitGoal): number {
  const positive = arrivalsPerSecond >= 0 && servicePerSecond > 0 && goal.waitSeconds >= 0;
  if (!positive || !Number.isFinite(arrivalsPerSecond / servicePerSecond) || !(goal.share > 0 && goal.share < 1)) {
    throw new RangeError('rates and waits are positive numbers and the share lies between 0 and 1');
  }
  let servers = Math.floor(arrivalsPerSecond / servicePerSecond) + 1;
  while (mmcWaitTail({ arrivalsPerSecond, servicePerSecond, servers }, goal.waitSeconds) > 1 - goal.share) servers++;
  return servers;
}
