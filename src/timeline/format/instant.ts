/**
 * Instants as text in a named zone, always with their offset: `2026-03-02 16:05:32 +09:00` (UX-13).
 *
 * Only explicit zones reach Intl, and only for the calendar; layout is ours, so equal input gives equal text anywhere.
 */
import { SpillwayError } from '../../core/errors.ts';

export interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
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
  const calendar = openCalendar(timeZone);

  const parts = (atMs: number): ZonedTime => {
    const found: Record<string, number> = {};
    for (const { type, value } of calendar.formatToParts(atMs)) {
      if (type !== 'literal') found[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
    const offsetMinutes = Math.round((wallMs - Math.floor(atMs / 1_000) * 1_000) / 60_000);
    return { year, month, day, hour, minute, second, offsetMinutes };
  };

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

function openCalendar(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    throw new SpillwayError('TIME_ZONE_UNKNOWN', { timeZone });
  }
}

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
