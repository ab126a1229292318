/** Bands around a replay (docs/rules/uncertainty.md). */
import { describe, expect, it } from 'vitest';
import type { ReplayBands } from '../../../../src/core/contract/shapes.ts';
import { lognormal } from '../../../../src/core/distributions/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { type ReplayInput, runReplay } from '../../../../src/replay/index.ts';
import {
  type BandsInput,
  bandColumns,
  bandSteps,
  drawWorld,
  type Spreads,
} from '../../../../src/replay/uncertainty/index.ts';
import { assumptionsOf, inputOf, outAndIn, startSeconds } from '../setups.ts';

const none: Spreads = {
  throughputCv: 0,
  launchDelayCv: 0,
  terminateDelayCv: 0,
  recordedDelays: { launchSeconds: [], terminateSeconds: [] },
  metricDelaySeconds: { minimum: 0, maximum: 0 },
  anyPhase: false,
};
const wide: Spreads = {
  ...none,
  throughputCv: 0.15,
  launchDelayCv: 0.4,
  terminateDelayCv: 0.4,
  metricDelaySeconds: { minimum: 0, maximum: 120 },
  anyPhase: true,
};
const crowd = Float64Array.from({ length: 180 }, (_, minute) => (minute >= 30 && minute < 60 ? 900 : 60));

function input(over: Partial<BandsInput> = {}): BandsInput {
  return { ...inputOf({ arrivals: crowd }), spreads: wide, seed: 7, runs: 40, ...over };
}

function drained<T>(steps: Generator<number, T>): { value: T; shares: number[] } {
  const shares: number[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) return { value: step.value, shares };
    shares.push(step.value);
  }
}
const bandsOf = (over: Partial<BandsInput> = {}): ReplayBands => drained(bandSteps(input(over))).value;

