/** A made-up incident: a flash crowd on a queue, a group that scales, a stream with one hot shard, two policies replayed. */
import type { Judgement, ReplayResult, ReplaySummary } from '../../../src/core/contract/shapes.ts';
import type { EventData, IncidentEvent } from '../../../src/core/model/events.ts';
import type { TimelineInput, TimelineSeries } from '../../../src/timeline/index.ts';

export const fromMs = Date.UTC(2026, 2, 2, 6, 0);
export const toMs = Date.UTC(2026, 2, 2, 10, 0);
const minutes = 240;

export const queueId = 'arn:aws:sqs:us-east-1:000000000000:orders';
export const streamId = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
export const groupArn = 'arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:orders-workers';

const times = Float64Array.from({ length: minutes }, (_, minute) => fromMs / 1_000 + minute * 60);

/** Seconds after the start of the range. */
export const at = (hour: number, minute: number, second = 0): number => Date.UTC(2026, 2, 2, hour, minute, second);

function crowd(height: number, start: number, peak: number, end: number): Float64Array {
  return Float64Array.from({ length: minutes }, (_, minute) => {
    const wave = 6 * Math.sin(minute / 7) + 8;
    if (minute < start || minute > end) return Math.round(wave);
    const share = minute <= peak ? (minute - start) / (peak - start) : (end - minute) / (end - peak);
    return Math.round(wave + height * share);
  });
}

const steps = (changes: readonly (readonly [number, number])[]): Float64Array =>
  Float64Array.from({ length: minutes }, (_, minute) => {
    let value = 2;
    for (const [since, count] of changes) if (minute >= since) value = count;
    return value;
  });

function series(
  resourceId: string,
  measure: TimelineSeries['measure'],
  unit: TimelineSeries['unit'],
  values: Float64Array,
): TimelineSeries {
  return { resourceId, measure, unit, periodSeconds: 60, times, values };
}

let nextId = 1;
export function event(
  kind: IncidentEvent['kind'],
  atMs: number,
  data: EventData,
  more: Partial<IncidentEvent> = {},
): IncidentEvent {
  const id = nextId++;
  return {
    id,
    connectionId: 'demo',
    resourceId: queueId,
    kind,
    atMs,
    endMs: null,
    sourceId: `${kind}-${atMs}-${JSON.stringify(data).length}`,
    title: '',
    detail: '',
    data,
    ...more,
  };
}

export function alarmChange(atMs: number, alarmName: string, from: string, to: string): IncidentEvent {
  const reason = `Threshold Crossed: 2 out of the last 2 datapoints were judged for ${alarmName}.`;
  return event(
    'alarm-state',
    atMs,
    { kind: 'alarm-state', alarmName, from, to, reason },
    { sourceId: `${alarmName}-${atMs}` },
  );
}

export function activity(
  atMs: number,
  change: readonly [number, number] | null,
  instanceId: string,
  more: { statusCode?: string; direction?: 'launch' | 'terminate'; endMs?: number | null; cause?: string } = {},
): IncidentEvent {
  const direction = more.direction ?? 'launch';
  return event(
    'scaling-activity',
    atMs,
    {
      kind: 'scaling-activity',
      groupName: 'orders-workers',
      statusCode: more.statusCode ?? 'Successful',
      desiredBefore: change?.[0] ?? null,
      desiredAfter: change?.[1] ?? null,
      instanceId,
      direction,
    },
    {
      resourceId: groupArn,
      sourceId: `activity-${instanceId}-${atMs}`,
      endMs: more.endMs === undefined ? atMs + 95_000 : more.endMs,
      title: `${direction === 'launch' ? 'Launching' : 'Terminating'} a new EC2 instance: ${instanceId}`,
      detail:
        more.cause ??
        `At ${new Date(atMs).toISOString()} a monitor alarm orders-backlog-high in state ALARM triggered policy orders-out changing the desired capacity from ${change?.[0]} to ${change?.[1]}.`,
    },
  );
}

