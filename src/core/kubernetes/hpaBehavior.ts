/**
 * The Horizontal Pod Autoscaler's behaviour: stabilisation first, then how far one step may go.
 *
 * Rules: docs/rules/kubernetes.md (HPA-03, HPA-04). Not here: the recommendation itself (hpa.ts).
 */
import { defaults } from '../defaults.ts';

/** How much may change within a period: so many pods, or so many percent of the replicas at its beginning. */
export interface HpaPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

export type HpaSelectPolicy = 'Max' | 'Min' | 'Disabled';

export interface HpaRules {
  readonly policies: readonly HpaPolicy[];
  readonly selectPolicy: HpaSelectPolicy;
}

/** HPA-03 */
export const hpaScaleUpDefaults: HpaRules = {
  policies: [
    { type: 'Percent', value: defaults['hpa.scaleUp.percent'], periodSeconds: defaults['hpa.scaleUp.periodSeconds'] },
    { type: 'Pods', value: defaults['hpa.scaleUp.pods'], periodSeconds: defaults['hpa.scaleUp.periodSeconds'] },
  ],
  selectPolicy: defaults['hpa.selectPolicy'],
};

/** HPA-03 */
export const hpaScaleDownDefaults: HpaRules = {
  policies: [
    {
      type: 'Percent',
      value: defaults['hpa.scaleDown.percent'],
      periodSeconds: defaults['hpa.scaleDown.periodSeconds'],
    },
  ],
  selectPolicy: defaults['hpa.selectPolicy'],
};

/** Replicas added, or removed, in the last so many seconds: they use up a policy's allowance. */
export type ChangedWithin = (periodSeconds: number) => number;
const nothingChanged: ChangedWithin = () => 0;

/**
 * The replicas one step up reaches (HPA-03, HPA-04).
 *
 * @param wanted     the stabilised recommendation
 * @param addedWithin replicas added recently
 * @returns never below `current`, never above `wanted` unless that is below `current`
 */
export function hpaScaleUpStep(
  current: number,
  wanted: number,
  rules: HpaRules = hpaScaleUpDefaults,
  addedWithin: ChangedWithin = nothingChanged,
): number {
  const limits = rules.policies.map((policy) => {
    const start = current - addedWithin(policy.periodSeconds);
    return start + allowance(policy, start);
  });
  return Math.max(current, Math.min(wanted, selected(rules.selectPolicy, limits, current)));
}

/**
 * The replicas one step down reaches (HPA-03, HPA-04).
 *
 * @param removedWithin replicas removed recently
 * @returns never above `current`, never below `wanted` unless that is above `current`
 */
export function hpaScaleDownStep(
  current: number,
  wanted: number,
  rules: HpaRules = hpaScaleDownDefaults,
  removedWithin: ChangedWithin = nothingChanged,
): number {
  // Negated, so that the policy that allows most is the largest in both directions.
  const limits = rules.policies.map((policy) => {
    const start = current + removedWithin(policy.periodSeconds);
    return allowance(policy, start) - start;
  });
  return Math.min(current, Math.max(wanted, -selected(rules.selectPolicy, limits, -current)));
}

/** A percentage's pods are rounded up (HPA-04), multiplied before dividing so that whole results stay whole. */
function allowance({ type, value }: HpaPolicy, start: number): number {
  return type === 'Pods' ? value : Math.ceil((start * value) / 100);
}

function selected(select: HpaSelectPolicy, limits: readonly number[], unchanged: number): number {
  if (select === 'Disabled' || limits.length === 0) return unchanged;
  return select === 'Max' ? Math.max(...limits) : Math.min(...limits);
}

/**
 * Stabilisation (HPA-03): up only as far as every recommendation of the up window asks, down only as far as every one of the
 * down window allows.
 *
 * @param upWindow   recommendations of the up window, the present one among them; only that one when the window is 0 s
 * @param downWindow the same for scaling down; by default those of the last 300 s
 */
export function hpaStabilise(current: number, upWindow: readonly number[], downWindow: readonly number[]): number {
  const up = Math.min(...upWindow);
  const down = Math.max(...downWindow);
  if (current < up) return up;
  return current > down ? down : current;
}

/** The recommendations of a window, those exactly as old as it included. @param history times in seconds of one clock */
export function recommendationsWithin(
  history: readonly { readonly atSeconds: number; readonly replicas: number }[],
  nowSeconds: number,
  windowSeconds: number,
): number[] {
  return history.filter(({ atSeconds }) => atSeconds >= nowSeconds - windowSeconds).map(({ replicas }) => replicas);
}
