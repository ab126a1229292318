/**
 * The short way of the per-message plant: the same as its steps (plant.ts) as long as nothing odd happens.
 *
 * Plain is: messages are sent, taken as they stand, finished in time and deleted. What changes with every event is in variables here,
 * and nothing is called that need not be. Ends at the instant, or before the first event that is not plain, which the plant then has
 * happen in its own steps; tests hold the two against each other to the last bit. Not here: delays, batches, failures and groups, whose
 * plants have no short way.
 */
import type { Ring } from './ring.ts';
import type { MessageState } from './state.ts';

// Here and not in state.ts, because a module reads what it imports anew each time, and nowhere are these asked more often.

/** What a message is. */
export const DELAYED = 0;
export const VISIBLE = 1;
export const IN_FLIGHT = 2;
/** From here on it is gone. */
export const DELETED = 3;
export const DEAD = 4;
export const EXPIRED = 5;
/** The metric of age leaves out messages received this often; not in a FIFO queue (SQSM-03, SQSM-04). */
export const RECEIVES_LEFT_OUT = 3;
/** Subject of an event that is a send, not the end of a worker's work. */
export const SENDER = -1;
/** Instead of the order of its event, or of a message: there is none. */
export const NOTHING = -1;
export const SOMETIME = Number.POSITIVE_INFINITY;

/**
 * @param line that of the plant
 * @returns whether anything happened
 */
