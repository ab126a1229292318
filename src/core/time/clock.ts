/**
 * Time as it is handed around: a clock that is read, and a scheduler that calls back.
 *
 * Nothing below main and cli reads the machine's clock or timers itself. A virtual implementation lives in
 * emulator/world, a real one in cli and main; tests use `manualClock`.
 */

/** Epoch milliseconds, UTC. */
export interface Clock {
  nowMs(): number;
}

/** Calls back at or after an instant of its own clock. Callbacks due at one instant run in the order of scheduling. */
export interface Scheduler extends Clock {
  /** @returns a function that cancels the call; cancelling twice, or after it ran, does nothing */
  at(whenMs: number, run: () => void): () => void;
}

export interface ManualClock extends Clock {
  advanceMs(ms: number): void;
}

/** A clock that moves only when told to. */
export function manualClock(startMs: number): ManualClock {
  let now = startMs;
  return {
    nowMs: () => now,
    advanceMs(ms) {
      now += ms;
    },
  };
}
