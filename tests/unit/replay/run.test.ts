import { describe, expect, test } from 'vitest';
import * as shapes from '../../../src/core/contract/shapes.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import { runReplay } from '../../../src/replay/index.ts';
import {
  alarmOf,
  assumptionsOf,
  inPolicy,
  inputOf,
  lowAlarm,
  outAndIn,
  policyOf,
  setupOf,
  startSeconds,
} from './setups.ts';

const atSeconds = (atMs: number) => atMs / 1000 - startSeconds;

/** Ten quiet minutes, twenty busy ones, then quiet again. */
const crowd = Float64Array.from({ length: 120 }, (_, minute) => (minute >= 10 && minute < 30 ? 600 : 60));

test("the result is the contract's shape", () => {
  const run = runReplay(inputOf({ arrivals: crowd }));
  expect(shapes.replayRun.parse(run)).toEqual(run);
});

test('[REP-02] the same input gives the same run, bit for bit, and is left unchanged', () => {
  const input = inputOf({ arrivals: crowd.slice() });
  const first = runReplay(input);
  expect(runReplay(input)).toEqual(first);
  expect(input.arrivals).toEqual(crowd);
});

test('[ALARM-20, ALARM-21, REP-30] an alarm acts at its own second, on its change and every minute after; repeats fold', () => {
  const setup = setupOf([
    { policy: policyOf({ estimatedInstanceWarmupSeconds: 600 }), alarm: alarmOf({ phaseSeconds: 10 }) },
  ]);
  const run = runReplay(inputOf({ arrivals: crowd.slice(0, 20), setup }));
  // Minute 10 brings 600 - 120: the backlog of 480 shows at its end, 960 a minute later.
  expect(run.alarmChanges).toEqual([
    { atMs: (startSeconds + 70) * 1000, alarmName: 'backlog-high', from: 'INSUFFICIENT_DATA', to: 'OK' },
    { atMs: (startSeconds + 730) * 1000, alarmName: 'backlog-high', from: 'OK', to: 'ALARM' },
  ]);
  expect(
    run.decisions.map(({ atMs, desiredAfter, blockedBy, repeats }) => [
      atSeconds(atMs),
      desiredAfter,
      blockedBy,
      repeats,
    ]),
  ).toEqual([
    [730, 4, null, 0],
    [790, 4, 'credited-in-flight', 6],
  ]);
});

test('[MODEL-02] a publication delay holds the alarm back by whole evaluations', () => {
  const setup = setupOf([{ policy: policyOf(), alarm: alarmOf({ phaseSeconds: 10 }) }]);
  const changeAt = (metricDelaySeconds: number) => {
    const run = runReplay(inputOf({ arrivals: crowd, setup, assumptions: assumptionsOf({ metricDelaySeconds }) }));
    return atSeconds(run.alarmChanges.find(({ to }) => to === 'ALARM')!.atMs);
  };
  // Evaluated at second 10: a datapoint published later than that is seen a minute later.
  expect([0, 10, 11, 70, 71].map(changeAt)).toEqual([730, 730, 790, 790, 850]);
});

test('[REP-20, WARM-05] launches enter service after their delay; scale-in waits until they are warm', () => {
  const run = runReplay(inputOf({ arrivals: crowd }));
  const acted = run.decisions.filter(({ blockedBy }) => blockedBy === null);
  const firstOut = acted.find(({ policyName }) => policyName === 'scale-out')!;
  expect([firstOut.desiredBefore, firstOut.desiredAfter]).toEqual([1, 3]);
  const minuteOut = Math.floor(atSeconds(firstOut.atMs) / 60);
  expect(run.columns.desired[minuteOut]).toBe(3);
  expect(run.columns.inService[minuteOut]).toBe(1);
  expect(run.columns.inService[minuteOut + 1]).toBe(3); // 90 s after second 10 is second 40 of the next minute
  const lastOut = acted.findLast(({ policyName }) => policyName === 'scale-out')!;
  const nextIn = acted.find(({ policyName, atMs }) => policyName === 'scale-in' && atMs > lastOut.atMs)!;
  expect(nextIn.atMs - lastOut.atMs).toBeGreaterThanOrEqual((90 + 120) * 1000);
  expect(run.columns.desired.at(-1)).toBe(1);
});

