/**
 * The group of instances: launches on their way, warm-up, terminations, and what is paid for.
 *
 * Counts only; instances launched together are one cohort. On scale-in the oldest instance leaves first (MODEL-26).
 * Rules: docs/rules/replay.md (REP-20 to REP-23). Not here: deciding how many there should be (core/scaling).
 */
import { billedSeconds } from '../core/capacity/billing.ts';
import { type LaunchFailure, launchBeginsAt } from './groupEvents.ts';
import type { Pool } from './pool.ts';

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

/** What the recorded launches and terminations took from request to end, seconds, in the order they were asked for. */
export interface RecordedDelays {
  readonly launchSeconds: readonly number[];
  readonly terminateSeconds: readonly number[];
}

export interface GroupExtras {
  readonly launchFailures?: readonly LaunchFailure[];
  readonly pool?: Pool | null;
  /** On scale-in the newest leave first. Default: the oldest. */
  readonly newestLeave?: boolean;
  /** What is launched never leaves on scale-in (REP-62). */
  readonly protectNew?: boolean;
}

export class Group {
  /** The instant of the next `settle`, `setDesired`. A field: a fraction that is an argument is put on the heap. */
  nowSeconds = 0;
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
  /** When the last launch or termination that was ever begun has ended. */
  settledAtSeconds = 0;
  /** Paid time of instances that are gone, without and with the minimum per instance. */
  #paidSeconds = 0;
  #billedSeconds = 0;
  /** Ordered by inServiceAt; the first `#entered` of them are in service and warming. */
  readonly #launches: Launch[] = [];
  #entered = 0;
  readonly #leaving: { readonly goneAtSeconds: number; readonly count: number }[] = [];
  readonly #cohorts: Cohort[] = [];
  readonly #launchDelaySeconds: number;
  readonly #terminateDelaySeconds: number;
  readonly #recorded: RecordedDelays | null;
  readonly #launchFailures: readonly LaunchFailure[];
  readonly #pool: Pool | null;
  readonly #newestLeave: boolean;
  readonly #protectNew: boolean;
  /** Instances that may leave, where new ones are protected. */
  #unprotected: number;

  /** @param recorded what single launches and terminations took; the constants serve those beyond the recorded ones */
  constructor(
    inService: number,
    launchDelaySeconds: number,
    terminateDelaySeconds: number,
    recorded: RecordedDelays | null = null,
    extras: GroupExtras = {},
  ) {
    this.desired = inService;
    this.inService = inService;
    this.peakInService = inService;
    this.#launchDelaySeconds = launchDelaySeconds;
    this.#terminateDelaySeconds = terminateDelaySeconds;
    this.#recorded = recorded;
    this.#launchFailures = extras.launchFailures ?? [];
    this.#pool = extras.pool ?? null;
    this.#newestLeave = extras.newestLeave ?? false;
    this.#protectNew = extras.protectNew ?? false;
    this.#unprotected = inService;
    this.#pool?.fill(inService, 0, true);
    if (inService > 0) this.#cohorts.push({ launchedAtSeconds: 0, beforeRange: true, count: inService });
  }

  /** In service and past warm-up. */
  get warm(): number {
    // Pending instances are part of `warming` but not of `inService`.
    return this.inService - (this.warming - this.pending);
  }

  /** Launched, and not yet in service. */
  get pending(): number {
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

  /** Count what is warming and leaving now; every launch due by now has entered service. */
  settle(): void {
    this.#settleLaunches();
    this.#settleLeaving();
  }

  /** What is past warm-up is no longer told apart; the others move up in place. */
  #settleLaunches(): void {
    const launches = this.#launches;
    const entered = this.#entered;
    let kept = 0;
    let warming = 0;
    for (let index = 0; index < launches.length; index++) {
      const launch = launches[index]!;
      if (index < entered && launch.warmAtSeconds <= this.nowSeconds) continue;
      warming += launch.count;
      launches[kept++] = launch;
    }
    this.#entered = entered - (launches.length - kept);
    while (launches.length > kept) launches.pop();
    this.warming = warming;
  }

