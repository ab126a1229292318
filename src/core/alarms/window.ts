/**
 * Evaluation windows on the wall clock (ALARM-08): periods that begin at full hours, at midnight or on Monday of a zone.
 *
 * The sliding window, which is the default, is cadence.ts. Which zone shows what is core/time/zone.ts.
 */
import { instantOfWallClockMs, zoneOffsetMs } from '../time/zone.ts';

/** Periods a wall-clock window allows: a minute, five, an hour, a day, a week. */
export const wallClockPeriodsSeconds: readonly number[] = [60, 300, 3600, 86_400, 604_800];

const DAY_MS = 86_400_000;
/** The first Monday after the epoch: weeks begin on Monday (MODEL-40). All periods are counted from it. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * The newest whole periods of a wall clock, none of them still running at `nowMs` (ALARM-08).
 *
 * A day lasts 23 or 25 hours where the clock changes, and the week around it so much less or more.
 *
 * @param periodSeconds one of `wallClockPeriodsSeconds`
 * @param timeZone      IANA name or fixed difference (core/time/zone.ts); UTC unless the alarm says otherwise
 * @param count         how many periods, at least 1
 * @returns oldest first: [fromMs, toMs) in epoch milliseconds, each ending where the next begins
 */
export function wallClockWindows(
  periodSeconds: number,
  timeZone: string,
  nowMs: number,
  count: number,
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const windows: { fromMs: number; toMs: number }[] = [];
  let toMs = boundaryAtOrBefore(periodSeconds, timeZone, nowMs);
  for (let periods = 0; periods < count; periods++) {
    const fromMs = boundaryAtOrBefore(periodSeconds, timeZone, toMs - 1);
    windows.unshift({ fromMs, toMs });
    toMs = fromMs;
  }
  return windows;
}

/** The newest instant, not after `atMs`, at which a period of this length begins on the zone's clock. */
function boundaryAtOrBefore(periodSeconds: number, timeZone: string, atMs: number): number {
  const offsetMs = zoneOffsetMs(timeZone, atMs);
  const wallMs = atMs + offsetMs;
  const periodMs = periodSeconds * 1000;
  // Within one day an hour lasts an hour, also the one that is shown twice.
  if (periodMs < DAY_MS) return floorTo(wallMs, periodMs, MONDAY_MS) - offsetMs;
  // Days counted from a Monday begin at midnight too.
  return instantOfWallClockMs(timeZone, floorTo(wallMs, periodMs, MONDAY_MS));
}

const floorTo = (value: number, step: number, origin: number): number =>
  Math.floor((value - origin) / step) * step + origin;