const summary = (peakBacklog: number, worstAgeSeconds: number, costUsd: number): ReplaySummary => ({
  peakBacklog,
  worstAgeSeconds,
  minutesOverAgeGoal: Math.round(worstAgeSeconds / 60),
  instanceHours: costUsd / 0.085,
  costUsd,
  launches: 9,
  terminations: 8,
  peakInstances: 11,
  minutesAtMax: 0,
  drainedAtMs: at(8, 2),
});

const setup: ReplayResult['runs'][number]['setup'] = {
  label: 'deployed',
  group: { minSize: 2, maxSize: 12, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 300 },
  policies: [
    {
      policy: {
        name: 'orders-out',
        adjustmentType: 'ChangeInCapacity',
        steps: [
          { lowerBound: 0, upperBound: 2_000, adjustment: 1 },
          { lowerBound: 2_000, upperBound: null, adjustment: 3 },
        ],
        minAdjustmentMagnitude: null,
        metricAggregationType: 'Average',
        estimatedInstanceWarmupSeconds: 120,
        enabled: true,
      },
      alarm: {
        name: 'orders-backlog-high',
        measure: 'depth',
        statistic: 'Average',
        periodSeconds: 60,
        evaluationPeriods: 2,
        datapointsToAlarm: 2,
        threshold: 1_000,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'missing',
        phaseSeconds: 5,
      },
    },
  ],
};

const depth = crowd(5_200, 60, 92, 122);
const instances = steps([
  [64, 3],
  [68, 5],
  [75, 8],
  [83, 11],
  [140, 9],
  [150, 6],
  [160, 3],
  [170, 2],
]);

const columns = (height: number, fleet: Float64Array): ReplayResult['recorded']['columns'] => ({
  times,
  arrivals: crowd(900, 60, 70, 105),
  backlog: crowd(height, 60, 90, 118),
  ageSeconds: crowd(height / 4, 60, 94, 122),
  desired: fleet,
  inService: fleet,
});

export const judgement: Judgement = {
  elasticity: {
    thetaUPct: 1.25,
    thetaOPct: 112,
    tauUPct: 2.5,
    tauOPct: 30,
    instabilityPct: 4,
    jitterPerTick: 0.012,
    reversals: 3,
    eta: null,
    deviation: 8.5,
  },
  waits: {
    p50Seconds: 1,
    p95Seconds: 400,
    p99Seconds: 800,
    maxSeconds: 900,
    lateMessages: 12,
    lateShare: 0.03,
    unfinished: 0,
  },
  spike: { drainMinutes: null, firstNewInstanceMinutes: 6, overshootInstances: 2 },
  money: { costPerMillionMessagesUsd: 12.5, wasteShare: 0.4, livesUnder10Minutes: 1 },
  regret: { costUsd: 0.25, clairvoyantCostUsd: 1.5, leastCostUsd: 1.25 },
  antipatterns: [
    {
      antipattern: 'flapping',
      rule: 'ANTI-01',
      minutes: 30,
      stretches: [{ fromMs: at(8, 0), toMs: at(8, 30) }],
      change: 'slowerScaleIn',
      params: { turns: 6, most: 4, periods: 10 },
    },
  ],
};

