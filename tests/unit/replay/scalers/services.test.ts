/** ECS services, KEDA, the HPA and Lambda in the loop, by hand. */
import { expect, test } from 'vitest';
import type { Scaler } from '../../../../src/core/contract/scalerShapes.ts';
import type { ReplaySetup } from '../../../../src/core/contract/shapes.ts';
import { judgeRun, runReplay, validateSetup } from '../../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inputOf, policyOf, setupOf, startSeconds } from '../setups.ts';

const at = (atMs: number) => atMs / 1000 - startSeconds;
const acted = (run: ReturnType<typeof runReplay>) =>
  run.decisions
    .filter(({ blockedBy }) => blockedBy === null)
    .map(({ atMs, desiredBefore, desiredAfter }) => [at(atMs), desiredBefore, desiredAfter]);
const scaled = (scaler: Scaler, group: Partial<ReplaySetup['group']> = {}): ReplaySetup => ({
  ...setupOf([], group),
  scaler,
});
const keda = {
  kind: 'keda',
  queueLength: 10,
  activationQueueLength: 0,
  scaleOnInFlight: true,
  pollingIntervalSeconds: 30,
  cooldownPeriodSeconds: 300,
  idleReplicaCount: null,
} as const;
const lambda = {
  kind: 'lambda',
  queue: 'standard',
  batchSize: null,
  maximumBatchingWindowSeconds: null,
  maximumConcurrency: null,
  provisionedPollers: null,
} as const;

test('[REP-74, AAS-02] a step inside the scale-out cooldown is credited with what the first one added', () => {
  const policy = policyOf({
    steps: [
      { lowerBound: 0, upperBound: 1000, adjustment: 2 },
      { lowerBound: 1000, upperBound: null, adjustment: 3 },
    ],
  });
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([500, 500, 2000, 2000, 2000, 2000, 2000, 2000]),
      initial: { backlog: 0, inService: 4 },
      setup: {
        ...setupOf([
          { policy, alarm: alarmOf({ measure: 'sent', threshold: 100, phaseSeconds: 10 }), cooldownSeconds: 300 },
        ]),
        scaler: { kind: 'ecs' },
      },
    }),
  );
  // 4 + 2 at 70; the larger step at 190 makes 4 + 3; its cooldown runs to 490, and only then is there a new base.
  expect(acted(run)).toEqual([
    [70, 4, 6],
    [190, 6, 7],
  ]);
  expect(run.decisions.map(({ blockedBy }) => blockedBy)).toEqual([
    null,
    'credited-in-cooldown',
    null,
    'credited-in-cooldown',
  ]);
});

test('[REP-74, AAS-03] scaling in waits for its cooldown; scaling out ends it', () => {
  const idle = alarmOf({
    name: 'idle',
    measure: 'sent',
    comparisonOperator: 'LessThanThreshold',
    threshold: 100,
    phaseSeconds: 40,
  });
  const busy = alarmOf({ measure: 'sent', threshold: 1000, phaseSeconds: 10 });
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([10, 10, 10, 2000, 10, 10]),
      initial: { backlog: 0, inService: 10 },
      setup: {
        ...setupOf([
          {
            policy: policyOf({ name: 'in', steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }] }),
            alarm: idle,
            cooldownSeconds: 600,
          },
          { policy: policyOf(), alarm: busy, cooldownSeconds: 60 },
        ]),
        scaler: { kind: 'ecs' },
      },
    }),
  );
  expect(acted(run)).toEqual([
    [100, 10, 9],
    [250, 9, 11],
    [340, 11, 10],
  ]);
});

test('[REP-75, KEDA-03] KEDA wakes a sleeping workload at its poll, the HPA takes over from there', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([0, 240, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      initial: { backlog: 0, inService: 0 },
      setup: scaled(keda, { minSize: 0, maxSize: 20 }),
      assumptions: assumptionsOf({ launchDelaySeconds: 10, throughputPerInstancePerMinute: 60 }),
    }),
  );
  const [wake, first] = run.decisions;
  // 4 messages a second from 60 on: 120 of them at the poll of second 90.
  expect(wake).toMatchObject({ kind: 'keda', desiredBefore: 0, desiredAfter: 1, metricValue: 120, threshold: 0 });
  expect(at(wake!.atMs)).toBe(90);
  // At 105 there are 4 x 45, less 5 s of one pod: 175, and one in hand, 10 a replica: 18; at most 4 pods more at once (HPA-03).
  expect(at(first!.atMs)).toBe(105);
  expect(first).toMatchObject({ desiredBefore: 1, desiredAfter: 5, metricValue: 176, threshold: 10, delta: 17 });
});

test('[REP-75, KEDA-04] it sleeps again once nothing was there for the cooldown period', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([60, ...new Array(14).fill(0)]),
      initial: { backlog: 0, inService: 1 },
      setup: scaled(keda, { minSize: 0, maxSize: 20 }),
      assumptions: assumptionsOf({ launchDelaySeconds: 0 }),
    }),
  );
  // Last active at the poll of second 60? By then everything of the first minute is processed: last active at 30.
  expect(acted(run)).toEqual([[360, 1, 0]]);
  expect(run.columns.desired.at(-1)).toBe(0);
});

