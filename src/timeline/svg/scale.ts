/**
 * Axes: from values to pixels, and where the ticks go. Pure numbers.
 */
import type { InstantFormat } from '../format/instant.ts';

export interface Scale {
  readonly from: number;
  readonly to: number;
  (value: number): number;
}

/** Straight line from a domain to pixels; a domain of no width maps to the first pixel. */
export function linearScale(from: number, to: number, firstPixel: number, lastPixel: number): Scale {
  const width = to - from;
  const scale = (value: number): number =>
    width === 0 ? firstPixel : firstPixel + ((value - from) / width) * (lastPixel - firstPixel);
  return Object.assign(scale, { from, to });
}

/** Ticks from 0 upwards at 1, 2 or 5 times a power of ten; the last one is at or above `maximum`. */
export function valueTicks(maximum: number, about: number, wholeOnly: boolean): number[] {
  const top = maximum > 0 && Number.isFinite(maximum) ? maximum : 1;
  const raw = top / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw) ?? 10;
  const step = wholeOnly ? Math.max(1, Math.round(factor * power)) : factor * power;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
];

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

/** Round instants of the zone's own clock; the label of a new day is its date. */
export function timeTicks(fromMs: number, toMs: number, atMost: number, instant: InstantFormat): TimeTick[] {
  const step = timeSteps.find((each) => (toMs - fromMs) / each <= atMost) ?? 28 * day;
  // Aligned to the wall clock of the range's start: across a change of daylight saving, labels stay true and
  // only their roundness is lost.
  const offsetMs = instant.parts(fromMs).offsetMinutes * minute;
  const ticks: TimeTick[] = [];
  for (let atMs = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs; atMs <= toMs; atMs += step) {
    const clock = instant.clock(atMs);
    ticks.push({ atMs, label: clock === '00:00' || step >= day ? instant.date(atMs) : clock });
  }
  return ticks;
}
