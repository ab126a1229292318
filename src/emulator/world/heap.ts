/**
 * A binary heap of things due at an instant; equal instants keep the order of pushing, so that runs repeat.
 *
 * One shape of item for every user keeps the comparison inlined: this is the hottest loop of a virtual day.
 */
export interface Due {
  readonly atMs: number;
  /** Set by the heap. */
  order: number;
}

/** Items below which void ones are not worth a search. */
const firstSweep = 64;

const before = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class DueHeap<T extends Due> {
  /** Longer than it is full, and the same array for a long time: one that was left would keep what it refers to until a full collection. */
  #items: (T | undefined)[] = [];
  #size = 0;
  #pushed = 0;
  #nextSweep = firstSweep;

  /** Void items included. */
  get size(): number {
    return this.#size;
  }

  /** The earliest item, or undefined. */
  peek(): T | undefined {
    return this.#size === 0 ? undefined : this.#items[0];
  }

  push(item: T): void {
    item.order = this.#pushed++;
    const items = this.#items;
    let at = this.#size++;
    if (at === items.length) items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(item, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes the earliest item; the heap must not be empty. */
  pop(): T {
    const items = this.#items;
    const top = items[0]!;
    const last = items[--this.#size]!;
    items[this.#size] = undefined;
    if (this.#size > 0) this.#sink(last, 0);
    return top;
  }

  /**
   * Drops items that have become void, now and then: when the heap has doubled since the last time. So void items never outnumber the
   * others by much, and a push costs no more than a few looks. The order of the rest stays.
   */
  sweep(isVoid: (item: T) => boolean): void {
    if (this.#size < this.#nextSweep) return;
    const items = this.#items;
    let kept = 0;
    for (let at = 0; at < this.#size; at++) {
      const item = items[at]!;
      if (!isVoid(item)) items[kept++] = item;
    }
    items.fill(undefined, kept, this.#size);
    this.#size = kept;
    // Most of what many items took is given back.
    if (items.length > 1_024 && items.length > 8 * kept) items.length = 2 * kept;
    for (let at = (kept >> 1) - 1; at >= 0; at--) this.#sink(items[at]!, at);
    this.#nextSweep = firstSweep + 2 * kept;
  }

  /** Puts `item` at `at` or below, where no child comes before it. */
  #sink(item: T, at: number): void {
    const items = this.#items;
    const size = this.#size;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && before(items[child + 1]!, items[child]!)) child++;
      if (!before(items[child]!, item)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = item;
  }

  clear(): void {
    this.#items = [];
    this.#size = 0;
    this.#nextSweep = firstSweep;
  }
}
