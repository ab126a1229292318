import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { poisson, ratePerSecondAt } from '../../../../src/emulator/scenarios/load.ts';
import type { LoadSpec } from '../../../../src/emulator/scenarios/spec.ts';

const dayStartMs = Date.UTC(2026, 2, 2);
const minute = 60_000;
const load: LoadSpec = {
  basePerMinute: 120,
  daily: { amplitude: 0.5, peakHour: 12 },
  crowds: [
    {
      fromMs: dayStartMs + 60 * minute,
      toMs: dayStartMs + 100 * minute,
      riseMs: 10 * minute,
      fallMs: 20 * minute,
      factor: 5,
    },
  ],
};
const flat: LoadSpec = { ...load, daily: null };

describe('the load curve', () => {
  it.each([
    { at: 0, rate: 2, because: 'before the crowd' },
    { at: 60, rate: 2, because: 'the crowd begins at nothing' },
    { at: 65, rate: 6, because: 'half way up' },
    { at: 70, rate: 10, because: 'full height' },
    { at: 80, rate: 10, because: 'full height until the fall' },
    { at: 90, rate: 6, because: 'half way down' },
    { at: 100, rate: 2, because: 'over' },
  ])('minute $at has $rate/s: $because', ({ at, rate }) => {
    expect(ratePerSecondAt(flat, dayStartMs + at * minute)).toBeCloseTo(rate, 9);
  });

  it.each([
    { hour: 0, factor: 0.5 },
    { hour: 6, factor: 1 },
    { hour: 12, factor: 1.5 },
    { hour: 36, factor: 1.5 },
  ])('hour $hour has $factor of the base', ({ hour, factor }) => {
    expect(ratePerSecondAt(load, dayStartMs + hour * 60 * minute)).toBeCloseTo(2 * factor, 9);
  });

  it.each([0, 0.3, 4, 30, 200])('Poisson counts with mean %d have it, and a variance equal to it', (mean) => {
    const random = seededRandom(11);
    const draws = Array.from({ length: 20_000 }, () => poisson(random, mean));
    const average = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
    // Five standard errors of the mean, and of the variance (about sqrt(2/n) of it).
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean / draws.length));
    expect(Math.abs(variance - mean)).toBeLessThanOrEqual(0.08 * mean);
  });
});
