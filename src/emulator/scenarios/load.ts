/**
 * The load curve: how many arrivals per second at an instant, and how many arrive in a second of chance.
 *
 * Pure. Queue producers (fleet) and stream producers (kinesis/load.ts) draw from the same curve.
 */
import type { Random } from '../../core/time/random.ts';
import type { CrowdSpec, LoadSpec } from './spec.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Expected arrivals per second at `nowMs`. Crowds do not add up: the strongest one counts. */
export function ratePerSecondAt(load: LoadSpec, nowMs: number): number {
  let factor = 1;
  for (const crowd of load.crowds) factor = Math.max(factor, 1 + (crowd.factor - 1) * crowdShare(crowd, nowMs));
  return (load.basePerMinute / 60) * dailyFactor(load, nowMs) * factor;
}

function dailyFactor(load: LoadSpec, nowMs: number): number {
  if (load.daily === null) return 1;
  const hour = (nowMs % dayMs) / hourMs;
  return 1 + load.daily.amplitude * Math.cos((2 * Math.PI * (hour - load.daily.peakHour)) / 24);
}

/** 0 outside the crowd, 1 at its full height, a straight line on both flanks. */
function crowdShare(crowd: CrowdSpec, nowMs: number): number {
  if (nowMs < crowd.fromMs || nowMs >= crowd.toMs) return 0;
  const rise = crowd.riseMs === 0 ? 1 : (nowMs - crowd.fromMs) / crowd.riseMs;
  const fall = crowd.fallMs === 0 ? 1 : (crowd.toMs - nowMs) / crowd.fallMs;
  return Math.min(1, rise, fall);
}

/** A Poisson count with this mean. Means above 16 are drawn in parts, so that exp(-mean) keeps its precision. */
export function poisson(random: Random, mean: number): number {
  let count = 0;
  let left = mean;
  while (left > 16) {
    count += poissonSmall(random, 16);
    left -= 16;
  }
  return count + poissonSmall(random, left);
}

// Knuth's method: multiply uniforms until the product falls below exp(-mean).
function poissonSmall(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count++;
  }
  return count;
}
