/**
 * Receives of a FIFO queue that name their attempt: who asks again with the same name within five minutes gets the same messages with
 * the same handles, as long as nobody has touched them, and their visibility timeout begins anew.
 */
import { deduplicationMs } from './deduplication.ts';
import { messageStates } from './message.ts';
import type { Received } from './receiving.ts';

interface Attempt {
  readonly atMs: number;
  readonly received: readonly Received[];
  /** Of each message then: a changed visibility makes it another. */
  readonly epochs: number[];
}

export class ReceiveAttempts {
  readonly #attempts = new Map<string, Attempt>();

  remember(attemptId: string, received: readonly Received[], nowMs: number): void {
    for (const [id, { atMs }] of this.#attempts) {
      // In the order of remembering: the first that is young ends the search.
      if (nowMs - atMs < deduplicationMs) break;
      this.#attempts.delete(id);
    }
    this.#attempts.delete(attemptId);
    const epochs = received.map(({ message }) => message.timerEpoch);
    this.#attempts.set(attemptId, { atMs: nowMs, received, epochs });
  }

  /** @returns what the attempt got; null when it is unknown, too old, or one of its messages is not as it was */
  repeat(attemptId: string, nowMs: number): readonly Received[] | null {
    const attempt = this.#attempts.get(attemptId);
    if (attempt === undefined || nowMs - attempt.atMs >= deduplicationMs) return null;
    const untouched = attempt.received.every(
      ({ message }, index) => message.state === messageStates.inFlight && message.timerEpoch === attempt.epochs[index],
    );
    return untouched ? attempt.received : null;
  }

  clear(): void {
    this.#attempts.clear();
  }
}
