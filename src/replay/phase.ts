/**
 * The second of the minute at which a recorded alarm was evaluated, estimated from its state changes (MODEL-03).
 *
 * An alarm is evaluated once a minute at a second of its own, and its state changes then: the changes' seconds gather
 * around the phase. Seconds are on a circle: 59 and 0 are neighbours.
 */

/**
 * @param changesMs epoch ms of the alarm's state changes
 * @returns a whole second 0 to 59, the one with the smallest total distance to all changes; null without changes
 */
export function estimatePhaseSeconds(changesMs: readonly number[]): number | null {
  if (changesMs.length === 0) return null;
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let second = 0; second < 60; second++) {
    let distance = 0;
    for (const atMs of changesMs) {
      const apart = Math.abs(Math.floor((atMs / 1000) % 60) - second);
      distance += Math.min(apart, 60 - apart);
    }
    if (distance < bestDistance) {
      best = second;
      bestDistance = distance;
    }
  }
  return best;
}
