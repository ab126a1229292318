/**
 * The group of group.ts as a plain one is: launches and terminations, warm-up, and what is paid for. Delays are constant, or each
 * instance has one of its own and is then launched and sent away by itself (REP-24).
 *
 * No pool, no protection, no failures: such groups are group.ts's. A policy never scales in while launches are on their way
 * (WARM-05), so none of them is ever called off here.
 */
import { allocate, f64At } from './memory';

@unmanaged
class Launch {
  inServiceAtSeconds: f64;
  warmAtSeconds: f64;
  count: i32;
}

@unmanaged
class Leaving {
  goneAtSeconds: f64;
  count: i32;
}

@unmanaged
class Cohort {
  launchedAtSeconds: f64;
  /** 1: running before the range began, so the billing minimum was paid then. */
  beforeRange: i32;
  count: i32;
}

const MINIMUM_BILLED_SECONDS: f64 = 60;

export let desired: i32 = 0;
export let inService: i32 = 0;
export let warming: i32 = 0;
export let terminating: i32 = 0;
export let launches: i32 = 0;
export let terminations: i32 = 0;
export let peakInService: i32 = 0;
export let nextInServiceSeconds: f64 = Infinity;
export let paidSeconds: f64 = 0;
export let billedSeconds: f64 = 0;

let launchDelaySeconds: f64 = 0;
let terminateDelaySeconds: f64 = 0;
let newestLeave: bool = false;
/** Of the n-th launch and termination; those beyond take the constants. */
let launchDelays: usize = 0;
let launchDelayCount: i32 = 0;
let terminateDelays: usize = 0;
let terminateDelayCount: i32 = 0;
/** Whether there are any, be it none of one kind: then every instance goes by itself. */
let oneByOne: bool = false;
/** Launched and not past warm-up; the first `entered` of them are in service. */
let launchesAt: usize = 0;
let launching: i32 = 0;
let entered: i32 = 0;
let leavingAt: usize = 0;
let leaving: i32 = 0;
/** A ring: every cohort has an instance of its own, so there are never more than there can be instances. */
let cohortsAt: usize = 0;
let cohortMask: i32 = 0;
let oldestCohort: i32 = 0;
let cohorts: i32 = 0;

function launchAt(index: i32): Launch {
  return changetype<Launch>(launchesAt + <usize>index * offsetof<Launch>());
}
function leavingOf(index: i32): Leaving {
  return changetype<Leaving>(leavingAt + <usize>index * offsetof<Leaving>());
}
function cohortAt(index: i32): Cohort {
  return changetype<Cohort>(cohortsAt + <usize>(index & cohortMask) * offsetof<Cohort>());
}

/** Call before `startGroup`; with 0 of both and `given` 0 the delays are constant. @returns where the first kind's go, the second's follow */
export function delays(given: i32, launchCount: i32, terminateCount: i32): usize {
  oneByOne = given !== 0;
  launchDelayCount = launchCount;
  terminateDelayCount = terminateCount;
  launchDelays = allocate((<usize>(launchCount + terminateCount)) << 3);
  terminateDelays = launchDelays + ((<usize>launchCount) << 3);
  return launchDelays;
}

/**
 * @param mostInstances more than there ever are at once
 * @param mostChanges   more changes than are ever under way at once, launches and terminations each
 */
export function startGroup(
  instances: i32,
  launchDelay: f64,
  terminateDelay: f64,
  newestFirst: bool,
  mostInstances: i32,
  mostChanges: i32,
): void {
  let room = 2;
  while (room < mostInstances) room <<= 1;
  cohortsAt = allocate(<usize>room * offsetof<Cohort>());
  cohortMask = room - 1;
  launchesAt = allocate(<usize>mostChanges * offsetof<Launch>());
  leavingAt = allocate(<usize>mostChanges * offsetof<Leaving>());
  desired = inService = peakInService = instances;
  warming = terminating = launches = terminations = 0;
  launching = entered = leaving = oldestCohort = cohorts = 0;
  nextInServiceSeconds = Infinity;
  paidSeconds = billedSeconds = 0;
  launchDelaySeconds = launchDelay;
  terminateDelaySeconds = terminateDelay;
  newestLeave = newestFirst;
  if (instances > 0) addCohort(0, 1, instances);
}

function addCohort(launchedAtSeconds: f64, beforeRange: i32, count: i32): void {
  const cohort = cohortAt(oldestCohort + cohorts++);
  cohort.launchedAtSeconds = launchedAtSeconds;
  cohort.beforeRange = beforeRange;
  cohort.count = count;
}

/** In service and past warm-up; `settle` first. */
export function warm(): i32 {
  let pending = 0;
  for (let index = entered; index < launching; index++) pending += launchAt(index).count;
  return inService - (warming - pending);
}

/** Put the instances that are due at `nextInServiceSeconds` to work. */
export function enterService(): void {
  inService += launchAt(entered++).count;
  if (inService > peakInService) peakInService = inService;
  nextInServiceSeconds = entered < launching ? launchAt(entered).inServiceAtSeconds : Infinity;
}

