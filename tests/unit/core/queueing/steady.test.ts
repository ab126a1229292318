/** Steady states against known figures, against each other where two models meet, and at their edges. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constant, erlang, exponential, paretoWithMean } from '../../../../src/core/distributions/index.ts';
import {
  allenCunneen,
  batchArrivals,
  erlangB,
  erlangC,
  finiteSource,
  mdc,
  mdcLaw,
  mdcWaitWithin,
  mg1,
  mmc,
  mmck,
  mmcWaitQuantileSeconds,
  mmcWaitTail,
  serversForWait,
} from '../../../../src/core/queueing/index.ts';

const close = (actual: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)));
const load = (arrivalsPerSecond: number, servers: number, servicePerSecond = 1) => ({
  arrivalsPerSecond,
  servicePerSecond,
  servers,
});
const stable = fc.record({
  servers: fc.integer({ min: 1, max: 60 }),
  utilization: fc.double({ min: 0.01, max: 0.97, noNaN: true }),
});

describe('Erlang', () => {
  test('B and C of known loads', () => {
    close(erlangB(100, 110), 0.0274634484498);
    close(erlangB(8, 10), 0.121661064252952);
    close(erlangC(8, 10), 0.409180150796);
    close(erlangC(0.6, 1), 0.6);
  });

  test('edges: no servers, no load, too much load', () => {
    expect([erlangB(3, 0), erlangB(0, 2), erlangC(0, 2), erlangC(2, 2), erlangC(3, 2)]).toEqual([1, 0, 0, 1, 1]);
  });
});

describe('M/M/c', () => {
  test('mean wait up to hundreds of servers', () => {
    close(mmc(load(95, 100)).meanWaitSeconds, 0.101291370783);
    const many = mmc(load(450, 500));
    expect(many.emptyProbability).toBeGreaterThan(0);
    // Close to the law without waiting, a Poisson number of mean 450.
    close(many.emptyProbability / Math.exp(-450), 1, 0.01);
  });

  test('quantiles invert the tail; the share that does not wait has quantile 0', () => {
    const queue = load(8, 10);
    close(mmcWaitTail(queue, mmcWaitQuantileSeconds(queue, 0.95)), 0.05);
    expect(mmcWaitQuantileSeconds(queue, 0.5)).toBe(0);
    close(mmcWaitTail(queue, 0), erlangC(8, 10));
  });

  test('without spare capacity waits are infinite, without arrivals there are none', () => {
    const full = mmc(load(2, 2));
    expect([full.meanWaitSeconds, full.meanWaiting, full.emptyProbability]).toEqual([Infinity, Infinity, 0]);
    expect([mmcWaitTail(load(2, 2), 9), mmcWaitQuantileSeconds(load(2, 2), 0.5)]).toEqual([1, Infinity]);
    expect(mmc(load(0, 2))).toMatchObject({ meanWaitSeconds: 0, meanInSystem: 0, emptyProbability: 1 });
  });

  test('the mean wait is the integral of its tail', () => {
    fc.assert(
      fc.property(stable, ({ servers, utilization }) => {
        const queue = load(servers * utilization, servers);
        const { meanWaitSeconds, waitProbability } = mmc(queue);
        const spare = servers * (1 - utilization);
        close(meanWaitSeconds, mmcWaitTail(queue, 0) / spare);
        expect(waitProbability).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('any service time', () => {
  test('M/D/1 waits half of M/M/1, Erlang in between', () => {
    close(mg1(0.8, constant(1)).meanWaitSeconds, 2);
    close(mg1(0.8, constant(1)).waitVariance, 16 / 3);
    close(mg1(0.8, erlang(1, 2)).meanWaitSeconds, 3);
    close(mg1(0.8, exponential(1)).meanWaitSeconds, mmc(load(0.8, 1)).meanWaitSeconds);
  });

  test('a tail without moments has no mean or no variance of the wait', () => {
    expect(mg1(0.5, paretoWithMean(1, 1.8)).meanWaitSeconds).toBe(Infinity);
    const heavy = mg1(0.5, paretoWithMean(1, 2.5));
    expect([Number.isFinite(heavy.meanWaitSeconds), heavy.waitVariance]).toEqual([true, Infinity]);
    expect(mg1(1, exponential(1))).toMatchObject({ meanWaitSeconds: Infinity, waitVariance: Infinity });
  });

  test('Allen-Cunneen is exact for M/M/c and for M/G/1', () => {
    close(allenCunneen(load(8, 10), 1).meanWaitSeconds, mmc(load(8, 10)).meanWaitSeconds);
    close(allenCunneen(load(0.8, 1), 0.5).meanWaitSeconds, mg1(0.8, erlang(1, 2)).meanWaitSeconds);
    expect(allenCunneen(load(2, 2), 0).meanWaitSeconds).toBe(Infinity);
    // Constant service on ten servers: 7 % below the exact value, the known size of the error.
    expect(allenCunneen(load(8, 10), 0).meanWaitSeconds / mdc(8, 1, 10).meanWaitSeconds).toBeCloseTo(0.931, 3);
  });
});

describe('M/D/c', () => {
  test('one server is Pollaczek-Khinchine', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.97, noNaN: true }), (utilization) => {
        close(mdc(utilization, 1, 1).meanWaitSeconds, mg1(utilization, constant(1)).meanWaitSeconds);
      }),
    );
  });

  test('known means; the law gives the same as the roots', () => {
    close(mdc(8, 1, 10).meanWaitSeconds, 0.109827789713, 1e-11);
    close(mdc(4, 1, 5).meanWaiting, 1.15624002905067);
    const waiting = mdcLaw(4, 1, 5).reduce((sum, probability, n) => sum + probability * Math.max(0, n - 5), 0);
    close(waiting, mdc(4, 1, 5).meanWaiting);
  });

  test('distribution of the wait: P(W <= 0.5) of M/D/1 at 0.8, and its mean is that of the model', () => {
    close(mdcWaitWithin(0.8, 1, 1, 0.5), 0.298364939528);
    expect(mdcWaitWithin(0.8, 1, 1, -1)).toBe(0);
    const law = mdcLaw(3, 1, 4);
    let mean = 0;
    for (let step = 0; step < 4_000; step++) mean += 0.005 * (1 - mdcWaitWithin(3, 1, 4, (step + 0.5) * 0.005, law));
    expect(mean).toBeCloseTo(mdc(3, 1, 4).meanWaitSeconds, 5);
  });

  test('edges', () => {
    expect(mdc(5, 1, 5).meanWaitSeconds).toBe(Infinity);
    expect(mdc(0, 1, 5).meanWaitSeconds).toBe(0);
    expect(() => mdcLaw(5, 1, 5)).toThrow('no steady state');
  });
});

describe('bounded queues', () => {
  test('room for ten in front of one server, overloaded', () => {
    const queue = mmck(load(1.2, 1), 10);
    close(queue.blockingProbability, 0.192586495126806);
    close(queue.meanWaitSeconds, 5.92613784414296);
  });

  test('no room to wait is Erlang B; much room is M/M/c', () => {
    close(mmck(load(8, 10), 10).blockingProbability, erlangB(8, 10));
    close(mmck(load(8, 10), 400).meanWaitSeconds, mmc(load(8, 10)).meanWaitSeconds);
    // Hundreds of states and products beyond the range of numbers.
    close(mmck(load(900, 300, 1), 600).throughputPerSecond, 300);
  });

  test('finite source', () => {
    close(finiteSource(20, 0.1, 1, 3).meanWaitSeconds, 0.189582172663479);
    const one = finiteSource(1, 0.1, 1, 1);
    close(one.meanWaitSeconds, 0);
    close(one.throughputPerSecond, 1 / 11);
  });

  test('batches: L = rho (1 + b) / (2 (1 - rho)); batches of one are M/M/1', () => {
    close(batchArrivals(0.08, 10, 100, 1).meanInSystem, 22);
    close(batchArrivals(0.8, 1, 1, 1).meanWaitSeconds, mmc(load(0.8, 1)).meanWaitSeconds);
    expect(batchArrivals(0.1, 10, 100, 1).meanInSystem).toBe(Infinity);
  });
});

describe('sizing', () => {
  test('55 a second of 0.4 s each, p95 within 1 s: 24 servers', () => {
    expect(serversForWait(55, 2.5, { waitSeconds: 1, share: 0.95 })).toBe(24);
  });

  test('one server fewer breaks the promise', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 200, noNaN: true }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (arrivals, share) => {
          const servers = serversForWait(arrivals, 1, { waitSeconds: 0.5, share });
          expect(mmcWaitTail(load(arrivals, servers), 0.5)).toBeLessThanOrEqual(1 - share);
          if (servers > 1) expect(mmcWaitTail(load(arrivals, servers - 1), 0.5)).toBeGreaterThan(1 - share);
        },
      ),
    );
  });

  test.each([
    { arrivals: 1, service: 0, share: 0.9 },
    { arrivals: Number.NaN, service: 1, share: 0.9 },
    { arrivals: Infinity, service: 1, share: 0.9 },
    { arrivals: 1, service: 1, share: 1 },
  ])('refuses $arrivals a second at $service, share $share', ({ arrivals, service, share }) => {
    expect(() => serversForWait(arrivals, service, { waitSeconds: 1, share })).toThrow(RangeError);
  });
});
