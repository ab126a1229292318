/**
 * The plant of a stream: its shards, open and closed, moved on together. Exact between events; rules KREP-01 to KREP-17.
 *
 * `advance` keeps one offered rate; `setStarts` cuts the hash range anew at an instant. Not here: when that happens
 * (resharding.ts, onDemand.ts) and the minutes of the traffic (run.ts).
 */
import { polledRecordsPerSecond } from '../../../core/kinesis/fanOut.ts';
import { hashKeySpace } from '../../../core/kinesis/hashRange.ts';
import { type ShardLimits, shardLimits } from '../../../core/kinesis/shardLimits.ts';
import { Reader } from './reader.ts';
import { Shard } from './shard.ts';
import type { ConsumerOutcome, HotKey, RefusedRecords, StreamConsumer } from './types.ts';
import { WaitingRecords } from './waiting.ts';

export interface StreamPlantOptions {
  readonly shardStarts: readonly bigint[];
  readonly hotKeys: readonly HotKey[];
  readonly consumers: readonly StreamConsumer[];
  readonly retentionSeconds: number;
  readonly refused: RefusedRecords;
  readonly limits?: ShardLimits;
}

interface ConsumerTotals {
  read: number;
  expired: number;
  worstAgeSeconds: number;
}

export class StreamPlant {
  nowSeconds = 0;
  /** Of the current minute; `beginMinute` restarts them. */
  minuteRecords = 0;
  minuteBytes = 0;
  minuteThrottled = 0;
  minuteRefused = 0;
  /** Open shards times seconds since the start. */
  shardSeconds = 0;

  readonly #options: StreamPlantOptions;
  readonly #limits: ShardLimits;
  readonly #enhanced: readonly boolean[];
  readonly #mostPerSecond: readonly number[];
  /** What no hot key takes. */
  readonly #restShare: number;
  /** Parents before their children; those that are read to the end are dropped. */
  #shards: Shard[] = [];
  /** By hash key. */
  #open: Shard[] = [];
  /** Of dropped shards, and the worst age of the minutes that are over. */
  readonly #totals: readonly ConsumerTotals[];

  constructor(options: StreamPlantOptions) {
    this.#options = options;
    this.#limits = options.limits ?? shardLimits;
    const { consumers, hotKeys } = options;
    this.#enhanced = consumers.map(({ fanOut }) => fanOut === 'enhanced');
    const sharing = consumers.filter(({ fanOut }) => fanOut === 'shared').length;
    const polled = polledRecordsPerSecond(sharing, this.#limits.readCallsPerSecond);
    this.#mostPerSecond = consumers.map(({ fanOut, recordsPerSecondPerShard }) =>
      fanOut === 'enhanced' ? recordsPerSecondPerShard : Math.min(recordsPerSecondPerShard, polled),
    );
    this.#restShare = Math.max(0, 1 - hotKeys.reduce((sum, { share }) => sum + share, 0));
    this.#totals = consumers.map(() => ({ read: 0, expired: 0, worstAgeSeconds: 0 }));
    this.setStarts(options.shardStarts);
  }

  get openShards(): number {
    return this.#open.length;
  }

  /** First hash keys of the open shards, rising. */
  get starts(): bigint[] {
    return this.#open.map(({ startingHashKey }) => startingHashKey);
  }

