/**
 * What may decide on capacity besides step policies, as a candidate names it: simple and target tracking policies, Application
 * Auto Scaling, KEDA, a plain HPA, a Lambda event source mapping.
 *
 * Settings keep the names and defaults of their service. Semantics are core's (core/scaling, core/kubernetes, core/lambda); how
 * they stand in the loop is docs/rules/replay.md (REP-70 to REP-79). Not here: step policies and alarms (shapes.ts).
 */
import * as z from 'zod';
import { defaults } from '../defaults.ts';
import { decidingMeasures } from '../model/measures.ts';

const name = z.string().trim().min(1).max(200);
const wholeSeconds = z.number().int().min(0).max(86_400);

/** A simple scaling policy; it waits for its activity and its cooldown (COOL-01). */
export const simplePolicy = z.strictObject({
  name,
  adjustmentType: z.enum(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']),
  adjustment: z.number().int().min(-100_000).max(100_000),
  minAdjustmentMagnitude: z.number().int().min(1).max(100_000).nullable().default(null),
  /** Null: the group's default cooldown. */
  cooldownSeconds: wholeSeconds.nullable().default(null),
  enabled: z.boolean().default(true),
});

/** A target tracking policy with the metric it tracks; its two alarms are made from it (TT-01), with a period of a minute. */
export const trackingPolicy = z.strictObject({
  name,
  /** As the plant shows it; `utilization` is what stands for CPU. */
  measure: z.enum(decidingMeasures),
  statistic: z.enum(['Average', 'Minimum', 'Maximum']).default('Average'),
  targetValue: z.number().positive().max(1e12),
  disableScaleIn: z.boolean().default(false),
  /** EC2 only; null: the group's. */
  estimatedInstanceWarmupSeconds: wholeSeconds.nullable().default(null),
  /** Application Auto Scaling only; null: the service's default (AAS-04). */
  scaleOutCooldownSeconds: wholeSeconds.nullable().default(null),
  scaleInCooldownSeconds: wholeSeconds.nullable().default(null),
  enabled: z.boolean().default(true),
  /** Second of the minute at which both alarms are evaluated (MODEL-03). */
  phaseSeconds: z.number().min(0).max(59).default(0),
});

const hpaRules = (stabilizationWindowSeconds: number) =>
  z.strictObject({
    stabilizationWindowSeconds: z.number().int().min(0).max(3600).default(stabilizationWindowSeconds),
    selectPolicy: z.enum(['Max', 'Min', 'Disabled']).default(defaults['hpa.selectPolicy']),
    policies: z
      .array(
        z.strictObject({
          type: z.enum(['Pods', 'Percent']),
          value: z.number().int().min(1).max(1_000_000),
          periodSeconds: z.number().int().min(1).max(1800),
        }),
      )
      .min(1)
      .max(20),
  });

/** HorizontalPodAutoscalerBehavior; a direction that is left out has Kubernetes' defaults (HPA-03). */
export const hpaBehavior = z.strictObject({
  scaleUp: hpaRules(0).optional(),
  scaleDown: hpaRules(300).optional(),
  /** Of the ratio, both directions (HPA-01). */
  tolerance: z.number().min(0).max(1).default(defaults['hpa.tolerance']),
});

/** Who decides. Absent: an EC2 Auto Scaling group. Limits are always the group's `minSize` and `maxSize`. */
export const scaler = z.discriminatedUnion('kind', [
  /** An ECS service under Application Auto Scaling: cooldowns instead of warm-up (AAS-01). */
  z.strictObject({ kind: z.literal('ecs') }),
  /** A workload that KEDA's SQS scaler activates and the HPA scales (KEDA-01 to KEDA-04). */
  z.strictObject({
    kind: z.literal('keda'),
    queueLength: z.number().positive().max(1e9).default(defaults['keda.aws-sqs-queue.queueLength']),
    activationQueueLength: z.number().min(0).max(1e9).default(defaults['keda.aws-sqs-queue.activationQueueLength']),
    scaleOnInFlight: z.boolean().default(defaults['keda.aws-sqs-queue.scaleOnInFlight']),
    pollingIntervalSeconds: z.number().int().min(1).max(3600).default(30),
    cooldownPeriodSeconds: wholeSeconds.default(defaults['keda.cooldownPeriodSeconds']),
    idleReplicaCount: z.number().int().min(0).max(10_000).nullable().default(null),
    behavior: hpaBehavior.optional(),
  }),
  /** A workload that the HPA scales on what stands for its CPU. */
  z.strictObject({
    kind: z.literal('hpa'),
    targetUtilizationPercent: z.number().positive().max(1000),
    behavior: hpaBehavior.optional(),
  }),
  /** A function behind the queue: an instance is one batch worked on (LSQS-01 to LSQS-05). */
  z.strictObject({
    kind: z.literal('lambda'),
    queue: z.enum(['standard', 'fifo']).default('standard'),
    batchSize: z.number().int().nullable().default(null),
    maximumBatchingWindowSeconds: z.number().int().nullable().default(null),
    maximumConcurrency: z.number().int().nullable().default(null),
    provisionedPollers: z
      .strictObject({ minimum: z.number().int(), maximum: z.number().int() })
      .nullable()
      .default(null),
  }),
]);

/** What a decision was made by; absent on one of a step policy. */
export const decisionKinds = ['simple', 'target-tracking', 'keda', 'hpa', 'lambda'] as const;

export type SimplePolicySettings = z.infer<typeof simplePolicy>;
export type TrackingPolicySettings = z.infer<typeof trackingPolicy>;
export type HpaBehaviorSettings = z.infer<typeof hpaBehavior>;
export type Scaler = z.infer<typeof scaler>;
