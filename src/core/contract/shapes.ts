/**
 * The shapes that cross between a screen (or the CLI) and the engine. Types are derived from these schemas.
 *
 * Inputs are strict and bounded: they come from a page. Outputs are declared too, so that every side agrees at compile
 * time; they are validated in tests, not on the hot path. Columns are Float64Array (EL-13).
 */
import { z } from 'zod';
import { antipatternChangeIds, antipatternIds } from '../messages/antipatterns.ts';
import { bandFigureIds } from '../messages/bands.ts';
import { calibrationLeftOutIds } from '../messages/calibration.ts';
import { decisionBlockIds } from '../messages/decisions.ts';
import { fidelityLeftOutIds } from '../messages/fidelity.ts';
import { importNoteIds, importQuestionIds } from '../messages/importTerms.ts';
import { decidingMeasures } from '../model/measures.ts';
import { replayPlants } from '../model/replayPlants.ts';
import { messageCounts, messageSettings } from './messageShapes.ts';
import { decisionKinds, scaler, simplePolicy, trackingPolicy } from './scalerShapes.ts';

export const id = z.string().min(1).max(2048);
export const label = z.string().trim().min(1).max(200);
export const epochMs = z.number().int().min(0).max(8.64e15);
const finite = z.number();
/** A name that the caller gives to a long call, to follow and to cancel it. */
export const jobId = z.string().min(1).max(64);
const textParams = z.record(z.string(), z.union([z.string(), z.number()]));
/** Any Float64Array, whatever memory it lies in. */
export const column = z.custom<Float64Array>((value) => value instanceof Float64Array, 'expected a Float64Array');

export const language = z.enum(['en', 'ko']);
export const theme = z.enum(['system', 'light', 'dark', 'contrast']);
export const zone = z.enum(['utc', 'local']);
export const timeRange = z.strictObject({ fromMs: epochMs, toMs: epochMs });

// --- session and preferences -------------------------------------------------------------------------------------

export const preferences = z.strictObject({ language, theme, zone });

export const session = z.strictObject({
  version: z.string(),
  host: z.enum(['desktop', 'serve', 'cli']),
  preferences,
  /** IANA zone of the user's machine; "local" in the preferences means this one. */
  timeZone: z.string(),
  writesAllowed: z.boolean(),
  storage: z.strictObject({
    file: z.string(),
    bytes: z.number(),
    points: z.number(),
    events: z.number(),
    /** A damaged database was set aside at start. */
    setAside: z.string().nullable(),
  }),
});

// --- connections ---------------------------------------------------------------------------------------------------

export const credentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('default') }),
  z.strictObject({ kind: z.literal('profile'), profile: label }),
  z.strictObject({
    kind: z.literal('static'),
    accessKeyId: z.string().min(1).max(128),
    secretAccessKey: z.string().min(1).max(256),
    sessionToken: z.string().max(4096).optional(),
  }),
]);

export const connectionInput = z.strictObject({
  name: label,
  kind: z.enum(['aws', 'emulator']),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  credentials,
  pollIntervalSeconds: z.number().int().min(10).max(3600).default(60),
});

export const errorValue = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  retryable: z.boolean(),
});

/** UX-14: one visible word. */
export const liveState = z.enum(['connecting', 'live', 'paused', 'stale', 'error']);

export const connectionStatus = z.strictObject({
  id,
  name: label,
  kind: z.enum(['aws', 'emulator', 'demo', 'trace']),
  region: z.string(),
  endpoint: z.string().nullable(),
  profile: z.string().nullable(),
  accountId: z.string().nullable(),
  state: liveState,
  error: errorValue.nullable(),
  /** The connection's own now: the machine's clock, or the emulator's virtual one. */
  nowMs: epochMs,
  /** Virtual seconds per real second; 1 for AWS, 0 while a virtual clock is held. */
  speed: finite,
  recordedThroughMs: epochMs.nullable(),
  pollIntervalSeconds: z.number(),
  callsPerMinute: z.record(z.string(), finite),
  estimatedCostPerDayUsd: finite,
});

export const connectionTest = z.strictObject({ accountId: z.string(), arn: z.string(), clockSkewSeconds: finite });

// --- overview and resources ------------------------------------------------------------------------------------------

export const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
export const trend = z.enum(['growing', 'steady', 'draining', 'unknown']);

