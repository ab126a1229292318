/**
 * One consumer's place in one shard: the head is the instant at which the oldest unread record was taken.
 *
 * Records lie evenly in a stretch, so the head moves through the shard's past at (rate of reading / rate of the stretch)
 * seconds a second, and the iterator age is now minus head: straight between events, which `nextEvent` names. KREP-10 to
 * KREP-16. Not here: how consumers share the shard (shard.ts).
 */
import type { Stretch } from './records.ts';

/** Ages this close to the retention count as there: instants are rounded, more so in the second half of a year. */
const roundingSeconds = 1e-6;

export class Reader {
  /** Records a second at most, whatever the shard gives. */
  readonly mostPerSecond: number;
  /** From here on it may read: when the shard's parents are read to the end (KREP-15); infinite as long as that is open. */
  unlockedAtSeconds: number;
  /** When a closed shard had nothing unread any more; NaN before. */
  finishedAtSeconds = Number.NaN;
  readRecords = 0;
  expiredRecords = 0;
  /** Largest age since `beginMinute`. */
  minuteWorstAgeSeconds = 0;
  /** Set by the shard for each piece: what it gets, records a second. */
  grantedPerSecond = 0;

  /** Where the head is; null at the tip, where nothing is unread. */
  #stretch: Stretch | null = null;
  #headSeconds = 0;
  /** Of the piece under way: seconds of the past per second, whether the head is driven by the retention, when it ends. */
  #speed = 0;
  #expiring = false;
  #eventSeconds = Number.POSITIVE_INFINITY;

  constructor(mostPerSecond: number, unlockedAtSeconds: number) {
    this.mostPerSecond = mostPerSecond;
    this.unlockedAtSeconds = unlockedAtSeconds;
  }

  get atTip(): boolean {
    return this.#stretch === null;
  }

  ageSeconds(nowSeconds: number): number {
    return this.#stretch === null ? 0 : nowSeconds - this.#headSeconds;
  }

  /** Size of the records it reads next; `current` is what the shard takes now. */
  bytesPerRecord(current: Stretch | null): number {
    return (this.#stretch ?? current)?.bytesPerRecord ?? 1;
  }

  /** Records a second it would take if the shard gave them. */
  wantedPerSecond(nowSeconds: number, current: Stretch | null): number {
    if (this.unlockedAtSeconds > nowSeconds) return 0;
    if (this.#stretch !== null) return this.mostPerSecond;
    return Math.min(this.mostPerSecond, current?.recordsPerSecond ?? 0);
  }

  beginMinute(nowSeconds: number): void {
    this.minuteWorstAgeSeconds = this.ageSeconds(nowSeconds);
  }

  /**
   * Settle how it moves from now on with what it was granted.
   *
   * @returns the instant of its next event: a stretch read, the tip reached, the retention reached, or parents read
   */
  nextEvent(nowSeconds: number, current: Stretch | null, retentionSeconds: number): number {
    let event = this.unlockedAtSeconds > nowSeconds ? this.unlockedAtSeconds : Number.POSITIVE_INFINITY;
    if (this.#stretch === null && current !== null && this.grantedPerSecond < current.recordsPerSecond) {
      this.#stretch = current;
      this.#headSeconds = nowSeconds;
    }
    const stretch = this.#stretch;
    this.#eventSeconds = Number.POSITIVE_INFINITY;
    if (stretch !== null) {
      this.#speed = this.grantedPerSecond / stretch.recordsPerSecond;
      const ageSeconds = nowSeconds - this.#headSeconds;
      this.#expiring = this.#speed < 1 && ageSeconds >= retentionSeconds - roundingSeconds;
      if (this.#expiring) this.#speed = 1;
      if (stretch === current) {
        if (this.#speed > 1) this.#eventSeconds = nowSeconds + ageSeconds / (this.#speed - 1);
      } else if (this.#speed > 0) {
        this.#eventSeconds = nowSeconds + (stretch.toSeconds - this.#headSeconds) / this.#speed;
      }
      event = Math.min(event, this.#eventSeconds);
      if (this.#speed < 1) event = Math.min(event, nowSeconds + (retentionSeconds - ageSeconds) / (1 - this.#speed));
    }
    return event;
  }

  /** Move on as settled; an event of its own is taken exactly, whatever rounding says. */
  move(nowSeconds: number, toSeconds: number, current: Stretch | null): void {
    const seconds = toSeconds - nowSeconds;
    const stretch = this.#stretch;
    if (stretch === null) {
      this.readRecords += this.grantedPerSecond * seconds;
      return;
    }
    const arrives = this.#eventSeconds <= toSeconds;
    const end = stretch === current ? toSeconds : stretch.toSeconds;
    const head = arrives ? end : Math.min(end, this.#headSeconds + this.#speed * seconds);
    const passed = stretch.recordsPerSecond * (head - this.#headSeconds);
    const read = this.#expiring ? Math.min(passed, this.grantedPerSecond * seconds) : passed;
    this.readRecords += read;
    this.expiredRecords += passed - read;
    this.#noteAge(nowSeconds);
    this.#headSeconds = head;
    this.#noteAge(toSeconds);
    if (!arrives) return;
    // Over minutes without records the head jumps: there is nothing between the stretches.
    this.#stretch = stretch === current ? null : stretch.next;
    if (this.#stretch === null) return;
    this.#headSeconds = this.#stretch.fromSeconds;
    if (this.#headSeconds >= toSeconds) this.#stretch = null;
  }

  /** What lies between head and tip. */
  unreadRecords(nowSeconds: number): number {
    let records = 0;
    let from = this.#headSeconds;
    for (let stretch = this.#stretch; stretch !== null; stretch = stretch.next) {
      const begin = Math.max(from, stretch.fromSeconds);
      records += stretch.recordsPerSecond * Math.max(0, Math.min(nowSeconds, stretch.toSeconds) - begin);
      from = begin;
    }
    return records;
  }

  #noteAge(atSeconds: number): void {
    const age = this.ageSeconds(atSeconds);
    if (age > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = age;
  }
}