/** Count what is warming and leaving now; every launch due by now has entered service. */
export function settle(nowSeconds: f64): void {
  warming = 0;
  if (launching > 0) settleLaunches(nowSeconds);
  terminating = 0;
  if (leaving > 0) settleLeaving(nowSeconds);
}

function settleLaunches(nowSeconds: f64): void {
  let kept = 0;
  let count = 0;
  for (let index = 0; index < launching; index++) {
    const launch = launchAt(index);
    if (index < entered && launch.warmAtSeconds <= nowSeconds) continue;
    count += launch.count;
    if (kept !== index) copyLaunch(launch, launchAt(kept));
    kept++;
  }
  entered -= launching - kept;
  launching = kept;
  warming = count;
}

function settleLeaving(nowSeconds: f64): void {
  let kept = 0;
  let count = 0;
  for (let index = 0; index < leaving; index++) {
    const left = leavingOf(index);
    if (left.goneAtSeconds <= nowSeconds) continue;
    count += left.count;
    if (kept !== index) {
      const to = leavingOf(kept);
      to.goneAtSeconds = left.goneAtSeconds;
      to.count = left.count;
    }
    kept++;
  }
  leaving = kept;
  terminating = count;
}

/** Set desired capacity now and begin what it takes. `settle` first; on scale-in the queue has moved here. */
export function setDesired(to: i32, nowSeconds: f64, warmupSeconds: f64): void {
  const change = to - desired;
  desired = to;
  if (change > 0) launch(change, nowSeconds, warmupSeconds);
  else if (change < 0) terminate(-change, nowSeconds);
  settle(nowSeconds);
}

function launch(count: i32, nowSeconds: f64, warmupSeconds: f64): void {
  if (oneByOne) {
    for (let one = 0; one < count; one++) launchOne(nowSeconds, warmupSeconds);
    return;
  }
  const at = nowSeconds + launchDelaySeconds;
  const added = launchAt(launching++);
  added.inServiceAtSeconds = at;
  added.warmAtSeconds = at + warmupSeconds;
  added.count = count;
  if (nextInServiceSeconds === Infinity) nextInServiceSeconds = at;
  addCohort(nowSeconds, 0, count);
  launches += count;
}

/** It may overtake others that are on their way. */
function launchOne(nowSeconds: f64, warmupSeconds: f64): void {
  const delay = launches < launchDelayCount ? f64At(launchDelays, launches) : launchDelaySeconds;
  const inServiceAtSeconds = nowSeconds + delay;
  let place = launching++;
  while (place > entered && launchAt(place - 1).inServiceAtSeconds > inServiceAtSeconds) {
    copyLaunch(launchAt(place - 1), launchAt(place));
    place--;
  }
  const added = launchAt(place);
  added.inServiceAtSeconds = inServiceAtSeconds;
  added.warmAtSeconds = inServiceAtSeconds + warmupSeconds;
  added.count = 1;
  nextInServiceSeconds = launchAt(entered).inServiceAtSeconds;
  addCohort(nowSeconds, 0, 1);
  launches++;
}

function copyLaunch(from: Launch, to: Launch): void {
  to.inServiceAtSeconds = from.inServiceAtSeconds;
  to.warmAtSeconds = from.warmAtSeconds;
  to.count = from.count;
}

function terminate(count: i32, nowSeconds: f64): void {
  if (!oneByOne) {
    terminateTogether(count, nowSeconds + terminateDelaySeconds);
    return;
  }
  for (let one = 0; one < count; one++) {
    const own = terminations < terminateDelayCount;
    terminateTogether(1, nowSeconds + (own ? f64At(terminateDelays, terminations) : terminateDelaySeconds));
  }
}

function terminateTogether(count: i32, goneAtSeconds: f64): void {
  inService -= count;
  terminations += count;
  const left = leavingOf(leaving++);
  left.goneAtSeconds = goneAtSeconds;
  left.count = count;
  while (count > 0) {
    const cohort = cohortAt(newestLeave ? oldestCohort + cohorts - 1 : oldestCohort);
    const taken = min(count, cohort.count);
    pay(cohort, taken, goneAtSeconds);
    cohort.count -= taken;
    if (cohort.count === 0) {
      cohorts--;
      if (!newestLeave) oldestCohort++;
    }
    count -= taken;
  }
}

function pay(cohort: Cohort, count: i32, endSeconds: f64): void {
  const seconds = endSeconds - cohort.launchedAtSeconds;
  paidSeconds += seconds * <f64>count;
  billedSeconds += (cohort.beforeRange !== 0 ? seconds : max(MINIMUM_BILLED_SECONDS, seconds)) * <f64>count;
}

/** Pay for what is there at the end. */
export function closeGroup(endSeconds: f64): void {
  for (let index = 0; index < cohorts; index++) {
    const cohort = cohortAt(oldestCohort + index);
    pay(cohort, cohort.count, endSeconds);
  }
}
