/** Kinesis Data Streams: streams with mode, retention, enhanced monitoring and shards. */
import type { Resource, Shard } from '../core/model/resources.ts';
import { type Caller, everyPage, mapBounded } from './caller.ts';

/** ListShards and DescribeStreamSummary allow few calls a second per account. */
const concurrency = 3;

export async function discoverStreams(
  caller: Caller,
  connectionId: string,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<Resource[]> {
  const { ListStreamsCommand, DescribeStreamSummaryCommand } = await import('@aws-sdk/client-kinesis');
  const client = await caller.clients.kinesis();
  const names = await everyPage(async (token) => {
    const page = await caller.call('kinesis:ListStreams', signal, (options) =>
      client.send(new ListStreamsCommand(token === undefined ? {} : { ExclusiveStartStreamName: token }), options),
    );
    const items = page.StreamNames ?? [];
    return { items, next: page.HasMoreStreams === true ? items.at(-1) : undefined };
  });
  const found = await mapBounded(names, concurrency, async (name): Promise<Resource | null> => {
    const { StreamDescriptionSummary: summary } = await caller.call(
      'kinesis:DescribeStreamSummary',
      signal,
      (options) => client.send(new DescribeStreamSummaryCommand({ StreamName: name }), options),
    );
    if (summary?.StreamARN === undefined) return null;
    return {
      id: summary.StreamARN,
      connectionId,
      kind: 'kinesis-stream',
      name,
      config: {
        kind: 'kinesis-stream',
        mode: summary.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
        retentionHours: summary.RetentionPeriodHours ?? 24,
        shardLevelMetrics: (summary.EnhancedMonitoring ?? []).flatMap((set) => set.ShardLevelMetrics ?? []),
        shards: await shardsOf(caller, name, signal),
      },
      discoveredAtMs: nowMs(),
    };
  });
  return found.filter((resource) => resource !== null);
}

async function shardsOf(caller: Caller, streamName: string, signal: AbortSignal): Promise<Shard[]> {
  const { ListShardsCommand } = await import('@aws-sdk/client-kinesis');
  const client = await caller.clients.kinesis();
  return everyPage(async (token) => {
    // A token stands for the stream, too: giving both is refused.
    const command = new ListShardsCommand(token === undefined ? { StreamName: streamName } : { NextToken: token });
    const page = await caller.call('kinesis:ListShards', signal, (options) => client.send(command, options));
    const items = (page.Shards ?? []).map((shard) => ({
      shardId: shard.ShardId ?? '',
      startingHashKey: shard.HashKeyRange?.StartingHashKey ?? '0',
      endingHashKey: shard.HashKeyRange?.EndingHashKey ?? '0',
      closed: shard.SequenceNumberRange?.EndingSequenceNumber !== undefined,
    }));
    return { items, next: page.NextToken };
  });
}
