/**
 * One data stream without a wire: placement, writing, reading, resharding, retention, and the minute's metrics.
 *
 * The API actions and the simulated producers and consumers call the same functions. Time is the world's. Errors of a
 * caller (no such shard, wrong state) are the actions' business; here a refusal for throughput is a value. Which shard has
 * which keys is shards.ts.
 */
import { planUniformScaling, type ReshardingStep } from '../../core/kinesis/resharding.ts';
import type { MetricSink } from '../metricSink.ts';
import type { World } from '../world/world.ts';
import { hashKeyOf } from './hash.ts';
import type { KinesisLimits } from './limits.ts';
import {
  createShardMeters,
  createStreamMeters,
  publishShardMeters,
  publishStreamMeters,
  type StreamMeters,
} from './meters.ts';
import type { ReadRange, Shard } from './shard.ts';
import { Shards } from './shards.ts';

export type StreamStatus = 'CREATING' | 'DELETING' | 'ACTIVE' | 'UPDATING';
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

const minuteMs = 60_000;
const hourMs = 3_600_000;

export interface StreamOptions {
  readonly world: World;
  readonly sink: MetricSink;
  readonly limits: KinesisLimits;
  readonly name: string;
  readonly arn: string;
  readonly mode: StreamMode;
  readonly shardCount: number;
}

export interface PutEntry {
  readonly partitionKey: string;
  /** null: the MD5 of the partition key decides. */
  readonly explicitHashKey: bigint | null;
  readonly data: Uint8Array;
}

/** Where a record went; ordinal 0: the shard refused it for throughput. */
export interface PutOutcome {
  readonly shard: Shard;
  readonly ordinal: number;
}

export class Stream {
  readonly name: string;
  readonly arn: string;
  readonly mode: StreamMode;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  /** Shard-level metrics that enhanced monitoring publishes. */
  readonly enhancedMetrics = new Set<string>();
  /** Instants of UpdateShardCount calls, for the rolling day (KIN-02). */
  readonly updateShardCountCallsMs: number[] = [];
  status: StreamStatus = 'CREATING';
  retentionHours = 24;

  readonly #world: World;
  readonly #limits: KinesisLimits;
  readonly #meters: StreamMeters;
  readonly #shards: Shards;
  #minuteStartMs: number;
  readonly #stopTicking: () => void;

