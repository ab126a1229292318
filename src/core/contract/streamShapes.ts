/**
 * What `replay.stream` is asked and answers: a recorded stream's traffic on other shards, other modes and other consumers.
 *
 * Columns have one entry per minute. Rules: docs/rules/kinesis.md (KREP-01 to KREP-12). Not here: replays of queues (shapes.ts).
 */
import * as z from 'zod';

const name = z.string().trim().min(1).max(200);
const epochMs = z.number().int().min(0).max(8.64e15);
const range = z.strictObject({ fromMs: epochMs, toMs: epochMs });
const shardCount = z.number().int().min(1).max(10_000);
const finite = z.number();
const column = z.custom<Float64Array>((value) => value instanceof Float64Array, 'expected a Float64Array');

/** A rule that calls UpdateShardCount (KREP-10). */
export const shardRule = z.strictObject({
  targetUtilizationPercent: z.number().min(1).max(100),
  minShards: shardCount,
  maxShards: shardCount,
  everyMinutes: z.number().int().min(1).max(1440),
});

export const streamCandidate = z.strictObject({
  label: name,
  capacity: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('provisioned'),
      shards: shardCount,
      changes: z
        .array(z.strictObject({ atMs: epochMs, shards: shardCount }))
        .max(100)
        .default([]),
      rule: shardRule.nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('on-demand'),
      /** Of the 30 days before, MB/s; the recording often does not reach back that far. */
      peakMBps: z.number().min(0).max(1e6).default(0),
    }),
  ]),
});

export const streamRequest = z.strictObject({
  resourceId: z.string().min(1).max(2048),
  /** Null: the newest day of the recording. */
  range: range.nullable(),
  /** Compared with the deployed stream, which always comes first. */
  candidates: z.array(streamCandidate).max(8),
  /** Records are multiplied by this; their size stays. */
  recordsFactor: z.number().min(0).max(1000).default(1),
  /** Partition keys with more than their share of the records, 0 to 1 each, together at most 1. */
  hotKeys: z
    .array(z.strictObject({ key: z.string().min(1).max(256), share: z.number().min(0).max(1) }))
    .max(50)
    .default([]),
  consumers: z
    .array(
      z.strictObject({
        name,
        enhanced: z.boolean().default(false),
        /** What it can process of one shard; null: all it is given. */
        recordsPerSecondPerShard: z.number().positive().max(1e9).nullable().default(null),
      }),
    )
    .min(1)
    .max(20)
    .prefault([{ name: 'consumer' }]),
  onRefusal: z.enum(['give-up', 'retry']).default('give-up'),
});

export const streamColumns = z.strictObject({
  /** Start of each minute, epoch seconds. */
  times: column,
  refused: column,
  heldBack: column,
  shards: column,
  iteratorAgeSeconds: column,
  hottestShardPercent: column,
});

export const streamRun = z.strictObject({
  label: name,
  columns: streamColumns,
  summary: z.strictObject({
    records: finite,
    refusedRecords: finite,
    refusedShare: finite,
    minutesThrottled: finite,
    notWrittenRecords: finite,
    worstIteratorAgeSeconds: finite,
    lostRecords: finite,
    peakShards: finite,
    shardHours: finite,
    costUsd: finite,
  }),
  consumers: z.array(
    z.strictObject({ name, worstIteratorAgeSeconds: finite, lostRecords: finite, unreadRecords: finite }),
  ),
  /** UpdateShardCount calls that the service would have refused. */
  refusedChanges: z.array(
    z.strictObject({
      atMs: epochMs,
      shards: finite,
      reason: z.enum(['tooManyShards', 'moreThanDouble', 'lessThanHalf', 'tooManyUpdates', 'resourceInUse']),
    }),
  ),
});

export const streamReplay = z.strictObject({
  resourceId: z.string(),
  range,
  deployed: z.strictObject({ mode: z.enum(['PROVISIONED', 'ON_DEMAND']), shards: finite, retentionHours: finite }),
  /** Minutes in which nothing was recorded; counted as none written. */
  holes: finite,
  /** What the recording shows; null where it has no such metric. */
  recorded: z.strictObject({
    refusedRecords: finite.nullable(),
    minutesThrottled: finite.nullable(),
    worstIteratorAgeSeconds: finite.nullable(),
  }),
  /** Deployed first. */
  runs: z.array(streamRun),
  /** The deployed stream against the recording; null with scaled records or without recorded refusals. */
  fidelity: z
    .strictObject({
      minutesCompared: finite,
      /** Share of minutes in which both were throttled or neither was. */
      throttledAgreeShare: finite,
      /** Null without a recorded iterator age. */
      iteratorAgeMeanErrorSeconds: finite.nullable(),
    })
    .nullable(),
});

export type StreamCandidate = z.infer<typeof streamCandidate>;
export type StreamRequest = z.infer<typeof streamRequest>;
export type StreamRunTold = z.infer<typeof streamRun>;
export type StreamReplay = z.infer<typeof streamReplay>;