test('[WARM-05] a low alarm during warm-up is refused and says so', () => {
  // Both alarms read the same depth; the low one is set so high that it is always in ALARM.
  const run = runReplay(
    inputOf({
      arrivals: crowd,
      setup: setupOf([
        { policy: policyOf({ estimatedInstanceWarmupSeconds: 3600 }), alarm: alarmOf({ phaseSeconds: 10 }) },
        { policy: inPolicy, alarm: { ...lowAlarm, threshold: 1e6, evaluationPeriods: 1, datapointsToAlarm: 1 } },
      ]),
      initial: { backlog: 0, inService: 2 },
    }),
  );
  const refused = run.decisions.filter(
    ({ policyName, blockedBy }) => policyName === 'scale-in' && blockedBy === 'scale-out-in-progress',
  );
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]!.rules).toContain('WARM-05');
});

test('[MULTI-01] two policies in one second: the larger capacity is set, both decisions say so', () => {
  const alarm = alarmOf({ name: 'shared', phaseSeconds: 10 });
  const run = runReplay(
    inputOf({
      arrivals: crowd.slice(0, 13),
      setup: setupOf([
        { policy: policyOf({ name: 'plus-one', steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }] }), alarm },
        { policy: policyOf({ name: 'plus-four', steps: [{ lowerBound: 0, upperBound: null, adjustment: 4 }] }), alarm },
      ]),
    }),
  );
  expect(run.decisions.map(({ policyName, delta, desiredAfter }) => [policyName, delta, desiredAfter])).toEqual([
    ['plus-one', 1, 6],
    ['plus-four', 4, 6],
  ]);
  for (const { rules } of run.decisions) expect(rules).toContain('MULTI-01');
  expect(run.alarmChanges.filter(({ to }) => to === 'ALARM')).toHaveLength(1);
  expect(run.summary.launches).toBe(4);
});

