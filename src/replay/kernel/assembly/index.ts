/**
 * The closed loop of run.ts for plain groups: step policies on a fluid queue. Made into WebAssembly by `npm run kernel`.
 *
 * Same rules, same operations in the same order, so the same results to the last bit (REP-02); what is different is that nothing is
 * an object and nothing is handed over by way of the heap. The host (kernel.ts) calls `begin`, `column`, `alarm`, `policy`, `step`,
 * `start`, then `run` for one slice after the other, each time taking what it put down, then `close`.
 */
import { ALARM, Alarm, judge, Row, readRange, startAlarm } from './alarms';
import * as group from './group';
import { allocate, f64At, putF64, release } from './memory';
import {
  blockedOf,
  clampCapacity,
  decide,
  desiredOf,
  maxSize,
  minSize,
  NOT_BLOCKED,
  Policy,
  proposes,
  Step,
  setLimits,
} from './policies';
import * as queue from './queue';
import { clearRows, numberOf, putChange, putDecision, putLate, repeatDecision, startRows, TAKEN } from './rows';

export { delays } from './group';
export { changesAt, changesBytes, decisionsAt, decisionsBytes, lateAt, lateBytes } from './rows';

const DEPTH: i32 = 0;
const SENT: i32 = 2;
const PROCESSED: i32 = 3;
const IN_FLIGHT: i32 = 4;
const IN_SERVICE: i32 = 5;
const DESIRED: i32 = 6;
const BACKLOG_PER_INSTANCE: i32 = 7;

const MINIMUM: i32 = 1;
const MAXIMUM: i32 = 2;

@unmanaged
class Column {
  measure: i32;
  /** Statistic of the samples within a minute: average, minimum, maximum. */
  statistic: i32;
  values: usize;
}

let minutes: i32 = 0;
let offset: i32 = 0;
/** Where the columns that the host takes begin: with the first minute of the slice. */
let sliceFrom: i32 = 0;
let mostOfSlice: i32 = 0;
let arrivals: usize = 0;
/** A byte a minute, 1 where the queue published nothing. */
let unpublished: usize = 0;
let times: usize = 0;
let backlogs: usize = 0;
let ages: usize = 0;
let desireds: usize = 0;
let inServices: usize = 0;
let columns: usize = 0;
let columnCount: i32 = 0;
let alarms: usize = 0;
let alarmCount: i32 = 0;
let policies: usize = 0;
let policyCount: i32 = 0;
let steps: usize = 0;
let stepCount: i32 = 0;
/** Of the range, since the epoch. */
let rangeStartSeconds: f64 = 0;
let servicePerInstanceSecond: f64 = 0;
let gaugeAtEnd: bool = false;
let tells: bool = true;
let minutesAtMax: i32 = 0;

function columnAt(index: i32): Column {
  return changetype<Column>(columns + <usize>index * offsetof<Column>());
}
function alarmAt(index: i32): Alarm {
  return changetype<Alarm>(alarms + <usize>index * offsetof<Alarm>());
}
function policyAt(first: Policy, index: i32): Policy {
  return changetype<Policy>(changetype<usize>(first) + <usize>index * offsetof<Policy>());
}

/** @param minutesBefore how many minutes before the range alarms look at */
export function begin(
  minuteCount: i32,
  sliceMinutes: i32,
  minutesBefore: i32,
  mostColumns: i32,
  mostAlarms: i32,
  mostPolicies: i32,
  mostSteps: i32,
): void {
  release();
  minutes = minuteCount;
  offset = minutesBefore;
  mostOfSlice = sliceMinutes;
  const bytes = (<usize>sliceMinutes) << 3;
  arrivals = allocate((<usize>minuteCount) << 3);
  unpublished = allocate(minuteCount);
  times = allocate(bytes);
  backlogs = allocate(bytes);
  ages = allocate(bytes);
  desireds = allocate(bytes);
  inServices = allocate(bytes);
  columns = allocate(<usize>mostColumns * offsetof<Column>());
  alarms = allocate(<usize>mostAlarms * offsetof<Alarm>());
  policies = allocate(<usize>mostPolicies * offsetof<Policy>());
  steps = allocate(<usize>mostSteps * offsetof<Step>());
  columnCount = alarmCount = policyCount = stepCount = 0;
}

