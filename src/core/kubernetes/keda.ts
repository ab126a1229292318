/**
 * KEDA's scalers for SQS and Kinesis: what they count, when they are active, how many replicas that asks for.
 *
 * Rules: docs/rules/kubernetes.md (KEDA-01 to KEDA-05). KEDA itself moves between 0 (or the idle count) and 1; from 1 up the HPA
 * decides, with the speed limits of hpaBehavior.ts. Not here: tolerance (hpa.ts).
 */
import { defaults } from '../defaults.ts';

/** As the queue's attributes give it at this moment, not CloudWatch. */
export interface SqsDepth {
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** What the SQS scaler counts: in flight unless told not to, delayed only when told to (KEDA-01). */
export function kedaSqsMessages(
  depth: SqsDepth,
  scaleOnInFlight: boolean = defaults['keda.aws-sqs-queue.scaleOnInFlight'],
  scaleOnDelayed: boolean = defaults['keda.aws-sqs-queue.scaleOnDelayed'],
): number {
  return depth.visible + (scaleOnInFlight ? depth.notVisible : 0) + (scaleOnDelayed ? depth.delayed : 0);
}

/**
 * Whether the scaler is active: strictly more than the activation value. Always with a minimum of one replica or more, where
 * there is no step from 0 to decide (KEDA-03).
 */
export function kedaActive(
  messages: number,
  activation: number = defaults['keda.aws-sqs-queue.activationQueueLength'],
  minReplicaCount: number = defaults['keda.minReplicaCount'],
): boolean {
  return minReplicaCount >= 1 || messages > activation;
}

export interface KedaScaler {
  /** Messages per replica. */
  readonly queueLength: number;
  readonly activationQueueLength: number;
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
}

export const kedaSqsDefaults: KedaScaler = {
  queueLength: defaults['keda.aws-sqs-queue.queueLength'],
  activationQueueLength: defaults['keda.aws-sqs-queue.activationQueueLength'],
  minReplicaCount: defaults['keda.minReplicaCount'],
  maxReplicaCount: defaults['keda.maxReplicaCount'],
};

export interface ReplicaDecision {
  readonly replicas: number;
  readonly rules: readonly string[];
}

/**
 * Replicas in the end, once cooldown and speed limits have had their time (KEDA-02, KEDA-03).
 *
 * Activation beats the ratio: an inactive scaler's workload goes to 0 however much the ratio asks for. An active one has at
 * least one replica.
 */
export function kedaReplicas(messages: number, scaler: KedaScaler = kedaSqsDefaults): ReplicaDecision {
  const { queueLength, activationQueueLength, minReplicaCount, maxReplicaCount } = scaler;
  if (!kedaActive(messages, activationQueueLength, minReplicaCount)) return { replicas: 0, rules: ['KEDA-03'] };
  const asked = Math.ceil(messages / queueLength);
  const replicas = Math.min(maxReplicaCount, Math.max(asked, minReplicaCount, 1));
  return { replicas, rules: replicas === asked ? ['KEDA-02'] : ['KEDA-02', 'KEDA-04'] };
}

/**
 * Replicas while nothing is active (KEDA-04): the last ones stay until the cooldown is over, then 0 or the idle count.
 *
 * @param sinceActiveSeconds seconds since the scaler was last active
 * @param idleReplicaCount   null = not set, so 0
 */
export function kedaReplicasWhenInactive(
  currentReplicas: number,
  sinceActiveSeconds: number,
  idleReplicaCount: number | null = null,
  cooldownPeriodSeconds: number = defaults['keda.cooldownPeriodSeconds'],
): number {
  return sinceActiveSeconds > cooldownPeriodSeconds ? (idleReplicaCount ?? 0) : currentReplicas;
}

/** The Kinesis scaler looks at the number of open shards, not at lag (KEDA-05). */
export function kedaKinesisReplicas(
  openShards: number,
  shardsPerReplica: number = defaults['keda.aws-kinesis-stream.shardCount'],
): number {
  return Math.ceil(openShards / shardsPerReplica);
}
