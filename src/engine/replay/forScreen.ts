/**
 * A replay's result as a screen can show it: fewer points a column, and the first decisions.
 *
 * A year has half a million minutes and some hundred thousand decisions; sent whole they take a page minutes to read. Summaries, yardsticks
 * and fidelity are of all minutes, before anything is left out here. Not here: series as they were recorded (queries/decimate.ts).
 */
import type {
  Decision,
  ReplayColumns,
  ReplayResult,
  ReplayRun,
  ReplayScreen,
  TimeRange,
} from '../../core/contract/shapes.ts';

const MINUTE = 60;

/** What a bucket of minutes is told by. Peaks are what a screen is read for, so they stay; a mean keeps the total of the arrivals. */
const reductions: Readonly<Record<Exclude<keyof ReplayColumns, 'times'>, 'mean' | 'max'>> = {
  arrivals: 'mean',
  backlog: 'max',
  ageSeconds: 'max',
  desired: 'max',
  inService: 'max',
};

export function forScreen(result: ReplayResult, screen: ReplayScreen): ReplayResult {
  const { detail = result.range, maxPoints, maxDecisions } = screen;
  const { times, inService } = result.recorded.columns;
  const from = minuteAt(times, detail.fromMs);
  const to = Math.max(from, minuteAt(times, detail.toMs));
  const minutes = Math.max(1, Math.ceil((to - from) / maxPoints));
  const reduced = (columns: ReplayColumns): ReplayColumns => reduceColumns(columns, from, to, minutes);
  return {
    ...result,
    recorded: { ...result.recorded, columns: reduced(result.recorded.columns) },
    runs: result.runs.map((run) => ({
      ...shownAsItIs(run),
      ...someDecisions(run, maxDecisions, detail),
      // Nothing draws changes of alarms, and a year has tens of thousands.
      alarmChanges: [],
      columns: reduced(run.columns),
    })),
    bucketSeconds: minutes * MINUTE,
    fleetRecorded: !Number.isNaN(maxOf(inService, 0, inService.length)),
  };
}

/** By name: decisions and changes of alarms are told when they are read, so a run must not be copied whole. */
function shownAsItIs({ label, setup, summary, groupChanges, messageCounts, judgement }: ReplayRun) {
  return {
    label,
    setup,
    summary,
    ...(groupChanges && { groupChanges }),
    ...(messageCounts && { messageCounts }),
    ...(judgement && { judgement }),
  };
}

/** The first ones of a part, and the first that changed something: a list shows either. When none are wanted none are counted. */
function someDecisions(
  run: ReplayRun,
  most: number,
  { fromMs, toMs }: TimeRange,
): Pick<ReplayRun, 'decisions' | 'decisionCounts'> {
  if (most === 0) return { decisions: [] };
  const some: Decision[] = [];
  let all = 0;
  let acting = 0;
  for (const decision of run.decisions) {
    if (decision.atMs < fromMs || decision.atMs >= toMs) continue;
    const acted = decision.desiredBefore !== decision.desiredAfter;
    if (all < most || (acted && acting < most)) some.push(decision);
    all++;
    if (acted) acting++;
  }
  return { decisions: some, decisionCounts: { all, acting } };
}

/** The first minute at or after an instant; the columns have every minute of the range. */
function minuteAt(times: Float64Array, ms: number): number {
  const minute = Math.ceil((ms / 1000 - (times[0] ?? 0)) / MINUTE);
  return Math.min(Math.max(minute, 0), times.length);
}

/** Minutes [from, to) in buckets of so many; a bucket stands at its first minute, and is NaN only when all of its minutes are. */
function reduceColumns(columns: ReplayColumns, from: number, to: number, minutes: number): ReplayColumns {
  const column = (name: keyof ReplayColumns): Float64Array<ArrayBuffer> => {
    if (minutes === 1) return columns[name].slice(from, to);
    const reduced = new Float64Array(Math.ceil((to - from) / minutes));
    for (let bucket = 0; bucket < reduced.length; bucket++) {
      const first = from + bucket * minutes;
      const end = Math.min(to, first + minutes);
      reduced[bucket] =
        name === 'times'
          ? columns.times[first]!
          : reductions[name] === 'max'
            ? maxOf(columns[name], first, end)
            : meanOf(columns[name], first, end);
    }
    return reduced;
  };
  return {
    times: column('times'),
    arrivals: column('arrivals'),
    backlog: column('backlog'),
    ageSeconds: column('ageSeconds'),
    desired: column('desired'),
    inService: column('inService'),
  };
}

function maxOf(values: Float64Array, from: number, to: number): number {
  let most = Number.NaN;
  for (let at = from; at < to; at++) {
    const value = values[at]!;
    // The first one is above NaN in no comparison.
    if (!(value <= most) && !Number.isNaN(value)) most = value;
  }
  return most;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let at = from; at < to; at++) {
    const value = values[at]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
