/**
 * What a fleet cost and how restless it was, from the lives of its instances.
 *
 * An instance is paid from its launch until it is gone (YARD-30 to YARD-34). Prices come with the caller, dated there.
 */
import { billedSeconds, costUsd } from '../../core/capacity/billing.ts';

/** Instances that came and went together, so that a fleet of thousands stays a short list. */
export interface Lives {
  readonly count: number;
  /** Seconds from the start of the range; at or below 0: it ran before the range, and its minimum was paid then. */
  readonly launchedAtSeconds: number;
  /** Infinity: still there at the end. */
  readonly goneAtSeconds: number;
}

export interface Money {
  /** Instance-hours from launch to gone, within the range. */
  readonly paidInstanceHours: number;
  /** By the second, at least a minute for each instance that came in the range (YARD-31). */
  readonly costUsd: number;
  /** Null when nothing was processed (YARD-32). */
  readonly costPerMillionMessagesUsd: number | null;
  /** Share of paid time in which an instance did not work, 0 to 1 (YARD-33). Null when nothing was paid. */
  readonly wasteShare: number | null;
  readonly launches: number;
  readonly terminations: number;
  /** Instances that were gone within 10 minutes of their launch (YARD-34). */
  readonly livesUnder10Minutes: number;
}

const SHORT_LIFE_SECONDS = 600;

/**
 * @param processed messages processed in the range
 * @param throughputPerInstancePerMinute what one instance can do; tells how long instances worked
 */
export function measureMoney(input: {
  readonly lives: readonly Lives[];
  readonly rangeSeconds: number;
  readonly processed: number;
  readonly throughputPerInstancePerMinute: number;
  readonly pricePerInstanceHourUsd: number;
}): Money {
  const { lives, rangeSeconds, processed, throughputPerInstancePerMinute, pricePerInstanceHourUsd } = input;
  let paid = 0;
  let billed = 0;
  let launches = 0;
  let terminations = 0;
  let short = 0;
  for (const { count, launchedAtSeconds, goneAtSeconds } of lives) {
    const inRange = launchedAtSeconds > 0;
    const ends = goneAtSeconds <= rangeSeconds;
    const seconds = Math.max(0, Math.min(goneAtSeconds, rangeSeconds) - Math.max(0, launchedAtSeconds));
    paid += seconds * count;
    // One that began just before the end has not had its minute yet: it is billed when it is gone.
    billed += (inRange && ends ? billedSeconds(seconds) : seconds) * count;
    if (inRange) launches += count;
    if (ends) terminations += count;
    if (ends && inRange && goneAtSeconds - launchedAtSeconds < SHORT_LIFE_SECONDS) short += count;
  }
  const cost = costUsd(billed, pricePerInstanceHourUsd);
  const worked = (processed / throughputPerInstancePerMinute) * 60;
  return {
    paidInstanceHours: paid / 3600,
    costUsd: cost,
    costPerMillionMessagesUsd: processed > 0 ? (cost / processed) * 1e6 : null,
    wasteShare: paid > 0 ? Math.max(0, 1 - worked / paid) : null,
    launches,
    terminations,
    livesUnder10Minutes: short,
  };
}

/**
 * The lives behind a column of desired capacity: a rise launches, a fall lets the oldest go (MODEL-26).
 *
 * @param desired per minute; a change counts from the start of the minute that first shows it; NaN repeats the value before
 * @param before  desired capacity when the range began; those instances ran before
 * @param terminateDelaySeconds from the decision until an instance is gone, and paid
 */
export function livesOfDesired(desired: ArrayLike<number>, before: number, terminateDelaySeconds: number): Lives[] {
  const lives: Lives[] = [];
  const running: { launchedAtSeconds: number; count: number }[] = [];
  if (before > 0) running.push({ launchedAtSeconds: 0, count: before });
  let current = before;
  for (let minute = 0; minute < desired.length; minute++) {
    const value = desired[minute]!;
    if (Number.isNaN(value) || value === current) continue;
    // A launch in the first minute is one of the range, not of before.
    const atSeconds = Math.max(minute * 60, Number.MIN_VALUE);
    if (value > current) running.push({ launchedAtSeconds: atSeconds, count: value - current });
    for (let leaving = current - value; leaving > 0; ) {
      const oldest = running[0]!;
      const taken = Math.min(leaving, oldest.count);
      lives.push({
        count: taken,
        launchedAtSeconds: oldest.launchedAtSeconds,
        goneAtSeconds: atSeconds + terminateDelaySeconds,
      });
      oldest.count -= taken;
      if (oldest.count === 0) running.shift();
      leaving -= taken;
    }
    current = value;
  }
  for (const { launchedAtSeconds, count } of running) {
    lives.push({ count, launchedAtSeconds, goneAtSeconds: Number.POSITIVE_INFINITY });
  }
  return lives;
}
