/**
 * The per-message plant: every message on its own way through the queue and the hands of its consumers.
 *
 * Seeded event simulation. What it knows and a flow does not: chance, service times, receives in batches, visibility timeouts
 * and the duplicates they cause, poison, dead letters, delay, retention, groups, and work cut off by scale-in. It is what
 * the flow is held against. Idle consumers wait in a long poll, so a message that becomes visible is taken at once (SQS-13).
 * Rules: docs/rules/replay.md (REP-50 to REP-59). Not here: who changes the instances (run.ts), where arrivals come from
 * (arrivals.ts).
 */

import type { Distribution } from '../../../core/distributions/types.ts';
import { inFlightLimits } from '../../../core/queue/limits.ts';
import type { Random } from '../../../core/time/random.ts';
import { EventHeap } from './eventHeap.ts';
import { GroupedLine, type Line, StandardLine } from './line.ts';
import { Ring } from './ring.ts';
import { type MessageCounts, type MessagePlantInput, noCounts, type WorkBehaviour } from './types.ts';

const DELAYED = 0;
const VISIBLE = 1;
const IN_FLIGHT = 2;
/** From here on a message is gone. */
const DELETED = 3;
const DEAD = 4;
const EXPIRED = 5;

/** The metric of age leaves out messages received this often; not in a FIFO queue (SQSM-03, SQSM-04). */
const RECEIVES_LEFT_OUT = 3;
const FOUR_DAYS_SECONDS = 345_600;
/** Subject of an event that is a send, not the end of a worker's work. */
const SENDER = -1;
/** Instead of the order of its event: a worker has nothing to do. */
const NOTHING = -1;
/** What happens next. */
const WORK = 0;
const SEND = 1;
const SHOW = 2;
const COME_BACK = 3;
const LOSE = 4;
const SOMETIME = Number.POSITIVE_INFINITY;

export class MessagePlant {
  nowSeconds = 0;
  readonly counts: MessageCounts = noCounts();
  /** Now, as the queue's gauges know them. */
  visible = 0;
  notVisible = 0;
  delayed = 0;
  /** Workers at work now: `concurrencyPerInstance` of each instance at most, and those that finish after scale-in. */
  busy = 0;
  instances = 0;
  /** Of the current minute; `beginMinute` restarts them. Backlog: visible messages. */
  minutePeakBacklog = 0;
  minuteLeastBacklog = 0;
  minuteBacklogSeconds = 0;
  minuteNotVisibleSeconds = 0;
  minuteBusySeconds = 0;
  minuteWorstAgeSeconds = 0;
  minuteLeastAgeSeconds = 0;
  minuteAgeSeconds = 0;
  minuteProcessed = 0;
  /** Largest since the start, for however short a time. */
  peakBacklog = 0;
  worstAgeSeconds = 0;
  /** Instant at which nothing was visible for the first time after the peak; NaN while something is. */
  drainedAtSeconds = Number.NaN;

  readonly #sentSeconds: Float64Array;
  readonly #service: Distribution;
  readonly #serviceSeconds: ArrayLike<number> | null;
  readonly #thinkTime: Distribution | null;
  readonly #concurrency: number;
  readonly #onScaleIn: NonNullable<WorkBehaviour['onScaleIn']>;
  readonly #poisonShare: number;
  readonly #failureShare: number;
  readonly #fifo: boolean;
  readonly #timeoutSeconds: number;
  readonly #maxReceives: number;
  readonly #delaySeconds: number;
  readonly #retentionSeconds: number;
  readonly #inFlightLimit: number;
  readonly #room: number;
  readonly #keepsSojourns: boolean;
  /** No message is refused, and none is sent but those of `sentSeconds`. */
  readonly #sendsAsGiven: boolean;
  readonly #batchSize: number;
  readonly #serviceRandom: Random;
  readonly #failureRandom: Random;
  readonly #poisonRandom: Random;
  readonly #thinkRandom: Random;

  /** By message, in the order of sending. */
  #sentAt: Float64Array;
  /** From its send to the first begin of work; NaN before. */
  #waits: Float64Array;
  /** From its send to when it was gone; nothing where nobody wants them. */
  #sojourns: Float64Array;
  #state: Uint8Array;
  #receives: Int32Array;
  /** Of its newest receive. */
  #receivedAt: Float64Array;
  #poison: Uint8Array;
  /** Oldest message that the age counts, oldest nobody has begun, oldest that retention has not passed. */
  #oldest = 0;
  #oldestUnbegun = 0;
  #oldestKept = 0;
  /** When that one is past its retention; infinity before it is sent. */
  #losesAtSeconds = SOMETIME;

