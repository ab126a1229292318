/**
 * The group of instances: launches on their way, warm-up, terminations, and what is paid for.
 *
 * Counts only; instances launched together are one cohort. On scale-in the oldest instance leaves first (MODEL-26).
 * Rules: docs/rules/replay.md (REP-20 to REP-23). Not here: deciding how many there should be (core/scaling).
 */
import { billedSeconds } from '../core/capacity/billing.ts';

/** Launched, but not yet in service or still warming. */
interface Launch {
  readonly inServiceAtSeconds: number;
  readonly warmAtSeconds: number;
  readonly count: number;
}

interface Cohort {
  readonly launchedAtSeconds: number;
  /** Running before the range began: the billing minimum was paid then. */
  readonly beforeRange: boolean;
  count: number;
}

export class Group {
  desired: number;
  /** Working: the plant's servers. */
  inService: number;
  /** Counts for policies; `settle` brings them up to date. */
  warming = 0;
  terminating = 0;
  launches = 0;
  terminations = 0;
  peakInService: number;
  /** When the next launched instances enter service; infinity when none are on their way. */
  nextInServiceSeconds = Number.POSITIVE_INFINITY;
  /** Paid time of instances that are gone, without and with the minimum per instance. */
  #paidSeconds = 0;
  #billedSeconds = 0;
  /** Ordered by inServiceAt; the first `#entered` of them are in service and warming. */
  #launches: Launch[] = [];
  #entered = 0;
  #leaving: { readonly goneAtSeconds: number; readonly count: number }[] = [];
  readonly #cohorts: Cohort[] = [];
  readonly #launchDelaySeconds: number;
  readonly #terminateDelaySeconds: number;

  constructor(inService: number, launchDelaySeconds: number, terminateDelaySeconds: number) {
    this.desired = inService;
    this.inService = inService;
    this.peakInService = inService;
    this.#launchDelaySeconds = launchDelaySeconds;
    this.#terminateDelaySeconds = terminateDelaySeconds;
    if (inService > 0) this.#cohorts.push({ launchedAtSeconds: 0, beforeRange: true, count: inService });
  }

  /** In service and past warm-up. */
  get warm(): number {
    // Pending instances are part of `warming` but not of `inService`.
    return this.inService - (this.warming - this.#pending);
  }

  get #pending(): number {
    let pending = 0;
    for (let index = this.#entered; index < this.#launches.length; index++) pending += this.#launches[index]!.count;
    return pending;
  }

  /** Put the instances that are due at `nextInServiceSeconds` to work. */
  enterService(): void {
    const launch = this.#launches[this.#entered++]!;
    this.inService += launch.count;
    if (this.inService > this.peakInService) this.peakInService = this.inService;
    this.nextInServiceSeconds = this.#launches[this.#entered]?.inServiceAtSeconds ?? Number.POSITIVE_INFINITY;
  }

  /** Count what is warming and leaving at an instant; every launch due by then has entered service. */
  settle(nowSeconds: number): void {
    if (this.#launches.length > 0) {
      const kept = this.#launches.filter(
        (launch, index) => index >= this.#entered || launch.warmAtSeconds > nowSeconds,
      );
      if (kept.length < this.#launches.length) {
        this.#entered -= this.#launches.length - kept.length;
        this.#launches = kept;
      }
    }
    this.warming = 0;
    for (const launch of this.#launches) this.warming += launch.count;
    if (this.#leaving.length > 0) this.#leaving = this.#leaving.filter((left) => left.goneAtSeconds > nowSeconds);
    this.terminating = 0;
    for (const left of this.#leaving) this.terminating += left.count;
  }

  /**
   * Set desired capacity and begin what it takes. Call `settle` first; on scale-in the caller has moved the plant here.
   *
   * @param warmupSeconds warm-up of what is launched now
   */
  setDesired(desired: number, nowSeconds: number, warmupSeconds: number): void {
    const change = desired - this.desired;
    this.desired = desired;
    if (change > 0) this.#launch(change, nowSeconds, warmupSeconds);
    else if (change < 0) this.#terminate(-change, nowSeconds);
    this.settle(nowSeconds);
  }

  /** Launch or terminate until what is there fits a desired capacity that was already set when the range began. */
  reconcile(desired: number, warmupSeconds: number): void {
    this.setDesired(desired, 0, warmupSeconds);
  }

  #launch(count: number, nowSeconds: number, warmupSeconds: number): void {
    const inServiceAtSeconds = nowSeconds + this.#launchDelaySeconds;
    this.#launches.push({ inServiceAtSeconds, warmAtSeconds: inServiceAtSeconds + warmupSeconds, count });
    if (this.nextInServiceSeconds === Number.POSITIVE_INFINITY) this.nextInServiceSeconds = inServiceAtSeconds;
    this.#cohorts.push({ launchedAtSeconds: nowSeconds, beforeRange: false, count });
    this.launches += count;
  }

  #terminate(count: number, nowSeconds: number): void {
    const goneAtSeconds = nowSeconds + this.#terminateDelaySeconds;
    this.inService -= count;
    this.terminations += count;
    this.#leaving.push({ goneAtSeconds, count });
    for (let left = count; left > 0; ) {
      const oldest = this.#cohorts[0]!;
      const taken = Math.min(left, oldest.count);
      this.#pay(oldest, taken, goneAtSeconds);
      oldest.count -= taken;
      if (oldest.count === 0) this.#cohorts.shift();
      left -= taken;
    }
  }

  #pay(cohort: Cohort, count: number, endSeconds: number): void {
    const seconds = endSeconds - cohort.launchedAtSeconds;
    this.#paidSeconds += seconds * count;
    this.#billedSeconds += (cohort.beforeRange ? seconds : billedSeconds(seconds)) * count;
  }

  /** What the range cost: paid instance-seconds, and the same with the minimum per instance. Call once, at its end. */
  close(endSeconds: number): { readonly paidSeconds: number; readonly billedSeconds: number } {
    for (const cohort of this.#cohorts) this.#pay(cohort, cohort.count, endSeconds);
    return { paidSeconds: this.#paidSeconds, billedSeconds: this.#billedSeconds };
  }
}
