/**
 * Queues as flows: what a backlog does at rates that are known. The fluid plant (replay) must give the same, to rounding.
 *
 * One unit of time for rates and times (all per minute and minutes, or all per second and seconds). Not here: recorded
 * traffic (replay/plants/fluid.ts), only the time to drain (core/capacity/backlog.ts).
 */
import { timeToDrain } from '../capacity/backlog.ts';

export interface Drain {
  /** Change of the backlog per unit of time; negative while it drains. */
  readonly netRate: number;
  /** Infinity when it does not drain. */
  readonly drainTime: number;
  /** Backlog times time until it is gone: also the sum of all waits of those in it (Little). */
  readonly area: number;
  readonly meanBacklog: number;
}

/** A backlog at constant rates. */
export function drain(backlog: number, arrivalRate: number, serviceRate: number): Drain {
  const drainTime = timeToDrain(backlog, arrivalRate, serviceRate);
  return {
    netRate: arrivalRate - serviceRate,
    drainTime,
    area: backlog === 0 ? 0 : (backlog * drainTime) / 2,
    meanBacklog: backlog / 2,
  };
}

export interface StepResponse {
  readonly peakBacklog: number;
  /** From the step; 0 when nothing piles up. */
  readonly peakTime: number;
  readonly drainAfterPeak: number;
  /** From the step until the backlog is gone. */
  readonly overloadTime: number;
  readonly area: number;
  readonly maxHeadAge: number;
  /** Messages that had to wait: all that arrive until the backlog is gone. */
  readonly delayed: number;
  readonly meanWaitOfDelayed: number;
}

/**
 * Arrivals jump to a new rate on an empty queue; capacity follows some time later.
 *
 * The head's age grows by (1 - service/arrivals) per unit of time while the old capacity works, and is largest when the new
 * one begins.
 *
 * @param arrivalRate  after the step
 * @param serviceBefore capacity until `reactionTime`
 * @param serviceAfter  from then on
 * @param reactionTime  detection and launch and warm-up together
 */
export function stepResponse(
  arrivalRate: number,
  serviceBefore: number,
  serviceAfter: number,
  reactionTime: number,
): StepResponse {
  const growth = arrivalRate - serviceBefore;
  if (growth <= 0) {
    return {
      peakBacklog: 0,
      peakTime: 0,
      drainAfterPeak: 0,
      overloadTime: 0,
      area: 0,
      maxHeadAge: 0,
      delayed: 0,
      meanWaitOfDelayed: 0,
    };
  }
  const peakBacklog = growth * reactionTime;
  const drainAfterPeak = timeToDrain(peakBacklog, arrivalRate, serviceAfter);
  const overloadTime = reactionTime + drainAfterPeak;
  const area = (peakBacklog * overloadTime) / 2;
  const delayed = arrivalRate * overloadTime;
  const forEver = overloadTime === Number.POSITIVE_INFINITY;
  return {
    peakBacklog: forEver ? Number.POSITIVE_INFINITY : peakBacklog,
    peakTime: forEver ? Number.POSITIVE_INFINITY : reactionTime,
    drainAfterPeak,
    overloadTime,
    area,
    maxHeadAge: forEver ? Number.POSITIVE_INFINITY : reactionTime * (1 - serviceBefore / arrivalRate),
    delayed,
    meanWaitOfDelayed: forEver ? Number.POSITIVE_INFINITY : area / delayed,
  };
}

export interface Wave {
  /** When arrivals exceed the capacity for the first time, when the backlog is largest, when it is gone. */
  readonly startTime: number;
  readonly peakTime: number;
  readonly emptyTime: number;
  readonly overloadTime: number;
  readonly peakBacklog: number;
  readonly area: number;
  /** Mean arrivals over capacity, of the wave alone: one period, or the triangle. */
  readonly utilization: number;
}

/**
 * Arrivals swing as mean + amplitude sin(2 pi t / period) over a fixed capacity.
 *
 * @returns null when the capacity is never exceeded, or not enough for the mean (the backlog is never gone)
 */
export function sinusoidalOverload(mean: number, amplitude: number, period: number, capacity: number): Wave | null {
  if (capacity >= mean + amplitude || capacity <= mean) return null;
  const omega = (2 * Math.PI) / period;
  const startTime = Math.asin((capacity - mean) / amplitude) / omega;
  const peakTime = period / 2 - startTime;
  const backlog = (time: number) =>
    (mean - capacity) * (time - startTime) +
    (amplitude / omega) * (Math.cos(omega * startTime) - Math.cos(omega * time));
  // Falls from the peak on and is below zero a period after the start, when the mean's shortfall has worked alone.
  const emptyTime = falls(backlog, peakTime, startTime + period);
  const busy = emptyTime - startTime;
  const area =
    ((mean - capacity) * busy ** 2) / 2 +
    (amplitude / omega) *
      (Math.cos(omega * startTime) * busy - (Math.sin(omega * emptyTime) - Math.sin(omega * startTime)) / omega);
  return {
    startTime,
    peakTime,
    emptyTime,
    overloadTime: busy,
    peakBacklog: backlog(peakTime),
    area,
    utilization: mean / capacity,
  };
}

/**
 * Arrivals rise straight from `base` to `peak` and fall straight back, over a fixed capacity between the two.
 *
 * @returns null when the capacity is never exceeded or below the base (the backlog is never gone)
 */
export function triangularOverload(
  base: number,
  peak: number,
  riseTime: number,
  fallTime: number,
  capacity: number,
): Wave | null {
  if (capacity >= peak || capacity <= base) return null;
  const startTime = (riseTime * (capacity - base)) / (peak - base);
  const over = peak - capacity;
  const peakTime = riseTime + (fallTime * over) / (peak - base);
  const rising = riseTime - startTime;
  const peakBacklog = (over * (peakTime - startTime)) / 2;
  const fallRate = (peak - base) / fallTime;
  const end = riseTime + fallTime;
  // After the peak the backlog falls as a parabola until arrivals are back at the base, then straight.
  const parabola = Math.sqrt((2 * peakBacklog) / fallRate);
  const inParabola = peakTime + parabola <= end;
  const atEnd = peakBacklog - (fallRate * (end - peakTime) ** 2) / 2;
  const emptyTime = inParabola ? peakTime + parabola : end + atEnd / (capacity - base);
  const falling = peakTime - riseTime;
  const atTop = (over * rising) / 2;
  const down = inParabola ? parabola : end - peakTime;
  const area =
    (atTop * rising) / 3 +
    // Between the top of the triangle and the peak of the backlog: the peak less a parabola.
    peakBacklog * falling -
    (fallRate * falling ** 3) / 6 +
    (peakBacklog * down - (fallRate * down ** 3) / 6) +
    (inParabola ? 0 : (atEnd * (emptyTime - end)) / 2);
  const meanArrivals = (base + peak) / 2;
  return {
    startTime,
    peakTime,
    emptyTime,
    overloadTime: emptyTime - startTime,
    peakBacklog,
    area,
    utilization: meanArrivals / capacity,
  };
}

/** Where a function that is positive at `from` and not at `to` crosses zero, by halving to the last bit. */
function falls(value: (time: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (value(middle) > 0) low = middle;
    else high = middle;
  }
}
