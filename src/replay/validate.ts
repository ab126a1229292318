/**
 * Whether a setup can be replayed: faults of its policies, its alarms and its group, each with where it is.
 */
import { validateAlarmRule } from '../core/alarms/validate.ts';
import type { ReplayAlarm, ReplaySetup } from '../core/contract/shapes.ts';
import { validateMapping } from '../core/lambda/validate.ts';
import { fault } from '../core/messages/faults.ts';
import { validateSimplePolicy } from '../core/scaling/simple.ts';
import { validateTargetTracking } from '../core/scaling/targetTracking.ts';
import type { PolicyFault } from '../core/scaling/types.ts';
import { validateStepPolicy } from '../core/scaling/validate.ts';
import { validateScheduledAction } from '../core/schedule/action.ts';
import { alarmsOfSetup } from './scalers/plan.ts';

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
  const driven = [
    ...setup.policies.map((one, index) => ({
      ...one,
      at: `policies[${index}]`,
      check: validateStepPolicy(one.policy),
    })),
    ...(setup.simple ?? []).map((one, index) => ({
      ...one,
      at: `simple[${index}]`,
      check: validateSimplePolicy(one.policy),
    })),
  ];
  for (const { policy, alarm, at, check } of driven) {
    for (const found of check) {
      faults.push({ ...found, field: `${at}.policy.${found.field}`, policyName: policy.name });
    }
    for (const found of validateAlarmRule(alarm)) {
      faults.push({ ...found, field: `${at}.alarm.${found.field}`, policyName: policy.name });
    }
  }
  (setup.tracking ?? []).forEach((settings, index) => {
    for (const found of validateTargetTracking({ ...settings, metricPeriodSeconds: 60 })) {
      faults.push({ ...found, field: `tracking[${index}].${found.field}`, policyName: settings.name });
    }
  });
  return [...faults, ...sameNames(setup), ...scalerFaults(setup)];
}

/** One alarm, one condition; and a policy is told by its name. */
function sameNames(setup: ReplaySetup): SetupFault[] {
  const faults: SetupFault[] = [];
  const alarms = new Map<string, ReplayAlarm>();
  for (const alarm of alarmsOfSetup(setup)) {
    const known = alarms.get(alarm.name);
    if (known !== undefined && conditionOf(known) !== conditionOf(alarm)) {
      faults.push({ ...fault('alarmTwice', 'alarm.name', { alarm: alarm.name }), policyName: null });
    }
    alarms.set(alarm.name, alarm);
  }
  return faults;
}

function conditionOf(alarm: ReplayAlarm): string {
  return JSON.stringify(Object.entries(alarm).sort());
}

/** What has a clock of its own decides alone; and what its service would refuse. */
function scalerFaults({ scaler, policies, simple = [], tracking = [] }: ReplaySetup): SetupFault[] {
  if (scaler === undefined) return [];
  const faults: SetupFault[] = [];
  const name = scaler.kind;
  const alone = scaler.kind !== 'ecs';
  if (alone && policies.length + simple.length + tracking.length > 0) {
    faults.push({ ...fault('scalerDecidesAlone', 'scaler', { scaler: name }), policyName: null });
  }
  if (scaler.kind === 'ecs' && simple.length > 0) {
    faults.push({ ...fault('simpleNeedsGroup', 'simple'), policyName: simple[0]!.policy.name });
  }
  if (scaler.kind === 'lambda') {
    const { queue, batchSize, maximumBatchingWindowSeconds, maximumConcurrency, provisionedPollers } = scaler;
    const found = validateMapping({
      source: 'sqs',
      queue,
      batchSize,
      maximumBatchingWindowSeconds,
      maximumConcurrency,
      minimumPollers: provisionedPollers?.minimum ?? null,
      maximumPollers: provisionedPollers?.maximum ?? null,
      parallelizationFactor: null,
    });
    for (const one of found) faults.push({ ...one, field: `scaler.${one.field}`, policyName: null });
  }
  return faults;
}
