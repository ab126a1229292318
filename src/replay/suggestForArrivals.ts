/**
 * Setups to start from where nothing is deployed: thresholds and sizes from the arrivals, the throughput and the age goal.
 *
 * Ordinary settings a person would try first, not an optimum. Rules: docs/rules/replay.md (SUG-04 to SUG-06).
 */
import type { ReplayAlarm, ReplayAssumptions, ReplaySetup } from '../core/contract/shapes.ts';

type Step = ReplaySetup['policies'][number]['policy']['steps'][number];
type Given = Pick<ReplayAssumptions, 'throughputPerInstancePerMinute' | 'launchDelaySeconds' | 'ageGoalSeconds'>;

/** Instances an ordinary minute is to need when the throughput is not known at all (SUG-06). */
const ORDINARY_INSTANCES = 4;
/** Minutes the backlog must be small before one instance leaves. */
const QUIET_MINUTES = 30;

/**
 * @param arrivals messages per minute; NaN is a hole
 * @returns two setups: one on the backlog, one on the backlog per instance; none without arrivals
 */
export function suggestForArrivals(arrivals: ArrayLike<number>, given: Given): ReplaySetup[] {
  const known = sortedKnown(arrivals);
  if (known.length === 0) return [];
  const { throughputPerInstancePerMinute: throughput, ageGoalSeconds } = given;
  const minSize = Math.max(1, Math.min(5_000, Math.ceil(quantile(known, 0.25) / throughput)));
  const maxSize = Math.max(minSize + 1, Math.min(10_000, Math.ceil((1.5 * quantile(known, 0.999)) / throughput)));
  // What one instance works off within the goal: more than that behind it is late.
  const acceptable = Math.max(1, Math.round((throughput * ageGoalSeconds) / 60));
  const group = {
    minSize,
    maxSize,
    defaultInstanceWarmupSeconds: Math.round(given.launchDelaySeconds),
    defaultCooldownSeconds: 300,
  };
  const threshold = Math.max(1, Math.round((acceptable * minSize) / 4));
  const some = Math.max(1, Math.round(minSize / 4));
  return [
    {
      label: 'Steps on the backlog',
      group,
      policies: [
        driven('scale-out', alarm('backlog-high', 'depth', threshold, 1, true), 'ChangeInCapacity', [
          { lowerBound: 0, upperBound: threshold * 2, adjustment: some },
          { lowerBound: threshold * 2, upperBound: threshold * 6, adjustment: some * 2 },
          { lowerBound: threshold * 6, upperBound: null, adjustment: some * 4 },
        ]),
        driven('scale-in', alarm('backlog-low', 'depth', threshold / 10, QUIET_MINUTES, false), 'ChangeInCapacity', [
          { lowerBound: null, upperBound: 0, adjustment: -1 },
        ]),
      ],
    },
    {
      label: 'Percent on the backlog per instance',
      group,
      policies: [
        driven(
          'scale-out',
          alarm('backlog-per-instance-high', 'backlogPerInstance', Math.max(1, acceptable / 4), 1, true),
          'PercentChangeInCapacity',
          [
            { lowerBound: 0, upperBound: acceptable / 2, adjustment: 25 },
            { lowerBound: acceptable / 2, upperBound: null, adjustment: 50 },
          ],
        ),
        driven(
          'scale-in',
          alarm('backlog-per-instance-low', 'backlogPerInstance', acceptable / 40, QUIET_MINUTES, false),
          'PercentChangeInCapacity',
          [{ lowerBound: null, upperBound: 0, adjustment: -10 }],
        ),
      ],
    },
  ];
}

/**
 * A throughput to begin with where nothing tells it: with it an ordinary minute needs four instances, so that there is
 * something to scale. Two significant digits: it is a guess and should look like one (SUG-06).
 *
 * @returns null without arrivals
 */
export function guessThroughput(arrivals: ArrayLike<number>): number | null {
  const known = sortedKnown(arrivals);
  const ordinary = known.length === 0 ? 0 : known.reduce((sum, sent) => sum + sent, 0) / known.length;
  return ordinary > 0 ? Number((ordinary / ORDINARY_INSTANCES).toPrecision(2)) : null;
}

function alarm(
  name: string,
  measure: ReplayAlarm['measure'],
  threshold: number,
  periods: number,
  high: boolean,
): ReplayAlarm {
  return {
    name,
    measure,
    statistic: 'Maximum',
    periodSeconds: 60,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    threshold,
    comparisonOperator: high ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold',
    treatMissingData: 'missing',
    phaseSeconds: 0,
  };
}

function driven(
  name: string,
  by: ReplayAlarm,
  adjustmentType: 'ChangeInCapacity' | 'PercentChangeInCapacity',
  steps: Step[],
): ReplaySetup['policies'][number] {
  return {
    policy: {
      name,
      adjustmentType,
      steps,
      minAdjustmentMagnitude: adjustmentType === 'PercentChangeInCapacity' ? 1 : null,
      metricAggregationType: 'Maximum',
      estimatedInstanceWarmupSeconds: null,
      enabled: true,
    },
    alarm: by,
  };
}

function sortedKnown(arrivals: ArrayLike<number>): Float64Array {
  return Float64Array.from(arrivals)
    .filter((sent) => !Number.isNaN(sent))
    .sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
