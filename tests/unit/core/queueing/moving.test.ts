/** Transients, flows and exact sequences: what is on its way to a steady state, or never has one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drain,
  infiniteServersMean,
  kieferWolfowitz,
  lindley,
  mmc,
  mmcTransient,
  sinusoidalOverload,
  stepResponse,
  timeToEmpty,
  triangularOverload,
} from '../../../../src/core/queueing/index.ts';

const close = (actual: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)));

describe('transients', () => {
  test('M/M/1 at 0.9 from empty, and M/M/10 overloaded', () => {
    const single = { arrivalsPerSecond: 0.9, servicePerSecond: 1, servers: 1 };
    close(mmcTransient(single, 0, [10]).inSystem[0]!, 2.53069514751);
    const over = mmcTransient({ arrivalsPerSecond: 12, servicePerSecond: 1, servers: 10 }, 0, [5, 60]);
    close(over.inSystem[0]!, 18.7992939876333);
    close(over.waiting[1]!, 119.924741174448);
  });

  test('settles at the steady state, from above and from below', () => {
    const load = { arrivalsPerSecond: 4, servicePerSecond: 1, servers: 8 };
    for (const initial of [0, 30]) close(mmcTransient(load, initial, [60]).inSystem[0]!, mmc(load).meanInSystem, 1e-8);
  });

  test('as many servers as anybody needs is M/M/infinity', () => {
    const load = { arrivalsPerSecond: 3, servicePerSecond: 0.5, servers: 500 };
    const times = [0.5, 2, 10];
    const { inSystem, waiting } = mmcTransient(load, 7, times);
    for (const [index, time] of times.entries()) close(inSystem[index]!, infiniteServersMean(3, 0.5, 7, time));
    expect(waiting).toEqual([0, 0, 0]);
  });

  test('a backlog without arrivals', () => {
    const { meanSeconds, variance } = timeToEmpty(100, 1, 10);
    close(meanSeconds, 11.9289682539683);
    close(variance, 2.44976773116654);
    expect(timeToEmpty(0, 1, 1)).toEqual({ meanSeconds: 0, variance: 0 });
  });
});

describe('flows', () => {
  test('drain: 12,000 at 900 - 500 a minute', () => {
    expect(drain(12_000, 500, 900)).toEqual({ netRate: -400, drainTime: 30, area: 180_000, meanBacklog: 6_000 });
    expect(drain(1, 5, 5).drainTime).toBe(Infinity);
    expect(drain(0, 5, 5)).toMatchObject({ drainTime: 0, area: 0 });
  });

  test('step 600 -> 900 a minute on 10 x 60, eight more after 8 minutes', () => {
    const response = stepResponse(900, 600, 1_080, 8);
    close(response.peakBacklog, 2_400);
    close(response.drainAfterPeak, 40 / 3);
    close(response.area, 25_600);
    close(response.maxHeadAge, 8 / 3);
    close(response.delayed, 19_200);
    close(response.meanWaitOfDelayed, 4 / 3);
  });

  test('a step that fits leaves nothing, one that never fits never ends', () => {
    expect(stepResponse(600, 600, 600, 8)).toMatchObject({ peakBacklog: 0, delayed: 0 });
    expect(stepResponse(900, 600, 900, 8)).toMatchObject({ peakBacklog: Infinity, meanWaitOfDelayed: Infinity });
  });

  test('a sinusoidal day above its capacity', () => {
    const wave = sinusoidalOverload(600, 360, 1_440, 780)!;
    close(wave.startTime, 120);
    close(wave.peakTime, 600);
    close(wave.peakBacklog, 56_504.4496933285);
    close(wave.emptyTime, 874.746564118269);
    close(wave.area, 23_934_239.8206738);
    expect([sinusoidalOverload(600, 100, 1_440, 700), sinusoidalOverload(600, 100, 1_440, 600)]).toEqual([null, null]);
  });

  test.each([
    { capacity: 300, because: 'gone while arrivals still fall' },
    { capacity: 200, because: 'gone after arrivals are back' },
  ])('a triangle over $capacity is the integral of its excess: $because', ({ capacity }) => {
    const wave = triangularOverload(100, 500, 30, 60, capacity)!;
    const arrivals = (time: number) =>
      time < 30 ? 100 + (400 * time) / 30 : time < 90 ? 500 - (400 * (time - 30)) / 60 : 100;
    const tick = 0.001;
    const seen = { backlog: 0, peak: 0, peakTime: 0, emptyTime: 0, area: 0 };
    for (let time = tick / 2; time < 250; time += tick) {
      seen.backlog = Math.max(0, seen.backlog + (arrivals(time) - capacity) * tick);
      seen.area += seen.backlog * tick;
      if (seen.backlog > seen.peak) Object.assign(seen, { peak: seen.backlog, peakTime: time });
      if (seen.backlog > 0) seen.emptyTime = time;
    }
    close(wave.peakBacklog, seen.peak, 1e-5);
    expect(wave.peakTime).toBeCloseTo(seen.peakTime, 1);
    expect(wave.emptyTime).toBeCloseTo(seen.emptyTime, 1);
    close(wave.area, seen.area, 1e-4);
  });

  test('a triangle below its capacity, or over too little of it', () => {
    expect([triangularOverload(1, 5, 1, 1, 5), triangularOverload(1, 5, 1, 1, 1)]).toEqual([null, null]);
  });
});

describe('exact sequences', () => {
  const arrivals = [0, 1, 2, 2, 3, 7, 7.5, 8, 20, 20, 20, 21];
  const services = [3, 2, 1, 4, 0.5, 2, 2, 6, 1, 1, 5, 0.25];

  test('twelve jobs on two servers', () => {
    const { waitSeconds, finishSeconds } = kieferWolfowitz(arrivals, services, 2);
    expect([...waitSeconds]).toEqual([0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0]);
    expect([...finishSeconds]).toEqual([3, 3, 4, 7, 4.5, 9, 9.5, 15, 21, 21, 26, 21.25]);
  });

  test('one server: both recursions agree, whatever the jobs', () => {
    const jobs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { minLength: 1 });
    fc.assert(
      fc.property(jobs, (drawn) => {
        let now = 0;
        const at = drawn.map(([between]) => (now += between));
        const takes = drawn.map(([, service]) => service);
        expect(kieferWolfowitz(at, takes, 1)).toEqual(lindley(at, takes));
      }),
    );
  });

  test('constant arrivals and service on five servers: W(n) = 2 floor(n / 5)', () => {
    const at = Array.from({ length: 100 }, (_, n) => n);
    const { waitSeconds } = kieferWolfowitz(at, new Float64Array(100).fill(7), 5);
    for (const [n, wait] of waitSeconds.entries()) expect(wait).toBe(2 * Math.floor(n / 5));
  });
});
