/**
 * Wall clocks: what the clock on the wall shows at an instant in a zone, and which instant it shows a time at.
 *
 * Zones are IANA names, or fixed differences such as `+05:30` and `UTC+05:30`. The instant is always handed in.
 */

const MINUTE_MS = 60_000;
const offsetPattern = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})$/;

/** Formatters are dear to make; a process knows few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Difference of a zone's wall clock from UTC at an instant: milliseconds, positive to the east.
 *
 * @throws RangeError for a zone that does not exist (`isTimeZone` tells before)
 */
export function zoneOffsetMs(timeZone: string, atMs: number): number {
  const fixed = fixedOffsetMs(timeZone);
  if (fixed !== null) return fixed;
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(atMs)) shown[type] = Number(value);
  const wallMs = Date.UTC(shown.year!, shown.month! - 1, shown.day!, shown.hour!, shown.minute!, shown.second!);
  return wallMs - Math.floor(atMs / 1000) * 1000;
}

/** What a wall clock shows. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What a zone's clock shows at an instant. @throws RangeError for a zone that does not exist */
export function wallTimeAt(timeZone: string, atMs: number): WallTime {
  const shown = new Date(atMs + zoneOffsetMs(timeZone, atMs));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

/**
 * The instant at which a zone's clock shows a time. A time that the clock jumps over in spring is the instant of the jump's
 * end carried on (02:30 becomes 03:30); of one it shows twice in autumn, the first.
 *
 * @param wallMs the shown time, written as if it were UTC, in epoch milliseconds
 */
export function instantOfWallClockMs(timeZone: string, wallMs: number): number {
  const before = wallMs - zoneOffsetMs(timeZone, wallMs - 24 * 60 * MINUTE_MS);
  const after = wallMs - zoneOffsetMs(timeZone, wallMs + 24 * 60 * MINUTE_MS);
  // Either guess is right where its own offset is the one in force; the earlier of two right ones is the first showing.
  const shows = (instantMs: number): boolean => instantMs + zoneOffsetMs(timeZone, instantMs) === wallMs;
  const right = [before, after].filter(shows);
  return right.length > 0 ? Math.min(...right) : before;
}

/** Whether a text names a zone: an IANA name this machine knows, or a difference in steps of 5 minutes, below a day. */
export function isTimeZone(timeZone: string): boolean {
  if (offsetPattern.test(timeZone)) return fixedOffsetMs(timeZone) !== null;
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    zoneOffsetMs(timeZone, 0);
    return true;
  } catch {
    return false;
  }
}

/** null for anything but a difference in steps of 5 minutes, below a day. */
function fixedOffsetMs(timeZone: string): number | null {
  if (timeZone === 'UTC') return 0;
  const match = offsetPattern.exec(timeZone);
  if (match === null) return null;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(minutes) % 5 !== 0) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
