/**
 * The messages of one queue, in whatever state, and what becomes of them by themselves: delays and visibility timeouts end, retention ends.
 *
 * Time passes lazily: whatever fell due is settled when somebody looks. A purge drops the containers, not the messages one by one, so nothing
 * that outlives it may ask a message whether it is gone. Not here: who is handed out next (line.ts, fairLine.ts, fifoLine.ts), what a receive
 * does (receiving.ts).
 */
import { countsForAge, type QueueKind } from '../../core/queue/metrics.ts';
import { Counts } from './counts.ts';
import { Deque } from './deque.ts';
import { FairLine } from './fairLine.ts';
import { FifoLine } from './fifoLine.ts';
import { type Line, StandardLine } from './line.ts';
import { type Message, messageStates } from './message.ts';
import { MessageTable } from './messageTable.ts';
import { Timers } from './timers.ts';

/** Of a message besides its body: its fields, its places here, the MD5 of its body. Measured with a million. */
const besidesBodyBytes = 270;

/** Who wants to know of changes at once. */
interface Watcher {
  /** A message became visible. */
  shown(): void;
  /** A message came in that will become visible. */
  delayed(): void;
  /** A message is gone. */
  dropped(): void;
}

export class HeldMessages {
  readonly counts = new Counts();
  /** Set before the first message comes. */
  watcher: Watcher | null = null;
  /** Null for a standard queue. */
  readonly fifo: FifoLine | null;
  readonly #kind: QueueKind;
  readonly #timers = new Timers();
  #bySequence = new MessageTable();
  /** Every message in the order it came into this queue; may hold messages that are gone. */
  readonly #arrivals = new Deque<Message>();
  /** Moved in from other queues: their age of retention does not follow their order of arrival. */
  #movedIn: Message[] = [];
  #arrivalCount = 0;
  #line: Line;
  /** Null for a FIFO queue, and once the queue is fair. */
  #standard: StandardLine | null;
  #fair: FairLine | null = null;

  constructor(kind: QueueKind) {
    this.#kind = kind;
    this.fifo = kind === 'fifo' ? new FifoLine() : null;
    this.#standard = this.fifo === null ? new StandardLine() : null;
    this.#line = this.fifo ?? this.#standard!;
  }

  /** Those past their retention may still be among them. */
  get size(): number {
    return this.#bySequence.size;
  }

