/**
 * Scaling actions, one per change of desired capacity: from a desired column or from scaling activities.
 */
import type { RecordedDelays } from './group.ts';
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

/**
 * Launches and terminations, gathered into actions, oldest first. Activities that failed count: the policy did act.
 * An action's instant is when it was asked for, where that is known, else the start of its first activity.
 */
export function actionsFromActivities(activities: readonly RecordedActivity[]): ScalingAction[] {
  const actions: ScalingAction[] = [];
  const sorted = activities
    .filter(({ direction }) => direction !== 'other')
    .toSorted((a, b) => askedAtMs(a) - askedAtMs(b));
  const newestMs = { out: Number.NEGATIVE_INFINITY, in: Number.NEGATIVE_INFINITY };
  for (const activity of sorted) {
    const side = activity.direction === 'launch' ? 'out' : 'in';
    const atMs = askedAtMs(activity);
    if (atMs - newestMs[side] > SAME_ACTION_MS) actions.push({ atMs, direction: side });
    newestMs[side] = atMs;
  }
  return actions;
}

/**
 * What each successful launch and termination took, from when it was asked for to its end, in the order of asking.
 *
 * Those that were there when the group was made took no time and belong to no policy.
 */
export function recordedDelays(activities: readonly RecordedActivity[]): RecordedDelays {
  const sorted = activities.toSorted((a, b) => askedAtMs(a) - askedAtMs(b));
  const of = (direction: RecordedActivity['direction']): number[] =>
    sorted.flatMap((activity) => {
      if (activity.direction !== direction || !activity.successful || activity.endMs === null) return [];
      const seconds = (activity.endMs - askedAtMs(activity)) / 1000;
      return seconds > 0 ? [seconds] : [];
    });
  return { launchSeconds: of('launch'), terminateSeconds: of('terminate') };
}

/** When an activity was asked for, else when it started. */
export function askedAtMs({ requestedAtMs: requested, startMs }: RecordedActivity): number {
  return requested ?? startMs;
}

/**
 * When an activity was asked for, from the words of its cause: "At 2026-03-02T07:05:13Z a monitor alarm ...".
 *
 * @returns epoch ms of the last alarm, request or schedule that the cause names before the instances themselves; null
 *          when it names none
 */
export function requestedAtMs(cause: string): number | null {
  const asked = [...cause.matchAll(/At (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (?!an instance |instance )/g)].at(-1)?.[1];
  return asked === undefined ? null : Date.parse(asked);
}
