/**
 * Instants at which something ends, earliest first; equal ones in the order of pushing, so that runs repeat.
 *
 * A binary heap in typed arrays: no object per event, which halves the time of a simulation.
 */
export class EventHeap {
  /** The first is infinity when nothing is to come. */
  #seconds = new Float64Array(64).fill(Number.POSITIVE_INFINITY);
  #orders = new Float64Array(64);
  #subjects = new Int32Array(64);
  #size = 0;
  #pushed = 0;

  /** Earliest instant; infinity when empty. */
  get nextSeconds(): number {
    return this.#seconds[0]!;
  }

  /** @returns the event's order: tells whether a popped event is still the one its subject waits for */
  push(seconds: number, subject: number): number {
    if (this.#size === this.#seconds.length) this.#grow();
    const times = this.#seconds;
    const orders = this.#orders;
    const subjects = this.#subjects;
    const order = this.#pushed++;
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
    return order;
  }

  /** Subject and order of the earliest event; the heap must not be empty. */
  get nextSubject(): number {
    return this.#subjects[0]!;
  }

  get nextOrder(): number {
    return this.#orders[0]!;
  }

  /** Take the earliest event away. */
  drop(): void {
    const times = this.#seconds;
    const orders = this.#orders;
    const subjects = this.#subjects;
    const size = --this.#size;
    if (size === 0) {
      times[0] = Number.POSITIVE_INFINITY;
      return;
    }
    const seconds = times[size]!;
    const order = orders[size]!;
    const subject = subjects[size]!;
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
