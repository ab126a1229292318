/**
 * How many messages of a queue are visible, in flight and delayed: kept up as they change, never found by looking through them.
 *
 * Not here: what servers know that have not heard of the latest changes (countsLag.ts), who is noisy (tenants.ts).
 */
import type { CountsLag } from './countsLag.ts';
import { type MessageState, messageStates } from './message.ts';

export interface QueueCounts {
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** What fair queues tell about their tenants (SQS-105). Quiet includes messages without a group. */
export interface FairCounts {
  readonly noisyGroups: number;
  readonly quiet: QueueCounts;
  /** Of the oldest message of a quiet group that is not being received over and over; null when there is none. */
  readonly oldestQuietAgeMs: number | null;
}

export class Counts {
  visible = 0;
  inFlight = 0;
  delayed = 0;
  /** Null while everybody knows the exact counts. */
  lag: CountsLag | null = null;

  change(state: MessageState, by: number, atMs: number): void {
    if (state === messageStates.visible) this.visible += by;
    else if (state === messageStates.inFlight) this.inFlight += by;
    else this.delayed += by;
    this.lag?.changed(state, by, atMs);
  }

  /** From visible to in flight: what happens most. */
  handedOut(atMs: number): void {
    this.visible--;
    this.inFlight++;
    if (this.lag === null) return;
    this.lag.changed(messageStates.visible, -1, atMs);
    this.lag.changed(messageStates.inFlight, 1, atMs);
  }

  /** All messages went at once. */
  clear(atMs: number): void {
    this.change(messageStates.visible, -this.visible, atMs);
    this.change(messageStates.inFlight, -this.inFlight, atMs);
    this.change(messageStates.delayed, -this.delayed, atMs);
  }

  exact(): QueueCounts {
    return { visible: this.visible, notVisible: this.inFlight, delayed: this.delayed };
  }

  /** What the Approximate attributes show. */
  approximate(nowMs: number): QueueCounts {
    const exact = this.exact();
    return this.lag === null ? exact : this.lag.seen(exact, nowMs);
  }
}
