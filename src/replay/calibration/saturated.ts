/**
 * Minutes in which every instance had work all the time, and why the others do not count.
 *
 * Only such minutes show what an instance can do. Rules: docs/rules/replay.md (CAL-01, CAL-03, CAL-07).
 */
import type { CalibrationLeftOut } from '../../core/messages/calibration.ts';
import type { CalibrationInput } from '../types.ts';

/** Backlog of a minute and both its neighbours must be this share of the minute's work ... */
const backlogShareOfWork = 0.25;
/** ... and as many times the work's square root more: with few messages a queue empties by chance. */
const backlogRootsOfWork = 2;

export interface SaturatedMinutes {
  /** Minutes of the range that count, ascending. */
  readonly minutes: readonly number[];
  /** Messages deleted per instance in each of them. */
  readonly rates: readonly number[];
  readonly leftOut: Readonly<Partial<Record<CalibrationLeftOut, number>>>;
  /** Of the whole range; used and left out together. */
  readonly total: number;
}

type Columns = { readonly [Name in 'deleted' | 'backlog' | 'inService']: NonNullable<CalibrationInput[Name]> };

export function saturatedMinutes({ deleted, backlog, inService }: Columns): SaturatedMinutes {
  const total = Math.min(deleted.length, backlog.length, inService.length);
  const minutes: number[] = [];
  const rates: number[] = [];
  const leftOut: Partial<Record<CalibrationLeftOut, number>> = {};
  for (let minute = 0; minute < total; minute++) {
    const reason = whyNot(deleted, backlog, inService, minute, total);
    if (reason !== null) {
      leftOut[reason] = (leftOut[reason] ?? 0) + 1;
      continue;
    }
    minutes.push(minute);
    rates.push(deleted[minute]! / inService[minute]!);
  }
  return { minutes, rates, leftOut, total };
}

/** The first reason that holds; null for a minute that counts. */
function whyNot(
  deleted: Float64Array,
  backlog: Float64Array,
  inService: Float64Array,
  minute: number,
  total: number,
): CalibrationLeftOut | null {
  if (minute === 0 || minute === total - 1) return 'edge-of-range';
  const done = deleted[minute]!;
  const instances = inService[minute]!;
  let least = Number.POSITIVE_INFINITY;
  let steady = true;
  if (Number.isNaN(done)) return 'no-datapoint';
  for (let near = minute - 1; near <= minute + 1; near++) {
    if (Number.isNaN(backlog[near]!) || Number.isNaN(inService[near]!)) return 'no-datapoint';
    if (inService[near] !== instances) steady = false;
    least = Math.min(least, backlog[near]!);
  }
  if (instances <= 0) return 'no-instances';
  if (!steady) return 'fleet-changing';
  if (done <= 0) return 'nothing-deleted';
  const enough = Math.max(1, done * backlogShareOfWork + backlogRootsOfWork * Math.sqrt(done));
  return least >= enough ? null : 'not-saturated';
}
