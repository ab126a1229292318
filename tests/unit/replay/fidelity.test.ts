import { expect, test } from 'vitest';
import * as shapes from '../../../src/core/contract/shapes.ts';
import { type FidelityInput, measureFidelity, runReplay } from '../../../src/replay/index.ts';
import { inputOf, startSeconds } from './setups.ts';

const crowd = Float64Array.from({ length: 120 }, (_, minute) => (minute >= 10 && minute < 30 ? 600 : 60));
const run = runReplay(inputOf({ arrivals: crowd }));
const startMs = startSeconds * 1000;

/** The replay itself as the recording: nothing may differ. */
const recorded = (over: Partial<typeof run.columns> = {}) => ({
  columns: { ...run.columns, ...over },
  summary: run.summary,
});
const ownActions = run.decisions
  .filter(({ blockedBy }) => blockedBy === null)
  .map(({ atMs, desiredAfter, desiredBefore }) => ({
    atMs,
    direction: desiredAfter > desiredBefore ? ('out' as const) : ('in' as const),
  }));
const against = (over: Partial<FidelityInput> = {}) =>
  measureFidelity({ run, recorded: recorded(), recordedActions: ownActions, ...over });

test('[FID-01] a replay held against itself is perfect', () => {
  const fidelity = against();
  expect(shapes.fidelity.parse(fidelity)).toEqual(fidelity);
  expect(fidelity).toEqual({
    minutesCompared: 120,
    minutesLeftOut: 0,
    equalDesiredShare: 1,
    meanAbsoluteErrorInstances: 0,
    actionPrecision: 1,
    actionRecall: 1,
    medianTimingErrorSeconds: 0,
    backlogNrmse: 0,
    ageNrmse: 0,
    costErrorShare: 0,
  });
});

test('[FID-02, FID-03] minutes of unequal desired capacity and wrong instances count by the minute', () => {
  const desired = run.columns.desired.map((value, minute) => (minute < 30 ? value + 1 : value));
  const inService = run.columns.inService.map((value, minute) => (minute < 60 ? value - 2 : value));
  const fidelity = against({ recorded: recorded({ desired, inService }) });
  expect(fidelity.equalDesiredShare).toBe(0.75);
  expect(fidelity.meanAbsoluteErrorInstances).toBe(1);
});

test('[FID-04, FID-05] actions pair within one period, by direction, each once', () => {
  const late = ownActions.map((action) => ({ ...action, atMs: action.atMs + 25_000 }));
  expect(against({ recordedActions: late })).toMatchObject({
    actionPrecision: 1,
    actionRecall: 1,
    medianTimingErrorSeconds: 25,
  });
  const tooLate = ownActions.slice(0, 1).map((action) => ({ ...action, atMs: action.atMs + 61_000 }));
  expect(against({ recordedActions: tooLate })).toMatchObject({
    actionPrecision: 0,
    actionRecall: 0,
    medianTimingErrorSeconds: null,
  });
  const wrongWay = ownActions.slice(0, 1).map((action) => ({ ...action, direction: 'out' as const }));
  expect(ownActions[0]!.direction).toBe('in');
  expect(against({ recordedActions: wrongWay }).actionRecall).toBe(0);
  expect(against({ recordedActions: [...ownActions, ...ownActions] }).actionRecall).toBe(0.5);
  expect(against({ recordedActions: [] }).actionRecall).toBeNull();
});

test('[FID-04] without recorded actions the changes of the recorded desired capacity are taken', () => {
  const fidelity = measureFidelity({ run, recorded: recorded() });
  expect(fidelity).toMatchObject({ actionPrecision: 1, actionRecall: 1 });
  expect(fidelity.medianTimingErrorSeconds).toBeGreaterThan(0); // a column knows its minute only
});

test('[FID-06] errors of backlog and age are relative to the recorded range; a flat recording has none', () => {
  const range = Math.max(...run.columns.backlog) - Math.min(...run.columns.backlog);
  const backlog = run.columns.backlog.map((value) => value + range / 10);
  expect(against({ recorded: recorded({ backlog }) }).backlogNrmse).toBeCloseTo(0.1, 12);
  const ageSeconds = new Float64Array(120).fill(7);
  expect(against({ recorded: recorded({ ageSeconds }) }).ageNrmse).toBeNull();
});

test('[FID-07] the cost error is signed and relative to the recording', () => {
  const dearer = { columns: run.columns, summary: { ...run.summary, costUsd: run.summary.costUsd * 2 } };
  expect(against({ recorded: dearer }).costErrorShare).toBe(-0.5);
  expect(
    against({ recorded: { columns: run.columns, summary: { ...run.summary, costUsd: 0 } } }).costErrorShare,
  ).toBeNull();
});

test('[FID-08, MODEL-28] holes, missing fleets and manual changes are left out and counted', () => {
  const desired = run.columns.desired.with(100, Number.NaN);
  const holes = [{ fromMs: startMs + 5 * 60_000, toMs: startMs + 8 * 60_000, treatedAs: 'zero' }];
  const manualChangesMs = [startMs + 50 * 60_000 + 30_000];
  const fidelity = against({ recorded: recorded({ desired }), holes, manualChangesMs });
  // 3 minutes of the hole, 1 without a fleet, 16 touched by fifteen minutes from 50:30.
  expect(fidelity).toMatchObject({ minutesLeftOut: 20, minutesCompared: 100 });
});

test('[FID-08] when everything is left out nothing is claimed', () => {
  const holes = [{ fromMs: startMs, toMs: startMs + 120 * 60_000, treatedAs: 'zero' }];
  expect(against({ holes })).toMatchObject({
    minutesCompared: 0,
    minutesLeftOut: 120,
    actionPrecision: null,
    actionRecall: null,
    backlogNrmse: null,
  });
});
