/**
 * What the actions share: how a request names its stream, and the shapes that appear in several answers.
 */
import { list, map, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import { parseSequenceNumber } from '../sequence.ts';
import type { Shard } from '../shard.ts';
import type { KinesisState } from '../state.ts';
import type { Stream } from '../stream.ts';

/** A request names its stream by name or by ARN; the ARN wins, and names nothing unless all of it is the stream's. */
export interface StreamTarget {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

export const streamTarget = { StreamName: text, StreamARN: text };

export function findStream(state: KinesisState, target: StreamTarget): Stream {
  const name = targetName(target);
  const stream = state.stream(name);
  const isAnother = target.StreamARN !== undefined && stream?.arn !== target.StreamARN;
  if (stream === undefined || isAnother) throw faults.streamNotFound(name, state.context.accountId);
  return stream;
}

/** Refuses a stream that is being created or deleted: it takes no records and gives none. */
export function findUsableStream(state: KinesisState, target: StreamTarget): Stream {
  const stream = findStream(state, target);
  if (stream.status === 'CREATING' || stream.status === 'DELETING') {
    throw faults.streamNotFound(stream.name, state.context.accountId);
  }
  return stream;
}

/** For changes, which need an ACTIVE stream. Throws ResourceInUseException. */
export function findActiveStream(state: KinesisState, target: StreamTarget): Stream {
  const stream = findStream(state, target);
  if (stream.status !== 'ACTIVE') throw faults.notActive(stream.name, state.context.accountId, stream.status);
  return stream;
}

export function findShard(state: KinesisState, stream: Stream, shardId: string): Shard {
  const shard = stream.shardById(shardId);
  if (shard === undefined) throw faults.shardNotFound(shardId, stream.name, state.context.accountId);
  return shard;
}

function targetName(target: StreamTarget): string {
  if (target.StreamARN !== undefined) {
    const name = /^arn:aws[a-z-]*:kinesis:[^:]*:\d{12}:stream\/([a-zA-Z0-9_.-]+)$/.exec(target.StreamARN)?.[1];
    if (name === undefined) {
      throw faults.constraint(
        'streamARN',
        target.StreamARN,
        'Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
      );
    }
    return name;
  }
  if (target.StreamName === undefined) throw faults.invalid('Either StreamName or StreamARN must be provided.');
  return checkStreamName(target.StreamName);
}

export function checkStreamName(name: string): string {
  if (!/^[a-zA-Z0-9_.-]+$/.test(name)) {
    throw faults.constraint('streamName', name, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  if (name.length > 128) {
    throw faults.constraint('streamName', name, 'Member must have length less than or equal to 128');
  }
  return name;
}

export function checkPartitionKey(partitionKey: string): void {
  if (partitionKey.length < 1) {
    throw faults.constraint('partitionKey', partitionKey, 'Member must have length greater than or equal to 1');
  }
  if (partitionKey.length > 256) {
    throw faults.constraint('partitionKey', partitionKey, 'Member must have length less than or equal to 256');
  }
}

/** The ordinal a sequence number means in a shard; throws when it belongs elsewhere. */
export function ordinalOf(state: KinesisState, stream: Stream, shard: Shard, sequenceNumber: string): number {
  const position = parseSequenceNumber(sequenceNumber);
  const fits =
    position !== null &&
    position.shardIndex === shard.index &&
    position.createdSecond === Math.floor(shard.createdAtMs / 1_000) &&
    position.ordinal <= shard.records.nextOrdinal;
  if (!fits) {
    throw faults.invalid(
      `StartingSequenceNumber ${sequenceNumber} used in GetShardIterator on shard ${shard.shardId} in stream ` +
        `${stream.name} under account ${state.context.accountId} is invalid.`,
    );
  }
  return position.ordinal;
}

const hashKeyRangeShape = structure({ StartingHashKey: text, EndingHashKey: text });

function hashKeyRange(shard: Shard) {
  return { StartingHashKey: shard.startingHashKey.toString(), EndingHashKey: shard.endingHashKey.toString() };
}

export const shardShape = structure({
  ShardId: text,
  ParentShardId: text,
  AdjacentParentShardId: text,
  HashKeyRange: hashKeyRangeShape,
  SequenceNumberRange: structure({ StartingSequenceNumber: text, EndingSequenceNumber: text }),
});

export function describeShard(shard: Shard) {
  return {
    ShardId: shard.shardId,
    ParentShardId: shard.parents[0]?.shardId,
    AdjacentParentShardId: shard.parents[1]?.shardId,
    HashKeyRange: hashKeyRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: shard.sequenceNumber(0),
      EndingSequenceNumber: shard.closedAtMs === null ? undefined : shard.sequenceNumber(shard.records.nextOrdinal),
    },
  };
}

export const childShardsShape = list(
  structure({ ShardId: text, ParentShards: list(text), HashKeyRange: hashKeyRangeShape }),
);

export function childShards(shard: Shard) {
  return shard.children.map((child) => ({
    ShardId: child.shardId,
    ParentShards: child.parents.map((parent) => parent.shardId),
    HashKeyRange: hashKeyRange(child),
  }));
}

export const streamModeShape = structure({ StreamMode: required(text) });
const enhancedMonitoringShape = list(structure({ ShardLevelMetrics: list(text) }));
export const tagMapShape = map(text);
export const nothing = structure({});

/** Members that DescribeStream and DescribeStreamSummary have in common. */
export const streamHeadShape = {
  StreamName: text,
  StreamARN: text,
  StreamStatus: text,
  StreamModeDetails: streamModeShape,
  RetentionPeriodHours: whole(),
  StreamCreationTimestamp: timestamp,
  EnhancedMonitoring: enhancedMonitoringShape,
  EncryptionType: text,
};

export function describeStreamHead(stream: Stream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: stream.createdAtMs,
    EnhancedMonitoring: [{ ShardLevelMetrics: [...stream.enhancedMetrics] }],
    EncryptionType: 'NONE',
  };
}