export function arrivalsAt(): usize {
  return arrivals;
}
export function unpublishedAt(): usize {
  return unpublished;
}
export function timesAt(): usize {
  return times;
}
export function backlogsAt(): usize {
  return backlogs;
}
export function agesAt(): usize {
  return ages;
}
export function desiredsAt(): usize {
  return desireds;
}
export function inServicesAt(): usize {
  return inServices;
}

/** @returns where its values are: those before the range are the host's to write */
export function column(measure: i32, statistic: i32): usize {
  const added = columnAt(columnCount++);
  added.measure = measure;
  added.statistic = statistic;
  added.values = allocate((<usize>(offset + minutes)) << 3);
  return added.values;
}

/** In the order of their seconds. @param together evaluated at the same second as the next one */
export function alarm(
  values: usize,
  statistic: i32,
  minutesPerPeriod: i32,
  evaluationPeriods: i32,
  datapointsToAlarm: i32,
  range: i32,
  threshold: f64,
  operator: i32,
  treatMissing: i32,
  phaseSeconds: f64,
  newestMinuteLag: i32,
  state: i32,
  together: i32,
): void {
  const added = alarmAt(alarmCount++);
  added.values = values;
  added.offset = offset;
  added.statistic = statistic;
  added.minutesPerPeriod = minutesPerPeriod;
  added.evaluationPeriods = evaluationPeriods;
  added.datapointsToAlarm = datapointsToAlarm;
  added.range = range;
  added.threshold = threshold;
  added.operator = operator;
  added.treatMissing = treatMissing;
  added.phaseSeconds = phaseSeconds;
  added.newestMinuteLag = newestMinuteLag;
  added.state = state;
  added.together = together;
  added.periods = minutesPerPeriod === 1 ? values : allocate((<usize>(offset + minutes)) << 3);
  added.points = minutesPerPeriod === 1 ? values : allocate((<usize>range) << 3);
  added.from = 0;
  added.rows = allocate(<usize>minutesPerPeriod * offsetof<Row>());
  added.policies = changetype<Policy>(policies + <usize>policyCount * offsetof<Policy>());
  added.policyCount = 0;
}

/** Of the newest alarm. */
export function policy(
  decider: i32,
  adjustmentType: i32,
  aggregation: i32,
  minAdjustmentMagnitude: i32,
  warmupSeconds: f64,
  enabled: i32,
): void {
  const driving = alarmAt(alarmCount - 1);
  const added = policyAt(driving.policies, driving.policyCount++);
  policyCount++;
  added.decider = decider;
  added.adjustmentType = adjustmentType;
  added.aggregation = aggregation;
  added.minAdjustmentMagnitude = minAdjustmentMagnitude;
  added.warmupSeconds = warmupSeconds;
  added.enabled = enabled;
  added.steps = steps + <usize>stepCount * offsetof<Step>();
  added.stepCount = 0;
  added.step = added.outcome = added.lastStep = added.lastOutcome = -1;
  added.lastRow = 0;
  added.lateRow = added.lateRepeats = 0;
}

/** Of the newest policy. */
export function step(lower: f64, upper: f64, adjustment: i32): void {
  const owner = changetype<Policy>(policies + <usize>(policyCount - 1) * offsetof<Policy>());
  const added = changetype<Step>(steps + <usize>stepCount * offsetof<Step>());
  stepCount++;
  owner.stepCount++;
  added.lower = lower;
  added.upper = upper;
  added.adjustment = adjustment;
}