/** One line of the first screen. Null is "not known", never zero. */
export const resourceRow = z.strictObject({
  resourceId: id,
  connectionId: id,
  kind: z.enum(['sqs-queue', 'kinesis-stream']),
  name: label,
  region: z.string(),
  /** Visible messages; null for streams. */
  depth: finite.nullable(),
  inFlight: finite.nullable(),
  /** Age of the oldest message, or iterator age (largest over shards). */
  ageSeconds: finite.nullable(),
  /** Shard of the largest iterator age. */
  ageShardId: z.string().nullable(),
  retentionSeconds: finite,
  inPerSecond: finite.nullable(),
  outPerSecond: finite.nullable(),
  trend,
  /** depth / net drain rate, only while draining (UX-02). */
  timeToDrainSeconds: finite.nullable(),
  alarm: z.strictObject({ name: z.string(), state: alarmState }).nullable(),
  deadLetter: z.strictObject({ resourceId: id, name: z.string(), depth: finite.nullable() }).nullable(),
  /** Queues whose dead-letter queue this is. */
  deadLetterSources: z.array(z.strictObject({ resourceId: id, name: z.string() })),
  hotShard: z.strictObject({ shardId: z.string(), shareOfLimit: finite, timesMean: finite }).nullable(),
  lastDatapointMs: epochMs.nullable(),
  /** Higher is worse; how it is made: docs/overview-score.md. */
  score: finite,
  scoreReasons: z.array(z.string()),
  /** Last hour of depth (queues) or age (streams), for the sparkline. */
  spark: z.strictObject({ times: column, values: column }),
});

export const overview = z.strictObject({ nowMs: epochMs, rows: z.array(resourceRow) });

export const alarmInfo = z.strictObject({
  name: z.string(),
  state: alarmState,
  stateUpdatedAtMs: epochMs,
  metricName: z.string(),
  statistic: z.string(),
  periodSeconds: finite,
  evaluationPeriods: finite,
  datapointsToAlarm: finite,
  threshold: finite,
  comparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  treatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']),
  policyNames: z.array(z.string()),
});

export const stepAdjustment = z.strictObject({
  lowerBound: finite.nullable(),
  upperBound: finite.nullable(),
  adjustment: z.number().int().min(-100_000).max(100_000),
});

