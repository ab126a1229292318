/**
 * The fluid plant: a queue and its consumers as flows, exact between events.
 *
 * Arrivals are constant inside a minute, service is instances x throughput and changes when instances come or go, also in
 * mid-minute. Between two such moments backlog is a straight line and the age of the head of the queue is piecewise
 * straight, so both are integrated without a time step. FIFO: age(t) = t - A^-1(D(t)), A and D cumulative arrivals and
 * departures. On request what is shown is at least the queue that chance keeps up at the current load (REP-16).
 * Rules: docs/rules/replay.md (REP-10 to REP-16). Not here: who changes the instances (group.ts, run.ts).
 */
import { StationaryQueue, type StationaryQueueOptions } from './stationaryQueue.ts';

export class FluidPlant {
  /** Messages waiting now. */
  backlog: number;
  /** Age of the head of the queue now, seconds; 0 when nothing waits. */
  ageSeconds: number;
  /** Messages processed since the start. */
  processed = 0;
  /** Seconds from the start. */
  nowSeconds = 0;
  /** Largest values since the start, at any instant. */
  peakBacklog: number;
  worstAgeSeconds: number;
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
  shownBacklog: number;
  shownAgeSeconds: number;

  readonly #stationary: StationaryQueue | null;
  readonly #arrivals: Float64Array;
  readonly #initialBacklog: number;
  readonly #initialAgeSeconds: number;
  /** Minute whose arrivals the head of the queue is among; -1 for the backlog of the start. */
  #headMinute: number;
  /** How many of that minute's arrivals have left. */
  #headDeparted = 0;

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
   * Move on to an instant of the same minute with a constant service rate.
   *
   * @param minute the minute that contains (now, toSeconds)
   * @param servicePerSecond what the instances can do together
   * @param instances how many they are; only the correction for chance asks
   */
  advance(minute: number, toSeconds: number, servicePerSecond: number, instances = 1): void {
    const seconds = toSeconds - this.nowSeconds;
    if (seconds <= 0) return;
    const arrivalsPerSecond = this.#arrivals[minute]! / 60;
    if (this.#stationary !== null) this.#stationary.advance(seconds, arrivalsPerSecond, servicePerSecond, instances);
    const net = arrivalsPerSecond - servicePerSecond;
    if (this.backlog === 0 && net <= 0) {
      this.#flowThrough(minute, toSeconds, arrivalsPerSecond * seconds);
      return;
    }
    const emptyAfter = net < 0 ? this.backlog / -net : Number.POSITIVE_INFINITY;
    if (emptyAfter > seconds) {
      this.#work(minute, seconds, servicePerSecond, this.backlog + net * seconds);
      this.nowSeconds = toSeconds;
      return;
    }
    this.#work(minute, emptyAfter, servicePerSecond, 0);
    const emptiedAt = this.nowSeconds + emptyAfter;
    this.nowSeconds = emptiedAt;
    this.ageSeconds = 0;
    this.minuteLeastAgeSeconds = 0;
    if (Number.isNaN(this.drainedAtSeconds)) this.drainedAtSeconds = emptiedAt;
    this.#flowThrough(minute, toSeconds, arrivalsPerSecond * (toSeconds - emptiedAt));
  }

  /** Nothing waits and nothing will: what arrives is processed at once. */
  #flowThrough(minute: number, toSeconds: number, arrived: number): void {
    this.processed += arrived;
    this.minuteProcessed += arrived;
    this.nowSeconds = toSeconds;
    // The head is now: exact again, whatever rounding the busy period left behind.
    this.#headMinute = minute;
    this.#headDeparted = (this.#arrivals[minute]! / 60) * (toSeconds - minute * 60);
  }

  /** The servers are busy all the time: backlog runs straight to `backlogAfter`. */
  #work(minute: number, seconds: number, servicePerSecond: number, backlogAfter: number): void {
    const served = servicePerSecond * seconds;
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
    this.#advanceHead(minute, seconds, servicePerSecond, served);
  }

  /** Let `served` messages leave in order of arrival; the age turns where the head passes from one minute to the next. */
  #advanceHead(minute: number, seconds: number, servicePerSecond: number, served: number): void {
    const from = this.nowSeconds;
    let left = served;
    let turnedAt = from;
    let turnedAge = this.ageSeconds;
    while (this.#headMinute < minute) {
      const size = this.#headMinute < 0 ? this.#initialBacklog : this.#arrivals[this.#headMinute]!;
      const remaining = size - this.#headDeparted;
      if (left < remaining) break;
      left -= remaining;
      if (remaining > 0) {
        const at = from + (served - left) / servicePerSecond;
        const age = at - (this.#headMinute + 1) * 60;
        this.#noteAge(turnedAt, turnedAge, at, age);
        turnedAt = at;
        turnedAge = age;
      }
      this.#headMinute++;
      this.#headDeparted = 0;
      // A minute without arrivals lets the head, and with it the age, jump to the next minute.
      turnedAge = Math.max(0, turnedAt - this.#headMinute * 60);
      if (turnedAge < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = turnedAge;
    }
    this.#headDeparted += left;
    const end = from + seconds;
    const age = Math.max(0, end - this.#headSeconds(end));
    this.#noteAge(turnedAt, turnedAge, end, age);
    this.ageSeconds = age;
  }

  /** When the head of the queue arrived; `nowSeconds` when its minute brought nothing. */
  #headSeconds(nowSeconds: number): number {
    if (this.#headMinute < 0) {
      return -this.#initialAgeSeconds * (1 - this.#headDeparted / this.#initialBacklog);
    }
    const size = this.#arrivals[this.#headMinute]!;
    return size > 0 ? this.#headMinute * 60 + (60 * this.#headDeparted) / size : nowSeconds;
  }

  /** Age runs straight from one point to the other. */
  #noteAge(fromSeconds: number, fromAge: number, toSeconds: number, toAge: number): void {
    this.minuteAgeSeconds += ((fromAge + toAge) / 2) * (toSeconds - fromSeconds);
    const larger = Math.max(fromAge, toAge);
    if (larger > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = larger;
    if (toAge < this.minuteLeastAgeSeconds) this.minuteLeastAgeSeconds = toAge;
    if (larger > this.worstAgeSeconds) this.worstAgeSeconds = larger;
  }
}
