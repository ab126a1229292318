/**
 * A small line of the last hour: an SVG path in a box, from zero to the largest value, broken where data is missing. Pure.
 */
import { largest } from '../../charts/columns.ts';

export const sparkWidth = 96;
export const sparkHeight = 22;

/** @param gapSeconds neighbours further apart than this are not joined */
export function sparkPath(times: Float64Array, values: Float64Array, gapSeconds = 90): string {
  if (times.length < 2) return '';
  const from = times[0]!;
  const span = Math.max(1, times.at(-1)! - from);
  const top = Math.max(1e-9, largest([{ times, values }]));
  let path = '';
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      previous = Number.NEGATIVE_INFINITY;
      continue;
    }
    const x = ((times[i]! - from) / span) * sparkWidth;
    const y = 1 + (1 - Math.max(0, value) / top) * (sparkHeight - 2);
    path += `${times[i]! - previous <= gapSeconds ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    previous = times[i]!;
  }
  return path;
}
