/**
 * Round ticks for a value axis that starts at zero. Durations step in seconds, minutes and hours; sizes in powers of two.
 *
 * Pure. recharts is given these ticks, so that it measures no labels of its own (EL-80).
 */
import type { Unit } from '../time/format.ts';

const durationSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600,
];

/** @returns ticks from 0 to the first at or above `max`; at most `most` + 1 of them */
export function valueTicks(max: number, unit: Unit, most = 4): number[] {
  const top = Number.isFinite(max) && max > 0 ? max : smallestTop(unit);
  const step = stepFor(top, unit, most);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/**
 * The same, with a tick above the largest value: a level that runs along the upper edge would be cut to half its width there.
 *
 * @param max largest of what is drawn, thresholds too @param level largest of the levels that may run there
 */
export function ticksAbove(max: number, level: number, unit: Unit): number[] {
  const ticks = valueTicks(max, unit);
  const [first, second] = ticks as [number, number];
  const last = ticks.at(-1)!;
  return level === last ? [...ticks, Number((last + second - first).toPrecision(12))] : ticks;
}

function stepFor(top: number, unit: Unit, most: number): number {
  const scale = unit === 'milliseconds' ? 1000 : 1;
  if (unit === 'seconds' || (unit === 'milliseconds' && top >= 1000)) {
    const seconds = top / scale;
    return (
      (durationSteps.find((step) => seconds / step <= most) ?? Math.ceil(seconds / most / 86_400) * 86_400) * scale
    );
  }
  const raw = top / most;
  if (unit === 'bytes/s') return [...powersOfTwo()].find((step) => step >= raw) ?? raw;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= raw * 0.999)! * magnitude;
  return isCount(unit) ? Math.max(1, Math.ceil(step)) : step;
}

function* powersOfTwo(): Generator<number> {
  for (let exponent = 0; exponent < 60; exponent++) yield 2 ** exponent;
}

function isCount(unit: Unit): boolean {
  return unit === 'messages' || unit === 'records' || unit === 'instances' || unit === 'groups';
}

/** An idle queue still needs an axis. */
function smallestTop(unit: Unit): number {
  if (unit === 'seconds') return 60;
  if (unit === 'milliseconds') return 1000;
  if (unit === 'bytes/s') return 1024;
  return isCount(unit) ? 4 : 1;
}