export function start(
  backlog: f64,
  oldestAgeSeconds: f64,
  instances: i32,
  desired: i32,
  least: i32,
  most: i32,
  ratePerInstanceSecond: f64,
  launchDelaySeconds: f64,
  terminateDelaySeconds: f64,
  warmupSeconds: f64,
  newestLeave: i32,
  atEnd: i32,
  tell: i32,
  mostInstances: i32,
  mostChanges: i32,
  startSeconds: f64,
): void {
  rangeStartSeconds = startSeconds;
  servicePerInstanceSecond = ratePerInstanceSecond;
  gaugeAtEnd = atEnd !== 0;
  tells = tell !== 0;
  minutesAtMax = 0;
  setLimits(least, most);
  queue.startQueue(arrivals, backlog, oldestAgeSeconds);
  group.startGroup(instances, launchDelaySeconds, terminateDelaySeconds, newestLeave !== 0, mostInstances, mostChanges);
  group.setDesired(clampCapacity(desired), 0, warmupSeconds);
  for (let index = 0; index < alarmCount; index++) startAlarm(alarmAt(index));
  startRows(alarmCount * mostOfSlice, policyCount);
}

/** A slice of at most the minutes that `begin` was told. */
export function run(from: i32, to: i32): void {
  clearRows();
  sliceFrom = from;
  for (let minute = from; minute < to; minute++) {
    tick(minute);
    if (group.desired >= maxSize) minutesAtMax++;
  }
  for (let index = 0; index < policyCount; index++) endSlice(policyAt(changetype<Policy>(policies), index));
}

/** The host takes the rows now; what repeats a decision from here on is told late. */
function endSlice(ended: Policy): void {
  if (ended.lateRepeats > 0) putLate(ended.lateRow, ended.lateRepeats);
  ended.lateRepeats = 0;
  if (ended.lastRow <= TAKEN) return;
  ended.lateRow = numberOf(ended.lastRow);
  ended.lastRow = TAKEN;
}

function tick(minute: i32): void {
  const startSeconds = <f64>(minute * 60);
  queue.beginMinute();
  for (let index = 0; index < alarmCount; ) index = evaluate(index, minute, startSeconds);
  const endSeconds = startSeconds + 60;
  // What enters service on the minute's last instant belongs to the next minute.
  while (group.nextInServiceSeconds < endSeconds) enterService(minute);
  moveQueue(minute, endSeconds);
  const at = minute - sliceFrom;
  putF64(times, at, rangeStartSeconds + startSeconds);
  putF64(backlogs, at, gaugeAtEnd ? queue.backlog : queue.minutePeakBacklog);
  putF64(ages, at, gaugeAtEnd ? queue.ageSeconds : queue.minuteWorstAgeSeconds);
  putF64(desireds, at, <f64>group.desired);
  putF64(inServices, at, <f64>group.inService);
  const published = load<u8>(unpublished + <usize>minute) === 0;
  for (let index = 0; index < columnCount; index++) {
    const watched = columnAt(index);
    putF64(watched.values, offset + minute, published ? sample(watched, minute) : NaN);
  }
}

function moveQueue(minute: i32, toSeconds: f64): void {
  queue.advance(minute, toSeconds, <f64>group.inService * servicePerInstanceSecond);
}

function enterService(minute: i32): void {
  moveQueue(minute, group.nextInServiceSeconds);
  group.enterService();
}

/** All alarms of one second, `first` and those after it. @returns the first of the next second */
function evaluate(first: i32, minute: i32, startSeconds: f64): i32 {
  let acting = 0;
  let index = first;
  let more = true;
  while (more) {
    const judged = alarmAt(index);
    const state = judge(judged, minute + judged.newestMinuteLag);
    if (state !== judged.state) changeState(judged, index, minute, state);
    if (state === ALARM) acting += judged.policyCount;
    more = judged.together !== 0;
    index++;
  }
  if (acting > 0) act(first, index, minute, startSeconds + alarmAt(first).phaseSeconds, acting > 1);
  return index;
}

function changeState(changed: Alarm, index: i32, minute: i32, state: i32): void {
  putChange(minute, index, changed.state, state);
  changed.state = state;
  for (let at = 0; at < changed.policyCount; at++) policyAt(changed.policies, at).lastOutcome = -1;
}

