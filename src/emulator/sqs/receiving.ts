/**
 * What one receive of a queue gets: whose turn it is, what faults make of that, what moves to the dead-letter queue instead, and the handles.
 *
 * Not here: who waits (waitingReceivers.ts), the order of the messages (the lines), when a timeout ends (heldMessages.ts).
 */

import type { Random } from '../../core/time/random.ts';
import { tooManyInFlight } from './errors.ts';
import { DeliveryFaults, type SqsFaults } from './faults.ts';
import type { HeldMessages } from './heldMessages.ts';
import { receiptHandleOf } from './identifiers.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { ReceiveAttempts } from './receiveAttempts.ts';
import type { ReceiveRequest } from './waitingReceivers.ts';

export interface Received {
  /** Good for this receive only. */
  readonly receiptHandle: string;
  readonly message: Message;
  /** As of this receive, in all queues the message has been in. */
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number;
}

/** A queue hands out no more than this many unfinished messages; both kinds, as the service's quotas have it today (SQS-05, SQS-66). */
export const maxInFlight = 120_000;

export class Receiving {
  /** Null while messages are delivered without faults. */
  #delivery: DeliveryFaults | null = null;
  readonly #queue: Queue;
  readonly #held: HeldMessages;
  /** Marks this queue's receipt handles. */
  readonly #key: string;
  readonly #queueByArn: (arn: string) => Queue | undefined;
  /** Null for a standard queue. */
  readonly #attempts: ReceiveAttempts | null;

  constructor(queue: Queue, held: HeldMessages, key: string, queueByArn: (arn: string) => Queue | undefined) {
    this.#queue = queue;
    this.#held = held;
    this.#key = key;
    this.#queueByArn = queueByArn;
    this.#attempts = queue.kind === 'fifo' ? new ReceiveAttempts() : null;
  }

