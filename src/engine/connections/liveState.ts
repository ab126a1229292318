/**
 * One visible word for a connection (UX-14), from what its recorder knows. Pure.
 */
import type { LiveState } from '../../core/contract/shapes.ts';
import type { ErrorValue } from '../../core/errors.ts';

export interface LiveFacts {
  readonly paused: boolean;
  readonly error: ErrorValue | null;
  /** Connection's clock. */
  readonly nowMs: number;
  /** Connection's clock when newer data last arrived; null: not yet since the start. */
  readonly lastDataAtMs: number | null;
  /** How often data is expected: the poll interval, at least a minute. */
  readonly expectedEveryMs: number;
}

/** Stale begins at this many periods without data. */
export const stalePeriods = 2.5;

export function liveStateOf(facts: LiveFacts): LiveState {
  if (facts.paused) return 'paused';
  // Being throttled is not being broken: it records, only slower.
  if (facts.error !== null && facts.error.code !== 'THROTTLED') return 'error';
  if (facts.lastDataAtMs === null) return 'connecting';
  return facts.nowMs - facts.lastDataAtMs > stalePeriods * facts.expectedEveryMs ? 'stale' : 'live';
}
