import { pageOfRest } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { list, required, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { Shard } from '../shard.ts';
import type { KinesisState } from '../state.ts';
import type { Stream } from '../stream.ts';
import { openPageToken, pageToken } from '../tokens.ts';
import { describeShard, findStream, type StreamTarget, shardShape, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly NextToken?: string;
  readonly ExclusiveStartShardId?: string;
  readonly MaxResults?: number;
  readonly StreamCreationTimestamp?: number;
  readonly ShardFilter?: { readonly Type: string; readonly ShardId?: string; readonly Timestamp?: number };
}

const filterTypes = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
];

/** Shards by id, filtered by when they took records, a page at a time; the page token lives 300 s. */
export const listShards = defineAction({
  name: 'ListShards',
  input: structure({
    ...streamTarget,
    NextToken: text,
    ExclusiveStartShardId: text,
    MaxResults: whole({ min: 1, max: 10_000 }),
    StreamCreationTimestamp: timestamp,
    ShardFilter: structure({ Type: required(text), ShardId: text, Timestamp: timestamp }),
  }),
  output: structure({ Shards: list(shardShape), NextToken: text }),
  run(state: KinesisState, input: Input) {
    const { stream, afterShardIndex, filterType, filterTimestampMs } = openQuery(state, input);
    if (stream.status === 'CREATING') {
      throw faults.notActive(stream.name, state.context.accountId, stream.status);
    }
    const keep = shardFilter(stream, filterType, filterTimestampMs);
    const rest = stream.allShards().filter((shard) => shard.index > afterShardIndex && keep(shard));
    const { page, ...more } = pageOfRest(rest, input.MaxResults ?? 1_000, ({ index }) =>
      pageToken(state, stream, { afterShardIndex: index, filterType, filterTimestampMs }),
    );
    return { Shards: page.map(describeShard), ...more };
  },
});

function openQuery(
  state: KinesisState,
  input: Input,
): { stream: Stream; afterShardIndex: number; filterType: string; filterTimestampMs: number } {
  if (input.NextToken !== undefined) {
    if (input.StreamName !== undefined || input.StreamCreationTimestamp !== undefined) {
      throw faults.invalid('NextToken and StreamName cannot be provided together.');
    }
    const page = openPageToken(state, input.NextToken);
    return { ...page, stream: findStream(state, { StreamName: page.streamName }) };
  }
  const stream = findStream(state, input);
  const filter = input.ShardFilter;
  const filterType = filter?.Type ?? 'FROM_TRIM_HORIZON';
  if (!filterTypes.includes(filterType)) {
    throw faults.constraint(
      'shardFilter.type',
      filterType,
      `Member must satisfy enum value set: [${filterTypes.join(', ')}]`,
    );
  }
  if (filterType.endsWith('_TIMESTAMP') && filter?.Timestamp === undefined) {
    throw faults.invalid(`Timestamp must be provided in ShardFilter for type ${filterType}.`);
  }
  if (filterType === 'AFTER_SHARD_ID' && filter?.ShardId === undefined) {
    throw faults.invalid('ShardId must be provided in ShardFilter for type AFTER_SHARD_ID.');
  }
  const afterShardId = filterType === 'AFTER_SHARD_ID' ? filter?.ShardId : input.ExclusiveStartShardId;
  return {
    stream,
    afterShardIndex: afterShardId === undefined ? -1 : shardIndexOf(afterShardId),
    filterType,
    filterTimestampMs: filter?.Timestamp ?? 0,
  };
}

function shardIndexOf(shardId: string): number {
  const digits = /^shardId-(\d{12})$/.exec(shardId)?.[1];
  if (digits === undefined) {
    throw faults.constraint('shardId', shardId, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  return Number(digits);
}

/** Which shards a filter keeps: AT_ those open at a moment, FROM_ those open at it or later. */
function shardFilter(stream: Stream, type: string, timestampMs: number): (shard: Shard) => boolean {
  const horizonMs = stream.trimHorizonMs();
  const openAt = (shard: Shard, atMs: number): boolean =>
    shard.createdAtMs <= atMs && (shard.closedAtMs === null || shard.closedAtMs > atMs);
  switch (type) {
    case 'AT_LATEST':
      return (shard) => shard.closedAtMs === null;
    case 'AT_TRIM_HORIZON':
      return (shard) => openAt(shard, Math.max(horizonMs, stream.createdAtMs));
    case 'AT_TIMESTAMP':
      return (shard) => openAt(shard, Math.max(timestampMs, horizonMs, stream.createdAtMs));
    case 'FROM_TIMESTAMP':
      return (shard) => shard.closedAtMs === null || shard.closedAtMs >= timestampMs;
    default:
      return () => true;
  }
}
