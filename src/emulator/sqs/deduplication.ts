/**
 * What a FIFO queue remembers of its sends for five minutes: who sends the same again gets the first one's answer, and nothing is stored.
 *
 * Kept whatever becomes of the message, deleted ones included. Remembered in slices of time, and a slice is forgotten as a whole, so that a
 * million sends cost no more to forget than one. Rules: docs/rules/sqs.md (SQS-70 to SQS-73).
 */
import { createHash } from 'node:crypto';

export const deduplicationMs = 300_000;

/** Long enough for few slices, short enough that little is kept for longer than it must be. */
const sliceMs = deduplicationMs / 2;

interface Remembered<Answer> {
  readonly answer: Answer;
  readonly atMs: number;
}

interface Slice<Answer> {
  readonly beganMs: number;
  readonly byKey: Map<string, Remembered<Answer>>;
}

/** `Answer`: what the first send was answered from. Topics remember in the same way. */
export class Deduplication<Answer> {
  /** Latest first. */
  #slices: Slice<Answer>[] = [];

  /** @returns the answer of the send under the key in the last five minutes, or null */
  known(key: string, nowMs: number): Answer | null {
    this.forget(nowMs);
    for (const { byKey } of this.#slices) {
      const found = byKey.get(key);
      // A later slice knows of the later send.
      if (found !== undefined) return nowMs - found.atMs < deduplicationMs ? found.answer : null;
    }
    return null;
  }

  remember(key: string, answer: Answer, nowMs: number): void {
    const [latest] = this.#slices;
    if (latest !== undefined && nowMs - latest.beganMs < sliceMs) latest.byKey.set(key, { answer, atMs: nowMs });
    else this.#slices.unshift({ beganMs: nowMs, byKey: new Map([[key, { answer, atMs: nowMs }]]) });
  }

  clear(): void {
    this.#slices = [];
  }

  /** Lets go of what is old: nobody is answered from it any more. */
  forget(nowMs: number): void {
    for (let last = this.#slices.at(-1); last !== undefined; last = this.#slices.at(-1)) {
      if (nowMs - last.beganMs < sliceMs + deduplicationMs) return;
      this.#slices.pop();
    }
  }
}

/** Of the body alone: attributes have no part in it. */
export const contentDeduplicationId = (body: string): string => createHash('sha256').update(body, 'utf8').digest('hex');
