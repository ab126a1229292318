/**
 * Wall time in a named zone, in the fields a person types and reads. The arithmetic is core's (core/time/zone.ts).
 *
 * Not here: how instants are worded (time/format.ts).
 */
import { instantOfWallClockMs, type WallTime, wallTimeAt, zoneOffsetMs } from '../../core/time/zone.ts';

export type { WallTime };

export const wallTime = (atMs: number, timeZone: string): WallTime => wallTimeAt(timeZone, atMs);

/** Milliseconds that the zone is ahead of UTC at an instant. */
export const offsetMs = (atMs: number, timeZone: string): number => zoneOffsetMs(timeZone, atMs);

/** The instant of a wall time. In the hour that occurs twice the earlier one; in the hour that does not exist, the one after the jump. */
export function instantOf(wall: WallTime, timeZone: string): number {
  const shownMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return instantOfWallClockMs(timeZone, shownMs);
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
