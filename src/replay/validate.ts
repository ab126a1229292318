/**
 * Whether a setup can be replayed: faults of its policies, its alarms and its group, each with where it is.
 */
import { validateAlarmRule } from '../core/alarms/validate.ts';
import type { ReplaySetup } from '../core/contract/shapes.ts';
import { fault } from '../core/messages/faults.ts';
import type { PolicyFault } from '../core/scaling/types.ts';
import { validateStepPolicy } from '../core/scaling/validate.ts';
import { validateScheduledAction } from '../core/schedule/action.ts';

export interface SetupFault extends PolicyFault {
  /** Name of the policy it is in; null for the group. */
  readonly policyName: string | null;
}

/** @returns every fault, empty when the setup is valid. Throws nothing. */
export function validateSetup(setup: ReplaySetup): SetupFault[] {
  const faults: SetupFault[] = [];
  const { minSize, maxSize } = setup.group;
  if (minSize > maxSize) {
    faults.push({ ...fault('minAboveMax', 'group.minSize', { min: minSize, max: maxSize }), policyName: null });
  }
  const schedule = setup.schedule ?? [];
  schedule.forEach((action, index) => {
    for (const found of validateScheduledAction(action, schedule.toSpliced(index, 1))) {
      faults.push({ ...found, field: `schedule[${index}].${found.field}`, policyName: action.name });
    }
  });
  setup.policies.forEach(({ policy, alarm }, index) => {
    const at = `policies[${index}]`;
    for (const found of validateStepPolicy(policy)) {
      faults.push({ ...found, field: `${at}.policy.${found.field}`, policyName: policy.name });
    }
    for (const found of validateAlarmRule(alarm)) {
      faults.push({ ...found, field: `${at}.alarm.${found.field}`, policyName: policy.name });
    }
  });
  return faults;
}