test('[REP-75, HPA-03] nothing is taken away before the highest recommendation of five minutes allows it', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([600, 600, ...new Array(10).fill(60)]),
      initial: { backlog: 0, inService: 10 },
      setup: scaled({ ...keda, queueLength: 1, behavior: { tolerance: 0.1 } }, { minSize: 1, maxSize: 10 }),
    }),
  );
  const [down] = acted(run);
  // Ten busy until 120; the recommendation made at 105 leaves the window of 300 s after 405.
  expect(down).toEqual([420, 10, 1]);
  expect(run.decisions.find(({ blockedBy }) => blockedBy === 'stabilised')).toBeDefined();
});

test('[REP-76, HPA-01] the HPA alone goes by utilization', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(4).fill(180),
      initial: { backlog: 0, inService: 3 },
      setup: scaled({ kind: 'hpa', targetUtilizationPercent: 50 }),
      assumptions: assumptionsOf({ launchDelaySeconds: 20 }),
    }),
  );
  // All 3 pods are busy, against 50 %: 6, which are enough.
  expect(acted(run)).toEqual([[15, 3, 6]]);
  expect(run.columns.desired.at(-1)).toBe(6);
});

test('[REP-77, LSQS-01] batches grow from 5 by 300 a minute while messages wait, and go when nothing does', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([60, 60_000, 60_000, 60, 60, 60]),
      initial: { backlog: 0, inService: 5 },
      setup: scaled(lambda, { minSize: 0, maxSize: 1000 }),
      assumptions: assumptionsOf({ launchDelaySeconds: 500, throughputPerInstancePerMinute: 60 }),
    }),
  );
  const { desired } = run.columns;
  expect(desired[0]).toBe(1);
  // The ramp begins with the first look after the messages came, at 60: 5, and 275 more by the look at 115.
  expect(desired[1]).toBe(280);
  expect(desired[2]).toBe(580);
  expect(desired.at(-1)).toBe(1);
  // Paid: a second of one batch for each message.
  expect(run.summary.instanceHours).toBeCloseTo((60 * 4 + 120_000) / 3600, 6);
  expect(run.decisions.map(({ kind }) => kind)).toContain('lambda');
});

test('[REP-77, LSQS-02] MaximumConcurrency holds the growth', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(4).fill(60_000),
      initial: { backlog: 0, inService: 0 },
      setup: scaled({ ...lambda, maximumConcurrency: 50 }, { minSize: 0, maxSize: 1000 }),
    }),
  );
  expect(Math.max(...run.columns.desired)).toBe(50);
  expect(run.decisions.find(({ blockedBy }) => blockedBy === 'at-maximum')).toMatchObject({ desiredBefore: 50 });
});

test('[YARD-56] a function is judged without a fleet: what a fleet has is undefined, and only its own antipatterns are named', () => {
  const judged = (maximumConcurrency: number | null) => {
    const input = inputOf({
      arrivals: new Float64Array(60).fill(6000),
      initial: { backlog: 0, inService: 0 },
      setup: scaled({ ...lambda, maximumConcurrency }, { minSize: 0, maxSize: 1000 }),
      assumptions: assumptionsOf({ throughputPerInstancePerMinute: 60, pricePerInstanceHourUsd: 0.36 }),
    });
    return judgeRun(runReplay(input), input.assumptions, input.initial);
  };
  const held = judged(50);
  expect(new Set(Object.values(held.elasticity))).toEqual(new Set([null]));
  expect(held.regret).toBeNull();
  // A second of work each, at a ten-thousandth of a dollar a second.
  expect(held.money).toMatchObject({ wasteShare: null, livesUnder10Minutes: null });
  expect(held.money.costPerMillionMessagesUsd).toBeCloseTo(100, 9);
  expect(held.spike).toMatchObject({ overshootInstances: null, firstNewInstanceMinutes: null });
  expect(held.waits.lateMessages).toBeGreaterThan(0);
  expect(held.antipatterns).toMatchObject([{ antipattern: 'clippedAtMax', params: { max: 50 } }]);
  const free = judged(null);
  expect(free.waits.lateMessages).toBe(0);
  expect(free.antipatterns).toEqual([]);
});

test('[LSQS-02] a mapping that Lambda would refuse is refused', () => {
  expect(
    validateSetup(scaled({ ...lambda, maximumConcurrency: 1 })).map(({ field, reason }) => [field, reason]),
  ).toEqual([['scaler.maximumConcurrency', 'mappingConcurrencyOutOfRange']]);
});

test('the same setup gives the same run, bit for bit', () => {
  for (const scaler of [keda, lambda, { kind: 'hpa', targetUtilizationPercent: 60 }] as const) {
    const input = inputOf({
      arrivals: Float64Array.from({ length: 200 }, (_, m) => 60 + 50 * Math.sin(m)),
      setup: scaled(scaler),
    });
    expect(runReplay(input)).toEqual(runReplay(input));
  }
});
