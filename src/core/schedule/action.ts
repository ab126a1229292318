/**
 * Scheduled actions: when they run, what they set, and what suspension does to them.
 *
 * Rules: docs/rules/schedules.md (SCHED). The two services differ: EC2 Auto Scaling sets minimum, maximum and desired capacity of a group,
 * Application Auto Scaling the limits of a target only. When cron runs is cron.ts.
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import { clampCapacity } from '../scaling/adjust.ts';
import type { PolicyFault } from '../scaling/types.ts';
import { compileCron } from './cron.ts';

export interface GroupLimits {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
}

/** An action of EC2 Auto Scaling. null: not given. Instants in epoch milliseconds, UTC (SCHED-02). */
export interface ScheduledAction {
  readonly name: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Five-field cron. */
  readonly recurrence: string | null;
  /** IANA name for the recurrence; null: UTC. */
  readonly timeZone: string | null;
  readonly minSize: number | null;
  readonly maxSize: number | null;
  readonly desiredCapacity: number | null;
}

export interface ScheduledChange<Limits> {
  readonly before: Limits;
  readonly after: Limits;
  readonly rules: readonly string[];
}

/**
 * A group after an action (SCHED-01): what is given is set, desired capacity exactly, out or in; what is not given stays, but desired
 * capacity follows new limits (CAP-01). No cooldown delays it (COOL-04).
 */
export function applyScheduledAction(
  group: GroupLimits,
  action: Pick<ScheduledAction, 'minSize' | 'maxSize' | 'desiredCapacity'>,
): ScheduledChange<GroupLimits> {
  const minSize = action.minSize ?? group.minSize;
  const maxSize = action.maxSize ?? group.maxSize;
  const wanted = action.desiredCapacity ?? group.desiredCapacity;
  const desiredCapacity = clampCapacity(wanted, minSize, maxSize);
  const rules = desiredCapacity === wanted ? ['SCHED-01', 'COOL-04'] : ['SCHED-01', 'COOL-04', 'CAP-01'];
  return { before: group, after: { minSize, maxSize, desiredCapacity }, rules };
}

/** A target of Application Auto Scaling after an action: capacity moves to the limit it would otherwise cross (SCHED-05, AAS-03). */
export function applyApplicationAction<
  Target extends { readonly minCapacity: number; readonly maxCapacity: number; readonly capacity: number },
>(
  target: Target,
  action: { readonly minCapacity: number | null; readonly maxCapacity: number | null },
): ScheduledChange<Target> {
  const minCapacity = action.minCapacity ?? target.minCapacity;
  const maxCapacity = action.maxCapacity ?? target.maxCapacity;
  const capacity = clampCapacity(target.capacity, minCapacity, maxCapacity);
  return { before: target, after: { ...target, minCapacity, maxCapacity, capacity }, rules: ['SCHED-05', 'AAS-03'] };
}

/**
 * The next run strictly after an instant (SCHED-02): at the start time, then by recurrence, never after the end time.
 *
 * @param action a valid one (`validateScheduledAction`)
 * @returns epoch milliseconds; null when it does not run any more
 */
export function nextScheduledRun(action: ScheduledAction, afterMs: number): number | null {
  const next = nextWithoutEnd(action, afterMs);
  return next !== null && action.endMs !== null && next > action.endMs ? null : next;
}

function nextWithoutEnd(action: ScheduledAction, afterMs: number): number | null {
  if (action.startMs !== null && action.startMs > afterMs) return action.startMs;
  if (action.recurrence === null) return null;
  const compiled = compileCron(action.recurrence, 'ec2', zoneOf(action));
  return compiled.ok ? compiled.schedule.next(afterMs) : null;
}

const zoneOf = (action: ScheduledAction): string => action.timeZone ?? defaults['asg.scheduledAction.timeZone'];

/** Whether an action runs although scheduled actions are suspended for a time: if its moment falls into it, it never does (SCHED-04, SUSP-01). */
export function runsDespiteSuspension(
  actionAt: number,
  suspension: { readonly suspendedFrom: number; readonly resumedAt: number | null },
): boolean {
  return actionAt < suspension.suspendedFrom || (suspension.resumedAt !== null && actionAt >= suspension.resumedAt);
}

/**
 * @param others the group's other actions: start times are unique, and their number is limited (SCHED-04)
 * @returns every fault at once (SCHED-01, SCHED-02, SCHED-04); empty when the action is valid. Throws nothing.
 */
export function validateScheduledAction(
  action: ScheduledAction,
  others: readonly ScheduledAction[] = [],
): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const { minSize: min, maxSize: max, desiredCapacity: desired, startMs, endMs, recurrence } = action;
  if (startMs === null && recurrence === null) faults.push(fault('scheduleWithoutTime', 'startMs'));
  if (startMs !== null && endMs !== null && endMs <= startMs) faults.push(fault('scheduleEndsBeforeStart', 'endMs'));
  if (recurrence !== null) {
    const compiled = compileCron(recurrence, 'ec2', zoneOf(action));
    if (!compiled.ok) faults.push(...compiled.faults);
  }
  if (min === null && max === null && desired === null)
    faults.push(fault('scheduleWithoutCapacity', 'desiredCapacity'));
  for (const [field, value] of Object.entries({ minSize: min, maxSize: max, desiredCapacity: desired })) {
    if (value !== null && !(Number.isSafeInteger(value) && value >= 0)) {
      faults.push(fault('capacityNotWhole', field, { field, value }));
    }
  }
  if (min !== null && max !== null && min > max) faults.push(fault('minAboveMax', 'minSize', { min, max }));
  else if (desired !== null && (desired < (min ?? 0) || desired > (max ?? desired))) {
    faults.push(fault('desiredOutsideLimits', 'desiredCapacity', { desired, min: min ?? 0, max: max ?? '∞' }));
  }
  const limit = defaults['asg.scheduledActionsMax'];
  if (others.length + 1 > limit)
    faults.push(fault('tooManyScheduledActions', 'name', { count: others.length + 1, limit }));
  const same = startMs === null ? undefined : others.find((other) => other.startMs === startMs);
  if (same !== undefined) faults.push(fault('scheduleStartTaken', 'startMs', { other: same.name }));
  return faults;
}
