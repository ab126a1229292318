/**
 * Adjustment arithmetic: what a step asks for, before anything in flight is credited and before limits.
 *
 * Rules: docs/rules/scaling.md (ADJ-01 to ADJ-04). Numbers only, no allocation.
 */
import { ADJUST_CHANGE, ADJUST_EXACT } from './codes.ts';

/** Rounding of a percentage's instances: toward zero, but never from something to nothing (ADJ-02). */
export function roundPercentDelta(delta: number): number {
  if (delta === 0) return 0;
  if (delta > 0) return delta < 1 ? 1 : Math.floor(delta);
  return delta > -1 ? -1 : Math.ceil(delta);
}

/**
 * The change asked for, in instances (ADJ-01, ADJ-03).
 *
 * @param adjustmentType         code from codes.ts
 * @param adjustment             the step's number: instances, the exact capacity, or percent
 * @param base                   capacity it applies to (ADJ-04)
 * @param minAdjustmentMagnitude smallest change of a percentage; 0 for none. A change of zero stays zero.
 */
export function adjustmentDelta(
  adjustmentType: number,
  adjustment: number,
  base: number,
  minAdjustmentMagnitude: number,
): number {
  if (adjustmentType === ADJUST_CHANGE) return adjustment;
  if (adjustmentType === ADJUST_EXACT) return adjustment - base;
  const delta = roundPercentDelta((base * adjustment) / 100);
  if (delta > 0 && delta < minAdjustmentMagnitude) return minAdjustmentMagnitude;
  if (delta < 0 && -delta < minAdjustmentMagnitude) return -minAdjustmentMagnitude;
  return delta;
}

/** A capacity inside the group's limits (CAP-01). */
export function clampCapacity(capacity: number, minSize: number, maxSize: number): number {
  return Math.max(minSize, Math.min(maxSize, capacity));
}
