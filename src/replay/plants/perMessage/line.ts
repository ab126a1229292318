/**
 * The visible messages in the order in which they are handed out: of a standard queue, or of a FIFO queue with groups.
 *
 * Messages that are gone stay in the line until they are met; the plant knows their state and skips them.
 */
import { Ring } from './ring.ts';

export interface Line {
  /** A new message, or the end of its delay. */
  add(message: number): void;
  /** A message that comes back. @param receives how often it was received so far */
  putBack(message: number, receives: number): void;
  /** The next message to look at; -1 when there is none. One that was gone already must not be `settled`. */
  take(): number;
  /** A message that was handed out is gone or back: FIFO lets the next of its group go. */
  settled(message: number): void;
}

/** From its third receive on a message that comes back goes behind the others (SQS-04). */
const RECEIVES_BEHIND = 3;

export class StandardLine implements Line {
  /** Open to the plant, which has a way of its own for the plain case. */
  readonly ring = new Ring();

  add(message: number): void {
    this.ring.pushBack(message);
  }

  putBack(message: number, receives: number): void {
    if (receives < RECEIVES_BEHIND) this.ring.pushFront(message);
    else this.ring.pushBack(message);
  }

  take(): number {
    return this.ring.size === 0 ? -1 : this.ring.popFront();
  }

  settled(): void {}
}

/** A group's messages, whether one of them is out, and whether the group stands among the ready ones. */
interface Group {
  readonly ring: Ring;
  out: number;
  ready: boolean;
}

const NOBODY = -1;

export class GroupedLine implements Line {
  readonly #groups: Group[] = [];
  readonly #groupOf: (message: number) => number;
  readonly #isVisible: (message: number) => boolean;
  /** Groups with messages and none of them out, longest ready first. */
  readonly #ready = new Ring();

  constructor(groupOf: (message: number) => number, isVisible: (message: number) => boolean) {
    this.#groupOf = groupOf;
    this.#isVisible = isVisible;
  }

  add(message: number): void {
    const index = this.#groupOf(message);
    this.#group(index).ring.pushBack(message);
    this.#offer(index);
  }

  putBack(message: number): void {
    const index = this.#groupOf(message);
    this.#group(index).ring.pushFront(message);
    this.#offer(index);
  }

  take(): number {
    while (this.#ready.size > 0) {
      const group = this.#groups[this.#ready.popFront()]!;
      group.ready = false;
      while (group.ring.size > 0) {
        const message = group.ring.popFront();
        if (!this.#isVisible(message)) continue;
        group.out = message;
        return message;
      }
    }
    return NOBODY;
  }

  settled(message: number): void {
    const index = this.#groupOf(message);
    const group = this.#group(index);
    // One that was deleted while it waited to be handed out again holds nobody up.
    if (group.out !== message) return;
    group.out = NOBODY;
    this.#offer(index);
  }

  #offer(index: number): void {
    const group = this.#groups[index]!;
    if (group.ready || group.out !== NOBODY || group.ring.size === 0) return;
    group.ready = true;
    this.#ready.pushBack(index);
  }

  #group(index: number): Group {
    while (this.#groups.length <= index) this.#groups.push({ ring: new Ring(), out: NOBODY, ready: false });
    return this.#groups[index]!;
  }
}
