/**
 * Instants at which messages change by themselves (a timeout ends, a delay is over), earliest first.
 *
 * A heap; entries whose message has moved on since are recognised by its `timerEpoch` and dropped when they surface, or when there are
 * many: otherwise every message that is received would be held until its visibility timeout, deleted or not.
 */
import { DueHeap } from '../world/heap.ts';
import { type Message, messageStates } from './message.ts';

interface Timer {
  readonly atMs: number;
  order: number;
  readonly message: Message;
  readonly epoch: number;
}

const isVoid = ({ epoch, message }: Timer): boolean =>
  epoch !== message.timerEpoch || message.state === messageStates.gone;

export class Timers {
  readonly #heap = new DueHeap<Timer>();

  /** Replaces whatever was set for the message before. */
  set(atMs: number, message: Message): void {
    this.#heap.sweep(isVoid);
    message.shownAtMs = atMs;
    this.#heap.push({ atMs, order: 0, message, epoch: ++message.timerEpoch });
  }

  /** Instant of the earliest timer still in force, or null. */
  nextMs(): number | null {
    for (;;) {
      const top = this.#heap.peek();
      if (top === undefined) return null;
      if (!isVoid(top)) return top.atMs;
      this.#heap.pop();
    }
  }

  /** Takes the earliest timer due at or before `nowMs`, or null. */
  takeDue(nowMs: number): Message | null {
    const atMs = this.nextMs();
    return atMs !== null && atMs <= nowMs ? this.#heap.pop().message : null;
  }

  clear(): void {
    this.#heap.clear();
  }
}
