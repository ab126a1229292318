/**
 * Instance weights: a group that counts capacity in units, of which one instance has several.
 *
 * The arithmetic is that of step.ts, in units. What differs is that instances cannot be split: actual capacity may stand above
 * desired, and passing the maximum by part of one instance is allowed. Rules: docs/rules/scaling.md (ADJ-05, CAP-01).
 */
import type { GroupCapacity } from './types.ts';

export interface WeightedInstance {
  /** Units this instance counts for, 1 to 999. */
  readonly weight: number;
  /** warming: pending, or in service and still warming up. */
  readonly phase: 'warm' | 'warming' | 'terminating';
}

/** Limits and desired capacity of a weighted group, in units. */
export interface WeightedLimits {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
}

/** A weighted group as policies see it: every number in units (ADJ-05). */
export function weightedCapacity(limits: WeightedLimits, instances: readonly WeightedInstance[]): GroupCapacity {
  return {
    ...limits,
    warmInstances: unitsIn(instances, 'warm'),
    warmingInstances: unitsIn(instances, 'warming'),
    terminatingInstances: unitsIn(instances, 'terminating'),
  };
}

function unitsIn(instances: readonly WeightedInstance[], wanted: WeightedInstance['phase']): number {
  return instances.reduce((units, { weight, phase }) => (phase === wanted ? units + weight : units), 0);
}

/** Instances of one weight that bring `actual` units to at least `desired` (ADJ-05). */
export function instancesToLaunch(desired: number, actual: number, weight: number): number {
  return Math.max(0, Math.ceil((desired - actual) / weight));
}

/**
 * Which instances may leave so that at least `desired` units stay, taken in the order given (ADJ-05): an instance whose weight
 * would go below is passed over, so an excess smaller than every weight removes nothing.
 *
 * @returns indexes into `weights`
 */
export function instancesToRemove(desired: number, actual: number, weights: readonly number[]): number[] {
  let excess = actual - desired;
  const leaving: number[] = [];
  weights.forEach((weight, index) => {
    if (weight > excess) return;
    excess -= weight;
    leaving.push(index);
  });
  return leaving;
}

/** Most units a group may reach: its maximum, passed by at most one instance of the largest weight (CAP-01). */
export function largestActualUnits(maxSize: number, weights: readonly number[]): number {
  return maxSize + Math.max(0, ...weights);
}