export const stepPolicy = z.strictObject({
  name: label,
  adjustmentType: z.enum(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']),
  steps: z.array(stepAdjustment).min(1).max(20),
  minAdjustmentMagnitude: z.number().int().min(1).max(100_000).nullable(),
  metricAggregationType: z.enum(['Average', 'Minimum', 'Maximum']),
  estimatedInstanceWarmupSeconds: z.number().int().min(0).max(86_400).nullable(),
  enabled: z.boolean(),
});

export const groupInfo = z.strictObject({
  resourceId: id,
  name: z.string(),
  minSize: finite,
  maxSize: finite,
  desiredCapacity: finite,
  defaultInstanceWarmupSeconds: finite.nullable(),
  defaultCooldownSeconds: finite,
  instanceType: z.string().nullable(),
  policies: z.array(z.strictObject({ policy: stepPolicy, alarmNames: z.array(z.string()) })),
});

export const shard = z.strictObject({
  shardId: z.string(),
  startingHashKey: z.string(),
  endingHashKey: z.string(),
  closed: z.boolean(),
});

export const resourceDetail = z.strictObject({
  row: resourceRow,
  arn: z.string(),
  /** Settings as the service names them, for display. */
  settings: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  alarms: z.array(alarmInfo),
  /** The group that consumes this queue, found through the alarms on it. */
  group: groupInfo.nullable(),
  shards: z.array(shard),
});

// --- series ----------------------------------------------------------------------------------------------------------

/**
 * What can be charted, per kind of resource. The engine maps each to metric, statistic and reduction (UX-27).
 * `desired` and `inService` are of the group that consumes the queue; `noisyGroups` and what is quiet only fair queues have.
 */
export const measure = z.enum([
  'depth',
  'inFlight',
  'delayed',
  'age',
  'sent',
  'received',
  'deleted',
  'emptyReceives',
  'noisyGroups',
  'quietDepth',
  'quietInFlight',
  'quietDelayed',
  'quietAge',
  'desired',
  'inService',
  'iteratorAge',
  'incomingBytes',
  'incomingRecords',
  'outgoingBytes',
  'outgoingRecords',
  'writeThrottled',
  'readThrottled',
]);

export const seriesRequest = z.strictObject({ resourceId: id, measure });

export const seriesColumns = z.strictObject({
  resourceId: id,
  measure,
  unit: z.enum(['count', 'seconds', 'milliseconds', 'bytes', 'count/s', 'bytes/s']),
  periodSeconds: finite,
  /** How buckets were reduced: what is drawn is said (UX-24). */
  reduction: z.enum(['none', 'minmax', 'sum', 'max', 'last']),
  sourcePoints: finite,
  /** Epoch seconds, of the source points kept. */
  times: column,
  values: column,
});

export const heatmap = z.strictObject({
  shardIds: z.array(z.string()),
  /** Start of each bucket, epoch seconds. */
  times: column,
  bucketSeconds: finite,
  measure: z.enum(['bytes', 'records', 'age']),
  /** Row-major: shardIds.length x times.length; NaN where there is no datapoint. */
  values: column,
  /** Top of the scale: the per-shard limit in the unit of the values (bytes/s, records/s), or retention in ms for age. */
  limit: finite,
  hotShardIds: z.array(z.string()),
});

// --- events ----------------------------------------------------------------------------------------------------------

export const eventKind = z.enum([
  'alarm-state',
  'alarm-action',
  'scaling-activity',
  'configuration',
  'recorder',
  'note',
]);
export const noteKind = z.enum(['observation', 'belief', 'action', 'milestone']);

export const eventRow = z.strictObject({
  id: z.number().int(),
  connectionId: z.string().nullable(),
  resourceId: z.string().nullable(),
  kind: eventKind,
  atMs: epochMs,
  endMs: epochMs.nullable(),
  sourceId: z.string(),
  title: z.string(),
  detail: z.string(),
  data: z.looseObject({ kind: eventKind }),
});

export const noteInput = z.strictObject({
  atMs: epochMs,
  title: label,
  detail: z.string().max(10_000),
  noteKind,
  resourceId: id.nullable(),
  connectionId: id.nullable(),
});

// --- replay ----------------------------------------------------------------------------------------------------------

export const replayAlarm = z.strictObject({
  name: label,
  /** What it watches, as the plant shows it. */
  measure: z.enum(decidingMeasures),
  statistic: z.enum(['Average', 'Sum', 'Minimum', 'Maximum']),
  periodSeconds: z.number().int().min(60).max(86_400).multipleOf(60),
  evaluationPeriods: z.number().int().min(1).max(1440),
  datapointsToAlarm: z.number().int().min(1).max(1440),
  threshold: finite,
  comparisonOperator: alarmInfo.shape.comparisonOperator,
  treatMissingData: alarmInfo.shape.treatMissingData,
  /** Second of the minute at which it is evaluated (MODEL-03). */
  phaseSeconds: z.number().min(0).max(59),
});

/** A scheduled action of EC2 Auto Scaling, as core/schedule has it; at least a start or a recurrence, and one capacity. */
export const scheduledAction = z.strictObject({
  name: label,
  startMs: epochMs.nullable().default(null),
  endMs: epochMs.nullable().default(null),
  /** Five-field cron. */
  recurrence: z.string().max(200).nullable().default(null),
  /** IANA name for the recurrence; null: UTC. */
  timeZone: z.string().max(64).nullable().default(null),
  minSize: z.number().int().min(0).max(10_000).nullable().default(null),
  maxSize: z.number().int().min(0).max(10_000).nullable().default(null),
  desiredCapacity: z.number().int().min(0).max(10_000).nullable().default(null),
});

/** What goes wrong in the world at stated times, the same for every candidate (REP-26, REP-27). */
export const replayFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('launch-failure'), fromMs: epochMs, toMs: epochMs }),
  z.strictObject({
    kind: z.literal('spot-interruption'),
    atMs: epochMs,
    instances: z.number().int().min(1).max(10_000),
  }),
]);

