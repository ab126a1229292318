/**
 * One possible world: assumptions, delays and evaluation seconds drawn around those that were assumed (UNC-01 to UNC-06).
 *
 * A spread of 0 leaves what it spreads exactly as assumed.
 */
import type { ReplayAlarm, ReplayAssumptions, ReplaySetup } from '../../core/contract/shapes.ts';
import { type Distribution, empirical, lognormal } from '../../core/distributions/index.ts';
import { type Random, seededRandom } from '../../core/time/random.ts';
import type { RecordedDelays } from '../group.ts';

export interface Spreads {
  /** Coefficient of variation of the mean throughput of an instance, from world to world (UNC-01). */
  readonly throughputCv: number;
  /** Of single launches and terminations around the assumed ones (UNC-02). */
  readonly launchDelayCv: number;
  readonly terminateDelayCv: number;
  /** What single ones took in the recording; where there are any they are drawn instead of the above (UNC-03). */
  readonly recordedDelays: RecordedDelays;
  /** Publication delay of metrics, evenly between the two, one for each world (UNC-04). */
  readonly metricDelaySeconds: { readonly minimum: number; readonly maximum: number };
  /** Each alarm at a second of its own, any alike (UNC-05). */
  readonly anyPhase: boolean;
}

export interface World {
  readonly setup: ReplaySetup;
  readonly assumptions: ReplayAssumptions;
  readonly delays: RecordedDelays | null;
}

/** Launches of one run with times of their own; further ones take the constant. */
const MOST_DRAWN = 2_000;

export function drawWorld(setup: ReplaySetup, assumptions: ReplayAssumptions, spreads: Spreads, random: Random): World {
  const { throughputCv, metricDelaySeconds, anyPhase } = spreads;
  const { minimum, maximum } = metricDelaySeconds;
  const throughput = assumptions.throughputPerInstancePerMinute;
  return {
    setup: anyPhase ? otherPhases(setup, random.stream('phase')) : setup,
    assumptions: {
      ...assumptions,
      throughputPerInstancePerMinute:
        throughputCv > 0 ? lognormal(throughput, throughputCv).sample(random.stream('throughput')) : throughput,
      metricDelaySeconds: minimum + (maximum - minimum) * random.stream('metric').next(),
    },
    delays: delaysOfWorld(assumptions, spreads, random),
  };
}

/** Alarms of one name are one alarm and keep one second. */
function otherPhases(setup: ReplaySetup, random: Random): ReplaySetup {
  const phases = new Map<string, number>();
  const another = <Driven extends { readonly alarm: ReplayAlarm }>(driven: Driven): Driven => {
    const { alarm } = driven;
    const phaseSeconds = phases.get(alarm.name) ?? Math.floor(random.next() * 60);
    phases.set(alarm.name, phaseSeconds);
    return { ...driven, alarm: { ...alarm, phaseSeconds } };
  };
  return {
    ...setup,
    policies: setup.policies.map(another),
    ...(setup.simple === undefined ? {} : { simple: setup.simple.map(another) }),
    ...(setup.tracking === undefined
      ? {}
      : { tracking: setup.tracking.map((policy) => ({ ...policy, phaseSeconds: Math.floor(random.next() * 60) })) }),
  };
}

function delaysOfWorld(
  { launchDelaySeconds, terminateDelaySeconds }: ReplayAssumptions,
  { launchDelayCv, terminateDelayCv, recordedDelays }: Spreads,
  random: Random,
): RecordedDelays | null {
  const launch = delayOf(launchDelaySeconds, launchDelayCv, recordedDelays.launchSeconds);
  const terminate = delayOf(terminateDelaySeconds, terminateDelayCv, recordedDelays.terminateSeconds);
  if (launch === null && terminate === null) return null;
  return {
    launchSeconds: drawn(launch, random.stream('launch')),
    terminateSeconds: drawn(terminate, random.stream('terminate')),
  };
}

/** Single launches and terminations around the assumed ones (REP-63). */
export function drawDelays(
  { launchDelaySeconds, terminateDelaySeconds }: ReplayAssumptions,
  cv: number,
  seed: number,
): RecordedDelays {
  const random = seededRandom(seed, 'delays');
  return {
    launchSeconds: drawn(delayOf(launchDelaySeconds, cv, []), random.stream('launch')),
    terminateSeconds: drawn(delayOf(terminateDelaySeconds, cv, []), random.stream('terminate')),
  };
}

/** @returns null: the constant, whatever world it is */
function delayOf(meanSeconds: number, cv: number, recorded: readonly number[]): Distribution | null {
  if (recorded.length > 0) return empirical(recorded);
  return cv > 0 && meanSeconds > 0 ? lognormal(meanSeconds, cv) : null;
}

function drawn(from: Distribution | null, random: Random): number[] {
  return from === null ? [] : Array.from({ length: MOST_DRAWN }, () => from.sample(random));
}
