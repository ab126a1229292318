/** What a screen gets of a long replay: buckets that keep peaks, the first decisions, a part in more points. */
import { describe, expect, it } from 'vitest';
import type { Decision, ReplayColumns, ReplayResult, ReplayRun } from '../../../../src/core/contract/shapes.ts';
import { forScreen } from '../../../../src/engine/replay/forScreen.ts';

const START = 1_772_409_600;
const MINUTES = 1_000;

function columnsOf(value: (minute: number) => number, inService = value): ReplayColumns {
  const column = (of: (minute: number) => number) => Float64Array.from({ length: MINUTES }, (_, minute) => of(minute));
  return {
    times: column((minute) => START + minute * 60),
    arrivals: column(value),
    backlog: column(value),
    ageSeconds: column(value),
    desired: column(value),
    inService: column(inService),
  };
}

const decisionAt = (minute: number, acted: boolean): Decision =>
  ({ atMs: (START + minute * 60) * 1000, desiredBefore: 3, desiredAfter: acted ? 4 : 3 }) as Decision;

function resultOf(recorded: ReplayColumns, columns: ReplayColumns, decisions: Decision[]): ReplayResult {
  const range = { fromMs: START * 1000, toMs: (START + MINUTES * 60) * 1000 };
  const run = { label: 'a', columns, decisions, alarmChanges: [{}], summary: {} } as unknown as ReplayRun;
  return { range, recorded: { columns: recorded, summary: {} }, runs: [run], holes: [] } as unknown as ReplayResult;
}

const nothing = columnsOf(() => Number.NaN);

describe('[REP-81] a result for a screen', () => {
  const columns = columnsOf((minute) => (minute === 777 ? 5_000 : minute % 10));

  it('has at most so many points, and the peak is one of them', () => {
    const { runs, bucketSeconds, fleetRecorded } = forScreen(resultOf(nothing, columns, []), {
      maxPoints: 100,
      maxDecisions: 10,
    });
    const { times, backlog, arrivals } = runs[0]!.columns;
    expect(bucketSeconds).toBe(600);
    expect(times.length).toBe(100);
    expect([times[0], times[1]]).toEqual([START, START + 600]);
    expect(backlog[77]).toBe(5_000);
    expect(backlog[0]).toBe(9);
    expect(arrivals[0]).toBe(4.5);
    expect(fleetRecorded).toBe(false);
    expect(runs[0]!.alarmChanges).toEqual([]);
  });

  it('is NaN only where nothing is known', () => {
    const some = columnsOf((minute) => (minute < 10 || minute === 15 ? 2 : Number.NaN));
    const { recorded, fleetRecorded } = forScreen(resultOf(some, columns, []), { maxPoints: 100, maxDecisions: 0 });
    expect([...recorded.columns.inService.slice(0, 3)]).toEqual([2, 2, Number.NaN]);
    expect([...recorded.columns.arrivals.slice(0, 3)]).toEqual([2, 2, Number.NaN]);
    expect(fleetRecorded).toBe(true);
  });

  it('is whole where it fits, as a part of a long one does', () => {
    const detail = { fromMs: (START + 770 * 60) * 1000, toMs: (START + 790 * 60) * 1000 };
    const { runs, recorded, bucketSeconds } = forScreen(resultOf(nothing, columns, []), {
      maxPoints: 20,
      maxDecisions: 0,
      detail,
    });
    expect(bucketSeconds).toBe(60);
    expect(recorded.columns.times.length).toBe(20);
    expect(runs[0]!.columns.times[0]).toBe(START + 770 * 60);
    expect([...runs[0]!.columns.backlog]).toEqual([...columns.backlog.slice(770, 790)]);
  });

  it('keeps the last bucket when it is shorter', () => {
    const { runs } = forScreen(resultOf(nothing, columns, []), { maxPoints: 300, maxDecisions: 0 });
    expect(runs[0]!.columns.times.length).toBe(250);
    expect(runs[0]!.columns.backlog.at(-1)).toBe(9);
  });

  it('has the first decisions and the first that changed something, and tells how many there are', () => {
    const decisions = Array.from({ length: 50 }, (_, at) => decisionAt(at, at % 10 === 9));
    const { runs } = forScreen(resultOf(nothing, columns, decisions), { maxPoints: 100, maxDecisions: 3 });
    const run = runs[0]!;
    expect(run.decisionCounts).toEqual({ all: 50, acting: 5 });
    expect(run.decisions.map(({ atMs }) => (atMs / 1000 - START) / 60)).toEqual([0, 1, 2, 9, 19, 29]);
  });

  it('has the decisions of a part only, when it gives a part', () => {
    const decisions = Array.from({ length: 50 }, (_, at) => decisionAt(at, at % 10 === 9));
    const detail = { fromMs: (START + 20 * 60) * 1000, toMs: (START + 30 * 60) * 1000 };
    const { runs } = forScreen(resultOf(nothing, columns, decisions), { maxPoints: 100, maxDecisions: 3, detail });
    expect(runs[0]!.decisionCounts).toEqual({ all: 10, acting: 1 });
    expect(runs[0]!.decisions.map(({ atMs }) => (atMs / 1000 - START) / 60)).toEqual([20, 21, 22, 29]);
  });
});
