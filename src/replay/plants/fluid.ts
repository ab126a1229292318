/**
 * The fluid plant: a queue and its consumers as flows, exact between events.
 *
 * Arrivals are constant inside a minute, service is instances x throughput and changes when instances come or go, also in
 * mid-minute. Between two such moments backlog is a straight line and the age of the head of the queue is piecewise
 * straight, so both are integrated without a time step. FIFO: age(t) = t - A^-1(D(t)), A and D cumulative arrivals and
 * departures. On request what is shown is at least the queue that chance keeps up at the current load (REP-16).
 * Rules: docs/rules/replay.md (REP-10 to REP-16). Not here: who changes the instances (group.ts, run.ts).
 */
import type { Plant } from './plant.ts';
import { StationaryQueue, type StationaryQueueOptions } from './stationaryQueue.ts';

/** Every figure begins as a number, not as undefined: only then does the engine write fractions in place. */
export class FluidPlant implements Plant {
  /** Messages waiting now. */
  backlog = 0;
  /** Age of the head of the queue now, seconds; 0 when nothing waits. */
  ageSeconds = 0;
  /** Messages processed since the start. */
  processed = 0;
  /** Seconds from the start. */
  nowSeconds = 0;
  /** What the instances can do together from now on, and how many they are; only the correction for chance asks for those. */
  servicePerSecond = 0;
  instances = 1;
  /** Largest values since the start, at any instant. */
  peakBacklog = 0;
  worstAgeSeconds = 0;
  /** Instant at which the backlog of the peak was gone, seconds from the start; NaN while it is not. */
  drainedAtSeconds = Number.NaN;
  /** Of the current minute; `beginMinute` restarts them. */
  minutePeakBacklog = 0;
  minuteLeastBacklog = 0;
  minuteWorstAgeSeconds = 0;
  minuteLeastAgeSeconds = 0;
  minuteBacklogSeconds = 0;
  minuteAgeSeconds = 0;
  minuteProcessed = 0;
  /** At the end of the last minute, as a gauge shows them; `endMinute` sets them. */
  shownBacklog = 0;
  shownAgeSeconds = 0;

  readonly #stationary: StationaryQueue | null;
  readonly #arrivals: Float64Array;
  readonly #initialBacklog: number = 0;
  readonly #initialAgeSeconds: number = 0;
  /** Minute whose arrivals the head of the queue is among; -1 for the backlog of the start. */
  #headMinute: number;
  /** How many of that minute's arrivals have left. */
  #headDeparted = 0;
  /**
   * What the private methods hand each other, in fields: a fraction that is an argument or a result is put on the heap.
   * How long the servers are busy, where the age last turned, and where it has got to.
   */
  #busySeconds = 0;
  #turnedAtSeconds = 0;
  #turnedAge = 0;
  #reachedAtSeconds = 0;
  #reachedAge = 0;

  /**
   * @param arrivals per minute, no NaN, none negative
   * @param backlog  messages waiting at the start
   * @param oldestAgeSeconds age of the oldest of them; they arrived evenly over that time
   * @param stationaryQueue the correction for chance; null or left out: the bare flow
   */
  constructor(
    arrivals: Float64Array,
    backlog: number,
    oldestAgeSeconds: number,
    stationaryQueue: StationaryQueueOptions | null = null,
  ) {
    this.#stationary = stationaryQueue === null ? null : new StationaryQueue(stationaryQueue);
    this.#arrivals = arrivals;
    this.#initialBacklog = backlog;
    this.#initialAgeSeconds = backlog > 0 ? oldestAgeSeconds : 0;
    this.#headMinute = backlog > 0 ? -1 : 0;
    this.backlog = backlog;
    this.ageSeconds = this.#initialAgeSeconds;
    this.peakBacklog = backlog;
    this.worstAgeSeconds = this.ageSeconds;
    this.shownBacklog = backlog;
    this.shownAgeSeconds = this.ageSeconds;
  }

