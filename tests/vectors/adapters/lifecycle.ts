/** Adapters of hook.*, warmpool.*, scalein.*, suspend.*, health.*, maintenance.*, az.*, groupmetrics.*: src/core/scaling. */
import { z } from 'zod';
import { groupTotal } from '../../../src/core/scaling/groupMetrics.ts';
import { replacementBatch } from '../../../src/core/scaling/health.ts';
import { hookMaxWaitSeconds, validateHook } from '../../../src/core/scaling/hooks.ts';
import { validateMaintenancePolicy } from '../../../src/core/scaling/maintenance.ts';
import { type GroupEvent, type SuspensionEffect, suspensionEffect } from '../../../src/core/scaling/suspend.ts';
import { pickZone, rebalanceCeiling, scaleInWithProtection } from '../../../src/core/scaling/termination.ts';
import type { PolicyFault } from '../../../src/core/scaling/types.ts';
import { warmPoolSize } from '../../../src/core/scaling/warmPool.ts';
import { type Adapters, adapter, anyOf, type Outcome } from '../adapter.ts';

const judged = (faults: readonly PolicyFault[]): Outcome =>
  faults.length === 0 ? { valid: true } : { valid: false, reason: anyOf(faults.map(({ reason }) => reason)) };

/** The vectors' words for what happens while a process is suspended. */
const events = {
  alarmInBreach: 'scale-out-alarm',
  scaleOutAlarm: 'scale-out-alarm',
  scaleInAlarm: 'scale-in-alarm',
  scheduledAction: 'scheduled-action',
  scheduledActionDue: 'scheduled-action',
  failedHealthCheck: 'failed-health-check',
  unhealthyInstance: 'unhealthy-instance',
  azImbalance: 'zone-imbalance',
  zoneImbalance: 'zone-imbalance',
  resume: 'alarms-at-resume',
} as const satisfies Record<string, GroupEvent>;
const eventNames = Object.keys(events) as (keyof typeof events)[];

const effects: Readonly<Record<SuspensionEffect, string>> = {
  proceeds: 'proceeds',
  ignored: 'ignored',
  'not-launched': 'notLaunched',
  'not-terminated': 'notTerminated',
  'not-run': 'notRun',
  'not-marked-unhealthy': 'notMarkedUnhealthy',
  'not-replaced': 'notReplaced',
  'terminated-replaced-on-resume': 'terminatedNotReplaced',
  'not-rebalanced': 'notRebalanced',
  'rebalanced-above-maximum': 'rebalancedAboveMax',
  'considered-if-in-breach': 'consideredIfInBreach',
};

export const lifecycleAdapters: Adapters = {
  'hook.maxWait': adapter(z.strictObject({ heartbeatTimeout: z.number().optional() }), ({ heartbeatTimeout }) => ({
    seconds: hookMaxWaitSeconds(heartbeatTimeout),
  })),
  'hook.validate': adapter(
    z.strictObject({ heartbeatTimeout: z.number().nullish(), defaultResult: z.string().nullish() }),
    ({ heartbeatTimeout = null, defaultResult = null }) =>
      judged(validateHook({ heartbeatTimeoutSeconds: heartbeatTimeout, defaultResult })),
  ),
  'warmpool.size': adapter(
    z.strictObject({
      desired: z.number(),
      max: z.number(),
      maxPrepared: z.number().nullish(),
      minSize: z.number().nullish(),
    }),
    ({ desired, max, maxPrepared = null, minSize }) => ({
      size: warmPoolSize(
        { desiredCapacity: desired, maxSize: max },
        { maxPreparedCapacity: maxPrepared, minSize: minSize ?? 0 },
      ),
    }),
  ),
  'scalein.pickZone': adapter(
    z.strictObject({
      zones: z.record(z.string(), z.number()),
      /** Protected instances per zone. */
      protected: z.record(z.string(), z.number()).optional(),
    }),
    ({ zones, protected: held = {} }) => ({
      zone: pickZone(
        Object.entries(zones).map(([zone, instances]) => ({
          zone,
          instances,
          unprotectedInstances: instances - (held[zone] ?? 0),
        })),
      ),
    }),
  ),
  'scalein.protected': adapter(
    z.strictObject({
      desired: z.number(),
      instances: z.number(),
      protected: z.number(),
      adjustment: z.number(),
      min: z.number().optional(),
    }),
    ({ desired, instances, protected: protectedInstances, adjustment, min = 0 }) => {
      const group = { desiredCapacity: desired, minSize: min, instances, protectedInstances };
      const { desiredAfter, terminatedInstances } = scaleInWithProtection(group, adjustment);
      return { desired: desiredAfter, terminated: terminatedInstances };
    },
  ),
  'suspend.effect': adapter(
    z.strictObject({
      suspended: z.enum([
        'Launch',
        'Terminate',
        'AddToLoadBalancer',
        'AlarmNotification',
        'AZRebalance',
        'HealthCheck',
        'InstanceRefresh',
        'ReplaceUnhealthy',
        'ScheduledActions',
      ]),
      event: z.enum(eventNames),
    }),
    ({ suspended, event }) => ({ effect: effects[suspensionEffect(suspended, events[event])] }),
  ),
  'health.batch': adapter(z.strictObject({ desired: z.number() }), ({ desired }) => ({
    atOnce: replacementBatch(desired),
  })),
  'maintenance.validate': adapter(
    z.strictObject({ minHealthyPercentage: z.number().nullish(), maxHealthyPercentage: z.number().nullish() }),
    ({ minHealthyPercentage = null, maxHealthyPercentage = null }) =>
      judged(validateMaintenancePolicy({ minHealthyPercentage, maxHealthyPercentage })),
  ),
  'az.rebalanceCeiling': adapter(z.strictObject({ max: z.number() }), ({ max }) => ({
    ceiling: rebalanceCeiling(max),
  })),
  'groupmetrics.total': adapter(
    z.strictObject({
      inService: z.number(),
      pending: z.number(),
      terminating: z.number(),
      standby: z.number().optional(),
    }),
    (counts) => ({ total: groupTotal(counts) }),
  ),
};
