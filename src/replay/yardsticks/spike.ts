/**
 * The worst spike of a run, as an on-call engineer reads it: how high, how long to drain, when help came, how much too much.
 *
 * The spike is the stretch around the largest backlog (YARD-40 to YARD-44). Minute columns; NaN counts nowhere.
 */

export interface Spike {
  readonly peakBacklog: number;
  /** Minute of the peak, counted from the start of the range. */
  readonly peakMinute: number;
  /** First minute of the spike: after the last one before the peak whose backlog was gone (YARD-41). */
  readonly fromMinute: number;
  /** First minute after the peak with the backlog gone; null: not within the range. */
  readonly drainedMinute: number | null;
  /** From the peak until then, minutes (YARD-42). */
  readonly drainMinutes: number | null;
  /** From the first minute of the spike in which instances were missing until more were in service (YARD-43). Null: none missing, or none came. */
  readonly firstNewInstanceMinutes: number | null;
  /** Most idle instances after the peak, until the fleet had come down to the demand (YARD-44). */
  readonly overshootInstances: number;
}

/** Real queues hardly ever show a plain 0 (MODEL-27). */
const GONE_SHARE = 0.01;

/** @returns null when nothing ever waited */
export function measureSpike(columns: {
  readonly backlog: ArrayLike<number>;
  readonly inService: ArrayLike<number>;
  readonly demand: ArrayLike<number>;
}): Spike | null {
  const { backlog, inService, demand } = columns;
  let peakMinute = -1;
  let peak = 0;
  for (let minute = 0; minute < backlog.length; minute++) {
    if (backlog[minute]! > peak) {
      peak = backlog[minute]!;
      peakMinute = minute;
    }
  }
  if (peakMinute < 0) return null;
  const gone = (minute: number) => backlog[minute]! <= peak * GONE_SHARE;
  let fromMinute = peakMinute;
  while (fromMinute > 0 && !gone(fromMinute - 1)) fromMinute--;
  let drainedMinute: number | null = null;
  for (let minute = peakMinute + 1; minute < backlog.length && drainedMinute === null; minute++) {
    if (gone(minute)) drainedMinute = minute;
  }
  return {
    peakBacklog: peak,
    peakMinute,
    fromMinute,
    drainedMinute,
    drainMinutes: drainedMinute === null ? null : drainedMinute - peakMinute,
    firstNewInstanceMinutes: firstHelp(inService, demand, fromMinute, drainedMinute ?? backlog.length),
    overshootInstances: overshoot(inService, demand, peakMinute),
  };
}

function firstHelp(inService: ArrayLike<number>, demand: ArrayLike<number>, from: number, to: number): number | null {
  let missing = from;
  while (missing < to && !(demand[missing]! > inService[missing]!)) missing++;
  for (let minute = missing + 1; minute < to; minute++) {
    if (inService[minute]! > inService[minute - 1]!) return minute - missing;
  }
  return null;
}

function overshoot(inService: ArrayLike<number>, demand: ArrayLike<number>, peakMinute: number): number {
  let most = 0;
  for (let minute = peakMinute; minute < inService.length; minute++) {
    const idle = inService[minute]! - demand[minute]!;
    if (idle > most) most = idle;
    // Down at the demand again after having been above it: what comes later is another story.
    if (most > 0 && idle <= 0) break;
  }
  return most;
}