describe('bands', () => {
  it('without any spread every world is the replay itself', () => {
    const { columns, summary } = runReplay(inputOf({ arrivals: crowd }));
    const bands = bandsOf({ spreads: none, runs: 3 });
    for (const name of bandColumns) {
      expect(bands[name].p5).toEqual(columns[name]);
      expect(bands[name].p95).toEqual(columns[name]);
    }
    for (const { figure, p5, p50, p95 } of bands.figures) {
      expect([p5, p50, p95], figure).toEqual([summary[figure], summary[figure], summary[figure]]);
    }
  });

  it('one seed gives the same bands bit for bit, another seed others', () => {
    expect(bandsOf()).toEqual(bandsOf());
    expect(bandsOf({ seed: 8 }).backlog).not.toEqual(bandsOf().backlog);
  });

  it('UNC-07, UNC-09: p5 <= p50 <= p95 everywhere, and a crowd makes them differ', () => {
    const bands = bandsOf();
    for (const name of bandColumns) {
      const { p5, p50, p95 } = bands[name];
      for (let at = 0; at < bands.times.length; at++) {
        expect(p5[at]!).toBeLessThanOrEqual(p50[at]!);
        expect(p50[at]!).toBeLessThanOrEqual(p95[at]!);
      }
    }
    const peak = bands.figures.find(({ figure }) => figure === 'peakBacklog')!;
    expect(peak.p95).toBeGreaterThan(peak.p5 * 1.1);
  });

  it('UNC-08: a long range has at most 2,000 buckets, and no peak is lost', () => {
    const arrivals = Float64Array.from({ length: 5_000 }, (_, minute) => (minute === 4_321 ? 5_000 : 10));
    const bands = bandsOf({ ...inputOf({ arrivals }), spreads: none, runs: 2 });
    expect(bands.bucketSeconds).toBe(180);
    expect(bands.times.length).toBe(Math.ceil(5_000 / 3));
    const { columns } = runReplay(inputOf({ arrivals }));
    expect(Math.max(...bands.backlog.p50)).toBe(Math.max(...columns.backlog));
  });

  it('tells the share done, rising to the end', () => {
    const { shares } = drained(bandSteps(input({ runs: 5 })));
    expect(shares).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('UNC-06: message by message each world has chance of its own, around its own throughput, and one seed repeats it', () => {
    const asked: { throughput: number; seed: number }[] = [];
    const messagesOf = (throughput: number, seed: number) => {
      asked.push({ throughput, seed });
      return { seed, work: { service: lognormal(60 / throughput, 1.5) } };
    };
    const byMessage = (over: Partial<BandsInput> = {}) => bandsOf({ spreads: none, runs: 8, messagesOf, ...over });
    const bands = byMessage();
    // Nothing is spread but what single messages take: that alone makes a band.
    const worst = bands.figures.find(({ figure }) => figure === 'worstAgeSeconds')!;
    expect(worst.p95).toBeGreaterThan(worst.p5);
    expect(new Set(asked.map(({ seed }) => seed)).size).toBe(8);
    expect(new Set(asked.map(({ throughput }) => throughput)).size).toBe(1);
    expect(byMessage()).toEqual(bands);
    expect(byMessage({ seed: 8 }).backlog).not.toEqual(bands.backlog);
    asked.length = 0;
    byMessage({ spreads: { ...none, throughputCv: 0.2 } });
    expect(new Set(asked.map(({ throughput }) => throughput)).size).toBe(8);
  });

  it('UNC-06: approximate counts are off by other chance in each world', () => {
    const plain = inputOf({ arrivals: crowd });
    const noisy = bandsOf({ ...plain, options: { countNoise: { cv: 0.4, seed: 1 } }, spreads: none, runs: 12 });
    expect(noisy.desired.p95).not.toEqual(noisy.desired.p5);
  });

  it('UNC-11: scripted faults happen in every world', () => {
    const lost = (faults: NonNullable<ReplayInput['options']>['faults']) =>
      bandsOf({ ...inputOf({ arrivals: crowd }), options: { faults: faults! }, spreads: none, runs: 3 });
    const atMs = (startSeconds + 50 * 60) * 1000;
    const figure = (bands: ReplayBands) => bands.figures.find((one) => one.figure === 'launches')!;
    const [without, interrupted] = [lost([]), lost([{ kind: 'spot-interruption', atMs, instances: 2 }])];
    expect(figure(interrupted).p5).toBeGreaterThan(figure(without).p95);
  });

  it('a setup with a fault is refused before anything is drawn', () => {
    const setup = { ...outAndIn, group: { ...outAndIn.group, minSize: 9, maxSize: 3 } };
    expect(() => bandSteps(input({ setup })).next()).toThrow(/POLICY_INVALID/);
  });
});

describe('worlds', () => {
  const worlds = (spreads: Spreads) =>
    Array.from({ length: 2_000 }, (_, at) => drawWorld(outAndIn, assumptionsOf(), spreads, seededRandom(at, 'world')));

  it('UNC-01: throughput has the assumed mean and the asked spread', () => {
    const drawn = worlds({ ...none, throughputCv: 0.2 }).map((w) => w.assumptions.throughputPerInstancePerMinute);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const sd = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
    // Four standard errors of a mean of 2,000, and of a standard deviation.
    expect(Math.abs(mean - 60)).toBeLessThan((4 * 12) / Math.sqrt(2_000));
    expect(Math.abs(sd / 60 - 0.2)).toBeLessThan(0.02);
  });

  it('UNC-03: recorded delays are drawn from the recorded ones only, whatever the spread', () => {
    const recorded = { launchSeconds: [90, 150], terminateSeconds: [] };
    const [{ delays }] = worlds({ ...none, launchDelayCv: 0.5, recordedDelays: recorded }) as [
      ReturnType<typeof drawWorld>,
    ];
    expect(new Set(delays!.launchSeconds)).toEqual(new Set([90, 150]));
    expect(delays!.terminateSeconds).toEqual([]);
  });

  it('UNC-04: the metric delay stays between its bounds and uses them', () => {
    const drawn = worlds({ ...none, metricDelaySeconds: { minimum: 30, maximum: 90 } }).map(
      ({ assumptions }) => assumptions.metricDelaySeconds,
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(90);
    expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(55);
  });

  it('UNC-05: alarms of one name keep one second, and any second comes', () => {
    const twice = { ...outAndIn, policies: [...outAndIn.policies, outAndIn.policies[0]!] };
    const seen = new Set<number>();
    for (let at = 0; at < 500; at++) {
      const { setup } = drawWorld(twice, assumptionsOf(), { ...none, anyPhase: true }, seededRandom(at, 'world'));
      const [first, , again] = setup.policies;
      expect(again!.alarm.phaseSeconds).toBe(first!.alarm.phaseSeconds);
      seen.add(first!.alarm.phaseSeconds);
    }
    expect(seen.size).toBe(60);
  });
});
