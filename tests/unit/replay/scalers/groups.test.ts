/** Simple scaling and target tracking in the loop, by hand. */
import { expect, test } from 'vitest';
import type { ReplaySetup } from '../../../../src/core/contract/shapes.ts';
import { runReplay, validateSetup } from '../../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inputOf, lowAlarm, policyOf, setupOf, startSeconds } from '../setups.ts';

const at = (atMs: number) => atMs / 1000 - startSeconds;
const busy = alarmOf({ measure: 'sent', threshold: 100, phaseSeconds: 10 });
const simplePolicy = {
  name: 'add-one',
  adjustmentType: 'ChangeInCapacity',
  adjustment: 1,
  minAdjustmentMagnitude: null,
  cooldownSeconds: 120,
  enabled: true,
} as const;
const tracked = {
  name: 'track',
  measure: 'backlogPerInstance',
  statistic: 'Average',
  targetValue: 100,
  disableScaleIn: false,
  estimatedInstanceWarmupSeconds: 60,
  scaleOutCooldownSeconds: null,
  scaleInCooldownSeconds: null,
  enabled: true,
  phaseSeconds: 20,
} as const;
const acted = (run: ReturnType<typeof runReplay>) =>
  run.decisions
    .filter(({ blockedBy }) => blockedBy === null)
    .map(({ atMs, desiredBefore, desiredAfter }) => [at(atMs), desiredBefore, desiredAfter]);

test('[REP-71, COOL-01, COOL-02] a simple policy waits for its launch, then for the cooldown after it', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(12).fill(500),
      setup: { ...setupOf([]), simple: [{ policy: simplePolicy, alarm: busy }] },
      assumptions: assumptionsOf({ launchDelaySeconds: 90 }),
    }),
  );
  // Asked at 70, in service at 160, cooldown to 280: the alarm's next second after that is 310; then 400, 520, and 550.
  expect(acted(run)).toEqual([
    [70, 2, 3],
    [310, 3, 4],
    [550, 4, 5],
  ]);
  expect(run.decisions.map(({ blockedBy, repeats }) => [blockedBy, repeats])).toEqual([
    [null, 0],
    ['activity-in-progress', 0],
    ['cooldown', 1],
    [null, 0],
    ['activity-in-progress', 0],
    ['cooldown', 1],
    [null, 0],
    ['activity-in-progress', 0],
    ['cooldown', 0],
  ]);
  expect(run.decisions.every(({ kind }) => kind === 'simple')).toBe(true);
});

test('[REP-71] a cooldown of 0 leaves only the activity to wait for', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(6).fill(500),
      setup: { ...setupOf([]), simple: [{ policy: { ...simplePolicy, cooldownSeconds: 0 }, alarm: busy }] },
      assumptions: assumptionsOf({ launchDelaySeconds: 90 }),
    }),
  );
  expect(acted(run)).toEqual([
    [70, 2, 3],
    [190, 3, 4],
    [310, 4, 5],
  ]);
});

test('[REP-72, TT-01, TT-03] target tracking adds after three minutes above the target, as much as brings it back', () => {
  // 120 a minute come and 120 go; at first 1,000 wait: 500 behind each of two.
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(20).fill(120),
      initial: { backlog: 1000, inService: 2 },
      setup: { ...setupOf([]), tracking: [tracked] },
      assumptions: assumptionsOf({ launchDelaySeconds: 0 }),
    }),
  );
  const [first] = run.decisions;
  // Minutes 0, 1, 2 are published by second 200: 3 x 60 + 20.
  expect(first).toMatchObject({
    kind: 'target-tracking',
    policyName: 'track',
    alarmName: 'track-AlarmHigh',
    metricValue: 500,
    threshold: 100,
    baseCapacity: 2,
    delta: 8,
    desiredBefore: 2,
    desiredAfter: 10,
    blockedBy: null,
  });
  expect(at(first!.atMs)).toBe(200);
});

test('[REP-72, TT-01] it removes after fifteen minutes under nine tenths of the target, never below the minimum', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(40).fill(60),
      initial: { backlog: 0, inService: 6 },
      setup: { ...setupOf([], { minSize: 2 }), tracking: [tracked] },
    }),
  );
  expect(acted(run)).toEqual([[15 * 60 + 20, 6, 2]]);
  expect(run.columns.desired.at(-1)).toBe(2);
});

