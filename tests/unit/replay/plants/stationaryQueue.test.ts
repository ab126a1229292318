/** [REP-16] The queue that chance keeps up, as a floor under the flow. */
import { expect, test } from 'vitest';
import { mdc, mmc } from '../../../../src/core/queueing/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { runReplay } from '../../../../src/replay/index.ts';
import { FluidPlant } from '../../../../src/replay/plants/fluid.ts';
import { StationaryQueue, type StationaryQueueOptions } from '../../../../src/replay/plants/stationaryQueue.ts';
import { alarmOf, inputOf, policyOf, setupOf } from '../setups.ts';

/** Ten instances of 120 a minute, for some minutes at one rate. */
function steady(perMinute: number, minutes: number, stationaryQueue: StationaryQueueOptions | null): FluidPlant {
  const plant = new FluidPlant(new Float64Array(minutes).fill(perMinute), 0, 0, stationaryQueue);
  for (let minute = 0; minute < minutes; minute++) {
    plant.beginMinute();
    plant.servicePerSecond = 20;
    plant.instances = 10;
    plant.advance(minute, minute * 60 + 60);
    plant.endMinute();
  }
  return plant;
}

test('[REP-15, REP-16] at a steady load the bare flow shows nothing, with the correction Erlang C', () => {
  const { meanWaiting, meanWaitSeconds } = mmc({ arrivalsPerSecond: 16, servicePerSecond: 2, servers: 10 });
  expect(steady(960, 60, null).shownBacklog).toBe(0);
  const corrected = steady(960, 60, {});
  expect(corrected.shownBacklog).toBeCloseTo(meanWaiting, 9);
  expect(corrected.shownAgeSeconds).toBeCloseTo(meanWaitSeconds, 9);
  expect(corrected.minuteBacklogSeconds / 60).toBeCloseTo(meanWaiting, 9);
  expect(corrected.minuteAgeSeconds / 60).toBeCloseTo(meanWaitSeconds, 9);
  expect(corrected.minuteLeastBacklog).toBeCloseTo(meanWaiting, 9);
});

test('[REP-16] constant service halves it, within 7 % of the exact queue', () => {
  const shown = steady(960, 60, { serviceScv: 0 }).shownBacklog;
  expect(shown / mdc(16, 0.5, 10).meanWaiting).toBeCloseTo(0.931, 3);
});

test('[REP-16] several messages at once on an instance are as many servers', () => {
  const { meanWaiting } = mmc({ arrivalsPerSecond: 16, servicePerSecond: 0.5, servers: 40 });
  expect(steady(960, 200, { concurrencyPerInstance: 4 }).shownBacklog).toBeCloseTo(meanWaiting, 9);
});

test('[REP-16] near saturation it takes its time, above it stays where it is', () => {
  const queue = new StationaryQueue({});
  const minutes = (count: number, arrivalsPerSecond: number) => {
    for (let minute = 0; minute < count; minute++) {
      queue.beginMinute();
      queue.advance(60, arrivalsPerSecond, 20, 10);
    }
  };
  minutes(1, 19.99);
  const afterAMinute = queue.waiting;
  expect(afterAMinute).toBeGreaterThan(0);
  expect(afterAMinute).toBeLessThan(1); // of a mean of some two thousand
  minutes(60, 30);
  const overloaded = queue.waiting;
  minutes(60, 30);
  expect(queue.waiting).toBe(overloaded);
  minutes(600, 0);
  expect([queue.waiting, queue.ageSeconds]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)]);
});

test('[REP-16] single minutes are chance: a steady mean with a Poisson spread shows about the queue of that mean', () => {
  const random = seededRandom(2);
  const arrivals = Float64Array.from({ length: 3_000 }, () => (random.next() < 0.5 ? 929 : 991));
  const queue = new StationaryQueue({});
  let shown = 0;
  for (const perMinute of arrivals) {
    queue.beginMinute();
    queue.advance(60, perMinute / 60, 20, 10);
    shown += queue.minuteWaitingSeconds / 60 / arrivals.length;
  }
  const { meanWaiting } = mmc({ arrivalsPerSecond: 16, servicePerSecond: 2, servers: 10 });
  expect(shown / meanWaiting).toBeGreaterThan(1);
  expect(shown / meanWaiting).toBeLessThan(1.15);
});

test('[REP-16] a lasting change of the load is followed within the hour', () => {
  const queue = new StationaryQueue({});
  for (let minute = 0; minute < 120; minute++) {
    queue.beginMinute();
    queue.advance(60, minute < 60 ? 10 : 16, 20, 10);
  }
  const { meanWaiting } = mmc({ arrivalsPerSecond: 16, servicePerSecond: 2, servers: 10 });
  expect(queue.waiting / meanWaiting).toBeCloseTo(1, 2);
});

test('[REP-16] a minute in two parts is the same as in one', () => {
  const whole = new StationaryQueue({});
  const parts = new StationaryQueue({});
  for (const queue of [whole, parts]) queue.beginMinute();
  whole.advance(60, 16, 20, 10);
  for (const seconds of [7, 13, 40]) parts.advance(seconds, 16, 20, 10);
  expect(parts.waiting).toBeCloseTo(whole.waiting, 12);
  expect(parts.minuteWaitingSeconds).toBeCloseTo(whole.minuteWaitingSeconds, 10);
});

test('[REP-14, REP-16] flows are those of the bare plant; a real backlog is not added to', () => {
  const bare = steady(1_500, 30, null);
  const corrected = steady(1_500, 30, {});
  expect([corrected.processed, corrected.backlog, corrected.shownBacklog]).toEqual([
    bare.processed,
    bare.backlog,
    bare.backlog,
  ]);
});

test('[REP-16] alarms see it: a threshold of a few messages fires at a steady load only with the correction', () => {
  const input = inputOf({
    arrivals: new Float64Array(30).fill(580),
    initial: { backlog: 0, inService: 10 },
    setup: setupOf([{ policy: policyOf(), alarm: alarmOf({ threshold: 5 }) }]),
  });
  expect(runReplay(input).decisions).toEqual([]);
  const corrected = runReplay({ ...input, options: { stationaryQueue: {} } });
  expect(corrected.decisions.length).toBeGreaterThan(0);
  expect(corrected.summary.peakBacklog).toBe(Math.max(...corrected.columns.backlog));
});
