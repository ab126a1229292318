/**
 * One shard as a flow: what it takes of what is offered, and how its consumers share what it gives.
 *
 * Offered rates are constant in a call of `advance`; what is taken is then a few pieces of one rate, and in each piece
 * readers move straight between their events. No time step, hence no error of one. KREP-02 to KREP-16. Not here: which
 * shards there are (stream.ts).
 */
import { fairShares } from '../../../core/kinesis/fanOut.ts';
import type { ShardLimits } from '../../../core/kinesis/shardLimits.ts';
import type { Reader } from './reader.ts';
import { RecordLog, type Stretch } from './records.ts';
import type { RefusedRecords } from './types.ts';
import type { WaitingRecords } from './waiting.ts';

export interface ShardOptions {
  readonly startingHashKey: bigint;
  /** One above its last. */
  readonly endHashKey: bigint;
  /** Of all traffic, 0 to 1. */
  readonly share: number;
  readonly parents: readonly Shard[];
  readonly readers: readonly Reader[];
  /** Entry by entry of `readers`: whether it has enhanced fan-out. */
  readonly enhanced: readonly boolean[];
  readonly limits: ShardLimits;
  readonly retentionSeconds: number;
  readonly refused: RefusedRecords;
  readonly waiting: WaitingRecords;
}

export class Shard {
  readonly startingHashKey: bigint;
  readonly endHashKey: bigint;
  readonly share: number;
  readonly readers: readonly Reader[];
  /** Those that have to be read first; emptied once they are. */
  parents: readonly Shard[];
  /** What its producers hold. */
  waiting: WaitingRecords;
  closed = false;
  /** Of the current minute; the stream starts them anew. */
  minuteRecords = 0;
  minuteBytes = 0;
  /** Refused attempts, and records that are gone because of them. */
  minuteThrottled = 0;
  minuteRefused = 0;

  readonly #log = new RecordLog();
  readonly #limits: ShardLimits;
  readonly #retentionSeconds: number;
  readonly #refused: RefusedRecords;
  /** Of the readers: who shares, and who has a rate of its own. */
  readonly #sharing: readonly Reader[];
  readonly #enhanced: readonly Reader[];
  readonly #wantedBytes: number[];
  readonly #sharedBytes: number[];

  constructor(options: ShardOptions) {
    this.startingHashKey = options.startingHashKey;
    this.endHashKey = options.endHashKey;
    this.share = options.share;
    this.parents = options.parents;
    this.readers = options.readers;
    this.waiting = options.waiting;
    this.#limits = options.limits;
    this.#retentionSeconds = options.retentionSeconds;
    this.#refused = options.refused;
    this.#sharing = options.readers.filter((_, at) => !options.enhanced[at]);
    this.#enhanced = options.readers.filter((_, at) => options.enhanced[at]);
    this.#wantedBytes = this.#sharing.map(() => 0);
    this.#sharedBytes = this.#sharing.map(() => 0);
  }

  /** Closed, and every consumer has come to its end: nothing of it is asked for again. */
  get done(): boolean {
    return this.closed && this.readers.every(({ finishedAtSeconds }) => !Number.isNaN(finishedAtSeconds));
  }

  /**
   * @param recordsPerSecond offered to the whole stream, constant until then; this shard is offered its share
   * @param bytesPerRecord   above 0
   */
  advance(fromSeconds: number, toSeconds: number, recordsPerSecond: number, bytesPerRecord: number): void {
    this.#unlock();
    const offered = this.closed ? 0 : recordsPerSecond * this.share;
    if (this.#refused.kind === 'retried' && !this.closed)
      this.#takeWithRetries(fromSeconds, toSeconds, offered, bytesPerRecord, this.#refused.retrySeconds);
    else {
      const taken = Math.min(offered, this.#mostRecordsPerSecond(bytesPerRecord));
      const refused = (offered - taken) * (toSeconds - fromSeconds);
      this.minuteRefused += refused;
      this.minuteThrottled += refused;
      this.#take(fromSeconds, toSeconds, taken, bytesPerRecord);
    }
  }

  /** Records a second of one size that pass both limits (KREP-02). */
  #mostRecordsPerSecond(bytesPerRecord: number): number {
    const { writeBytesPerSecond, writeRecordsPerSecond } = this.#limits;
    return Math.min(writeRecordsPerSecond, writeBytesPerSecond / bytesPerRecord);
  }

  /** What waits goes first; each second spent waiting is an attempt every `retrySeconds` (KREP-05). */
  #takeWithRetries(from: number, to: number, offered: number, bytesPerRecord: number, retrySeconds: number): void {
    const { waiting } = this;
    let held = waiting.records;
    let now = from;
    while (now < to) {
      if (waiting.head === undefined && offered <= this.#mostRecordsPerSecond(bytesPerRecord)) {
        this.#take(now, to, offered, bytesPerRecord);
        return;
      }
      if (offered > 0 && !this.#continues(bytesPerRecord)) {
        const { startingHashKey, endHashKey } = this;
        waiting.push({ records: 0, bytesPerRecord, sinceSeconds: now, startingHashKey, endHashKey });
      }
      const head = waiting.head!;
      const tail = waiting.tail!;
      const taken = this.#mostRecordsPerSecond(head.bytesPerRecord);
      const leaving = head === tail && offered > 0 ? taken - offered : taken;
      const emptyAt = leaving > 0 ? now + head.records / leaving : Number.POSITIVE_INFINITY;
      const end = Math.min(to, emptyAt);
      const seconds = end - now;
      const before = held;
      if (offered > 0) tail.records += offered * seconds;
      head.records -= taken * seconds;
      held += (offered - taken) * seconds;
      if (emptyAt <= to) {
        // Empty by definition of the instant; what rounding left would never be taken.
        held -= head.records;
        waiting.shift();
      }
      this.minuteThrottled += (((before + Math.max(0, held)) / 2) * seconds) / retrySeconds;
      this.#take(now, end, taken, head.bytesPerRecord);
      now = end;
    }
  }

