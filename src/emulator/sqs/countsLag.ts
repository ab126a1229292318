/**
 * Counts of a queue as a server knows them that has not heard of the latest changes: exact again once nothing has changed for the lag.
 *
 * Changes of the latest seconds are summed up by second, so that they can be taken off what is exact.
 */
import type { Random } from '../../core/time/random.ts';
import type { QueueCounts } from './counts.ts';
import { type MessageState, messageStates } from './message.ts';

interface Change {
  /** Epoch seconds; a place in the ring may hold a second long ago. */
  second: number;
  visible: number;
  notVisible: number;
  delayed: number;
}

const secondOf = (atMs: number): number => Math.floor(atMs / 1_000);

export class CountsLag {
  readonly #lagSeconds: number;
  readonly #random: Random;
  readonly #ring: Change[];

  /** @param random of this queue's counts alone: looking disturbs nothing else */
  constructor(lagSeconds: number, random: Random) {
    this.#lagSeconds = lagSeconds;
    this.#random = random;
    this.#ring = Array.from({ length: Math.ceil(lagSeconds) }, () => ({
      second: -1,
      visible: 0,
      notVisible: 0,
      delayed: 0,
    }));
  }

  /** As many messages more, or less, in a state. Instants never go back. */
  changed(state: MessageState, by: number, atMs: number): void {
    const second = secondOf(atMs);
    const change = this.#ring[second % this.#ring.length]!;
    // What is older than the lag is known everywhere.
    if (change.second !== second) {
      change.second = second;
      change.visible = 0;
      change.notVisible = 0;
      change.delayed = 0;
    }
    if (state === messageStates.visible) change.visible += by;
    else if (state === messageStates.inFlight) change.notVisible += by;
    else change.delayed += by;
  }

  /** The exact counts as somebody sees them who asks a server drawn by chance. */
  seen({ visible, notVisible, delayed }: QueueCounts, nowMs: number): QueueCounts {
    const heardUntil = secondOf(nowMs - this.#random.next() * this.#lagSeconds * 1_000);
    const unheard = { visible: 0, notVisible: 0, delayed: 0 };
    for (const change of this.#ring) {
      if (change.second <= heardUntil) continue;
      unheard.visible += change.visible;
      unheard.notVisible += change.notVisible;
      unheard.delayed += change.delayed;
    }
    return {
      visible: Math.max(0, visible - unheard.visible),
      notVisible: Math.max(0, notVisible - unheard.notVisible),
      delayed: Math.max(0, delayed - unheard.delayed),
    };
  }
}