export const replay: ReplayResult = {
  resourceId: queueId,
  range: { fromMs, toMs },
  assumptions: {
    throughputPerInstancePerMinute: 118.4,
    launchDelaySeconds: 95,
    terminateDelaySeconds: 20,
    metricDelaySeconds: 60,
    evaluationRangeExtra: 2,
    ageGoalSeconds: 120,
    pricePerInstanceHourUsd: 0.085,
    arrivalFactor: 1,
  },
  recorded: { columns: columns(5_200, instances), summary: summary(5_214, 1_310, 1.93) },
  runs: [
    {
      label: 'deployed',
      setup,
      columns: columns(
        5_000,
        steps([
          [63, 3],
          [68, 5],
          [75, 8],
          [84, 11],
          [139, 9],
          [150, 6],
          [161, 3],
          [170, 2],
        ]),
      ),
      decisions: [
        {
          atMs: at(7, 3, 5),
          policyName: 'orders-out',
          alarmName: 'orders-backlog-high',
          metricValue: 1_240.5,
          threshold: 1_000,
          stepLower: 1_000,
          stepUpper: 3_000,
          stepIndex: 0,
          adjustment: 1,
          baseCapacity: 2,
          delta: 1,
          creditedInstances: 0,
          desiredBefore: 2,
          desiredAfter: 3,
          blockedBy: null,
          repeats: 0,
          rules: ['STEP-05', 'ADJ-01'],
        },
        {
          atMs: at(7, 4, 5),
          policyName: 'orders-out',
          alarmName: 'orders-backlog-high',
          metricValue: 1_890,
          threshold: 1_000,
          stepLower: 1_000,
          stepUpper: 3_000,
          stepIndex: 0,
          adjustment: 1,
          baseCapacity: 2,
          delta: 1,
          creditedInstances: 1,
          desiredBefore: 3,
          desiredAfter: 3,
          blockedBy: 'credited-in-flight',
          repeats: 3,
          rules: ['WARM-02'],
        },
      ],
      alarmChanges: [{ atMs: at(7, 3, 5), alarmName: 'orders-backlog-high', from: 'OK', to: 'ALARM' }],
      summary: summary(5_021, 1_262, 1.95),
    },
    {
      label: 'percent steps',
      setup: { ...setup, label: 'percent steps' },
      columns: columns(
        3_100,
        steps([
          [63, 4],
          [66, 8],
          [72, 12],
          [130, 8],
          [142, 4],
          [154, 2],
        ]),
      ),
      decisions: [],
      alarmChanges: [],
      summary: summary(3_107, 760, 2.04),
    },
    {
      label: 'age alarm',
      setup: { ...setup, label: 'age alarm' },
      columns: columns(
        4_100,
        steps([
          [66, 5],
          [74, 9],
          [84, 12],
          [134, 6],
          [150, 2],
        ]),
      ),
      decisions: [],
      alarmChanges: [],
      summary: summary(4_120, 1_004, 1.88),
    },
  ],
  fidelity: {
    minutesCompared: 235,
    minutesLeftOut: 5,
    leftOut: [{ fromMs: at(8, 0), toMs: at(8, 5), reason: 'manual-change' }],
    equalDesiredShare: 0.9667,
    meanAbsoluteErrorInstances: 0.04,
    actionPrecision: 1,
    actionRecall: 0.875,
    medianTimingErrorSeconds: 22,
    backlogNrmse: 0.031,
    ageNrmse: 0.048,
    costErrorShare: 0.0104,
  },
  holes: [],
};

const buckets = 120;
export const heatmap: TimelineInput['heatmaps'][number]['heatmap'] = {
  shardIds: [0, 1, 2, 3].map((index) => `shardId-00000000000${index}`),
  times: Float64Array.from({ length: buckets }, (_, index) => fromMs / 1_000 + index * 120),
  bucketSeconds: 120,
  measure: 'bytes',
  values: Float64Array.from({ length: 4 * buckets }, (_, index) => {
    const shard = Math.floor(index / buckets);
    const bucket = index % buckets;
    if (bucket === 77) return Number.NaN;
    const base = shard === 2 ? 650_000 : 180_000;
    return base * (1 + 0.6 * Math.max(0, Math.sin((bucket - 20) / 28)) + 0.05 * Math.sin(bucket * 1.7 + shard));
  }),
  limit: 1_048_576,
  hotShardIds: ['shardId-000000000002'],
};

