/**
 * One shard: a range of hash keys, its records, and the allowances it gives to writers and readers.
 *
 * Knows nothing of its stream's state or metrics names; `stream.ts` asks it and counts.
 */
import { RateAllowance } from '../../core/kinesis/allowance.ts';
import { iteratorAgeMs } from '../../core/kinesis/iteratorAge.ts';
import type { KinesisLimits } from './limits.ts';
import type { ShardMeters } from './meters.ts';
import { RecordLog } from './records.ts';
import { sequenceNumber } from './sequence.ts';

export interface ShardOptions {
  readonly index: number;
  readonly createdAtMs: number;
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
  readonly parents: readonly Shard[];
  readonly limits: KinesisLimits;
  readonly meters: ShardMeters;
}

/** A range of ordinals handed to a reader: `from` up to, without, `to`. */
export interface ReadRange {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  /** Age of the last record handed out; 0 when nothing was unread. */
  readonly iteratorAgeMs: number;
  /** How far behind now the reader is after this read; 0 at the tip. */
  readonly millisBehindLatest: number;
  /** The shard is closed and everything in it has been read. */
  readonly atEnd: boolean;
}

/** `shardId-000000000003` */
export const shardIdOf = (index: number): string => `shardId-${String(index).padStart(12, '0')}`;

export class Shard {
  readonly index: number;
  readonly shardId: string;
  readonly createdAtMs: number;
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
  readonly parents: readonly Shard[];
  readonly children: Shard[] = [];
  readonly records = new RecordLog();
  readonly meters: ShardMeters;
  /** null while it takes records. */
  closedAtMs: number | null = null;

  readonly #limits: KinesisLimits;
  readonly #writeBytes: RateAllowance;
  readonly #writeRecords: RateAllowance;
  readonly #readBytes: RateAllowance;
  readonly #readCalls: RateAllowance;
  #readsRefusedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: ShardOptions) {
    this.index = options.index;
    this.shardId = shardIdOf(options.index);
    this.createdAtMs = options.createdAtMs;
    this.startingHashKey = options.startingHashKey;
    this.endingHashKey = options.endingHashKey;
    this.parents = options.parents;
    this.meters = options.meters;
    this.#limits = options.limits;
    this.#writeBytes = new RateAllowance(options.limits.writeBytesPerSecond, options.createdAtMs);
    this.#writeRecords = new RateAllowance(options.limits.writeRecordsPerSecond, options.createdAtMs);
    this.#readBytes = new RateAllowance(options.limits.readBytesPerSecond, options.createdAtMs);
    this.#readCalls = new RateAllowance(options.limits.readCallsPerSecond, options.createdAtMs);
  }

  /** @returns the ordinal, or 0 when the shard's write allowance is used up (KIN-01) */
  write(nowMs: number, partitionKey: string, bytes: number, data: Uint8Array): number {
    if (this.#writeBytes.available(nowMs) < bytes || this.#writeRecords.available(nowMs) < 1) return 0;
    this.#writeBytes.take(bytes);
    this.#writeRecords.take(1);
    return this.records.append(nowMs, bytes, partitionKey, data);
  }

  /** @returns null when the shard's read allowance, shared by every poller, is used up (KIN-01) */
  read(nowMs: number, fromOrdinal: number, maxRecords: number): ReadRange | null {
    if (nowMs < this.#readsRefusedUntilMs) return null;
    if (this.#readCalls.available(nowMs) < 1 || this.#readBytes.available(nowMs) <= 0) return null;
    this.#readCalls.take(1);

    const records = this.records;
    const from = Math.max(fromOrdinal, records.firstOrdinal);
    const last = Math.min(records.nextOrdinal, from + maxRecords);
    let to = from;
    let bytes = 0;
    let full = false;
    while (to < last) {
      const next = records.bytes(to);
      if (bytes + next > this.#limits.getRecordsBytes) {
        full = true;
        break;
      }
      bytes += next;
      to++;
    }
    this.#readBytes.take(bytes);
    if (full || bytes === this.#limits.getRecordsBytes) {
      this.#readsRefusedUntilMs = nowMs + this.#limits.fullAnswerPauseMs;
    }

    const unread = to < records.nextOrdinal;
    const ageMs = iteratorAgeMs(to > from ? records.arrivedAtMs(to - 1) : null, nowMs);
    return {
      from,
      to,
      bytes,
      iteratorAgeMs: ageMs,
      millisBehindLatest: unread ? (to > from ? ageMs : nowMs - records.arrivedAtMs(to)) : 0,
      atEnd: this.closedAtMs !== null && !unread,
    };
  }

  sequenceNumber(ordinal: number): string {
    return sequenceNumber({
      createdSecond: Math.floor(this.createdAtMs / 1_000),
      ordinal,
      shardIndex: this.index,
    });
  }
}
