/**
 * What a range comes to: peaks, minutes over the goal, instance hours, cost; for a replay and for the recording alike.
 *
 * Minutes are counted on the minute columns, so that replay and recording are measured with one stick. Peaks, age and
 * drain of a replay are exact to the instant; a recording only knows its minutes. Rules: docs/rules/replay.md (REP-40 to
 * REP-45).
 */
import { billedSeconds, costUsd } from '../core/capacity/billing.ts';
import type { ReplayAssumptions, ReplayColumns, ReplaySummary } from '../core/contract/shapes.ts';
import type { Group } from './group.ts';
import type { Plant } from './plants/plant.ts';
import type { RecordedActivity, RecordedInput } from './types.ts';

/** A recorded backlog counts as gone at this share of its peak: real queues hardly ever show a plain 0 (MODEL-27). */
const DRAINED_SHARE = 0.01;

export function summarizeRun(input: {
  readonly columns: ReplayColumns;
  readonly plant: Pick<Plant, 'processed' | 'peakBacklog' | 'worstAgeSeconds' | 'drainedAtSeconds'>;
  readonly group: Pick<Group, 'launches' | 'terminations' | 'peakInService' | 'close'>;
  readonly minutesAtMax: number;
  readonly assumptions: ReplayAssumptions;
  readonly startSeconds: number;
  /** Only time at work is paid, not the time an instance is there (REP-77). */
  readonly paysForWorkOnly: boolean;
}): ReplaySummary {
  const { columns, plant, group, assumptions } = input;
  const workedSeconds = (plant.processed * 60) / assumptions.throughputPerInstancePerMinute;
  const bill = input.paysForWorkOnly
    ? { paidSeconds: workedSeconds, billedSeconds: workedSeconds }
    : group.close(columns.times.length * 60);
  const drained = plant.peakBacklog > 0 && !Number.isNaN(plant.drainedAtSeconds);
  return {
    peakBacklog: plant.peakBacklog,
    worstAgeSeconds: plant.worstAgeSeconds,
    minutesOverAgeGoal: minutesOver(columns.ageSeconds, assumptions.ageGoalSeconds),
    instanceHours: bill.paidSeconds / 3600,
    costUsd: costUsd(bill.billedSeconds, assumptions.pricePerInstanceHourUsd),
    launches: group.launches,
    terminations: group.terminations,
    peakInstances: group.peakInService,
    minutesAtMax: input.minutesAtMax,
    drainedAtMs: drained ? Math.round((input.startSeconds + plant.drainedAtSeconds) * 1000) : null,
  };
}

/**
 * The recorded fleet in the same terms.
 *
 * @param input recorded columns (NaN where there is no datapoint; such minutes count nowhere) and, if known, activities
 * @returns cost with per-second billing; the time an instance starts up and goes away is paid too, from its activities, or
 *          from the assumptions when there are none. The one-minute minimum applies to instances seen to come and go.
 */
export function summarizeRecorded(input: RecordedInput): ReplaySummary {
  const { columns, assumptions, maxSize, activities } = input;
  const launches = activities === undefined ? rises(columns.inService) : count(activities, 'launch');
  const terminations = activities === undefined ? falls(columns.inService) : count(activities, 'terminate');
  const startUp =
    activities === undefined ? launches * assumptions.launchDelaySeconds : totalSeconds(activities, 'launch');
  const goingAway =
    activities === undefined ? terminations * assumptions.terminateDelaySeconds : totalSeconds(activities, 'terminate');
  const paidSeconds = total(columns.inService) * 60 + startUp + goingAway;
  const [peakBacklog, peakMinute] = largest(columns.backlog);
  return {
    peakBacklog,
    worstAgeSeconds: largest(columns.ageSeconds)[0],
    minutesOverAgeGoal: minutesOver(columns.ageSeconds, assumptions.ageGoalSeconds),
    instanceHours: paidSeconds / 3600,
    costUsd: costUsd(paidSeconds + shortLives(activities ?? []), assumptions.pricePerInstanceHourUsd),
    launches,
    terminations,
    peakInstances: largest(columns.inService)[0],
    minutesAtMax: maxSize === null ? 0 : columns.desired.filter((desired) => desired >= maxSize).length,
    drainedAtMs: drainedAtMs(columns, peakBacklog, peakMinute),
  };
}

function minutesOver(ageSeconds: Float64Array, goalSeconds: number): number {
  let minutes = 0;
  const { length } = ageSeconds;
  // By index: an iterator over a year of minutes would put every one of them on the heap.
  for (let minute = 0; minute < length; minute++) if (isOver(ageSeconds, minute, goalSeconds)) minutes++;
  return minutes;
}

/** On its own because the engine compiles what is called often sooner than what runs long. */
function isOver(ageSeconds: Float64Array, minute: number, goalSeconds: number): boolean {
  return ageSeconds[minute]! > goalSeconds;
}

/** The largest value and its minute; 0 and -1 for a column without datapoints. */
function largest(column: Float64Array): readonly [number, number] {
  let value = 0;
  let at = -1;
  column.forEach((candidate, minute) => {
    if (candidate > value || (at < 0 && candidate === value)) {
      value = candidate;
      at = minute;
    }
  });
  return [value, at];
}

function total(column: Float64Array): number {
  let sum = 0;
  for (const value of column) if (!Number.isNaN(value)) sum += value;
  return sum;
}

function rises(column: Float64Array): number {
  return changes(column, 1);
}

function falls(column: Float64Array): number {
  return changes(column, -1);
}

function changes(column: Float64Array, sign: 1 | -1): number {
  let sum = 0;
  let before = Number.NaN;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    const change = (value - before) * sign;
    if (change > 0) sum += change;
    before = value;
  }
  return sum;
}

function count(activities: readonly RecordedActivity[], direction: RecordedActivity['direction']): number {
  return activities.filter((activity) => activity.direction === direction && activity.successful).length;
}

function totalSeconds(activities: readonly RecordedActivity[], direction: RecordedActivity['direction']): number {
  let ms = 0;
  for (const activity of activities) {
    if (activity.direction === direction && activity.successful && activity.endMs !== null) {
      ms += activity.endMs - activity.startMs;
    }
  }
  return ms / 1000;
}

/** Seconds that the one-minute minimum adds for instances that lived shorter. */
function shortLives(activities: readonly RecordedActivity[]): number {
  const launchedMs = new Map<string, number>();
  let added = 0;
  for (const { direction, instanceId, startMs, endMs } of activities.toSorted((a, b) => a.startMs - b.startMs)) {
    if (instanceId === null) continue;
    if (direction === 'launch') launchedMs.set(instanceId, startMs);
    const bornMs = launchedMs.get(instanceId);
    if (direction !== 'terminate' || bornMs === undefined) continue;
    const seconds = ((endMs ?? startMs) - bornMs) / 1000;
    added += billedSeconds(seconds) - seconds;
  }
  return added;
}

function drainedAtMs(columns: ReplayColumns, peak: number, peakMinute: number): number | null {
  if (peak <= 0) return null;
  for (let minute = peakMinute + 1; minute < columns.backlog.length; minute++) {
    if (columns.backlog[minute]! <= peak * DRAINED_SHARE) return (columns.times[minute]! + 60) * 1000;
  }
  return null;
}
