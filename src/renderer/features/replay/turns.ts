/**
 * One replay at a time: what is asked while one runs waits, and of several that wait only the newest is asked.
 *
 * The newest also says whether it is judged. Pure state; not here: the asking (useReplay.ts).
 */
export interface Turns {
  /** @returns whether to ask now; otherwise it waits until `next` */
  take(judge: boolean): boolean;
  /** After one ended: whether what waited is to be judged; null when nothing waited. */
  next(): boolean | null;
  /** What waits is no longer wanted. */
  drop(): void;
}

export function createTurns(): Turns {
  let running = false;
  let waiting: boolean | null = null;
  return {
    take(judge) {
      if (running) {
        waiting = judge;
        return false;
      }
      running = true;
      return true;
    },
    next() {
      const next = waiting;
      running = false;
      waiting = null;
      return next;
    },
    drop() {
      waiting = null;
    },
  };
}
