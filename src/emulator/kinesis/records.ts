/**
 * The records of one shard, as columns in segments: arrival, size, key, data.
 *
 * A record has an ordinal, counted from 1 and never reused. Payloads are kept by reference, so a producer that sends one
 * buffer a million times costs one buffer. Trimming drops whole segments and moves the first ordinal.
 */
const segmentLength = 1024;

interface Segment {
  readonly arrivedAtMs: Float64Array;
  readonly bytes: Uint32Array;
  readonly partitionKeys: string[];
  readonly data: Uint8Array[];
}

export class RecordLog {
  /** Segments in order; the first one holds ordinal `#firstSegment * segmentLength + 1`. */
  readonly #segments: Segment[] = [];
  #firstSegment = 0;
  /** Oldest ordinal still readable. */
  firstOrdinal = 1;
  /** Ordinal the next record will get. */
  nextOrdinal = 1;

  /** Arrivals never go backwards. `bytes` counts data and key. Returns the ordinal. */
  append(arrivedAtMs: number, bytes: number, partitionKey: string, data: Uint8Array): number {
    const ordinal = this.nextOrdinal++;
    const slot = (ordinal - 1) % segmentLength;
    let segment = this.#segments.at(-1);
    if (slot === 0 || segment === undefined) {
      if (segment === undefined) this.#firstSegment = Math.floor((ordinal - 1) / segmentLength);
      segment = {
        arrivedAtMs: new Float64Array(segmentLength),
        bytes: new Uint32Array(segmentLength),
        partitionKeys: [],
        data: [],
      };
      this.#segments.push(segment);
    }
    segment.arrivedAtMs[slot] = arrivedAtMs;
    segment.bytes[slot] = bytes;
    segment.partitionKeys[slot] = partitionKey;
    segment.data[slot] = data;
    return ordinal;
  }

  arrivedAtMs(ordinal: number): number {
    return this.#segmentOf(ordinal).arrivedAtMs[(ordinal - 1) % segmentLength]!;
  }

  bytes(ordinal: number): number {
    return this.#segmentOf(ordinal).bytes[(ordinal - 1) % segmentLength]!;
  }

  partitionKey(ordinal: number): string {
    return this.#segmentOf(ordinal).partitionKeys[(ordinal - 1) % segmentLength]!;
  }

  data(ordinal: number): Uint8Array {
    return this.#segmentOf(ordinal).data[(ordinal - 1) % segmentLength]!;
  }

  /** Oldest readable ordinal that arrived at or after an instant; `nextOrdinal` when there is none. */
  firstArrivedAtOrAfter(whenMs: number): number {
    let low = this.firstOrdinal;
    let high = this.nextOrdinal;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.arrivedAtMs(middle) < whenMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets every record that arrived before an instant. */
  trimBefore(whenMs: number): void {
    if (this.firstOrdinal === this.nextOrdinal || this.arrivedAtMs(this.firstOrdinal) >= whenMs) return;
    this.firstOrdinal = this.firstArrivedAtOrAfter(whenMs);
    const keepFrom = Math.floor((this.firstOrdinal - 1) / segmentLength);
    // The last segment stays while it is being filled, even when everything in it is gone.
    while (this.#firstSegment < keepFrom && this.#segments.length > 0) {
      this.#segments.shift();
      this.#firstSegment++;
    }
  }

  #segmentOf(ordinal: number): Segment {
    return this.#segments[Math.floor((ordinal - 1) / segmentLength) - this.#firstSegment]!;
  }
}
