/**
 * Service times: how long one message is worked on, drawn from the scenario's distribution.
 */
import type { Random } from '../../core/time/random.ts';
import type { ServiceTimeSpec } from '../scenarios/spec.ts';

/** @returns a function that draws whole milliseconds, at least 1 */
export function serviceTimeSampler(spec: ServiceTimeSpec, random: Random): () => number {
  const seconds = secondsSampler(spec, random);
  return () => Math.max(1, Math.round(seconds() * 1_000));
}

function secondsSampler(spec: ServiceTimeSpec, random: Random): () => number {
  switch (spec.distribution) {
    case 'constant':
      return () => spec.meanSeconds;
    case 'exponential':
      // 1 - u is never 0, so the logarithm is finite.
      return () => -Math.log(1 - random.next()) * spec.meanSeconds;
    case 'lognormal': {
      // Mean and coefficient of variation of the lognormal itself, not of its logarithm.
      const variance = Math.log(1 + spec.variation ** 2);
      const location = Math.log(spec.meanSeconds) - variance / 2;
      const normal = normalSampler(random);
      return () => Math.exp(location + Math.sqrt(variance) * normal());
    }
  }
}

/** Box and Muller: two uniforms give two normals, the second is kept for the next draw. */
function normalSampler(random: Random): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
