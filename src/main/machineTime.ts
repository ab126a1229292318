/**
 * The machine's clock and timers, made here once and handed on: nothing below main and cli reads them itself.
 */
export interface HostTime {
  nowMs(): number;
  /** @returns a function that cancels; cancelling after it ran does nothing */
  setTimer(ms: number, run: () => void): () => void;
  /** Calls back once, after what has come in by now. */
  afterTurn?(run: () => void): void;
}

export const machineTime: HostTime = {
  nowMs: () => Date.now(),
  setTimer(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  afterTurn: (run) => void setImmediate(run),
};
