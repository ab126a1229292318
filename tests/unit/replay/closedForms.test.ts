/**
 * The plant and the loop against closed forms: what a fluid queue must give, to 1e-9.
 */
import { expect, test } from 'vitest';
import { runReplay } from '../../../src/replay/index.ts';
import { FluidPlant } from '../../../src/replay/plants/fluid.ts';
import { alarmOf, assumptionsOf, inputOf, policyOf, setupOf, startSeconds } from './setups.ts';

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

/** An alarm that can never go off keeps the fleet as it is. */
const still = setupOf([{ policy: policyOf(), alarm: alarmOf({ threshold: 1e9 }) }], { maxSize: 50 });

test('[REP-10] a backlog drains in B0 / (c mu - lambda): 12,000 at 15 x 60 - 500 a minute takes 30 minutes', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(60).fill(500),
      initial: { backlog: 12_000, inService: 15 },
      setup: still,
      options: { gauge: 'end' },
    }),
  );
  close((run.summary.drainedAtMs! / 1000 - startSeconds) / 60, 30);
  close(run.summary.peakBacklog, 12_000);
  const area = run.columns.backlog.reduce((sum, backlog) => sum + backlog, 6_000);
  close(area, 180_000); // trapezium rule is exact on a straight line that ends on a minute
});

test('[REP-10, REP-12] step 600 -> 900 a minute, 10 x 60, detected in 3, in service 5 later, +8', () => {
  // In the eighth minute after the step the backlog is 2,400. Detection 3 min: the alarm needs three minutes of the step.
  const detection = alarmOf({ measure: 'sent', threshold: 700, evaluationPeriods: 3, datapointsToAlarm: 3 });
  const policy = policyOf({
    steps: [{ lowerBound: 0, upperBound: null, adjustment: 8 }],
    estimatedInstanceWarmupSeconds: 86_400,
  });
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(40).fill(900),
      initial: { backlog: 0, inService: 10, history: { arrivals: [600, 600, 600, 600, 600] } },
      setup: setupOf([{ policy, alarm: detection }]),
      assumptions: assumptionsOf({ launchDelaySeconds: 300 }),
    }),
  );
  expect(
    run.decisions.map(({ atMs, desiredAfter, blockedBy }) => [atMs / 1000 - startSeconds, desiredAfter, blockedBy]),
  ).toEqual([
    [180, 18, null],
    [240, 18, 'credited-in-flight'],
  ]);
  close(run.summary.peakBacklog, 2_400);
  close(run.summary.worstAgeSeconds, 60 * (8 / 3));
  const drainedMinutes = (run.summary.drainedAtMs! / 1000 - startSeconds) / 60;
  expect(Math.abs(drainedMinutes - (8 + 40 / 3))).toBeLessThan(1e-4); // epoch milliseconds
});

test('[REP-10, REP-12] the same step on the plant alone: peak, drain and age to 1e-9', () => {
  const plant = new FluidPlant(new Float64Array(40).fill(900), 0, 0);
  let area = 0;
  for (let minute = 0; minute < 40; minute++) {
    plant.beginMinute();
    plant.servicePerSecond = ((minute < 8 ? 10 : 18) * 60) / 60;
    plant.advance(minute, minute * 60 + 60);
    area += plant.minuteBacklogSeconds / 60;
  }
  close(plant.peakBacklog, 2_400);
  close(plant.drainedAtSeconds / 60, 8 + 40 / 3);
  close(plant.worstAgeSeconds / 60, 8 / 3);
  close(area, 25_600);
});

test('[REP-11, REP-12] fifteen minutes with changing capacity: backlog, served and head age at each minute end', () => {
  const arrivals = [90, 120, 250, 400, 380, 300, 260, 240, 200, 150, 90, 60, 60, 60, 60];
  const capacity = [120, 120, 120, 120, 120, 180, 240, 300, 300, 300, 300, 300, 240, 180, 120];
  const backlogEnd = [0, 0, 130, 410, 670, 790, 810, 750, 650, 500, 290, 50, 0, 0, 0];
  const served = [90, 120, 120, 120, 120, 180, 240, 300, 300, 300, 300, 300, 110, 60, 60];
  const headAgeMinutes = [
    0, 0, 0.52, 1.04, 1.725, 2.275, 2.65789473684211, 2.83333333333333, 2.80769230769231, 2.625, 2.25,
    0.833333333333334, 0, 0, 0,
  ];
  const plant = new FluidPlant(Float64Array.from(arrivals), 0, 0);
  arrivals.forEach((_, minute) => {
    plant.beginMinute();
    plant.servicePerSecond = capacity[minute]! / 60;
    plant.advance(minute, minute * 60 + 60);
    close(plant.backlog, backlogEnd[minute]!);
    close(plant.minuteProcessed, served[minute]!);
    close(plant.ageSeconds / 60, headAgeMinutes[minute]!);
  });
  close(plant.processed, 2_720);
});

test('[REP-12] the backlog of the start has its own age: oldest first, evenly', () => {
  const plant = new FluidPlant(new Float64Array(10).fill(0), 600, 300);
  plant.beginMinute();
  plant.servicePerSecond = 2;
  plant.advance(0, 60); // 120 of 600 leave: the head is now a fifth of the way
  close(plant.ageSeconds, 60 + 300 * (1 - 120 / 600));
});

test('[REP-12] the head jumps over minutes without arrivals', () => {
  // 60 in minute 0, nothing in 1 and 2, 60 in minute 3; nobody works until minute 4, then 1 a second.
  const plant = new FluidPlant(Float64Array.from([60, 0, 0, 60, 0, 0]), 0, 0);
  const ages = [0, 1, 2, 3, 4, 5].map((minute) => {
    plant.beginMinute();
    plant.servicePerSecond = minute < 4 ? 0 : 1;
    plant.advance(minute, minute * 60 + 60);
    return [plant.ageSeconds, plant.minuteWorstAgeSeconds];
  });
  // At the end of minute 4 the last of minute 0 has left at age 240; the head is the first of minute 3, aged 120.
  expect(ages).toEqual([
    [60, 60],
    [120, 120],
    [180, 180],
    [240, 240],
    [120, 240],
    [0, 120],
  ]);
});

test('[REP-11] instances that enter in mid-minute count from that second', () => {
  const run = runReplay(
    inputOf({
      arrivals: new Float64Array(4).fill(120),
      initial: { backlog: 600, inService: 1, desired: 3 },
      setup: setupOf([{ policy: policyOf(), alarm: alarmOf({ threshold: 1e9 }) }]),
      assumptions: assumptionsOf({ launchDelaySeconds: 90 }),
      options: { gauge: 'end' },
    }),
  );
  // 60 a minute in excess for 90 s, then 60 a minute less.
  expect([...run.columns.backlog]).toEqual([660, 660, 600, 540]);
  expect([...run.columns.inService]).toEqual([1, 3, 3, 3]);
  close(run.summary.peakBacklog, 690);
});
