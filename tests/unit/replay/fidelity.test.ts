import { describe, expect, test } from 'vitest';
import * as shapes from '../../../src/core/contract/shapes.ts';
import { fidelityLeftOut, minutesByReason } from '../../../src/core/messages/fidelity.ts';
import { type FidelityInput, measureFidelity, runReplay } from '../../../src/replay/index.ts';
import { inputOf, outAndIn, startSeconds } from './setups.ts';

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

/** "reason from-to" in minutes of the range. */
const stretchesOf = ({ leftOut }: ReturnType<typeof measureFidelity>) =>
  leftOut!.map(({ fromMs, toMs, reason }) => `${reason} ${(fromMs - startMs) / 60_000}-${(toMs - startMs) / 60_000}`);

test('[FID-01] a replay held against itself is perfect', () => {
  const fidelity = against();
  expect(shapes.fidelity.parse(fidelity)).toEqual(fidelity);
  expect(fidelity).toEqual({
    minutesCompared: 120,
    minutesLeftOut: 0,
    leftOut: [],
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
  expect(stretchesOf(fidelity)).toEqual(['hole 5-8', 'manual-change 50-66', 'no-fleet 100-101']);
});

test('[FID-08] a minute has the first reason that holds; stretches and counts add up to what is left out', () => {
  const holes = [{ fromMs: startMs + 55 * 60_000, toMs: startMs + 60 * 60_000, treatedAs: 'zero' }];
  const fidelity = against({ holes, manualChangesMs: [startMs + 50 * 60_000], failuresMs: [startMs + 62 * 60_000] });
  expect(stretchesOf(fidelity)).toEqual([
    'manual-change 50-55',
    'hole 55-60',
    'manual-change 60-65',
    'instance-failure 65-77',
  ]);
  expect(minutesByReason(fidelity.leftOut!)).toEqual([
    { reason: 'instance-failure', minutes: 12 },
    { reason: 'manual-change', minutes: 10 },
    { reason: 'hole', minutes: 5 },
  ]);
  expect(fidelity.minutesLeftOut).toBe(27);
  for (const words of Object.values(fidelityLeftOut)) expect(words.ko).toMatch(/[가-힣]/);
});

test('[FID-09] minutes before the newest change of the setup belonged to another one', () => {
  const fidelity = against({ setupChangedMs: startMs + 29.5 * 60_000 });
  expect(stretchesOf(fidelity)).toEqual(['earlier-setup 0-30']);
  expect(fidelity.actionRecall).toBe(1);
  expect(against({ setupChangedMs: null }).minutesLeftOut).toBe(0);
});

describe('[FID-10] both fleets at the maximum', () => {
  // The crowd takes this group to 4 and holds it there.
  const small = runReplay(
    inputOf({ arrivals: crowd, setup: { ...outAndIn, group: { ...outAndIn.group, maxSize: 4 } } }),
  );
  const pinned = [...small.columns.desired].map((desired) => desired === 4);
  const first = pinned.indexOf(true);
  const last = pinned.lastIndexOf(true);
  const recordedSmall = { columns: small.columns, summary: small.summary };

  test('say nothing of the policy but two minutes from the edges, and still something of the queue', () => {
    expect(last - first).toBeGreaterThan(20);
    const fidelity = measureFidelity({ run: small, recorded: recordedSmall });
    expect(stretchesOf(fidelity)).toEqual([`at-maximum ${first + 2}-${last + 1 - 2}`]);
    expect(fidelity).toMatchObject({ actionPrecision: 1, actionRecall: 1 });
    const wrong = small.columns.backlog.map((value, minute) => (minute === first + 5 ? value * 2 : value));
    const other = { columns: { ...small.columns, backlog: wrong }, summary: small.summary };
    expect(measureFidelity({ run: small, recorded: other }).backlogNrmse).toBeGreaterThan(0);
  });

  test('a recorded fleet elsewhere is compared: that is an error and counts', () => {
    const desired = small.columns.desired.map((value, minute) => (minute > first + 10 && minute <= last ? 3 : value));
    const fidelity = measureFidelity({
      run: small,
      recorded: { columns: { ...small.columns, desired }, summary: small.summary },
    });
    expect(stretchesOf(fidelity)).toEqual([`at-maximum ${first + 2}-${first + 9}`]);
    expect(fidelity.equalDesiredShare).toBeLessThan(1);
  });
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
