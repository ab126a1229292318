/**
 * What the schedules that knew come to (YARD-50), kept: they depend on the arrivals, the assumptions, the minimum and where things
 * stood, and not on what is tried, so a slider that moves a policy would have the same one made again and again.
 *
 * Known again by everything they are made of, the arrivals minute by minute, and so never mistaken for those of another recording, range
 * or setting, whoever asks. Only figures are kept, no columns: nothing that is shared can be changed.
 */
import { type ClairvoyantInput, clairvoyantSchedule, type ScheduleFigures } from '../../replay/index.ts';

/** Of arrivals, a number each: two years of minutes are eight megabytes. The newest is kept whatever its length. */
const mostMinutes = 1_100_000;
/** Ranges of few minutes are made again in no time. */
const mostKept = 16;

interface Kept {
  readonly arrivals: Float64Array;
  readonly figures: ScheduleFigures;
}

export interface ScheduleMemory {
  schedule(input: ClairvoyantInput): ScheduleFigures;
  forget(): void;
}

/** @param make works one out; it must depend on its input alone */
export function createScheduleMemory(
  make: (input: ClairvoyantInput) => ScheduleFigures = clairvoyantSchedule,
): ScheduleMemory {
  /** Oldest use first. */
  const kept = new Map<string, Kept>();

  function keep(asked: string, schedule: Kept): void {
    kept.delete(asked);
    kept.set(asked, schedule);
    let minutes = 0;
    for (const { arrivals } of kept.values()) minutes += arrivals.length;
    for (const [oldest, { arrivals }] of kept) {
      if ((minutes <= mostMinutes && kept.size <= mostKept) || oldest === asked) break;
      kept.delete(oldest);
      minutes -= arrivals.length;
    }
  }

  return {
    schedule(input) {
      const { arrivals, ...others } = input;
      const asked = textOf(others);
      const known = kept.get(asked);
      if (known !== undefined && sameMinutes(known.arrivals, arrivals)) {
        keep(asked, known);
        return known.figures;
      }
      const { launches, terminations, paidSeconds, leastPaidSeconds } = make(input);
      const figures = Object.freeze({ launches, terminations, paidSeconds, leastPaidSeconds });
      // A copy: the caller may do with its own what it likes.
      keep(asked, { arrivals: new Float64Array(arrivals), figures });
      return figures;
    },
    forget: () => kept.clear(),
  };
}

/** Names and numbers, each in as many digits as it has; whatever the input gets besides is taken in as well. */
function textOf(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers).sort().join();
}

function sameMinutes(one: Float64Array, other: ArrayLike<number>): boolean {
  const { length } = one;
  if (length !== other.length) return false;
  for (let minute = 0; minute < length; minute++) if (one[minute] !== other[minute]) return false;
  return true;
}
