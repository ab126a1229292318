/**
 * What a shard took, as stretches of one rate each, oldest first.
 *
 * A chain: every reader holds the stretch it is in, and what nobody holds any more is gone by itself.
 */
export interface Stretch {
  readonly fromSeconds: number;
  /** Without the next one's beginning; grows while the rate stays the same. */
  toSeconds: number;
  readonly recordsPerSecond: number;
  readonly bytesPerRecord: number;
  next: Stretch | null;
}

export class RecordLog {
  #last: Stretch | null = null;

  /** @returns the stretch that holds this piece: the last one where nothing changed */
  append(fromSeconds: number, toSeconds: number, recordsPerSecond: number, bytesPerRecord: number): Stretch {
    const last = this.#last;
    if (
      last !== null &&
      last.toSeconds === fromSeconds &&
      last.recordsPerSecond === recordsPerSecond &&
      last.bytesPerRecord === bytesPerRecord
    ) {
      last.toSeconds = toSeconds;
      return last;
    }
    const stretch: Stretch = { fromSeconds, toSeconds, recordsPerSecond, bytesPerRecord, next: null };
    if (last !== null) last.next = stretch;
    this.#last = stretch;
    return stretch;
  }
}
