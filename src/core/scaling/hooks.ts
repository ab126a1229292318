/**
 * Lifecycle hooks: the states an instance passes, how long a hook may hold it, what a result leads to.
 *
 * Rules: docs/rules/lifecycle.md (HOOK-01). Not here: warm-up, which begins when an instance enters service (warmup.ts, WARM-07).
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from './types.ts';

export type LifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
  | 'Terminated';

export type HookResult = 'CONTINUE' | 'ABANDON';

/** What the next step depends on: whether the group has a hook for this transition, and how the hook ended. */
export interface HookOutcome {
  readonly hasHook: boolean;
  /** Only read in a :Wait state. A timeout counts as the hook's default result. */
  readonly result: HookResult;
}

/**
 * The state after this one (HOOK-01). InService and Terminated stay until something else moves them.
 *
 * An abandoned launch goes to Terminating, and the group launches a replacement; an abandoned termination proceeds all the same.
 */
export function nextLifecycleState(state: LifecycleState, { hasHook, result }: HookOutcome): LifecycleState {
  switch (state) {
    case 'Pending':
      return hasHook ? 'Pending:Wait' : 'InService';
    case 'Pending:Wait':
      return result === 'CONTINUE' ? 'Pending:Proceed' : 'Terminating';
    case 'Pending:Proceed':
      return 'InService';
    case 'Terminating':
      return hasHook ? 'Terminating:Wait' : 'Terminated';
    case 'Terminating:Wait':
      return 'Terminating:Proceed';
    case 'Terminating:Proceed':
      return 'Terminated';
    case 'InService':
    case 'Terminated':
      return state;
  }
}

/** Longest total wait, however often the heartbeat is recorded: 100 heartbeats, at most 48 h (HOOK-01). @returns seconds */
export function hookMaxWaitSeconds(
  heartbeatTimeoutSeconds: number = defaults['asg.lifecycleHook.heartbeatTimeoutSeconds'],
): number {
  return Math.min(defaults['asg.lifecycleHook.globalTimeoutMaxSeconds'], 100 * heartbeatTimeoutSeconds);
}

/**
 * When the hook times out: one heartbeat timeout after the last heartbeat, never past the longest wait (HOOK-01).
 *
 * @param lastHeartbeatAtMs the entry into the wait counts as the first heartbeat
 * @returns epoch milliseconds
 */
export function hookDeadlineMs(
  enteredAtMs: number,
  lastHeartbeatAtMs: number,
  heartbeatTimeoutSeconds: number = defaults['asg.lifecycleHook.heartbeatTimeoutSeconds'],
): number {
  const longest = enteredAtMs + hookMaxWaitSeconds(heartbeatTimeoutSeconds) * 1_000;
  return Math.min(longest, lastHeartbeatAtMs + heartbeatTimeoutSeconds * 1_000);
}

/** As it comes from a person or the wire; null: the service's default. */
export interface UncheckedHook {
  readonly heartbeatTimeoutSeconds: number | null;
  readonly defaultResult: string | null;
}

/** @returns every fault at once (HOOK-01); empty when the hook is valid. Throws nothing. */
export function validateHook(hook: UncheckedHook): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const seconds = hook.heartbeatTimeoutSeconds;
  const min = defaults['asg.lifecycleHook.heartbeatTimeoutMinSeconds'];
  const max = defaults['asg.lifecycleHook.heartbeatTimeoutMaxSeconds'];
  if (seconds !== null && !(Number.isSafeInteger(seconds) && min <= seconds && seconds <= max)) {
    faults.push(fault('heartbeatOutOfRange', 'heartbeatTimeoutSeconds', { seconds, min, max }));
  }
  const result = hook.defaultResult;
  if (result !== null && result !== 'CONTINUE' && result !== 'ABANDON') {
    faults.push(fault('hookResultUnknown', 'defaultResult', { result }));
  }
  return faults;
}
