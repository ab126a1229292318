/** What becomes of a message in the queue it is moved to: by a receive too many (SQS-31, SQS-67), or by a message move task (SQS-83). */
import type { QueueKind } from '../../core/queue/metrics.ts';
import { Message } from './message.ts';

/**
 * In a dead-letter queue: the same id and the same receives. Retention keeps counting from the first send in a standard queue, and begins
 * anew in a FIFO queue.
 */
export function deadLetter(message: Message, fromArn: string, kind: QueueKind, nowMs: number): Message {
  return new Message({
    sequence: message.sequence,
    body: message.body,
    attributes: message.attributes,
    traceHeader: message.traceHeader,
    groupId: message.groupId,
    sentAtMs: kind === 'standard' ? message.sentAtMs : nowMs,
    enqueuedAtMs: nowMs,
    movedFromArn: fromArn,
    receiveCount: message.receiveCount,
    firstReceivedAtMs: message.firstReceivedAtMs,
  });
}

/** Moved by a task: a new message with an id of its own, and retention begins anew. */
export function redriven(message: Message, sequence: number, nowMs: number): Message {
  return new Message({
    sequence,
    body: message.body,
    attributes: message.attributes,
    traceHeader: message.traceHeader,
    groupId: message.groupId,
    deduplicationId: message.deduplicationId,
    sentAtMs: nowMs,
    enqueuedAtMs: nowMs,
    movedFromArn: null,
    receiveCount: 0,
    firstReceivedAtMs: 0,
  });
}
