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
  const word = (salt: number, index: number): number =>
    mix(mix(low ^ salt, seedA + high), seedB ^ Math.imul(index, salt));
  return uuidOf(word(0x9e3779b9, 1), word(0x85ebca6b, 2), word(0xc2b2ae35, 3), word(0x27d4eb2f, 4));
}

/** Used within one call only. */
const bytes = Buffer.allocUnsafe(16);

/** Four unsigned words as a version 4 UUID. Every reply has one: this is several times as fast as writing each word by itself. */
export function uuidOf(a: number, b: number, c: number, d: number): string {
  bytes.writeUInt32BE(a, 0);
  bytes.writeUInt32BE(b, 4);
  bytes.writeUInt32BE(c, 8);
  bytes.writeUInt32BE(d, 12);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