/** A candidate: one or more policies with the alarms that drive them. */
export const replaySetup = z.strictObject({
  label,
  group: z.strictObject({
    minSize: z.number().int().min(0).max(10_000),
    maxSize: z.number().int().min(0).max(10_000),
    defaultInstanceWarmupSeconds: z.number().int().min(0).max(86_400).nullable(),
    defaultCooldownSeconds: z.number().int().min(0).max(86_400),
    /** Who leaves on scale-in; absent: the oldest (MODEL-26). */
    terminationPolicy: z.enum(['OldestInstance', 'NewestInstance']).optional(),
    /** What is launched from the start on never leaves on scale-in (REP-62). */
    newInstancesProtectedFromScaleIn: z.boolean().optional(),
    /** What lifecycle hooks add to a launch before the instance is in service, and to a termination before it is gone (REP-28). */
    hooks: z
      .strictObject({
        launchSeconds: z.number().min(0).max(172_800),
        terminateSeconds: z.number().min(0).max(172_800),
      })
      .optional(),
    /** Instances prepared beside the group (REP-29). */
    warmPool: z
      .strictObject({
        minSize: z.number().int().min(0).max(10_000),
        maxPreparedCapacity: z.number().int().min(0).max(10_000).nullable(),
        state: z.enum(['Stopped', 'Running', 'Hibernated']),
        /** From leaving the pool to in service. */
        startSeconds: z.number().min(0).max(86_400),
      })
      .optional(),
  }),
  schedule: z.array(scheduledAction).max(125).optional(),
  /** Step policies. With nothing else beside an empty list the fleet stays as large as it is: a baseline. */
  policies: z
    .array(
      z.strictObject({
        policy: stepPolicy,
        alarm: replayAlarm,
        /** Application Auto Scaling only (AAS-01); absent: 300. */
        cooldownSeconds: z.number().int().min(0).max(86_400).optional(),
      }),
    )
    .max(50),
  simple: z
    .array(z.strictObject({ policy: simplePolicy, alarm: replayAlarm }))
    .max(50)
    .optional(),
  tracking: z.array(trackingPolicy).max(50).optional(),
  scaler: scaler.optional(),
});

/** What a replay assumes; shown on screen and in every export (UX-31). */
export const replayAssumptions = z.strictObject({
  throughputPerInstancePerMinute: z.number().positive().max(1e9),
  launchDelaySeconds: z.number().min(0).max(86_400),
  terminateDelaySeconds: z.number().min(0).max(86_400),
  /** Publication delay of metrics after the end of their minute (MODEL-02). */
  metricDelaySeconds: z.number().min(0).max(3600),
  /** Points beyond evaluationPeriods that an alarm looks at (MODEL-01). */
  evaluationRangeExtra: z.number().int().min(0).max(10),
  ageGoalSeconds: z.number().positive().max(1_209_600),
  pricePerInstanceHourUsd: z.number().min(0).max(1e6),
  arrivalFactor: z.number().min(0).max(1000).default(1),
});

/** Where a value lies with a confidence (a share); few samples reach less than the usual 0.95. */
export const interval = z.strictObject({ low: finite, high: finite, confidence: finite });

export const calibration = z.strictObject({
  /** Null where the recording does not tell; `missing` then says what is needed. */
  throughputPerInstancePerMinute: finite.nullable(),
  /** This and the other optional fields are absent in older results. */
  throughputInterval: interval.nullable().optional(),
  /** Half-width of the middle 50 %. */
  throughputSpread: finite.nullable(),
  saturatedMinutesUsed: finite,
  /** Used and left out together. */
  minutesTotal: finite.optional(),
  minutesLeftOut: z.array(z.strictObject({ reason: z.enum(calibrationLeftOutIds), minutes: finite })).optional(),
  service: z
    .strictObject({
      /** Mean time of work on one message at the concurrency; null interval: unbounded. */
      seconds: finite,
      interval: interval.nullable(),
      concurrencyPerInstance: finite,
      /** By Little's law, from messages in flight; null without that metric. */
      inHandPerInstance: finite.nullable(),
      inHandSeconds: finite.nullable(),
    })
    .nullable()
    .optional(),
  /** What one instance works off within the age goal. */
  acceptableBacklog: z
    .strictObject({ ageGoalSeconds: finite, messagesPerInstance: finite, interval })
    .nullable()
    .optional(),
  launchDelaySeconds: finite.nullable(),
  launchDelayInterval: interval.nullable().optional(),
  launchesUsed: finite,
  /** One per finished launch, oldest first, at most the newest 5000: request to InService. */
  launchSamples: z
    .array(z.strictObject({ atMs: epochMs, instanceId: z.string().nullable(), seconds: finite }))
    .optional(),
  /** From the request to the instance gone. */
  terminateDelaySeconds: finite.nullable().optional(),
  terminationsUsed: finite.optional(),
  /** One text each, made by `phrases`; `phraseText` (core/messages/terms.ts) gives the words in a language. */
  missing: z.array(z.string()),
});

export const calibrationRequest = z.strictObject({
  resourceId: id,
  /** Null: the newest day of the recording. */
  range: timeRange.nullable(),
  /** Messages an instance works on at once; default 1. */
  concurrencyPerInstance: z.number().positive().max(10_000).optional(),
  /** For the acceptable backlog; default 300. */
  ageGoalSeconds: z.number().positive().max(1_209_600).optional(),
});

