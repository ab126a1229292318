/**
 * What the recording itself says about the plant: throughput per instance, and how long a launch takes.
 *
 * Throughput shows only while the instances have work all the time; such minutes are called saturated. Where there are too
 * few, nothing is guessed: the value is null and `missing` says what would be needed. Rules: docs/rules/replay.md (CAL-01
 * to CAL-06).
 */
import type { Calibration } from '../core/contract/shapes.ts';
import type { CalibrationNeed } from '../core/messages/calibration.ts';
import { askedAtMs } from './actions.ts';
import type { CalibrationInput } from './types.ts';

/** Fewer saturated minutes than this say nothing. */
const MIN_SATURATED_MINUTES = 5;
/** Backlog of this and both neighbouring minutes must be this share of the minute's work to have been there throughout. */
const BACKLOG_SHARE_OF_WORK = 0.25;

/** @returns medians with the half-width of the middle 50 %, how much they rest on, and what is missing. Throws nothing. */
export function calibrate(input: CalibrationInput): Calibration {
  const missing: CalibrationNeed[] = [];
  const { deleted, backlog, inService } = input;
  if (deleted === null) missing.push('deleted-metric');
  if (backlog === null) missing.push('backlog-metric');
  if (inService === null) missing.push('in-service-metric');
  const rates = deleted && backlog && inService ? saturatedRates(deleted, backlog, inService) : [];
  const enough = rates.length >= MIN_SATURATED_MINUTES;
  if (missing.length === 0 && !enough) missing.push('saturated-minutes');
  const launchSeconds = durationsSeconds(input, 'launch');
  const terminateSeconds = durationsSeconds(input, 'terminate');
  if (launchSeconds.length === 0) missing.push('launches');
  return {
    throughputPerInstancePerMinute: enough ? quantile(rates, 0.5) : null,
    throughputSpread: enough ? (quantile(rates, 0.75) - quantile(rates, 0.25)) / 2 : null,
    saturatedMinutesUsed: rates.length,
    launchDelaySeconds: launchSeconds.length > 0 ? quantile(launchSeconds, 0.5) : null,
    launchesUsed: launchSeconds.length,
    terminateDelaySeconds: terminateSeconds.length > 0 ? quantile(terminateSeconds, 0.5) : null,
    terminationsUsed: terminateSeconds.length,
    missing,
  };
}

/** Messages per instance in every saturated minute, sorted. */
function saturatedRates(deleted: Float64Array, backlog: Float64Array, inService: Float64Array): number[] {
  const rates: number[] = [];
  const minutes = Math.min(deleted.length, backlog.length, inService.length);
  for (let minute = 1; minute < minutes - 1; minute++) {
    const instances = inService[minute]!;
    const done = deleted[minute]!;
    // Written so that a missing datapoint (NaN) anywhere fails the test.
    const steady = instances > 0 && inService[minute - 1] === instances && inService[minute + 1] === instances;
    const work = Math.max(1, done * BACKLOG_SHARE_OF_WORK);
    const loaded = backlog[minute - 1]! >= work && backlog[minute]! >= work && backlog[minute + 1]! >= work;
    if (steady && loaded && done > 0) rates.push(done / instances);
  }
  return rates.sort((a, b) => a - b);
}

/**
 * How long every finished launch or termination took, sorted: from the request, where its cause names it (a policy acts
 * some seconds before the group does, ALARM-22), to the activity's end.
 */
function durationsSeconds(input: CalibrationInput, direction: 'launch' | 'terminate'): number[] {
  const seconds: number[] = [];
  for (const activity of input.activities) {
    const { successful, endMs } = activity;
    if (activity.direction !== direction || !successful || endMs === null) continue;
    seconds.push((endMs - askedAtMs(activity)) / 1000);
  }
  return seconds.sort((a, b) => a - b);
}

/** Linear between the neighbours; `sorted` is not empty. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const lower = sorted[below]!;
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return lower + (upper - lower) * (at - below);
}
