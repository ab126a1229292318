/**
 * The visible messages of a standard queue, in the order in which they are handed out; and what a queue asks of any such line.
 *
 * Messages that are gone stay in the line until they are met. Not here: FIFO groups (fifoLine.ts), tenants (fairLine.ts).
 */
import { type Message, type MessageState, messageStates } from './message.ts';
import { VisibleMessages } from './visibleMessages.ts';

export interface Line {
  /** A receive begins: what it takes may be chosen together. */
  beginReceive(nowMs: number): void;
  /** A message came into the queue, visible or delayed. A visible one is shown next. */
  join(message: Message, atMs: number): void;
  /** A message became visible: sent, at the end of its delay, or back from a consumer. */
  show(message: Message, atFront: boolean, atMs: number): void;
  /** The next message to hand out; undefined when there is none for now. It is handed out, gone, or put back before the receive ends. */
  next(): Message | undefined;
  /** What `next` gave stays after all, where it was. Of several, the last taken comes back first. */
  putBack(message: Message): void;
  /** A message is in flight now. */
  handedOut(message: Message, atMs: number): void;
  /** A message is visible again, or gone; its state is the new one already. */
  left(message: Message, before: MessageState, atMs: number): void;
  clear(): void;
}

export class StandardLine implements Line {
  readonly #visible = new VisibleMessages();
  #count = 0;

  beginReceive(): void {}

  join(): void {}

  show(message: Message, atFront: boolean, atMs: number): void {
    this.#count++;
    // Removal leaves holes behind; closing them now and then keeps the cost per message constant.
    if (this.#visible.length > 2 * this.#count + 1_024) {
      this.#visible.compact((one) => one.state === messageStates.visible);
    }
    if (atFront) this.#visible.giveBack(message, atMs);
    else this.#visible.pushLast(message);
  }

  next(): Message | undefined {
    for (let message = this.#visible.popFirst(); message !== undefined; message = this.#visible.popFirst()) {
      if (message.state === messageStates.visible) return message;
    }
    return undefined;
  }

  putBack(message: Message): void {
    this.#visible.putBack(message);
  }

  handedOut(): void {
    this.#count--;
  }

  left(_message: Message, before: MessageState): void {
    if (before === messageStates.visible) this.#count--;
  }

  clear(): void {
    this.#visible.clear();
    this.#count = 0;
  }

  /** Another line goes on with what waits here: these messages are its own from now on. */
  takeOver(): VisibleMessages {
    return this.#visible;
  }
}
