/**
 * SQS's metrics of a queue: when there are any, and which message the age belongs to.
 *
 * Rules: docs/rules/queue-metrics.md (SQSM-01, SQSM-03, SQSM-04). Not here: counting and publishing (emulator/sqs).
 */
export type QueueKind = 'standard' | 'fifo';

/** Received this often without being deleted, a standard queue's message no longer counts for the age (SQSM-03). */
export const POISON_RECEIVES = 3;

/** A queue that has rested longer than this has no datapoints (SQSM-01). */
export const ACTIVE_FOR_MS = 6 * 3_600_000;

const WAKE_DELAY_MINUTES_MAX = 15;

/**
 * Whether a queue has datapoints at this moment.
 *
 * @param sinceActivityMs milliseconds since it last held a message or was called
 * @returns SQSM-01; an alarm sees a missing point for each minute of a queue that is not active
 */
export function metricsActive(sinceActivityMs: number): boolean {
  return sinceActivityMs <= ACTIVE_FOR_MS;
}

/** How much later metrics may come once the queue is used again (SQSM-01). @returns minutes; 0 while it is active */
export const wakeDelayMinutesMax = (active: boolean): number => (active ? 0 : WAKE_DELAY_MINUTES_MAX);

/** Whether one message takes part in ApproximateAgeOfOldestMessage (SQSM-03, SQSM-04). @param receiveCount in this queue */
export function countsForAge(kind: QueueKind, receiveCount: number): boolean {
  return kind === 'fifo' || receiveCount < POISON_RECEIVES;
}

/**
 * ApproximateAgeOfOldestMessage: the age of the oldest message that takes part.
 *
 * @param messages    all that are in the queue, in any order; ages since they entered this queue (SQSM-05)
 * @returns the unit of the ages; null = no datapoint, since no message takes part: a poison pill hides
 */
export function oldestAge(
  kind: QueueKind,
  messages: readonly { readonly age: number; readonly receiveCount: number }[],
): number | null {
  const ages = messages.filter(({ receiveCount }) => countsForAge(kind, receiveCount)).map(({ age }) => age);
  return ages.length === 0 ? null : Math.max(...ages);
}
