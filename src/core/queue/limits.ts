/**
 * How much of a queue can be worked on at once. Rules: docs/rules/queue-metrics.md (SQSM-06, SQSM-07).
 */
import type { QueueKind } from './metrics.ts';

/** Messages received and not yet deleted or visible again; approximate on the service (SQSM-06). */
export const inFlightLimits: Readonly<Record<QueueKind, number>> = { standard: 120_000, fifo: 20_000 };

/** Consumers that find work: in a FIFO queue a group waits while one of its messages is in flight (SQSM-07). */
export function usefulConsumers(kind: QueueKind, consumers: number, activeGroups: number): number {
  return kind === 'fifo' ? Math.min(consumers, activeGroups) : consumers;
}