describe('what alarms see', () => {
  const depthAlarmState = (over: Parameters<typeof inputOf>[0]) =>
    runReplay(inputOf(over)).alarmChanges.map(({ atMs, to }) => [atSeconds(atMs), to]);
  const still = (alarm: Parameters<typeof alarmOf>[0]) =>
    setupOf([{ policy: policyOf({ enabled: false }), alarm: alarmOf({ threshold: 100, ...alarm }) }]);

  test('[ALARM-24, REP-32] minutes before the range count when they are handed in', () => {
    const arrivals = new Float64Array(5).fill(0);
    const setup = still({ evaluationPeriods: 3, datapointsToAlarm: 3 });
    expect(
      depthAlarmState({
        arrivals,
        setup,
        initial: { backlog: 0, inService: 2, history: { backlog: [900, 900, 900] } },
      }),
    ).toEqual([
      [0, 'ALARM'],
      [60, 'OK'],
    ]);
    expect(depthAlarmState({ arrivals, setup, initial: { backlog: 0, inService: 2 } })).toEqual([[60, 'OK']]);
  });

  test.each([
    // Nobody works: 60 a minute pile up. Minute k holds 60k at its start, 60k + 60 at its end.
    ['end', 'Maximum', 420, 'sample 420 at the end of minute 6'],
    ['end', 'Average', 540, 'samples 300, 360, ... 540 average 420'],
    ['continuous', 'Maximum', 420, 'the largest of minute 6 is 420'],
    ['continuous', 'Average', 600, 'minute averages 330, ... 570 average 450'],
    ['continuous', 'Minimum', 720, 'the least of minutes 7 to 11 is 420'],
  ] as const)(
    '[ALARM-07, REP-33, MODEL-22] a five-minute period slides over %s samples: %s goes off at %i s, as %s',
    (gauge, statistic, at, _because) => {
      const alarm = alarmOf({ threshold: 400, periodSeconds: 300, statistic });
      const setup = setupOf([{ policy: policyOf({ enabled: false }), alarm }], { minSize: 0 });
      const arrivals = new Float64Array(15).fill(60);
      const changes = depthAlarmState({ arrivals, setup, initial: { backlog: 0, inService: 0 }, options: { gauge } });
      expect(changes.at(-1)).toEqual([at, 'ALARM']);
    },
  );

  test('[SQSM-01, REP-34] minutes without a published datapoint are missing, not zero', () => {
    const arrivals = new Float64Array(10).fill(300);
    const setup = still({ treatMissingData: 'missing' });
    const unpublished = new Uint8Array(10).fill(1);
    expect(depthAlarmState({ arrivals, setup, options: { unpublished } })).toEqual([]);
    const notBreaching = still({ treatMissingData: 'notBreaching' });
    expect(depthAlarmState({ arrivals, setup: notBreaching, options: { unpublished } })).toEqual([[0, 'OK']]);
  });

  test('[MATH-02] backlog per instance has no datapoint without instances', () => {
    const setup = setupOf(
      [
        {
          policy: policyOf(),
          alarm: alarmOf({ measure: 'backlogPerInstance', threshold: 1, treatMissingData: 'missing' }),
        },
      ],
      { minSize: 0 },
    );
    const run = runReplay(inputOf({ setup, initial: { backlog: 500, inService: 0 } }));
    expect(run.alarmChanges).toEqual([]);
    expect(run.summary.launches).toBe(0);
  });

  test('[MODEL-22] the backlog column holds the maximum of each minute, or its end', () => {
    const backlog = (gauge?: 'end' | 'continuous') =>
      runReplay(
        inputOf({
          arrivals: new Float64Array(2).fill(0),
          initial: { backlog: 150, inService: 2 },
          setup: still({ threshold: 1e9 }),
          ...(gauge === undefined ? {} : { options: { gauge } }),
        }),
      ).columns.backlog;
    expect([...backlog('end')]).toEqual([30, 0]);
    expect([...backlog('continuous')]).toEqual([150, 30]);
    expect([...backlog()]).toEqual([150, 30]);
  });

  test('[MODEL-22] an alarm sees the statistic it asks for of a minute in which the backlog rises', () => {
    // Minute 10 brings 600 and 120 are worked off: from 0 to 480, on average 240.
    const goesOffAt = (statistic: 'Average' | 'Minimum' | 'Maximum', threshold: number) =>
      depthAlarmState({ arrivals: crowd.slice(0, 20), setup: still({ threshold, statistic }) }).at(-1);
    expect(goesOffAt('Maximum', 479)).toEqual([660, 'ALARM']);
    expect(goesOffAt('Average', 239)).toEqual([660, 'ALARM']);
    expect(goesOffAt('Average', 241)).toEqual([720, 'ALARM']);
    expect(goesOffAt('Minimum', 1)).toEqual([720, 'ALARM']);
  });
});

