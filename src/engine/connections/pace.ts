/**
 * When to poll next: the interval, longer while throttled, back-off while failing. Pure; the caller owns the timer.
 *
 * Every failure doubles the wait, so an endpoint that is down is not hammered; any success brings the interval back, so
 * recovery needs nobody. Throttling doubles a slow-down factor that halves again with each untroubled poll.
 */
export interface Pace {
  /** Failures in a row. */
  readonly failures: number;
  /** 1: normal; 2, 4 ... 16: polling that many times slower. */
  readonly slowDown: number;
}

export const startPace: Pace = { failures: 0, slowDown: 1 };

const firstRetryMs = 2_000;
const longestRetryMs = 5 * 60_000;
const mostSlowDown = 16;

export type PollOutcome = 'ok' | 'throttled' | 'failed';

export function paceAfter(pace: Pace, outcome: PollOutcome): Pace {
  switch (outcome) {
    case 'ok':
      return { failures: 0, slowDown: Math.max(1, pace.slowDown / 2) };
    case 'throttled':
      return { failures: 0, slowDown: Math.min(mostSlowDown, pace.slowDown * 2) };
    case 'failed':
      return { failures: pace.failures + 1, slowDown: pace.slowDown };
  }
}

/**
 * @param intervalMs real milliseconds between polls when all is well
 * @returns real milliseconds until the next poll
 */
export function waitMs(pace: Pace, intervalMs: number): number {
  if (pace.failures === 0) return intervalMs * pace.slowDown;
  return Math.min(longestRetryMs, firstRetryMs * 2 ** (pace.failures - 1));
}