export function advancePlainly(m: MessageState, line: Ring, toSeconds: number): boolean {
  const sentSeconds = m.sends;
  const waits = m.waits;
  const states = m.states;
  const receives = m.receives;
  const receivedAt = m.receivedAt;
  const working = m.working;
  const alive = m.alive;
  const held = m.held;
  const heldReceives = m.heldReceives;
  const events = m.events;
  const idle = m.idle;
  const service = m.service;
  const serviceSeconds = m.serviceSeconds;
  const serviceRandom = m.serviceRandom;
  const counts = m.counts;
  const timesOut = m.timeoutSeconds !== SOMETIME;
  const timeoutSeconds = m.timeoutSeconds;
  const retentionSeconds = m.retentionSeconds;
  const maxReceives = m.maxReceives;
  const inFlightLimit = m.inFlightLimit;
  const keepsSojourns = m.keepsSojourns;
  let now = m.nowSeconds;
  let { visible, notVisible, busy } = m;
  let leastBacklog = m.minuteLeastBacklog;
  let minutePeak = m.minutePeakBacklog;
  let peak = m.peakBacklog;
  let drainedAt = m.drainedAtSeconds;
  let backlogSeconds = m.minuteBacklogSeconds;
  let notVisibleSeconds = m.minuteNotVisibleSeconds;
  let busySeconds = m.minuteBusySeconds;
  let ageSeconds = m.minuteAgeSeconds;
  let leastAge = m.minuteLeastAgeSeconds;
  let minuteWorstAge = m.minuteWorstAgeSeconds;
  let worstAge = m.worstAgeSeconds;
  let oldest = m.oldest;
  let oldestKept = m.oldestKept;
  let losesAt = m.losesAtSeconds;
  let nextSend = m.nextSend;
  let { sent, received, begun, deleted } = counts;
  let timeoutFrom = timesOut ? m.firstTimeout() : SOMETIME;
  const deletedBefore = deleted;
  const sentBefore = sent;

  for (;;) {
    let at = events.nextSeconds;
    const sends = nextSend < sentSeconds.length && sentSeconds[nextSend]! < at;
    if (sends) at = sentSeconds[nextSend]!;
    if (at >= toSeconds || at === SOMETIME) break;
    if (at >= timeoutFrom) {
      timeoutFrom = m.firstTimeout();
      if (at >= timeoutFrom) break;
    }
    if (losesAt < at) {
      while (losesAt < at && states[oldestKept]! >= DELETED) {
        oldestKept++;
        losesAt = oldestKept < sent ? sentSeconds[oldestKept]! + retentionSeconds : SOMETIME;
      }
      if (losesAt < at) break;
    }
    const idles = idle.size;
    let worker = NOTHING;
    let message = NOTHING;
    // Whether the event is plain is known before anything of it happens.
    if (sends) {
      if (idles > 0) {
        if (visible > 0 || line.size > 0 || notVisible >= inFlightLimit) break;
        worker = idle.front;
        if (!alive[worker]) break;
      }
    } else {
      worker = events.nextSubject;
      if (worker === SENDER || working[worker] !== events.nextOrder || !alive[worker]) break;
      const done = held[worker]!;
      if (states[done] !== IN_FLIGHT || receives[done] !== heldReceives[worker]) break;
      if (visible > 0) {
        if (idles > 0) break;
        message = line.front;
        // There is room in flight: the one that is done makes it.
        if (states[message] !== VISIBLE || receives[message]! >= maxReceives) break;
      }
    }

    const seconds = at - now;
    if (seconds > 0) {
      now = at;
      if (visible < leastBacklog) leastBacklog = visible;
      if (visible > minutePeak) minutePeak = visible;
      if (visible > peak) {
        peak = visible;
        drainedAt = Number.NaN;
      }
      backlogSeconds += visible * seconds;
      notVisibleSeconds += notVisible * seconds;
      busySeconds += busy * seconds;
      while (oldest < sent && (states[oldest]! >= DELETED || receives[oldest]! >= RECEIVES_LEFT_OUT)) oldest++;
      if (oldest >= sent) {
        leastAge = 0;
      } else {
        const age = at - sentSeconds[oldest]!;
        ageSeconds += (age - seconds / 2) * seconds;
        if (age - seconds < leastAge) leastAge = age - seconds;
        if (age > minuteWorstAge) minuteWorstAge = age;
        if (age > worstAge) worstAge = age;
      }
    }

    if (sends) {
      message = sent++;
      nextSend++;
      if (message === oldestKept) losesAt = now + retentionSeconds;
      if (idles === 0) {
        waits[message] = Number.NaN;
        states[message] = VISIBLE;
        visible++;
        line.pushBack(message);
        continue;
      }
      waits[message] = now - sentSeconds[message]!;
      idle.popFront();
      busy++;
      if (Number.isNaN(drainedAt)) drainedAt = now;
    } else {
      events.drop();
      const done = held[worker]!;
      states[done] = DELETED;
      deleted++;
      notVisible--;
      if (keepsSojourns) m.sojourns[done] = now - sentSeconds[done]!;
      if (message === NOTHING) {
        working[worker] = NOTHING;
        busy--;
        idle.pushBack(worker);
        continue;
      }
      line.popFront();
      visible--;
      if (visible === 0 && Number.isNaN(drainedAt)) drainedAt = now;
      if (Number.isNaN(waits[message]!)) waits[message] = now - sentSeconds[message]!;
    }
    // The worker has the message.
    states[message] = IN_FLIGHT;
    notVisible++;
    received++;
    begun++;
    held[worker] = message;
    heldReceives[worker] = ++receives[message]!;
    if (timesOut) {
      if (timeoutFrom === SOMETIME) timeoutFrom = now + timeoutSeconds;
      m.timeoutMessages.pushBack(message);
      m.timeoutReceives.pushBack(receives[message]!);
      receivedAt[message] = now;
    }
    const takes = serviceSeconds === null ? service.sample(serviceRandom) : serviceSeconds[message]!;
    working[worker] = events.push(now + takes, worker);
  }

  m.nowSeconds = now;
  m.visible = visible;
  m.notVisible = notVisible;
  m.busy = busy;
  m.minuteLeastBacklog = leastBacklog;
  m.minutePeakBacklog = minutePeak;
  m.peakBacklog = peak;
  m.drainedAtSeconds = drainedAt;
  m.minuteBacklogSeconds = backlogSeconds;
  m.minuteNotVisibleSeconds = notVisibleSeconds;
  m.minuteBusySeconds = busySeconds;
  m.minuteAgeSeconds = ageSeconds;
  m.minuteLeastAgeSeconds = leastAge;
  m.minuteWorstAgeSeconds = minuteWorstAge;
  m.worstAgeSeconds = worstAge;
  m.minuteProcessed += deleted - deletedBefore;
  m.oldest = oldest;
  m.oldestKept = oldestKept;
  m.losesAtSeconds = losesAt;
  m.nextSend = nextSend;
  counts.sent = sent;
  counts.received = received;
  counts.begun = begun;
  counts.deleted = deleted;
  return sent > sentBefore || deleted > deletedBefore;
}
