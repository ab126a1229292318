/**
 * Instants at which something ends, earliest first; equal ones in the order of pushing, so that runs repeat.
 *
 * A binary heap in typed arrays: no object per event, which halves the time of a simulation. The place of an event that was
 * taken away stays open until somebody asks what is next: an event pushed before (a busy worker goes on at once) takes it, which
 * spares the way of the last event from the root down and of the new one up.
 */
export class EventHeap {
  /** The first is infinity when nothing is to come. */
  #seconds = new Float64Array(64).fill(Number.POSITIVE_INFINITY);
  #orders = new Float64Array(64);
  #subjects = new Int32Array(64);
  #size = 0;
  #pushed = 0;
  /** The root was taken away and nothing put in its place yet; it still counts in the size. */
  #open = false;

  /** Earliest instant; infinity when empty. */
  get nextSeconds(): number {
    if (this.#open) this.#close();
    return this.#seconds[0]!;
  }

  /** @returns the event's order: tells whether a popped event is still the one its subject waits for */
  push(seconds: number, subject: number): number {
    const order = this.#pushed++;
    if (this.#open) {
      this.#open = false;
      this.#sink(seconds, order, subject);
    } else {
      this.#rise(seconds, order, subject);
    }
    return order;
  }

  /** Subject and order of the earliest event, once `nextSeconds` was asked; the heap must not be empty. */
  get nextSubject(): number {
    return this.#subjects[0]!;
  }

  get nextOrder(): number {
    return this.#orders[0]!;
  }

  /** Take the earliest event away, once `nextSeconds` was asked. */
  drop(): void {
    this.#open = true;
  }

  #close(): void {
    this.#open = false;
    const last = --this.#size;
    if (last === 0) this.#seconds[0] = Number.POSITIVE_INFINITY;
    else this.#sink(this.#seconds[last]!, this.#orders[last]!, this.#subjects[last]!);
  }

  /** Put at the end what is newer than all others. */
  #rise(seconds: number, order: number, subject: number): void {
    if (this.#size === this.#seconds.length) this.#grow();
    const times = this.#seconds;
    const orders = this.#orders;
    const subjects = this.#subjects;
    let at = this.#size++;
    while (at > 0) {
      // Pushed later, so an equal parent goes first.
      const parent = (at - 1) >> 1;
      if (times[parent]! <= seconds) break;
      times[at] = times[parent]!;
      orders[at] = orders[parent]!;
      subjects[at] = subjects[parent]!;
      at = parent;
    }
    times[at] = seconds;
    orders[at] = order;
    subjects[at] = subject;
  }

  /** Put in the open root. */
  #sink(seconds: number, order: number, subject: number): void {
    const times = this.#seconds;
    const orders = this.#orders;
    const subjects = this.#subjects;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        (times[right]! < times[child]! || (times[right] === times[child] && orders[right]! < orders[child]!))
      ) {
        child = right;
      }
      if (times[child]! > seconds || (times[child] === seconds && orders[child]! > order)) break;
      times[at] = times[child]!;
      orders[at] = orders[child]!;
      subjects[at] = subjects[child]!;
      at = child;
    }
    times[at] = seconds;
    orders[at] = order;
    subjects[at] = subject;
  }

  #grow(): void {
    const length = 2 * this.#seconds.length;
    this.#seconds = grown(this.#seconds, new Float64Array(length));
    this.#orders = grown(this.#orders, new Float64Array(length));
    this.#subjects = grown(this.#subjects, new Int32Array(length));
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