  readonly #line: Line;
  readonly #events = new EventHeap();
  /** Next of `sentSeconds`. */
  #nextSend = 0;
  readonly #delays = new Ring();
  /** Visibility timeouts all last alike, so they end in the order they began: message and which receive of it. */
  readonly #timeoutMessages = new Ring();
  readonly #timeoutReceives = new Ring();

  /** By worker. A worker is one of an instance's hands; they are not used again. */
  readonly #working: number[] = [];
  readonly #alive: boolean[] = [];
  /** What each has in hand and which receive of it that is, `batchSize` entries each. */
  #held = new Int32Array(64);
  #heldReceives = new Int32Array(64);
  readonly #heldCount: number[] = [];
  readonly #heldAt: number[] = [];
  /** First worker of each instance, oldest first. */
  readonly #fleet: number[] = [];
  #firstInstance = 0;
  /** Workers in a long poll, in the order in which they began to wait; may hold some that are taken away. */
  readonly #idle = new Ring();

  /** @throws RangeError for a visibility timeout of 0 or below, a batch size outside 1 to 10, or no concurrency */
  constructor(input: MessagePlantInput) {
    const { queue = {}, work, random } = input;
    this.#sentSeconds =
      input.sentSeconds instanceof Float64Array ? input.sentSeconds : new Float64Array(input.sentSeconds);
    this.#service = work.service;
    this.#serviceSeconds = work.serviceSeconds ?? null;
    this.#thinkTime = input.thinkTime ?? null;
    this.#concurrency = work.concurrencyPerInstance ?? 1;
    this.#onScaleIn = work.onScaleIn ?? 'interrupt';
    this.#poisonShare = work.poisonShare ?? 0;
    this.#failureShare = work.failureShare ?? 0;
    // One more than there are, so that only a finite source ever makes it grow.
    const room = input.sentSeconds.length + 1;
    // Without senders of its own the n-th message is the n-th send.
    this.#sendsAsGiven = this.#thinkTime === null && queue.roomForMessages === undefined;
    this.#sentAt = this.#sendsAsGiven ? this.#sentSeconds : new Float64Array(room);
    this.#waits = new Float64Array(room);
    this.#keepsSojourns = input.keepsSojourns ?? true;
    this.#sojourns = new Float64Array(this.#keepsSojourns ? room : 0);
    this.#state = new Uint8Array(room);
    this.#receives = new Int32Array(room);
    this.#receivedAt = new Float64Array(room);
    this.#poison = new Uint8Array(room);
    this.#fifo = queue.kind === 'fifo';
    this.#timeoutSeconds = queue.visibilityTimeoutSeconds ?? 30;
    this.#maxReceives = queue.maxReceiveCount ?? SOMETIME;
    this.#delaySeconds = queue.delaySeconds ?? 0;
    this.#retentionSeconds = queue.retentionSeconds ?? FOUR_DAYS_SECONDS;
    this.#inFlightLimit = queue.inFlightLimit ?? inFlightLimits[queue.kind ?? 'standard'];
    this.#room = queue.roomForMessages ?? SOMETIME;
    this.#batchSize = work.batchSize ?? 1;
    if (!(this.#timeoutSeconds > 0)) throw new RangeError('the visibility timeout is above 0 seconds');
    if (!(this.#batchSize >= 1 && this.#batchSize <= 10)) throw new RangeError('a receive brings 1 to 10 messages');
    if (!(this.#concurrency >= 1)) throw new RangeError('an instance works on at least one message');
    this.#serviceRandom = random.stream('service');
    this.#failureRandom = random.stream('failure');
    this.#poisonRandom = random.stream('poison');
    this.#thinkRandom = random.stream('think');
    this.#line = this.#fifo
      ? new GroupedLine(
          (message) => input.groups?.[message] ?? 0,
          (message) => this.#state[message] === VISIBLE,
        )
      : new StandardLine();
    this.#sendThoseBefore(0);
    this.setInstances(input.instances);
    this.beginMinute();
  }

  /** Messages that nobody has in hand and everybody may have: what alarms call depth. */
  get backlog(): number {
    return this.visible;
  }

  /** Messages in the queue, whatever their state. */
  get inSystem(): number {
    return this.visible + this.notVisible + this.delayed;
  }

  /** Messages received by workers and neither finished nor cut off; some may have come back to the queue meanwhile. */
  get inHand(): number {
    return this.#working.reduce(
      (sum, order, worker) => (order === NOTHING ? sum : sum + this.#heldCount[worker]! - this.#heldAt[worker]!),
      0,
    );
  }

  /** Age of the oldest message that is not gone, as the queue's metric tells it; 0 without one. */
  get ageSeconds(): number {
    this.#skipGone();
    return this.#oldest < this.counts.sent ? this.nowSeconds - this.#sentAt[this.#oldest]! : 0;
  }

  /** Age of the oldest message that nobody has begun to work on; 0 without one. */
  get waitingAgeSeconds(): number {
    let oldest = this.#oldestUnbegun;
    while (oldest < this.counts.sent && (this.#waits[oldest]! >= 0 || this.#state[oldest]! >= DELETED)) oldest++;
    this.#oldestUnbegun = oldest;
    return oldest < this.counts.sent ? this.nowSeconds - this.#sentAt[oldest]! : 0;
  }

  get processed(): number {
    return this.counts.deleted;
  }

  /**
   * Time from the send to the first begin of work, by message in the order of sending; delay included.
   *
   * @returns one per message sent so far, as the plant has them (they change when it moves on); NaN for those nobody has begun
   */
  waitSeconds(): Float64Array {
    return this.#waits.subarray(0, this.counts.sent);
  }

  /**
   * Time from the send to the deletion; NaN for those not processed (waiting, dead, expired).
   *
   * @throws RangeError when the plant was not to keep them
   */
  sojournSeconds(): Float64Array {
    if (!this.#keepsSojourns) throw new RangeError('a plant with keepsSojourns false has no sojourn times');
    const sojourns = this.#sojourns.slice(0, this.counts.sent);
    return sojourns.map((seconds, message) => (this.#state[message] === DELETED ? seconds : Number.NaN));
  }

  /** When each message taken in so far was sent. */
  sentSeconds(): Float64Array {
    return this.#sentAt.slice(0, this.counts.sent);
  }

  /** Begin a minute, or any other stretch whose figures are wanted. */
  beginMinute(): void {
    if (this.visible > this.peakBacklog) this.#noteBacklog();
    this.minutePeakBacklog = this.visible;
    this.minuteLeastBacklog = this.visible;
    this.minuteWorstAgeSeconds = this.ageSeconds;
    this.minuteLeastAgeSeconds = this.ageSeconds;
    this.minuteBacklogSeconds = 0;
    this.minuteNotVisibleSeconds = 0;
    this.minuteBusySeconds = 0;
    this.minuteAgeSeconds = 0;
    this.minuteProcessed = 0;
  }

  /** Have this many instances from now on; on scale-in the oldest leave (MODEL-26). */
  setInstances(count: number): void {
    while (this.instances < count) this.#addInstance();
    while (this.instances > count) this.#removeOldest();
    this.#serve();
  }

  /** Move on to an instant. What is due exactly then is left for the next call. */
  advance(toSeconds: number): void {
    const sentSeconds = this.#sentSeconds;
    for (;;) {
      // Ends of work come before what is due at the same instant: they free a worker and can still delete.
      let at = this.#events.nextSeconds;
      let what = WORK;
      if (this.#nextSend < sentSeconds.length && sentSeconds[this.#nextSend]! < at) {
        at = sentSeconds[this.#nextSend]!;
        what = SEND;
      }
      if (this.#delays.size > 0 && this.#sentAt[this.#delays.front]! + this.#delaySeconds < at) {
        at = this.#sentAt[this.#delays.front]! + this.#delaySeconds;
        what = SHOW;
      }
      // Timeouts come before sends, so that what comes back stands before what is new.
      if (this.#timeoutMessages.size > 0 && this.#timeoutIsDue(at, what)) {
        at = this.#receivedAt[this.#timeoutMessages.front]! + this.#timeoutSeconds;
        what = COME_BACK;
      }
      if (this.#losesAtSeconds < at) {
        if (this.#state[this.#oldestKept]! >= DELETED) {
          this.#keepNext();
          continue;
        }
        at = this.#losesAtSeconds;
        what = LOSE;
      }
      // Infinity is no instant: nothing is left to happen.
      if (at >= toSeconds || at === SOMETIME) break;
      this.#passTime(at);
      this.#happen(what);
    }
    if (toSeconds !== SOMETIME) this.#passTime(toSeconds);
  }

  #happen(what: number): void {
    if (what === WORK) this.#work();
    else if (what === SEND) this.#sendNext();
    else if (what === COME_BACK) this.#timeOut();
    else if (what === SHOW) this.#endDelay();
    else this.#expire();
  }

  // ---- time

  #passTime(toSeconds: number): void {
    const seconds = toSeconds - this.nowSeconds;
    // What was due before the start (a message long past its retention) happens now.
    if (seconds <= 0) return;
    this.nowSeconds = toSeconds;
    this.#noteBacklog();
    this.minuteBacklogSeconds += this.visible * seconds;
    this.minuteNotVisibleSeconds += this.notVisible * seconds;
    this.minuteBusySeconds += this.busy * seconds;
    this.#skipGone();
    if (this.#oldest >= this.counts.sent) {
      this.minuteLeastAgeSeconds = 0;
      return;
    }
    const age = toSeconds - this.#sentAt[this.#oldest]!;
    this.minuteAgeSeconds += (age - seconds / 2) * seconds;
    if (age - seconds < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = age - seconds;
    if (age > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = age;
    if (age > this.worstAgeSeconds) this.worstAgeSeconds = age;
  }

  /** A message never comes back from being gone, nor from its third receive: the pointer only moves forward. */
  #skipGone(): void {
    let oldest = this.#oldest;
    const { sent } = this.counts;
    while (
      oldest < sent &&
      (this.#state[oldest]! >= DELETED || (!this.#fifo && this.#receives[oldest]! >= RECEIVES_LEFT_OUT))
    ) {
      oldest++;
    }
    this.#oldest = oldest;
  }

  /** What is visible for some time; a message that is taken as it comes never is. */
  #noteBacklog(): void {
    const { visible } = this;
    if (visible < this.minuteLeastBacklog) this.minuteLeastBacklog = visible;
    if (visible > this.minutePeakBacklog) this.minutePeakBacklog = visible;
    if (visible > this.peakBacklog) {
      this.peakBacklog = visible;
      this.drainedAtSeconds = Number.NaN;
    }
  }

  #takeVisible(): void {
    this.visible--;
    if (this.visible === 0 && Number.isNaN(this.drainedAtSeconds)) this.drainedAtSeconds = this.nowSeconds;
  }

  // ---- sending

  #sendThoseBefore(seconds: number): void {
    const sentSeconds = this.#sentSeconds;
    while (this.#nextSend < sentSeconds.length && sentSeconds[this.#nextSend]! < seconds) {
      this.#send(sentSeconds[this.#nextSend++]!);
    }
  }

  #sendNext(): void {
    this.#nextSend++;
    this.#send(this.nowSeconds);
    this.#serve();
  }

  #send(seconds: number): void {
    if (!this.#sendsAsGiven && this.inSystem >= this.#room) {
      this.counts.refused++;
      if (this.#thinkTime !== null) this.#thinkThenSend();
      return;
    }
    const message = this.counts.sent++;
    if (!this.#sendsAsGiven) {
      if (message === this.#sentAt.length) this.#grow();
      this.#sentAt[message] = seconds;
    }
    this.#waits[message] = Number.NaN;
    if (message === this.#oldestKept) this.#losesAtSeconds = seconds + this.#retentionSeconds;
    if (this.#poisonShare > 0 && this.#poisonRandom.next() < this.#poisonShare) this.#poison[message] = 1;
    if (seconds + this.#delaySeconds > this.nowSeconds) {
      this.#state[message] = DELAYED;
      this.delayed++;
      this.#delays.pushBack(message);
    } else {
      this.#show(message);
    }
  }

  #show(message: number): void {
    this.#state[message] = VISIBLE;
    this.visible++;
    this.#line.add(message);
  }

  #endDelay(): void {
    const message = this.#delays.popFront();
    // Retention may have been shorter than the delay.
    if (this.#state[message] !== DELAYED) return;
    this.delayed--;
    this.#show(message);
    this.#serve();
  }

  #thinkThenSend(): void {
    this.#events.push(this.nowSeconds + this.#thinkTime!.sample(this.#thinkRandom), SENDER);
  }

  // ---- receiving and working

  /** Hand visible messages to idle workers, in the order in which they began to wait. */
  #serve(): void {
    while (this.visible > 0 && this.#idle.size > 0) {
      const worker = this.#idle.front;
      if (this.#alive[worker] && !this.#receive(worker)) return;
      this.#idle.popFront();
    }
  }

  /** @returns whether the worker got something; if not it waits on */
  #receive(worker: number): boolean {
    const held = this.#held;
    const heldReceives = this.#heldReceives;
    const first = worker * this.#batchSize;
    let count = 0;
    while (count < this.#batchSize && this.notVisible < this.#inFlightLimit) {
      const message = this.#line.take();
      if (message < 0) break;
      if (this.#state[message] !== VISIBLE) continue;
      this.#takeVisible();
      // Tested before handing out: it moves on the receive after the last allowed one, and nobody gets that one.
      if (this.#receives[message]! >= this.#maxReceives) {
        this.#deadLetter(message);
        continue;
      }
      this.#state[message] = IN_FLIGHT;
      this.notVisible++;
      this.counts.received++;
      held[first + count] = message;
      heldReceives[first + count++] = ++this.#receives[message]!;
      if (this.#timeoutSeconds !== SOMETIME) this.#beginTimeout(message);
    }
    if (count === 0) return false;
    this.#heldCount[worker] = count;
    this.#heldAt[worker] = 0;
    this.busy++;
    this.#begin(worker, held[first]!);
    return true;
  }

  #deadLetter(message: number): void {
    this.counts.deadLettered++;
    this.#leave(message, DEAD);
  }

  #beginTimeout(message: number): void {
    this.#timeoutMessages.pushBack(message);
    this.#timeoutReceives.pushBack(this.#receives[message]!);
    this.#receivedAt[message] = this.nowSeconds;
  }

  #begin(worker: number, message: number): void {
    this.counts.begun++;
    if (Number.isNaN(this.#waits[message]!)) this.#waits[message] = this.nowSeconds - this.#sentAt[message]!;
    const given = this.#serviceSeconds;
    const takes = given === null ? this.#service.sample(this.#serviceRandom) : given[message]!;
    this.#working[worker] = this.#events.push(this.nowSeconds + takes, worker);
  }

  /** The earliest event of the heap: a worker has finished a message, or a sender has thought enough. */
  #work(): void {
    const worker = this.#events.nextSubject;
    const order = this.#events.nextOrder;
    this.#events.drop();
    if (worker === SENDER) {
      this.#send(this.nowSeconds);
      this.#serve();
      return;
    }
    // The work was cut off by scale-in.
    if (this.#working[worker] !== order) return;
    const at = this.#heldAt[worker]!;
    const first = worker * this.#batchSize;
    this.#finish(this.#held[first + at]!, this.#heldReceives[first + at]!);
    if (at + 1 < this.#heldCount[worker]!) {
      this.#heldAt[worker] = at + 1;
      this.#begin(worker, this.#held[first + at + 1]!);
    } else {
      this.#working[worker] = NOTHING;
      this.busy--;
      if (this.#alive[worker]) {
        // With a line of messages nobody is idle: the worker goes on by itself.
        if (this.#idle.size === 0 && this.visible > 0 && this.#receive(worker)) return;
        this.#idle.pushBack(worker);
      }
    }
    this.#serve();
  }

  /** One attempt is over: delete the message, unless it failed or the receive is not the latest any more (SQS-11, SQS-12). */
  #finish(message: number, receive: number): void {
    const failureShare = this.#failureShare;
    if (this.#poison[message] === 1 || (failureShare > 0 && this.#failureRandom.next() < failureShare)) {
      this.counts.failed++;
      return;
    }
    const state = this.#state[message]!;
    if (state >= DELETED || this.#receives[message] !== receive) {
      this.counts.wasted++;
      return;
    }
    if (state === VISIBLE) this.#takeVisible();
    else this.notVisible--;
    this.counts.deleted++;
    this.minuteProcessed++;
    this.#leave(message, DELETED);
  }

  #leave(message: number, state: number): void {
    this.#state[message] = state;
    if (this.#keepsSojourns) this.#sojourns[message] = this.nowSeconds - this.#sentAt[message]!;
    this.#line.settled(message);
    if (this.#thinkTime !== null) this.#thinkThenSend();
  }

  // ---- coming back and getting lost

  /**
   * Whether a visibility timeout is the next to happen, given what else is next. Those of messages that are gone, or received
   * again, are dropped on the way.
   */
  #timeoutIsDue(at: number, what: number): boolean {
    while (this.#timeoutMessages.size > 0) {
      const message = this.#timeoutMessages.front;
      if (this.#state[message] === IN_FLIGHT && this.#receives[message] === this.#timeoutReceives.front) {
        const ends = this.#receivedAt[message]! + this.#timeoutSeconds;
        return ends < at || (ends === at && what !== WORK);
      }
      this.#dropTimeout();
    }
    return false;
  }

  #dropTimeout(): void {
    this.#timeoutMessages.popFront();
    this.#timeoutReceives.popFront();
  }

  #timeOut(): void {
    const message = this.#timeoutMessages.front;
    this.#dropTimeout();
    this.counts.timedOut++;
    this.#comeBack(message);
    this.#serve();
  }

  #comeBack(message: number): void {
    this.#state[message] = VISIBLE;
    this.notVisible--;
    this.visible++;
    // Back in the line before its group goes on, so that it stays the first of it.
    this.#line.putBack(message, this.#receives[message]!);
    this.#line.settled(message);
  }

  #keepNext(): void {
    const next = ++this.#oldestKept;
    this.#losesAtSeconds = next < this.counts.sent ? this.#sentAt[next]! + this.#retentionSeconds : SOMETIME;
  }

  #expire(): void {
    const message = this.#oldestKept;
    this.#keepNext();
    const state = this.#state[message]!;
    if (state === VISIBLE) this.#takeVisible();
    else if (state === IN_FLIGHT) this.notVisible--;
    else this.delayed--;
    this.counts.expired++;
    this.#leave(message, EXPIRED);
    this.#serve();
  }

  // ---- the fleet

  #addInstance(): void {
    this.#fleet.push(this.#working.length);
    for (let hand = 0; hand < this.#concurrency; hand++) {
      this.#idle.pushBack(this.#working.length);
      this.#working.push(NOTHING);
      this.#alive.push(true);
      while (this.#held.length < this.#working.length * this.#batchSize) {
        this.#held = into(new Int32Array(2 * this.#held.length), this.#held);
        this.#heldReceives = into(new Int32Array(2 * this.#heldReceives.length), this.#heldReceives);
      }
      this.#heldCount.push(0);
      this.#heldAt.push(0);
    }
    this.instances++;
  }

  #removeOldest(): void {
    const first = this.#fleet[this.#firstInstance++]!;
    this.instances--;
    for (let worker = first; worker < first + this.#concurrency; worker++) {
      this.#alive[worker] = false;
      if (this.#working[worker] !== NOTHING) this.#cutOff(worker);
    }
  }

  #cutOff(worker: number): void {
    if (this.#onScaleIn === 'finish') return;
    this.#working[worker] = NOTHING;
    this.busy--;
    const first = worker * this.#batchSize;
    for (let at = this.#heldAt[worker]!; at < this.#heldCount[worker]!; at++) {
      const message = this.#held[first + at]!;
      this.counts.interrupted++;
      const mine = this.#receives[message] === this.#heldReceives[first + at] && this.#state[message] === IN_FLIGHT;
      if (this.#onScaleIn === 'return' && mine) this.#comeBack(message);
    }
  }

  #grow(): void {
    const length = 2 * this.#sentAt.length;
    this.#sentAt = into(new Float64Array(length), this.#sentAt);
    this.#waits = into(new Float64Array(length), this.#waits);
    if (this.#keepsSojourns) this.#sojourns = into(new Float64Array(length), this.#sojourns);
    this.#state = into(new Uint8Array(length), this.#state);
    this.#receives = into(new Int32Array(length), this.#receives);
    this.#receivedAt = into(new Float64Array(length), this.#receivedAt);
    this.#poison = into(new Uint8Array(length), this.#poison);
  }
}

function into<T extends Float64Array | Int32Array | Uint8Array>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
