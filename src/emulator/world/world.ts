/**
 * The emulator's own time and chance: a virtual clock with a queue of due events, and seeded random streams.
 *
 * Events due at one instant run in the order of scheduling, so a run with one seed repeats bit for bit. Nothing here
 * waits: a driver (pace.ts) decides how fast virtual time follows real time.
 */

import type { Scheduler } from '../../core/time/clock.ts';
import { type Random, seededRandom } from '../../core/time/random.ts';

export interface World extends Scheduler {
  readonly random: Random;
  /** Runs every event due until `whenMs`, then sets the clock to it. Going backwards does nothing. */
  advanceTo(whenMs: number): void;
  /** Instant of the next event, or null when nothing is due ever. */
  nextDueMs(): number | null;
  /** Calls `run` at `firstMs` and then every `periodMs`; returns a cancel function. */
  every(firstMs: number, periodMs: number, run: () => void): () => void;
}

interface Due {
  whenMs: number;
  order: number;
  run: (() => void) | null;
}

export function createWorld(options: { readonly startMs: number; readonly seed: number }): World {
  let now = options.startMs;
  let order = 0;
  const heap: Due[] = [];

  const before = (a: Due, b: Due): boolean => a.whenMs < b.whenMs || (a.whenMs === b.whenMs && a.order < b.order);

  function push(due: Due): void {
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(due, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = due;
  }

  function pop(): Due {
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }

  function dropCancelled(): void {
    while (heap.length > 0 && heap[0]!.run === null) pop();
  }

  const world: World = {
    random: seededRandom(options.seed),
    nowMs: () => now,
    at(whenMs, run) {
      const due: Due = { whenMs: Math.max(whenMs, now), order: order++, run };
      push(due);
      return () => {
        due.run = null;
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
        const next = heap[0];
        if (next === undefined || next.whenMs > whenMs) break;
        pop();
        now = next.whenMs;
        next.run!();
      }
      if (whenMs > now) now = whenMs;
    },
    nextDueMs() {
      dropCancelled();
      return heap[0]?.whenMs ?? null;
    },
  };
  return world;
}
