/** Adapters of targettracking.*, policies.targetTracking: src/core/scaling. */
import { z } from 'zod';
import type { AlarmRule } from '../../../src/core/alarms/types.ts';
import { clampCapacity } from '../../../src/core/scaling/adjust.ts';
import {
  combineTracking,
  defaultTrackingPeriodSeconds,
  observedTargetTrackingModel,
  roundTrackingDelta,
  trackingAlarms,
  trackingCapacity,
  trackingReadiness,
} from '../../../src/core/scaling/targetTracking.ts';
import { type Adapters, adapter } from '../adapter.ts';

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const said = (rule: AlarmRule) => ({
  operator: rule.comparisonOperator,
  threshold: rule.threshold,
  evaluationPeriods: rule.evaluationPeriods,
  datapointsToAlarm: rule.datapointsToAlarm,
  period: rule.periodSeconds,
  treatMissingData: rule.treatMissingData,
});

export const targetTrackingAdapters: Adapters = {
  'targettracking.alarms': adapter(
    z.strictObject({
      target: z.number(),
      metric: z.string(),
      period: z.number().optional(),
      disableScaleIn: z.boolean().optional(),
    }),
    ({ target, metric, period, disableScaleIn = false }) => {
      const { high, low } = trackingAlarms(
        {
          targetValue: target,
          metricName: metric,
          metricPeriodSeconds: period ?? defaultTrackingPeriodSeconds,
          disableScaleIn,
        },
        null,
      );
      return { high: said(high), low: low === null ? null : said(low) };
    },
  ),
  'targettracking.lowRatio': adapter(
    z.strictObject({ target: z.number(), metric: z.string(), groupSize: z.number().nullish() }),
    ({ target, metric, groupSize = null }) => {
      const policy = {
        targetValue: target,
        metricName: metric,
        metricPeriodSeconds: defaultTrackingPeriodSeconds,
        disableScaleIn: false,
      };
      const { threshold } = trackingAlarms(policy, groupSize, observedTargetTrackingModel).low!;
      return { lowThreshold: threshold, ratio: threshold / target };
    },
  ),
  'targettracking.capacity': adapter(
    z.strictObject({
      current: z.number(),
      metric: z.number(),
      target: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
    ({ current, metric, target, min = 0, max = Number.MAX_SAFE_INTEGER }) => ({
      capacity: clampCapacity(trackingCapacity(current, metric, target), min, max),
    }),
  ),
  'targettracking.round': adapter(z.strictObject({ delta: z.number() }), ({ delta }) => ({
    applied: roundTrackingDelta(delta),
  })),
  'targettracking.react': adapter(
    z.strictObject({
      alarmStates: z.strictObject({ high: alarmState, low: alarmState.nullish() }),
      disableScaleIn: z.boolean().optional(),
    }),
    ({ alarmStates: { high, low = null }, disableScaleIn = false }) => {
      const ready = trackingReadiness({ high, low }, disableScaleIn);
      return { scales: ready !== 'none', direction: ready };
    },
  ),
  'policies.targetTracking': adapter(
    z.strictObject({
      policies: z.array(
        z.strictObject({
          ready: z.enum(['out', 'in', 'none']),
          disableScaleIn: z.boolean().optional(),
          scaleInEnabled: z.boolean().optional(),
        }),
      ),
    }),
    ({ policies }) => ({
      direction: combineTracking(
        policies.map(({ ready, scaleInEnabled = true, disableScaleIn = !scaleInEnabled }) => ({
          ready,
          disableScaleIn,
        })),
      ),
    }),
  ),
};
