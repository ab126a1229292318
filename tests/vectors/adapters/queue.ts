/** Adapters of backlog.*, sqs.*: src/core/capacity/backlog.ts, src/core/queue. */
import { z } from 'zod';
import { acceptableBacklogPerInstance, backlogPerInstance } from '../../../src/core/capacity/backlog.ts';
import { deadLetterExpiry } from '../../../src/core/queue/deadLetter.ts';
import { inFlightLimits } from '../../../src/core/queue/limits.ts';
import { metricsActive, oldestAge, wakeDelayMinutesMax } from '../../../src/core/queue/metrics.ts';
import { type Adapters, adapter } from '../adapter.ts';

const queue = z.enum(['standard', 'fifo']);

/** Vectors write "no datapoint" as null. */
const datapoint = (value: number) => (Number.isNaN(value) ? null : value);

export const queueAdapters: Adapters = {
  'backlog.perInstance': adapter(
    z.strictObject({ messages: z.number(), inService: z.number() }),
    ({ messages, inService }) => ({ value: datapoint(backlogPerInstance(messages, inService)) }),
  ),
  'backlog.acceptable': adapter(
    z.strictObject({ latencySeconds: z.number(), processingSeconds: z.number() }),
    ({ latencySeconds, processingSeconds }) => ({
      value: acceptableBacklogPerInstance(latencySeconds, processingSeconds),
    }),
  ),
  'sqs.dlqExpiry': adapter(
    z.strictObject({ daysInSource: z.number(), dlqRetentionDays: z.number(), queue: queue.optional() }),
    ({ daysInSource, dlqRetentionDays, queue }) => {
      const { deletedAfter, ageAtDeletion } = deadLetterExpiry(daysInSource, dlqRetentionDays, queue);
      return { deletedAfterDaysInDlq: deletedAfter, ageMetricDaysAtDeletion: ageAtDeletion };
    },
  ),
  'sqs.oldestAge': adapter(
    z.strictObject({
      queue,
      messages: z.array(z.strictObject({ ageSeconds: z.number(), receiveCount: z.number() })),
    }),
    ({ queue, messages }) => ({
      ageSeconds: oldestAge(
        queue,
        messages.map(({ ageSeconds, receiveCount }) => ({ age: ageSeconds, receiveCount })),
      ),
    }),
  ),
  'sqs.metricActive': adapter(z.strictObject({ hoursSinceActivity: z.number() }), ({ hoursSinceActivity }) => {
    const active = metricsActive(hoursSinceActivity * 3_600_000);
    return { active, wakeDelayMinutesMax: wakeDelayMinutesMax(active) };
  }),
  'sqs.inFlightLimit': adapter(z.strictObject({ queue }), ({ queue }) => ({ limit: inFlightLimits[queue] })),
};