describe('what comes out of it', () => {
  test('[REP-41, REP-43] cost is by the second from launch to gone, with a minute at least', () => {
    // One launch at second 10, in service 90 s later; +2 stay to the end of 60 minutes, at 0.1 an hour.
    const setup = setupOf([
      { policy: policyOf({ estimatedInstanceWarmupSeconds: 86_400 }), alarm: alarmOf({ phaseSeconds: 10 }) },
    ]);
    const { summary } = runReplay(inputOf({ arrivals: crowd.slice(0, 60), setup }));
    const hours = 2 + (2 * (3600 - 730)) / 3600;
    expect(summary.instanceHours).toBeCloseTo(hours, 12);
    expect(summary.costUsd).toBeCloseTo(hours * 0.1, 12);
    expect(summary).toMatchObject({ launches: 2, terminations: 0, peakInstances: 4 });
  });

  test('[REP-44] minutes over the age goal and minutes at the maximum are counted on the columns', () => {
    const setup = { ...outAndIn, group: { ...outAndIn.group, maxSize: 3 } };
    const { summary, columns } = runReplay(inputOf({ arrivals: crowd, setup }));
    expect(summary.minutesAtMax).toBe(columns.desired.filter((desired) => desired >= 3).length);
    expect(summary.minutesAtMax).toBeGreaterThan(0);
    expect(summary.minutesOverAgeGoal).toBe(columns.ageSeconds.filter((age) => age > 300).length);
    expect(summary.minutesOverAgeGoal).toBeGreaterThan(0);
  });

  test('[REP-45] a backlog that never goes away has no drain instant', () => {
    const setup = setupOf([{ policy: policyOf({ enabled: false }), alarm: alarmOf() }]);
    expect(runReplay(inputOf({ arrivals: new Float64Array(30).fill(600), setup })).summary.drainedAtMs).toBeNull();
  });

  test('[REP-03] holes are filled as asked; arrivals are scaled by the factor', () => {
    const arrivals = Float64Array.from([60, Number.NaN, Number.NaN, 120]);
    const column = (holes: 'interpolate' | 'zero', arrivalFactor = 1) => [
      ...runReplay(inputOf({ arrivals, options: { holes }, assumptions: assumptionsOf({ arrivalFactor }) })).columns
        .arrivals,
    ];
    expect(column('interpolate')).toEqual([60, 80, 100, 120]);
    expect(column('zero')).toEqual([60, 0, 0, 120]);
    expect(column('zero', 2)).toEqual([120, 0, 0, 240]);
  });
});

test('a setup with a fault is refused with its place', () => {
  const setup = setupOf([
    {
      policy: policyOf({ name: 'broken', steps: [{ lowerBound: 0, upperBound: 10, adjustment: 1 }] }),
      alarm: alarmOf(),
    },
  ]);
  expect(() => runReplay(inputOf({ setup }))).toThrow(SpillwayError);
  try {
    runReplay(inputOf({ setup }));
  } catch (thrown) {
    expect(thrown).toMatchObject({
      code: 'POLICY_INVALID',
      params: { policy: 'broken', field: 'policies[0].policy.steps' },
    });
  }
});

test('[REP-37] a decision keeps what its alarm looked at, oldest first, at most 12; a minute without a datapoint is null', () => {
  const unpublished = new Uint8Array(60);
  unpublished[7] = 1;
  const arrivals = new Float64Array(60).fill(60).fill(900, 8, 20);
  const setup = setupOf([{ policy: policyOf(), alarm: alarmOf({ evaluationPeriods: 2, phaseSeconds: 10 }) }]);
  const run = runReplay(inputOf({ arrivals, setup, options: { gauge: 'end', unpublished } }));
  const [first] = run.decisions;
  expect(shapes.decision.parse(first)).toEqual(first);
  const minute = Math.floor(first!.atMs / 1000 - startSeconds) / 60;
  // Two periods and two more (MODEL-01); the newest minute is the one before the evaluation.
  const seen = [4, 3, 2, 1].map((back) => Math.floor(minute) - back);
  expect(first!.datapoints).toEqual(seen.map((at) => (unpublished[at] === 1 ? null : run.columns.backlog[at])));
  expect(first!.datapoints).toContain(null);
  const long = setupOf([{ policy: policyOf(), alarm: alarmOf({ evaluationPeriods: 30, datapointsToAlarm: 1 }) }]);
  expect(runReplay(inputOf({ arrivals, setup: long })).decisions[0]!.datapoints).toHaveLength(12);
});

test('[REP-39] a quick look does the same and tells nothing of it', () => {
  const input = inputOf({
    arrivals: Float64Array.from({ length: 300 }, (_, minute) => 100 + 900 * Number(minute % 60 < 12)),
  });
  const told = runReplay(input);
  const untold = runReplay({ ...input, options: { decisions: false } });
  expect(told.decisions.length).toBeGreaterThan(20);
  expect(untold).toEqual({ ...told, decisions: [] });
});
