/**
 * A scenario's stream brought to life: producers that really put records, consumers that really get them, seeded.
 *
 * Everything goes through the same stream functions as the API, so limits, refusals and iterator age are the real ones.
 * Cheap on purpose: one event a second per producer, entries made once and shared, nothing copied. Records a shard
 * refuses are offered again the next second, oldest first, as producer libraries do.
 */
import type { Random } from '../../core/time/random.ts';
import { poisson, ratePerSecondAt } from '../scenarios/load.ts';
import type { StreamConsumerSpec, StreamProducerSpec, StreamSpec } from '../scenarios/spec.ts';
import type { World } from '../world/world.ts';
import { hashKeyOf } from './hash.ts';
import { expandShardMetricNames } from './meters.ts';
import type { Shard } from './shard.ts';
import type { KinesisState } from './state.ts';
import type { PutEntry, Stream } from './stream.ts';

/** A producer that is refused for long gives up on what it could not place: its buffer is finite. */
const waitingRecordsLimit = 5_000;

/**
 * Creates the stream, ACTIVE at once, and starts its producers and consumers.
 *
 * @param random a stream of chance of its own: nothing else draws from it
 * @returns a function that stops them; the stream stays
 */
export function playStream(state: KinesisState, spec: StreamSpec, random: Random): () => void {
  const { world } = state.context;
  const stream = state.createStream({ name: spec.name, mode: 'PROVISIONED', shardCount: spec.shards, active: true });
  stream.retentionHours = spec.retentionHours;
  const metricNames = expandShardMetricNames(spec.shardLevelMetrics);
  if (metricNames === null) throw new Error(`no shard-level metrics: ${spec.shardLevelMetrics.join(', ')}`);
  for (const name of metricNames) stream.enhancedMetrics.add(name);
  const stops = [
    ...spec.producers.map((producer) => produce(world, stream, producer, random.stream(`producer/${producer.name}`))),
    ...spec.consumers.map((consumer) => consume(world, stream, consumer, random.stream(`consumer/${consumer.name}`))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function produce(world: World, stream: Stream, spec: StreamProducerSpec, random: Random): () => void {
  const data = new Uint8Array(spec.recordBytes);
  const entryFor = (partitionKey: string): PutEntry => ({
    partitionKey,
    // The same MD5 the stream would compute, once per key instead of once per record.
    explicitHashKey: hashKeyOf(partitionKey),
    data,
  });
  const entries = Array.from({ length: Math.max(1, spec.keys) }, (_, index) => entryFor(`${spec.name}-${index}`));
  const hotEntry = spec.hotKeyShare > 0 ? entryFor(keyInShard(stream, spec)) : null;
  let waiting: PutEntry[] = [];

  const tick = (): void => {
    const fresh = poisson(random, ratePerSecondAt(spec.load, world.nowMs()));
    const offered = waiting;
    waiting = [];
    for (let count = 0; count < fresh; count++) {
      const hot = hotEntry !== null && random.next() < spec.hotKeyShare;
      offered.push(hot ? hotEntry : entries[Math.floor(random.next() * entries.length)]!);
    }
    for (let from = 0; from < offered.length; from += spec.batchSize) {
      const batch = offered.slice(from, from + spec.batchSize);
      stream.putRecords(batch).forEach((outcome, index) => {
        if (outcome.ordinal === 0 && waiting.length < waitingRecordsLimit) waiting.push(batch[index]!);
      });
    }
  };
  // A phase of its own, so that two producers do not always put in the same millisecond.
  return world.every(world.nowMs() + Math.floor(random.next() * 1_000), 1_000, tick);
}

/** The first of a series of keys that falls into the wanted shard; a quarter of the hash range is hit within a few. */
function keyInShard(stream: Stream, spec: StreamProducerSpec): string {
  const shards = stream.openShards();
  const wanted = shards[Math.min(spec.hotShard, shards.length - 1)]!;
  for (let attempt = 0; ; attempt++) {
    const key = `${spec.name}-hot-${attempt}`;
    if (stream.shardFor(hashKeyOf(key)) === wanted) return key;
  }
}

/**
 * One consumer application: a loop per shard, as a KCL worker has. The next read of a shard waits for the poll pause
 * and until what was read is worked off. A child shard is started when all of its parents are read to the end.
 */
function consume(world: World, stream: Stream, spec: StreamConsumerSpec, random: Random): () => void {
  const finished = new Set<Shard>();
  const started = new Set<Shard>();
  let stopped = false;

  const start = (shard: Shard, ordinal: number): void => {
    if (started.has(shard)) return;
    started.add(shard);
    let next = ordinal;
    const poll = (): void => {
      if (stopped || stream.status === 'DELETING') return;
      const range = stream.getRecords(shard, next, spec.recordsPerPoll);
      let pauseSeconds = spec.pollSeconds;
      if (range !== null) {
        next = range.to;
        if (range.atEnd) {
          finished.add(shard);
          for (const child of shard.children) {
            if (child.parents.every((parent) => finished.has(parent))) start(child, 1);
          }
          return;
        }
        if (spec.bytesPerSecond !== null) pauseSeconds = Math.max(pauseSeconds, range.bytes / spec.bytesPerSecond);
      }
      world.at(world.nowMs() + Math.max(1, Math.round(pauseSeconds * 1_000)), poll);
    };
    world.at(world.nowMs() + Math.floor(random.next() * spec.pollSeconds * 1_000), poll);
  };

  for (const shard of stream.openShards()) {
    start(shard, spec.startAt === 'LATEST' ? shard.records.nextOrdinal : 1);
  }
  return () => {
    stopped = true;
  };
}
