/**
 * Small setups for replay tests: one queue-depth policy out, one in, and the assumptions they run under.
 */
import type { ReplayAlarm, ReplayAssumptions, ReplaySetup } from '../../../src/core/contract/shapes.ts';
import type { StepScalingPolicy } from '../../../src/core/scaling/types.ts';
import type { ReplayInput } from '../../../src/replay/index.ts';

export const startSeconds = 1_772_409_600; // 2026-03-02T00:00:00Z

export const alarmOf = (over: Partial<ReplayAlarm> = {}): ReplayAlarm => ({
  name: 'backlog-high',
  measure: 'depth',
  statistic: 'Average',
  periodSeconds: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: 500,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
  phaseSeconds: 0,
  ...over,
});

export const policyOf = (over: Partial<StepScalingPolicy> = {}): ReplaySetup['policies'][number]['policy'] => ({
  name: 'scale-out',
  adjustmentType: 'ChangeInCapacity',
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: 120,
  enabled: true,
  ...over,
  steps: [...(over.steps ?? [{ lowerBound: 0, upperBound: null, adjustment: 2 }])],
});

export const lowAlarm = alarmOf({
  name: 'backlog-low',
  comparisonOperator: 'LessThanOrEqualToThreshold',
  threshold: 10,
  evaluationPeriods: 5,
  datapointsToAlarm: 5,
  phaseSeconds: 40,
});
export const inPolicy = policyOf({
  name: 'scale-in',
  steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }],
});

export const setupOf = (
  policies: ReplaySetup['policies'],
  group: Partial<ReplaySetup['group']> = {},
  label = 'candidate',
): ReplaySetup => ({
  label,
  group: { minSize: 1, maxSize: 20, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 300, ...group },
  policies,
});

export const outAndIn = setupOf([
  { policy: policyOf(), alarm: alarmOf({ phaseSeconds: 10 }) },
  { policy: inPolicy, alarm: lowAlarm },
]);

export const assumptionsOf = (over: Partial<ReplayAssumptions> = {}): ReplayAssumptions => ({
  throughputPerInstancePerMinute: 60,
  launchDelaySeconds: 90,
  terminateDelaySeconds: 30,
  metricDelaySeconds: 0,
  evaluationRangeExtra: 2,
  ageGoalSeconds: 300,
  pricePerInstanceHourUsd: 0.1,
  arrivalFactor: 1,
  ...over,
});

export const inputOf = (over: Partial<ReplayInput> = {}): ReplayInput => ({
  arrivals: new Float64Array(60).fill(60),
  startSeconds,
  initial: { backlog: 0, inService: 2 },
  setup: outAndIn,
  assumptions: assumptionsOf(),
  ...over,
});
