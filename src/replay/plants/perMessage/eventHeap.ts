/**
 * Instants at which something ends, earliest first; equal ones in the order of pushing, so that runs repeat.
 *
 * A binary heap in typed arrays: no object per event, which halves the time of a simulation. The place of an event that was
 * taken away stays open until somebody asks whose turn is next: an event pushed before (a busy worker goes on at once, an idle one gets
 * what comes before anybody has finished) takes it, which spares the way of the last event from the root down and of the new one up. Order and subject of an event stay where they are;
 * what moves is its instant and where they are.
 */
export class EventHeap {
  /** By place in the heap. Instants past the size are infinity, entries past it are free. */
  #seconds = new Float64Array(64).fill(Number.POSITIVE_INFINITY);
  #entries = Int32Array.from({ length: 64 }, (_, entry) => entry);
  /** By entry. */
  #orders = new Float64Array(64);
  #subjects = new Int32Array(64);
  #size = 0;
  #pushed = 0;
  /** The root was taken away and nothing put in its place yet; it still counts in the size. */
  #open = false;

  /** Earliest instant; infinity when empty. */
  get nextSeconds(): number {
    const seconds = this.#seconds;
    return this.#open ? Math.min(seconds[1]!, seconds[2]!) : seconds[0]!;
  }

  /** @returns the event's order: tells whether a popped event is still the one its subject waits for */
  push(seconds: number, subject: number): number {
    const order = this.#pushed++;
    if (!this.#open && this.#size === this.#seconds.length) this.#grow();
    const entry = this.#entries[this.#open ? 0 : this.#size]!;
    this.#orders[entry] = order;
    this.#subjects[entry] = subject;
    if (this.#open) {
      this.#open = false;
      this.#sink(seconds, entry);
    } else {
      this.#rise(seconds, entry);
    }
    return order;
  }

  /** Subject of the earliest event; the heap must not be empty. */
  get nextSubject(): number {
    if (this.#open) this.#close();
    return this.#subjects[this.#entries[0]!]!;
  }

  /** Its order, once the subject was asked. */
  get nextOrder(): number {
    return this.#orders[this.#entries[0]!]!;
  }

  /** Take the earliest event away, once its subject was asked. */
  drop(): void {
    this.#open = true;
  }

  #close(): void {
    this.#open = false;
    const last = --this.#size;
    const seconds = this.#seconds[last]!;
    this.#seconds[last] = Number.POSITIVE_INFINITY;
    if (last === 0) return;
    const free = this.#entries[0]!;
    const entry = this.#entries[last]!;
    this.#entries[last] = free;
    this.#sink(seconds, entry);
  }

  /** Put at the end what is newer than all others. */
  #rise(seconds: number, entry: number): void {
    const times = this.#seconds;
    const entries = this.#entries;
    let at = this.#size++;
    while (at > 0) {
      // Pushed later, so an equal parent goes first.
      const parent = (at - 1) >> 1;
      if (times[parent]! <= seconds) break;
      times[at] = times[parent]!;
      entries[at] = entries[parent]!;
      at = parent;
    }
    times[at] = seconds;
    entries[at] = entry;
  }

  /** Put in the open root. */
  #sink(seconds: number, entry: number): void {
    const times = this.#seconds;
    const entries = this.#entries;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size) child += this.#isBefore(child + 1, child);
      const first = times[child]!;
      if (first > seconds || (first === seconds && this.#orders[entries[child]!]! > this.#orders[entry]!)) break;
      times[at] = first;
      entries[at] = entries[child]!;
      at = child;
    }
    times[at] = seconds;
    entries[at] = entry;
  }

  /** @returns 1 or 0, and no branch on it: which of two children is first cannot be foreseen */
  #isBefore(place: number, other: number): number {
    const seconds = this.#seconds[place]!;
    const otherSeconds = this.#seconds[other]!;
    if (seconds !== otherSeconds) return Number(seconds < otherSeconds);
    return Number(this.#orders[this.#entries[place]!]! < this.#orders[this.#entries[other]!]!);
  }

  #grow(): void {
    const length = 2 * this.#seconds.length;
    this.#seconds = grown(this.#seconds, new Float64Array(length).fill(Number.POSITIVE_INFINITY));
    this.#entries = grown(
      this.#entries,
      Int32Array.from({ length }, (_, entry) => entry),
    );
    this.#orders = grown(this.#orders, new Float64Array(length));
    this.#subjects = grown(this.#subjects, new Int32Array(length));
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