  constructor(options: StreamOptions) {
    this.#world = options.world;
    this.#limits = options.limits;
    this.name = options.name;
    this.arn = options.arn;
    this.mode = options.mode;
    this.createdAtMs = options.world.nowMs();
    this.#meters = createStreamMeters(options.sink, options.name);
    this.#shards = new Shards({
      limits: options.limits,
      nowMs: () => options.world.nowMs(),
      metersOf: (shardId) => createShardMeters(options.sink, options.name, shardId),
      count: options.shardCount,
    });
    this.#minuteStartMs = Math.floor(this.createdAtMs / minuteMs) * minuteMs;
    this.#stopTicking = this.#world.every(this.#minuteStartMs + minuteMs, minuteMs, () => this.#closeMinutes());
  }

  /** Publishes nothing more; the stream is gone. */
  stop(): void {
    this.#stopTicking();
  }

  /** Every shard that is open or still holds readable time, oldest first. */
  allShards(): readonly Shard[] {
    this.trim();
    return this.#shards.all;
  }

  openShards(): readonly Shard[] {
    return this.#shards.open;
  }

  shardById(shardId: string): Shard | undefined {
    return this.allShards().find((shard) => shard.shardId === shardId);
  }

  /** Instant before which nothing can be read. */
  trimHorizonMs(): number {
    return this.#world.nowMs() - this.retentionHours * hourMs;
  }

  // --- writing -------------------------------------------------------------------------------------------------------

  putRecord(entry: PutEntry): PutOutcome {
    this.#closeMinutes();
    const outcome = this.#place(entry);
    const accepted = outcome.ordinal > 0;
    this.#meters.putRecordSuccess.add(accepted ? 1 : 0);
    if (accepted) this.#meters.putRecordBytes.add(recordBytes(entry));
    this.#meters.writeThrottled.add(accepted ? 0 : 1);
    return outcome;
  }

  /** Each record succeeds or fails by itself, in the order given. */
  putRecords(entries: readonly PutEntry[]): PutOutcome[] {
    this.#closeMinutes();
    let bytes = 0;
    let throttled = 0;
    const outcomes = entries.map((entry) => {
      const outcome = this.#place(entry);
      if (outcome.ordinal > 0) bytes += recordBytes(entry);
      else throttled++;
      return outcome;
    });
    const successful = entries.length - throttled;
    this.#meters.putRecordsTotal.add(entries.length);
    this.#meters.putRecordsSuccessful.add(successful);
    this.#meters.putRecordsThrottled.add(throttled);
    this.#meters.putRecordsFailed.add(0);
    this.#meters.putRecordsSuccess.add(successful > 0 ? 1 : 0);
    this.#meters.putRecordsBytes.add(bytes);
    this.#meters.writeThrottled.add(throttled);
    return outcomes;
  }

  #place(entry: PutEntry): PutOutcome {
    const shard = this.shardFor(entry.explicitHashKey ?? hashKeyOf(entry.partitionKey));
    const bytes = recordBytes(entry);
    const ordinal = shard.write(this.#world.nowMs(), entry.partitionKey, bytes, entry.data);
    if (ordinal > 0) {
      this.#meters.incomingBytes.add(bytes);
      this.#meters.incomingRecords.add(1);
      shard.meters.incomingBytes.add(bytes);
      shard.meters.incomingRecords.add(1);
    }
    shard.meters.writeThrottled.add(ordinal > 0 ? 0 : 1);
    return { shard, ordinal };
  }

  /** The open shard whose range holds a hash key. */
  shardFor(hashKey: bigint): Shard {
    return this.#shards.forKey(hashKey);
  }

  // --- reading -------------------------------------------------------------------------------------------------------

  /** @returns null when the shard refuses the read for throughput */
  getRecords(shard: Shard, fromOrdinal: number, maxRecords: number): ReadRange | null {
    this.#closeMinutes();
    const nowMs = this.#world.nowMs();
    shard.records.trimBefore(this.trimHorizonMs());
    const range = shard.read(nowMs, fromOrdinal, maxRecords);
    const served = range === null ? 0 : 1;
    this.#meters.getRecordsSuccess.add(served);
    this.#meters.readThrottled.add(1 - served);
    shard.meters.readThrottled.add(1 - served);
    if (range === null) return null;
    const records = range.to - range.from;
    this.#meters.getRecordsBytes.add(range.bytes);
    this.#meters.getRecordsRecords.add(records);
    this.#meters.iteratorAgeMs.add(range.iteratorAgeMs);
    shard.meters.outgoingBytes.add(range.bytes);
    shard.meters.outgoingRecords.add(records);
    shard.meters.iteratorAgeMs.add(range.iteratorAgeMs);
    return range;
  }

  // --- resharding ----------------------------------------------------------------------------------------------------

  /** Runs steps one after another, each taking MODEL-08's time; the stream is UPDATING until the last one is done. */
  reshard(steps: readonly ReshardingStep[]): void {
    if (steps.length === 0) return;
    this.status = 'UPDATING';
    let next = 0;
    const runOne = (): void => {
      if (this.status !== 'UPDATING') return;
      this.#shards.run(steps[next++]!);
      if (next === steps.length) this.status = 'ACTIVE';
      else this.#world.at(this.#world.nowMs() + this.#limits.reshardingStepMs, runOne);
    };
    this.#world.at(this.#world.nowMs() + this.#limits.reshardingStepMs, runOne);
  }

  scaleUniformly(targetShardCount: number): void {
    this.reshard(
      planUniformScaling(
        this.#shards.open.map((shard) => shard.startingHashKey),
        targetShardCount,
      ),
    );
  }

  // --- time ----------------------------------------------------------------------------------------------------------

  /** Drops records past their retention, and closed shards once nothing in them could be read any more. */
  trim(): void {
    this.#shards.trimBefore(this.trimHorizonMs());
  }

  /**
   * Publishes the counted minute once it is over. Called by the minute's tick and before every count, so that an
   * operation exactly on the minute never lands in the old one, whichever of the two events runs first.
   */
  #closeMinutes(): void {
    const nowMs = this.#world.nowMs();
    if (nowMs < this.#minuteStartMs + minuteMs) return;
    publishStreamMeters(this.#meters, this.#minuteStartMs);
    for (const shard of this.#shards.all) publishShardMeters(shard.meters, this.#minuteStartMs, this.enhancedMetrics);
    this.#minuteStartMs = Math.floor(nowMs / minuteMs) * minuteMs;
    this.trim();
  }
}

/** Size that counts against limits: data and partition key. */
export function recordBytes(entry: PutEntry): number {
  return entry.data.byteLength + utf8Length(entry.partitionKey);
}

function utf8Length(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text, 'utf8');
  }
  return text.length;
}
