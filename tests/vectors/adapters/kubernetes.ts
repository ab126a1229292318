/** Adapters of keda.*, hpa.*: src/core/kubernetes. */
import { z } from 'zod';
import { hpaDesired, hpaTolerance } from '../../../src/core/kubernetes/hpa.ts';
import {
  hpaScaleDownDefaults,
  hpaScaleDownStep,
  hpaScaleUpDefaults,
  hpaScaleUpStep,
  hpaStabilise,
} from '../../../src/core/kubernetes/hpaBehavior.ts';
import { kedaActive, kedaReplicas, kedaSqsDefaults, kedaSqsMessages } from '../../../src/core/kubernetes/keda.ts';
import { type Adapters, adapter } from '../adapter.ts';

const step = z.strictObject({
  current: z.number(),
  target: z.number(),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: z.number(),
        periodSeconds: z.number().default(60),
      }),
    )
    .optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
});

export const kubernetesAdapters: Adapters = {
  'keda.sqsMessages': adapter(
    z.strictObject({
      visible: z.number(),
      notVisible: z.number(),
      delayed: z.number(),
      scaleOnInFlight: z.boolean().optional(),
      scaleOnDelayed: z.boolean().optional(),
    }),
    ({ scaleOnInFlight, scaleOnDelayed, ...depth }) => ({
      messages: kedaSqsMessages(depth, scaleOnInFlight, scaleOnDelayed),
    }),
  ),
  'keda.replicas': adapter(
    z.strictObject({
      messages: z.number(),
      queueLength: z.number().optional(),
      activationQueueLength: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
    ({ messages, queueLength, activationQueueLength, min, max }) => ({
      ...kedaReplicas(messages, {
        queueLength: queueLength ?? kedaSqsDefaults.queueLength,
        activationQueueLength: activationQueueLength ?? kedaSqsDefaults.activationQueueLength,
        minReplicaCount: min ?? kedaSqsDefaults.minReplicaCount,
        maxReplicaCount: max ?? kedaSqsDefaults.maxReplicaCount,
      }),
    }),
  ),
  'keda.active': adapter(
    z.strictObject({
      messages: z.number(),
      activation: z.number().optional(),
      minReplicaCount: z.number().optional(),
    }),
    ({ messages, activation, minReplicaCount }) => ({ active: kedaActive(messages, activation, minReplicaCount) }),
  ),
  'hpa.desired': adapter(
    z.strictObject({
      current: z.number(),
      metric: z.number(),
      target: z.number(),
      tolerance: z.number().optional(),
      toleranceUp: z.number().optional(),
      toleranceDown: z.number().optional(),
    }),
    ({ current, metric, target, tolerance, toleranceUp, toleranceDown }) => {
      const up = toleranceUp ?? tolerance ?? hpaTolerance.up;
      const down = toleranceDown ?? tolerance ?? hpaTolerance.down;
      return { desired: hpaDesired(current, metric, target, { up, down }).replicas };
    },
  ),
  'hpa.scaleUpStep': adapter(step, ({ current, target, ...rules }) => ({
    next: hpaScaleUpStep(current, target, { ...hpaScaleUpDefaults, ...rules }),
  })),
  'hpa.scaleDownStep': adapter(step, ({ current, target, ...rules }) => ({
    next: hpaScaleDownStep(current, target, { ...hpaScaleDownDefaults, ...rules }),
  })),
  'hpa.stabilise': adapter(
    z.strictObject({ current: z.number(), recommendations: z.array(z.number()).min(1), windowSeconds: z.number() }),
    ({ current, recommendations, windowSeconds }) => {
      // All lie within the window, the last one is the present one: alone in a window of 0 s.
      const now = recommendations.slice(-1);
      const down = windowSeconds === 0 ? now : recommendations;
      return { desired: hpaStabilise(current, now, down) };
    },
  ),
};
