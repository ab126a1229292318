/**
 * Predictive scaling: what a forecast does to a group each hour, and when its instances are launched.
 *
 * The forecast itself is an input: how the service makes it is not published. Rules: docs/rules/schedules.md (PRED, MULTI-04).
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from './types.ts';

export type PredictiveMode = 'ForecastOnly' | 'ForecastAndScale';
export type MaxCapacityBreachBehavior = 'HonorMaxCapacity' | 'IncreaseMaxCapacity';

export interface PredictivePolicy {
  readonly mode: PredictiveMode;
  readonly schedulingBufferTimeSeconds: number;
  readonly maxCapacityBreachBehavior: MaxCapacityBreachBehavior;
  /** Percent above the forecast, 0 to 100; null with HonorMaxCapacity. */
  readonly maxCapacityBuffer: number | null;
}

export const defaultPredictivePolicy: PredictivePolicy = {
  mode: defaults['predictive.mode'],
  schedulingBufferTimeSeconds: defaults['predictive.schedulingBufferTimeSeconds'],
  maxCapacityBreachBehavior: defaults['predictive.maxCapacityBreachBehavior'],
  maxCapacityBuffer: null,
};

/** Whether there is enough history to forecast from (PRED-01). */
export function canForecast(historyHours: number): boolean {
  return historyHours >= defaults['predictive.historyMinHours'];
}

/**
 * The maximum in force for an hour (PRED-04). A raised maximum persists: hand it in again as `maxSize`.
 *
 * @returns whole instances, never below `maxSize`
 */
export function effectiveMaxCapacity(
  forecast: number,
  maxSize: number,
  policy: Pick<PredictivePolicy, 'maxCapacityBreachBehavior' | 'maxCapacityBuffer'> = defaultPredictivePolicy,
): number {
  if (policy.maxCapacityBreachBehavior === 'HonorMaxCapacity') return maxSize;
  // Percent as whole numbers: 50 x 1.1 is a little above 55 in binary fractions.
  return Math.max(maxSize, Math.ceil((forecast * (100 + (policy.maxCapacityBuffer ?? 0))) / 100));
}

export interface PredictiveDecision {
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  /** In force from now on (PRED-04). */
  readonly maxSize: number;
  readonly blockedBy: 'forecast-only' | 'capacity-suffices' | 'at-maximum' | null;
  readonly rules: readonly string[];
}

/**
 * The forecast of one hour applied: capacity below it is raised to it, capacity above it is left (PRED-02, PRED-04).
 *
 * @param forecast instances, a whole number
 */
export function decidePredictive(
  policy: PredictivePolicy,
  group: { readonly desiredCapacity: number; readonly maxSize: number },
  forecast: number,
): PredictiveDecision {
  const { desiredCapacity: desired } = group;
  const unchanged = { desiredBefore: desired, desiredAfter: desired, maxSize: group.maxSize };
  if (policy.mode === 'ForecastOnly') return { ...unchanged, blockedBy: 'forecast-only', rules: ['PRED-01'] };
  if (forecast <= desired) return { ...unchanged, blockedBy: 'capacity-suffices', rules: ['PRED-02'] };
  const maxSize = effectiveMaxCapacity(forecast, group.maxSize, policy);
  const wanted = Math.min(forecast, maxSize);
  const rules = forecast > group.maxSize ? ['PRED-02', 'PRED-04'] : ['PRED-02'];
  if (wanted <= desired) return { ...unchanged, blockedBy: 'at-maximum', rules };
  return { desiredBefore: desired, desiredAfter: wanted, maxSize, blockedBy: null, rules };
}

/** When the instances for an hour are launched: the buffer time ahead (PRED-03). @returns epoch milliseconds */
export function predictiveLaunchAtMs(
  capacityAtMs: number,
  schedulingBufferTimeSeconds: number = defaults['predictive.schedulingBufferTimeSeconds'],
): number {
  return capacityAtMs - schedulingBufferTimeSeconds * 1_000;
}

/** @returns every fault at once (PRED-03, PRED-04); empty when the policy is valid. Throws nothing. */
export function validatePredictivePolicy(policy: PredictivePolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const { schedulingBufferTimeSeconds: seconds, maxCapacityBuffer: percent } = policy;
  const limit = defaults['predictive.schedulingBufferTimeMaxSeconds'];
  if (!(Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= limit)) {
    faults.push(fault('bufferTimeOutOfRange', 'schedulingBufferTimeSeconds', { seconds, limit }));
  }
  if (policy.maxCapacityBreachBehavior === 'HonorMaxCapacity') {
    if (percent !== null) faults.push(fault('maxCapacityBufferUnused', 'maxCapacityBuffer'));
  } else if (percent === null) {
    faults.push(fault('maxCapacityBufferMissing', 'maxCapacityBuffer'));
  } else if (!(Number.isSafeInteger(percent) && percent >= 0 && percent <= 100)) {
    faults.push(fault('maxCapacityBufferOutOfRange', 'maxCapacityBuffer', { percent }));
  }
  return faults;
}

/** Of a group's predictive policies only one may scale (PRED-01). */
export function validatePredictivePolicies(modes: readonly PredictiveMode[]): PolicyFault[] {
  const count = modes.filter((mode) => mode === 'ForecastAndScale').length;
  return count > 1 ? [fault('severalPredictivePoliciesScale', 'mode', { count })] : [];
}
