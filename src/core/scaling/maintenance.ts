/**
 * Instance maintenance policy: whether a replacement launches or terminates first, and within which capacity.
 *
 * Rules: docs/rules/lifecycle.md (HEALTH-03).
 */
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from './types.ts';

/** Percent of desired capacity. */
export interface MaintenancePolicy {
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
}

/** The API's value for "forget what was set". */
const CLEARED = -1;
const LARGEST_DIFFERENCE = 100;

/**
 * @param policy null: not given; both -1 clear an earlier policy
 * @returns every fault at once (HEALTH-03); empty when the policy is valid. Throws nothing.
 */
export function validateMaintenancePolicy(policy: {
  readonly minHealthyPercentage: number | null;
  readonly maxHealthyPercentage: number | null;
}): PolicyFault[] {
  const { minHealthyPercentage: min, maxHealthyPercentage: max } = policy;
  if (min === CLEARED && max === CLEARED) return [];
  const faults: PolicyFault[] = [];
  if (min === null) faults.push(fault('healthyPercentageMissing', 'minHealthyPercentage'));
  else if (!isWholeWithin(min, 0, 100)) {
    faults.push(fault('minHealthyOutOfRange', 'minHealthyPercentage', { percent: min }));
  }
  if (max === null) faults.push(fault('healthyPercentageMissing', 'maxHealthyPercentage'));
  else if (!isWholeWithin(max, 100, 200)) {
    faults.push(fault('maxHealthyOutOfRange', 'maxHealthyPercentage', { percent: max }));
  }
  if (faults.length === 0 && min !== null && max !== null && max - min > LARGEST_DIFFERENCE) {
    faults.push(fault('healthyRangeTooWide', 'maxHealthyPercentage', { min, max, difference: max - min }));
  }
  return faults;
}

const isWholeWithin = (value: number, from: number, to: number): boolean =>
  Number.isSafeInteger(value) && from <= value && value <= to;

/** How a replacement may move capacity. Instances, in service and healthy. */
export interface ReplacementBounds {
  readonly order: 'terminate-first' | 'launch-first';
  readonly minHealthyInstances: number;
  readonly maxInstances: number;
}

/**
 * Bounds of a replacement (HEALTH-03): without a policy it terminates first. With one, instances never fall below the minimum and never
 * rise above the maximum; where the maximum leaves room for one more, the new one comes first.
 */
export function replacementBounds(policy: MaintenancePolicy | null, desiredCapacity: number): ReplacementBounds {
  if (policy === null) return { order: 'terminate-first', minHealthyInstances: 0, maxInstances: desiredCapacity };
  const maxInstances = Math.floor((desiredCapacity * policy.maxHealthyPercentage) / 100);
  return {
    order: maxInstances > desiredCapacity ? 'launch-first' : 'terminate-first',
    minHealthyInstances: Math.ceil((desiredCapacity * policy.minHealthyPercentage) / 100),
    maxInstances,
  };
}
