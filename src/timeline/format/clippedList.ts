import type { Voice } from './voice.ts';

/** Stretches told one by one; the JSON form has all of them. */
const shown = 10;

/** The first of a list in words, and how many more there are. */
export function clippedList<T>(all: readonly T[], voice: Voice, tell: (one: T) => string): string[] {
  const left = all.length - shown;
  return [...all.slice(0, shown).map(tell), ...(left > 0 ? [voice.count('list.moreStretches', left)] : [])];
}
