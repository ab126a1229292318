/**
 * Which replays the kernel can run: step policies of a plain group on the bare flow. All others are run.ts's.
 */
import type { ReplaySetup } from '../../core/contract/shapes.ts';
import type { ReplayInput } from '../types.ts';

/** The kernel counts in 32 bits: a percentage of a capacity must fit. */
const MOST_INSTANCES = 10_000;
const MOST_ADJUSTMENT = 10_000;
/** Of memory in the worst case; 4 GiB is what there can be. */
const MOST_BYTES = 1.5 * 2 ** 30;
const BYTES_OF_DECISION = 52;
const BYTES_OF_MINUTE = 64;

export function isPlain(input: ReplayInput): boolean {
  const { setup, options = {} } = input;
  const { stationaryQueue, recordedDelays, countNoise, faults, messages } = options;
  const bareFlow = stationaryQueue == null && countNoise == null && messages == null;
  const constantDelays = recordedDelays == null && (faults ?? []).length === 0;
  return bareFlow && constantDelays && hasStepPoliciesOnly(setup) && hasPlainGroup(setup.group) && fits(input);
}

function hasStepPoliciesOnly({ policies, simple, tracking, schedule, scaler }: ReplaySetup): boolean {
  const others = [simple, tracking, schedule].some((list) => (list ?? []).length > 0);
  return !others && scaler === undefined && policies.every(({ alarm }) => alarm.measure !== 'utilization');
}

function hasPlainGroup({ warmPool, newInstancesProtectedFromScaleIn }: ReplaySetup['group']): boolean {
  return warmPool === undefined && newInstancesProtectedFromScaleIn !== true;
}

function fits({ arrivals, initial, setup }: ReplayInput): boolean {
  const { policies, group } = setup;
  const instances = Math.max(group.maxSize, initial.inService, initial.desired ?? 0);
  const adjustments = policies.flatMap(({ policy }) => policy.steps.map(({ adjustment }) => Math.abs(adjustment)));
  const bytes = arrivals.length * (BYTES_OF_MINUTE + policies.length * (BYTES_OF_DECISION + 24));
  return instances <= MOST_INSTANCES && adjustments.every((size) => size <= MOST_ADJUSTMENT) && bytes <= MOST_BYTES;
}
