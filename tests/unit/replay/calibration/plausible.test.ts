import { expect, test } from 'vitest';
import { phrases, phraseText } from '../../../../src/core/messages/terms.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { calibrate, implausibleAssumptions, type RecordedActivity } from '../../../../src/replay/index.ts';
import { startSeconds } from '../setups.ts';

const minutes = 120;
const launches: RecordedActivity[] = [100, 110, 120, 130, 140].map((seconds, index) => ({
  startMs: (startSeconds + index * 600) * 1000,
  endMs: (startSeconds + index * 600 + seconds) * 1000,
  direction: 'launch',
  instanceId: `i-${index}`,
  successful: true,
}));

/** Four instances that do 60 a minute each, with work all the time. */
function found(
  typed: number,
  launchDelaySeconds = 120,
  over: { deleted?: Float64Array; inService?: Float64Array } = {},
) {
  const deleted = over.deleted ?? new Float64Array(minutes).fill(240);
  const inService = over.inService ?? new Float64Array(minutes).fill(4);
  const backlog = new Float64Array(minutes).fill(5000);
  return implausibleAssumptions({
    assumptions: { throughputPerInstancePerMinute: typed, launchDelaySeconds },
    calibration: calibrate({ startSeconds, deleted, backlog, inService, activities: launches }),
    deleted,
    inService,
  }).map(({ term, params }) => [term, params]);
}

test('[CAL-12] what fits the recording is not told', () => {
  for (const typed of [54, 60, 74]) expect(found(typed)).toEqual([]);
  for (const delay of [50, 280]) expect(found(60, delay)).toEqual([]);
});

test('[CAL-12] less than the recorded instances did is impossible, far more is unlike them', () => {
  // 2400 in ten minutes less five times its root: 53.9 an instance and minute at least.
  expect(found(53)).toEqual([['throughput-below-recorded', { typed: 53, seen: 60 }]]);
  expect(found(90)[0]![0]).toBe('throughput-above-recorded');
});

test('[CAL-12] a launch far outside of the recorded ones is told', () => {
  expect(found(60, 49)).toEqual([['launch-unlike-recorded', { typed: 49, shortest: 100, longest: 140 }]]);
  expect(found(60, 281)).toHaveLength(1);
});

test('[CAL-12] ten minutes with a missing point or a changing fleet show nothing', () => {
  const holes = new Float64Array(minutes).fill(240).map((value, minute) => (minute % 9 === 0 ? Number.NaN : value));
  expect(found(20, 120, { deleted: holes })).not.toContainEqual(['throughput-below-recorded', expect.anything()]);
  const restless = new Float64Array(minutes).map((_, minute) => 4 + (Math.floor(minute / 9) % 2));
  expect(found(20, 120, { inService: restless })[0]?.[0]).not.toBe('throughput-below-recorded');
});

test('[CAL-12] the true throughput is not called impossible by chance: a week of Poisson minutes', () => {
  const random = seededRandom(11);
  const poisson = (mean: number): number => {
    let count = -1;
    for (let left = mean; left > 0; count++) left += Math.log(1 - random.next());
    return Math.max(0, count);
  };
  const deleted = Float64Array.from({ length: 10_080 }, () => poisson(8));
  const inService = new Float64Array(10_080).fill(2);
  expect(
    implausibleAssumptions({
      assumptions: { throughputPerInstancePerMinute: 4, launchDelaySeconds: 120 },
      calibration: calibrate({ startSeconds, deleted, backlog: deleted, inService, activities: [] }),
      deleted,
      inService,
    }),
  ).toEqual([]);
});

test('each caution has words in both languages', () => {
  const params = { typed: 20, seen: 60, low: 1, high: 2, shortest: 100, longest: 140 };
  for (const term of ['throughput-below-recorded', 'throughput-above-recorded', 'launch-unlike-recorded'] as const) {
    const text = phrases([{ term, params }]);
    expect(phraseText('en', text)).toMatch(/20.* is assumed, but/);
    expect(phraseText('ko', text)).toMatch(/20.*가정했지만/);
    expect(phraseText('ko', text)).not.toContain('{');
  }
});
