/**
 * Stretches of minutes and changes of a column: the words in which antipatterns are defined.
 */
import type { Stretch } from './types.ts';

/** Runs of minutes in which something holds, at least `least` long. */
export function stretchesWhere(length: number, holds: (minute: number) => boolean, least = 1): Stretch[] {
  const found: Stretch[] = [];
  for (let from = 0; from < length; from++) {
    if (!holds(from)) continue;
    let to = from + 1;
    while (to < length && holds(to)) to++;
    if (to - from >= least) found.push({ fromMinute: from, toMinute: to });
    from = to;
  }
  return found;
}

/** Joined where they overlap or touch, in order. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const merged: { fromMinute: number; toMinute: number }[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.fromMinute <= last.toMinute) {
      last.toMinute = Math.max(last.toMinute, stretch.toMinute);
    } else merged.push({ ...stretch });
  }
  return merged;
}

export const minutesOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);

/** A change of desired capacity. */
export interface Change {
  readonly minute: number;
  readonly before: number;
  readonly after: number;
}

/** Changes of a column, unknown minutes passed over. */
export function changesOf(column: ArrayLike<number>): Change[] {
  const changes: Change[] = [];
  let before = Number.NaN;
  for (let minute = 0; minute < column.length; minute++) {
    const after = column[minute]!;
    if (Number.isNaN(after)) continue;
    if (after !== before && !Number.isNaN(before)) changes.push({ minute, before, after });
    before = after;
  }
  return changes;
}

/** The largest value in [from, to); NaN counts as nothing. */
export function most(column: ArrayLike<number>, from = 0, to = column.length): number {
  let largest = 0;
  for (let minute = from; minute < to; minute++) if (column[minute]! > largest) largest = column[minute]!;
  return largest;
}