  /** Largest age of any consumer at any instant of the minute. Call at its end. */
  get minuteWorstAgeSeconds(): number {
    let worst = 0;
    for (const { readers } of this.#shards)
      for (const { minuteWorstAgeSeconds } of readers) worst = Math.max(worst, minuteWorstAgeSeconds);
    return worst;
  }

  /** Held by producers now. */
  get waitingRecords(): number {
    return this.#open.reduce((sum, { waiting }) => sum + waiting.records, 0);
  }

  beginMinute(): void {
    this.#dropDone();
    this.minuteRecords = 0;
    this.minuteBytes = 0;
    this.minuteThrottled = 0;
    this.minuteRefused = 0;
    for (const { readers } of this.#shards) for (const reader of readers) reader.beginMinute(this.nowSeconds);
  }

  /**
   * Move on with producers that offer this much.
   *
   * @param recordsPerSecond to the whole stream
   * @param bytesPerRecord   above 0
   */
  advance(toSeconds: number, recordsPerSecond: number, bytesPerRecord: number): void {
    const from = this.nowSeconds;
    if (toSeconds <= from) return;
    for (const shard of this.#shards) shard.advance(from, toSeconds, recordsPerSecond, bytesPerRecord);
    this.shardSeconds += this.#open.length * (toSeconds - from);
    this.nowSeconds = toSeconds;
  }

  /** The minute's counts are added up from the shards. Call before they are read. */
  endMinute(): void {
    for (const shard of this.#shards) {
      this.minuteRecords += shard.minuteRecords;
      this.minuteBytes += shard.minuteBytes;
      this.minuteThrottled += shard.minuteThrottled;
      this.minuteRefused += shard.minuteRefused;
      shard.minuteRecords = 0;
      shard.minuteBytes = 0;
      shard.minuteThrottled = 0;
      shard.minuteRefused = 0;
      this.#noteAges(shard);
    }
  }

  /**
   * From now on the range is cut at these hash keys. A shard whose range stays goes on; the others are closed and stay
   * readable, and the new ones begin empty as their children (KREP-15).
   */
  setStarts(starts: readonly bigint[]): void {
    const old = this.#open;
    const byStart = new Map(old.map((shard) => [shard.startingHashKey, shard]));
    const shareOf = (starting: bigint, end: bigint): number => this.#shareOf(starting, end);
    this.#open = starts.map((startingHashKey, index) => {
      const endHashKey = starts[index + 1] ?? hashKeySpace;
      const same = byStart.get(startingHashKey);
      if (same?.endHashKey === endHashKey) return same;
      const parents = old.filter((shard) => shard.startingHashKey < endHashKey && startingHashKey < shard.endHashKey);
      const shard = new Shard({
        startingHashKey,
        endHashKey,
        share: shareOf(startingHashKey, endHashKey),
        parents,
        readers: this.#mostPerSecond.map(
          (most) => new Reader(most, parents.length === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
        ),
        enhanced: this.#enhanced,
        limits: this.#limits,
        retentionSeconds: this.#options.retentionSeconds,
        refused: this.#options.refused,
        waiting: WaitingRecords.within(
          parents.map(({ waiting }) => waiting),
          startingHashKey,
          endHashKey,
          shareOf,
        ),
      });
      this.#shards.push(shard);
      return shard;
    });
    const still = new Set(this.#open);
    for (const shard of old) {
      if (still.has(shard)) continue;
      shard.closed = true;
      shard.waiting = new WaitingRecords();
    }
  }

  /** The start of what is told: the worst age is that of what follows. */
  forgetWorstAges(): void {
    for (const totals of this.#totals) totals.worstAgeSeconds = 0;
  }

  /** What became of everything that was taken since the plant began, consumer by consumer. */
  consumerOutcomes(): Omit<ConsumerOutcome, 'unreadAtStart'>[] {
    return this.#totals.map(({ read, expired, worstAgeSeconds }, consumer) => {
      const readers = this.#shards.map(({ readers: all }) => all[consumer]!);
      return {
        readRecords: readers.reduce((sum, reader) => sum + reader.readRecords, read),
        expiredRecords: readers.reduce((sum, reader) => sum + reader.expiredRecords, expired),
        unreadRecords: readers.reduce((sum, reader) => sum + reader.unreadRecords(this.nowSeconds), 0),
        worstIteratorAgeSeconds: worstAgeSeconds,
      };
    });
  }

  /** Of all traffic, what a range of hash keys takes. */
  #shareOf(starting: bigint, end: bigint): number {
    let share = (this.#restShare * Number(end - starting)) / Number(hashKeySpace);
    for (const hot of this.#options.hotKeys) if (hot.hashKey >= starting && hot.hashKey < end) share += hot.share;
    return share;
  }

  #noteAges({ readers }: Shard): void {
    readers.forEach(({ minuteWorstAgeSeconds }, consumer) => {
      const totals = this.#totals[consumer]!;
      totals.worstAgeSeconds = Math.max(totals.worstAgeSeconds, minuteWorstAgeSeconds);
    });
  }

  #dropDone(): void {
    if (this.#shards.length === this.#open.length) return;
    this.#shards = this.#shards.filter((shard) => {
      // A child still asks its parents when they were finished; once it knows, they are no longer its parents.
      if (!shard.done) return true;
      shard.readers.forEach(({ readRecords, expiredRecords }, consumer) => {
        const totals = this.#totals[consumer]!;
        totals.read += readRecords;
        totals.expired += expiredRecords;
      });
      return false;
    });
  }
}
