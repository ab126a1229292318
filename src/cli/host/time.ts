/**
 * Real time, for everything below that must not take it itself.
 */
export interface HostTime {
  nowMs(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  setTimer(ms: number, run: () => void): () => void;
  /** Calls back once, after what has come in by now. */
  afterTurn?(run: () => void): void;
}

export const hostTime: HostTime = {
  nowMs: () => Date.now(),
  setTimer(ms, run) {
    const timer = setTimeout(run, Math.min(ms, 0x7fffffff));
    return () => clearTimeout(timer);
  },
  afterTurn: (run) => void setImmediate(run),
};
