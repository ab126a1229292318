/**
 * Scaling actions, one per change of desired capacity: from a desired column or from scaling activities.
 */
import type { RecordedActivity, ScalingAction } from './types.ts';

/** Activities of one direction that start within this time belong to one action: a group launches instance by instance. */
const SAME_ACTION_MS = 30_000;

/**
 * @param desired per minute, NaN where not recorded; a change across a hole counts at the minute it shows
 * @param times   start of each minute, epoch seconds
 */
export function actionsFromDesired(desired: ArrayLike<number>, times: ArrayLike<number>): ScalingAction[] {
  const actions: ScalingAction[] = [];
  let before = Number.NaN;
  for (let index = 0; index < desired.length; index++) {
    const value = desired[index]!;
    if (Number.isNaN(value)) continue;
    if (value !== before && !Number.isNaN(before)) {
      // A column only knows the minute: its middle is at most half a minute off.
      actions.push({ atMs: (times[index]! + 30) * 1000, direction: value > before ? 'out' : 'in' });
    }
    before = value;
  }
  return actions;
}

/** Launches and terminations, gathered into actions, oldest first. Activities that failed count: the policy did act. */
export function actionsFromActivities(activities: readonly RecordedActivity[]): ScalingAction[] {
  const actions: ScalingAction[] = [];
  const sorted = activities.filter(({ direction }) => direction !== 'other').toSorted((a, b) => a.startMs - b.startMs);
  const newestMs = { out: Number.NEGATIVE_INFINITY, in: Number.NEGATIVE_INFINITY };
  for (const { direction, startMs } of sorted) {
    const side = direction === 'launch' ? 'out' : 'in';
    if (startMs - newestMs[side] > SAME_ACTION_MS) actions.push({ atMs: startMs, direction: side });
    newestMs[side] = startMs;
  }
  return actions;
}
