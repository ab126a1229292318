/**
 * Identifiers that look drawn and are derived: the same count under one seed always gives the same, so a simulated day that never looks
 * at an id never pays for one.
 */

/** Two words that make the ids of one service in one account and Region its own. */
export type IdSeed = readonly [number, number];

/** Two words into one, each bit of them in every bit of it. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12) ^ b, 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A version 4 UUID by its looks. */
export function idOf([seedA, seedB]: IdSeed, sequence: number): string {
  const low = sequence >>> 0;
  const high = Math.floor(sequence / 2 ** 32);
  const words = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((salt, index) =>
    mix(mix(low ^ salt, seedA + high), seedB ^ Math.imul(index + 1, salt)),
  );
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
