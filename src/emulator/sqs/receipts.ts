/**
 * What the holder of a receipt handle may do with its message: delete it, or restart its visibility timeout.
 *
 * Not here: who gets a handle (receiving.ts), what happens when the timeout ends (heldMessages.ts).
 */
import { invalidValue, messageNotInflight, receiptHandleIsInvalid } from './errors.ts';
import type { HeldMessages } from './heldMessages.ts';
import { parseReceiptHandle } from './identifiers.ts';
import { type Message, messageStates } from './message.ts';

export const maxVisibilityTimeoutSeconds = 43_200;

export class Receipts {
  readonly #held: HeldMessages;
  readonly #key: string;

  /** @param key marks the handles of this queue */
  constructor(held: HeldMessages, key: string) {
    this.#held = held;
    this.#key = key;
  }

  /** As Queue.deleteMessage. @param deleted called before the message goes, also when it is gone already */
  delete(receiptHandle: string, nowMs: number, deleted: () => void): void {
    const { message, receivesHere } = this.#find(receiptHandle);
    const current = message !== undefined && message.receivesHere === receivesHere;
    if (this.#held.fifo !== null && message !== undefined && !(current && message.state === messageStates.inFlight)) {
      throw invalidValue('ReceiptHandle', receiptHandle, 'The receipt handle has expired');
    }
    deleted();
    if (current) this.#held.drop(message, nowMs);
  }

  /** As Queue.changeVisibility. */
  changeVisibility(receiptHandle: string, seconds: number, nowMs: number): void {
    const { message, receivesHere } = this.#find(receiptHandle);
    if (message === undefined) {
      const reason = 'Message does not exist or is not available for visibility timeout change';
      throw invalidValue('ReceiptHandle', receiptHandle, reason);
    }
    const inFlight = message.state === messageStates.inFlight;
    if (this.#held.fifo !== null && !(inFlight && message.receivesHere === receivesHere)) throw messageNotInflight();
    // A standard queue takes any handle of the message, and is silent about one that is back.
    if (!inFlight) return;
    if (nowMs + seconds * 1_000 - message.lastReceivedAtMs > maxVisibilityTimeoutSeconds * 1_000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilityTimeoutSeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, reason);
    }
    this.#held.showAt(nowMs + seconds * 1_000, message);
    this.#held.settle(nowMs);
  }

  /** @returns the message, undefined when it is gone, and which of its receives gave the handle */
  #find(receiptHandle: string): { readonly message: Message | undefined; readonly receivesHere: number } {
    const parsed = parseReceiptHandle(this.#key, receiptHandle);
    if (parsed === null) throw receiptHandleIsInvalid(receiptHandle);
    return { message: this.#held.find(parsed.sequence), receivesHere: parsed.receivesHere };
  }
}
