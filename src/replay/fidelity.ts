/**
 * How far to trust the what-if: the deployed setup replayed, held against the fleet that was recorded.
 *
 * Which minutes are not compared is leftOut.ts. Rules: docs/rules/replay.md (FID-01 to FID-10).
 */

import type { Decision, Fidelity } from '../core/contract/shapes.ts';
import { actionsFromDesired } from './actions.ts';
import { leftOutMinutes, tellsNothing } from './leftOut.ts';
import { alarmsOfSetup } from './scalers/plan.ts';
import type { FidelityInput, ScalingAction } from './types.ts';

/** @returns shares 0 to 1, errors in instances and seconds; null where there is nothing to measure. Throws nothing. */
export function measureFidelity(input: FidelityInput): Fidelity {
  const replayed = input.run.columns;
  const recorded = input.recorded.columns;
  const minutes = Math.min(replayed.times.length, recorded.times.length);
  const { fleet, plant, stretches } = leftOutMinutes(input, minutes);
  let compared = 0;
  let equal = 0;
  let absolute = 0;
  for (let minute = 0; minute < minutes; minute++) {
    if (tellsNothing(fleet, minute)) continue;
    compared++;
    if (replayed.desired[minute] === recorded.desired[minute]) equal++;
    absolute += Math.abs(replayed.inService[minute]! - recorded.inService[minute]!);
  }
  const matched = matchActions(input, recorded.times, fleet);
  return {
    minutesCompared: compared,
    minutesLeftOut: minutes - compared,
    leftOut: stretches,
    equalDesiredShare: compared > 0 ? equal / compared : 0,
    meanAbsoluteErrorInstances: compared > 0 ? absolute / compared : 0,
    ...matched,
    backlogNrmse: normalizedError(replayed.backlog, recorded.backlog, plant),
    ageNrmse: normalizedError(replayed.ageSeconds, recorded.ageSeconds, plant),
    costErrorShare: shareOfError(input.run.summary.costUsd, input.recorded.summary.costUsd),
  };
}

type ActionFidelity = Pick<Fidelity, 'actionPrecision' | 'actionRecall' | 'medianTimingErrorSeconds'>;

/** Each replayed action is paired with the nearest free recorded one of its direction within one alarm period. */
function matchActions(input: FidelityInput, times: Float64Array, leftOut: Uint8Array): ActionFidelity {
  const startMs = (times[0] ?? 0) * 1000;
  const comparable = ({ atMs }: ScalingAction) => {
    const minute = Math.floor((atMs - startMs) / 60_000);
    return minute >= 0 && minute < leftOut.length && !tellsNothing(leftOut, minute);
  };
  const replayed = actionsFromDecisions(input.run.decisions).filter(comparable);
  const recordedActions = input.recordedActions ?? actionsFromDesired(input.recorded.columns.desired, times);
  const recorded = recordedActions.filter(comparable);
  const periods = alarmsOfSetup(input.run.setup).map(({ periodSeconds }) => periodSeconds);
  // What has no alarm looks at the queue at least once a minute.
  const toleranceMs = (periods.length === 0 ? 60 : Math.min(...periods)) * 1000;
  const pairs = replayed
    .flatMap((ours, left) =>
      recorded.map((theirs, right) => ({
        left,
        right,
        apartMs: ours.direction === theirs.direction ? Math.abs(ours.atMs - theirs.atMs) : Number.POSITIVE_INFINITY,
      })),
    )
    .filter(({ apartMs }) => apartMs <= toleranceMs)
    .sort((a, b) => a.apartMs - b.apartMs);
  const takenLeft = new Set<number>();
  const takenRight = new Set<number>();
  const errorsMs: number[] = [];
  for (const { left, right, apartMs } of pairs) {
    if (takenLeft.has(left) || takenRight.has(right)) continue;
    takenLeft.add(left);
    takenRight.add(right);
    errorsMs.push(apartMs); // nearest first, so already in order
  }
  return {
    actionPrecision: replayed.length > 0 ? errorsMs.length / replayed.length : null,
    actionRecall: recorded.length > 0 ? errorsMs.length / recorded.length : null,
    medianTimingErrorSeconds: errorsMs.length > 0 ? median(errorsMs) / 1000 : null,
  };
}

/** The decisions that changed desired capacity. */
function actionsFromDecisions(decisions: readonly Decision[]): ScalingAction[] {
  const actions: ScalingAction[] = [];
  for (const { atMs, desiredBefore, desiredAfter, blockedBy } of decisions) {
    if (blockedBy !== null || desiredAfter === desiredBefore) continue;
    // Policies that decided in one second made one change (MULTI-01).
    if (actions.at(-1)?.atMs === atMs) continue;
    actions.push({ atMs, direction: desiredAfter > desiredBefore ? 'out' : 'in' });
  }
  return actions;
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Root mean square error over the recorded range of values; null when the recording is flat or empty. */
function normalizedError(replayed: Float64Array, recorded: Float64Array, leftOut: Uint8Array): number | null {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  let squares = 0;
  let compared = 0;
  for (let minute = 0; minute < leftOut.length; minute++) {
    const truth = recorded[minute]!;
    if (tellsNothing(leftOut, minute) || Number.isNaN(truth)) continue;
    smallest = Math.min(smallest, truth);
    largest = Math.max(largest, truth);
    squares += (replayed[minute]! - truth) ** 2;
    compared++;
  }
  return compared > 0 && largest > smallest ? Math.sqrt(squares / compared) / (largest - smallest) : null;
}

/** Signed: positive when the replay costs more than was recorded. */
function shareOfError(replayed: number, recorded: number): number | null {
  return recorded > 0 ? (replayed - recorded) / recorded : null;
}
