/** What is read from a recording: holes, phase, its summary, actions, suggestions. */
import { describe, expect, test } from 'vitest';
import * as shapes from '../../../src/core/contract/shapes.ts';
import {
  actionsFromActivities,
  actionsFromDesired,
  estimatePhaseSeconds,
  fillHoles,
  type RecordedActivity,
  requestedAtMs,
  suggestSetups,
  summarizeRecorded,
  validateSetup,
} from '../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, outAndIn, policyOf, setupOf, startSeconds } from './setups.ts';

const _ = Number.NaN;
const startMs = startSeconds * 1000;
const launch = (fromSeconds: number, tookSeconds: number, instanceId = 'i-1'): RecordedActivity => ({
  startMs: startMs + fromSeconds * 1000,
  endMs: startMs + (fromSeconds + tookSeconds) * 1000,
  direction: 'launch',
  instanceId,
  successful: true,
});
const terminate = (fromSeconds: number, tookSeconds: number, instanceId = 'i-1'): RecordedActivity => ({
  ...launch(fromSeconds, tookSeconds, instanceId),
  direction: 'terminate',
});

describe('[REP-03] holes', () => {
  test.each([
    ['in the middle', [10, _, _, 40], 'interpolate', [10, 20, 30, 40], 'interpolated'],
    ['at the start', [_, _, 40], 'interpolate', [40, 40, 40], 'interpolated'],
    ['at the end', [10, _], 'interpolate', [10, 10], 'interpolated'],
    ['everywhere', [_, _], 'interpolate', [0, 0], 'zero'],
    ['as zero', [10, _, 30], 'zero', [10, 0, 30], 'zero'],
  ] as const)('%s: %j, %s -> %j, told as %s', (_where, arrivals, treatment, filled, treatedAs) => {
    const answer = fillHoles(Float64Array.from(arrivals), startSeconds, treatment);
    expect([...answer.arrivals]).toEqual(filled);
    expect(answer.holes.map((hole) => hole.treatedAs)).toEqual([treatedAs]);
  });

  test('each hole has its range; a column without holes is handed back as it is', () => {
    const whole = Float64Array.from([1, 2]);
    expect(fillHoles(whole, startSeconds).arrivals).toBe(whole);
    expect(fillHoles(Float64Array.from([1, _, 3, _, _, 6]), startSeconds).holes).toEqual([
      { fromMs: startMs + 60_000, toMs: startMs + 120_000, treatedAs: 'interpolated' },
      { fromMs: startMs + 180_000, toMs: startMs + 300_000, treatedAs: 'interpolated' },
    ]);
  });
});

test.each([
  [[], null],
  [[6, 66, 126], 6],
  [[6.263, 16 * 60 + 6.9, 7], 6],
  [[59, 60 + 0, 120 + 58], 59],
] as const)('[MODEL-03] state changes at seconds %j: phase %s', (seconds, phase) => {
  expect(estimatePhaseSeconds(seconds.map((second) => startMs + second * 1000))).toBe(phase);
});

describe('the recorded fleet in the same terms', () => {
  const columns = {
    times: Float64Array.from({ length: 6 }, (__, minute) => startSeconds + minute * 60),
    arrivals: new Float64Array(6).fill(100),
    backlog: Float64Array.from([0, 500, 1000, 400, 9, 0]),
    ageSeconds: Float64Array.from([0, 100, 400, 350, _, 0]),
    desired: Float64Array.from([2, 4, 4, 4, 3, 3]),
    inService: Float64Array.from([2, 2, 4, 4, 3, 3]),
  };

  test('[REP-41, REP-44, REP-45] peaks, minutes, launches and drain from the columns alone', () => {
    const summary = summarizeRecorded({
      columns,
      assumptions: assumptionsOf({ pricePerInstanceHourUsd: 36 }),
      maxSize: 4,
    });
    expect(shapes.replaySummary.parse(summary)).toEqual(summary);
    // 18 instance-minutes, two launches of 90 s and one termination of 30 s as assumed.
    expect(summary).toEqual({
      peakBacklog: 1000,
      worstAgeSeconds: 400,
      minutesOverAgeGoal: 2,
      instanceHours: (18 * 60 + 2 * 90 + 30) / 3600,
      costUsd: ((18 * 60 + 2 * 90 + 30) / 3600) * 36,
      launches: 2,
      terminations: 1,
      peakInstances: 4,
      minutesAtMax: 3,
      drainedAtMs: startMs + 5 * 60_000,
    });
  });

  test('[REP-43] activities give exact times, and the minimum for instances that lived under a minute', () => {
    const activities = [launch(60, 40, 'a'), launch(61, 50, 'b'), launch(100, 10, 'c'), terminate(120, 15, 'c')];
    const summary = summarizeRecorded({
      columns,
      assumptions: assumptionsOf({ pricePerInstanceHourUsd: 3600 }),
      maxSize: null,
      activities,
    });
    expect(summary).toMatchObject({ launches: 3, terminations: 1, minutesAtMax: 0 });
    expect(summary.instanceHours * 3600).toBeCloseTo(18 * 60 + 100 + 15, 9);
    expect(summary.costUsd).toBeCloseTo(18 * 60 + 100 + 15 + (60 - 35), 9); // c lived 35 s
  });
});

