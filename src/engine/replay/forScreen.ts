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
  const { times } = result.recorded.columns;
  const from = firstAtOrAfter(times, detail.fromMs / 1000);
  const to = Math.max(from, firstAtOrAfter(times, detail.toMs / 1000));
  const minutes = Math.max(1, Math.ceil((to - from) / maxPoints));
  const reduced = (columns: ReplayColumns): ReplayColumns => reduceColumns(columns, from, to, minutes);
  return {
    ...result,
    recorded: { ...result.recorded, columns: reduced(result.recorded.columns) },
    // Nothing draws changes of alarms, and a year has tens of thousands.
    runs: result.runs.map((run) => ({
      ...run,
      ...someDecisions(run, maxDecisions, detail),
      alarmChanges: [],
      columns: reduced(run.columns),
    })),
    bucketSeconds: minutes * MINUTE,
    fleetRecorded: result.recorded.columns.inService.some((count) => !Number.isNaN(count)),
  };
}

/** The first ones of a part, and the first that changed something: a list shows either. */
function someDecisions(
  run: ReplayRun,
  most: number,
  { fromMs, toMs }: TimeRange,
): Pick<ReplayRun, 'decisions' | 'decisionCounts'> {
  const decisions = run.decisions.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const acted = ({ desiredBefore, desiredAfter }: Decision): boolean => desiredBefore !== desiredAfter;
  const some = decisions.slice(0, most);
  let acting = 0;
  for (let at = 0; at < decisions.length; at++) {
    const decision = decisions[at]!;
    if (!acted(decision)) continue;
    acting++;
    if (at >= most && acting <= most) some.push(decision);
  }
  return { decisions: some, decisionCounts: { all: decisions.length, acting } };
}

function firstAtOrAfter(times: Float64Array, seconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
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