export const calibrationResult = z.strictObject({ range: timeRange, calibration });

export const replayDefaults = z.strictObject({
  range: timeRange,
  /** The deployed policies with their alarms, as a setup; null when the queue has no scaled group. */
  deployed: replaySetup.nullable(),
  /** Two ready-made alternatives to compare. */
  suggestions: z.array(replaySetup),
  assumptions: replayAssumptions,
  calibration,
});

export const decision = z.strictObject({
  atMs: epochMs,
  /** What decided; absent: a step policy. */
  kind: z.enum(decisionKinds).optional(),
  policyName: z.string(),
  /** Empty where no alarm drives what decides. */
  alarmName: z.string(),
  metricValue: finite,
  /** Of the alarm; the target value where there is one. */
  threshold: finite,
  /** threshold plus the step's bounds; null: unbounded. */
  stepLower: finite.nullable(),
  stepUpper: finite.nullable(),
  stepIndex: z.number().int(),
  adjustment: finite.nullable(),
  baseCapacity: finite,
  delta: finite,
  creditedInstances: finite,
  desiredBefore: finite,
  desiredAfter: finite,
  blockedBy: z.enum(decisionBlockIds).nullable(),
  /** How often the same outcome repeated each minute after this one; repeats are folded into one line. */
  repeats: z.number().int(),
  /** What the alarm looked at, oldest first, at most its newest 12; null is no datapoint. Absent in older results. */
  datapoints: z.array(finite.nullable()).optional(),
  rules: z.array(z.string()),
});

export const replaySummary = z.strictObject({
  peakBacklog: finite,
  worstAgeSeconds: finite,
  minutesOverAgeGoal: finite,
  instanceHours: finite,
  costUsd: finite,
  launches: finite,
  terminations: finite,
  peakInstances: finite,
  minutesAtMax: finite,
  /** Instant the backlog of the peak was gone; null when it was not. */
  drainedAtMs: epochMs.nullable(),
});

export const replayColumns = z.strictObject({
  /** Start of each minute, epoch seconds. */
  times: column,
  arrivals: column,
  backlog: column,
  ageSeconds: column,
  desired: column,
  inService: column,
});

/**
 * How good a fleet was (docs/rules/yardsticks.md) and what went wrong in it, by name (docs/rules/antipatterns.md).
 *
 * Null is undefined, shown as "n/a"; nothing is clipped. Percentages are 0 to 100 and may exceed 100.
 */
