/**
 * What the holder of a receipt handle may do with its message: delete it, or restart its visibility timeout.
 *
 * Not here: who gets a handle (receiving.ts), what happens when the timeout ends (heldMessages.ts).
 */
import {
  expiredHandle,
  handleOfOtherQueue,
  invalidValue,
  missingParameter,
  receiptHandleIsInvalid,
  SpentHandle,
} from './errors.ts';
import type { HeldMessages } from './heldMessages.ts';
import { isReceiptHandle, parseReceiptHandle } from './identifiers.ts';
import { type Message, messageStates } from './message.ts';

export const maxVisibilityTimeoutSeconds = 43_200;
const maxVisibilityTimeoutMs = maxVisibilityTimeoutSeconds * 1_000;

export class Receipts {
  readonly #held: HeldMessages;
  readonly #key: string;

  /** @param key marks the handles of this queue */
  constructor(held: HeldMessages, key: string) {
    this.#held = held;
    this.#key = key;
  }

  /** As Queue.deleteMessage. @param deleted called before the message goes, also when it is gone already */
  delete(receiptHandle: string, nowMs: number, deleted: () => void): boolean {
    const { message, receivesHere } = this.#find(receiptHandle);
    const current = message !== undefined && message.receivesHere === receivesHere;
    if (message !== undefined && this.#hasExpired(message, current, nowMs)) return false;
    deleted();
    if (current) this.#held.drop(message, nowMs);
    return true;
  }

  /** As Queue.changeVisibility. */
  changeVisibility(receiptHandle: string, seconds: number, nowMs: number): void {
    const { message, receivesHere } = this.#find(receiptHandle);
    if (message === undefined) {
      const reason = 'Message does not exist or is not available for visibility timeout change';
      throw new SpentHandle(receiptHandle, reason);
    }
    if (this.#hasExpired(message, message.receivesHere === receivesHere, nowMs)) throw expiredHandle(receiptHandle);
    // A standard queue takes any handle of the message, and is silent about one that is back.
    if (message.state !== messageStates.inFlight) return;
    if (nowMs + seconds * 1_000 - message.lastReceivedAtMs > maxVisibilityTimeoutMs) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilityTimeoutSeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, reason);
    }
    this.#held.showAt(nowMs + seconds * 1_000, message);
    this.#held.settle(nowMs);
  }

  /**
   * A FIFO queue's handle lasts as long as its receive, a standard queue's as long as a receive may. An earlier handle there is as old as
   * the latest at least; how old is not known.
   */
  #hasExpired(message: Message, current: boolean, nowMs: number): boolean {
    const inFlight = message.state === messageStates.inFlight;
    if (this.#held.fifo !== null) return !(current && inFlight);
    return !inFlight && nowMs - message.lastReceivedAtMs > maxVisibilityTimeoutMs;
  }

  /** @returns the message, undefined when it is gone, and which of its receives gave the handle */
  #find(receiptHandle: string): { readonly message: Message | undefined; readonly receivesHere: number } {
    const parsed = parseReceiptHandle(this.#key, receiptHandle);
    if (parsed === null) {
      if (receiptHandle === '') throw missingParameter('ReceiptHandle');
      throw isReceiptHandle(receiptHandle) ? handleOfOtherQueue(receiptHandle) : receiptHandleIsInvalid(receiptHandle);
    }
    return { message: this.#held.find(parsed.sequence), receivesHere: parsed.receivesHere };
  }
}
