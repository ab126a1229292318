/**
 * Antipatterns of acting at the wrong time: late scale-out, scale-in during drain, ratchet (ANTI-02, ANTI-03, ANTI-06).
 * `changes` are those of the desired capacity.
 */
import { type Change, joined, minutesOf, most, stretchesWhere } from './stretches.ts';
import type { AntipatternInput, Finding, Stretch } from './types.ts';

const LATE_MINUTES = 5;

/**
 * ANTI-02: instances are missing, five minutes or more pass before more are asked for, and the age goal breaks. At the
 * maximum nothing can be asked for: that is ANTI-05.
 */
export function lateScaleOut(input: AntipatternInput): Finding | null {
  const { desired, inService, demand, ageSeconds, ageGoalSeconds, maxSize } = input;
  const { length } = desired;
  const stretches: Stretch[] = [];
  let worst = 0;
  let messages = 0;
  for (const missing of stretchesWhere(length, (minute) => demand[minute]! > inService[minute]!, LATE_MINUTES)) {
    const { fromMinute, toMinute } = missing;
    if (desired[fromMinute]! >= maxSize) continue;
    // Already asked for: what is missing is on its way.
    if (desired[fromMinute]! >= demand[fromMinute]!) continue;
    let asked = fromMinute + 1;
    while (asked < toMinute && !(desired[asked]! > desired[asked - 1]!)) asked++;
    const waited = asked - fromMinute;
    if (waited < LATE_MINUTES || !(most(ageSeconds, fromMinute, toMinute) > ageGoalSeconds)) continue;
    stretches.push({ fromMinute, toMinute: asked });
    if (waited > worst) {
      worst = waited;
      messages = Math.round(waited * input.throughputPerInstancePerMinute * most(demand, fromMinute, asked));
    }
  }
  if (stretches.length === 0) return null;
  return {
    antipattern: 'lateScaleOut',
    rule: 'ANTI-02',
    stretches,
    minutes: minutesOf(stretches),
    change: 'soonerScaleOut',
    params: { count: stretches.length, minutes: worst, messages },
  };
}

/**
 * ANTI-03: desired capacity falls while more messages wait than the rest can process within the age goal. The minutes are
 * those from the fall until the backlog is that small, or more are asked for again.
 */
export function scaleInDuringDrain(input: AntipatternInput, changes: readonly Change[]): Finding | null {
  const { desired, backlog, ageGoalSeconds, throughputPerInstancePerMinute } = input;
  const bearable = (instances: number) => (instances * throughputPerInstancePerMinute * ageGoalSeconds) / 60;
  const stretches: Stretch[] = [];
  let count = 0;
  let instances = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const { minute, before, after } of changes) {
    if (after >= before || !(backlog[minute]! > bearable(after))) continue;
    count++;
    instances += before - after;
    least = Math.min(least, bearable(after));
    let to = minute + 1;
    while (to < backlog.length && backlog[to]! > bearable(after) && desired[to]! <= after) to++;
    stretches.push({ fromMinute: minute, toMinute: to });
  }
  if (count === 0) return null;
  const all = joined(stretches);
  return {
    antipattern: 'scaleInDuringDrain',
    rule: 'ANTI-03',
    stretches: all,
    minutes: minutesOf(all),
    change: 'scaleInOnlyWhenDrained',
    params: { count, instances, messages: Math.round(least) },
  };
}

const RATCHET_MINUTES = 120;

/**
 * ANTI-06: after a scale-out, two hours or more in which desired capacity never falls although at least one instance, and
 * half of what is needed, is more than needed, and the group is above its minimum.
 */
export function ratchet(input: AntipatternInput, changes: readonly Change[]): Finding | null {
  const { desired, inService, demand, minSize } = input;
  const { length } = desired;
  const firstOut = changes.find(({ before, after }) => after > before);
  if (firstOut === undefined) return null;
  // A flag for each minute: a year has some ten thousand falls, and every minute is looked up.
  const falls = new Uint8Array(length);
  for (const { minute, before, after } of changes) if (after < before) falls[minute] = 1;
  const idle = (minute: number) => inService[minute]! - demand[minute]!;
  const stretches = stretchesWhere(
    length,
    (minute) =>
      minute >= firstOut.minute &&
      desired[minute]! > minSize &&
      idle(minute) >= Math.max(1, demand[minute]! / 2) &&
      falls[minute] === 0,
    RATCHET_MINUTES,
  );
  if (stretches.length === 0) return null;
  let largest = 0;
  let idleMinutes = 0;
  for (const { fromMinute, toMinute } of stretches) {
    for (let minute = fromMinute; minute < toMinute; minute++) {
      largest = Math.max(largest, idle(minute));
      idleMinutes += idle(minute);
    }
  }
  return {
    antipattern: 'ratchet',
    rule: 'ANTI-06',
    stretches,
    minutes: minutesOf(stretches),
    change: 'addScaleIn',
    params: {
      minutes: Math.max(...stretches.map(({ fromMinute, toMinute }) => toMinute - fromMinute)),
      idle: largest,
      hours: Math.round(idleMinutes / 6) / 10,
    },
  };
}