  get visible(): number {
    return this.backlog;
  }

  beginMinute(): void {
    this.minutePeakBacklog = this.backlog;
    this.minuteLeastBacklog = this.backlog;
    this.minuteWorstAgeSeconds = this.ageSeconds;
    this.minuteLeastAgeSeconds = this.ageSeconds;
    this.minuteBacklogSeconds = 0;
    this.minuteAgeSeconds = 0;
    this.minuteProcessed = 0;
    this.#stationary?.beginMinute();
  }

  /** The minute is over: what it shows is settled. Call before its figures are read. */
  endMinute(): void {
    this.shownBacklog = this.backlog;
    this.shownAgeSeconds = this.ageSeconds;
    if (this.#stationary !== null) this.#raise(this.#stationary);
  }

  /** Nothing shown is below the queue that chance keeps up; flows, and the instant of the drain, stay as they are. */
  #raise(queue: StationaryQueue): void {
    this.shownBacklog = Math.max(this.shownBacklog, queue.waiting);
    this.shownAgeSeconds = Math.max(this.shownAgeSeconds, queue.ageSeconds);
    this.minutePeakBacklog = Math.max(this.minutePeakBacklog, queue.minuteMost);
    this.minuteLeastBacklog = Math.max(this.minuteLeastBacklog, queue.minuteLeast);
    this.minuteBacklogSeconds = Math.max(this.minuteBacklogSeconds, queue.minuteWaitingSeconds);
    this.minuteWorstAgeSeconds = Math.max(this.minuteWorstAgeSeconds, queue.minuteWorstAgeSeconds);
    this.minuteLeastAgeSeconds = Math.max(this.minuteLeastAgeSeconds, queue.minuteLeastAgeSeconds);
    this.minuteAgeSeconds = Math.max(this.minuteAgeSeconds, queue.minuteAgeSeconds);
    this.peakBacklog = Math.max(this.peakBacklog, this.minutePeakBacklog);
    this.worstAgeSeconds = Math.max(this.worstAgeSeconds, this.minuteWorstAgeSeconds);
  }

  /**
   * Move on to an instant of the same minute, at the service rate `servicePerSecond` says.
   *
   * @param minute the minute that contains (now, toSeconds)
   */
  advance(minute: number, toSeconds: number): void {
    const { servicePerSecond, instances } = this;
    const seconds = toSeconds - this.nowSeconds;
    if (seconds <= 0) return;
    const arrivalsPerSecond = this.#arrivals[minute]! / 60;
    if (this.#stationary !== null) this.#stationary.advance(seconds, arrivalsPerSecond, servicePerSecond, instances);
    const net = arrivalsPerSecond - servicePerSecond;
    if (this.backlog === 0 && net <= 0) {
      this.#flowThrough(minute, toSeconds);
      return;
    }
    const emptyAfter = net < 0 ? this.backlog / -net : Number.POSITIVE_INFINITY;
    if (emptyAfter > seconds) {
      this.#busySeconds = seconds;
      this.#work(minute, false);
      this.nowSeconds = toSeconds;
      return;
    }
    this.#busySeconds = emptyAfter;
    this.#work(minute, true);
    const emptiedAt = this.nowSeconds + emptyAfter;
    this.nowSeconds = emptiedAt;
    this.ageSeconds = 0;
    this.minuteLeastAgeSeconds = 0;
    if (Number.isNaN(this.drainedAtSeconds)) this.drainedAtSeconds = emptiedAt;
    this.#flowThrough(minute, toSeconds);
  }

  /** Nothing waits and nothing will: what arrives is processed at once. */
  #flowThrough(minute: number, toSeconds: number): void {
    const arrivalsPerSecond = this.#arrivals[minute]! / 60;
    const arrived = arrivalsPerSecond * (toSeconds - this.nowSeconds);
    this.processed += arrived;
    this.minuteProcessed += arrived;
    this.nowSeconds = toSeconds;
    // The head is now: exact again, whatever rounding the busy period left behind.
    this.#headMinute = minute;
    this.#headDeparted = arrivalsPerSecond * (toSeconds - minute * 60);
  }

