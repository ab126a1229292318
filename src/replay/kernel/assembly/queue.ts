/**
 * The fluid queue of plants/fluid.ts, without its correction for chance: same operations in the same order, state in globals.
 */
import { f64At } from './memory';

/** Messages waiting now, and the age of the head of the queue in seconds. */
export let backlog: f64 = 0;
export let ageSeconds: f64 = 0;
/** Messages processed since the start. */
export let processed: f64 = 0;
/** Largest values since the start, and when the backlog of the peak was gone (NaN while it is not). */
export let peakBacklog: f64 = 0;
export let worstAgeSeconds: f64 = 0;
export let drainedAtSeconds: f64 = NaN;
/** Of the current minute. */
export let minutePeakBacklog: f64 = 0;
export let minuteLeastBacklog: f64 = 0;
export let minuteWorstAgeSeconds: f64 = 0;
export let minuteLeastAgeSeconds: f64 = 0;
export let minuteBacklogSeconds: f64 = 0;
export let minuteAgeSeconds: f64 = 0;
export let minuteProcessed: f64 = 0;

let nowSeconds: f64 = 0;
let arrivals: usize = 0;
let initialBacklog: f64 = 0;
let initialAgeSeconds: f64 = 0;
/** Minute whose arrivals the head of the queue is among, -1 for the backlog of the start; and how many of them have left. */
let headMinute: i32 = 0;
let headDeparted: f64 = 0;

export function startQueue(sent: usize, waiting: f64, oldestAgeSeconds: f64): void {
  arrivals = sent;
  initialBacklog = waiting;
  initialAgeSeconds = waiting > 0 ? oldestAgeSeconds : 0;
  headMinute = waiting > 0 ? -1 : 0;
  headDeparted = 0;
  backlog = waiting;
  ageSeconds = initialAgeSeconds;
  peakBacklog = waiting;
  worstAgeSeconds = initialAgeSeconds;
  drainedAtSeconds = NaN;
  processed = 0;
  nowSeconds = 0;
}

export function beginMinute(): void {
  minutePeakBacklog = backlog;
  minuteLeastBacklog = backlog;
  minuteWorstAgeSeconds = ageSeconds;
  minuteLeastAgeSeconds = ageSeconds;
  minuteBacklogSeconds = 0;
  minuteAgeSeconds = 0;
  minuteProcessed = 0;
}

/** Move on to an instant of the same minute. */
export function advance(minute: i32, toSeconds: f64, servicePerSecond: f64): void {
  const now = nowSeconds;
  const seconds = toSeconds - now;
  if (seconds <= 0) return;
  const arrivalsPerSecond = f64At(arrivals, minute) / 60;
  const net = arrivalsPerSecond - servicePerSecond;
  const waiting = backlog;
  if (waiting === 0 && net <= 0) {
    flowThrough(minute, toSeconds, arrivalsPerSecond);
    return;
  }
  const emptyAfter = net < 0 ? waiting / -net : Infinity;
  if (emptyAfter > seconds) {
    work(minute, seconds, servicePerSecond, waiting + net * seconds);
    nowSeconds = toSeconds;
    return;
  }
  work(minute, emptyAfter, servicePerSecond, 0);
  const emptiedAt = now + emptyAfter;
  nowSeconds = emptiedAt;
  ageSeconds = 0;
  minuteLeastAgeSeconds = 0;
  if (isNaN(drainedAtSeconds)) drainedAtSeconds = emptiedAt;
  flowThrough(minute, toSeconds, arrivalsPerSecond);
}

/** Nothing waits and nothing will: what arrives is processed at once. */
function flowThrough(minute: i32, toSeconds: f64, arrivalsPerSecond: f64): void {
  const arrived = arrivalsPerSecond * (toSeconds - nowSeconds);
  processed += arrived;
  minuteProcessed += arrived;
  nowSeconds = toSeconds;
  headMinute = minute;
  headDeparted = arrivalsPerSecond * (toSeconds - <f64>(minute * 60));
}

/** The servers are busy for `seconds`: backlog runs straight to `after`, and what is served leaves in order of arrival. */
function work(minute: i32, seconds: f64, servicePerSecond: f64, after: f64): void {
  const served = servicePerSecond * seconds;
  processed += served;
  minuteProcessed += served;
  minuteBacklogSeconds += ((backlog + after) / 2) * seconds;
  backlog = after;
  if (after > minutePeakBacklog) minutePeakBacklog = after;
  if (after < minuteLeastBacklog) minuteLeastBacklog = after;
  if (after > peakBacklog) {
    peakBacklog = after;
    drainedAtSeconds = NaN;
  }
  const from = nowSeconds;
  let left = served;
  let head = headMinute;
  let departed = headDeparted;
  let turnedAt = from;
  let turned = ageSeconds;
  let area = minuteAgeSeconds;
  let worst = minuteWorstAgeSeconds;
  let least = minuteLeastAgeSeconds;
  while (head < minute) {
    const remaining = (head < 0 ? initialBacklog : f64At(arrivals, head)) - departed;
    if (left < remaining) break;
    left -= remaining;
    head++;
    departed = 0;
    if (remaining > 0) {
      const reachedAt = from + (served - left) / servicePerSecond;
      const reached = reachedAt - <f64>(head * 60);
      area += ((turned + reached) / 2) * (reachedAt - turnedAt);
      const larger = turned > reached ? turned : reached;
      if (larger > worst) worst = larger;
      if (reached < least) least = reached;
      turnedAt = reachedAt;
    }
    turned = turnedAt - <f64>(head * 60);
    if (!(turned > 0)) turned = 0;
    if (turned < least) least = turned;
  }
  departed += left;
  const end = from + seconds;
  let headSeconds = end;
  if (head < 0) {
    headSeconds = -initialAgeSeconds * (1 - departed / initialBacklog);
  } else {
    const size = f64At(arrivals, head);
    if (size > 0) headSeconds = <f64>(head * 60) + (60 * departed) / size;
  }
  let reached = end - headSeconds;
  if (!(reached > 0)) reached = 0;
  area += ((turned + reached) / 2) * (end - turnedAt);
  const larger = turned > reached ? turned : reached;
  if (larger > worst) worst = larger;
  minuteLeastAgeSeconds = reached < least ? reached : least;
  minuteAgeSeconds = area;
  minuteWorstAgeSeconds = worst;
  if (worst > worstAgeSeconds) worstAgeSeconds = worst;
  headMinute = head;
  headDeparted = departed;
  ageSeconds = reached;
}
