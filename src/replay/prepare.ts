/**
 * What a replay works out before its first minute, whichever loop runs it.
 */
import { evaluationRangeLength } from '../core/alarms/evaluate.ts';
import type { ReplayAlarm, ReplayAssumptions, ReplaySetup } from '../core/contract/shapes.ts';
import { effectiveWarmupSeconds } from '../core/scaling/warmup.ts';
import { fillHoles } from './holes.ts';
import { alarmsOfSetup } from './scalers/plan.ts';
import type { ReplayInput } from './types.ts';

/** The arrivals that the plant gets: without holes, times the assumed factor. */
export function preparedArrivals({ arrivals, startSeconds, assumptions, options }: ReplayInput): Float64Array {
  const filled = fillHoles(arrivals, startSeconds, options?.holes).arrivals;
  const { arrivalFactor } = assumptions;
  return arrivalFactor === 1 ? filled : filled.map((sent) => sent * arrivalFactor);
}

/** Newest published minute, counted from the minute of the evaluation: a datapoint is there `metricDelaySeconds` after its
 *  minute's end (MODEL-02). At most -1. */
export function newestMinuteLag(alarm: ReplayAlarm, metricDelaySeconds: number): number {
  return Math.floor((alarm.phaseSeconds - metricDelaySeconds) / 60) - 1;
}

/** How far before the range the alarms of the setup look at most. */
export function minutesLookedBack(setup: ReplaySetup, assumptions: ReplayAssumptions): number {
  const { metricDelaySeconds, evaluationRangeExtra } = assumptions;
  return Math.max(
    0,
    ...alarmsOfSetup(setup).map((alarm) => {
      const range = evaluationRangeLength(alarm, evaluationRangeExtra);
      return (range * alarm.periodSeconds) / 60 - newestMinuteLag(alarm, metricDelaySeconds);
    }),
  );
}

/** Warm-up of launches that no policy asked for: those under way when the range begins. */
export function groupWarmupSeconds(setup: ReplaySetup): number {
  return effectiveWarmupSeconds({ estimatedInstanceWarmupSeconds: null }, setup.group);
}
