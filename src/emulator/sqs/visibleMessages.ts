/**
 * Visible messages in the order in which they are handed out: what came back stands in front, the others behind as they came.
 *
 * Of those that came back the latest are first, but what comes back at one instant keeps its order: a batch whose timeout ends together
 * is the same batch again. Messages that are gone stay until they are met, or closed up (compact).
 */
import { Deque } from './deque.ts';
import type { Message } from './message.ts';

export class VisibleMessages {
  /** Came back at `#returnedAtMs`; before all the others. */
  readonly #returned = new Deque<Message>();
  readonly #others = new Deque<Message>();
  #returnedAtMs = Number.NaN;

  /** Those that are gone included. */
  get length(): number {
    return this.#returned.length + this.#others.length;
  }

  /** The next to go, or undefined. */
  first(): Message | undefined {
    return this.#returned.at(0) ?? this.#others.at(0);
  }

  popFirst(): Message | undefined {
    return this.#returned.length > 0 ? this.#returned.popFront() : this.#others.popFront();
  }

  pushLast(message: Message): void {
    this.#others.pushBack(message);
  }

  /** Back from a consumer: before all that is here, and behind what came back at the same instant. */
  giveBack(message: Message, atMs: number): void {
    if (atMs !== this.#returnedAtMs) {
      this.#join();
      this.#returnedAtMs = atMs;
    }
    this.#returned.pushBack(message);
  }

  /** What was just taken stays after all. Of several, the last taken comes back first. */
  putBack(message: Message): void {
    if (this.#returned.length > 0) this.#returned.pushFront(message);
    else this.#others.pushFront(message);
  }

  /** Takes all of another's, in its order, before what is here. */
  takeAll(from: VisibleMessages): void {
    this.#join();
    from.#join();
    for (let last = from.#others.popBack(); last !== undefined; last = from.#others.popBack()) {
      this.#others.pushFront(last);
    }
  }

  /** Drops every message that `keep` refuses. */
  compact(keep: (message: Message) => boolean): void {
    this.#returned.compact(keep);
    this.#others.compact(keep);
  }

  clear(): void {
    this.#returned.clear();
    this.#others.clear();
  }

  /** One order again: whatever comes back from now on goes before all of it. */
  #join(): void {
    this.#returnedAtMs = Number.NaN;
    for (let last = this.#returned.popBack(); last !== undefined; last = this.#returned.popBack()) {
      this.#others.pushFront(last);
    }
  }
}
