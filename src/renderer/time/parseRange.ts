/**
 * A range as a person types it: "90m", "3h", "yesterday", "14:00-15:30", "since 14:02", ISO 8601, Unix seconds or
 * milliseconds (UX-10); and the same range as text that can be pasted elsewhere (UX-12).
 *
 * Pure. Times without an offset are of the zone in the header. Korean words are understood in every language setting.
 */
import { fixedRange, longestRangeMs, type RangeSpec, shortestRangeMs } from './range.ts';
import { instantOf, isoInZone, wallTime } from './zone.ts';

const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  분: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  시간: 3_600_000,
  d: dayMs,
  day: dayMs,
  days: dayMs,
  일: dayMs,
  w: 7 * dayMs,
  주: 7 * dayMs,
};

export interface ParseContext {
  readonly nowMs: number;
  readonly timeZone: string;
}

/** @returns null when the text is not a range */
export function parseRange(text: string, context: ParseContext): RangeSpec | null {
  const input = text.trim().replace(/[–—〜～]/g, '-');
  if (input === '') return null;
  return (
    parseLength(input) ??
    parseDay(input, context) ??
    parseSince(input, context) ??
    parsePair(input, context) ??
    parseLone(input, context)
  );
}

function parseLength(input: string): RangeSpec | null {
  const match = /^(?:last|최근|지난)?\s*((?:\d+(?:\.\d+)?\s*[a-z가-힣]+\s*)+)$/i.exec(input);
  if (match === null) return null;
  let lengthMs = 0;
  for (const [, amount, unit] of match[1]!.matchAll(/(\d+(?:\.\d+)?)\s*([a-z가-힣]+)/gi)) {
    const scale = unitMs[unit!.toLowerCase()];
    if (scale === undefined) return null;
    lengthMs += Number(amount) * scale;
  }
  if (!(lengthMs >= shortestRangeMs && lengthMs <= longestRangeMs)) return null;
  return { kind: 'sliding', lengthMs: Math.round(lengthMs) };
}

function parseDay(input: string, { nowMs, timeZone }: ParseContext): RangeSpec | null {
  const word = input.toLowerCase();
  const back = word === 'today' || word === '오늘' ? 0 : word === 'yesterday' || word === '어제' ? 1 : null;
  if (back === null) return null;
  const today = wallTime(nowMs, timeZone);
  const startOf = (day: number) => instantOf({ ...today, day, hour: 0, minute: 0, second: 0 }, timeZone);
  if (back === 0) return { kind: 'since', fromMs: startOf(today.day) };
  return { kind: 'fixed', fromMs: startOf(today.day - 1), toMs: startOf(today.day) };
}

function parseSince(input: string, context: ParseContext): RangeSpec | null {
  const match = /^since\s+(.+)$/i.exec(input) ?? /^(.+?)\s*(?:부터|이후)$/.exec(input);
  const fromMs = match === null ? null : parseInstant(match[1]!, context);
  if (fromMs === null || fromMs >= context.nowMs) return null;
  return { kind: 'since', fromMs };
}

function parsePair(input: string, context: ParseContext): RangeSpec | null {
  for (const [left, right] of splits(input)) {
    const fromMs = parseInstant(left, context);
    if (fromMs === null) continue;
    // "07:00-08:30" and "2026-03-02 07:00 - 08:30": an end without a date is of the start's day, or the day after.
    let toMs = parseInstant(right, { ...context, nowMs: fromMs + dayMs });
    if (toMs === null) continue;
    if (isClock(right)) {
      toMs = clockOnDay(right, fromMs, context.timeZone);
      if (toMs <= fromMs) toMs = clockOnDay(right, fromMs + dayMs, context.timeZone);
    }
    if (toMs > fromMs && toMs - fromMs <= longestRangeMs) return fixedRange(fromMs, toMs);
  }
  return null;
}

/** A day alone is that day; an instant with its date, or Unix time, is the growing range since then. */
function parseLone(input: string, context: ParseContext): RangeSpec | null {
  const fromMs = isClock(input) ? null : parseInstant(input, context);
  if (fromMs === null || fromMs >= context.nowMs) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input)) {
    return context.nowMs - fromMs <= longestRangeMs ? { kind: 'since', fromMs } : null;
  }
  const day = wallTime(fromMs, context.timeZone);
  return fixedRange(fromMs, instantOf({ ...day, day: day.day + 1 }, context.timeZone));
}

function* splits(input: string): Generator<[string, string]> {
  for (const match of input.matchAll(/\s+to\s+|\s*\/\s*|\s*~\s*|\s*\.\.\s*|\s+-\s+|-/g)) {
    const left = input.slice(0, match.index).trim();
    const right = input.slice(match.index + match[0].length).trim();
    if (left !== '' && right !== '') yield [left, right];
  }
}

const clockPattern = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

function isClock(text: string): boolean {
  return clockPattern.test(text);
}

function clockOnDay(text: string, dayOfMs: number, timeZone: string): number {
  const [, hour, minute, second] = clockPattern.exec(text)!;
  const wall = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) };
  return instantOf({ ...wallTime(dayOfMs, timeZone), ...wall }, timeZone);
}

/** One instant; null when the text is none. A clock time alone is the latest such time that is not after now. */
export function parseInstant(text: string, { nowMs, timeZone }: ParseContext): number | null {
  const input = text.trim();
  const clock = clockPattern.exec(input);
  if (clock !== null) {
    if (Number(clock[1]) > 23 || Number(clock[2]) > 59 || Number(clock[3] ?? 0) > 59) return null;
    const today = clockOnDay(input, nowMs, timeZone);
    return today <= nowMs ? today : clockOnDay(input, nowMs - dayMs, timeZone);
  }
  if (/^\d{9,10}(\.\d+)?$/.test(input)) return Math.round(Number(input) * 1000);
  if (/^\d{12,13}$/.test(input)) return Number(input);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(
    input,
  );
  if (iso === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', offset] = iso;
  const utcMs = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  // Date.UTC rolls 2026-02-31 over into March; a person who typed it made a mistake.
  if (new Date(utcMs).getUTCDate() !== +day! || +month! > 12 || +hour > 23 || +minute > 59 || +second > 59) return null;
  if (offset === undefined) {
    return instantOf(
      { year: +year!, month: +month!, day: +day!, hour: +hour, minute: +minute, second: +second },
      timeZone,
    );
  }
  if (/^z$/i.test(offset)) return utcMs;
  const [, sign, offsetHours, offsetMinutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)!;
  const aheadMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return sign === '+' ? utcMs - aheadMs : utcMs + aheadMs;
}

/** Text that `parseRange` reads back to the same range in any zone. */
export function rangeText(spec: RangeSpec, timeZone: string): string {
  if (spec.kind === 'sliding') return lengthText(spec.lengthMs);
  if (spec.kind === 'since') return `since ${isoInZone(spec.fromMs, timeZone)}`;
  return `${isoInZone(spec.fromMs, timeZone)} / ${isoInZone(spec.toMs, timeZone)}`;
}

function lengthText(lengthMs: number): string {
  if (lengthMs % dayMs === 0) return `${lengthMs / dayMs}d`;
  if (lengthMs % 3_600_000 === 0) return `${lengthMs / 3_600_000}h`;
  return `${lengthMs / 60_000}m`;
}
