/**
 * The per-message plant: every message on its own way through the queue and the hands of its consumers.
 *
 * Seeded event simulation. What it knows and a flow does not: chance, service times, receives in batches, visibility timeouts
 * and the duplicates they cause, poison, dead letters, delay, retention, groups, and work cut off by scale-in. It is what
 * the flow is held against. Idle consumers wait in a long poll, so a message that becomes visible is taken at once (SQS-13).
 * Rules: docs/rules/replay.md (REP-50 to REP-59). Not here: what it keeps and the gauges (state.ts), its short way where nothing odd
 * happens (plain.ts), who changes the instances (run.ts), where arrivals come from (arrivals.ts).
 */
import { exponential } from '../../../core/distributions/index.ts';
import { seededRandom } from '../../../core/time/random.ts';
import { DEAD, DELAYED, DELETED, EXPIRED, IN_FLIGHT, NOTHING, SENDER, SOMETIME, VISIBLE } from './codes.ts';
import { StandardLine } from './line.ts';
import { advancePlainly } from './plain.ts';
import type { Ring } from './ring.ts';
import { into, MessageState } from './state.ts';
import type { MessagePlantInput } from './types.ts';

/** What happens next. */
const WORK = 0;
const SEND = 1;
const SHOW = 2;
const COME_BACK = 3;
const LOSE = 4;
/** Events that are taken step by step after one that was not plain. */
const ODD_IN_A_ROW = 16;

export class MessagePlant extends MessageState {
  /** The line, when messages are such that most of what happens is plain. */
  readonly #plainLine: Ring | null;

  /** @throws RangeError for a visibility timeout of 0 or below, a batch size outside 1 to 10, or no concurrency */
  constructor(input: MessagePlantInput) {
    super(input);
    keepCompiled();
    const plain =
      this.sendsAsGiven &&
      this.batchSize === 1 &&
      this.poisonShare === 0 &&
      this.failureShare === 0 &&
      this.delaySeconds === 0;
    this.#plainLine = plain && this.line instanceof StandardLine ? this.line.ring : null;
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
    return this.working.reduce(
      (sum, order, worker) => (order === NOTHING ? sum : sum + this.heldCount[worker]! - this.heldAt[worker]!),
      0,
    );
  }

  /** Age of the oldest message that is not gone, as the queue's metric tells it; 0 without one. */
  get ageSeconds(): number {
    this.skipGone();
    return this.oldest < this.counts.sent ? this.nowSeconds - this.sentAt[this.oldest]! : 0;
  }

  /** Age of the oldest message that nobody has begun to work on; 0 without one. */
  get waitingAgeSeconds(): number {
    let oldest = this.oldestUnbegun;
    while (oldest < this.counts.sent && (this.waits[oldest]! >= 0 || this.states[oldest]! >= DELETED)) oldest++;
    this.oldestUnbegun = oldest;
    return oldest < this.counts.sent ? this.nowSeconds - this.sentAt[oldest]! : 0;
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
    return this.waits.subarray(0, this.counts.sent);
  }

  /**
   * Time from the send to the deletion; NaN for those not processed (waiting, dead, expired).
   *
   * @throws RangeError when the plant was not to keep them
   */
  sojournSeconds(): Float64Array {
    if (!this.keepsSojourns) throw new RangeError('a plant with keepsSojourns false has no sojourn times');
    const sojourns = this.sojourns.slice(0, this.counts.sent);
    return sojourns.map((seconds, message) => (this.states[message] === DELETED ? seconds : Number.NaN));
  }

  /** When each message taken in so far was sent. */
  sentSeconds(): Float64Array {
    return this.sentAt.slice(0, this.counts.sent);
  }

  /** Begin a minute, or any other stretch whose figures are wanted. */
  beginMinute(): void {
    if (this.visible > this.peakBacklog) this.noteBacklog();
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
    const sentSeconds = this.sends;
    for (let odd = 0; ; ) {
      // Where the odd is the rule, asking for the plain each time would cost more than it saves.
      if (this.#plainLine !== null && odd-- === 0) {
        odd = advancePlainly(this, this.#plainLine, toSeconds) ? 0 : ODD_IN_A_ROW;
      }
      // Ends of work come before what is due at the same instant: they free a worker and can still delete.
      let at = this.events.nextSeconds;
      let what = WORK;
      if (this.nextSend < sentSeconds.length && sentSeconds[this.nextSend]! < at) {
        at = sentSeconds[this.nextSend]!;
        what = SEND;
      }
      if (this.delays.size > 0 && this.sentAt[this.delays.front]! + this.delaySeconds < at) {
        at = this.sentAt[this.delays.front]! + this.delaySeconds;
        what = SHOW;
      }
      // Timeouts come before sends, so that what comes back stands before what is new.
      if (this.timeoutMessages.size > 0) {
        const ends = this.firstTimeout();
        if (ends < at || (ends === at && what !== WORK)) {
          at = ends;
          what = COME_BACK;
        }
      }
      if (this.losesAtSeconds < at) {
        if (this.states[this.oldestKept]! >= DELETED) {
          this.keepNext();
          continue;
        }
        at = this.losesAtSeconds;
        what = LOSE;
      }
      // Infinity is no instant: nothing is left to happen.
      if (at >= toSeconds || at === SOMETIME) break;
      this.passTime(at);
      this.#happen(what);
    }
    if (toSeconds !== SOMETIME) this.passTime(toSeconds);
  }

  #happen(what: number): void {
    if (what === WORK) this.#work();
    else if (what === SEND) this.#sendNext();
    else if (what === COME_BACK) this.#timeOut();
    else if (what === SHOW) this.#endDelay();
    else this.#expire();
  }