test('actions: one per change of desired capacity, several activities together', () => {
  const times = Float64Array.from([0, 60, 120, 180, 240]);
  expect(actionsFromDesired([2, 2, 5, _, 4], times)).toEqual([
    { atMs: 150_000, direction: 'out' },
    { atMs: 270_000, direction: 'in' },
  ]);
  const activities = [terminate(300, 30), launch(12, 90), launch(10, 90), launch(35, 90), launch(70, 90)];
  expect(actionsFromActivities(activities).map(({ atMs, direction }) => [(atMs - startMs) / 1000, direction])).toEqual([
    [10, 'out'],
    [70, 'out'],
    [300, 'in'],
  ]);
});

test.each([
  [
    'At 2026-03-02T07:05:13Z a monitor alarm high in state ALARM triggered policy out changing the desired capacity from 2 to 4.  At 2026-03-02T07:05:31Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 4.',
    '2026-03-02T07:05:13Z',
  ],
  [
    'At 2026-03-02T07:05:13Z a monitor alarm a triggered policy p.  At 2026-03-02T07:05:20Z a user request explicitly set group desired capacity changing the desired capacity from 4 to 5.  At 2026-03-02T07:05:31Z an instance was taken out of service.  At 2026-03-02T07:05:31Z instance i-1 was selected for termination.',
    '2026-03-02T07:05:20Z',
  ],
  ['At 2026-03-02T07:05:31Z an instance was taken out of service in response to a health check.', null],
  ['', null],
] as const)('[ALARM-22] the request that a cause names: %s', (cause, at) => {
  expect(requestedAtMs(cause)).toBe(at === null ? null : Date.parse(at));
});

describe('[SUG-01 to SUG-03] suggestions', () => {
  const deployed = setupOf([
    { policy: policyOf(), alarm: alarmOf({ evaluationPeriods: 3, datapointsToAlarm: 2, periodSeconds: 300 }) },
    outAndIn.policies[1]!,
  ]);

  test('two valid setups with names of their own; the deployed one is left as it is', () => {
    const before = structuredClone(deployed);
    const suggestions = suggestSetups(deployed);
    expect(suggestions).toHaveLength(2);
    expect(new Set([deployed.label, ...suggestions.map(({ label }) => label)]).size).toBe(3);
    for (const suggestion of suggestions) {
      expect(validateSetup(suggestion)).toEqual([]);
      expect(shapes.replaySetup.parse(suggestion)).toEqual(suggestion);
      expect(suggestion).not.toEqual({ ...deployed, label: suggestion.label });
    }
    expect(deployed).toEqual(before);
  });

  test('one notices sooner, the other adds more and takes away later', () => {
    const [sooner, larger] = suggestSetups(deployed);
    expect(sooner!.policies[0]!.alarm).toMatchObject({ periodSeconds: 60, evaluationPeriods: 1, datapointsToAlarm: 1 });
    expect(sooner!.policies[1]).toEqual(deployed.policies[1]);
    expect(larger!.policies[0]!.policy.steps[0]!.adjustment).toBe(4);
    expect(larger!.policies[1]!.alarm).toMatchObject({ evaluationPeriods: 10, datapointsToAlarm: 10 });
  });

  test('an alarm that already acts on one minute gets half the threshold', () => {
    const [sooner] = suggestSetups(outAndIn);
    expect(sooner!.policies[0]!.alarm.threshold).toBe(250);
  });
});
