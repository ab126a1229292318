/**
 * A rate, enforced over time: what a shard still allows at one moment. Rules: docs/rules/kinesis.md (KIN-01).
 *
 * Holds at most one second's worth and refills continuously, so bursts of a second's allowance pass and a steady load above
 * the rate is refused in proportion. The clock is handed in.
 */
export class RateAllowance {
  private level: number;
  private refilledAtMs: number;
  private readonly perSecond: number;

  constructor(perSecond: number, nowMs: number) {
    this.perSecond = perSecond;
    this.level = perSecond;
    this.refilledAtMs = nowMs;
  }

  /** What may be taken now; negative while a debt is being paid back. @param nowMs never before an earlier call's */
  available(nowMs: number): number {
    const refill = ((nowMs - this.refilledAtMs) / 1_000) * this.perSecond;
    this.level = Math.min(this.perSecond, this.level + refill);
    this.refilledAtMs = nowMs;
    return this.level;
  }

  /** May take more than is there: the answer to one read is not cut at the rate, the next reads wait for it. */
  take(amount: number): void {
    this.level -= amount;
  }
}
