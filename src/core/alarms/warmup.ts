/**
 * The warm-up of an alarm: after it is created or changed it stays in INSUFFICIENT_DATA, without actions (ALARM-08).
 *
 * Not to be mixed up with the warm-up of instances (core/scaling/warmup.ts).
 */

export interface AlarmWarmUp {
  readonly minutes: number;
  /** true: the whole time is waited for, even when data come earlier. */
  readonly onlyAfterItEnds: boolean;
}

/**
 * Whether an alarm is still warming up. Once it is not, it never is again until it is created anew: a longer warm-up set
 * afterwards does not begin another.
 *
 * @param startedAtMs      when the alarm was created
 * @param realPoints       points of its window that are there
 * @param evaluationPeriods points a full window has
 */
export function isWarmingUp(
  warmUp: AlarmWarmUp | null,
  startedAtMs: number,
  nowMs: number,
  realPoints: number,
  evaluationPeriods: number,
): boolean {
  if (warmUp === null || nowMs >= startedAtMs + warmUp.minutes * 60_000) return false;
  return warmUp.onlyAfterItEnds || realPoints < evaluationPeriods;
}
