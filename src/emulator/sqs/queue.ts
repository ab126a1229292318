/**
 * A queue: visible messages in a line (line.ts, fairLine.ts, fifoLine.ts), timers for delays and visibility timeouts, receivers that wait.
 *
 * Synchronous and without wire: API actions and the simulated fleet call the same methods. Time passes lazily: whatever
 * fell due is settled when somebody looks, and a timer of the world is set only while a receiver waits.
 * Not here: validation of requests (actions/), attribute texts (settings.ts), CloudWatch (queueMetrics.ts).
 */
import { countsForAge, type QueueKind } from '../../core/queue/metrics.ts';
import type { Random } from '../../core/time/random.ts';
import type { World } from '../world/world.ts';
import { CountsLag } from './countsLag.ts';
import { contentDeduplicationId, Deduplication } from './deduplication.ts';
import { Deque } from './deque.ts';
import { invalidValue, messageNotInflight, overLimit, receiptHandleIsInvalid } from './errors.ts';
import { FairLine } from './fairLine.ts';
import { checkFaults, DeliveryFaults, noFaults, type SqsFaults } from './faults.ts';
import { FifoLine } from './fifoLine.ts';
import { parseReceiptHandle, receiptHandleOf } from './identifiers.ts';
import { type Line, StandardLine } from './line.ts';
import { Message, type MessageAttributes, type MessageState, messageSizeBytes, messageStates } from './message.ts';
import { createTraffic, type QueueTraffic } from './queueMetrics.ts';
import { ReceiveAttempts } from './receiveAttempts.ts';
import type { QueueSettings } from './settings.ts';
import { Timers } from './timers.ts';

export interface SendInput {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly traceHeader?: string;
  readonly groupId?: string;
  /** FIFO only; the content's when left out. */
  readonly deduplicationId?: string;
  /** 0 to 900; the queue's own delay when left out. */
  readonly delaySeconds?: number;
}

export interface Received {
  /** Good for this receive only. */
  readonly receiptHandle: string;
  readonly message: Message;
  /** As of this receive, in all queues the message has been in. */
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number;
}

export interface QueueCounts {
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** What fair queues tell about their tenants (SQS-105). Quiet includes messages without a group. */
export interface FairCounts {
  readonly noisyGroups: number;
  readonly quiet: QueueCounts;
  /** Of the oldest message of a quiet group that is not being received over and over; null when there is none. */
  readonly oldestQuietAgeMs: number | null;
}

/** What a queue needs of the account it lives in. */
export interface QueueHost {
  readonly world: World;
  /** What new queues begin with; none when left out. */
  readonly faults?: SqsFaults;
  nextSequence(): number;
  queueByArn(arn: string): Queue | undefined;
}

/** A queue hands out no more than this many unfinished messages; both kinds, as the service's quotas have it today (SQS-05, SQS-66). */
export const maxInFlight = 120_000;
export const maxVisibilityTimeoutSeconds = 43_200;

interface Waiter {
  readonly max: number;
  readonly visibilityTimeoutSeconds: number | undefined;
  readonly attemptId: string | undefined;
  readonly onMessages: (received: Received[]) => void;
  cancelTimeout: () => void;
}

export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly kind: QueueKind;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  readonly traffic: QueueTraffic;
  settings: QueueSettings;
  settingsChangedAtMs: number;
  /** Last call of any kind: metrics stop six hours later unless messages remain. */
  lastCallMs: number;
  lastPurgeMs: number | null = null;

