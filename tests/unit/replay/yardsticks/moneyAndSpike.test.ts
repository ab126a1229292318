import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runReplay } from '../../../../src/replay/index.ts';
import {
  livesOfDesired,
  measureMoney,
  measureSpike,
  measureYardsticks,
} from '../../../../src/replay/yardsticks/index.ts';
import { assumptionsOf, inputOf } from '../setups.ts';

const moneyOf = (desired: number[], before: number, processed = 0, terminateDelaySeconds = 0) =>
  measureMoney({
    lives: livesOfDesired(desired, before, terminateDelaySeconds),
    rangeSeconds: desired.length * 60,
    processed,
    throughputPerInstancePerMinute: 60,
    pricePerInstanceHourUsd: 0.6, // a cent a minute
  });

describe('money, worked out by hand', () => {
  it.each([
    { rule: 'YARD-30', because: 'two all the time', desired: [2, 2, 2], before: 2, cents: 6, launches: 0, gone: 0 },
    {
      rule: 'YARD-30',
      because: 'one comes in minute 1',
      desired: [1, 2, 2],
      before: 1,
      cents: 5,
      launches: 1,
      gone: 0,
    },
    { rule: 'YARD-30', because: 'the oldest leaves', desired: [2, 1, 1], before: 2, cents: 4, launches: 0, gone: 1 },
    {
      rule: 'YARD-30',
      because: 'a hole repeats',
      desired: [2, Number.NaN, 2],
      before: 2,
      cents: 6,
      launches: 0,
      gone: 0,
    },
    { rule: 'YARD-30', because: 'down to none', desired: [0, 0, 0], before: 2, cents: 0, launches: 0, gone: 2 },
  ])('[$rule] $because', ({ desired, before, cents, launches, gone }) => {
    const money = moneyOf(desired, before);
    expect(money.costUsd).toBeCloseTo(cents / 100, 9);
    expect(money).toMatchObject({ launches, terminations: gone });
  });

  it('[YARD-31] half a minute costs a whole one, but only for one that came and went in the range', () => {
    const half = (launchedAtSeconds: number) =>
      measureMoney({
        lives: [{ count: 1, launchedAtSeconds, goneAtSeconds: 90 }],
        rangeSeconds: 600,
        processed: 0,
        throughputPerInstancePerMinute: 60,
        pricePerInstanceHourUsd: 0.6,
      });
    expect(half(60).costUsd).toBeCloseTo(0.01, 9);
    expect(half(0).costUsd).toBeCloseTo(0.015, 9);
    expect(half(60).paidInstanceHours).toBeCloseTo(30 / 3600, 9);
  });

  it('[YARD-32] and [YARD-33] per million, and waste', () => {
    const money = moneyOf([2, 2, 2], 2, 180);
    expect(money.costPerMillionMessagesUsd).toBeCloseTo((0.06 / 180) * 1e6, 6);
    expect(money.wasteShare).toBeCloseTo(0.5, 9);
    expect(moneyOf([0, 0], 0)).toMatchObject({ costPerMillionMessagesUsd: null, wasteShare: null });
  });

  it('[YARD-34] short lives are those under ten minutes, from launch to gone', () => {
    const stay = (minutes: number) => [1, ...Array.from({ length: minutes }, () => 2), 1, 1];
    // The oldest goes first, so the launched one outlives the scale-in; two falls take it too.
    expect(moneyOf(stay(5), 1).livesUnder10Minutes).toBe(0);
    expect(moneyOf([0, 1, 1, 0, 0], 0).livesUnder10Minutes).toBe(1);
    expect(moneyOf([0, ...Array.from({ length: 10 }, () => 1), 0], 0).livesUnder10Minutes).toBe(0);
    expect(moneyOf([0, ...Array.from({ length: 9 }, () => 1), 0], 0, 0, 59).livesUnder10Minutes).toBe(1);
  });

  it('what is paid is the area under the desired capacity', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 50 }), fc.nat(9), (desired, before) => {
        const area = desired.reduce((sum, count) => sum + count, 0) / 60;
        expect(moneyOf(desired, before).paidInstanceHours).toBeCloseTo(area, 9);
      }),
    );
  });
});

