/** Who leaves, who may not, what single launches take, and counts that are only approximate. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReplaySetup } from '../../../src/core/contract/shapes.ts';
import { candidateKinds, candidateOf } from '../../../src/core/scaling/candidates.ts';
import { drawDelays, runReplay } from '../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inPolicy, inputOf, outAndIn, policyOf, setupOf } from './setups.ts';

const busy = alarmOf({ measure: 'sent', threshold: 100, phaseSeconds: 10 });
const idle = alarmOf({
  name: 'idle',
  measure: 'sent',
  comparisonOperator: 'LessThanThreshold',
  threshold: 100,
  phaseSeconds: 40,
});
const both = (group: Partial<ReplaySetup['group']>) =>
  setupOf(
    [
      { policy: policyOf({ estimatedInstanceWarmupSeconds: 0 }), alarm: busy },
      { policy: inPolicy, alarm: idle },
    ],
    { minSize: 1, ...group },
  );
const spike = Float64Array.from([200, 0, 0, 0, 0, 0, 0, 0]);
const run = (group: Partial<ReplaySetup['group']>, launchDelaySeconds = 0) =>
  runReplay(
    inputOf({
      arrivals: spike,
      setup: both(group),
      assumptions: assumptionsOf({ launchDelaySeconds, terminateDelaySeconds: 0 }),
    }),
  );

test('[REP-62] the newest leave: what was there before keeps running and the young ones pay their minute only', () => {
  // Two more at 70; one less at 160 and at 220, and at 280 the third of three.
  const oldest = run({});
  const newest = run({ terminationPolicy: 'NewestInstance' });
  expect([...newest.columns.desired]).toEqual([...oldest.columns.desired]);
  expect(newest.summary.instanceHours).toBeCloseTo(oldest.summary.instanceHours, 12);
  const short = (one: typeof oldest) => one.summary.costUsd;
  // Seconds are the same, whoever leaves; only lives under a minute would cost more.
  expect(short(newest)).toBeGreaterThanOrEqual(short(oldest) - 1e-12);
});

test('[REP-62] what is protected stays beyond the desired capacity and is used before a launch', () => {
  const kept = run({ newInstancesProtectedFromScaleIn: true });
  expect(kept.columns.desired.at(-1)).toBe(1);
  // Two were launched and never leave; of the two that were there, both may.
  expect(kept.columns.inService.at(-1)).toBe(2);
  const again = runReplay(
    inputOf({
      arrivals: Float64Array.from([200, 0, 0, 0, 0, 0, 200, 200, 0, 0]),
      setup: both({ newInstancesProtectedFromScaleIn: true }),
      assumptions: assumptionsOf({ launchDelaySeconds: 0, terminateDelaySeconds: 0 }),
    }),
  );
  // Desired was 1 while 2 stood there: from the base of 2 it becomes 4, and only 2 are launched.
  expect(again.columns.desired[6]).toBe(1);
  expect([again.columns.desired[7], again.columns.inService[7]]).toEqual([4, 4]);
  expect(Math.min(...again.columns.inService)).toBeGreaterThanOrEqual(2);
});

test('[REP-63] drawn delays scatter around the assumed ones, the same for the same seed', () => {
  const drawn = drawDelays(assumptionsOf({ launchDelaySeconds: 100 }), 0.5, 7);
  const mean = drawn.launchSeconds.reduce((sum, value) => sum + value, 0) / drawn.launchSeconds.length;
  // Five standard errors of 2,000 draws.
  expect(Math.abs(mean - 100)).toBeLessThan((5 * 50) / Math.sqrt(drawn.launchSeconds.length));
  expect(drawDelays(assumptionsOf({ launchDelaySeconds: 100 }), 0.5, 7)).toEqual(drawn);
  expect(drawDelays(assumptionsOf({ launchDelaySeconds: 100 }), 0.5, 8)).not.toEqual(drawn);
  expect(drawDelays(assumptionsOf({ launchDelaySeconds: 100 }), 0, 7).launchSeconds).toEqual([]);
});

test('[MODEL-35] counts that alarms see are off, the queue itself is not', () => {
  const input = inputOf({
    arrivals: new Float64Array(60).fill(120),
    initial: { backlog: 600, inService: 2 },
    // Never met, so nothing changes the queue: only what is seen differs.
    setup: setupOf([{ policy: policyOf({ enabled: false }), alarm: alarmOf({ threshold: 600, phaseSeconds: 10 }) }]),
  });
  const exact = runReplay(input);
  const noisy = runReplay({ ...input, options: { countNoise: { cv: 0.2, seed: 3 } } });
  expect([...noisy.columns.backlog]).toEqual([...exact.columns.backlog]);
  expect(exact.alarmChanges.length).toBeLessThanOrEqual(1);
  expect(noisy.alarmChanges.length).toBeGreaterThan(10);
  expect(runReplay({ ...input, options: { countNoise: { cv: 0.2, seed: 3 } } })).toEqual(noisy);
  expect(runReplay({ ...input, options: { countNoise: { cv: 0, seed: 3 } } }).alarmChanges).toEqual(exact.alarmChanges);
});

test('[REP-64] whatever scales: nobody below zero, launched and gone add up, desired within its limits', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...candidateKinds),
      fc.array(fc.constantFrom(0, 30, 200, 900, 3000), { minLength: 20, maxLength: 60 }),
      fc.integer({ min: 0, max: 400 }),
      fc.boolean(),
      fc.boolean(),
      (kind, arrivals, launchDelaySeconds, newest, protect) => {
        const stepped: ReplaySetup = {
          ...outAndIn,
          group: {
            ...outAndIn.group,
            ...(newest ? { terminationPolicy: 'NewestInstance' as const } : {}),
            ...(protect ? { newInstancesProtectedFromScaleIn: true } : {}),
          },
        };
        const { minSize, maxSize } = stepped.group;
        const result = runReplay(
          inputOf({
            arrivals: Float64Array.from(arrivals),
            setup: candidateOf(kind, stepped, 50),
            assumptions: assumptionsOf({ launchDelaySeconds }),
          }),
        );
        for (const value of result.columns.inService) expect(value).toBeGreaterThanOrEqual(0);
        for (const value of result.columns.desired) expect(value).toBeLessThanOrEqual(maxSize);
        for (const value of result.columns.desired) expect(value).toBeGreaterThanOrEqual(kind === 'keda' ? 0 : minSize);
        const { launches, terminations, instanceHours } = result.summary;
        expect(instanceHours).toBeGreaterThanOrEqual(0);
        if (!protect) expect(2 + launches - terminations).toBe(result.columns.desired.at(-1));
      },
    ),
    { numRuns: 300 },
  );
});
