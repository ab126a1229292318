/**
 * The pace of virtual time: held, N times real time, or as fast as possible up to an instant.
 *
 * Work is done in slices with a pause between, so that requests are answered while a day goes by. The host's clock and
 * timers are handed in. What happens at an instant is the world's business.
 */
import type { World } from './world.ts';

/** The host's own time: nobody in here reads it otherwise. */
export interface HostTime {
  nowMs(): number;
  /** Runs once after about `ms`; returns a cancel function. */
  setTimer(ms: number, run: () => void): () => void;
  /** Runs once at the end of this turn of the event loop. Without it, what could wait so long is done at once. */
  afterTurn?(run: () => void): void;
}

export interface Pace {
  /** Virtual seconds per real second; 0 is held. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** As fast as possible; resolves when the clock shows `toMs`. Going backwards does nothing. Calls queue up. */
  advanceTo(toMs: number): Promise<void>;
  stop(): void;
}

/** Longest run of work before others get a turn. */
const sliceMs = 20;
/** How often a running clock catches up with real time. */
const tickMs = 10;
/** Events run before the host's clock is read again: it costs more than a small event. */
const eventsPerLook = 32;

interface Advance {
  readonly toMs: number;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

export function createPace(world: World, hostTime: HostTime): Pace {
  let speed = 0;
  /** Virtual instant and host instant that belong together since the last change of speed. */
  let anchor = { virtualMs: world.nowMs(), hostMs: hostTime.nowMs() };
  let cancelTimer: (() => void) | null = null;
  const advances: Advance[] = [];
  let stopped = false;

  /** @returns whether the clock got to `toMs` within one slice */
  function runSlice(toMs: number): boolean {
    const endMs = hostTime.nowMs() + sliceMs;
    for (;;) {
      for (let event = 0; event < eventsPerLook; event++) {
        const due = world.nextDueMs();
        if (due === null || due > toMs) {
          world.advanceTo(toMs);
          return true;
        }
        world.advanceTo(due);
      }
      if (hostTime.nowMs() >= endMs) return false;
    }
  }

  function reanchor(): void {
    anchor = { virtualMs: world.nowMs(), hostMs: hostTime.nowMs() };
  }

  function schedule(delayMs: number): void {
    if (cancelTimer !== null || stopped) return;
    cancelTimer = hostTime.setTimer(delayMs, () => {
      cancelTimer = null;
      turn();
    });
  }

  function turn(): void {
    const advance = advances[0];
    if (advance !== undefined) {
      runAdvance(advance);
      if (advances.length > 0) return schedule(0);
    } else if (speed > 0) {
      const dueMs = Math.floor(anchor.virtualMs + (hostTime.nowMs() - anchor.hostMs) * speed);
      // A clock that asks for more than the machine can do falls behind instead of freezing the host.
      if (!runSlice(dueMs)) {
        reanchor();
        return schedule(1);
      }
    }
    if (speed > 0) schedule(tickMs);
  }

  function runAdvance(advance: Advance): void {
    try {
      if (!runSlice(advance.toMs)) return;
      advances.shift();
      reanchor();
      advance.done();
    } catch (thrown) {
      advances.shift();
      advance.failed(thrown);
    }
  }

  return {
    get speed() {
      return speed;
    },
    setSpeed(next) {
      speed = next;
      reanchor();
      if (speed > 0) schedule(0);
    },
    advanceTo(toMs) {
      if (stopped) return Promise.resolve();
      return new Promise((done, failed) => {
        advances.push({ toMs, done, failed });
        // A running clock's timer would make the first slice wait.
        cancelTimer?.();
        cancelTimer = null;
        schedule(0);
      });
    },
    stop() {
      stopped = true;
      cancelTimer?.();
      cancelTimer = null;
      for (const advance of advances.splice(0)) advance.done();
    },
  };
}
