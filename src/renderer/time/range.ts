/**
 * The one time range that drives every chart: its kinds, and the history of ranges one can walk (UX-10, UX-11, UX-12).
 *
 * Pure. `now` is the connection's own clock (a virtual one in the demo). Not here: reading typed text (time/parseRange.ts).
 */
import type { TimeRange } from '../../core/contract/shapes.ts';

export type RangeSpec =
  /** "last 3 h": moves with now */
  | { readonly kind: 'sliding'; readonly lengthMs: number }
  /** "since 14:02": grows */
  | { readonly kind: 'since'; readonly fromMs: number }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

export const shortestRangeMs = 60_000;
/** CloudWatch keeps 455 days; a longer range has nothing to show. */
export const longestRangeMs = 455 * 86_400_000;

const minuteMs = 60_000;

/** From and to, on whole minutes, so that a moving range asks anew once a minute and not on every tick of the clock. */
export function resolveRange(spec: RangeSpec, nowMs: number): TimeRange {
  const now = Math.ceil(nowMs / minuteMs) * minuteMs;
  if (spec.kind === 'fixed') return { fromMs: spec.fromMs, toMs: spec.toMs };
  if (spec.kind === 'sliding') return { fromMs: Math.max(0, now - spec.lengthMs), toMs: now };
  return { fromMs: spec.fromMs, toMs: Math.max(now, spec.fromMs + shortestRangeMs) };
}

/** The same span, no longer moving. */
export function freeze(spec: RangeSpec, nowMs: number): RangeSpec {
  return { kind: 'fixed', ...resolveRange(spec, nowMs) };
}

/** Twice as long about the same middle; one that reaches now stays sliding. */
export function zoomOut(spec: RangeSpec, nowMs: number): RangeSpec {
  if (spec.kind === 'sliding') return { kind: 'sliding', lengthMs: Math.min(longestRangeMs, spec.lengthMs * 2) };
  const { fromMs, toMs } = resolveRange(spec, nowMs);
  const half = (toMs - fromMs) / 2;
  return fixedRange(fromMs - half, toMs + half);
}

/** Half a length earlier (-1) or later (1). */
export function shiftRange(spec: RangeSpec, nowMs: number, direction: -1 | 1): RangeSpec {
  const { fromMs, toMs } = resolveRange(spec, nowMs);
  const step = ((toMs - fromMs) / 2) * direction;
  return fixedRange(fromMs + step, toMs + step);
}

/** Ends in order, at least a minute apart, not before 1970. */
export function fixedRange(aMs: number, bMs: number): RangeSpec {
  const fromMs = Math.max(0, Math.round(Math.min(aMs, bMs)));
  const toMs = Math.round(Math.max(aMs, bMs));
  return { kind: 'fixed', fromMs, toMs: Math.min(Math.max(toMs, fromMs + shortestRangeMs), fromMs + longestRangeMs) };
}

export function sameRange(a: RangeSpec, b: RangeSpec): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface RangeHistory {
  readonly entries: readonly RangeSpec[];
  readonly index: number;
}

/** UX-11 asks for at least 20. */
export const historyLimit = 50;

export function startHistory(spec: RangeSpec): RangeHistory {
  return { entries: [spec], index: 0 };
}

export function currentRange(history: RangeHistory): RangeSpec {
  return history.entries[history.index]!;
}

/** What lay forward is dropped, as in a browser. */
export function pushRange(history: RangeHistory, spec: RangeSpec): RangeHistory {
  if (sameRange(spec, currentRange(history))) return history;
  const entries = [...history.entries.slice(0, history.index + 1), spec].slice(-historyLimit);
  return { entries, index: entries.length - 1 };
}

export function walkHistory(history: RangeHistory, step: -1 | 1): RangeHistory {
  const index = history.index + step;
  return index < 0 || index >= history.entries.length ? history : { ...history, index };
}
