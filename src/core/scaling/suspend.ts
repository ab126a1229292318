/**
 * Suspended processes: what still happens in a group while one of them rests.
 *
 * Rules: docs/rules/lifecycle.md (SUSP). A disabled policy is something else (STEP-01).
 */

export type SuspendableProcess =
  | 'Launch'
  | 'Terminate'
  | 'AddToLoadBalancer'
  | 'AlarmNotification'
  | 'AZRebalance'
  | 'HealthCheck'
  | 'InstanceRefresh'
  | 'ReplaceUnhealthy'
  | 'ScheduledActions';

/** Something that would change the group. */
export type GroupEvent =
  | 'scale-out-alarm'
  | 'scale-in-alarm'
  | 'scheduled-action'
  | 'failed-health-check'
  | 'unhealthy-instance'
  | 'zone-imbalance'
  | 'alarms-at-resume';

export type SuspensionEffect =
  /** As if nothing were suspended. */
  | 'proceeds'
  | 'ignored'
  | 'not-launched'
  | 'not-terminated'
  | 'not-run'
  | 'not-marked-unhealthy'
  | 'not-replaced'
  /** The unhealthy instance goes; its replacement comes when Launch is resumed. */
  | 'terminated-replaced-on-resume'
  | 'not-rebalanced'
  /** Launches come, terminations do not: up to a tenth above the maximum. */
  | 'rebalanced-above-maximum'
  /** On resume, policies whose alarms are in breach then are considered; what was missed is not. */
  | 'considered-if-in-breach';

const effects: Readonly<Record<SuspendableProcess, Partial<Record<GroupEvent, SuspensionEffect>>>> = {
  AlarmNotification: {
    'scale-out-alarm': 'ignored',
    'scale-in-alarm': 'ignored',
    'alarms-at-resume': 'considered-if-in-breach',
  },
  Launch: {
    'scale-out-alarm': 'not-launched',
    'unhealthy-instance': 'terminated-replaced-on-resume',
    'zone-imbalance': 'not-rebalanced',
  },
  Terminate: {
    'scale-in-alarm': 'not-terminated',
    'unhealthy-instance': 'not-replaced',
    'zone-imbalance': 'rebalanced-above-maximum',
  },
  ReplaceUnhealthy: { 'unhealthy-instance': 'not-replaced' },
  HealthCheck: { 'failed-health-check': 'not-marked-unhealthy' },
  ScheduledActions: { 'scheduled-action': 'not-run' },
  AZRebalance: { 'zone-imbalance': 'not-rebalanced' },
  AddToLoadBalancer: {},
  InstanceRefresh: {},
};

/** What becomes of an event while a process is suspended (SUSP-01). */
export function suspensionEffect(suspended: SuspendableProcess, event: GroupEvent): SuspensionEffect {
  return effects[suspended][event] ?? 'proceeds';
}

const DAY_HOURS = 24;

/** Launches that keep failing for more than a day may make the service suspend the group itself (SUSP-02). */
export function mayBeSuspendedByService(failingHours: number): boolean {
  return failingHours > DAY_HOURS;
}
