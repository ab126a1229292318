/**
 * Instants at which messages change by themselves (a timeout ends, a delay is over), earliest first.
 *
 * A heap; entries whose message has moved on since are recognised by its `timerEpoch` and dropped when they surface.
 */
import { type Message, messageStates } from './message.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly message: Message;
  readonly epoch: number;
}

const before = (a: Timer, b: Timer): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class Timers {
  #heap: Timer[] = [];
  #order = 0;

  /** Replaces whatever was set for the message before. */
  set(atMs: number, message: Message): void {
    const timer: Timer = { atMs, order: this.#order++, message, epoch: ++message.timerEpoch };
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  /** Instant of the earliest timer still in force, or null. */
  nextMs(): number | null {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined) return null;
      if (top.epoch === top.message.timerEpoch && top.message.state !== messageStates.gone) return top.atMs;
      this.#pop();
    }
  }

  /** Takes the earliest timer due at or before `nowMs`, or null. */
  takeDue(nowMs: number): Message | null {
    const atMs = this.nextMs();
    return atMs !== null && atMs <= nowMs ? this.#pop().message : null;
  }

  clear(): void {
    this.#heap = [];
  }

  #pop(): Timer {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
