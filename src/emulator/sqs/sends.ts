/**
 * Messages as they are sent to a queue, and what a FIFO queue does about those it has had in the last five minutes (SQS-70 to SQS-73).
 *
 * It remembers the sequence number of a send and not the message, so that nobody's body is held after its deletion. Not here: checks of what
 * a request holds (sending.ts).
 */
import { contentDeduplicationId, Deduplication } from './deduplication.ts';
import type { HeldMessages } from './heldMessages.ts';
import { Message, type MessageAttributes, messageSizeBytes } from './message.ts';
import type { Queue } from './queue.ts';

export interface SendInput {
  readonly body: string;
  /** As `messageSizeBytes` has it, which is asked when left out. */
  readonly sizeBytes?: number;
  readonly attributes?: MessageAttributes;
  readonly traceHeader?: string;
  readonly groupId?: string;
  /** FIFO only; the content's when left out. */
  readonly deduplicationId?: string;
  /** 0 to 900; the queue's own delay when left out. */
  readonly delaySeconds?: number;
}

export class Sends {
  readonly #queue: Queue;
  readonly #held: HeldMessages;
  readonly #nextSequence: () => number;
  /** Sequence numbers; null for a standard queue. */
  readonly #sent: Deduplication<number> | null;

  constructor(queue: Queue, held: HeldMessages, nextSequence: () => number) {
    this.#queue = queue;
    this.#held = held;
    this.#nextSequence = nextSequence;
    this.#sent = queue.kind === 'fifo' ? new Deduplication() : null;
  }

  /** @returns the message; in place of one that a FIFO queue has had already, one with the sequence number of the first */
  send(input: SendInput, nowMs: number): Message {
    if (this.#sent === null) return this.#store(newMessage(this.#nextSequence(), input, null, nowMs), input);
    const id = input.deduplicationId ?? contentDeduplicationId(input.body);
    const scope = this.#queue.settings.fifo?.deduplicationScope === 'messageGroup' ? `${input.groupId ?? ''}\n` : '';
    const key = `${scope}${id}`;
    const known = this.#sent.known(key, nowMs);
    if (known !== null) {
      this.#queue.traffic.deduplicated();
      return this.#held.find(known) ?? newMessage(known, input, id, nowMs);
    }
    const sequence = this.#nextSequence();
    this.#sent.remember(key, sequence, nowMs);
    return this.#store(newMessage(sequence, input, id, nowMs), input);
  }

  /** Nobody could ask any more for what is five minutes old. */
  forget(nowMs: number): void {
    this.#sent?.forget(nowMs);
  }

  /** Of a purge: what was sent before it can be sent again (SQS-22). */
  clear(): void {
    this.#sent?.clear();
  }

  #store(message: Message, { sizeBytes, delaySeconds = this.#queue.settings.delaySeconds }: SendInput): Message {
    this.#queue.traffic.sent(sizeBytes ?? messageSizeBytes(message.body, message.attributes));
    this.#held.take(message, delaySeconds * 1_000);
    return message;
  }
}

function newMessage(sequence: number, input: SendInput, deduplicationId: string | null, nowMs: number): Message {
  return new Message({
    sequence,
    body: input.body,
    attributes: input.attributes ?? null,
    traceHeader: input.traceHeader ?? null,
    groupId: input.groupId ?? null,
    deduplicationId,
    sentAtMs: nowMs,
    enqueuedAtMs: nowMs,
    movedFromArn: null,
    receiveCount: 0,
    firstReceivedAtMs: 0,
  });
}