  readonly #key: string;
  readonly #host: QueueHost;
  readonly #world: World;
  readonly #messages = new Map<number, Message>();
  #line: Line;
  /** Null for a FIFO queue, and once the queue is fair. */
  #standard: StandardLine | null;
  /** Null until a standard queue gets a message with a group. */
  #fair: FairLine | null = null;
  /** Null for a standard queue. */
  readonly #fifo: {
    readonly line: FifoLine;
    readonly sent: Deduplication<Message>;
    readonly attempts: ReceiveAttempts;
  } | null;
  /** Every message in the order it came into this queue; may hold messages that are gone. */
  readonly #arrivals = new Deque<Message>();
  /** Moved in from other queues: their age of retention does not follow their order of arrival. */
  readonly #movedIn: Message[] = [];
  readonly #timers = new Timers();
  readonly #waiters = new Set<Waiter>();
  /** Null while messages are delivered without faults. */
  #delivery: DeliveryFaults | null = null;
  #countsLag: CountsLag | null = null;
  #faults: SqsFaults = noFaults;
  #arrivalCount = 0;
  #visibleCount = 0;
  #inFlightCount = 0;
  #delayedCount = 0;
  #servePending = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};

  constructor(options: {
    readonly name: string;
    readonly arn: string;
    /** Marks this queue's receipt handles. */
    readonly key: string;
    readonly settings: QueueSettings;
    readonly host: QueueHost;
  }) {
    this.name = options.name;
    this.arn = options.arn;
    this.#key = options.key;
    this.#host = options.host;
    this.#world = options.host.world;
    this.settings = options.settings;
    this.kind = options.settings.fifo === null ? 'standard' : 'fifo';
    const fifoLine = this.kind === 'fifo' ? new FifoLine() : null;
    this.#standard = fifoLine === null ? new StandardLine() : null;
    this.#line = fifoLine ?? this.#standard!;
    this.#fifo =
      fifoLine === null ? null : { line: fifoLine, sent: new Deduplication(), attempts: new ReceiveAttempts() };
    this.createdAtMs = this.#world.nowMs();
    this.settingsChangedAtMs = this.createdAtMs;
    this.lastCallMs = this.createdAtMs;
    this.traffic = createTraffic();
    if (options.host.faults !== undefined) this.changeFaults(options.host.faults);
  }

  get faults(): SqsFaults {
    return this.#faults;
  }

  /**
   * From now on messages are delivered and counted with these faults (SQS-110). A FIFO queue knows only that of the counts.
   *
   * @throws RangeError for a share or a time that cannot be
   */
  changeFaults(faults: SqsFaults): void {
    checkFaults(faults);
    const chance = (of: string): Random => this.#world.random.stream(`sqs faults/${this.arn}/${of}`);
    const { countsLagSeconds: lagSeconds } = faults;
    if (lagSeconds !== this.#faults.countsLagSeconds) {
      this.#countsLag = lagSeconds === 0 ? null : new CountsLag(lagSeconds, chance('counts'));
    }
    this.#faults = faults;
    if (this.kind === 'fifo') return;
    // Once there, it stays: it may hold messages that were passed over.
    if (this.#delivery !== null) this.#delivery.faults = faults;
    else if (faults.duplicateShare + faults.reorderShare + faults.shortPollMissShare > 0) {
      this.#delivery = new DeliveryFaults(faults, chance('delivery'));
    }
  }

  /** @returns the message; a FIFO queue that got the same within five minutes gives the first one and stores nothing */
  send(input: SendInput): Message {
    const nowMs = this.#begin();
    const key = this.#fifo === null ? null : this.#deduplicationKey(input);
    const known = key === null ? null : this.#fifo!.sent.known(key.scoped, nowMs);
    if (known !== null) {
      this.traffic.deduplicated();
      return known;
    }
    const message = new Message({
      sequence: this.#host.nextSequence(),
      body: input.body,
      attributes: input.attributes ?? null,
      traceHeader: input.traceHeader ?? null,
      groupId: input.groupId ?? null,
      deduplicationId: key?.id ?? null,
      sentAtMs: nowMs,
      enqueuedAtMs: nowMs,
      movedFromArn: null,
      receiveCount: 0,
      firstReceivedAtMs: 0,
    });
    if (key !== null) this.#fifo!.sent.remember(key.scoped, message, nowMs);
    this.traffic.sent(messageSizeBytes(message.body, message.attributes));
    this.#take(message, (input.delaySeconds ?? this.settings.delaySeconds) * 1_000);
    return message;
  }

  /** Attributes were changed. A FIFO queue's delay holds for the messages that are waiting, too (SQS-65). */
  changeSettings(settings: QueueSettings): void {
    const nowMs = this.#begin();
    const delayChanged = settings.delaySeconds !== this.settings.delaySeconds;
    this.settings = settings;
    this.settingsChangedAtMs = nowMs;
    if (this.#fifo === null || !delayChanged) return;
    for (const message of this.#messages.values()) {
      if (message.state !== messageStates.delayed) continue;
      // Those whose delay would be over by now are shown now.
      this.#timers.set(Math.max(nowMs, message.enqueuedAtMs + settings.delaySeconds * 1_000), message);
    }
    this.#settle(nowMs);
    this.#wakeForTimers();
  }

  /**
   * A short poll: what is there now, at most `max`.
   *
   * @param attemptId FIFO only: asked again with it within five minutes, the same messages are given once more (SQS-64)
   * @throws AwsError OverLimit when too many messages of a standard queue are in flight
   */
  receive(max: number, visibilityTimeoutSeconds?: number, attemptId?: string): Received[] {
    this.#begin();
    if (this.#fifo === null && this.#inFlightCount >= maxInFlight) throw overLimit();
    const received = this.#hand(max, visibilityTimeoutSeconds, attemptId, true);
    if (received.length === 0) this.traffic.emptyReceive();
    return received;
  }

  /**
   * A long poll in virtual time: `onMessages` is called once, with messages as soon as there are any, or with none after
   * `waitSeconds`. Messages that are there already come at this instant, but not before this call returns.
   *
   * @returns cancels the wait without a call
   */
  receiveWhenAvailable(
    max: number,
    waitSeconds: number,
    visibilityTimeoutSeconds: number | undefined,
    onMessages: (received: Received[]) => void,
    attemptId?: string,
  ): () => void {
    const nowMs = this.#begin();
    const waiter: Waiter = { max, visibilityTimeoutSeconds, attemptId, onMessages, cancelTimeout: () => {} };
    this.#waiters.add(waiter);
    // Before the timeout is set: a wait of no length still gets what is there.
    this.#serveSoon(attemptId !== undefined || this.#delivery?.hasDuplicates === true);
    waiter.cancelTimeout = this.#world.at(nowMs + waitSeconds * 1_000, () => {
      if (this.#waiters.delete(waiter)) {
        // A full house of messages in flight looks like an empty queue to a long poll.
        this.traffic.emptyReceive();
        onMessages([]);
      }
    });
    return () => {
      if (this.#waiters.delete(waiter)) waiter.cancelTimeout();
    };
  }

  /**
   * Deleting twice, or with the handle of an earlier receive, succeeds; the latter changes nothing. A FIFO queue takes only the handle
   * of a message in flight.
   *
   * @throws AwsError ReceiptHandleIsInvalid for a text this queue never gave out, InvalidParameterValue for a handle that has expired
   */
  deleteMessage(receiptHandle: string): void {
    const nowMs = this.#begin();
    const { message, receivesHere } = this.#find(receiptHandle);
    if (this.#fifo !== null && message !== undefined) {
      const current = message.state === messageStates.inFlight && message.receivesHere === receivesHere;
      if (!current) throw invalidValue('ReceiptHandle', receiptHandle, 'The receipt handle has expired');
    }
    this.traffic.deleted();
    if (message !== undefined && message.receivesHere === receivesHere) this.#drop(message, nowMs);
  }

  /**
   * Restarts the visibility timeout of one message in flight: it counts from now, 0 frees it at once.
   *
   * @throws AwsError ReceiptHandleIsInvalid, MessageNotInflight, InvalidParameterValue (gone, or beyond twelve hours in all)
   */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const nowMs = this.#begin();
    const { message, receivesHere } = this.#find(receiptHandle);
    if (message === undefined) {
      const reason = 'Message does not exist or is not available for visibility timeout change';
      throw invalidValue('ReceiptHandle', receiptHandle, reason);
    }
    if (message.state !== messageStates.inFlight || message.receivesHere !== receivesHere) throw messageNotInflight();
    if (nowMs + seconds * 1_000 - message.lastReceivedAtMs > maxVisibilityTimeoutSeconds * 1_000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilityTimeoutSeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, reason);
    }
    this.#timers.set(nowMs + seconds * 1_000, message);
    this.#settle(nowMs);
    this.#wakeForTimers();
  }

  /** Every message, in flight and delayed ones included. */
  purge(): void {
    const nowMs = this.#begin();
    this.lastPurgeMs = nowMs;
    for (const message of this.#messages.values()) message.state = messageStates.gone;
    this.#messages.clear();
    this.#line.clear();
    this.#delivery?.clear();
    this.#fifo?.attempts.clear();
    this.#arrivals.clear();
    this.#movedIn.length = 0;
    this.#timers.clear();
    this.#count(messageStates.visible, -this.#visibleCount, nowMs);
    this.#count(messageStates.inFlight, -this.#inFlightCount, nowMs);
    this.#count(messageStates.delayed, -this.#delayedCount, nowMs);
  }

  /** The queue is deleted: waiting receivers leave with nothing. */
  close(): void {
    this.purge();
    this.#cancelWake();
    for (const waiter of [...this.#waiters]) {
      this.#waiters.delete(waiter);
      waiter.cancelTimeout();
      waiter.onMessages([]);
    }
  }

  /** Any other call: attributes, tags. Keeps the queue's metrics alive. */
  noteCall(): void {
    this.#begin();
  }

  /** Exact at this instant. Does not count as a call. */
  counts(): QueueCounts {
    const nowMs = this.#world.nowMs();
    this.#settle(nowMs);
    this.#expire(nowMs);
    return { visible: this.#visibleCount, notVisible: this.#inFlightCount, delayed: this.#delayedCount };
  }

  /** What the Approximate attributes show: exact but for the fault of counts that lag. Does not count as a call. */
  approximateCounts(): QueueCounts {
    const counts = this.counts();
    return this.#countsLag === null ? counts : this.#countsLag.seen(counts, this.#world.nowMs());
  }

  /** Null unless this is a standard queue that has had messages with a group. Does not count as a call. */
  fairCounts(): FairCounts | null {
    const { visible, notVisible, delayed } = this.counts();
    if (this.#fair === null) return null;
    const nowMs = this.#world.nowMs();
    const noisy = this.#fair.noisyCounts(nowMs);
    const oldest = this.#fair.oldestOfQuiet(nowMs);
    return {
      noisyGroups: noisy.groups,
      quiet: {
        visible: visible - noisy.visible,
        notVisible: notVisible - noisy.notVisible,
        delayed: delayed - noisy.delayed,
      },
      oldestQuietAgeMs: oldest === undefined ? null : nowMs - oldest.enqueuedAtMs,
    };
  }

  /** Every message in the order it came, hidden and delayed ones too: looking is neither a receive nor a call. */
  *peek(): Generator<Message> {
    const nowMs = this.#world.nowMs();
    this.#settle(nowMs);
    this.#expire(nowMs);
    for (let index = 0; ; index++) {
      const message = this.#arrivals.at(index);
      if (message === undefined) return;
      if (message.state !== messageStates.gone) yield message;
    }
  }

  /** Messages held, in whatever state; those past their retention may still be among them. */
  get size(): number {
    return this.#messages.size;
  }

  /** Long polls that wait at this instant. */
  get waitingReceivers(): number {
    return this.#waiters.size;
  }

  /** Age of the oldest message that is not being received over and over; null when there is none. */
  oldestMessageAgeMs(): number | null {
    const nowMs = this.#world.nowMs();
    this.#expire(nowMs);
    for (let index = 0; ; index++) {
      const message = this.#arrivals.at(index);
      if (message === undefined) return null;
      if (message.state !== messageStates.gone && countsForAge(this.kind, message.receivesHere)) {
        return nowMs - message.enqueuedAtMs;
      }
    }
  }

  /** The next message a move task may take; undefined when none is visible and free. */
  firstToMove(): Message | undefined {
    const nowMs = this.#world.nowMs();
    this.#settle(nowMs);
    this.#expire(nowMs);
    this.#line.beginReceive(nowMs);
    return this.#line.next() ?? this.#delivery?.takeAny();
  }

  /** What `firstToMove` gave is not moved after all. */
  keep(message: Message): void {
    this.#line.putBack(message);
  }

  /** Hands over what `firstToMove` gave: there it is a new message with an id of its own, and retention begins anew (SQS-83). */
  moveOut(message: Message, destination: Queue): void {
    const nowMs = this.#world.nowMs();
    this.#drop(message, nowMs);
    const moved = new Message({
      sequence: this.#host.nextSequence(),
      body: message.body,
      attributes: message.attributes,
      traceHeader: message.traceHeader,
      groupId: message.groupId,
      deduplicationId: message.deduplicationId,
      sentAtMs: nowMs,
      enqueuedAtMs: nowMs,
      movedFromArn: null,
      receiveCount: 0,
      firstReceivedAtMs: 0,
    });
    destination.#settle(nowMs);
    destination.#take(moved, destination.settings.delaySeconds * 1_000);
  }

  /** FIFO only: groups with messages in flight. */
  get groupsInFlight(): number | null {
    return this.#fifo === null ? null : this.#fifo.line.groupsInFlight;
  }

  #deduplicationKey({ body, groupId = '', deduplicationId }: SendInput): {
    readonly id: string;
    readonly scoped: string;
  } {
    const id = deduplicationId ?? contentDeduplicationId(body);
    const scope = this.settings.fifo?.deduplicationScope === 'messageGroup' ? `${groupId}\n` : '';
    return { id, scoped: `${scope}${id}` };
  }

  /**
   * Takes a message another queue gives up on. Not a send: no sent metric. Retention keeps counting from the first send in a standard
   * queue, and begins anew in a FIFO queue.
   */
  #moveIn(message: Message, fromArn: string): void {
    const nowMs = this.#world.nowMs();
    const moved = new Message({
      sequence: message.sequence,
      body: message.body,
      attributes: message.attributes,
      traceHeader: message.traceHeader,
      groupId: message.groupId,
      sentAtMs: this.#fifo === null ? message.sentAtMs : nowMs,
      enqueuedAtMs: nowMs,
      movedFromArn: fromArn,
      receiveCount: message.receiveCount,
      firstReceivedAtMs: message.firstReceivedAtMs,
    });
    this.#settle(nowMs);
    this.#movedIn.push(moved);
    this.#take(moved, 0);
  }

  #begin(): number {
    const nowMs = this.#world.nowMs();
    this.lastCallMs = nowMs;
    this.#settle(nowMs);
    return nowMs;
  }

  #take(message: Message, delayMs: number): void {
    const nowMs = message.enqueuedAtMs;
    if (message.groupId !== null && this.#standard !== null) this.#becomeFair(this.#standard, nowMs);
    this.#messages.set(message.sequence, message);
    // Removal leaves holes behind, mostly in front; closing the others now and then keeps the cost per message constant.
    while (this.#arrivals.at(0)?.state === messageStates.gone) this.#arrivals.popFront();
    if (this.#arrivals.length > 2 * this.#messages.size + 1_024) {
      this.#arrivals.compact((one) => one.state !== messageStates.gone);
    }
    message.arrival = this.#arrivalCount++;
    this.#arrivals.pushBack(message);
    message.state = delayMs > 0 ? messageStates.delayed : messageStates.visible;
    this.#line.join(message, nowMs);
    if (delayMs > 0) {
      this.#count(messageStates.delayed, 1, nowMs);
      this.#timers.set(nowMs + delayMs, message);
      this.#wakeForTimers();
    } else {
      this.#show(message, false, nowMs);
    }
  }

  /** The first message with a group: from now on tenants are told apart. */
  #becomeFair(line: StandardLine, nowMs: number): void {
    this.#fair = new FairLine(line.takeOver(), this.#messages.values(), nowMs);
    this.#line = this.#fair;
    this.#standard = null;
  }

  #count(state: MessageState, by: number, atMs: number): void {
    if (state === messageStates.visible) this.#visibleCount += by;
    else if (state === messageStates.inFlight) this.#inFlightCount += by;
    else this.#delayedCount += by;
    this.#countsLag?.changed(state, by, atMs);
  }

  #show(message: Message, atFront: boolean, atMs: number): void {
    this.#count(messageStates.visible, 1, atMs);
    this.#line.show(message, atFront, atMs);
    if (this.#waiters.size > 0) this.#serveSoon();
  }

  /** Timeouts and delays that ended by now. A message back from a consumer is the oldest, unless it comes back too often. */
  #settle(nowMs: number): void {
    for (let dueMs = this.#timers.nextMs(); dueMs !== null && dueMs <= nowMs; dueMs = this.#timers.nextMs()) {
      const message = this.#timers.takeDue(nowMs)!;
      const before = message.state;
      message.state = messageStates.visible;
      this.#count(before, -1, dueMs);
      this.#line.left(message, before, dueMs);
      // A message that no longer counts for the age goes to the back: it is not what makes others wait.
      const atFront = before === messageStates.inFlight && countsForAge(this.kind, message.receivesHere);
      this.#show(message, atFront, dueMs);
    }
  }

  /** Messages older than the retention period vanish, wherever they are. */
  #expire(nowMs: number): void {
    const oldestKeptMs = nowMs - this.settings.messageRetentionSeconds * 1_000;
    for (let head = this.#arrivals.at(0); head !== undefined; head = this.#arrivals.at(0)) {
      if (head.state !== messageStates.gone) {
        if (head.sentAtMs >= oldestKeptMs) break;
        this.#drop(head, nowMs);
      }
      this.#arrivals.popFront();
    }
    if (this.#movedIn.length === 0) return;
    for (const message of this.#movedIn) if (message.sentAtMs < oldestKeptMs) this.#drop(message, nowMs);
    if (this.#movedIn.some((one) => one.state === messageStates.gone)) {
      const kept = this.#movedIn.filter((one) => one.state !== messageStates.gone);
      this.#movedIn.splice(0, this.#movedIn.length, ...kept);
    }
  }

  #hand(
    max: number,
    visibilityTimeoutSeconds = this.settings.visibilityTimeoutSeconds,
    attemptId?: string,
    shortPoll = false,
  ): Received[] {
    const nowMs = this.#world.nowMs();
    const repeated = this.#repeat(attemptId, nowMs, visibilityTimeoutSeconds);
    if (repeated !== null) return repeated;
    const received: Received[] = [];
    if (this.#delivery !== null) this.#handDuplicates(this.#delivery, received, max, nowMs, visibilityTimeoutSeconds);
    let missed: Message[] | null = null;
    const oldestKeptMs = nowMs - this.settings.messageRetentionSeconds * 1_000;
    const { redrivePolicy } = this.settings;
    this.#line.beginReceive(nowMs);
    while (received.length < max && this.#inFlightCount < maxInFlight) {
      const message = this.#next(nowMs);
      if (message === undefined) break;
      if (message.sentAtMs < oldestKeptMs) {
        this.#drop(message, nowMs);
        continue;
      }
      if (shortPoll && this.#delivery?.missedByShortPoll()) {
        missed ??= [];
        missed.push(message);
        continue;
      }
      // Tested before handing out: the move happens on the receive after the last allowed one, and nobody gets that one.
      if (redrivePolicy !== null && message.receivesHere >= redrivePolicy.maxReceiveCount) {
        const target = this.#host.queueByArn(redrivePolicy.deadLetterTargetArn);
        if (target !== undefined) {
          this.#drop(message, nowMs);
          target.#moveIn(message, this.arn);
          continue;
        }
      }
      received.push(this.#handOut(message, nowMs, visibilityTimeoutSeconds));
    }
    if (missed !== null) for (const message of missed.reverse()) this.#line.putBack(message);
    if (received.length > 0) {
      this.traffic.received(received.length);
      if (attemptId !== undefined) this.#fifo?.attempts.remember(attemptId, received, nowMs);
      this.#wakeForTimers();
    }
    return received;
  }

  /** Whose turn it is; a fault may make it somebody else's for a while. */
  #next(nowMs: number): Message | undefined {
    const delivery = this.#delivery;
    if (delivery === null) return this.#line.next();
    const due = delivery.takeDue(nowMs);
    if (due !== undefined) return due;
    for (let message = this.#line.next(); message !== undefined; message = this.#line.next()) {
      if (!delivery.passesOver(message, nowMs)) return message;
    }
    return delivery.takeAny();
  }

  /** Messages in flight that by a fault are handed out once more; the earlier handle is that of an earlier receive then. */
  #handDuplicates(
    delivery: DeliveryFaults,
    received: Received[],
    max: number,
    nowMs: number,
    visibilityTimeoutSeconds: number,
  ): void {
    const most = this.settings.redrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    while (received.length < max) {
      const message = delivery.takeDuplicate();
      if (message === undefined) return;
      // It was received as often as it may be.
      if (message.receivesHere < most) received.push(this.#give(message, nowMs, visibilityTimeoutSeconds));
    }
  }

  /** What the attempt got before; its visibility timeout begins anew. Null when there is nothing to repeat. */
  #repeat(attemptId: string | undefined, nowMs: number, visibilityTimeoutSeconds: number): Received[] | null {
    const again = attemptId === undefined ? null : (this.#fifo?.attempts.repeat(attemptId, nowMs) ?? null);
    if (again === null) return null;
    for (const { message } of again) this.#timers.set(nowMs + visibilityTimeoutSeconds * 1_000, message);
    this.#fifo!.attempts.remember(attemptId!, again, nowMs);
    this.traffic.received(again.length);
    this.#wakeForTimers();
    return [...again];
  }

  #handOut(message: Message, nowMs: number, visibilityTimeoutSeconds: number): Received {
    message.state = messageStates.inFlight;
    this.#count(messageStates.visible, -1, nowMs);
    this.#count(messageStates.inFlight, 1, nowMs);
    this.#line.handedOut(message, nowMs);
    this.#delivery?.handedOut(message);
    return this.#give(message, nowMs, visibilityTimeoutSeconds);
  }

  /** One receive of a message that is in flight: counted, with a handle of its own, and a timeout that begins now. */
  #give(message: Message, nowMs: number, visibilityTimeoutSeconds: number): Received {
    message.receiveCount++;
    message.receivesHere++;
    if (message.firstReceivedAtMs === 0) message.firstReceivedAtMs = nowMs;
    message.lastReceivedAtMs = nowMs;
    this.#timers.set(nowMs + visibilityTimeoutSeconds * 1_000, message);
    return {
      receiptHandle: receiptHandleOf(this.#key, message.sequence, message.receivesHere),
      message,
      receiveCount: message.receiveCount,
      firstReceivedAtMs: message.firstReceivedAtMs,
    };
  }

  #find(receiptHandle: string): { message: Message | undefined; receivesHere: number } {
    const parsed = parseReceiptHandle(this.#key, receiptHandle);
    if (parsed === null) throw receiptHandleIsInvalid(receiptHandle);
    return { message: this.#messages.get(parsed.sequence), receivesHere: parsed.receivesHere };
  }

  #drop(message: Message, atMs: number): void {
    const before = message.state;
    if (before === messageStates.gone) return;
    message.state = messageStates.gone;
    this.#count(before, -1, atMs);
    this.#messages.delete(message.sequence);
    this.#line.left(message, before, atMs);
    // The next of its group may go now.
    if (this.#fifo !== null && this.#waiters.size > 0) this.#serveSoon();
  }

  /** Waiting receivers are served at this instant, after whoever is at work has finished: a batch sent at once arrives as one. */
  #serveSoon(mayRepeat = false): void {
    if ((this.#visibleCount > 0 || mayRepeat) && !this.#servePending) {
      this.#servePending = true;
      this.#world.at(this.#world.nowMs(), () => {
        this.#servePending = false;
        this.#serve();
      });
    }
    this.#wakeForTimers();
  }

  #serve(): void {
    this.#settle(this.#world.nowMs());
    for (const waiter of this.#waiters) {
      const { max, visibilityTimeoutSeconds, attemptId } = waiter;
      const received = this.#hand(max, visibilityTimeoutSeconds, attemptId);
      if (received.length === 0) {
        // Of a FIFO queue the next one may repeat an attempt.
        if (this.#fifo === null) break;
        continue;
      }
      this.#waiters.delete(waiter);
      waiter.cancelTimeout();
      waiter.onMessages(received);
    }
    this.#wakeForTimers();
  }

  /** While somebody waits, the next ending timeout or delay must be noticed by itself. */
  #wakeForTimers(): void {
    if (this.#waiters.size === 0) return;
    const nextMs = this.#timers.nextMs();
    if (nextMs === null || nextMs >= this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = nextMs;
    this.#cancelWake = this.#world.at(nextMs, () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY;
      this.#serve();
    });
  }
}
