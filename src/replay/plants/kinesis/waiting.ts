/**
 * Refused records that producers keep and offer again until they are taken: one line per shard (KREP-05).
 *
 * A line of batches of one size each, oldest first. Each remembers the hash range it was refused by, so that after a split
 * or merge every part of it is offered to the shard that takes its keys now.
 */
export interface Batch {
  records: number;
  readonly bytesPerRecord: number;
  readonly sinceSeconds: number;
  readonly startingHashKey: bigint;
  /** One above its last. */
  readonly endHashKey: bigint;
}

export type ShareOf = (startingHashKey: bigint, endHashKey: bigint) => number;

export class WaitingRecords {
  readonly #batches: Batch[] = [];
  /** Where the line begins: taken batches are cut off now and then, not one by one. */
  #first = 0;

  get head(): Batch | undefined {
    return this.#batches[this.#first];
  }

  get tail(): Batch | undefined {
    return this.#first < this.#batches.length ? this.#batches[this.#batches.length - 1] : undefined;
  }

  get records(): number {
    let sum = 0;
    for (let at = this.#first; at < this.#batches.length; at++) sum += this.#batches[at]!.records;
    return sum;
  }

  push(batch: Batch): void {
    this.#batches.push(batch);
  }

  shift(): void {
    this.#first++;
    if (this.#first < 64 || this.#first * 2 < this.#batches.length) return;
    this.#batches.splice(0, this.#first);
    this.#first = 0;
  }

  /**
   * What of it belongs to a range, as a line of its own: taken from lines of other shards, oldest first. The lines stay.
   *
   * @param shareOf the share of all traffic in a range
   */
  static within(lines: readonly WaitingRecords[], starting: bigint, end: bigint, shareOf: ShareOf): WaitingRecords {
    const parts: Batch[] = [];
    for (const line of lines) {
      for (let at = line.#first; at < line.#batches.length; at++) {
        const batch = line.#batches[at]!;
        const startingHashKey = batch.startingHashKey > starting ? batch.startingHashKey : starting;
        const endHashKey = batch.endHashKey < end ? batch.endHashKey : end;
        if (startingHashKey >= endHashKey) continue;
        const whole = shareOf(batch.startingHashKey, batch.endHashKey);
        const part = whole > 0 ? shareOf(startingHashKey, endHashKey) / whole : 0;
        if (part > 0) parts.push({ ...batch, records: batch.records * part, startingHashKey, endHashKey });
      }
    }
    const made = new WaitingRecords();
    for (const part of parts.sort((a, b) => a.sinceSeconds - b.sinceSeconds)) made.push(part);
    return made;
  }
}