  #settleLeaving(): void {
    const leaving = this.#leaving;
    let kept = 0;
    let terminating = 0;
    for (let index = 0; index < leaving.length; index++) {
      const left = leaving[index]!;
      if (left.goneAtSeconds <= this.nowSeconds) continue;
      terminating += left.count;
      leaving[kept++] = left;
    }
    while (leaving.length > kept) leaving.pop();
    this.terminating = terminating;
  }

  /**
   * Set desired capacity now and begin what it takes. Call `settle` first; on scale-in the caller has moved the plant here.
   *
   * @param warmupSeconds warm-up of what is launched now
   */
  setDesired(desired: number, warmupSeconds: number): void {
    const change = this.#protectNew ? this.#changeUnderProtection(desired) : desired - this.desired;
    this.desired = desired;
    if (change > 0) this.#launch(change, warmupSeconds);
    else if (change < 0) this.#terminate(-change);
    if (change !== 0) this.#pool?.fill(desired, this.nowSeconds, false);
    this.settle();
  }

  /** What is protected stays beyond the desired capacity, and is used before anything is launched. */
  #changeUnderProtection(desired: number): number {
    const change = desired - this.inService - this.pending;
    if (change >= 0) return change;
    const leaving = Math.min(-change, this.#unprotected);
    this.#unprotected -= leaving;
    return -leaving;
  }

  #launch(count: number, warmupSeconds: number): void {
    if (this.#recorded !== null || this.#launchFailures.length > 0 || this.#pool !== null) {
      for (let one = 0; one < count; one++) this.#launchOne(warmupSeconds);
      return;
    }
    const inServiceAtSeconds = this.nowSeconds + this.#launchDelaySeconds;
    this.#launches.push({ inServiceAtSeconds, warmAtSeconds: inServiceAtSeconds + warmupSeconds, count });
    if (inServiceAtSeconds > this.settledAtSeconds) this.settledAtSeconds = inServiceAtSeconds;
    if (this.nextInServiceSeconds === Number.POSITIVE_INFINITY) this.nextInServiceSeconds = inServiceAtSeconds;
    this.#cohorts.push({ launchedAtSeconds: this.nowSeconds, beforeRange: false, count });
    this.launches += count;
  }

  /** An instance with a launch time of its own may overtake others that are on their way (REP-24). */
  #launchOne(warmupSeconds: number): void {
    const begins = launchBeginsAt(this.nowSeconds, this.#launchFailures);
    const cold = begins + (this.#recorded?.launchSeconds[this.launches] ?? this.#launchDelaySeconds);
    // A pool that is not ready in time is of no use (REP-29).
    const inServiceAtSeconds = Math.min(cold, this.#pool?.take(this.nowSeconds) ?? Number.POSITIVE_INFINITY);
    if (inServiceAtSeconds > this.settledAtSeconds) this.settledAtSeconds = inServiceAtSeconds;
    const launches = this.#launches;
    let at = launches.length;
    while (at > this.#entered && launches[at - 1]!.inServiceAtSeconds > inServiceAtSeconds) at--;
    launches.splice(at, 0, { inServiceAtSeconds, warmAtSeconds: inServiceAtSeconds + warmupSeconds, count: 1 });
    this.nextInServiceSeconds = launches[this.#entered]!.inServiceAtSeconds;
    this.#cohorts.push({ launchedAtSeconds: this.nowSeconds, beforeRange: false, count: 1 });
    this.launches++;
  }

  #terminate(count: number): void {
    if (this.#recorded === null) {
      this.#terminateTogether(count, this.#terminateDelaySeconds);
      return;
    }
    const { terminateSeconds } = this.#recorded;
    for (let one = 0; one < count; one++) {
      this.#terminateTogether(1, terminateSeconds[this.terminations] ?? this.#terminateDelaySeconds);
    }
  }

  #terminateTogether(wanted: number, delaySeconds: number): void {
    // More than there are in service: the rest is among those on their way, which never come.
    const count = Math.min(wanted, this.inService);
    if (wanted > count) this.#cancelNewest(wanted - count);
    if (count === 0) return;
    const goneAtSeconds = this.nowSeconds + delaySeconds;
    if (goneAtSeconds > this.settledAtSeconds) this.settledAtSeconds = goneAtSeconds;
    this.inService -= count;
    this.terminations += count;
    this.#leaving.push({ goneAtSeconds, count });
    for (let left = count; left > 0; ) {
      const at = this.#newestLeave ? this.#cohorts.length - 1 : 0;
      const first = this.#cohorts[at]!;
      const taken = Math.min(left, first.count);
      this.#pay(first, taken, goneAtSeconds);
      first.count -= taken;
      if (first.count === 0) this.#cohorts.splice(at, 1);
      left -= taken;
    }
  }

  /** Launches that are called off before they entered service, the newest first; paid until now. */
  #cancelNewest(wanted: number): void {
    const launches = this.#launches;
    for (let left = wanted; left > 0 && launches.length > this.#entered; ) {
      const newest = launches.pop()!;
      const taken = Math.min(left, newest.count);
      if (newest.count > taken) launches.push({ ...newest, count: newest.count - taken });
      left -= taken;
      this.terminations += taken;
      this.#payNewest(taken);
    }
    this.nextInServiceSeconds = launches[this.#entered]?.inServiceAtSeconds ?? Number.POSITIVE_INFINITY;
  }

  #payNewest(count: number): void {
    for (let left = count; left > 0; ) {
      const newest = this.#cohorts.at(-1)!;
      const taken = Math.min(left, newest.count);
      this.#pay(newest, taken, this.nowSeconds);
      newest.count -= taken;
      if (newest.count === 0) this.#cohorts.pop();
      left -= taken;
    }
  }

  #pay(cohort: Cohort, count: number, endSeconds: number): void {
    const seconds = endSeconds - cohort.launchedAtSeconds;
    this.#paidSeconds += seconds * count;
    this.#billedSeconds += (cohort.beforeRange ? seconds : billedSeconds(seconds)) * count;
  }

  /** Instances that are gone at once and without a decision; what replaces them is launched now (REP-26). */
  interrupt(count: number, warmupSeconds: number): number {
    const lost = Math.min(count, this.inService);
    this.#terminateTogether(lost, 0);
    if (lost > 0) this.#launch(lost, warmupSeconds);
    this.settle();
    return lost;
  }

  /** What the range cost: paid instance-seconds, and the same with the minimum per instance. Call once, at its end. */
  close(endSeconds: number): { readonly paidSeconds: number; readonly billedSeconds: number } {
    for (const cohort of this.#cohorts) this.#pay(cohort, cohort.count, endSeconds);
    const prepared = this.#pool?.close(endSeconds) ?? 0;
    return { paidSeconds: this.#paidSeconds + prepared, billedSeconds: this.#billedSeconds + prepared };
  }
}
