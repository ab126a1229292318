/**
 * In which order the envelope holds message attributes: not the publisher's. Recordings agree with the order in which a hash table of Java
 * gives its keys, so it depends on the names alone, except between names that fall into the same place.
 */

const leastPlaces = 16;
/** A table grows when more than three quarters of its places are taken. */
const fullest = 0.75;

export function inServiceOrder(names: readonly string[]): string[] {
  let places = leastPlaces;
  while (names.length > places * fullest) places *= 2;
  return names.toSorted((a, b) => placeOf(a, places) - placeOf(b, places));
}

/** Java's hash of a text, its upper half folded into the lower, as far as the table has places. */
function placeOf(name: string, places: number): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(31, hash) + name.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 16)) & (places - 1);
}
