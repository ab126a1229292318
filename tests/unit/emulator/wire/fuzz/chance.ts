/** Seeded choices, in the few forms the fuzz makes them. */
import { type Random, seededRandom } from '../../../../../src/core/time/random.ts';

export interface Chance {
  /** True in `share` of all cases. */
  odds(share: number): boolean;
  /** A whole number from 0 up to, without, `end`. */
  below(end: number): number;
  pick<T>(from: readonly T[]): T;
  /** One of the entries of a weighted table. */
  weighted<T>(table: readonly (readonly [weight: number, entry: T])[]): T;
}

export function chanceOf(seed: number): Chance {
  const random: Random = seededRandom(seed);
  const below = (end: number): number => Math.floor(random.next() * end);
  return {
    odds: (share) => random.next() < share,
    below,
    pick: (from) => from[below(from.length)]!,
    weighted(table) {
      let left = random.next() * table.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, entry] of table) {
        left -= weight;
        if (left < 0) return entry;
      }
      return table.at(-1)![1];
    },
  };
}
