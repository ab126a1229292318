import { describe, expect, it } from 'vitest';
import { guessThroughput, suggestForArrivals, validateSetup } from '../../../src/replay/index.ts';

const given = { throughputPerInstancePerMinute: 60, launchDelaySeconds: 90, ageGoalSeconds: 300 };
/** A thousand minutes: a quarter at 120 a minute, then 240, and one of 1,200. */
const arrivals = Float64Array.from({ length: 1000 }, (_, minute) => (minute === 999 ? 1200 : minute < 300 ? 120 : 240));

describe('setups for arrivals without a deployed policy', () => {
  it('SUG-04: sizes from the quiet quarter and the busiest minutes, thresholds from the acceptable backlog', () => {
    const [steps, percent] = suggestForArrivals(arrivals, given);
    // 120 a minute need 2; 1,200 need 20, and half of that again.
    expect(steps!.group).toMatchObject({ minSize: 2, maxSize: 30, defaultInstanceWarmupSeconds: 90 });
    // 60 a minute for 5 minutes are 300 an instance: a quarter of what two work off within the goal.
    expect(steps!.policies[0]!.alarm).toMatchObject({ measure: 'depth', threshold: 150 });
    expect(percent!.policies[0]!.alarm).toMatchObject({ measure: 'backlogPerInstance', threshold: 75 });
    expect(percent!.policies[1]!.policy.steps[0]!.adjustment).toBeLessThan(0);
  });

  it('are valid for loads of any size, holes included', () => {
    for (const scale of [0, 1e-6, 1, 1e3, 1e8]) {
      const scaled = arrivals.map((sent, minute) => (minute % 7 === 0 ? Number.NaN : sent * scale));
      const setups = suggestForArrivals(scaled, given);
      expect(setups).toHaveLength(2);
      for (const setup of setups) expect(validateSetup(setup), `${scale} ${setup.label}`).toEqual([]);
    }
    expect(suggestForArrivals(new Float64Array(3).fill(Number.NaN), given)).toEqual([]);
  });

  it('SUG-06: a throughput that nothing tells lets an ordinary minute need four instances', () => {
    expect(guessThroughput([100, 100, Number.NaN, 88])).toBe(24);
    expect(guessThroughput([0, 0])).toBeNull();
    expect(guessThroughput([])).toBeNull();
  });
});
