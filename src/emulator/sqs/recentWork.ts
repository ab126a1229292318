/**
 * How many messages somebody has had in flight on average of late: what AWS calls the recent share of processing time is one such
 * average divided by another.
 *
 * Older moments count less and less; a minute ago counts a third.
 */
const recentMs = 60_000;

export class RecentWork {
  #average = 0;
  #atMs: number;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /** @param inFlight since the last call @returns the average as of now */
  settle(nowMs: number, inFlight: number): number {
    if (nowMs > this.#atMs) {
      this.#average = inFlight + (this.#average - inFlight) * Math.exp((this.#atMs - nowMs) / recentMs);
      this.#atMs = nowMs;
    }
    return this.#average;
  }

  forget(nowMs: number): void {
    this.#average = 0;
    this.#atMs = nowMs;
  }
}
