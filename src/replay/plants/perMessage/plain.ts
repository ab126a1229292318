/**
 * The short way of the per-message plant: the same as its steps (plant.ts) as long as nothing odd happens.
 *
 * Plain is: messages are sent, taken as they stand, finished in time and deleted. What changes with every event is in variables here,
 * and nothing is called that need not be. Ends at the instant, or before the first event that is not plain, which the plant then has
 * happen in its own steps; tests hold the two against each other to the last bit. Not here: delays, batches, failures and groups, whose
 * plants have no short way.
 */
import * as codes from './codes.ts';
import type { Ring } from './ring.ts';
import type { MessageState } from './state.ts';

// Constants of this module's own: what is imported or exported is read anew each time, and nowhere are these asked more often.
const { VISIBLE, IN_FLIGHT, DELETED, RECEIVES_LEFT_OUT, SENDER, NOTHING, SOMETIME } = codes;

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
  const sendCount = sentSeconds.length;
  // A difference is a number to the engine; what it is handed may be anything, and it would look each time.
  const until = toSeconds - 0;
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
  let losesAt = m.losesAtSeconds - 0;
  let nextSend = m.nextSend;
  let { sent, begun, deleted } = counts;
  let timeoutFrom = timesOut ? m.firstTimeout() - 0 : SOMETIME;
  const deletedBefore = deleted;
  const sentBefore = sent;

  for (;;) {
    let at = events.nextSeconds;
    const sends = nextSend < sendCount && sentSeconds[nextSend]! < at;
    if (sends) at = sentSeconds[nextSend]!;
    if (at >= until || at === SOMETIME) break;
    if (at >= timeoutFrom) {
      timeoutFrom = m.firstTimeout() - 0;
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
      if (visible > minutePeak) {
        minutePeak = visible;
        // No minute has more than the peak.
        if (visible > peak) {
          peak = visible;
          drainedAt = Number.NaN;
        }
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
  // Here whatever is received is begun.
  counts.received += begun - counts.begun;
  counts.begun = begun;
  counts.deleted = deleted;
  return sent > sentBefore || deleted > deletedBefore;
}
