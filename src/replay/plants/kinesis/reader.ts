/**
 * One consumer on one shard: what was written and not yet read, in the order it was written, and how old the next of it is.
 *
 * Rates are constant between calls; inside a call every moment at which something turns is met exactly: the end of a stretch of
 * records, catching up, retention. Records that pass their retention unread are lost (KREP-08). Not here: what a shard gives (stream.ts).
 */

/** Records written evenly between two instants. */
interface Stretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Records a second. */
  readonly rate: number;
}

/** Shorter than any time that matters, longer than what rounding leaves. */
const NO_TIME_SECONDS = 1e-9;
/** Stretches that are read and not yet thrown away. */
const LEFT_BEHIND = 1000;

export class StreamReader {
  /** Since the start. */
  read = 0;
  lost = 0;
  /** Age of the next record, seconds: 0 when everything was read. */
  ageSeconds = 0;
  worstAgeSeconds = 0;
  /** Of the current minute, largest. */
  minuteWorstAgeSeconds = 0;
  /** When the last `advance` left nothing unread for the first time; NaN when it did not. */
  caughtUpAtSeconds = Number.NaN;
  readonly #retentionSeconds: number;
  readonly #stretches: Stretch[] = [];
  #first = 0;
  /** Instant at which the next record was written; now when nothing is unread. */
  #headSeconds: number;
  #nowSeconds: number;

  constructor(startSeconds: number, retentionSeconds: number) {
    this.#nowSeconds = startSeconds;
    this.#headSeconds = startSeconds;
    this.#retentionSeconds = retentionSeconds;
  }

  /** Records written and neither read nor lost. */
  get unread(): number {
    let records = 0;
    for (let index = this.#first; index < this.#stretches.length; index++) {
      const { fromSeconds, toSeconds, rate } = this.#stretches[index]!;
      records += rate * (toSeconds - Math.max(fromSeconds, this.#headSeconds));
    }
    return records;
  }

  beginMinute(): void {
    this.minuteWorstAgeSeconds = this.ageSeconds;
  }

  /** @param written records a second that come in  @param reading records a second that it can read */
  advance(toSeconds: number, written: number, reading: number): void {
    this.caughtUpAtSeconds = Number.NaN;
    if (toSeconds <= this.#nowSeconds) return;
    this.#stretches.push({ fromSeconds: this.#nowSeconds, toSeconds, rate: written });
    while (toSeconds - this.#nowSeconds > NO_TIME_SECONDS) this.#turn(toSeconds, reading);
    this.#nowSeconds = toSeconds;
    this.#note();
    if (this.#first < LEFT_BEHIND) return;
    this.#stretches.splice(0, this.#first);
    this.#first = 0;
  }

  /** Up to the next moment at which something changes, at most to `toSeconds`. */
  #turn(toSeconds: number, reading: number): void {
    const now = this.#nowSeconds;
    const stretch = this.#stretches[this.#first]!;
    if (this.#headSeconds >= stretch.toSeconds - NO_TIME_SECONDS && this.#first < this.#stretches.length - 1) {
      this.#headSeconds = Math.max(this.#headSeconds, stretch.toSeconds);
      this.#first++;
      return;
    }
    const behind = now - this.#headSeconds;
    if (behind <= NO_TIME_SECONDS && reading >= stretch.rate) {
      // Nothing is unread and nothing will be.
      if (Number.isNaN(this.caughtUpAtSeconds)) this.caughtUpAtSeconds = now;
      this.read += stretch.rate * (toSeconds - now);
      this.#nowSeconds = toSeconds;
      this.#headSeconds = toSeconds;
      return;
    }
    if (stretch.rate === 0) {
      // Nobody wrote then: the next record is of a later stretch, or there is none.
      this.#headSeconds = Math.min(now, stretch.toSeconds);
      if (behind <= NO_TIME_SECONDS) {
        this.#nowSeconds = toSeconds;
        this.#headSeconds = toSeconds;
      }
      return;
    }
    // How many seconds of writing go by in one second of reading.
    const byReading = reading / stretch.rate;
    const expires = behind >= this.#retentionSeconds - NO_TIME_SECONDS && byReading < 1;
    const speed = expires ? 1 : byReading;
    const ends = (stretch.toSeconds - this.#headSeconds) / speed;
    const catchesUp = speed > 1 ? behind / (speed - 1) : Number.POSITIVE_INFINITY;
    const expiresIn = speed < 1 ? (this.#retentionSeconds - behind) / (1 - speed) : Number.POSITIVE_INFINITY;
    const seconds = Math.max(0, Math.min(toSeconds - now, ends, catchesUp, expiresIn));
    this.read += reading * seconds;
    if (expires) this.lost += (stretch.rate - reading) * seconds;
    this.#headSeconds = Math.min(this.#headSeconds + speed * seconds, now + seconds);
    this.#nowSeconds = now + seconds;
    this.#note();
  }

  /** Age runs straight between turns, so its largest is at one of them. */
  #note(): void {
    const behind = this.#nowSeconds - this.#headSeconds;
    this.ageSeconds = behind <= NO_TIME_SECONDS ? 0 : behind;
    if (this.ageSeconds > this.minuteWorstAgeSeconds) this.minuteWorstAgeSeconds = this.ageSeconds;
    if (this.ageSeconds > this.worstAgeSeconds) this.worstAgeSeconds = this.ageSeconds;
  }
}