export const judgement = z.strictObject({
  elasticity: z.strictObject({
    thetaUPct: finite.nullable(),
    thetaOPct: finite.nullable(),
    tauUPct: finite.nullable(),
    tauOPct: finite.nullable(),
    instabilityPct: finite.nullable(),
    jitterPerTick: finite.nullable(),
    reversals: finite.nullable(),
    /** Against the recorded fleet; null without one. */
    eta: finite.nullable(),
    deviation: finite.nullable(),
  }),
  waits: z.strictObject({
    p50Seconds: finite.nullable(),
    p95Seconds: finite.nullable(),
    p99Seconds: finite.nullable(),
    maxSeconds: finite.nullable(),
    lateMessages: finite,
    lateShare: finite.nullable(),
    unfinished: finite,
  }),
  spike: z
    .strictObject({
      drainMinutes: finite.nullable(),
      firstNewInstanceMinutes: finite.nullable(),
      overshootInstances: finite.nullable(),
    })
    .nullable(),
  money: z.strictObject({
    costPerMillionMessagesUsd: finite.nullable(),
    wasteShare: finite.nullable(),
    livesUnder10Minutes: finite.nullable(),
  }),
  /** Null for what has no fleet to compare with the schedule that knew (YARD-56). */
  regret: z.strictObject({ costUsd: finite, clairvoyantCostUsd: finite, leastCostUsd: finite }).nullable(),
  antipatterns: z.array(
    z.strictObject({
      antipattern: z.enum(antipatternIds),
      rule: z.string(),
      minutes: finite,
      stretches: z.array(timeRange),
      change: z.enum(antipatternChangeIds),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});

export const replayRun = z.strictObject({
  label,
  setup: replaySetup,
  columns: replayColumns,
  decisions: z.array(decision),
  /** When `decisions` may be some of them. */
  decisionCounts: z.strictObject({ all: finite, acting: finite }).optional(),
  alarmChanges: z.array(z.strictObject({ atMs: epochMs, alarmName: z.string(), from: alarmState, to: alarmState })),
  /** What changed the group without an alarm; absent when nothing did. */
  groupChanges: z
    .array(
      z.strictObject({
        atMs: epochMs,
        kind: z.enum(['schedule', 'spot-interruption']),
        /** Of the scheduled action; empty for faults. */
        name: z.string(),
        minSize: finite,
        maxSize: finite,
        desiredBefore: finite,
        desiredAfter: finite,
        /** Instances that the fault took away. */
        instancesLost: finite,
        rules: z.array(z.string()),
      }),
    )
    .optional(),
  summary: replaySummary,
  /** Of a replay that follows every message. */
  messageCounts: messageCounts.optional(),
  /** Absent in results of older versions. */
  judgement: judgement.optional(),
});

/** The deployed policy replayed, against the fleet that was recorded: how far to trust the what-if. */
export const fidelity = z.strictObject({
  minutesCompared: finite,
  minutesLeftOut: finite,
  /** The minutes left out, as stretches of one reason each, ascending; absent in older results. */
  leftOut: z.array(z.strictObject({ fromMs: epochMs, toMs: epochMs, reason: z.enum(fidelityLeftOutIds) })).optional(),
  /** Share of compared minutes with equal desired capacity, 0 to 1. */
  equalDesiredShare: finite,
  meanAbsoluteErrorInstances: finite,
  /** Of the replayed actions, those with a recorded action of the same direction within one period. Null: none. */
  actionPrecision: finite.nullable(),
  actionRecall: finite.nullable(),
  medianTimingErrorSeconds: finite.nullable(),
  backlogNrmse: finite.nullable(),
  ageNrmse: finite.nullable(),
  costErrorShare: finite.nullable(),
  /** The same with the assumed constants for launch and termination, as what-ifs use them (FID-11). Null: nothing else was used. */
  withAssumedDelays: z
    .strictObject({
      equalDesiredShare: finite,
      actionPrecision: finite.nullable(),
      actionRecall: finite.nullable(),
    })
    .nullable()
    .optional(),
});

const replayPlant = z.enum(replayPlants);

/** For who shows a result and does not keep it; absent: all of it (REP-81). Changes of alarms are left out. */
export const replayScreen = z.strictObject({
  /** At most so many buckets a column: of one minute, or of several, which `bucketSeconds` of the result tells. */
  maxPoints: z.number().int().min(2).max(4000),
  /** The first ones, and the first that changed something; `decisionCounts` of a run tells how many there are. Not counted with 0. */
  maxDecisions: z.number().int().min(0).max(10_000),
  /** Columns and decisions of this part only. Absent: of the whole range. */
  detail: timeRange.optional(),
});

export const replayRequest = z.strictObject({
  jobId: jobId.optional(),
  resourceId: id,
  range: timeRange,
  assumptions: replayAssumptions,
  /** What single launches and terminations take; absent: the assumed constants (REP-20, REP-63). */
  delays: z
    .discriminatedUnion('kind', [
      /** The n-th what the n-th recorded one took (REP-24). */
      z.strictObject({ kind: z.literal('recorded') }),
      /** Lognormal around the assumed ones, by seed. */
      z.strictObject({
        kind: z.literal('drawn'),
        cv: z.number().min(0).max(10),
        seed: z
          .number()
          .int()
          .min(0)
          .max(2 ** 32 - 1)
          .default(1),
      }),
    ])
    .optional(),
  /** Counts of messages that alarms see are approximate: off by this coefficient of variation, by seed (MODEL-35). */
  countNoise: z
    .strictObject({
      cv: z.number().min(0).max(1),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 32 - 1)
        .default(1),
    })
    .optional(),
  /** For the plant 'per-message'; absent: as the queue was recorded, exponential service. */
  messages: messageSettings.optional(),
  /** Absent: the bare flow. */
  plant: replayPlant.optional(),
  /** False leaves out yardsticks, antipatterns and the decisions of what is not deployed (REP-39), for results that are drawn while something is dragged. Absent: true. */
  judge: z.boolean().optional(),
  faults: z.array(replayFault).max(100).optional(),
  setups: z.array(replaySetup).min(1).max(8),
  screen: replayScreen.optional(),
});

export const replayResult = z.strictObject({
  resourceId: id,
  range: timeRange,
  assumptions: replayAssumptions,
  /** Absent in results of older versions: the bare flow. */
  plant: replayPlant.optional(),
  recorded: z.strictObject({ columns: replayColumns, summary: replaySummary }),
  runs: z.array(replayRun),
  /** Null when the deployed policies are unknown. */
  fidelity: fidelity.nullable(),
  holes: z.array(z.strictObject({ fromMs: epochMs, toMs: epochMs, treatedAs: z.string() })),
  /** Assumptions that hardly fit the recording (CAL-12), one text each for `phraseText`; absent in older results. */
  cautions: z.array(z.string()).optional(),
  /** What one value of a column stands for; absent: a minute. Largest values, arrivals by their mean. */
  bucketSeconds: finite.optional(),
  /** Whether the recording of the whole range knows a fleet; told with `screen`. */
  fleetRecorded: z.boolean().optional(),
});

/** How uncertain assumptions are (docs/rules/uncertainty.md); whatever is absent comes from the recording's calibration. */
export const replaySpreads = z.strictObject({
  throughputCv: z.number().min(0).max(2).optional(),
  launchDelayCv: z.number().min(0).max(2).optional(),
  terminateDelayCv: z.number().min(0).max(2).optional(),
  /** Draw single launches and terminations from what the recorded ones took, where there are any. Default true. */
  recordedDelays: z.boolean().optional(),
  metricDelaySeconds: z
    .strictObject({ minimum: z.number().min(0).max(3600), maximum: z.number().min(0).max(3600) })
    .refine(({ minimum, maximum }) => minimum <= maximum, 'expected minimum <= maximum')
    .optional(),
  anyPhase: z.boolean().optional(),
});

export const bandsRequest = z.strictObject({
  resourceId: id,
  range: timeRange,
  assumptions: replayAssumptions,
  /** Absent: the bare flow. Message by message each world has chance of its own, and some twenty worlds are what one waits for. */
  plant: replayPlant.optional(),
  /** As of a replay. Their seeds are not used: each world draws its own. */
  messages: messageSettings.optional(),
  countNoise: replayRequest.shape.countNoise,
  faults: replayRequest.shape.faults,
  setup: replaySetup,
  spreads: replaySpreads.default({}),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  runs: z.number().int().min(2).max(1000).default(200),
  jobId: jobId.optional(),
});

/** p5, p50 and p95 of the worlds, per bucket; one value each for every entry of `times`. */
export const bandColumn = z.strictObject({ p5: column, p50: column, p95: column });

export const replayBands = z.strictObject({
  runs: finite,
  seed: finite,
  /** Start of each bucket, epoch seconds. */
  times: column,
  bucketSeconds: finite,
  backlog: bandColumn,
  ageSeconds: bandColumn,
  desired: bandColumn,
  inService: bandColumn,
  figures: z.array(
    z.strictObject({
      figure: z.enum(bandFigureIds),
      p5: finite,
      p50: finite,
      p95: finite,
    }),
  ),
});

// --- traces ------------------------------------------------------------------------------------------------------------

/** How a file is read, as far as it does not tell itself (docs/rules/import.md). */
export const traceOptions = z.strictObject({
  /** An IANA zone or a difference such as +09:00, for stamps that name none. */
  zone: z.string().min(1).max(64).optional(),
  /** The series that holds the arrivals, when there are several. */
  series: z.string().min(1).max(1000).optional(),
  kind: z.enum(['series', 'requests']).optional(),
  duplicates: z.enum(['first', 'last', 'sum', 'mean']).optional(),
  partial: z.enum(['keep', 'drop']).optional(),
});

/** What becomes of a trace that was read, in this order: cut, spliced, scaled, shifted, resampled. */
export const traceChange = z.strictObject({
  /** The part to keep; absent: all. */
  range: timeRange.optional(),
  factor: z.number().positive().max(1e9).default(1),
  shiftSeconds: z.number().int().min(-1e10).max(1e10).default(0),
  /** Another import, begun and pushed, that is put over this one from an instant on (IMP-43); it is gone then. */
  splice: z.strictObject({ importId: id, atMs: epochMs.optional() }).optional(),
  /** Counts of longer periods spread evenly: how the traffic would look to who reads it coarsely (IMP-44). */
  resampleSeconds: z.number().int().min(60).max(86_400).multipleOf(60).optional(),
});

export const traceReport = z.strictObject({
  format: z.string(),
  kind: z.enum(['series', 'requests']),
  rows: finite,
  series: z.array(z.string()),
  chosen: z.string().nullable(),
  periodSeconds: finite,
  firstMs: finite,
  lastMs: finite,
  notes: z.array(z.strictObject({ note: z.enum(importNoteIds), params: textParams })),
  holes: z.array(timeRange),
});

export const traceImported = z.strictObject({
  report: traceReport,
  /** What the file does not tell. As long as there are any, nothing was stored: import again with the answers. */
  questions: z.array(
    z.strictObject({ question: z.enum(importQuestionIds), params: textParams, choices: z.array(z.string()) }),
  ),
  /** The queue that now has these arrivals; null after a look only, or while there are questions. */
  queueResourceId: id.nullable(),
});

export const sampleTrace = z.strictObject({
  name: z.string(),
  file: z.string(),
  /** For stamps that name no zone: where the recorder stood. */
  zone: z.string().nullable(),
});

// --- export ------------------------------------------------------------------------------------------------------------

export const exportRequest = z.strictObject({
  resourceIds: z.array(id).max(200),
  range: timeRange,
  /** 'csv' holds the replay alone, minute by minute, and needs one. */
  format: z.enum(['markdown', 'json', 'html', 'csv']),
  language,
  /** IANA zone in which instants are written; every one carries its offset. */
  timeZone: z.string().min(1).max(64),
  title: z.string().max(200),
  replay: replayRequest.nullable(),
  /** Bands of every setup, too (docs/rules/uncertainty.md); not message by message. */
  bands: z
    .strictObject({
      runs: z.number().int().min(2).max(1000),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 32 - 1)
        .default(1),
    })
    .optional(),
});

export const exportedFile = z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() });

