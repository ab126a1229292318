/**
 * How messages behave in a replay that follows every one of them (REP-50 to REP-61), and what became of them.
 *
 * What the queue itself was set to is taken from the recording unless it is given here.
 */
import * as z from 'zod';

/** Shape of the service time; its mean always follows from the assumed throughput (REP-60). */
export const serviceShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('exponential') }),
  z.strictObject({ kind: z.literal('erlang'), stages: z.number().int().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('hyperExponential'), cv: z.number().gt(1).max(100) }),
  z.strictObject({ kind: z.literal('lognormal'), cv: z.number().positive().max(100) }),
  z.strictObject({ kind: z.literal('pareto'), shape: z.number().gt(1).max(100) }),
  z.strictObject({ kind: z.literal('uniform') }),
  /** Recorded times in any unit; scaled to the mean. */
  z.strictObject({ kind: z.literal('empirical'), values: z.array(z.number().min(0).max(1e9)).min(1).max(100_000) }),
]);

export const messageSettings = z.strictObject({
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  /** How the messages of a minute lie in it: by chance, evenly, or in batches. */
  spread: z.enum(['chance', 'even', 'together']).default('chance'),
  /** Of senders, with `together`. */
  sendBatchSize: z.number().int().min(1).max(10_000).default(10),
  service: serviceShape.default({ kind: 'exponential' }),
  concurrencyPerInstance: z.number().int().min(1).max(10_000).default(1),
  /** Most messages of one receive. */
  batchSize: z.number().int().min(1).max(10).default(1),
  onScaleIn: z.enum(['interrupt', 'return', 'finish']).default('interrupt'),
  poisonShare: z.number().min(0).max(1).default(0),
  failureShare: z.number().min(0).max(1).default(0),
  /** The queue's; absent: as it was recorded. */
  visibilityTimeoutSeconds: z.number().positive().max(43_200).optional(),
  /** Null: no dead-letter queue. */
  maxReceiveCount: z.number().int().min(1).max(1000).nullable().optional(),
  delaySeconds: z.number().min(0).max(900).optional(),
  retentionSeconds: z.number().min(60).max(1_209_600).optional(),
  /** Message groups of a FIFO queue, each message in one by chance; 0: a standard queue. Absent: standard, or 100 where the recorded queue is FIFO. */
  fifoGroups: z.number().int().min(0).max(100_000).optional(),
});

const count = z.number();
/** What became of all messages (REP-59). */
export const messageCounts = z.strictObject({
  sent: count,
  refused: count,
  received: count,
  begun: count,
  deleted: count,
  failed: count,
  wasted: count,
  interrupted: count,
  timedOut: count,
  deadLettered: count,
  expired: count,
});

export type ServiceShape = z.infer<typeof serviceShape>;
export type MessageSettings = z.infer<typeof messageSettings>;
export type MessageSettingsInput = z.input<typeof messageSettings>;
