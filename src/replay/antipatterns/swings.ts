/**
 * Antipatterns of back and forth: flapping, thrash after warm-up, backlog-per-instance thrash (ANTI-01, ANTI-04, ANTI-09).
 * `changes` are those of the desired capacity.
 */
import { type Change, joined, minutesOf } from './stretches.ts';
import type { AntipatternInput, Finding, Stretch } from './types.ts';

const TURN_WITHIN_MINUTES = 30;
const HOUR_MINUTES = 60;
const FLAPPING_TURNS = 3;

/** ANTI-01: three turns of desired capacity within an hour, each at most half an hour after the change before. */
export function flapping({ scaleInMinutes = 0 }: AntipatternInput, changes: readonly Change[]): Finding | null {
  const turns: { from: number; minute: number }[] = [];
  for (let index = 1; index < changes.length; index++) {
    const [before, now] = [changes[index - 1]!, changes[index]!];
    const turned = now.after > now.before !== before.after > before.before;
    if (turned && now.minute - before.minute <= TURN_WITHIN_MINUTES)
      turns.push({ from: before.minute, minute: now.minute });
  }
  const stretches: Stretch[] = [];
  let most = 0;
  turns.forEach(({ minute }, index) => {
    let first = index;
    while (first > 0 && minute - turns[first - 1]!.minute < HOUR_MINUTES) first--;
    const within = index - first + 1;
    most = Math.max(most, within);
    if (within >= FLAPPING_TURNS) stretches.push({ fromMinute: turns[first]!.from, toMinute: minute + 1 });
  });
  if (stretches.length === 0) return null;
  return {
    antipattern: 'flapping',
    rule: 'ANTI-01',
    ...merged(stretches),
    change: 'slowerScaleIn',
    // More than it looks at now: advice that is followed already is none.
    params: { turns: turns.length, most, periods: Math.max(15, 2 * scaleInMinutes) },
  };
}

const JUDGED_MINUTES = 10;
const AGAIN_MINUTES = 30;

/**
 * ANTI-04: of what a scale-out launched at least half is sent away before the new instances have been warm for 10 minutes,
 * and more are asked for again within half an hour.
 */
export function thrashAfterWarmup(input: AntipatternInput, changes: readonly Change[]): Finding | null {
  const untilJudged = (input.launchDelaySeconds + input.warmupSeconds) / 60 + JUDGED_MINUTES;
  const stretches: Stretch[] = [];
  for (let index = 0; index < changes.length; index++) {
    const out = changes[index]!;
    if (out.after <= out.before) continue;
    const gone = sentAway(changes, index, untilJudged);
    const again = gone < 0 ? undefined : askedAgain(changes, gone);
    if (again === undefined) continue;
    stretches.push({ fromMinute: out.minute, toMinute: again.minute + 1 });
  }
  if (stretches.length === 0) return null;
  return {
    antipattern: 'thrashAfterWarmup',
    rule: 'ANTI-04',
    ...merged(stretches),
    change: 'longerScaleInWait',
    params: { count: stretches.length, minutes: Math.ceil(untilJudged) },
  };
}

/** The first change within `withinMinutes` after a scale-out that undoes at least half of it; -1 when there is none. */
function sentAway(changes: readonly Change[], index: number, withinMinutes: number): number {
  const out = changes[index]!;
  for (let later = index + 1; later < changes.length; later++) {
    const change = changes[later]!;
    if (change.minute - out.minute > withinMinutes) return -1;
    if (change.after < change.before && out.after - change.after >= (out.after - out.before) / 2) return later;
  }
  return -1;
}

/** The first scale-out after that, when it comes within half an hour. */
function askedAgain(changes: readonly Change[], gone: number): Change | undefined {
  for (let later = gone + 1; later < changes.length; later++) {
    const change = changes[later]!;
    if (change.minute - changes[gone]!.minute > AGAIN_MINUTES) return undefined;
    if (change.after > change.before) return change;
  }
  return undefined;
}

const SWING_FACTOR = 4;
const SWING_HOURS_MINUTES = 120;

/**
 * ANTI-09: desired capacity rises to at least four times as much, and falls back to at most twice what it was, within an
 * hour; twice or more within two hours. Where the alarms are known, one of them watches backlog per instance.
 */
export function backlogPerInstanceThrash({ measures }: AntipatternInput, changes: readonly Change[]): Finding | null {
  if (measures !== undefined && !measures.includes('backlogPerInstance')) return null;
  const swings = swingsOf(changes);
  const stretches: Stretch[] = [];
  for (let index = 1; index < swings.length; index++) {
    const [before, now] = [swings[index - 1]!, swings[index]!];
    if (now.toMinute - before.fromMinute > SWING_HOURS_MINUTES) continue;
    stretches.push({ fromMinute: before.fromMinute, toMinute: now.toMinute });
  }
  const [example] = swings;
  if (stretches.length === 0 || example === undefined) return null;
  const { low, high, end } = example;
  return {
    antipattern: 'backlogPerInstanceThrash',
    rule: 'ANTI-09',
    ...merged(stretches),
    change: 'smallerSteps',
    params: { swings: swings.length, low, high, end, step: Math.max(1, Math.ceil((high - low) / 3)), warmup: 300 },
  };
}

interface Swing extends Stretch {
  readonly low: number;
  readonly high: number;
  readonly end: number;
}

/** From a low over a high back to a low, each within an hour, none sharing minutes with the next. */
function swingsOf(changes: readonly Change[]): Swing[] {
  const swings: Swing[] = [];
  for (let index = 0; index < changes.length; index++) {
    const { minute: fromMinute, before: low, after } = changes[index]!;
    if (after <= low) continue;
    const wanted = SWING_FACTOR * Math.max(1, low);
    let high = after;
    for (let later = index + 1; later < changes.length; later++) {
      const change = changes[later]!;
      if (change.minute - fromMinute > HOUR_MINUTES) break;
      if (high >= wanted && change.after <= 2 * Math.max(1, low)) {
        swings.push({ fromMinute, toMinute: change.minute + 1, low, high, end: change.after });
        index = later;
        break;
      }
      high = Math.max(high, change.after);
    }
  }
  return swings;
}

function merged(stretches: readonly Stretch[]): { stretches: Stretch[]; minutes: number } {
  const all = joined(stretches);
  return { stretches: all, minutes: minutesOf(all) };
}
