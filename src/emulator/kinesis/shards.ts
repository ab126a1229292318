/**
 * The shards of one stream: those that take records, by hash key, and those that can still be read; split and merged.
 *
 * Not here: when that happens and what it takes (stream.ts), what a shard holds (shard.ts).
 */
import { evenStarts, hashKeySpace } from '../../core/kinesis/hashRange.ts';
import type { ReshardingStep } from '../../core/kinesis/resharding.ts';
import type { KinesisLimits } from './limits.ts';
import type { ShardMeters } from './meters.ts';
import { Shard, shardIdOf } from './shard.ts';

export interface ShardsOptions {
  readonly limits: KinesisLimits;
  readonly nowMs: () => number;
  readonly metersOf: (shardId: string) => ShardMeters;
  readonly count: number;
}

export class Shards {
  readonly #limits: KinesisLimits;
  readonly #nowMs: () => number;
  readonly #metersOf: (shardId: string) => ShardMeters;
  /** Every shard that can still be read, by index. */
  #all: Shard[] = [];
  /** Those that take records, by hash key. */
  #open: Shard[] = [];
  #nextIndex = 0;

  constructor({ limits, nowMs, metersOf, count }: ShardsOptions) {
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#metersOf = metersOf;
    const starts = evenStarts(count);
    starts.forEach((start, index) => {
      this.#add(start, (starts[index + 1] ?? hashKeySpace) - 1n, []);
    });
  }

  /** Oldest first. */
  get all(): readonly Shard[] {
    return this.#all;
  }

  get open(): readonly Shard[] {
    return this.#open;
  }

  /** The open shard whose range holds a hash key. */
  forKey(hashKey: bigint): Shard {
    let low = 0;
    let high = this.#open.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#open[middle]!.startingHashKey <= hashKey) low = middle;
      else high = middle - 1;
    }
    return this.#open[low]!;
  }

  /** The shards that it concerns close, their children are there at once. */
  run(step: ReshardingStep): void {
    if (step.kind === 'split') this.#splitAt(step.at);
    else this.#mergeAt(step.at);
  }

  /** Drops records from before an instant, and closed shards once nothing in them could be read any more. */
  trimBefore(horizonMs: number): void {
    for (const shard of this.#all) shard.records.trimBefore(horizonMs);
    if (this.#all.some((shard) => shard.closedAtMs !== null && shard.closedAtMs < horizonMs)) {
      this.#all = this.#all.filter((shard) => shard.closedAtMs === null || shard.closedAtMs >= horizonMs);
    }
  }

  #splitAt(hashKey: bigint): void {
    const parent = this.forKey(hashKey);
    this.#close([parent]);
    this.#add(parent.startingHashKey, hashKey - 1n, [parent]);
    this.#add(hashKey, parent.endingHashKey, [parent]);
  }

  #mergeAt(hashKey: bigint): void {
    const right = this.forKey(hashKey);
    const left = this.forKey(hashKey - 1n);
    this.#close([left, right]);
    this.#add(left.startingHashKey, right.endingHashKey, [left, right]);
  }

  #add(startingHashKey: bigint, endingHashKey: bigint, parents: readonly Shard[]): void {
    const index = this.#nextIndex++;
    const shard = new Shard({
      index,
      createdAtMs: this.#nowMs(),
      startingHashKey,
      endingHashKey,
      parents,
      limits: this.#limits,
      meters: this.#metersOf(shardIdOf(index)),
    });
    for (const parent of parents) parent.children.push(shard);
    this.#all.push(shard);
    // From the end: a new stream's shards come in the order of their keys, thousands of them.
    let at = this.#open.length;
    while (at > 0 && this.#open[at - 1]!.startingHashKey > startingHashKey) at--;
    this.#open.splice(at, 0, shard);
  }

  #close(shards: readonly Shard[]): void {
    for (const shard of shards) shard.closedAtMs = this.#nowMs();
    this.#open = this.#open.filter((shard) => !shards.includes(shard));
  }
}
