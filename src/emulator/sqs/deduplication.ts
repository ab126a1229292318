/**
 * What a FIFO queue remembers of its sends for five minutes: who sends the same again gets the first one's answer, and nothing is stored.
 *
 * Kept whatever becomes of the message, deleted ones included. Rules: docs/rules/sqs.md (SQS-70 to SQS-73).
 */
import { createHash } from 'node:crypto';
import { Deque } from './deque.ts';

export const deduplicationMs = 300_000;

interface Remembered<Answer> {
  readonly key: string;
  readonly answer: Answer;
  readonly atMs: number;
}

/** `Answer`: what the first send was answered from. Topics remember in the same way. */
export class Deduplication<Answer> {
  readonly #byKey = new Map<string, Remembered<Answer>>();
  /** Oldest first. */
  readonly #entries = new Deque<Remembered<Answer>>();

  /** @returns the answer of the send under the key in the last five minutes, or null */
  known(key: string, nowMs: number): Answer | null {
    this.#forget(nowMs);
    return this.#byKey.get(key)?.answer ?? null;
  }

  remember(key: string, answer: Answer, nowMs: number): void {
    const entry = { key, answer, atMs: nowMs };
    this.#byKey.set(key, entry);
    this.#entries.pushBack(entry);
  }

  clear(): void {
    this.#byKey.clear();
    this.#entries.clear();
  }

  #forget(nowMs: number): void {
    for (let first = this.#entries.at(0); first !== undefined; first = this.#entries.at(0)) {
      if (nowMs - first.atMs < deduplicationMs) return;
      this.#entries.popFront();
      if (this.#byKey.get(first.key) === first) this.#byKey.delete(first.key);
    }
  }
}

/** Of the body alone: attributes have no part in it. */
export const contentDeduplicationId = (body: string): string => createHash('sha256').update(body, 'utf8').digest('hex');