test('[TT-06] with scale-in disabled nothing is removed', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(40).fill(60),
      initial: { backlog: 0, inService: 6 },
      setup: { ...setupOf([]), tracking: [{ ...tracked, disableScaleIn: true }] },
    }),
  );
  expect(run.decisions).toEqual([]);
  expect(run.columns.desired.at(-1)).toBe(6);
});

test('[REP-73, MULTI-02] in only when every policy is ready; one that waits for another says so', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(40).fill(300),
      initial: { backlog: 0, inService: 6 },
      setup: {
        ...setupOf([]),
        // 300 of 360: 83 % busy, above what this one may go below.
        tracking: [tracked, { ...tracked, name: 'busy', measure: 'utilization', targetValue: 85 }],
      },
    }),
  );
  expect(run.columns.desired.at(-1)).toBe(6);
  expect(run.decisions).toHaveLength(1);
  expect(run.decisions[0]).toMatchObject({ policyName: 'track', blockedBy: 'held-by-another-policy', repeats: 24 });
});

test('[REP-78] utilization is what was processed over what could have been', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(6).fill(90),
      initial: { backlog: 0, inService: 2 },
      setup: setupOf([
        { policy: policyOf(), alarm: alarmOf({ measure: 'utilization', threshold: 74, phaseSeconds: 10 }) },
      ]),
    }),
  );
  expect(run.decisions[0]?.metricValue).toBe(75);
});

test('[REP-70, MULTI-01] a step policy and target tracking on one second: the larger capacity', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(8).fill(500),
      initial: { backlog: 1000, inService: 2 },
      setup: {
        ...setupOf([
          { policy: policyOf({ estimatedInstanceWarmupSeconds: 600 }), alarm: { ...busy, phaseSeconds: 20 } },
        ]),
        tracking: [tracked],
      },
    }),
  );
  // At 80 the step adds 2, which still warm up at 200: tracking goes by the two that are warm, at 500 each, and asks for 10.
  const at200 = run.decisions.filter(({ atMs }) => at(atMs) === 200);
  expect(at200).toHaveLength(1);
  expect(at200[0]).toMatchObject({ kind: 'target-tracking', desiredBefore: 4, desiredAfter: 10 });
  expect(run.columns.desired[3]).toBe(10);
});

test('[REP-79] nothing but a group is a fleet of constant size', () => {
  const run = runReplay(inputOf({ arrivals: new Float64Array(30).fill(500), setup: setupOf([]) }));
  expect(run.decisions).toEqual([]);
  expect(new Set(run.columns.desired)).toEqual(new Set([2]));
});

test('what a service would refuse is refused, with the place', () => {
  const faults = (setup: Partial<ReplaySetup>) =>
    validateSetup({ ...setupOf([]), ...setup }).map(({ field, reason }) => [field, reason]);
  expect(faults({ simple: [{ policy: { ...simplePolicy, minAdjustmentMagnitude: 2 }, alarm: busy }] })).toEqual([
    ['simple[0].policy.minAdjustmentMagnitude', 'minMagnitudeNeedsPercent'],
  ]);
  expect(faults({ tracking: [{ ...tracked, targetValue: 0 }] })).toEqual([
    ['tracking[0].targetValue', 'targetOutOfRange'],
  ]);
  expect(
    faults({
      policies: [{ policy: policyOf(), alarm: lowAlarm }],
      scaler: { kind: 'hpa', targetUtilizationPercent: 70 },
    }),
  ).toEqual([['scaler', 'scalerDecidesAlone']]);
  expect(faults({ scaler: { kind: 'ecs' }, simple: [{ policy: simplePolicy, alarm: busy }] })).toEqual([
    ['simple', 'simpleNeedsGroup'],
  ]);
  expect(
    faults({
      policies: [
        { policy: policyOf(), alarm: busy },
        { policy: policyOf({ name: 'other' }), alarm: { ...busy, threshold: 3 } },
      ],
    }),
  ).toEqual([['alarm.name', 'alarmTwice']]);
});