// --- demo --------------------------------------------------------------------------------------------------------------

export const demoStatus = z.strictObject({
  running: z.boolean(),
  connectionId: z.string().nullable(),
  queueResourceId: z.string().nullable(),
  streamResourceId: z.string().nullable(),
  /** Fast-forwarding through the history before it goes live. */
  preparing: z.boolean(),
  progress: finite,
});

export type Language = z.infer<typeof language>;
export type Theme = z.infer<typeof theme>;
export type Preferences = z.infer<typeof preferences>;
export type Session = z.infer<typeof session>;
export type TimeRange = z.infer<typeof timeRange>;
export type Credentials = z.infer<typeof credentials>;
export type ConnectionInput = z.infer<typeof connectionInput>;
export type ConnectionStatus = z.infer<typeof connectionStatus>;
export type LiveState = z.infer<typeof liveState>;
export type ResourceRow = z.infer<typeof resourceRow>;
export type Overview = z.infer<typeof overview>;
export type AlarmInfo = z.infer<typeof alarmInfo>;
export type GroupInfo = z.infer<typeof groupInfo>;
export type ResourceDetail = z.infer<typeof resourceDetail>;
export type Measure = z.infer<typeof measure>;
export type SeriesRequest = z.infer<typeof seriesRequest>;
export type SeriesColumns = z.infer<typeof seriesColumns>;
export type Heatmap = z.infer<typeof heatmap>;
export type EventRow = z.infer<typeof eventRow>;
export type NoteInput = z.infer<typeof noteInput>;
export type ReplayAlarm = z.infer<typeof replayAlarm>;
export type ReplaySetup = z.infer<typeof replaySetup>;
export type ReplayFault = z.infer<typeof replayFault>;
export type ReplayAssumptions = z.infer<typeof replayAssumptions>;
export type Calibration = z.infer<typeof calibration>;
export type Interval = z.infer<typeof interval>;
export type CalibrationRequest = z.infer<typeof calibrationRequest>;
export type CalibrationResult = z.infer<typeof calibrationResult>;
export type ReplayDefaults = z.infer<typeof replayDefaults>;
export type Decision = z.infer<typeof decision>;
export type ReplaySummary = z.infer<typeof replaySummary>;
export type ReplayColumns = z.infer<typeof replayColumns>;
export type ReplayRun = z.infer<typeof replayRun>;
export type Judgement = z.infer<typeof judgement>;
export type Fidelity = z.infer<typeof fidelity>;
export type ReplayRequest = z.infer<typeof replayRequest>;
export type ReplayScreen = z.infer<typeof replayScreen>;
export type ReplayResult = z.infer<typeof replayResult>;
export type ExportRequest = z.infer<typeof exportRequest>;
export type ExportedFile = z.infer<typeof exportedFile>;
export type BandsRequest = z.output<typeof bandsRequest>;
export type ReplayBands = z.infer<typeof replayBands>;
export type TraceOptions = z.input<typeof traceOptions>;
export type TraceChange = z.output<typeof traceChange>;
export type TraceImported = z.infer<typeof traceImported>;
export type SampleTrace = z.infer<typeof sampleTrace>;
export type DemoStatus = z.infer<typeof demoStatus>;
