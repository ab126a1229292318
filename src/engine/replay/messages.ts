/**
 * The settings of a replay that follows every message, for the plant: what the request gives, else what the queue was recorded with.
 */
import type { MessageSettings, ServiceShape } from '../../core/contract/messageShapes.ts';
import {
  balancedHyperExponential,
  constant,
  type Distribution,
  empirical,
  erlang,
  exponential,
  lognormal,
  paretoWithMean,
  uniform,
} from '../../core/distributions/index.ts';
import type { QueueConfig } from '../../core/model/resources.ts';
import type { MessagesOptions } from '../../replay/index.ts';

/** Where a FIFO queue was recorded, its groups were not. */
const RECORDED_FIFO_GROUPS = 100;

/** @param throughputPerInstancePerMinute gives the mean service time with the concurrency (REP-60) */
export function messagesOptions(
  settings: MessageSettings,
  queue: QueueConfig,
  throughputPerInstancePerMinute: number,
): MessagesOptions {
  const { seed, spread, sendBatchSize, service, concurrencyPerInstance, batchSize, onScaleIn } = settings;
  const fifoGroups = settings.fifoGroups ?? (queue.fifo ? RECORDED_FIFO_GROUPS : 0);
  const meanSeconds = (60 * concurrencyPerInstance) / throughputPerInstancePerMinute;
  return {
    seed,
    spread: spread === 'together' ? { kind: 'together', batchSize: sendBatchSize } : { kind: spread },
    ...(fifoGroups === 0 ? {} : { fifoGroups }),
    queue: {
      kind: fifoGroups === 0 ? 'standard' : 'fifo',
      visibilityTimeoutSeconds: settings.visibilityTimeoutSeconds ?? Math.max(1e-3, queue.visibilityTimeoutSeconds),
      maxReceiveCount:
        settings.maxReceiveCount === undefined ? (queue.deadLetter?.maxReceiveCount ?? null) : settings.maxReceiveCount,
      delaySeconds: settings.delaySeconds ?? queue.delaySeconds,
      retentionSeconds: settings.retentionSeconds ?? queue.messageRetentionSeconds,
    },
    work: {
      service: serviceOf(service, meanSeconds),
      concurrencyPerInstance,
      batchSize,
      onScaleIn,
      poisonShare: settings.poisonShare,
      failureShare: settings.failureShare,
    },
  };
}

function serviceOf(shape: ServiceShape, mean: number): Distribution {
  switch (shape.kind) {
    case 'constant':
      return constant(mean);
    case 'exponential':
      return exponential(mean);
    case 'erlang':
      return erlang(mean, shape.stages);
    case 'hyperExponential':
      return balancedHyperExponential(mean, shape.cv ** 2);
    case 'lognormal':
      return lognormal(mean, shape.cv);
    case 'pareto':
      return paretoWithMean(mean, shape.shape);
    case 'uniform':
      return uniform(0, 2 * mean);
    case 'empirical': {
      const average = shape.values.reduce((sum, value) => sum + value, 0) / shape.values.length;
      return average > 0 ? empirical(shape.values.map((value) => (value * mean) / average)) : constant(mean);
    }
  }
}
