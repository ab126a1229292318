/**
 * Which replays the kernel can run: step policies of a plain group on the bare flow. All others are run.ts's.
 */
import type { ReplaySetup } from '../../core/contract/shapes.ts';
import type { ReplayInput } from '../types.ts';
import { mostInstances, mostUnderWay } from './underWay.ts';

/** The kernel counts whole instances in 32 bits: a percentage of a capacity must fit. */
const MOST_INSTANCES = 10_000;
const MOST_ADJUSTMENT = 10_000;
/** Of an alarm: a bit each. */
const MOST_PERIODS = 64;
/** Of memory in the worst case; 4 GiB is what there can be. */
const MOST_BYTES = 1.5 * 2 ** 30;
const BYTES_OF_DECISION = 52;
/** A launch and a termination under way. */
const BYTES_OF_CHANGE = 40;
const BYTES_OF_MINUTE = 64;

export function isPlain(input: ReplayInput): boolean {
  const { setup, options = {} } = input;
  const { stationaryQueue, countNoise, faults, messages } = options;
  const bareFlow = stationaryQueue == null && countNoise == null && messages == null;
  const undisturbed = (faults ?? []).length === 0;
  return bareFlow && undisturbed && hasStepPoliciesOnly(setup) && hasPlainGroup(setup.group) && fits(input);
}

function hasStepPoliciesOnly({ policies, simple, tracking, schedule, scaler }: ReplaySetup): boolean {
  const others = [simple, tracking, schedule].some((list) => (list ?? []).length > 0);
  return !others && scaler === undefined && policies.every(({ alarm }) => alarm.measure !== 'utilization');
}

function hasPlainGroup({ warmPool, newInstancesProtectedFromScaleIn }: ReplaySetup['group']): boolean {
  return warmPool === undefined && newInstancesProtectedFromScaleIn !== true;
}

function fits(input: ReplayInput): boolean {
  const { arrivals, initial, setup } = input;
  const { policies, group } = setup;
  const adjustments = policies.flatMap(({ policy }) => policy.steps.map(({ adjustment }) => Math.abs(adjustment)));
  const magnitudes = policies.map(({ policy }) => policy.minAdjustmentMagnitude ?? 0);
  // A recorded gauge may be a mean, and so the fleet it begins with no whole number.
  const counts = [group.minSize, group.maxSize, initial.inService, initial.desired ?? 0, ...adjustments, ...magnitudes];
  if (!counts.every(Number.isInteger)) return false;
  const ofMinutes = arrivals.length * (BYTES_OF_MINUTE + policies.length * (BYTES_OF_DECISION + 24));
  const bytes = ofMinutes + mostUnderWay(input) * BYTES_OF_CHANGE;
  return (
    mostInstances(input) <= MOST_INSTANCES + 1 &&
    adjustments.every((size) => size <= MOST_ADJUSTMENT) &&
    policies.every(({ alarm }) => alarm.evaluationPeriods <= MOST_PERIODS) &&
    bytes <= MOST_BYTES
  );
}
