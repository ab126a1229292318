import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalCurve, departureCurve, servedCurve } from '../../../../src/replay/yardsticks/flow.ts';
import { measureWaits } from '../../../../src/replay/yardsticks/waits.ts';

const waitsOf = (arrivals: number[], service: number[], goalSeconds: number, backlog = 0, ageSeconds = 0) =>
  measureWaits(
    arrivalCurve(arrivals, backlog, ageSeconds),
    departureCurve(arrivals, service, backlog),
    arrivals.length * 60,
    goalSeconds,
  );

describe('a step from 600 to 900 a minute, 10 instances of 60, 8 more after 8 minutes', () => {
  const arrivals = Array.from({ length: 30 }, () => 900);
  const service = arrivals.map((_, minute) => (minute < 8 ? 600 : 1080));
  const waits = waitsOf(arrivals, service, 60);

  it.each([
    ['maxSeconds', 2.66666666666667 * 60],
    ['waitSecondsSum', 25_600 * 60],
    ['messages', 27_000],
    ['unfinished', 0],
    ['meanSeconds', (25_600 * 60) / 27_000],
  ] as const)('%s', (field, expected) => expect(waits[field]).toBeCloseTo(expected, 6));

  it('19,200 messages were delayed, by 1.333 minutes on average', () => {
    // Of the waits above 0, half are above the middle: up and down in straight lines over the same messages.
    expect(waitsOf(arrivals, service, 1e-9).lateMessages).toBeCloseTo(19_200, 3);
    expect(waits.waitSecondsSum / 19_200).toBeCloseTo(80, 9);
  });

  it('[YARD-22] and [YARD-23] late: waits run straight to 160 s and back to 0, so 5/8 of the delayed are above 60 s', () => {
    expect(waits.lateMessages).toBeCloseTo((19_200 * 100) / 160, 6);
    expect(waits.minutesOverGoal).toBeCloseTo((21.33333333333333 * 100) / 160, 9);
  });

  it('[YARD-21] percentiles are those of the messages', () => {
    // 7,800 of 27,000 do not wait, the others evenly 0 to 160 s.
    for (const [share, field] of [
      [0.5, 'p50Seconds'],
      [0.95, 'p95Seconds'],
      [0.99, 'p99Seconds'],
    ] as const) {
      expect(waits[field]).toBeCloseTo(((27_000 * share - 7_800) / 19_200) * 160, 6);
    }
  });
});

describe('the fifteen-minute table', () => {
  const arrivals = [90, 120, 250, 400, 380, 300, 260, 240, 200, 150, 90, 60, 60, 60, 60];
  const service = [120, 120, 120, 120, 120, 180, 240, 300, 300, 300, 300, 300, 240, 180, 120];
  const served = [90, 120, 120, 120, 120, 180, 240, 300, 300, 300, 300, 300, 110, 60, 60];

  it('by rate and by count end alike', () => {
    const byRate = departureCurve(arrivals, service);
    expect(byRate.messages.at(-1)).toBe(2720);
    expect(servedCurve(served).messages.at(-1)).toBe(2720);
    const waits = waitsOf(arrivals, service, 120);
    expect(waits.unfinished).toBe(0);
    // The age at minute ends peaks at 2.8333 min; the longest wait is at least that.
    expect(waits.maxSeconds! / 60).toBeGreaterThanOrEqual(2.83333333333333 - 1e-9);
    const byCount = measureWaits(arrivalCurve(arrivals), servedCurve(served), 900, 120);
    expect(byCount.maxSeconds).toBeCloseTo(waits.maxSeconds!, 9);
    expect(byCount.minutesOverGoal).toBeCloseTo(waits.minutesOverGoal, 9);
  });
});

describe('edges', () => {
  it('no messages: no waits, and not zero', () => {
    expect(waitsOf([0, 0], [60, 60], 60)).toMatchObject({
      messages: 0,
      meanSeconds: null,
      p99Seconds: null,
      lateShare: null,
    });
  });
  it('enough instances: nobody waits', () => {
    expect(waitsOf([60, 30, 60], [60, 60, 60], 60)).toMatchObject({
      maxSeconds: 0,
      p99Seconds: 0,
      minutesOverGoal: 0,
      lateMessages: 0,
    });
  });
  it('[YARD-25] nobody works: all are unfinished and count with the wait they have', () => {
    const waits = waitsOf([60, 0, 0], [0, 0, 0], 60);
    expect(waits).toMatchObject({ messages: 60, unfinished: 60, lateMessages: 60, minutesOverGoal: 2 });
    expect(waits.maxSeconds).toBe(180);
    expect(waits.p50Seconds).toBeCloseTo(150, 9);
  });
  it('a pause of the servers ages the head', () => {
    // 60 arrive in minute 0, served in minute 3: the first waits 180 s, the last 180 s; the head is too old from 60 s on.
    const waits = waitsOf([60, 0, 0, 0], [0, 0, 0, 60], 60);
    expect(waits.meanSeconds).toBeCloseTo(180, 9);
    expect(waits.minutesOverGoal).toBeCloseTo(3, 9);
  });
  it('what waited at the start is older than the range', () => {
    const waits = waitsOf([0, 0], [60, 60], 60, 60, 120);
    // The oldest leaves at once at 120 s, the youngest after a minute at 60 s.
    expect(waits.maxSeconds).toBeCloseTo(120, 9);
    expect(waits.p50Seconds).toBeCloseTo(90, 9);
    expect(waits.minutesOverGoal).toBeCloseTo(1, 9);
  });
  it('a wait that equals the goal is in time', () => {
    expect(waitsOf([60, 0], [0, 60], 60).lateMessages).toBe(0);
  });
});

const minutes = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { minLength: 1, maxLength: 40 });

it('[YARD-24] the sum of waits is the area under the backlog, whatever comes and goes', () => {
  fc.assert(
    fc.property(minutes, fc.nat(100), (rows, backlog) => {
      const arrivals = rows.map(([arrived]) => arrived);
      const service = rows.map(([, worked]) => worked);
      const waits = waitsOf(arrivals, service, 60, backlog);
      let area = 0;
      let waiting = backlog;
      for (const [arrived, worked] of rows) {
        const after = waiting + arrived - worked;
        if (after >= 0) area += ((waiting + after) / 2) * 60;
        else if (waiting > 0) area += (waiting / 2) * (waiting / (worked - arrived)) * 60;
        waiting = Math.max(0, after);
      }
      expect(waits.waitSecondsSum).toBeCloseTo(area, 4);
      expect(waits.unfinished).toBeCloseTo(waiting, 6);
    }),
  );
});

it('percentiles rise, stay within the range, and agree with the share that is late', () => {
  fc.assert(
    fc.property(minutes, (rows) => {
      const arrivals = rows.map(([arrived]) => arrived);
      const service = rows.map(([, worked]) => worked);
      const waits = waitsOf(arrivals, service, 60);
      if (waits.messages === 0) return;
      const ladder = [0, waits.p50Seconds!, waits.p95Seconds!, waits.p99Seconds!, waits.maxSeconds!];
      expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
      // Later than the 95th percentile are at most 5 %.
      const late = waitsOf(arrivals, service, waits.p95Seconds! + 1e-6).lateShare!;
      expect(late).toBeLessThanOrEqual(0.05 + 1e-6);
    }),
  );
});
