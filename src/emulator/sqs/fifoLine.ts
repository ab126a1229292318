/**
 * The messages of a FIFO queue by group: each in the order of its group, a group at a time, none behind one of it that is in flight.
 *
 * Of the groups that may go, the one goes first whose first message was sent, or came back, earliest; one receive takes as many of it as it
 * may, then goes on to the next. Not here: deduplication (deduplication.ts).
 */
import { type Due, DueHeap } from '../world/heap.ts';
import { Deque } from './deque.ts';
import type { Line } from './line.ts';
import { type Message, type MessageState, messageStates } from './message.ts';

interface Group {
  /** In the order of sending, whatever their state; the first is never gone. */
  readonly messages: Deque<Message>;
  inFlight: number;
}

/** A group that could go when this was written, and its first message then; earliest turn first. */
interface Ready extends Due {
  readonly group: Group;
  readonly first: Message;
}

export class FifoLine implements Line {
  readonly #groups = new Map<string, Group>();
  readonly #ready = new DueHeap<Ready>();
  /** The group this receive is taking from, and how far it has come in it. */
  #taking: Group | null = null;
  #position = 0;
  #locked = 0;
  #turns = 0;

  /** Groups with messages in flight. */
  get groupsInFlight(): number {
    return this.#locked;
  }

  beginReceive(): void {
    this.#taking = null;
  }

  /** A message joins its group with its send, before it is visible, so that a delay does not change the order. */
  join(message: Message): void {
    const groupId = message.groupId ?? '';
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = { messages: new Deque(), inFlight: 0 };
      this.#groups.set(groupId, group);
    }
    group.messages.pushBack(message);
    message.turn = ++this.#turns;
  }

  show(message: Message): void {
    this.#offer(this.#groupOf(message));
  }

  next(): Message | undefined {
    const following = this.#taking === null ? undefined : this.#following(this.#taking);
    if (following !== undefined) return following;
    for (;;) {
      const top = this.#ready.peek();
      if (top === undefined) {
        this.#taking = null;
        return undefined;
      }
      this.#ready.pop();
      const { group, first, atMs: turn } = top;
      // It came back since, or is not the first any more.
      if (first.turn !== turn || group.messages.at(0) !== first || first.state !== messageStates.visible) continue;
      this.#taking = group;
      this.#position = 1;
      return first;
    }
  }

  putBack(message: Message): void {
    this.#offer(this.#groupOf(message));
  }

  handedOut(message: Message): void {
    if (this.#groupOf(message).inFlight++ === 0) this.#locked++;
  }

  left(message: Message, before: MessageState): void {
    const groupId = message.groupId ?? '';
    const group = this.#groups.get(groupId);
    if (group === undefined) return;
    if (before === messageStates.inFlight && --group.inFlight === 0) this.#locked--;
    if (message.state !== messageStates.gone) {
      // Back from a consumer: it is shown next, behind what was sent meanwhile to other groups.
      if (before === messageStates.inFlight) message.turn = ++this.#turns;
      return;
    }
    for (let first = group.messages.at(0); first?.state === messageStates.gone; first = group.messages.at(0)) {
      group.messages.popFront();
      if (group === this.#taking && this.#position > 0) this.#position--;
    }
    if (group.messages.length === 0 && group !== this.#taking) this.#groups.delete(groupId);
    else this.#offer(group);
  }

  clear(): void {
    this.#groups.clear();
    this.#ready.clear();
    this.#taking = null;
    this.#locked = 0;
  }

  /** The group's next message, if it may follow at once on those that this receive has taken. */
  #following(group: Group): Message | undefined {
    for (;;) {
      const message = group.messages.at(this.#position);
      if (message === undefined) return undefined;
      if (message.state === messageStates.gone) {
        this.#position++;
        continue;
      }
      // One that is delayed holds up those behind it.
      if (message.state !== messageStates.visible) return undefined;
      this.#position++;
      return message;
    }
  }

  #offer(group: Group): void {
    const first = group.messages.at(0);
    if (first === undefined || first.state !== messageStates.visible) return;
    this.#ready.push({ atMs: first.turn, order: 0, group, first });
  }

  #groupOf(message: Message): Group {
    return this.#groups.get(message.groupId ?? '')!;
  }
}
