/**
 * What the per-message plant knows: messages, line, workers, and the gauges of the queue with their passing of time.
 *
 * The plant itself (plant.ts) and its short way (plain.ts) work on it; everything is open to these two and to nobody else. Not here: what
 * happens to a message.
 */
import type { Distribution } from '../../../core/distributions/types.ts';
import { inFlightLimits } from '../../../core/queue/limits.ts';
import type { Random } from '../../../core/time/random.ts';
import { DELETED, IN_FLIGHT, RECEIVES_LEFT_OUT, SOMETIME, VISIBLE } from './codes.ts';
import { EventHeap } from './eventHeap.ts';
import { GroupedLine, type Line, StandardLine } from './line.ts';
import { Ring } from './ring.ts';
import { type MessageCounts, type MessagePlantInput, noCounts, type WorkBehaviour } from './types.ts';

const FOUR_DAYS_SECONDS = 345_600;

export class MessageState {
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

  readonly sends: Float64Array;
  readonly service: Distribution;
  readonly serviceSeconds: ArrayLike<number> | null;
  readonly thinkTime: Distribution | null;
  readonly concurrency: number;
  readonly onScaleIn: NonNullable<WorkBehaviour['onScaleIn']>;
  readonly poisonShare: number;
  readonly failureShare: number;
  readonly fifo: boolean;
  readonly timeoutSeconds: number;
  readonly maxReceives: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly inFlightLimit: number;
  readonly room: number;
  readonly keepsSojourns: boolean;
  /** No message is refused, and none is sent but those of `sentSeconds`. */
  readonly sendsAsGiven: boolean;
  readonly batchSize: number;
  readonly serviceRandom: Random;
  readonly failureRandom: Random;
  readonly poisonRandom: Random;
  readonly thinkRandom: Random;

  /** By message, in the order of sending. */
  sentAt: Float64Array;
  /** From its send to the first begin of work; NaN before. */
  waits: Float64Array;
  /** From its send to when it was gone; nothing where nobody wants them. */
  sojourns: Float64Array;
  states: Uint8Array;
  receives: Int32Array;
  /** Of its newest receive. */
  receivedAt: Float64Array;
  poison: Uint8Array;
  /** Oldest message that the age counts, oldest nobody has begun, oldest that retention has not passed. */
  oldest = 0;
  oldestUnbegun = 0;
  oldestKept = 0;
  /** When that one is past its retention; infinity before it is sent. */
  losesAtSeconds = SOMETIME;

  readonly line: Line;
  readonly events = new EventHeap();
  /** Next of `sentSeconds`. */
  nextSend = 0;
  readonly delays = new Ring();
  /** Visibility timeouts all last alike, so they end in the order they began: message and which receive of it. */
  readonly timeoutMessages = new Ring();
  readonly timeoutReceives = new Ring();

  /** By worker. A worker is one of an instance's hands; they are not used again. */
  readonly working: number[] = [];
  readonly alive: boolean[] = [];
  /** What each has in hand and which receive of it that is, `batchSize` entries each. */
  held = new Int32Array(64);
  heldReceives = new Int32Array(64);
  readonly heldCount: number[] = [];
  readonly heldAt: number[] = [];
  /** First worker of each instance, oldest first. */
  readonly fleet: number[] = [];
  firstInstance = 0;
  /** Workers in a long poll, in the order in which they began to wait; may hold some that are taken away. */
  readonly idle = new Ring();

