/** Adapters of lambda.*: src/core/lambda. */
import { z } from 'zod';
import { kinesisConcurrencyCeiling } from '../../../src/core/lambda/kinesisConcurrency.ts';
import { visibilityTimeoutAtLeastSeconds } from '../../../src/core/lambda/recommend.ts';
import { minutesToCeiling, sqsConcurrencyCeiling, standardRamp } from '../../../src/core/lambda/sqsConcurrency.ts';
import { validateMapping } from '../../../src/core/lambda/validate.ts';
import { type Adapters, adapter, anyOf } from '../adapter.ts';

const queue = z.enum(['standard', 'fifo']);

export const lambdaAdapters: Adapters = {
  'lambda.sqsConcurrencyCeiling': adapter(
    z.strictObject({
      minutes: z.number().optional(),
      queue: queue.optional(),
      maximumConcurrency: z.number().nullable().optional(),
      activeGroups: z.number().nullable().optional(),
      minimumPollers: z.number().nullable().optional(),
      maximumPollers: z.number().nullable().optional(),
    }),
    ({ minutes = Number.POSITIVE_INFINITY, queue = 'standard', ...input }) => {
      const { minimumPollers = null, maximumPollers = null } = input;
      const provisionedPollers =
        minimumPollers === null && maximumPollers === null
          ? null
          : { minimum: minimumPollers ?? 2, maximum: maximumPollers ?? 200 };
      const mapping = { queue, maximumConcurrency: input.maximumConcurrency ?? null, provisionedPollers };
      return { ceiling: sqsConcurrencyCeiling(mapping, minutes, input.activeGroups ?? null, standardRamp).ceiling };
    },
  ),
  'lambda.sqsTimeToCeiling': adapter(
    z.strictObject({ start: z.number(), perMinute: z.number(), ceiling: z.number() }),
    ({ start, perMinute, ceiling }) => ({
      minutes: minutesToCeiling({
        initialConcurrency: start,
        concurrencyPerMinute: perMinute,
        concurrencyMax: ceiling,
      }),
    }),
  ),
  'lambda.validate': adapter(
    z.strictObject({
      source: z.enum(['sqs', 'kinesis']).optional(),
      queue: queue.optional(),
      batchSize: z.number().optional(),
      maximumBatchingWindowInSeconds: z.number().optional(),
      maximumConcurrency: z.number().optional(),
      minimumPollers: z.number().optional(),
      maximumPollers: z.number().optional(),
      parallelizationFactor: z.number().optional(),
    }),
    (input) => {
      const faults = validateMapping({
        source: input.source ?? (input.parallelizationFactor === undefined ? 'sqs' : 'kinesis'),
        queue: input.queue ?? 'standard',
        batchSize: input.batchSize ?? null,
        maximumBatchingWindowSeconds: input.maximumBatchingWindowInSeconds ?? null,
        maximumConcurrency: input.maximumConcurrency ?? null,
        minimumPollers: input.minimumPollers ?? null,
        maximumPollers: input.maximumPollers ?? null,
        parallelizationFactor: input.parallelizationFactor ?? null,
      });
      return { valid: faults.length === 0, reason: anyOf(faults.map(({ reason }) => reason)) };
    },
  ),
  'lambda.kinesisConcurrency': adapter(
    z.strictObject({ shards: z.number(), parallelizationFactor: z.number().optional() }),
    ({ shards, parallelizationFactor }) => ({ ceiling: kinesisConcurrencyCeiling(shards, parallelizationFactor) }),
  ),
  'lambda.visibilityRecommendation': adapter(
    z.strictObject({ functionTimeoutSeconds: z.number(), maximumBatchingWindowInSeconds: z.number().optional() }),
    ({ functionTimeoutSeconds, maximumBatchingWindowInSeconds }) => ({
      visibilityTimeoutAtLeast: visibilityTimeoutAtLeastSeconds(functionTimeoutSeconds, maximumBatchingWindowInSeconds),
    }),
  ),
};