export function sampleInput(more: Partial<TimelineInput> = {}): TimelineInput {
  const alarm = (
    name: string,
    comparisonOperator: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold',
    threshold: number,
  ) => ({
    resourceId: queueId,
    alarm: {
      name,
      state: 'OK' as const,
      stateUpdatedAtMs: at(8, 5),
      metricName: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Average',
      periodSeconds: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      threshold,
      comparisonOperator,
      treatMissingData: 'missing' as const,
      policyNames: ['orders-out'],
    },
  });
  return {
    title: 'Flash crowd on orders',
    range: { fromMs, toMs },
    timeZone: 'Asia/Seoul',
    spillwayVersion: '0.1.0',
    resources: [
      { resourceId: queueId, name: 'orders', kind: 'sqs-queue', region: 'us-east-1', connectionName: 'Demo' },
      { resourceId: streamId, name: 'clicks', kind: 'kinesis-stream', region: 'us-east-1', connectionName: 'Demo' },
    ],
    events: [
      event('recorder', fromMs + 1_000, { kind: 'recorder', what: 'started', fromMs: null }),
      alarmChange(at(6, 2, 5), 'orders-backlog-low', 'OK', 'ALARM'),
      alarmChange(at(7, 2, 5), 'orders-backlog-low', 'ALARM', 'OK'),
      alarmChange(at(7, 3, 5), 'orders-backlog-high', 'OK', 'ALARM'),
      event('alarm-action', at(7, 3, 6), {
        kind: 'alarm-action',
        alarmName: 'orders-backlog-high',
        summary: 'Successfully executed action orders-out',
      }),
      activity(at(7, 3, 12), [2, 3], 'i-0a1'),
      activity(at(7, 7, 10), [3, 5], 'i-0a2'),
      activity(at(7, 7, 12), [3, 5], 'i-0a3', { statusCode: 'Failed' }),
      activity(at(7, 14, 9), [5, 8], 'i-0a4'),
      activity(at(7, 14, 10), [5, 8], 'i-0a5'),
      activity(at(7, 14, 11), [5, 8], 'i-0a6'),
      event(
        'note',
        at(7, 9),
        { kind: 'note', noteKind: 'milestone', author: 'Jin' },
        { title: 'Acknowledged', detail: 'Paged at 16:05, looking at the queue.', sourceId: 'note-1' },
      ),
      event(
        'note',
        at(7, 20),
        { kind: 'note', noteKind: 'belief', author: 'Jin' },
        {
          title: 'Looks like the campaign mail',
          detail: 'Mail went out at 16:00.\nTraffic matches.',
          sourceId: 'note-2',
        },
      ),
      alarmChange(at(8, 4, 5), 'orders-backlog-high', 'ALARM', 'OK'),
      activity(at(8, 20, 9), [11, 9], 'i-0a1', { direction: 'terminate' }),
      activity(at(8, 20, 10), [11, 9], 'i-0a2', { direction: 'terminate' }),
      event('configuration', at(9, 1), {
        kind: 'configuration',
        what: 'MaxSize of orders-workers',
        before: '12',
        after: '20',
      }),
    ],
    series: [
      series(queueId, 'depth', 'count', depth),
      series(queueId, 'age', 'seconds', crowd(1_300, 61, 95, 124)),
      series(queueId, 'sent', 'count', crowd(900, 60, 70, 105)),
      series(queueId, 'inService', 'count', instances),
      series(
        queueId,
        'desired',
        'count',
        steps([
          [63, 3],
          [67, 5],
          [74, 8],
          [82, 11],
          [139, 9],
          [149, 6],
          [159, 3],
          [169, 2],
        ]),
      ),
      series(streamId, 'iteratorAge', 'milliseconds', crowd(2_400_000, 70, 130, 220)),
      series(streamId, 'incomingBytes', 'bytes', crowd(9_000_000, 40, 90, 200)),
    ],
    heatmaps: [{ resourceId: streamId, heatmap }],
    alarms: [
      alarm('orders-backlog-high', 'GreaterThanOrEqualToThreshold', 1_000),
      alarm('orders-backlog-low', 'LessThanThreshold', 100),
    ],
    replay,
    ...more,
  };
}
