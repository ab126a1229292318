/**
 * What the recording itself says about the plant: throughput per instance, service time, and how long a launch takes.
 *
 * Throughput shows only while the instances have work all the time; such minutes are called saturated. Where there are too
 * few, nothing is guessed: the value is null and `missing` says what would be needed. Rules: docs/rules/replay.md (CAL-01
 * to CAL-10).
 */
import type { Calibration } from '../../core/contract/shapes.ts';
import type { CalibrationLeftOut, CalibrationNeed } from '../../core/messages/calibration.ts';
import { askedAtMs } from '../actions.ts';
import type { CalibrationInput } from '../types.ts';
import { biweight, type Interval, medianWithInterval, quantile } from './robust.ts';
import { type SaturatedMinutes, saturatedMinutes } from './saturated.ts';

/** Fewer saturated minutes than this say nothing. */
const minSaturatedMinutes = 5;
/** Counts are whole: a deviation below half a message an instance says nothing. */
const leastDeviation = 0.5;
/** Samples handed on, the newest; far more than any distribution of launch times needs. */
const mostSamples = 5_000;

/** @returns estimates with 95 % intervals, how much they rest on, and what is missing. Throws nothing. */
export function calibrate(input: CalibrationInput): Calibration {
  const missing: CalibrationNeed[] = [];
  const { deleted, backlog, inService } = input;
  if (deleted === null) missing.push('deleted-metric');
  if (backlog === null) missing.push('backlog-metric');
  if (inService === null) missing.push('in-service-metric');
  const saturated = deleted && backlog && inService ? saturatedMinutes({ deleted, backlog, inService }) : null;
  const rates = saturated?.rates ?? [];
  const throughput = saturated !== null && rates.length >= minSaturatedMinutes ? throughputOf(saturated) : null;
  if (missing.length === 0 && throughput === null) missing.push('saturated-minutes');
  const launches = durations(input, 'launch');
  const terminations = durations(input, 'terminate');
  if (launches.length === 0) missing.push('launches');
  const launchDelay = medianOf(launches);
  const sortedRates = Float64Array.from(rates).sort();
  return {
    throughputPerInstancePerMinute: throughput?.value ?? null,
    throughputInterval: throughput?.interval ?? null,
    throughputSpread: throughput === null ? null : (quantile(sortedRates, 0.75) - quantile(sortedRates, 0.25)) / 2,
    saturatedMinutesUsed: rates.length,
    minutesTotal: saturated?.total ?? 0,
    minutesLeftOut: Object.entries(saturated?.leftOut ?? {}).map(([reason, minutes]) => ({
      reason: reason as CalibrationLeftOut,
      minutes,
    })),
    service: throughput && saturated && serviceOf(throughput, input, saturated),
    acceptableBacklog: throughput && acceptableBacklogOf(throughput, input.ageGoalSeconds ?? null),
    launchDelaySeconds: launchDelay?.value ?? null,
    launchDelayInterval: launchDelay?.interval ?? null,
    launchesUsed: launches.length,
    launchSamples: launches.slice(-mostSamples),
    terminateDelaySeconds: medianOf(terminations)?.value ?? null,
    terminationsUsed: terminations.length,
    missing,
  };
}

interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

function throughputOf({ minutes, rates }: SaturatedMinutes): Estimate {
  const follows = (index: number): boolean => minutes[index] === minutes[index - 1]! + 1;
  const { value, interval } = biweight(rates, leastDeviation, follows);
  // At either end of a stretch a message is counted or not by a hair: one per instance and stretch is not known.
  const stretches = minutes.filter((_, index) => index === 0 || !follows(index)).length;
  const half = Math.hypot(interval.high - value, stretches / minutes.length);
  return { value, interval: { ...interval, low: Math.max(0, value - half), high: value + half } };
}

/**
 * Mean time a message is worked on: 60 concurrency / throughput. And, where messages in flight are recorded, by Little how
 * long it is in hand: in flight per instance over throughput, the wait within a batch and for a timeout included.
 */
function serviceOf(
  { value, interval }: Estimate,
  { concurrencyPerInstance = 1, notVisible, inService }: CalibrationInput,
  { minutes }: SaturatedMinutes,
): NonNullable<Calibration['service']> | null {
  if (value <= 0) return null;
  const ofThroughput = (perMinute: number): number => (60 * concurrencyPerInstance) / perMinute;
  return {
    seconds: ofThroughput(value),
    interval:
      interval.low > 0
        ? { low: ofThroughput(interval.high), high: ofThroughput(interval.low), confidence: interval.confidence }
        : null,
    concurrencyPerInstance,
    ...inHandOf(value, notVisible ?? null, inService!, minutes),
  };
}

function inHandOf(
  throughput: number,
  notVisible: Float64Array | null,
  inService: Float64Array,
  minutes: readonly number[],
) {
  if (notVisible === null) return { inHandPerInstance: null, inHandSeconds: null };
  const perInstance = minutes
    .map((minute) => notVisible[minute]! / inService[minute]!)
    .filter((value) => !Number.isNaN(value));
  if (perInstance.length < minSaturatedMinutes) return { inHandPerInstance: null, inHandSeconds: null };
  const held = quantile(Float64Array.from(perInstance).sort(), 0.5);
  return { inHandPerInstance: held, inHandSeconds: (60 * held) / throughput };
}

/** What one instance works off within the age goal: goal over service time of one instance (AWS's backlog per instance). */
function acceptableBacklogOf({ value, interval }: Estimate, ageGoalSeconds: number | null) {
  if (ageGoalSeconds === null) return null;
  const messages = (perMinute: number): number => (ageGoalSeconds * perMinute) / 60;
  return {
    ageGoalSeconds,
    messagesPerInstance: messages(value),
    interval: { low: messages(interval.low), high: messages(interval.high), confidence: interval.confidence },
  };
}

type Sample = NonNullable<Calibration['launchSamples']>[number];

/**
 * How long every finished launch or termination took, in the order of time: from the request, where its cause names it (a
 * policy acts some seconds before the group does, ALARM-22), to the activity's end. What took no time at all was there from
 * the start, and tells nothing while others took some.
 */
function durations(input: CalibrationInput, direction: 'launch' | 'terminate'): Sample[] {
  const samples: Sample[] = [];
  for (const activity of input.activities) {
    const { successful, endMs, instanceId } = activity;
    if (activity.direction !== direction || !successful || endMs === null) continue;
    const atMs = askedAtMs(activity);
    // An end before the beginning is two clocks' disagreement.
    if (endMs >= atMs) samples.push({ atMs, instanceId, seconds: (endMs - atMs) / 1000 });
  }
  const timed = samples.filter(({ seconds }) => seconds > 0);
  return (timed.length > 0 ? timed : samples).sort((a, b) => a.atMs - b.atMs);
}

function medianOf(samples: readonly Sample[]) {
  if (samples.length === 0) return null;
  return medianWithInterval(Float64Array.from(samples, ({ seconds }) => seconds).sort());
}
