/**
 * Times as files write them: ISO 8601 with or without a zone, with slashes, or numbers since 1970 or since the start.
 *
 * A stamp without a zone is a wall clock's time; which instant that is depends on the zone and is answered by `wallClock`.
 */
import { zoneOffsetMs } from '../../core/time/zone.ts';

/** 'instant': epoch ms. 'wall': what a clock showed, as if in UTC. 'number': as written, its unit still open. */
export interface Stamp {
  readonly kind: 'instant' | 'wall' | 'number';
  readonly value: number;
}

const pattern =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const numeric = /^\d+(?:\.\d+)?$/;

/** @returns null for anything else; 2026-02-30 and 25:00 are nothing either */
export function readStamp(text: string): Stamp | null {
  const quick = usual(text);
  if (quick !== null) return quick;
  const match = pattern.exec(text);
  if (match === null) return numeric.test(text) ? { kind: 'number', value: Number(text) } : null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const wall = wallMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (Number.isNaN(wall)) return null;
  const value = wall + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000);
  return zone === undefined ? { kind: 'wall', value } : { kind: 'instant', value: value - offsetMs(zone) };
}

const DASH = 45;
const COLON = 58;
const SPACE = 32;
const LETTER_T = 84;
const LETTER_Z = 90;
const POINT = 46;

/** The forms nearly every row has, "2014-04-10 00:04:00" and "2014-04-10T00:04:00.000Z", without a pattern; null for any other. */
function usual(text: string): Stamp | null {
  const { length } = text;
  if (length < 19 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
  const between = text.charCodeAt(10);
  if (between !== SPACE && between !== LETTER_T) return null;
  const wall = wallMs(
    two(text, 0) * 100 + two(text, 2),
    two(text, 5),
    two(text, 8),
    two(text, 11),
    two(text, 14),
    two(text, 17),
  );
  if (Number.isNaN(wall)) return null;
  if (length === 19) return { kind: 'wall', value: wall };
  const zoned = text.charCodeAt(length - 1) === LETTER_Z;
  const end = zoned ? length - 1 : length;
  if (end === 19) return { kind: 'instant', value: wall };
  if (text.charCodeAt(19) !== POINT || end === 20 || end > 29) return null;
  let fraction = 0;
  let scale = 1;
  for (let at = 20; at < end; at++) {
    fraction = fraction * 10 + digit(text, at);
    scale *= 10;
  }
  if (Number.isNaN(fraction)) return null;
  return { kind: zoned ? 'instant' : 'wall', value: wall + (fraction / scale) * 1000 };
}

function two(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** The newest day asked for, as most rows are of the day of the row before. */
let knownDay = Number.NaN;
let knownDayMs = 0;

function wallMs(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const wanted = (year * 16 + month) * 32 + day;
  if (wanted !== knownDay) {
    const ms = Date.UTC(year, month - 1, day);
    // Date.UTC carries the 30th of February over into March.
    if (day > 28 && new Date(ms).getUTCDate() !== day) return Number.NaN;
    knownDay = wanted;
    knownDayMs = ms;
  }
  return knownDayMs + ((hour * 60 + minute) * 60 + second) * 1000;
}

function offsetMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/** Milliseconds in one unit of a number, since when. */
export interface NumberUnit {
  readonly ms: number;
  readonly since: '1970' | 'start';
}

const unitNames: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  millis: 1,
  milliseconds: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  seconds: 1000,
};

/**
 * The unit of a column of numbers, from its name (`t_ms`) or the size of its first value: seconds, milliseconds,
 * microseconds or nanoseconds since 1970; anything before 1973 counts from the start of the file, in seconds if not named.
 */
export function unitOfNumbers(columnName: string, first: number): NumberUnit {
  const named = unitNames[/(?:^|[^a-z])([a-z]+)\)?$/i.exec(columnName)?.[1]?.toLowerCase() ?? ''];
  const ms = named ?? (first < 1e11 ? 1000 : first < 1e14 ? 1 : first < 1e17 ? 1e-3 : 1e-6);
  return { ms, since: first * ms < 1e11 ? 'start' : '1970' };
}

export interface WallClock {
  /** Times in an hour that is skipped, and in one that is shown twice. */
  skipped: number;
  repeated: number;
  /** @param afterMs the instant of the row before: of two instants the first one after it is meant */
  instantMs(wall: number, afterMs: number): number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The instants behind a zone's wall clock. A change of the clocks is looked for once a day, not once a row. */
export function wallClock(zone: string): WallClock {
  let day = Number.NaN;
  let before = 0;
  let after = 0;
  let changesAtMs = 0;
  const lookAround = (today: number): void => {
    let early = (today - 1) * DAY_MS;
    let late = (today + 2) * DAY_MS;
    before = zoneOffsetMs(zone, early);
    after = zoneOffsetMs(zone, late);
    if (before === after) return;
    // Clocks change on whole minutes.
    while (late - early > MINUTE_MS) {
      const middle = Math.round((early + late) / 2 / MINUTE_MS) * MINUTE_MS;
      if (zoneOffsetMs(zone, middle) === before) early = middle;
      else late = middle;
    }
    changesAtMs = late;
  };
  return {
    skipped: 0,
    repeated: 0,
    instantMs(wall, afterMs) {
      const today = Math.floor(wall / DAY_MS);
      if (today !== day) {
        day = today;
        lookAround(today);
      }
      const first = wall - before;
      if (before === after || first < changesAtMs) {
        const second = wall - after;
        if (before === after || second < changesAtMs) return first;
        this.repeated++;
        return first > afterMs ? first : second;
      }
      if (wall - after >= changesAtMs) return wall - after;
      this.skipped++;
      return first;
    },
  };
}
