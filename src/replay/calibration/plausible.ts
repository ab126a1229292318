/**
 * Whether assumed numbers can be those of the recorded instances: what was typed against what the recording shows.
 *
 * A caution, not a refusal: a what-if may well be about faster instances. Rules: docs/rules/replay.md (CAL-12).
 */
import type { Calibration, ReplayAssumptions } from '../../core/contract/shapes.ts';
import type { Phrase } from '../../core/messages/terms.ts';

const windowMinutes = 10;
/** Deviations of a count beyond which chance is no explanation, over all windows of weeks. */
const deviations = 5;
/** A throughput above the interval by this factor is called too high: work may have become faster by less. */
const farAbove = 1.25;
const farOffLaunch = 2;
const minLaunches = 5;

export interface PlausibleInput {
  readonly assumptions: Pick<ReplayAssumptions, 'throughputPerInstancePerMinute' | 'launchDelaySeconds'>;
  readonly calibration: Calibration;
  /** Per minute, NaN is missing. */
  readonly deleted: Float64Array;
  readonly inService: Float64Array;
}

/** @returns what does not fit, for `phrases`; empty when all may be. Throws nothing. */
export function implausibleAssumptions({ assumptions, calibration, deleted, inService }: PlausibleInput): Phrase[] {
  const { throughputPerInstancePerMinute: typed, launchDelaySeconds: launch } = assumptions;
  const found: Phrase[] = [];
  const seen = busiestMinutes(deleted, inService, typed);
  if (seen !== null)
    found.push({ term: 'throughput-below-recorded', params: { typed: round(typed), seen: round(seen) } });
  const { throughputInterval: interval } = calibration;
  if (seen === null && interval != null && typed > interval.high * farAbove) {
    const params = { typed: round(typed), low: round(interval.low), high: round(interval.high) };
    found.push({ term: 'throughput-above-recorded', params });
  }
  const seconds = (calibration.launchSamples ?? []).map((sample) => sample.seconds).sort((a, b) => a - b);
  const shortest = seconds[0]!;
  const longest = seconds.at(-1)!;
  if (seconds.length >= minLaunches && (launch < shortest / farOffLaunch || launch > longest * farOffLaunch)) {
    const params = { typed: round(launch), shortest: round(shortest), longest: round(longest) };
    found.push({ term: 'launch-unlike-recorded', params });
  }
  return found;
}

/**
 * The most that ten minutes of an unchanged fleet show an instance to do, if that is more than assumed beyond all chance;
 * else null.
 */
function busiestMinutes(deleted: Float64Array, inService: Float64Array, typed: number): number | null {
  let most: number | null = null;
  for (let from = 0; from + windowMinutes <= Math.min(deleted.length, inService.length); from++) {
    const instances = inService[from]!;
    let done = 0;
    let steady = instances > 0;
    for (let minute = from; minute < from + windowMinutes; minute++) {
      done += deleted[minute]!;
      if (inService[minute] !== instances) steady = false;
    }
    // A missing datapoint makes the sum NaN, which is greater than nothing.
    const surely = (done - deviations * Math.sqrt(done)) / (instances * windowMinutes);
    if (steady && surely > typed) most = Math.max(most ?? 0, done / (instances * windowMinutes));
  }
  return most;
}

/** Three significant digits: enough to compare by. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
