/** Adapters of schedule.*, predictive.*: src/core/schedule and src/core/scaling. */
import { z } from 'zod';
import {
  decidePredictive,
  defaultPredictivePolicy,
  effectiveMaxCapacity,
  predictiveLaunchAtMs,
} from '../../../src/core/scaling/predictive.ts';
import {
  applyApplicationAction,
  applyScheduledAction,
  nextScheduledRun,
  runsDespiteSuspension,
} from '../../../src/core/schedule/action.ts';
import { compileCron } from '../../../src/core/schedule/cron.ts';
import { type Adapters, adapter } from '../adapter.ts';

const DAY_MS = 86_400_000;
const instant = z.iso.datetime({ offset: true });
const iso = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
/** `10:00` or `09:59:30` of some day. */
const clock = z.string().regex(/^\d\d:\d\d(:\d\d)?$/);
const clockMs = (text: string): number => Date.parse(`2026-03-02T${text.length === 5 ? `${text}:00` : text}Z`);
const clockText = (ms: number): string => {
  const text = new Date(ms + DAY_MS).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
};

export const scheduleAdapters: Adapters = {
  'schedule.next': adapter(
    z.strictObject({
      cron: z.string(),
      fields: z.union([z.literal(5), z.literal(6), z.literal(7)]),
      timeZone: z.string().optional(),
      after: instant,
      startTime: instant.optional(),
      endTime: instant.optional(),
    }),
    ({ cron, fields, timeZone = 'Etc/UTC', after, startTime, endTime }) => {
      const afterMs = Date.parse(after);
      if (fields === 5 && (startTime !== undefined || endTime !== undefined)) {
        const next = nextScheduledRun(
          {
            name: 'vector',
            startMs: startTime === undefined ? null : Date.parse(startTime),
            endMs: endTime === undefined ? null : Date.parse(endTime),
            recurrence: cron,
            timeZone,
            minSize: null,
            maxSize: null,
            desiredCapacity: 1,
          },
          afterMs,
        );
        return { next: iso(next) };
      }
      const compiled = compileCron(cron, fields === 5 ? 'ec2' : 'application', timeZone);
      if (!compiled.ok) throw new Error(compiled.faults.map(({ problem }) => problem).join('; '));
      return { next: iso(compiled.schedule.next(afterMs)) };
    },
  ),
  'schedule.apply': adapter(
    z.strictObject({
      current: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
      insideCooldown: z.boolean().optional(),
      action: z.strictObject({
        min: z.number().nullish(),
        max: z.number().nullish(),
        desired: z.number().nullish(),
      }),
    }),
    ({ current, min = 0, max = 1_000_000, action }) => {
      const { after } = applyScheduledAction(
        { minSize: min, maxSize: max, desiredCapacity: current },
        { minSize: action.min ?? null, maxSize: action.max ?? null, desiredCapacity: action.desired ?? null },
      );
      return { desired: after.desiredCapacity, min: after.minSize, max: after.maxSize };
    },
  ),
  'schedule.applyAas': adapter(
    z.strictObject({
      current: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
      action: z.strictObject({ min: z.number().nullish(), max: z.number().nullish() }),
    }),
    ({ current, min = 0, max = 1_000_000, action }) => {
      const { after } = applyApplicationAction(
        { minCapacity: min, maxCapacity: max, capacity: current },
        { minCapacity: action.min ?? null, maxCapacity: action.max ?? null },
      );
      return { capacity: after.capacity, min: after.minCapacity, max: after.maxCapacity };
    },
  ),
  'schedule.suspended': adapter(
    z.strictObject({ actionAt: z.number(), suspendedFrom: z.number(), resumedAt: z.number().nullish() }),
    ({ actionAt, suspendedFrom, resumedAt = null }) => ({
      runs: runsDespiteSuspension(actionAt, { suspendedFrom, resumedAt }),
    }),
  ),
  'predictive.apply': adapter(
    z.strictObject({
      capacity: z.number(),
      forecast: z.number(),
      max: z.number().optional(),
      mode: z.enum(['ForecastOnly', 'ForecastAndScale']).optional(),
    }),
    ({ capacity, forecast, max = 1_000_000, mode = 'ForecastAndScale' }) => {
      const policy = { ...defaultPredictivePolicy, mode };
      return { desired: decidePredictive(policy, { desiredCapacity: capacity, maxSize: max }, forecast).desiredAfter };
    },
  ),
  'predictive.launchTime': adapter(
    z.strictObject({ capacityAt: clock, schedulingBufferTime: z.number().nullish() }),
    ({ capacityAt, schedulingBufferTime }) => ({
      launchAt: clockText(predictiveLaunchAtMs(clockMs(capacityAt), schedulingBufferTime ?? undefined)),
    }),
  ),
  'predictive.maxCapacity': adapter(
    z.strictObject({
      forecast: z.number(),
      max: z.number(),
      behavior: z.enum(['HonorMaxCapacity', 'IncreaseMaxCapacity']).optional(),
      buffer: z.number().nullish(),
    }),
    ({ forecast, max, behavior = defaultPredictivePolicy.maxCapacityBreachBehavior, buffer = null }) => ({
      effectiveMax: effectiveMaxCapacity(forecast, max, {
        maxCapacityBreachBehavior: behavior,
        maxCapacityBuffer: buffer,
      }),
    }),
  ),
};
