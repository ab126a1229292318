/**
 * Holes in the recorded arrivals: found, filled in a stated way, and reported.
 *
 * Missing is missing in the recording; a plant however needs a number for every minute. Rule: docs/rules/replay.md (REP-03).
 */
import type { Hole, HoleTreatment } from './types.ts';

/**
 * @param arrivals per minute, NaN is a hole; not changed
 * @returns a column without NaN (the same one when it has no holes) and the holes with what was put there.
 *          'interpolate' draws a straight line between the minutes beside a hole, and repeats the only neighbour at an
 *          end of the range; a column of nothing but holes becomes zeros and says so.
 */
export function fillHoles(
  arrivals: Float64Array,
  startSeconds: number,
  treatment: HoleTreatment = 'interpolate',
): { readonly arrivals: Float64Array; readonly holes: Hole[] } {
  const holes: Hole[] = [];
  if (!mayHaveHoles(arrivals)) return { arrivals, holes };
  let filled = arrivals;
  for (let from = 0; from < arrivals.length; from++) {
    if (!isHole(arrivals, from)) continue;
    let to = from + 1;
    while (to < arrivals.length && isHole(arrivals, to)) to++;
    if (filled === arrivals) filled = arrivals.slice();
    const interpolated = treatment === 'interpolate' && to - from < arrivals.length;
    if (interpolated) interpolate(filled, from, to);
    else filled.fill(0, from, to);
    holes.push({
      fromMs: (startSeconds + from * 60) * 1000,
      toMs: (startSeconds + to * 60) * 1000,
      treatedAs: interpolated ? 'interpolated' : 'zero',
    });
    from = to;
  }
  return { arrivals: filled, holes };
}

/** Minutes summed at once. */
const STRETCH = 1024;

function mayHaveHoles(arrivals: Float64Array): boolean {
  const { length } = arrivals;
  for (let from = 0; from < length; from += STRETCH) {
    if (Number.isNaN(sumBetween(arrivals, from, Math.min(from + STRETCH, length)))) return true;
  }
  return false;
}

/**
 * A sum with NaN in it is NaN. Four sums, as each must wait for its own last addition: several times as fast as asking each minute. Of a
 * stretch, because the engine compiles what is called often sooner than what runs long, and until then every sum is put on the heap.
 */
function sumBetween(arrivals: Float64Array, from: number, to: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let at = from;
  for (; at + 3 < to; at += 4) {
    first += arrivals[at]!;
    second += arrivals[at + 1]!;
    third += arrivals[at + 2]!;
    fourth += arrivals[at + 3]!;
  }
  for (; at < to; at++) first += arrivals[at]!;
  return first + second + third + fourth;
}

/** On its own because the engine compiles what is called often sooner than what runs long. */
function isHole(arrivals: Float64Array, minute: number): boolean {
  return Number.isNaN(arrivals[minute]!);
}

/** Fill [from, to) on the line between the minutes on either side; the hole is not the whole column. */
function interpolate(column: Float64Array, from: number, to: number): void {
  const before = from > 0 ? column[from - 1]! : column[to]!;
  const after = to < column.length ? column[to]! : before;
  const steps = to - from + 1;
  for (let index = from; index < to; index++) column[index] = before + ((after - before) * (index - from + 1)) / steps;
}
