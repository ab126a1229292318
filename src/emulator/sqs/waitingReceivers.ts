/**
 * Long polls that wait at a queue, in the order in which they began, and who wakes them.
 *
 * Timeouts and delays are settled when somebody looks; only while a receiver waits is a timer of the world set for the next one that ends.
 * Not here: which messages a receive gets (receiving.ts).
 */
import type { World } from '../world/world.ts';
import type { HeldMessages } from './heldMessages.ts';
import type { Received, Receiving } from './receiving.ts';

export interface ReceiveRequest {
  readonly max: number;
  /** The queue's own when left out. */
  readonly visibilityTimeoutSeconds: number | undefined;
  /** FIFO only: asked again with it within five minutes, the same messages are given once more (SQS-64). */
  readonly attemptId: string | undefined;
}

interface Waiter extends ReceiveRequest {
  readonly onMessages: (received: Received[]) => void;
  cancelTimeout: () => void;
}

export class WaitingReceivers {
  readonly #world: World;
  readonly #held: HeldMessages;
  readonly #receiving: Receiving;
  readonly #waiters = new Set<Waiter>();
  #servePending = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};

  constructor(world: World, held: HeldMessages, receiving: Receiving) {
    this.#world = world;
    this.#held = held;
    this.#receiving = receiving;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /**
   * @param onMessages called once: with messages, or with none when the wait is over
   * @returns cancels the wait without a call
   */
  wait(request: ReceiveRequest, untilMs: number, onMessages: (received: Received[]) => void): () => void {
    const waiter: Waiter = { ...request, onMessages, cancelTimeout: () => {} };
    this.#waiters.add(waiter);
    // Before the timeout is set: a wait of no length still gets what is there.
    this.#serveSoon(this.#receiving.mayRepeat(request));
    waiter.cancelTimeout = this.#world.at(untilMs, () => {
      if (this.#waiters.delete(waiter)) onMessages([]);
    });
    return () => {
      if (this.#waiters.delete(waiter)) waiter.cancelTimeout();
    };
  }

  /** A message became visible. */
  shown(): void {
    if (this.#waiters.size > 0) this.#serveSoon(false);
  }

  /** A message came in that will become visible. */
  delayed(): void {
    this.wakeForTimers();
  }

  /** A message is gone: of a FIFO queue the next of its group may go now. */
  dropped(): void {
    if (this.#held.fifo !== null && this.#waiters.size > 0) this.#serveSoon(false);
  }

  /** While somebody waits, the next ending timeout or delay must be noticed by itself. */
  wakeForTimers(): void {
    if (this.#waiters.size === 0) return;
    const nextMs = this.#held.nextShownMs();
    if (nextMs === null || nextMs >= this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = nextMs;
    this.#cancelWake = this.#world.at(nextMs, () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY;
      this.#serve();
    });
  }

  /** The queue is deleted: all leave with nothing. */
  sendAway(): void {
    this.#cancelWake();
    for (const waiter of [...this.#waiters]) {
      this.#waiters.delete(waiter);
      waiter.cancelTimeout();
      waiter.onMessages([]);
    }
  }

  /** Waiting receivers are served at this instant, after whoever is at work has finished: a batch sent at once arrives as one. */
  #serveSoon(mayRepeat: boolean): void {
    if ((this.#held.counts.visible > 0 || mayRepeat) && !this.#servePending) {
      this.#servePending = true;
      this.#world.at(this.#world.nowMs(), () => {
        this.#servePending = false;
        this.#serve();
      });
    }
    this.wakeForTimers();
  }

  #serve(): void {
    const nowMs = this.#world.nowMs();
    this.#held.settle(nowMs);
    for (const waiter of this.#waiters) {
      const { max, visibilityTimeoutSeconds, attemptId } = waiter;
      const received = this.#receiving.take(max, visibilityTimeoutSeconds, attemptId, nowMs);
      if (received.length === 0) {
        // Of a FIFO queue the next one may repeat an attempt.
        if (this.#held.fifo === null) break;
        continue;
      }
      this.#waiters.delete(waiter);
      waiter.cancelTimeout();
      waiter.onMessages(received);
    }
    this.wakeForTimers();
  }
}
