/** What holds for every replay, whatever the traffic, the policies and the assumptions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runReplay } from '../../../src/replay/index.ts';
import { FluidPlant } from '../../../src/replay/plants/fluid.ts';
import { alarmOf, assumptionsOf, inPolicy, inputOf, lowAlarm, policyOf, setupOf } from './setups.ts';

const scenario = fc.record({
  arrivals: fc.array(fc.constantFrom(0, 30, 60, 120, 400, 900, 2500), { minLength: 30, maxLength: 120 }),
  backlog: fc.integer({ min: 0, max: 5_000 }),
  minSize: fc.integer({ min: 0, max: 3 }),
  spread: fc.integer({ min: 0, max: 15 }),
  out: fc.integer({ min: 1, max: 12 }),
  into: fc.integer({ min: -5, max: -1 }),
  launchDelaySeconds: fc.integer({ min: 0, max: 400 }),
  warmup: fc.integer({ min: 0, max: 400 }),
  metricDelaySeconds: fc.integer({ min: 0, max: 200 }),
  phases: fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 })),
  type: fc.constantFrom('ChangeInCapacity' as const, 'PercentChangeInCapacity' as const),
});

test('capacity stays within [min, max], backlog and age are never negative, what is launched and left adds up', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const { minSize, spread } = drawn;
      const maxSize = minSize + spread;
      const run = runReplay(
        inputOf({
          arrivals: Float64Array.from(drawn.arrivals),
          initial: { backlog: drawn.backlog, oldestAgeSeconds: 100, inService: minSize },
          setup: setupOf(
            [
              {
                policy: policyOf({
                  adjustmentType: drawn.type,
                  minAdjustmentMagnitude: drawn.type === 'PercentChangeInCapacity' ? 1 : null,
                  estimatedInstanceWarmupSeconds: drawn.warmup,
                  steps: [
                    {
                      lowerBound: 0,
                      upperBound: null,
                      adjustment: drawn.out * (drawn.type === 'ChangeInCapacity' ? 1 : 10),
                    },
                  ],
                }),
                alarm: alarmOf({ phaseSeconds: drawn.phases[0] }),
              },
              {
                policy: { ...inPolicy, steps: [{ lowerBound: null, upperBound: 0, adjustment: drawn.into }] },
                alarm: { ...lowAlarm, evaluationPeriods: 2, datapointsToAlarm: 2, phaseSeconds: drawn.phases[1] },
              },
            ],
            { minSize, maxSize },
          ),
          assumptions: assumptionsOf(drawn),
        }),
      );
      for (const desired of run.columns.desired) {
        expect(desired).toBeGreaterThanOrEqual(minSize);
        expect(desired).toBeLessThanOrEqual(maxSize);
      }
      for (const column of [run.columns.backlog, run.columns.ageSeconds, run.columns.inService]) {
        for (const value of column) expect(value).toBeGreaterThanOrEqual(0);
      }
      expect(run.columns.desired.at(-1)).toBe(minSize + run.summary.launches - run.summary.terminations);
      expect(run.summary.peakBacklog).toBeGreaterThanOrEqual(Math.max(...run.columns.backlog) - 1e-9);
      expect(run.summary.worstAgeSeconds).toBeGreaterThanOrEqual(Math.max(...run.columns.ageSeconds) - 1e-9);
      // Only decisions change desired capacity, and they chain.
      let desired = minSize;
      for (const decision of run.decisions) {
        expect(decision.desiredBefore === desired || decision.rules.includes('MULTI-01')).toBe(true);
        desired = decision.desiredAfter;
      }
      expect(desired).toBe(run.columns.desired.at(-1));
    }),
    { numRuns: 300 },
  );
});

test('conservation: arrivals and the backlog of the start are processed or still waiting', () => {
  const flow = fc.record({
    arrivals: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 }),
    backlog: fc.integer({ min: 0, max: 10_000 }),
    cuts: fc.array(fc.record({ second: fc.integer({ min: 1, max: 59 }), rate: fc.integer({ min: 0, max: 40 }) }), {
      minLength: 1,
      maxLength: 60,
    }),
  });
  fc.assert(
    fc.property(flow, ({ arrivals, backlog, cuts }) => {
      const plant = new FluidPlant(Float64Array.from(arrivals), backlog, 60);
      let arrived = backlog;
      arrivals.forEach((count, minute) => {
        const { second, rate } = cuts[minute % cuts.length]!;
        plant.beginMinute();
        plant.servicePerSecond = rate;
        plant.advance(minute, minute * 60 + second);
        expect(plant.backlog).toBeGreaterThanOrEqual(0);
        plant.servicePerSecond = 20;
        plant.advance(minute, minute * 60 + 60);
        arrived += count;
        const off = Math.abs(plant.processed + plant.backlog - arrived);
        expect(off).toBeLessThanOrEqual(1e-9 * Math.max(1, arrived));
        expect(plant.ageSeconds).toBeGreaterThanOrEqual(0);
        expect(plant.backlog > 1e-9 || plant.ageSeconds < 1e-6).toBe(true);
      });
    }),
    { numRuns: 1_000 },
  );
});

test('the age of the head agrees with a count of single messages', () => {
  // Whole messages, one by one: message k of a minute with n arrives (k + 1/2)/n into it; FIFO. Fluid and count differ by one message.
  const flow = fc.record({
    arrivals: fc.array(fc.integer({ min: 50, max: 300 }), { minLength: 3, maxLength: 20 }),
    perMinute: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 20, maxLength: 20 }),
  });
  fc.assert(
    fc.property(flow, ({ arrivals, perMinute }) => {
      const plant = new FluidPlant(Float64Array.from(arrivals), 0, 0);
      const arrivedAt: number[] = [];
      arrivals.forEach((count, minute) => {
        for (let k = 0; k < count; k++) arrivedAt.push(minute * 60 + (60 * (k + 0.5)) / count);
        plant.beginMinute();
        plant.servicePerSecond = perMinute[minute]! / 60;
        plant.advance(minute, minute * 60 + 60);
        const head = arrivedAt[Math.floor(plant.processed + 1e-6)];
        const counted = head === undefined ? 0 : minute * 60 + 60 - head;
        expect(Math.abs(plant.ageSeconds - counted)).toBeLessThanOrEqual(60 / 50 + 1e-6);
      });
    }),
    { numRuns: 300 },
  );
});
