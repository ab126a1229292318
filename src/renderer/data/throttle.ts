/**
 * Runs a thing at most once per interval: the first time at once, then once more at the end if it was asked for meanwhile.
 *
 * Clock and timer are handed in.
 */
export interface ThrottleHost {
  nowMs(): number;
  setTimer(ms: number, run: () => void): () => void;
}

export function throttle(host: ThrottleHost, intervalMs: number, run: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let waiting = false;
  return () => {
    if (waiting) return;
    const waitMs = lastMs + intervalMs - host.nowMs();
    if (waitMs <= 0) {
      lastMs = host.nowMs();
      run();
      return;
    }
    waiting = true;
    host.setTimer(waitMs, () => {
      waiting = false;
      lastMs = host.nowMs();
      run();
    });
  };
}
