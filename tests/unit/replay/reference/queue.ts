/**
 * The fluid queue once more, to be read: plain values in and out, the arithmetic of docs/rules/replay.md (REP-10 to REP-14) in the
 * order in which the plant has it, so that both agree to the last bit.
 */

/** Messages that arrived evenly between two instants, and how many of them have left. */
interface Parcel {
  readonly fromSeconds: number;
  readonly spanSeconds: number;
  readonly size: number;
  departed: number;
}

export interface MinuteShown {
  readonly peakBacklog: number;
  readonly leastBacklog: number;
  readonly backlogSeconds: number;
  readonly worstAgeSeconds: number;
  readonly leastAgeSeconds: number;
  readonly ageSeconds: number;
  readonly processed: number;
}

export class ReferenceQueue {
  backlog: number;
  age: number;
  peakBacklog: number;
  worstAge: number;
  drainedAt: number | null = null;
  shown: Writable<MinuteShown>;
  readonly #arrivals: readonly number[];
  readonly #initial: Parcel | null;
  #now = 0;
  /** Parcel the head of the queue is in: -1 the one of the start, else the minute's. */
  #head: number;
  #departed = 0;

  constructor(arrivals: readonly number[], backlog: number, oldestAge: number) {
    this.#arrivals = arrivals;
    const age = backlog > 0 ? oldestAge : 0;
    this.#initial = backlog > 0 ? { fromSeconds: -age, spanSeconds: age, size: backlog, departed: 0 } : null;
    this.#head = backlog > 0 ? -1 : 0;
    this.backlog = backlog;
    this.age = age;
    this.peakBacklog = backlog;
    this.worstAge = age;
    this.shown = this.#freshMinute();
  }

  beginMinute(): void {
    this.shown = this.#freshMinute();
  }

  /** Serve at a constant rate until `to`, which lies in `minute`. */
  serve(minute: number, to: number, perSecond: number): void {
    const seconds = to - this.#now;
    if (seconds <= 0) return;
    const arriving = this.#arrivals[minute]! / 60;
    const net = arriving - perSecond;
    if (this.backlog > 0 || net > 0) {
      const emptyAfter = net < 0 ? this.backlog / -net : Number.POSITIVE_INFINITY;
      if (emptyAfter > seconds) {
        this.#busy(minute, seconds, perSecond, this.backlog + net * seconds);
        this.#now = to;
        return;
      }
      this.#busy(minute, emptyAfter, perSecond, 0);
      this.#now += emptyAfter;
      this.age = 0;
      this.shown.leastAgeSeconds = 0;
      this.drainedAt ??= this.#now;
    }
    // Idle: what arrives is processed at once, and the head of the queue is now.
    this.shown.processed += arriving * (to - this.#now);
    this.#now = to;
    this.#head = minute;
    this.#departed = arriving * (to - minute * 60);
  }

  #busy(minute: number, seconds: number, perSecond: number, backlogAfter: number): void {
    const served = perSecond * seconds;
    this.shown.processed += served;
    this.shown.backlogSeconds += ((this.backlog + backlogAfter) / 2) * seconds;
    this.backlog = backlogAfter;
    this.shown.peakBacklog = Math.max(this.shown.peakBacklog, backlogAfter);
    this.shown.leastBacklog = Math.min(this.shown.leastBacklog, backlogAfter);
    if (backlogAfter > this.peakBacklog) {
      this.peakBacklog = backlogAfter;
      this.drainedAt = null;
    }
    this.#leave(minute, seconds, served, perSecond);
  }

  /** What is served leaves in order of arrival. */
  #leave(minute: number, seconds: number, served: number, perSecond: number): void {
    const from = this.#now;
    let left = served;
    let turnedAt = from;
    let turnedAge = this.age;
    while (this.#head < minute) {
      const remaining = this.#parcel(this.#head).size - this.#departed;
      if (left < remaining) break;
      left -= remaining;
      this.#head++;
      this.#departed = 0;
      if (remaining > 0) {
        const reachedAt = from + (served - left) / perSecond;
        this.#noteAge(turnedAt, turnedAge, reachedAt, reachedAt - this.#head * 60);
        turnedAt = reachedAt;
      }
      turnedAge = Math.max(0, turnedAt - this.#head * 60);
      this.shown.leastAgeSeconds = Math.min(this.shown.leastAgeSeconds, turnedAge);
    }
    this.#departed += left;
    const end = from + seconds;
    this.age = this.#ageOfHead(end);
    this.#noteAge(turnedAt, turnedAge, end, this.age);
  }

  #parcel(minute: number): { readonly size: number } {
    return minute < 0 ? this.#initial! : { size: this.#arrivals[minute]! };
  }

  #ageOfHead(now: number): number {
    if (this.#head < 0) {
      const { size, spanSeconds } = this.#initial!;
      return Math.max(0, now - -spanSeconds * (1 - this.#departed / size));
    }
    const size = this.#arrivals[this.#head]!;
    const arrivedAt = size > 0 ? this.#head * 60 + (60 * this.#departed) / size : now;
    return Math.max(0, now - arrivedAt);
  }

  #noteAge(fromSeconds: number, fromAge: number, toSeconds: number, toAge: number): void {
    this.shown.ageSeconds += ((fromAge + toAge) / 2) * (toSeconds - fromSeconds);
    const larger = Math.max(fromAge, toAge);
    this.shown.worstAgeSeconds = Math.max(this.shown.worstAgeSeconds, larger);
    this.shown.leastAgeSeconds = Math.min(this.shown.leastAgeSeconds, toAge);
    this.worstAge = Math.max(this.worstAge, larger);
  }

  #freshMinute(): Writable<MinuteShown> {
    return {
      peakBacklog: this.backlog,
      leastBacklog: this.backlog,
      backlogSeconds: 0,
      worstAgeSeconds: this.age,
      leastAgeSeconds: this.age,
      ageSeconds: 0,
      processed: 0,
    };
  }
}

type Writable<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] };