  /** The servers are busy for `#busySeconds`: backlog runs straight to where it gets, which is 0 when it `empties`. */
  #work(minute: number, empties: boolean): void {
    const { servicePerSecond } = this;
    const seconds = this.#busySeconds;
    const served = servicePerSecond * seconds;
    const backlogAfter = empties ? 0 : this.backlog + (this.#arrivals[minute]! / 60 - servicePerSecond) * seconds;
    this.processed += served;
    this.minuteProcessed += served;
    this.minuteBacklogSeconds += ((this.backlog + backlogAfter) / 2) * seconds;
    this.backlog = backlogAfter;
    if (backlogAfter > this.minutePeakBacklog) this.minutePeakBacklog = backlogAfter;
    if (backlogAfter < this.minuteLeastBacklog) this.minuteLeastBacklog = backlogAfter;
    if (backlogAfter > this.peakBacklog) {
      this.peakBacklog = backlogAfter;
      this.drainedAtSeconds = Number.NaN;
    }
    this.#advanceHead(minute);
  }

  /** Let what is served leave in order of arrival; the age turns where the head passes from one minute to the next. */
  #advanceHead(minute: number): void {
    const from = this.nowSeconds;
    const served = this.servicePerSecond * this.#busySeconds;
    let left = served;
    this.#turnedAtSeconds = from;
    this.#turnedAge = this.ageSeconds;
    while (this.#headMinute < minute) {
      const size = this.#headMinute < 0 ? this.#initialBacklog : this.#arrivals[this.#headMinute]!;
      const remaining = size - this.#headDeparted;
      if (left < remaining) break;
      left -= remaining;
      this.#headMinute++;
      this.#headDeparted = 0;
      if (remaining > 0) {
        this.#reachedAtSeconds = from + (served - left) / this.servicePerSecond;
        this.#reachedAge = this.#reachedAtSeconds - this.#headMinute * 60;
        this.#noteAge();
        this.#turnedAtSeconds = this.#reachedAtSeconds;
      }
      // A minute without arrivals lets the head, and with it the age, jump to the next minute.
      this.#turnedAge = Math.max(0, this.#turnedAtSeconds - this.#headMinute * 60);
      if (this.#turnedAge < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = this.#turnedAge;
    }
    this.#headDeparted += left;
    this.#reachedAtSeconds = from + this.#busySeconds;
    this.#reachHead();
    this.#noteAge();
    this.ageSeconds = this.#reachedAge;
  }

  /** The age the head of the queue has got to; 0 when its minute brought nothing. */
  #reachHead(): void {
    const nowSeconds = this.#reachedAtSeconds;
    let headSeconds = nowSeconds;
    if (this.#headMinute < 0) {
      headSeconds = -this.#initialAgeSeconds * (1 - this.#headDeparted / this.#initialBacklog);
    } else {
      const size = this.#arrivals[this.#headMinute]!;
      if (size > 0) headSeconds = this.#headMinute * 60 + (60 * this.#headDeparted) / size;
    }
    this.#reachedAge = Math.max(0, nowSeconds - headSeconds);
  }

  /** Age ran straight from where it turned to where it has got. */
  #noteAge(): void {
    const fromAge = this.#turnedAge;
    const toAge = this.#reachedAge;
    this.minuteAgeSeconds += ((fromAge + toAge) / 2) * (this.#reachedAtSeconds - this.#turnedAtSeconds);
    const larger = Math.max(fromAge, toAge);
    if (larger > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = larger;
    if (toAge < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = toAge;
    if (larger > this.worstAgeSeconds) this.worstAgeSeconds = larger;
  }
}
