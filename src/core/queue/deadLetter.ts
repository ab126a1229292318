/**
 * When a dead letter expires. Rules: docs/rules/queue-metrics.md (SQSM-05).
 */
import type { QueueKind } from './metrics.ts';

export interface DeadLetterExpiry {
  /** Time from the move to the deletion; 0 when it is past its retention already. */
  readonly deletedAfter: number;
  /** What the dead-letter queue's age metric says at that moment: it counts from the move. */
  readonly ageAtDeletion: number;
}

/**
 * Retention of a standard queue counts from the first send, so time in the source is used up; a FIFO queue's begins anew with
 * the move (SQSM-05). One unit of time for everything.
 *
 * @param inSource     from the first send to the move
 * @param dlqRetention of the dead-letter queue
 */
export function deadLetterExpiry(
  inSource: number,
  dlqRetention: number,
  kind: QueueKind = 'standard',
): DeadLetterExpiry {
  const deletedAfter = kind === 'fifo' ? dlqRetention : Math.max(0, dlqRetention - inSource);
  return { deletedAfter, ageAtDeletion: deletedAfter };
}