  /** @param chance of these faults alone, asked for at the first */
  changeFaults(faults: SqsFaults, chance: () => Random): void {
    // Once there, it stays: it may hold messages that were passed over.
    if (this.#delivery !== null) this.#delivery.faults = faults;
    else if (faults.duplicateShare + faults.reorderShare + faults.shortPollMissShare > 0) {
      this.#delivery = new DeliveryFaults(faults, chance());
    }
  }

  /** Whether the next receive may get messages that are not visible. */
  mayRepeat({ attemptId }: ReceiveRequest): boolean {
    return attemptId !== undefined || this.#delivery?.hasDuplicates === true;
  }

  /** @throws AwsError OverLimit when too many messages of a standard queue are in flight */
  shortPoll(
    max: number,
    visibilityTimeoutSeconds: number | undefined,
    attemptId: string | undefined,
    nowMs: number,
  ): Received[] {
    if (this.#attempts === null && this.#held.counts.inFlight >= maxInFlight) throw tooManyInFlight();
    return this.take(max, visibilityTimeoutSeconds, attemptId, nowMs, true);
  }

  /** Up to as many as asked for. A full house of messages in flight looks like an empty queue. */
  take(
    max: number,
    visibilityTimeoutSeconds = this.#queue.settings.visibilityTimeoutSeconds,
    attemptId: string | undefined,
    nowMs: number,
    shortPoll = false,
  ): Received[] {
    const repeated = this.#repeat(attemptId, nowMs, visibilityTimeoutSeconds);
    if (repeated !== null) return repeated;
    const received: Received[] = [];
    const delivery = this.#delivery;
    if (delivery !== null) this.#takeDuplicates(delivery, received, max, nowMs, visibilityTimeoutSeconds);
    let missed: Message[] | null = null;
    const oldestKeptMs = nowMs - this.#queue.settings.messageRetentionSeconds * 1_000;
    const held = this.#held;
    held.line.beginReceive(nowMs);
    while (received.length < max && held.counts.inFlight < maxInFlight) {
      const message = this.#next(nowMs);
      if (message === undefined) break;
      if (message.sentAtMs < oldestKeptMs) {
        held.drop(message, nowMs);
      } else if (shortPoll && delivery?.missedByShortPoll()) {
        missed ??= [];
        missed.push(message);
      } else if (!this.#moveToDeadLetters(message, nowMs)) {
        held.handOut(message, nowMs);
        delivery?.handedOut(message);
        received.push(this.#give(message, nowMs, visibilityTimeoutSeconds));
      }
    }
    if (missed !== null) for (const message of missed.reverse()) held.line.putBack(message);
    if (received.length > 0) {
      this.#queue.traffic.received(received.length);
      if (attemptId !== undefined) this.#attempts?.remember(attemptId, received, nowMs);
    }
    return received;
  }

  /** The next message a move task may take; undefined when none is visible and free. */
  firstToMove(nowMs: number): Message | undefined {
    this.#held.line.beginReceive(nowMs);
    return this.#held.line.next() ?? this.#delivery?.takeAny();
  }

  /** All messages went at once. */
  clear(): void {
    this.#delivery?.clear();
    this.#attempts?.clear();
  }

  /** Whose turn it is; a fault may make it somebody else's for a while. */
  #next(nowMs: number): Message | undefined {
    const delivery = this.#delivery;
    const { line } = this.#held;
    if (delivery === null) return line.next();
    const due = delivery.takeDue(nowMs);
    if (due !== undefined) return due;
    for (let message = line.next(); message !== undefined; message = line.next()) {
      if (!delivery.passesOver(message, nowMs)) return message;
    }
    return delivery.takeAny();
  }

  /** Tested before handing out: the move happens on the receive after the last allowed one, and nobody gets that one. */
  #moveToDeadLetters(message: Message, nowMs: number): boolean {
    const { redrivePolicy } = this.#queue.settings;
    if (redrivePolicy === null || message.receivesHere < redrivePolicy.maxReceiveCount) return false;
    const target = this.#queueByArn(redrivePolicy.deadLetterTargetArn);
    if (target === undefined) return false;
    this.#held.drop(message, nowMs);
    target.takeDeadLetter(message, this.#queue.arn);
    return true;
  }

  /** Messages in flight that by a fault are handed out once more; the earlier handle is that of an earlier receive then. */
  #takeDuplicates(
    delivery: DeliveryFaults,
    received: Received[],
    max: number,
    nowMs: number,
    visibilityTimeoutSeconds: number,
  ): void {
    const most = this.#queue.settings.redrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    while (received.length < max) {
      const message = delivery.takeDuplicate();
      if (message === undefined) return;
      // It was received as often as it may be.
      if (message.receivesHere < most) received.push(this.#give(message, nowMs, visibilityTimeoutSeconds));
    }
  }

  /** What the attempt got before; its visibility timeout begins anew. Null when there is nothing to repeat. */
  #repeat(attemptId: string | undefined, nowMs: number, visibilityTimeoutSeconds: number): Received[] | null {
    if (attemptId === undefined || this.#attempts === null) return null;
    const again = this.#attempts.repeat(attemptId, nowMs);
    if (again === null) return null;
    for (const { message } of again) this.#held.showAt(nowMs + visibilityTimeoutSeconds * 1_000, message);
    this.#attempts.remember(attemptId, again, nowMs);
    this.#queue.traffic.received(again.length);
    return [...again];
  }

  /** One receive of a message that is in flight: counted, with a handle of its own, and a timeout that begins now. */
  #give(message: Message, nowMs: number, visibilityTimeoutSeconds: number): Received {
    message.receiveCount++;
    message.receivesHere++;
    if (message.firstReceivedAtMs === 0) message.firstReceivedAtMs = nowMs;
    message.lastReceivedAtMs = nowMs;
    this.#held.showAt(nowMs + visibilityTimeoutSeconds * 1_000, message);
    return {
      receiptHandle: receiptHandleOf(this.#key, message.sequence, message.receivesHere),
      message,
      receiveCount: message.receiveCount,
      firstReceivedAtMs: message.firstReceivedAtMs,
    };
  }
}
