/**
 * Antipatterns of limits and blind spots: clipped at the maximum, CPU-blind queue, zero-capacity trap (ANTI-05, ANTI-07, ANTI-08).
 */
import { minutesOf, most, stretchesWhere } from './stretches.ts';
import type { AntipatternInput, Finding } from './types.ts';

const CLIPPED_MINUTES = 5;

/** ANTI-05: at the maximum for five minutes or more while more is needed, or while messages are older than the goal. */
export function clippedAtMax(input: AntipatternInput): Finding | null {
  const { desired, demand, ageSeconds, ageGoalSeconds, maxSize, backlog, throughputPerInstancePerMinute } = input;
  const clipped = (minute: number) =>
    desired[minute]! >= maxSize && (demand[minute]! > maxSize || ageSeconds[minute]! > ageGoalSeconds);
  const stretches = stretchesWhere(desired.length, clipped, CLIPPED_MINUTES);
  if (stretches.length === 0) return null;
  // What keeps up with the arrivals, or, where the arrivals fit, what works off the backlog within the goal.
  const perInstance = (throughputPerInstancePerMinute * ageGoalSeconds) / 60;
  const needed = stretches.map(({ fromMinute, toMinute }) =>
    Math.max(
      most(demand, fromMinute, toMinute),
      Math.ceil(most(backlog, fromMinute, toMinute) / perInstance),
      maxSize + 1,
    ),
  );
  return {
    antipattern: 'clippedAtMax',
    rule: 'ANTI-05',
    stretches,
    minutes: minutesOf(stretches),
    change: 'raiseMaximum',
    params: { minutes: minutesOf(stretches), max: maxSize, needed: Math.max(...needed) },
  };
}

const BLIND_MINUTES = 5;
const COOL_CPU_PCT = 50;

/** ANTI-07: for five minutes or more messages are older than the goal while the group's CPU stays at or below 50 %. */
export function cpuBlindQueue({ ageSeconds, ageGoalSeconds, cpuPct }: AntipatternInput): Finding | null {
  if (cpuPct === undefined) return null;
  const blind = (minute: number) => ageSeconds[minute]! > ageGoalSeconds && cpuPct[minute]! <= COOL_CPU_PCT;
  const stretches = stretchesWhere(ageSeconds.length, blind, BLIND_MINUTES);
  if (stretches.length === 0) return null;
  const cpu = Math.max(...stretches.map(({ fromMinute, toMinute }) => most(cpuPct, fromMinute, toMinute)));
  return {
    antipattern: 'cpuBlindQueue',
    rule: 'ANTI-07',
    stretches,
    minutes: minutesOf(stretches),
    change: 'scaleOnQueue',
    params: { minutes: minutesOf(stretches), cpu: Math.round(cpu) },
  };
}

const TRAPPED_MINUTES = 3;

/** ANTI-08: for three minutes or more messages wait, no instance is in service, and none is asked for. */
export function zeroCapacityTrap({ inService, desired, backlog }: AntipatternInput): Finding | null {
  const trapped = (minute: number) => inService[minute] === 0 && desired[minute] === 0 && backlog[minute]! > 0;
  const stretches = stretchesWhere(desired.length, trapped, TRAPPED_MINUTES);
  if (stretches.length === 0) return null;
  const waiting = Math.max(...stretches.map(({ fromMinute, toMinute }) => most(backlog, fromMinute, toMinute)));
  return {
    antipattern: 'zeroCapacityTrap',
    rule: 'ANTI-08',
    stretches,
    minutes: minutesOf(stretches),
    change: 'minimumOfOne',
    params: { minutes: minutesOf(stretches), backlog: Math.round(waiting) },
  };
}
