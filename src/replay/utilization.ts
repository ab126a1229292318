/**
 * What stands for CPU: how much of what the instances could have processed they did process, by the minute and since a scaler last
 * looked (REP-78, REP-76).
 */
export class Utilization {
  /** Of the last minute, 0 to 100; NaN without instances. */
  percent = Number.NaN;
  /** Messages that could have been processed. */
  #minuteCapacity = 0;
  #capacitySinceLook = 0;
  #processedAtLook = 0;
  #lookedAtSeconds = 0;
  #movedToSeconds = 0;

  beginMinute(): void {
    this.#minuteCapacity = 0;
  }

  /** The instances worked at this rate since the last call. */
  moved(servicePerSecond: number, toSeconds: number): void {
    if (toSeconds <= this.#movedToSeconds) return;
    const capacity = servicePerSecond * (toSeconds - this.#movedToSeconds);
    this.#minuteCapacity += capacity;
    this.#capacitySinceLook += capacity;
    this.#movedToSeconds = toSeconds;
  }

  endMinute(minuteProcessed: number): void {
    this.percent = shareOf(minuteProcessed, this.#minuteCapacity);
  }

  /** @param processed since the start */
  sinceLook(processed: number, nowSeconds: number, servicePerInstanceSecond: number) {
    const seconds = Math.max(1, nowSeconds - this.#lookedAtSeconds);
    return {
      utilizationPercent: shareOf(processed - this.#processedAtLook, this.#capacitySinceLook),
      meanInService: this.#capacitySinceLook / (servicePerInstanceSecond * seconds),
    };
  }

  looked(processed: number, nowSeconds: number): void {
    this.#capacitySinceLook = 0;
    this.#processedAtLook = processed;
    this.#lookedAtSeconds = nowSeconds;
  }
}

function shareOf(processed: number, capacity: number): number {
  return capacity > 0 ? Math.min(100, (100 * processed) / capacity) : Number.NaN;
}
