/**
 * When a composite alarm with a suppressor acts: the wait before, the suppression, and the extension after (COMP-02).
 *
 * A pure machine in any unit of time: `suppressionStep` takes one event, `dueAt` says when it wants to be woken. Not here:
 * which state the alarms are in. Choices where the service says nothing are MODEL-41: a change during the extension waits
 * for its end; events at one instant come after what is due at it, the suppressor's before the composite alarm's.
 */
import type { AlarmState } from '../alarms/types.ts';

/** In the unit of the event times; seconds on the wire. */
export interface SuppressionPeriods {
  /** How long a change waits for the suppressor to enter ALARM. */
  readonly waitPeriod: number;
  /** How long actions are held after the suppressor has left ALARM. */
  readonly extensionPeriod: number;
}

/** What holds the actions back; null: nothing does. The names are the service's own (ActionsSuppressedBy). */
export type SuppressedBy = 'WaitPeriod' | 'Alarm' | 'ExtensionPeriod' | null;

export interface Suppression {
  readonly compositeState: AlarmState;
  readonly suppressorState: AlarmState;
  readonly suppressedBy: SuppressedBy;
  /** When the wait or the extension ends; null while neither runs. */
  readonly dueAt: number | null;
  /** The composite alarm has changed and its actions were not taken yet. */
  readonly pending: boolean;
}

export interface SuppressionEvent {
  readonly t: number;
  readonly of: 'composite' | 'suppressor';
  readonly state: AlarmState;
}

/** Actions taken at `t`, for the state the composite alarm is then in. */
export interface CompositeAction {
  readonly t: number;
  readonly state: AlarmState;
}

export function startSuppression(compositeState: AlarmState, suppressorState: AlarmState): Suppression {
  const suppressedBy = suppressorState === 'ALARM' ? 'Alarm' : null;
  return { compositeState, suppressorState, suppressedBy, dueAt: null, pending: false };
}

/** The wait or the extension is over: actions for the state there is now, if it ever changed (COMP-02). */
export function suppressionDue(machine: Suppression): { next: Suppression; action: CompositeAction | null } {
  if (machine.dueAt === null) return { next: machine, action: null };
  const next: Suppression = { ...machine, suppressedBy: null, dueAt: null, pending: false };
  return { next, action: machine.pending ? { t: machine.dueAt, state: machine.compositeState } : null };
}

/** One change of either alarm. What was due at or before it must have been dealt with (`suppressionDue`). */
export function suppressionStep(
  machine: Suppression,
  { t, of, state }: SuppressionEvent,
  { waitPeriod, extensionPeriod }: SuppressionPeriods,
): Suppression {
  if (of === 'composite') {
    if (state === machine.compositeState) return machine;
    const changed: Suppression = { ...machine, compositeState: state, pending: true };
    // Held already, by the suppressor or by the extension after it: no wait of its own.
    if (machine.suppressedBy === 'Alarm' || machine.suppressedBy === 'ExtensionPeriod') return changed;
    return { ...changed, suppressedBy: 'WaitPeriod', dueAt: t + waitPeriod };
  }
  const left = state !== 'ALARM' && machine.suppressorState === 'ALARM';
  const moved: Suppression = { ...machine, suppressorState: state };
  if (state === 'ALARM') return { ...moved, suppressedBy: 'Alarm', dueAt: null };
  if (left) return { ...moved, suppressedBy: 'ExtensionPeriod', dueAt: t + extensionPeriod };
  return moved;
}

/**
 * All actions of a history.
 *
 * @param events in any order; of two at one instant the suppressor's comes first
 * @returns actions in the order of time, with the machine after everything due has happened
 */
export function suppressionTimeline(
  start: Suppression,
  events: readonly SuppressionEvent[],
  periods: SuppressionPeriods,
): { readonly actions: readonly CompositeAction[]; readonly end: Suppression; readonly rules: readonly string[] } {
  const actions: CompositeAction[] = [];
  let machine = start;
  function settleUntil(t: number): void {
    if (machine.dueAt === null || machine.dueAt > t) return;
    const { next, action } = suppressionDue(machine);
    machine = next;
    if (action !== null) actions.push(action);
  }
  const rank = (event: SuppressionEvent): number => (event.of === 'suppressor' ? 0 : 1);
  const ordered = [...events].sort((a, b) => a.t - b.t || rank(a) - rank(b));
  for (const event of ordered) {
    settleUntil(event.t);
    machine = suppressionStep(machine, event, periods);
  }
  settleUntil(Number.POSITIVE_INFINITY);
  return { actions, end: machine, rules: ['COMP-02', 'MODEL-41'] };
}