  /** Whether what is offered now joins the last batch of the line. */
  #continues(bytesPerRecord: number): boolean {
    const tail = this.waiting.tail;
    return (
      tail !== undefined &&
      tail.bytesPerRecord === bytesPerRecord &&
      tail.startingHashKey === this.startingHashKey &&
      tail.endHashKey === this.endHashKey
    );
  }

  #take(from: number, to: number, recordsPerSecond: number, bytesPerRecord: number): void {
    if (to <= from) return;
    const records = recordsPerSecond * (to - from);
    this.minuteRecords += records;
    this.minuteBytes += records * bytesPerRecord;
    this.#read(from, to, recordsPerSecond > 0 ? this.#log.append(from, to, recordsPerSecond, bytesPerRecord) : null);
  }

  #read(from: number, to: number, current: Stretch | null): void {
    const { readers } = this;
    let now = from;
    while (now < to) {
      this.#finish(now);
      this.#grant(now, current);
      let end = to;
      for (const reader of readers) end = Math.min(end, reader.nextEvent(now, current, this.#retentionSeconds));
      for (const reader of readers) reader.move(now, end, current);
      now = end;
    }
    this.#finish(to);
  }

  /** Enhanced fan-out has 2 MiB a second for each; the others share as much (KFAN-01, KFAN-02). */
  #grant(now: number, current: Stretch | null): void {
    const rate = this.#limits.readBytesPerSecond;
    for (const reader of this.#enhanced)
      reader.grantedPerSecond = Math.min(reader.wantedPerSecond(now, current), rate / reader.bytesPerRecord(current));
    const sharing = this.#sharing;
    for (let at = 0; at < sharing.length; at++) {
      const reader = sharing[at]!;
      const most = reader.wantedPerSecond(now, current);
      reader.grantedPerSecond = most;
      this.#wantedBytes[at] = Math.min(most * reader.bytesPerRecord(current), rate);
    }
    fairShares(this.#wantedBytes, rate, this.#sharedBytes);
    for (let at = 0; at < sharing.length; at++) {
      const reader = sharing[at]!;
      const bytesPerRecord = reader.bytesPerRecord(current);
      // Untouched where the rate does not bind, so that rounding never makes a reader fall behind.
      if (this.#sharedBytes[at]! < reader.grantedPerSecond * bytesPerRecord)
        reader.grantedPerSecond = this.#sharedBytes[at]! / bytesPerRecord;
    }
  }

  #finish(now: number): void {
    if (!this.closed) return;
    for (const reader of this.readers) {
      if (reader.atTip && reader.unlockedAtSeconds <= now && Number.isNaN(reader.finishedAtSeconds))
        reader.finishedAtSeconds = now;
    }
  }

  /** A consumer starts here once it has read every parent to its end (KREP-15). */
  #unlock(): void {
    if (this.parents.length === 0) return;
    let open = false;
    for (let at = 0; at < this.readers.length; at++) {
      let unlockedAt = 0;
      for (const parent of this.parents) {
        const finished = parent.readers[at]!.finishedAtSeconds;
        unlockedAt = Math.max(unlockedAt, Number.isNaN(finished) ? Number.POSITIVE_INFINITY : finished);
      }
      this.readers[at]!.unlockedAtSeconds = unlockedAt;
      open ||= unlockedAt === Number.POSITIVE_INFINITY;
    }
    if (!open) this.parents = [];
  }
}
