/**
 * Instants as text in a named zone, always with their offset: `2026-03-02 16:05:32 +09:00` (UX-13).
 *
 * The calendar is core's (core/time/zone.ts), the layout ours, so equal input gives equal text anywhere.
 */
import { SpillwayError } from '../../core/errors.ts';
import { isTimeZone, type WallTime, wallTimeAt, zoneOffsetMs } from '../../core/time/zone.ts';

export interface ZonedTime extends WallTime {
  readonly offsetMinutes: number;
}

export interface InstantFormat {
  readonly timeZone: string;
  parts(atMs: number): ZonedTime;
  /** `2026-03-02 16:05:32 +09:00` */
  full(atMs: number): string;
  /** `2026-03-02T16:05:32+09:00` */
  iso(atMs: number): string;
  /** `16:05` */
  clock(atMs: number): string;
  /** `03-02` */
  date(atMs: number): string;
}

/** Throws SpillwayError TIME_ZONE_UNKNOWN. */
export function instantFormat(timeZone: string): InstantFormat {
  if (!isTimeZone(timeZone)) throw new SpillwayError('TIME_ZONE_UNKNOWN', { timeZone });
  const parts = (atMs: number): ZonedTime => ({
    ...wallTimeAt(timeZone, atMs),
    offsetMinutes: Math.round(zoneOffsetMs(timeZone, atMs) / 60_000),
  });

  const day = (t: ZonedTime): string => `${String(t.year).padStart(4, '0')}-${two(t.month)}-${two(t.day)}`;
  const time = (t: ZonedTime): string => `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;

  return {
    timeZone,
    parts,
    full(atMs) {
      const t = parts(atMs);
      return `${day(t)} ${time(t)} ${offset(t.offsetMinutes)}`;
    },
    iso(atMs) {
      const t = parts(atMs);
      return `${day(t)}T${time(t)}${offset(t.offsetMinutes)}`;
    },
    clock(atMs) {
      const t = parts(atMs);
      return `${two(t.hour)}:${two(t.minute)}`;
    },
    date(atMs) {
      const t = parts(atMs);
      return `${two(t.month)}-${two(t.day)}`;
    },
  };
}

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
