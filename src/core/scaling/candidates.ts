/**
 * A group's candidate turned into one of another kind: the same limits, scaled by something else. Starting points to try, not advice.
 *
 * Targets are the acceptable backlog of an instance (BACKLOG-02). Not here: thresholds and steps out of traffic (replay/suggestForArrivals.ts).
 */
import type { ReplaySetup } from '../contract/shapes.ts';
import { defaults } from '../defaults.ts';

export const candidateKinds = ['step', 'tracking', 'ecs', 'keda', 'hpa', 'lambda', 'constant'] as const;
export type CandidateKind = (typeof candidateKinds)[number];

export function kindOf({ policies, simple = [], tracking = [], scaler }: ReplaySetup): CandidateKind {
  if (scaler !== undefined) return scaler.kind;
  if (tracking.length > 0) return 'tracking';
  return policies.length + simple.length > 0 ? 'step' : 'constant';
}

/**
 * @param stepped            the candidate to go back to when steps are asked for
 * @param messagesPerInstance acceptable backlog of one
 */
export function candidateOf(kind: CandidateKind, stepped: ReplaySetup, messagesPerInstance: number): ReplaySetup {
  const { label, group, schedule } = stepped;
  const target = Math.max(1, Number(messagesPerInstance.toPrecision(2)));
  const bare: ReplaySetup = { label, group, ...(schedule === undefined ? {} : { schedule }), policies: [] };
  const tracking: NonNullable<ReplaySetup['tracking']> = [
    {
      name: 'backlog-per-instance',
      measure: 'backlogPerInstance',
      statistic: 'Average',
      targetValue: target,
      disableScaleIn: false,
      estimatedInstanceWarmupSeconds: null,
      scaleOutCooldownSeconds: null,
      scaleInCooldownSeconds: null,
      enabled: true,
      phaseSeconds: 0,
    },
  ];
  switch (kind) {
    case 'step':
      return stepped;
    case 'tracking':
      return { ...bare, tracking };
    case 'ecs':
      return { ...bare, tracking, scaler: { kind: 'ecs' } };
    case 'keda':
      return {
        ...bare,
        scaler: {
          kind: 'keda',
          queueLength: target,
          activationQueueLength: defaults['keda.aws-sqs-queue.activationQueueLength'],
          scaleOnInFlight: defaults['keda.aws-sqs-queue.scaleOnInFlight'],
          pollingIntervalSeconds: defaults['keda.pollingIntervalSeconds'],
          cooldownPeriodSeconds: defaults['keda.cooldownPeriodSeconds'],
          idleReplicaCount: null,
        },
      };
    case 'hpa':
      return { ...bare, scaler: { kind: 'hpa', targetUtilizationPercent: 70 } };
    case 'lambda':
      return {
        ...bare,
        scaler: {
          kind: 'lambda',
          queue: 'standard',
          batchSize: null,
          maximumBatchingWindowSeconds: null,
          maximumConcurrency: Math.max(2, Math.min(1000, group.maxSize)),
          provisionedPollers: null,
        },
      };
    case 'constant':
      return bare;
  }
}
