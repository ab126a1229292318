/**
 * When an alarm is evaluated, over which stretch of time, and when its actions run.
 *
 * Rules: docs/rules/alarms.md (ALARM-06, ALARM-07, ALARM-20 to ALARM-22, ALARM-25). Not here: the state itself (evaluate.ts),
 * windows on the wall clock (window.ts).
 */

/** An Auto Scaling action is invoked again this often while its alarm stays in the state (ALARM-20). */
export const ACTION_REPEAT_SECONDS = 60;

/** Seconds between two evaluations of one alarm (ALARM-06). */
export function evaluationCadenceSeconds(periodSeconds: number): number {
  return periodSeconds < 60 ? 10 : 60;
}

/** Length of what a full set of datapoints covers: evaluationPeriods x period (ALARM-07). */
export function evaluationIntervalSeconds(rule: {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
}): number {
  return rule.periodSeconds * rule.evaluationPeriods;
}

/**
 * The stretch one datapoint covers: the window slides with each evaluation and is not aligned to the clock (ALARM-07).
 *
 * @param endSeconds  end of the newest period, in any second count
 * @param periodsBack 0 for the newest period, 1 for the one before it
 * @returns [from, to): from is inside, to is not
 */
export function slidingWindow(
  endSeconds: number,
  periodSeconds: number,
  periodsBack = 0,
): { readonly fromSeconds: number; readonly toSeconds: number } {
  const toSeconds = endSeconds - periodsBack * periodSeconds;
  return { fromSeconds: toSeconds - periodSeconds, toSeconds };
}

/**
 * When the actions of a stay in one state run: at entry, and for Auto Scaling again every minute, on the phase of the
 * entry, whatever the alarm's period (ALARM-20, ALARM-21).
 *
 * @param leftAtSecond the instant the state is left; nothing runs at or after it
 */
export function actionSeconds(
  actionType: 'autoscaling' | 'sns',
  enteredAtSecond: number,
  leftAtSecond: number,
): number[] {
  const seconds: number[] = [];
  for (let second = enteredAtSecond; second < leftAtSecond; second += ACTION_REPEAT_SECONDS) {
    seconds.push(second);
    if (actionType !== 'autoscaling') break;
  }
  return seconds;
}

/**
 * How an invocation lies to the change of state it repeats: repeats keep the phase of the change, so a real record is a
 * whole number of minutes away but for rounding (ALARM-21).
 *
 * @returns the nearest whole number of minutes, and how far from it the invocation is (seconds, never negative)
 */
export function actionPhase(
  stateChangedAtMs: number,
  invokedAtMs: number,
): { readonly minutes: number; readonly errorSeconds: number } {
  const elapsedMs = invokedAtMs - stateChangedAtMs;
  const repeatMs = ACTION_REPEAT_SECONDS * 1000;
  const minutes = Math.round(elapsedMs / repeatMs);
  return { minutes, errorSeconds: Math.abs(elapsedMs - minutes * repeatMs) / 1000 };
}

/** Seconds from a policy's invocation to the launch or terminate call that follows from it (ALARM-22; MODEL-06). */
export function reactionSeconds(invokedAtMs: number, instanceActionAtMs: number): number {
  return (instanceActionAtMs - invokedAtMs) / 1000;
}

/**
 * How long the last point of a metric that stopped can still decide, and its actions run again: until it has slid out of
 * the evaluation range (ALARM-15, ALARM-25). Shorter periods make it shorter.
 *
 * @param rangeLength points in the evaluation range (`evaluationRangeLength`)
 * @returns seconds after the end of that point's period
 */
export function lastPointDecidesSeconds(periodSeconds: number, rangeLength: number): number {
  return (rangeLength - 1) * periodSeconds;
}
