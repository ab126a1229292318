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

const before = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class DueHeap<T extends Due> {
  #items: T[] = [];
  #pushed = 0;

  /** The earliest item, or undefined. */
  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    item.order = this.#pushed++;
    const items = this.#items;
    let at = items.length;
    items.push(item);
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
    const last = items.pop()!;
    if (items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++;
      if (!before(items[child]!, last)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }

  clear(): void {
    this.#items = [];
  }
}
