/**
 * The shapes of a stream's replay: candidates in, columns and figures out. Rules: docs/rules/kinesis.md (KREP).
 *
 * As shapes.ts: inputs are strict and bounded, outputs are declared so that every side agrees. Pages take types only.
 */
import { z } from 'zod';
import { column, epochMs, id, jobId, label, timeRange } from './shapes.ts';

const shardCount = z.number().int().min(1).max(10_000);
const share = z.number().min(0).max(1);
const finite = z.number();

/** One consumer application; every one reads every shard (KREP-10). */
export const streamConsumer = z.strictObject({
  fanOut: z.enum(['shared', 'enhanced']),
  workersPerShard: z.number().int().min(1).max(1_000).default(1),
  /** Null: as fast as the shard gives. */
  recordsPerSecondPerWorker: z.number().positive().max(1e9).nullable().default(null),
});

/** A partition key with its share of the traffic; its MD5 says where it goes (KREP-03). */
export const streamHotKey = z.strictObject({ key: z.string().min(1).max(256), share });

/** Reshards by the use of the stream's limits, 0 to 1 and more (KREP-24). */
export const reshardingRule = z
  .strictObject({
    minShards: shardCount,
    maxShards: shardCount,
    targetUse: z.number().positive().max(1).default(0.5),
    outAboveUse: z.number().positive().max(10).default(0.8),
    outMinutes: z.number().int().min(1).max(1_440).default(3),
    inBelowUse: z.number().min(0).max(1).default(0.25),
    inMinutes: z.number().int().min(1).max(1_440).default(60),
  })
  .refine(({ minShards, maxShards }) => minShards <= maxShards, 'expected minShards <= maxShards');

export const streamCapacity = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('PROVISIONED'),
    shards: shardCount,
    /** UpdateShardCount calls; those the service would refuse are refused (KREP-20). */
    changes: z
      .array(z.strictObject({ atMs: epochMs, targetShards: shardCount }))
      .max(200)
      .default([]),
    rule: reshardingRule.nullable().default(null),
  }),
  z.strictObject({ mode: z.literal('ON_DEMAND') }),
]);

export const streamCandidate = z.strictObject({
  label,
  capacity: streamCapacity,
  consumers: z.array(streamConsumer).min(1).max(50),
  /** Absent: as far as the recording's shard metrics tell (KREP-33). */
  hotKeys: z
    .array(streamHotKey)
    .max(50)
    .refine(
      (keys) => keys.reduce((sum, { share: one }) => sum + one, 0) <= 1 + 1e-9,
      'expected shares of at most 1 together',
    )
    .optional(),
});

export const streamReplayRequest = z.strictObject({
  jobId: jobId.optional(),
  resourceId: id,
  /** Null: the newest day of the recording. */
  range: timeRange.nullable(),
  trafficFactor: z.number().min(0).max(1_000).default(1),
  /** What producers do with a refused record: null, it is gone; seconds, they offer it again after as many (KREP-05). */
  retrySeconds: z.number().min(0.01).max(3_600).nullable().default(null),
  /** Absent: the stream's own. */
  retentionHours: z.number().min(1).max(8_760).optional(),
  candidates: z.array(streamCandidate).min(1).max(16),
});

export const streamColumns = z.strictObject({
  /** Start of each minute, epoch seconds. */
  times: column,
  /** Taken by the shards. */
  records: column,
  bytes: column,
  /** Refused attempts, as WriteProvisionedThroughputExceeded counts them. */
  throttled: column,
  /** Largest of the minute, over shards and consumers; seconds. */
  iteratorAgeSeconds: column,
  /** Open at the minute's end; NaN in a recording, which does not tell. */
  shards: column,
});

export const streamSummary = z.strictObject({
  offeredRecords: finite,
  takenRecords: finite,
  throttledRecords: finite,
  /** Of all attempts, 0 to 1; null without any. */
  throttledShare: finite.nullable(),
  throttledMinutes: finite,
  /** Refused and not offered again. */
  refusedRecords: finite,
  /** Grew older than the retention unread; of the consumer that lost most. */
  expiredRecords: finite,
  /** Refused for good and expired: what never reached that consumer. */
  lostRecords: finite,
  /** Held by producers, and not read by the slowest consumer, at the end. */
  waitingRecords: finite,
  unreadRecords: finite,
  worstIteratorAgeSeconds: finite,
  peakShards: finite,
  shardHours: finite,
  /** Shard hours at the price of prices.json; null on demand, which is not paid by shards, and without a price (KREP-36). */
  costUsd: finite.nullable(),
});

export const streamRun = z.strictObject({
  label,
  candidate: streamCandidate,
  columns: streamColumns,
  changes: z.array(
    z.strictObject({
      atMs: epochMs,
      by: z.enum(['script', 'rule', 'on-demand']),
      fromShards: finite,
      targetShards: finite,
      /** Null: refused, or not done within the range. */
      doneAtMs: epochMs.nullable(),
      refusedBy: z.array(z.enum(['tooManyShards', 'moreThanDouble', 'lessThanHalf', 'tooManyUpdates', 'updating'])),
    }),
  ),
  summary: streamSummary,
});

/** The deployed shards replayed, against what was recorded (KREP-35). */
export const streamFidelity = z.strictObject({
  shards: finite,
  minutesCompared: finite,
  minutesLeftOut: finite,
  /** Mean absolute error of records taken a minute, as a share of their mean; null when nothing was taken. */
  takenErrorShare: finite.nullable(),
  /** The same with the other assumption about producers; null when nothing was refused, so that it makes no difference. */
  otherProducers: z.strictObject({ retrySeconds: finite.nullable(), takenErrorShare: finite.nullable() }).nullable(),
  throttled: z.strictObject({
    recorded: finite,
    replayed: finite,
    recordedMinutes: finite,
    replayedMinutes: finite,
    bothMinutes: finite,
  }),
  /** Null without recorded ages. */
  iteratorAge: z
    .strictObject({
      minutes: finite,
      recordedWorstSeconds: finite,
      replayedWorstSeconds: finite,
      /** Root mean square error over the recorded range of values; null for a flat recording. */
      nrmse: finite.nullable(),
    })
    .nullable(),
});

export const streamReplayResult = z.strictObject({
  resourceId: id,
  range: timeRange,
  retentionHours: finite,
  recorded: z.strictObject({
    columns: streamColumns,
    shards: finite,
    mode: z.enum(['PROVISIONED', 'ON_DEMAND']),
    /** Records read by GetRecords over records written: how many consumers polled everything; null when not recorded. */
    pollingConsumers: finite.nullable(),
    /** What the slowest of them read of a shard while it lagged (KREP-37); null when none did, or without shard metrics. */
    slowestConsumerRecordsPerSecond: finite.nullable(),
  }),
  /** Shards that take more than the others, as one hot key in the middle of each (KREP-33). */
  hotShards: z.array(z.strictObject({ shardId: z.string(), share: finite })),
  runs: z.array(streamRun),
  fidelity: streamFidelity.nullable(),
  holes: z.array(z.strictObject({ fromMs: epochMs, toMs: epochMs, treatedAs: z.string() })),
});

export type StreamCandidate = z.output<typeof streamCandidate>;
export type StreamReplayRequest = z.output<typeof streamReplayRequest>;
export type StreamReplayResult = z.infer<typeof streamReplayResult>;
export type StreamRun = z.infer<typeof streamRun>;
export type StreamSummary = z.infer<typeof streamSummary>;
export type StreamFidelity = z.infer<typeof streamFidelity>;
export type StreamColumns = z.infer<typeof streamColumns>;