/** Invoke what the alarms in ALARM drive, all on the same counts; the largest capacity is set (MULTI-01). */
function act(first: i32, end: i32, minute: i32, nowSeconds: f64, together: bool): void {
  while (group.nextInServiceSeconds <= nowSeconds) enterService(minute);
  group.settle(nowSeconds);
  const warm = group.warm();
  let proposed = -1;
  for (let index = first; index < end; index++) {
    const driving = alarmAt(index);
    if (driving.state !== ALARM) continue;
    readRange(driving);
    for (let at = 0; at < driving.policyCount; at++) {
      const invoked = policyAt(driving.policies, at);
      decide(invoked, driving, warm);
      if (proposes(invoked.outcome)) proposed = max(proposed, desiredOf(invoked.outcome));
    }
  }
  const wanted = proposed < 0 ? group.desired : proposed;
  let warmupSeconds: f64 = 0;
  for (let index = first; index < end; index++) {
    const driving = alarmAt(index);
    if (driving.state !== ALARM) continue;
    for (let at = 0; at < driving.policyCount; at++) {
      const invoked = policyAt(driving.policies, at);
      const blocked = blockedOf(invoked.outcome) !== NOT_BLOCKED;
      if (tells && blocked && invoked.lastStep === invoked.step && invoked.lastOutcome === invoked.outcome) {
        if (invoked.lastRow === TAKEN) invoked.lateRepeats++;
        else repeatDecision(invoked.lastRow);
        continue;
      }
      if (!blocked && desiredOf(invoked.outcome) === wanted) warmupSeconds = max(warmupSeconds, invoked.warmupSeconds);
      if (!tells) continue;
      invoked.lastRow = putDecision(minute, invoked.decider, invoked.step, minSize, maxSize, warm, wanted, together);
      invoked.lastStep = invoked.step;
      invoked.lastOutcome = invoked.outcome;
    }
  }
  if (wanted === group.desired) return;
  // Instances that leave stop working now, so the queue must have come this far with them.
  if (wanted < group.desired) moveQueue(minute, nowSeconds);
  group.setDesired(wanted, nowSeconds, warmupSeconds);
}

/** A minute's value where alarms look. */
function sample(watched: Column, minute: i32): f64 {
  const measure = watched.measure;
  const statistic = watched.statistic;
  // What most alarms look at comes first.
  if (measure === DEPTH || measure === BACKLOG_PER_INSTANCE) {
    let waiting = queue.minuteBacklogSeconds / 60;
    if (gaugeAtEnd) waiting = queue.backlog;
    else if (statistic === MAXIMUM) waiting = queue.minutePeakBacklog;
    else if (statistic === MINIMUM) waiting = queue.minuteLeastBacklog;
    if (measure === DEPTH) return waiting;
    return group.inService > 0 ? waiting / <f64>group.inService : NaN;
  }
  if (measure === SENT) return f64At(arrivals, minute);
  if (measure === PROCESSED) return queue.minuteProcessed;
  if (measure === IN_FLIGHT) return queue.minuteProcessed / (servicePerInstanceSecond * 60);
  if (measure === IN_SERVICE) return <f64>group.inService;
  if (measure === DESIRED) return <f64>group.desired;
  if (gaugeAtEnd) return queue.ageSeconds;
  if (statistic === MAXIMUM) return queue.minuteWorstAgeSeconds;
  return statistic === MINIMUM ? queue.minuteLeastAgeSeconds : queue.minuteAgeSeconds / 60;
}

/** Pay for what is there at the end; then the figures below are those of the whole range. */
export function close(): void {
  group.closeGroup(<f64>minutes * 60);
}

export function minutesAtMaximum(): i32 {
  return minutesAtMax;
}
export function processed(): f64 {
  return queue.processed;
}
export function peakBacklog(): f64 {
  return queue.peakBacklog;
}
export function worstAgeSeconds(): f64 {
  return queue.worstAgeSeconds;
}
export function drainedAtSeconds(): f64 {
  return queue.drainedAtSeconds;
}
export function launches(): i32 {
  return group.launches;
}
export function terminations(): i32 {
  return group.terminations;
}
export function peakInService(): i32 {
  return group.peakInService;
}
export function paidSeconds(): f64 {
  return group.paidSeconds;
}
export function billedSeconds(): f64 {
  return group.billedSeconds;
}
