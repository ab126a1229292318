/**
 * The Horizontal Pod Autoscaler's recommendation from a metric, before stabilisation and speed limits (hpaBehavior.ts).
 *
 * Rules: docs/rules/kubernetes.md (HPA-01, HPA-02, HPA-05).
 */
import { defaults } from '../defaults.ts';

/** How far the ratio may be from 1 without action, each direction its own; both 0.1 unless set (HPA-01, HPA-05). */
export interface HpaTolerance {
  readonly up: number;
  readonly down: number;
}

export const hpaTolerance: HpaTolerance = { up: defaults['hpa.tolerance'], down: defaults['hpa.tolerance'] };

export interface Recommendation {
  readonly replicas: number;
  /** metric / target, after what is missing has been assumed. */
  readonly ratio: number;
  readonly rules: readonly string[];
}

// Compared as bounds of the ratio, not as a distance from 1: 110 / 100 - 1 is a little more than 0.1 in binary.
const isTolerated = (ratio: number, { up, down }: HpaTolerance): boolean => 1 - down <= ratio && ratio <= 1 + up;

/**
 * Replicas for one metric whose value is an average per pod (HPA-01).
 *
 * @param currentReplicas pods the average is over
 * @param metric          average per pod
 * @param target          in the metric's unit, above 0
 */
export function hpaDesired(
  currentReplicas: number,
  metric: number,
  target: number,
  tolerance: HpaTolerance = hpaTolerance,
): Recommendation {
  const ratio = metric / target;
  if (isTolerated(ratio, tolerance)) return { replicas: currentReplicas, ratio, rules: ['HPA-01'] };
  // Multiplied before dividing: 100 x (110 / 100) is a little more than 110, and would be rounded up to 111.
  return { replicas: Math.ceil((currentReplicas * metric) / target), ratio, rules: ['HPA-01'] };
}

/**
 * Replicas for one metric whose value is a total that the replicas share (an AverageValue target, as KEDA sets it).
 *
 * @param total e.g. messages in a queue
 */
export function hpaDesiredForTotal(
  currentReplicas: number,
  total: number,
  targetPerReplica: number,
  tolerance: HpaTolerance = hpaTolerance,
): Recommendation {
  const ratio = total / (targetPerReplica * currentReplicas);
  if (isTolerated(ratio, tolerance)) return { replicas: currentReplicas, ratio, rules: ['HPA-01'] };
  return { replicas: Math.ceil(total / targetPerReplica), ratio, rules: ['HPA-01', 'KEDA-02'] };
}

/** Pods of one workload as a resource metric sees them. */
export interface PodMetrics {
  /** One value per ready pod that reported. */
  readonly reported: readonly number[];
  /** Ready, and without a value. */
  readonly missing: number;
  /** Not ready, or still starting up. */
  readonly unready: number;
}

/**
 * Replicas when some pods have no value (HPA-05): assumed against the direction the others point in, and if that turns
 * the direction round or ends within tolerance, nothing happens.
 *
 * @param target per pod, above 0
 * @returns `currentReplicas` when no pod reported
 */
export function hpaDesiredFromPods(
  currentReplicas: number,
  pods: PodMetrics,
  target: number,
  tolerance: HpaTolerance = hpaTolerance,
): Recommendation {
  const { reported, missing, unready } = pods;
  const unchanged = (ratio: number): Recommendation => ({ replicas: currentReplicas, ratio, rules: ['HPA-05'] });
  if (reported.length === 0) return unchanged(1);

  const sum = reported.reduce((total, value) => total + value, 0);
  const seenRatio = sum / reported.length / target;
  const scaleUp = seenRatio > 1;
  if (missing === 0 && !(scaleUp && unready > 0)) {
    if (isTolerated(seenRatio, tolerance)) return unchanged(seenRatio);
    return { replicas: Math.ceil(sum / target), ratio: seenRatio, rules: ['HPA-01'] };
  }
  if (seenRatio === 1) return unchanged(seenRatio);

  // On the way down a missing pod is assumed to use its whole target; on the way up neither it nor an unready one uses any.
  const assumedSum = scaleUp ? sum : sum + missing * target;
  const assumedPods = reported.length + missing + (scaleUp ? unready : 0);
  const ratio = assumedSum / assumedPods / target;
  const turned = scaleUp ? ratio < 1 : ratio > 1;
  if (turned || isTolerated(ratio, tolerance)) return unchanged(ratio);
  const replicas = Math.ceil(assumedSum / target);
  // Pods that were not looked at must not make a scale-up out of a scale-down, or the other way round.
  const contradicts = (ratio < 1 && replicas > currentReplicas) || (ratio > 1 && replicas < currentReplicas);
  return contradicts ? unchanged(ratio) : { replicas, ratio, rules: ['HPA-01', 'HPA-05'] };
}

/**
 * Several metrics: the largest recommendation; one that failed blocks scaling down, not up (HPA-02).
 *
 * @param recommendations replicas per metric; null = it could not be had
 * @returns `currentReplicas` when all failed, or when one failed and the others would scale down
 */
export function hpaCombine(currentReplicas: number, recommendations: readonly (number | null)[]): number {
  const had = recommendations.filter((replicas) => replicas !== null);
  const largest = Math.max(...had);
  if (had.length === 0) return currentReplicas;
  return had.length < recommendations.length ? Math.max(currentReplicas, largest) : largest;
}
