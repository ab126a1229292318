/**
 * Wall time in a named zone, both ways, through Intl: the only place that knows about offsets.
 *
 * Not here: how instants are worded (time/format.ts).
 */
export interface WallTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

export function wallTime(atMs: number, timeZone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

function asIfUtc(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
export function offsetMs(atMs: number, timeZone: string): number {
  const wholeSecond = Math.floor(atMs / 1000) * 1000;
  return asIfUtc(wallTime(wholeSecond, timeZone)) - wholeSecond;
}

/** The instant of a wall time. In the hour that occurs twice the earlier one; in the hour that does not exist, the one after the jump. */
export function instantOf(wall: WallTime, timeZone: string): number {
  const guess = asIfUtc(wall);
  const candidates = [guess - offsetMs(guess - 86_400_000, timeZone), guess - offsetMs(guess + 86_400_000, timeZone)];
  const exact = candidates.filter((candidate) => candidate + offsetMs(candidate, timeZone) === guess);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** "UTC" or "UTC+09:00". */
export function zoneLabel(atMs: number, timeZone: string): string {
  const offset = offsetMs(atMs, timeZone);
  return offset === 0 ? 'UTC' : `UTC${signedOffset(offset)}`;
}

function signedOffset(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** ISO 8601 with offset or Z, to the second (to the minute when the second is 0). */
export function isoInZone(atMs: number, timeZone: string): string {
  const wall = wallTime(atMs, timeZone);
  const offset = offsetMs(atMs, timeZone);
  const seconds = wall.second === 0 ? '' : `:${two(wall.second)}`;
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}${seconds}${offset === 0 ? 'Z' : signedOffset(offset)}`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
