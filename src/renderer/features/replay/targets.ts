/**
 * The one figure of each scaler without steps that is worth trying out: a target, messages for a replica, a concurrency. Pure.
 */
import type { ReplaySetup } from '../../../core/contract/shapes.ts';

export interface Target {
  readonly path: string;
  /** Of the policy; empty for the scaler itself. */
  readonly policyName: string;
  readonly kind: 'trackingTarget' | 'queueLength' | 'utilization' | 'concurrency';
  /** Null: not set. */
  readonly value: number | null;
}

export function targetsOf({ tracking = [], scaler }: ReplaySetup): Target[] {
  const targets: Target[] = tracking.map(({ name, targetValue }, at) => ({
    path: `tracking.${at}.targetValue`,
    policyName: name,
    kind: 'trackingTarget',
    value: targetValue,
  }));
  const own = { path: 'scaler', policyName: '' };
  if (scaler?.kind === 'keda') targets.push({ ...own, kind: 'queueLength', value: scaler.queueLength });
  if (scaler?.kind === 'hpa') targets.push({ ...own, kind: 'utilization', value: scaler.targetUtilizationPercent });
  if (scaler?.kind === 'lambda') targets.push({ ...own, kind: 'concurrency', value: scaler.maximumConcurrency });
  return targets;
}

/** @param values as many as `targetsOf` gives, in its order */
export function withTargets(setup: ReplaySetup, values: readonly (number | null)[]): ReplaySetup {
  const { tracking = [], scaler } = setup;
  const own = values[tracking.length] ?? null;
  return {
    ...setup,
    ...(tracking.length === 0
      ? {}
      : { tracking: tracking.map((policy, at) => ({ ...policy, targetValue: values[at] ?? policy.targetValue })) }),
    ...(scaler?.kind === 'keda' && own !== null ? { scaler: { ...scaler, queueLength: own } } : {}),
    ...(scaler?.kind === 'hpa' && own !== null ? { scaler: { ...scaler, targetUtilizationPercent: own } } : {}),
    ...(scaler?.kind === 'lambda' ? { scaler: { ...scaler, maximumConcurrency: own } } : {}),
  };
}
