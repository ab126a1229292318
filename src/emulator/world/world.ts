/**
 * The emulator's own time and chance: a virtual clock with a queue of due events, and seeded random streams.
 *
 * Events due at one instant run in the order of scheduling, so a run with one seed repeats bit for bit. Nothing here
 * waits: a driver (pace.ts) decides how fast virtual time follows real time.
 */

import type { Scheduler } from '../../core/time/clock.ts';
import { type Random, seededRandom } from '../../core/time/random.ts';
import { type Due, DueHeap } from './heap.ts';

export interface World extends Scheduler {
  readonly random: Random;
  /** Runs every event due until `whenMs`, then sets the clock to it. Going backwards does nothing. */
  advanceTo(whenMs: number): void;
  /** Instant of the next event, or null when nothing is due ever. */
  nextDueMs(): number | null;
  /** Calls `run` at `firstMs` and then every `periodMs`; returns a cancel function. */
  every(firstMs: number, periodMs: number, run: () => void): () => void;
}

interface Event extends Due {
  /** null once cancelled. */
  run: (() => void) | null;
}

const isCancelled = ({ run }: Event): boolean => run === null;

export function createWorld(options: { readonly startMs: number; readonly seed: number }): World {
  let now = options.startMs;
  const heap = new DueHeap<Event>();

  function dropCancelled(): void {
    while (heap.peek()?.run === null) heap.pop();
  }

  const world: World = {
    random: seededRandom(options.seed),
    nowMs: () => now,
    at(whenMs, run) {
      const event: Event = { atMs: Math.max(whenMs, now), order: 0, run };
      heap.sweep(isCancelled);
      heap.push(event);
      return () => {
        event.run = null;
      };
    },
    every(firstMs, periodMs, run) {
      let cancel: () => void = () => {};
      const tick = (): void => {
        cancel = world.at(now + periodMs, tick);
        run();
      };
      cancel = world.at(firstMs, tick);
      return () => cancel();
    },
    advanceTo(whenMs) {
      for (;;) {
        dropCancelled();
        const next = heap.peek();
        if (next === undefined || next.atMs > whenMs) break;
        heap.pop();
        now = next.atMs;
        next.run!();
      }
      if (whenMs > now) now = whenMs;
    },
    nextDueMs() {
      dropCancelled();
      return heap.peek()?.atMs ?? null;
    },
  };
  return world;
}