  // ---- time

  // ---- sending

  #sendThoseBefore(seconds: number): void {
    const sentSeconds = this.sends;
    while (this.nextSend < sentSeconds.length && sentSeconds[this.nextSend]! < seconds) {
      this.#send(sentSeconds[this.nextSend++]!);
    }
  }

  #sendNext(): void {
    this.nextSend++;
    this.#send(this.nowSeconds);
    this.#serve();
  }

  #send(seconds: number): void {
    if (!this.sendsAsGiven && this.inSystem >= this.room) {
      this.counts.refused++;
      if (this.thinkTime !== null) this.#thinkThenSend();
      return;
    }
    const message = this.counts.sent++;
    if (!this.sendsAsGiven) {
      if (message === this.sentAt.length) this.grow();
      this.sentAt[message] = seconds;
    }
    this.waits[message] = Number.NaN;
    if (message === this.oldestKept) this.losesAtSeconds = seconds + this.retentionSeconds;
    if (this.poisonShare > 0 && this.poisonRandom.next() < this.poisonShare) this.poison[message] = 1;
    if (seconds + this.delaySeconds > this.nowSeconds) {
      this.states[message] = DELAYED;
      this.delayed++;
      this.delays.pushBack(message);
    } else {
      this.#show(message);
    }
  }

  #show(message: number): void {
    this.states[message] = VISIBLE;
    this.visible++;
    this.line.add(message);
  }

  #endDelay(): void {
    const message = this.delays.popFront();
    // Retention may have been shorter than the delay.
    if (this.states[message] !== DELAYED) return;
    this.delayed--;
    this.#show(message);
    this.#serve();
  }

  #thinkThenSend(): void {
    this.events.push(this.nowSeconds + this.thinkTime!.sample(this.thinkRandom), SENDER);
  }

  // ---- receiving and working

  /** Hand visible messages to idle workers, in the order in which they began to wait. */
  #serve(): void {
    while (this.visible > 0 && this.idle.size > 0) {
      const worker = this.idle.front;
      if (this.alive[worker] && !this.#receive(worker)) return;
      this.idle.popFront();
    }
  }

  /** @returns whether the worker got something; if not it waits on */
  #receive(worker: number): boolean {
    const held = this.held;
    const heldReceives = this.heldReceives;
    const first = worker * this.batchSize;
    let count = 0;
    while (count < this.batchSize && this.notVisible < this.inFlightLimit) {
      const message = this.line.take();
      if (message < 0) break;
      if (this.states[message] !== VISIBLE) continue;
      this.takeVisible();
      // Tested before handing out: it moves on the receive after the last allowed one, and nobody gets that one.
      if (this.receives[message]! >= this.maxReceives) {
        this.#deadLetter(message);
        continue;
      }
      this.states[message] = IN_FLIGHT;
      this.notVisible++;
      this.counts.received++;
      held[first + count] = message;
      heldReceives[first + count++] = ++this.receives[message]!;
      if (this.timeoutSeconds !== SOMETIME) this.#beginTimeout(message);
    }
    if (count === 0) return false;
    this.heldCount[worker] = count;
    this.heldAt[worker] = 0;
    this.busy++;
    this.#begin(worker, held[first]!);
    return true;
  }

  #deadLetter(message: number): void {
    this.counts.deadLettered++;
    this.#leave(message, DEAD);
  }

  #beginTimeout(message: number): void {
    this.timeoutMessages.pushBack(message);
    this.timeoutReceives.pushBack(this.receives[message]!);
    this.receivedAt[message] = this.nowSeconds;
  }

  #begin(worker: number, message: number): void {
    this.counts.begun++;
    if (Number.isNaN(this.waits[message]!)) this.waits[message] = this.nowSeconds - this.sentAt[message]!;
    const given = this.serviceSeconds;
    const takes = given === null ? this.service.sample(this.serviceRandom) : given[message]!;
    this.working[worker] = this.events.push(this.nowSeconds + takes, worker);
  }

  /** The earliest event of the heap: a worker has finished a message, or a sender has thought enough. */
  #work(): void {
    const worker = this.events.nextSubject;
    const order = this.events.nextOrder;
    this.events.drop();
    if (worker === SENDER) {
      this.#send(this.nowSeconds);
      this.#serve();
      return;
    }
    // The work was cut off by scale-in.
    if (this.working[worker] !== order) return;
    const at = this.heldAt[worker]!;
    const first = worker * this.batchSize;
    this.#finish(this.held[first + at]!, this.heldReceives[first + at]!);
    if (at + 1 < this.heldCount[worker]!) {
      this.heldAt[worker] = at + 1;
      this.#begin(worker, this.held[first + at + 1]!);
    } else {
      this.working[worker] = NOTHING;
      this.busy--;
      if (this.alive[worker]) {
        // With a line of messages nobody is idle: the worker goes on by itself.
        if (this.idle.size === 0 && this.visible > 0 && this.#receive(worker)) return;
        this.idle.pushBack(worker);
      }
    }
    this.#serve();
  }

  /** One attempt is over: delete the message, unless it failed or the receive is not the latest any more (SQS-11, SQS-12). */
  #finish(message: number, receive: number): void {
    const failureShare = this.failureShare;
    if (this.poison[message] === 1 || (failureShare > 0 && this.failureRandom.next() < failureShare)) {
      this.counts.failed++;
      return;
    }
    const state = this.states[message]!;
    if (state >= DELETED || this.receives[message] !== receive) {
      this.counts.wasted++;
      return;
    }
    if (state === VISIBLE) this.takeVisible();
    else this.notVisible--;
    this.counts.deleted++;
    this.minuteProcessed++;
    this.#leave(message, DELETED);
  }

  #leave(message: number, state: number): void {
    this.states[message] = state;
    if (this.keepsSojourns) this.sojourns[message] = this.nowSeconds - this.sentAt[message]!;
    this.line.settled(message);
    if (this.thinkTime !== null) this.#thinkThenSend();
  }

  // ---- coming back and getting lost

  #timeOut(): void {
    const message = this.timeoutMessages.front;
    this.dropTimeout();
    this.counts.timedOut++;
    this.#comeBack(message);
    this.#serve();
  }

  #comeBack(message: number): void {
    this.states[message] = VISIBLE;
    this.notVisible--;
    this.visible++;
    // Back in the line before its group goes on, so that it stays the first of it.
    this.line.putBack(message, this.receives[message]!);
    this.line.settled(message);
  }

  #expire(): void {
    const message = this.oldestKept;
    this.keepNext();
    const state = this.states[message]!;
    if (state === VISIBLE) this.takeVisible();
    else if (state === IN_FLIGHT) this.notVisible--;
    else this.delayed--;
    this.counts.expired++;
    this.#leave(message, EXPIRED);
    this.#serve();
  }

  // ---- the fleet

  #addInstance(): void {
    this.fleet.push(this.working.length);
    for (let hand = 0; hand < this.concurrency; hand++) {
      this.idle.pushBack(this.working.length);
      this.working.push(NOTHING);
      this.alive.push(true);
      while (this.held.length < this.working.length * this.batchSize) {
        this.held = into(new Int32Array(2 * this.held.length), this.held);
        this.heldReceives = into(new Int32Array(2 * this.heldReceives.length), this.heldReceives);
      }
      // As long as it takes one message at a time, it holds one whenever it works.
      this.heldCount.push(1);
      this.heldAt.push(0);
    }
    this.instances++;
  }

  #removeOldest(): void {
    const first = this.fleet[this.firstInstance++]!;
    this.instances--;
    for (let worker = first; worker < first + this.concurrency; worker++) {
      this.alive[worker] = false;
      if (this.working[worker] !== NOTHING) this.#cutOff(worker);
    }
  }

  #cutOff(worker: number): void {
    if (this.onScaleIn === 'finish') return;
    this.working[worker] = NOTHING;
    this.busy--;
    const first = worker * this.batchSize;
    for (let at = this.heldAt[worker]!; at < this.heldCount[worker]!; at++) {
      const message = this.held[first + at]!;
      this.counts.interrupted++;
      const mine = this.receives[message] === this.heldReceives[first + at] && this.states[message] === IN_FLIGHT;
      if (this.onScaleIn === 'return' && mine) this.#comeBack(message);
    }
  }
}

let kept: MessagePlant | null | undefined;

/**
 * One small plant stays for good: with the last object of a shape the engine throws away the code that was compiled for it, and every few runs
 * one begins slowly. Written to before each run, because fields that hold other numbers than before make a new shape, which an older object
 * takes when it is written to.
 */
function keepCompiled(): void {
  if (kept === null) return;
  if (kept === undefined) {
    // Not for itself.
    kept = null;
    const random = seededRandom(1);
    kept = new MessagePlant({ sentSeconds: [], work: { service: exponential(1) }, instances: 1, random });
  }
  kept.advance(kept.nowSeconds + 1.5);
}
