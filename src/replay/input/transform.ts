/**
 * Traces made from traces: scaled, shifted, spliced, resampled. Each gives a new trace; the given ones stay as they are.
 *
 * A hole stays a hole: what is not known does not become zero (IMP-40 to IMP-44).
 */
import type { Requests, Trace } from './types.ts';

/** Every value times a factor (IMP-40). Requests are not multiplied: a scaled trace has counts only, unless the factor is 1. */
export function scaleTrace(trace: Trace, factor: number): Trace {
  if (!(factor >= 0 && Number.isFinite(factor)))
    throw new RangeError(`factor is ${factor}, expected a number of at least 0`);
  if (factor === 1) return trace;
  const { requests: _, ...rest } = trace;
  return { ...rest, values: trace.values.map((value) => value * factor) };
}

/** The same trace at another time (IMP-41). @param seconds whole periods are not asked for; below 0: earlier */
export function shiftTrace(trace: Trace, seconds: number): Trace {
  if (!Number.isFinite(seconds)) throw new RangeError(`shift is ${seconds}, expected a number of seconds`);
  return { ...trace, startSeconds: trace.startSeconds + seconds };
}

/** The part of a trace from one instant to another, epoch seconds; buckets that lie wholly inside (IMP-42). */
export function cutTrace(trace: Trace, fromSeconds: number, toSeconds: number): Trace {
  const { startSeconds, periodSeconds, values } = trace;
  const from = Math.min(values.length, Math.max(0, Math.ceil((fromSeconds - startSeconds) / periodSeconds - 1e-9)));
  const to = Math.max(from, Math.min(values.length, Math.floor((toSeconds - startSeconds) / periodSeconds + 1e-9)));
  const first = startSeconds + from * periodSeconds;
  const cut: Trace = { ...trace, startSeconds: first, values: values.slice(from, to) };
  if (trace.requests === undefined) return cut;
  return { ...cut, requests: requestsBetween(trace.requests, from * periodSeconds, to * periodSeconds) };
}

function requestsBetween({ seconds, sizes }: Requests, fromSeconds: number, toSeconds: number): Requests {
  const first = firstAtOrAfter(seconds, fromSeconds);
  const last = firstAtOrAfter(seconds, toSeconds);
  return {
    seconds: seconds.slice(first, last).map((at) => at - fromSeconds),
    sizes: sizes.map(({ name, values }) => ({ name, values: values.slice(first, last) })),
  };
}

function firstAtOrAfter(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One trace with another put over it from an instant on (IMP-43): what the second knows replaces the first, its holes do not;
 * before and after it the first remains, and the result reaches as far as either. Between the two lies a hole.
 *
 * @param atSeconds where the second begins, epoch seconds; default: where it says
 * @throws RangeError when the periods, the quantities or the grids differ: resample or shift one of them first
 */
export function spliceTraces(base: Trace, over: Trace, atSeconds = over.startSeconds): Trace {
  const { periodSeconds, quantity } = base;
  if (over.periodSeconds !== periodSeconds) {
    throw new RangeError(
      `periods are ${periodSeconds} s and ${over.periodSeconds} s, expected equal ones; resample one`,
    );
  }
  if (over.quantity !== quantity) throw new RangeError(`a ${quantity} and a ${over.quantity} cannot be spliced`);
  const offset = (atSeconds - base.startSeconds) / periodSeconds;
  if (!Number.isInteger(offset)) {
    throw new RangeError(
      `the second trace begins ${offset} periods after the first, expected whole periods; shift one`,
    );
  }
  const startsEarlier = Math.max(0, -offset);
  const length = Math.max(base.values.length, offset + over.values.length) + startsEarlier;
  const values = new Float64Array(length).fill(Number.NaN);
  values.set(base.values, startsEarlier);
  over.values.forEach((value, index) => {
    if (!Number.isNaN(value)) values[offset + startsEarlier + index] = value;
  });
  return { startSeconds: base.startSeconds - startsEarlier * periodSeconds, periodSeconds, values, quantity };
}

/**
 * The same trace in another period (IMP-44). To longer periods counts are added up and gauges averaged; to shorter ones
 * counts are spread evenly and gauges repeated. A longer period with a hole in it is a hole: half a sum is not a sum.
 * A cut last period is a hole too. Periods that do not divide each other go by way of the share each covers.
 *
 * @param periodSeconds above 0
 * @param startSeconds  begin of the new grid; default: the trace's own start, moved back to a multiple of the period
 */
export function resampleTrace(
  trace: Trace,
  periodSeconds: number,
  startSeconds = Math.floor(trace.startSeconds / periodSeconds) * periodSeconds,
): Trace {
  if (!(periodSeconds > 0)) throw new RangeError(`period is ${periodSeconds} s, expected more than 0`);
  if (periodSeconds === trace.periodSeconds && startSeconds === trace.startSeconds) return trace;
  const { values: from, quantity } = trace;
  const end = trace.startSeconds + from.length * trace.periodSeconds;
  const buckets = Math.max(0, Math.ceil((end - startSeconds) / periodSeconds - 1e-9));
  const values = new Float64Array(buckets);
  // In seconds, which are whole: shares of periods would round.
  const lag = startSeconds - trace.startSeconds;
  const share = quantity === 'count' ? trace.periodSeconds : periodSeconds;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const left = lag + bucket * periodSeconds;
    values[bucket] = weightBetween(from, trace.periodSeconds, left, left + periodSeconds) / share;
  }
  return {
    startSeconds,
    periodSeconds,
    values,
    quantity,
    ...(trace.requests === undefined
      ? {}
      : { requests: movedRequests(trace.requests, trace.startSeconds - startSeconds) }),
  };
}

/** Sum of value times seconds over [left, right), seconds from the first period; NaN as soon as a part of it is unknown. */
function weightBetween(values: Float64Array, periodSeconds: number, left: number, right: number): number {
  let sum = 0;
  for (let at = Math.floor(left / periodSeconds); at * periodSeconds < right; at++) {
    const seconds = Math.min((at + 1) * periodSeconds, right) - Math.max(at * periodSeconds, left);
    sum += (values[at] ?? Number.NaN) * seconds;
  }
  return sum;
}

function movedRequests({ seconds, sizes }: Requests, bySeconds: number): Requests {
  return bySeconds === 0 ? { seconds, sizes } : { seconds: seconds.map((at) => at + bySeconds), sizes };
}

/** Arrivals per minute as a replay takes them. */
export function minuteArrivals(trace: Trace): { readonly startSeconds: number; readonly arrivals: Float64Array } {
  const { startSeconds, values } = resampleTrace(trace, 60);
  return { startSeconds, arrivals: values };
}