  /** @throws RangeError for a visibility timeout of 0 or below, a batch size outside 1 to 10, or no concurrency */
  constructor(input: MessagePlantInput) {
    const { queue = {}, work, random } = input;
    this.sends = input.sentSeconds instanceof Float64Array ? input.sentSeconds : new Float64Array(input.sentSeconds);
    this.service = work.service;
    this.serviceSeconds = work.serviceSeconds ?? null;
    this.thinkTime = input.thinkTime ?? null;
    this.concurrency = work.concurrencyPerInstance ?? 1;
    this.onScaleIn = work.onScaleIn ?? 'interrupt';
    this.poisonShare = work.poisonShare ?? 0;
    this.failureShare = work.failureShare ?? 0;
    // One more than there are, so that only a finite source ever makes it grow.
    const room = input.sentSeconds.length + 1;
    // Without senders of its own the n-th message is the n-th send.
    this.sendsAsGiven = this.thinkTime === null && queue.roomForMessages === undefined;
    this.sentAt = this.sendsAsGiven ? this.sends : new Float64Array(room);
    this.waits = new Float64Array(room);
    this.keepsSojourns = input.keepsSojourns ?? true;
    this.sojourns = new Float64Array(this.keepsSojourns ? room : 0);
    this.states = new Uint8Array(room);
    this.receives = new Int32Array(room);
    this.receivedAt = new Float64Array(room);
    this.poison = new Uint8Array(room);
    this.fifo = queue.kind === 'fifo';
    this.timeoutSeconds = queue.visibilityTimeoutSeconds ?? 30;
    this.maxReceives = queue.maxReceiveCount ?? SOMETIME;
    this.delaySeconds = queue.delaySeconds ?? 0;
    this.retentionSeconds = queue.retentionSeconds ?? FOUR_DAYS_SECONDS;
    this.inFlightLimit = queue.inFlightLimit ?? inFlightLimits[queue.kind ?? 'standard'];
    this.room = queue.roomForMessages ?? SOMETIME;
    this.batchSize = work.batchSize ?? 1;
    if (!(this.timeoutSeconds > 0)) throw new RangeError('the visibility timeout is above 0 seconds');
    if (!(this.batchSize >= 1 && this.batchSize <= 10)) throw new RangeError('a receive brings 1 to 10 messages');
    if (!(this.concurrency >= 1)) throw new RangeError('an instance works on at least one message');
    this.serviceRandom = random.stream('service');
    this.failureRandom = random.stream('failure');
    this.poisonRandom = random.stream('poison');
    this.thinkRandom = random.stream('think');
    this.line = this.fifo
      ? new GroupedLine(
          (message) => input.groups?.[message] ?? 0,
          (message) => this.states[message] === VISIBLE,
        )
      : new StandardLine();
  }

  passTime(toSeconds: number): void {
    const seconds = toSeconds - this.nowSeconds;
    // What was due before the start (a message long past its retention) happens now.
    if (seconds <= 0) return;
    this.nowSeconds = toSeconds;
    this.noteBacklog();
    this.minuteBacklogSeconds += this.visible * seconds;
    this.minuteNotVisibleSeconds += this.notVisible * seconds;
    this.minuteBusySeconds += this.busy * seconds;
    this.skipGone();
    if (this.oldest >= this.counts.sent) {
      this.minuteLeastAgeSeconds = 0;
      return;
    }
    const age = toSeconds - this.sentAt[this.oldest]!;
    this.minuteAgeSeconds += (age - seconds / 2) * seconds;
    if (age - seconds < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = age - seconds;
    if (age > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = age;
    if (age > this.worstAgeSeconds) this.worstAgeSeconds = age;
  }

  /** A message never comes back from being gone, nor from its third receive: the pointer only moves forward. */
  skipGone(): void {
    let oldest = this.oldest;
    const { sent } = this.counts;
    while (
      oldest < sent &&
      (this.states[oldest]! >= DELETED || (!this.fifo && this.receives[oldest]! >= RECEIVES_LEFT_OUT))
    ) {
      oldest++;
    }
    this.oldest = oldest;
  }

  /** What is visible for some time; a message that is taken as it comes never is. */
  noteBacklog(): void {
    const { visible } = this;
    if (visible < this.minuteLeastBacklog) this.minuteLeastBacklog = visible;
    if (visible > this.minutePeakBacklog) this.minutePeakBacklog = visible;
    if (visible > this.peakBacklog) {
      this.peakBacklog = visible;
      this.drainedAtSeconds = Number.NaN;
    }
  }

  takeVisible(): void {
    this.visible--;
    if (this.visible === 0 && Number.isNaN(this.drainedAtSeconds)) this.drainedAtSeconds = this.nowSeconds;
  }

  /** When the first visibility timeout ends that is still in force; infinity without one. */
  firstTimeout(): number {
    while (this.timeoutMessages.size > 0) {
      const message = this.timeoutMessages.front;
      if (this.states[message] === IN_FLIGHT && this.receives[message] === this.timeoutReceives.front) {
        return this.receivedAt[message]! + this.timeoutSeconds;
      }
      this.dropTimeout();
    }
    return SOMETIME;
  }

  dropTimeout(): void {
    this.timeoutMessages.popFront();
    this.timeoutReceives.popFront();
  }

  keepNext(): void {
    const next = ++this.oldestKept;
    this.losesAtSeconds = next < this.counts.sent ? this.sentAt[next]! + this.retentionSeconds : SOMETIME;
  }

  grow(): void {
    const length = 2 * this.sentAt.length;
    this.sentAt = into(new Float64Array(length), this.sentAt);
    this.waits = into(new Float64Array(length), this.waits);
    if (this.keepsSojourns) this.sojourns = into(new Float64Array(length), this.sojourns);
    this.states = into(new Uint8Array(length), this.states);
    this.receives = into(new Int32Array(length), this.receives);
    this.receivedAt = into(new Float64Array(length), this.receivedAt);
    this.poison = into(new Uint8Array(length), this.poison);
  }
}

export function into<T extends Float64Array | Int32Array | Uint8Array>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
