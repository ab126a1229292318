/** What happens at exact seconds: entering service, scale-in, termination, alarms that come and go. */
import { expect, test } from 'vitest';
import { measureFidelity, runReplay } from '../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inPolicy, inputOf, policyOf, setupOf, startSeconds } from './setups.ts';

const at = (atMs: number) => atMs / 1000 - startSeconds;
/** On arrivals, so that the test writes down when it goes off; seen at its second of the next minute. */
const onArrivals = alarmOf({ measure: 'sent', threshold: 100, phaseSeconds: 10 });
const idle = alarmOf({
  name: 'idle',
  measure: 'sent',
  comparisonOperator: 'LessThanThreshold',
  threshold: 100,
  phaseSeconds: 40,
});
const outOnly = setupOf([{ policy: policyOf(), alarm: onArrivals }]);

test('[REP-05, REP-21] on scale-in the instance stops at that second, not with its minute', () => {
  const setup = setupOf([{ policy: inPolicy, alarm: idle }], { minSize: 1 });
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(2).fill(60),
      initial: { backlog: 600, inService: 2 },
      setup,
      options: { gauge: 'end' },
    }),
  );
  // 60 a minute come; 120 go until second 100, 60 after it.
  expect(run.decisions.map(({ atMs, desiredAfter }) => [at(atMs), desiredAfter])).toEqual([[100, 1]]);
  expect([...run.columns.backlog]).toEqual([540, 500]);
});

test('[REP-05] what enters service on the last instant of a minute belongs to the next', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([200, 0, 0, 0]),
      setup: setupOf([{ policy: policyOf(), alarm: onArrivals }]),
      assumptions: assumptionsOf({ launchDelaySeconds: 50 }),
    }),
  );
  expect([...run.columns.inService]).toEqual([2, 2, 4, 4]); // asked at 70, in service at 120
});

test('[WARM-01, WARM-08] without warm-up every minute adds to what entered service before it', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(5).fill(500),
      setup: setupOf([
        { policy: policyOf({ estimatedInstanceWarmupSeconds: 0 }), alarm: { ...onArrivals, phaseSeconds: 45 } },
      ]),
      assumptions: assumptionsOf({ launchDelaySeconds: 30 }),
    }),
  );
  expect([...run.columns.desired]).toEqual([2, 4, 6, 8, 10]);
});

test('[REP-35] repeats are folded within one ALARM, not across two', () => {
  const disabled = setupOf([{ policy: policyOf({ enabled: false }), alarm: onArrivals }]);
  const run = runReplay(inputOf({ arrivals: Float64Array.from([200, 200, 200, 0, 200, 200, 0, 0]), setup: disabled }));
  expect(run.decisions.map(({ atMs, blockedBy, repeats }) => [at(atMs), blockedBy, repeats])).toEqual([
    [70, 'policy-disabled', 2],
    [310, 'policy-disabled', 1],
  ]);
});

test('[WARM-05, REP-21] the next scale-in waits until the instance before it is gone', () => {
  const setup = setupOf([{ policy: inPolicy, alarm: idle }], { minSize: 1 });
  const steps = (terminateDelaySeconds: number) =>
    runReplay(
      inputOf({
        arrivals: new Float64Array(8).fill(0),
        initial: { backlog: 0, inService: 5 },
        setup,
        assumptions: assumptionsOf({ terminateDelaySeconds }),
      }),
    ).decisions.filter(({ blockedBy }) => blockedBy === null);
  expect(steps(30).map(({ atMs }) => at(atMs))).toEqual([100, 160, 220, 280]);
  expect(steps(90).map(({ atMs }) => at(atMs))).toEqual([100, 220, 340, 460]);
});

test('[REP-43] an instance that lived for 30 seconds is billed for 60', () => {
  const setup = setupOf(
    [
      {
        policy: policyOf({
          estimatedInstanceWarmupSeconds: 0,
          steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }],
        }),
        alarm: onArrivals,
      },
      { policy: inPolicy, alarm: { ...idle, threshold: 1e9 } },
    ],
    { minSize: 0 },
  );
  const { summary } = runReplay(
    inputOf({
      arrivals: Float64Array.from([200, 200]),
      initial: { backlog: 0, inService: 0 },
      setup,
      assumptions: assumptionsOf({ launchDelaySeconds: 0, terminateDelaySeconds: 0, pricePerInstanceHourUsd: 3600 }),
    }),
  );
  expect(summary).toMatchObject({ launches: 1, terminations: 1, costUsd: 60 });
  expect(summary.instanceHours * 3600).toBeCloseTo(30, 9);
});

test('[REP-45] the drain instant is that of the highest peak', () => {
  const still = setupOf([{ policy: policyOf({ enabled: false }), alarm: onArrivals }]);
  // 120 a minute are worked off: 180 are left after minute 0 and gone at 150 s, 480 after minute 3 and gone at 480 s.
  const run = runReplay(inputOf({ arrivals: Float64Array.from([300, 0, 0, 600, 0, 0, 0, 0, 0]), setup: still }));
  expect(run.summary.peakBacklog).toBe(480);
  expect(at(run.summary.drainedAtMs!)).toBe(480);
  // A lower second one does not move it.
  const falling = runReplay(inputOf({ arrivals: Float64Array.from([600, 0, 0, 0, 0, 300, 0, 0]), setup: still }));
  expect(at(falling.summary.drainedAtMs!)).toBe(300);
});

test('[FID-04, MULTI-01] policies that decided in one second made one action', () => {
  const run = runReplay(
    inputOf({
      arrivals: Float64Array.from([200, 0, 0]),
      setup: setupOf([
        { policy: policyOf({ name: 'a' }), alarm: onArrivals },
        {
          policy: policyOf({ name: 'b', steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }] }),
          alarm: onArrivals,
        },
      ]),
    }),
  );
  expect(run.decisions).toHaveLength(2);
  const recorded = { columns: run.columns, summary: run.summary };
  const recordedActions = [{ atMs: run.decisions[0]!.atMs, direction: 'out' as const }];
  expect(measureFidelity({ run, recorded, recordedActions })).toMatchObject({ actionPrecision: 1, actionRecall: 1 });
});

test('[REP-22] desired capacity beyond the limits is brought within them at the start', () => {
  const run = runReplay(
    inputOf({
      initial: { backlog: 0, inService: 2, desired: 50 },
      setup: { ...outOnly, group: { ...outOnly.group, maxSize: 6 } },
    }),
  );
  expect([run.columns.desired[0], run.columns.inService[0], run.columns.inService[1]]).toEqual([6, 2, 6]);
});