  /** About what they take, judged by a few of them. */
  heapBytes(): number {
    const looked = Math.min(this.#arrivals.length, 16);
    let bytes = 0;
    for (let index = 0; index < looked; index++) {
      bytes += heapBytesOf(this.#arrivals.at(Math.floor((index * this.#arrivals.length) / looked))!);
    }
    return looked === 0 ? 0 : (bytes / looked) * this.size;
  }

  get line(): Line {
    return this.#line;
  }

  /** Null until a standard queue gets a message with a group. */
  get fair(): FairLine | null {
    return this.#fair;
  }

  find(sequence: number): Message | undefined {
    return this.#bySequence.get(sequence);
  }

  /** A message comes in, visible at once or after a delay. */
  take(message: Message, delayMs: number): void {
    const nowMs = message.enqueuedAtMs;
    if (message.groupId !== null && this.#standard !== null) this.#becomeFair(this.#standard, nowMs);
    this.#bySequence.set(message);
    // Removal leaves holes behind, mostly in front; closing the others now and then keeps the cost per message constant.
    while (this.#arrivals.at(0)?.state === messageStates.gone) this.#arrivals.popFront();
    if (this.#arrivals.length > 2 * this.#bySequence.size + 1_024) {
      this.#arrivals.compact((one) => one.state !== messageStates.gone);
    }
    message.arrival = this.#arrivalCount++;
    this.#arrivals.pushBack(message);
    message.state = delayMs > 0 ? messageStates.delayed : messageStates.visible;
    this.#line.join(message, nowMs);
    if (delayMs > 0) {
      this.counts.change(messageStates.delayed, 1, nowMs);
      this.#timers.set(nowMs + delayMs, message);
      this.watcher?.delayed();
    } else {
      this.#show(message, false, nowMs);
    }
  }

  /** Remembers, besides, that its retention began elsewhere. */
  takeMoved(message: Message): void {
    this.#movedIn.push(message);
    this.take(message, 0);
  }

  /** What the line gave is in flight from now on; its timeout is set by whoever receives it. */
  handOut(message: Message, nowMs: number): void {
    message.state = messageStates.inFlight;
    this.counts.handedOut(nowMs);
    this.#line.handedOut(message, nowMs);
  }

  /** Gone, deleted or moved. */
  drop(message: Message, atMs: number): void {
    const before = message.state;
    if (before === messageStates.gone) return;
    message.state = messageStates.gone;
    this.counts.change(before, -1, atMs);
    this.#bySequence.delete(message.sequence);
    this.#line.left(message, before, atMs);
    this.watcher?.dropped();
  }

  /** When a message in flight or delayed becomes visible; replaces what was set before. */
  showAt(atMs: number, message: Message): void {
    this.#timers.set(atMs, message);
  }

  /** Messages that are delayed now have this delay, counted from their sends; those for which it is over are shown. */
  delay(delayMs: number, nowMs: number): void {
    for (const message of this.inOrder()) {
      if (message.state !== messageStates.delayed) continue;
      this.#timers.set(Math.max(nowMs, message.enqueuedAtMs + delayMs), message);
    }
    this.settle(nowMs);
  }

  /** Instant at which the next message becomes visible by itself, or null. */
  nextShownMs(): number | null {
    return this.#timers.nextMs();
  }

  /** Timeouts and delays that ended by now. A message back from a consumer is the oldest, unless it comes back too often. */
  settle(nowMs: number): void {
    for (let dueMs = this.#timers.nextMs(); dueMs !== null && dueMs <= nowMs; dueMs = this.#timers.nextMs()) {
      const message = this.#timers.takeDue(nowMs)!;
      const before = message.state;
      message.state = messageStates.visible;
      this.counts.change(before, -1, dueMs);
      this.#line.left(message, before, dueMs);
      // A message that no longer counts for the age goes to the back: it is not what makes others wait.
      const atFront = before === messageStates.inFlight && countsForAge(this.#kind, message.receivesHere);
      this.#show(message, atFront, dueMs);
    }
  }

  /** Messages first sent before then vanish, wherever they are. */
  expire(oldestKeptMs: number, nowMs: number): void {
    for (let head = this.#arrivals.at(0); head !== undefined; head = this.#arrivals.at(0)) {
      if (head.state !== messageStates.gone) {
        if (head.sentAtMs >= oldestKeptMs) break;
        this.drop(head, nowMs);
      }
      this.#arrivals.popFront();
    }
    if (this.#movedIn.length === 0) return;
    for (const message of this.#movedIn) if (message.sentAtMs < oldestKeptMs) this.drop(message, nowMs);
    if (this.#movedIn.some((one) => one.state === messageStates.gone)) {
      this.#movedIn = this.#movedIn.filter((one) => one.state !== messageStates.gone);
    }
  }

  /** In the order they came, hidden and delayed ones too. */
  *inOrder(): Generator<Message> {
    for (let index = 0; ; index++) {
      const message = this.#arrivals.at(index);
      if (message === undefined) return;
      if (message.state !== messageStates.gone) yield message;
    }
  }

  /** The oldest message that is not being received over and over. */
  oldest(): Message | undefined {
    for (const message of this.inOrder()) if (countsForAge(this.#kind, message.receivesHere)) return message;
    return undefined;
  }

  /** All at once: the same few steps however many there are. */
  clear(nowMs: number): void {
    this.#bySequence = new MessageTable();
    this.#arrivals.clear();
    this.#movedIn = [];
    this.#timers.clear();
    this.#line.clear();
    this.counts.clear(nowMs);
  }

  /** The first message with a group: from now on tenants are told apart. */
  #becomeFair(line: StandardLine, nowMs: number): void {
    this.#fair = new FairLine(line.takeOver(), this.inOrder(), nowMs);
    this.#line = this.#fair;
    this.#standard = null;
  }

  #show(message: Message, atFront: boolean, atMs: number): void {
    this.counts.change(messageStates.visible, 1, atMs);
    this.#line.show(message, atFront, atMs);
    this.watcher?.shown();
  }
}

/** Not exact, but quick: attributes are left out, and a text is taken for what its beginning looks like. */
function heapBytesOf({ body }: Message): number {
  const beginning = body.slice(0, 256);
  const bytesPerCharacter = Buffer.byteLength(beginning) > beginning.length ? 2 : 1;
  return besidesBodyBytes + body.length * bytesPerCharacter;
}