describe('the worst spike', () => {
  const of = (backlog: number[], inService: number[], demand: number[]) => measureSpike({ backlog, inService, demand });

  it('[YARD-40] to [YARD-44] by hand', () => {
    expect(
      of([5, 0, 100, 500, 1000, 400, 10, 0, 0, 0], [1, 1, 1, 1, 3, 3, 3, 3, 3, 1], [1, 1, 2, 3, 3, 2, 1, 1, 1, 1]),
    ).toEqual({
      peakBacklog: 1000,
      peakMinute: 4,
      fromMinute: 2,
      drainedMinute: 6,
      drainMinutes: 2,
      firstNewInstanceMinutes: 2,
      overshootInstances: 2,
    });
  });
  it('[YARD-42] and [YARD-43] null when it does not drain, when no help comes, when none was missing', () => {
    expect(of([0, 10, 20], [1, 1, 1], [1, 2, 2])).toMatchObject({ drainMinutes: null, firstNewInstanceMinutes: null });
    expect(of([0, 10, 0], [1, 1, 2], [1, 1, 1])).toMatchObject({ drainMinutes: 1, firstNewInstanceMinutes: null });
  });
  it('[YARD-44] ends when the fleet is down at the demand', () => {
    expect(of([9, 0, 0, 0, 0], [1, 2, 1, 1, 9], [1, 1, 1, 1, 1])!.overshootInstances).toBe(1);
  });
  it('nothing waited: no spike', () => expect(of([0, Number.NaN], [1, 1], [1, 1])).toBeNull());
});

describe('all of a replay', () => {
  const arrivals = new Float64Array(240).fill(100).fill(900, 60, 90);
  const input = inputOf({ arrivals });
  const run = runReplay(input);
  const measured = measureYardsticks({
    columns: run.columns,
    assumptions: assumptionsOf(),
    initial: { backlog: 0, oldestAgeSeconds: 0, inService: 2 },
    minimumInstances: 1,
    baseline: new Float64Array(240).fill(15),
  });

  it('agrees with the summary where both measure the same', () => {
    expect(measured.money).toMatchObject({ launches: run.summary.launches, terminations: run.summary.terminations });
    // The summary knows the second of each decision, the columns its minute.
    expect(Math.abs(measured.money.costUsd / run.summary.costUsd - 1)).toBeLessThan(0.02);
    expect(Math.abs(measured.waits.maxSeconds! - run.summary.worstAgeSeconds)).toBeLessThan(90);
    expect(Math.abs(measured.waits.minutesOverGoal - run.summary.minutesOverAgeGoal)).toBeLessThan(5);
    expect(measured.spike!.peakBacklog).toBe(run.summary.peakBacklog);
  });
  it('[YARD-55] being late and restless costs more than knowing', () => {
    const { regret } = measured;
    expect(regret.minutesOverGoal).toBeGreaterThan(10);
    expect(regret.leastCostUsd).toBeLessThanOrEqual(regret.clairvoyantCostUsd);
    expect(measured.clairvoyant.paidSeconds).toBeLessThan(measured.money.paidInstanceHours * 3600);
  });
  it('[YARD-11] demand does not know the fleet', () => {
    expect(measured.demand[0]).toBe(2);
    expect(measured.demand[60]).toBe(15);
  });
  it('the same run gives the same figures', () => {
    const again = measureYardsticks({
      columns: runReplay(input).columns,
      assumptions: assumptionsOf(),
      initial: { backlog: 0, oldestAgeSeconds: 0, inService: 2 },
      minimumInstances: 1,
      baseline: new Float64Array(240).fill(15),
    });
    expect(again).toEqual(measured);
  });
});
