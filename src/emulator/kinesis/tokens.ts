/**
 * Shard iterators and page tokens: opaque to clients, self-contained for us.
 *
 * They carry the stream's creation instant, so that those of a deleted stream never read its successor.
 */
import { faults } from './faults.ts';
import { type Shard, shardIdOf } from './shard.ts';
import type { KinesisState } from './state.ts';
import type { Stream } from './stream.ts';

const iteratorMark = 'i1';
const pageMark = 'p1';

function seal(parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('|'), 'utf8').toString('base64');
}

function unseal(token: string, mark: string, length: number): string[] | null {
  const parts = Buffer.from(token, 'base64').toString('utf8').split('|');
  return parts[0] === mark && parts.length === length ? parts : null;
}

export function shardIterator(state: KinesisState, stream: Stream, shard: Shard, ordinal: number): string {
  return seal([iteratorMark, stream.name, stream.createdAtMs, shard.index, ordinal, state.nowMs()]);
}

/** Throws InvalidArgumentException, ExpiredIteratorException, ResourceNotFoundException. */
export function openIterator(state: KinesisState, token: string): { stream: Stream; shard: Shard; ordinal: number } {
  const parts = unseal(token, iteratorMark, 6);
  if (parts === null) throw faults.iteratorInvalid();
  const name = parts[1]!;
  const [createdAtMs, shardIndex, ordinal, issuedAtMs] = parts.slice(2).map(Number) as [number, number, number, number];
  if (![createdAtMs, shardIndex, ordinal, issuedAtMs].every(Number.isSafeInteger)) throw faults.iteratorInvalid();

  const life = state.limits.iteratorLifeMs;
  const nowMs = state.nowMs();
  if (nowMs - issuedAtMs > life) throw faults.iteratorExpired(issuedAtMs, nowMs, life);

  const stream = state.stream(name);
  if (stream === undefined || stream.createdAtMs !== createdAtMs) {
    throw faults.streamNotFound(name, state.context.accountId);
  }
  const shard = stream.allShards().find((each) => each.index === shardIndex);
  if (shard === undefined) {
    throw faults.shardNotFound(shardIdOf(shardIndex), name, state.context.accountId);
  }
  return { stream, shard, ordinal };
}

/** A page of ListShards: what to go on with, and the filter of the first call. */
export interface ShardPage {
  readonly streamName: string;
  readonly afterShardIndex: number;
  readonly filterType: string;
  readonly filterTimestampMs: number;
}

export function pageToken(state: KinesisState, stream: Stream, page: Omit<ShardPage, 'streamName'>): string {
  return seal([
    pageMark,
    stream.name,
    stream.createdAtMs,
    page.afterShardIndex,
    page.filterType,
    page.filterTimestampMs,
    state.nowMs(),
  ]);
}

/** Throws InvalidArgumentException, ExpiredNextTokenException. */
export function openPageToken(state: KinesisState, token: string): ShardPage {
  const parts = unseal(token, pageMark, 7);
  if (parts === null) throw faults.tokenInvalid();
  const [, streamName, createdAtMs, afterShardIndex, filterType, filterTimestampMs, issuedAtMs] = parts;
  if (state.nowMs() - Number(issuedAtMs) > state.limits.listTokenLifeMs) throw faults.tokenExpired();
  if (state.stream(streamName!)?.createdAtMs !== Number(createdAtMs)) throw faults.tokenInvalid();
  return {
    streamName: streamName!,
    afterShardIndex: Number(afterShardIndex),
    filterType: filterType!,
    filterTimestampMs: Number(filterTimestampMs),
  };
}
