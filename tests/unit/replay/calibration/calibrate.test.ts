/** Throughput, service time and launch time from a recording; docs/rules/replay.md (CAL-01 to CAL-11). */
import { describe, expect, test } from 'vitest';
import * as shapes from '../../../../src/core/contract/shapes.ts';
import { constant, type Distribution, exponential, lognormal } from '../../../../src/core/distributions/index.ts';
import { type CalibrationNeed, calibrationLeftOut } from '../../../../src/core/messages/calibration.ts';
import { phrases, phraseText } from '../../../../src/core/messages/terms.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { biweight, medianWithInterval, studentQuantile } from '../../../../src/replay/calibration/robust.ts';
import { calibrate, type RecordedActivity, runMessages } from '../../../../src/replay/index.ts';
import { arrivalsOfMinutes } from '../../../../src/replay/plants/perMessage/arrivals.ts';
import { startSeconds } from '../setups.ts';

const _ = Number.NaN;
const startMs = startSeconds * 1000;
const launch = (fromSeconds: number, tookSeconds: number, instanceId = 'i-1'): RecordedActivity => ({
  startMs: startMs + fromSeconds * 1000,
  endMs: startMs + (fromSeconds + tookSeconds) * 1000,
  direction: 'launch',
  instanceId,
  successful: true,
});
const terminate = (fromSeconds: number, tookSeconds: number, instanceId = 'i-1'): RecordedActivity => ({
  ...launch(fromSeconds, tookSeconds, instanceId),
  direction: 'terminate',
});

describe('calibration', () => {
  // Ten minutes of 10 instances with work all the time, 58 to 62 each; then the queue is empty.
  const deleted = Float64Array.from([580, 590, 600, 610, 620, 600, 600, 590, 610, 600, 50, 50]);
  const backlog = Float64Array.from([900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 0, 0]);
  const inService = new Float64Array(12).fill(10);
  const input = {
    startSeconds,
    deleted,
    backlog,
    inService,
    activities: [launch(0, 95), launch(60, 105), launch(90, 85)],
  };

  test('[CAL-01, CAL-02, CAL-04] estimates, their intervals, and how much they rest on', () => {
    const answer = calibrate(input);
    expect(shapes.calibration.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      throughputSpread: 0.625,
      saturatedMinutesUsed: 8,
      launchDelaySeconds: 95,
      // The range of three samples holds the median three times in four.
      launchDelayInterval: { low: 85, high: 105, confidence: 0.75 },
      launchesUsed: 3,
      terminateDelaySeconds: null,
      terminationsUsed: 0,
      missing: [],
    });
    expect(answer.throughputPerInstancePerMinute).toBeCloseTo(60.24, 2);
    const { low, high, confidence } = answer.throughputInterval!;
    expect([low < 60, high > 60.5, confidence]).toEqual([true, true, 0.95]);
    expect(answer.launchSamples!.map(({ seconds }) => seconds)).toEqual([95, 105, 85]);
  });

  test('[CAL-04, ALARM-22] a launch or termination counts from the request that its cause names', () => {
    const asked = { ...launch(60, 100), requestedAtMs: startMs + 48_000 };
    const answer = calibrate({
      ...input,
      activities: [asked, terminate(300, 40), terminate(400, 60), terminate(500, 50)],
    });
    expect(answer).toMatchObject({ launchDelaySeconds: 112, terminateDelaySeconds: 50, terminationsUsed: 3 });
  });

  test('[CAL-04] launches that took no time do not count beside others', () => {
    const atOnce = [launch(0, 0), launch(0, 0, 'i-2')];
    expect(calibrate({ ...input, activities: [...atOnce, launch(60, 100)] })).toMatchObject({
      launchDelaySeconds: 100,
      launchesUsed: 1,
    });
    expect(calibrate({ ...input, activities: atOnce })).toMatchObject({ launchDelaySeconds: 0, launchesUsed: 2 });
  });

  test('[CAL-01] minutes around a change of the fleet, without backlog, or with a missing point do not count', () => {
    const changed = inService.with(5, 11);
    expect(calibrate({ ...input, inService: changed }).saturatedMinutesUsed).toBe(5);
    expect(calibrate({ ...input, backlog: backlog.with(5, 0) }).saturatedMinutesUsed).toBe(5);
    expect(calibrate({ ...input, deleted: deleted.with(5, _) }).saturatedMinutesUsed).toBe(7);
  });

  test('[CAL-05, CAL-06] too little is refused with what is missing, in both languages', () => {
    const idle = calibrate({
      ...input,
      backlog: new Float64Array(12),
      activities: [{ ...launch(0, 95), successful: false }],
    });
    expect(idle).toMatchObject({
      throughputPerInstancePerMinute: null,
      throughputSpread: null,
      saturatedMinutesUsed: 0,
      launchDelaySeconds: null,
      launchesUsed: 0,
      missing: ['saturated-minutes', 'launches'],
    });
    const nothing = calibrate({ startSeconds, deleted: null, backlog: null, inService: null, activities: [] });
    expect(nothing.missing).toEqual(['deleted-metric', 'backlog-metric', 'in-service-metric', 'launches']);
    for (const need of [...idle.missing, ...nothing.missing]) {
      const text = phrases([{ term: need as CalibrationNeed }]);
      expect(phraseText('en', text)).toMatch(/^[a-z][a-z ]+/);
      expect(phraseText('ko', text)).toMatch(/[가-힣]/);
    }
  });

  test('[CAL-07] every minute is used or left out for one reason; each reason has words in both languages', () => {
    const answer = calibrate({
      ...input,
      inService: inService.with(3, 0).with(4, 0).with(5, 0),
      deleted: deleted.with(8, _),
    });
    const counts = Object.fromEntries(answer.minutesLeftOut!.map(({ reason, minutes }) => [reason, minutes]));
    // 2 and 6 border on the change, 4 has none on either side; 9 and 10 look at the empty end.
    expect(counts).toEqual({
      'edge-of-range': 2,
      'fleet-changing': 2,
      'no-instances': 3,
      'no-datapoint': 1,
      'not-saturated': 2,
    });
    expect(answer.minutesTotal).toBe(12);
    expect(Object.values(counts).reduce((sum, minutes) => sum + minutes, answer.saturatedMinutesUsed)).toBe(12);
    for (const words of Object.values(calibrationLeftOut)) expect(words.ko).toMatch(/[가-힣]/);
  });

  test('[CAL-01] a few messages are no proof of work: the threshold grows with their square root', () => {
    const few = { ...input, deleted: new Float64Array(12).fill(16), inService: new Float64Array(12).fill(4) };
    // A quarter of 16 and twice its root: 12 messages.
    expect(calibrate({ ...few, backlog: new Float64Array(12).fill(12) }).saturatedMinutesUsed).toBe(10);
    expect(calibrate({ ...few, backlog: new Float64Array(12).fill(11) }).saturatedMinutesUsed).toBe(0);
  });

  test('[CAL-08, CAL-09, CAL-10] service time, time in hand by Little, acceptable backlog', () => {
    const steady = { ...input, deleted: new Float64Array(12).fill(600), backlog: new Float64Array(12).fill(900) };
    const answer = calibrate({
      ...steady,
      notVisible: new Float64Array(12).fill(40),
      concurrencyPerInstance: 2,
      ageGoalSeconds: 300,
    });
    // 60 a minute, two at once: 2 s each; four in hand for 60 a minute: 4 s.
    expect(answer.service).toMatchObject({ seconds: 2, inHandPerInstance: 4, inHandSeconds: 4 });
    expect(answer.acceptableBacklog).toMatchObject({ messagesPerInstance: 300 });
    expect(calibrate(steady).service).toMatchObject({ seconds: 1, inHandPerInstance: null, inHandSeconds: null });
    expect(calibrate(steady).acceptableBacklog).toBeNull();
  });
});

describe('estimates', () => {
  test('[CAL-02] a fifth of wrong minutes does not move the throughput, as it moves a mean', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 100 }, (__, index) => (index % 5 === 0 ? 20 : 59 + 2 * random.next()));
    const { value, interval } = biweight(values, 0.5, () => false);
    expect(value).toBeGreaterThan(59.8);
    expect(value).toBeLessThan(60.2);
    expect(interval.low).toBeLessThan(60);
    expect(interval.high).toBeGreaterThan(60);
  });

  test('[CAL-02] minutes that move together widen the interval', () => {
    const values = Array.from({ length: 200 }, (__, index) => 60 + Math.sin(index / 20));
    const width = (isNeighbour: () => boolean) => {
      const { low, high } = biweight(values, 0.5, isNeighbour).interval;
      return high - low;
    };
    expect(width(() => true)).toBeGreaterThan(4 * width(() => false));
  });

  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [5, 2.5706],
    [30, 2.0423],
    [1e6, 1.96],
  ])('[CAL-02] the 0.975 quantile of Student with %i degrees of freedom is %f', (freedom, known) => {
    expect(Math.abs(studentQuantile(freedom) / known - 1)).toBeLessThan(0.002);
  });

  // Binomial tails: 6 samples 1 - 2/64, 8 samples ranks 1 and 8, 20 samples ranks 6 and 15 (0.9586).
  test.each([
    [1, null, null],
    [2, [1, 2], 0.5],
    [5, [1, 5], 0.9375],
    [6, [1, 6], 0.96875],
    [8, [1, 8], 0.9921875],
    [20, [6, 15], 0.9586],
  ] as const)('[CAL-04] the median of %i samples lies between samples %j with %f', (count, ranks, confidence) => {
    const { interval } = medianWithInterval(Array.from({ length: count }, (__, index) => index + 1));
    if (ranks === null) expect(interval).toBeNull();
    else expect([interval!.low, interval!.high]).toEqual(ranks);
    if (confidence !== null) expect(interval!.confidence).toBeCloseTo(confidence, 4);
  });
});

/** Six hours of a fleet of 2 to 5 whose load swings between 0.67 and 1.37 of what it can do, message by message. */
function recordingOf(seed: number, service: Distribution) {
  const random = seededRandom(seed, 'recording');
  const minutes = 360;
  const inService = Float64Array.from({ length: minutes }, (__, minute) => 2 + (Math.floor(minute / 40) % 4));
  const arrivals = inService.map(
    (count, minute) => (count * 60 * (1.02 + 0.35 * Math.sin(minute / 25))) / service.mean,
  );
  const { columns } = runMessages({
    sentSeconds: arrivalsOfMinutes(arrivals, { kind: 'chance' }, random.stream('arrivals')),
    instancesPerMinute: inService,
    queue: { visibilityTimeoutSeconds: 43_200 },
    work: { service, onScaleIn: 'finish' },
    random: random.stream('plant'),
  });
  const launchSeconds = lognormal(120, 0.3);
  const activities = Array.from({ length: 25 }, (__, index) =>
    launch(index * 600, launchSeconds.sample(random), `i-${index}`),
  );
  return {
    startSeconds,
    deleted: columns.deleted,
    backlog: columns.peakBacklog,
    inService,
    notVisible: columns.notVisible,
    activities,
  };
}

const seeds = Array.from({ length: 60 }, (__, index) => index + 1);
const holds = (interval: { low: number; high: number } | null | undefined, value: number) =>
  interval != null && interval.low <= value && value <= interval.high;

describe('[CAL-02, CAL-04, CAL-08] known parameters come back out of generated recordings', () => {
  // A lognormal of mean m and coefficient of variation v has the median m / sqrt(1 + v^2).
  const launchMedian = 120 / Math.sqrt(1 + 0.3 ** 2);

  test.each([
    ['exponential, 57 a minute', exponential(60 / 57.3), 0.02],
    ['lognormal, 57 a minute', lognormal(60 / 57.3, 1.5), 0.02],
    ['constant, 57 a minute', constant(60 / 57.3), 0.002],
    ['exponential, 6 a minute', exponential(60 / 6.3), 0.05],
  ])('%s: intervals hold the truth in at least 90 of 100 seeds', (_name, service, precision) => {
    const answers = seeds.map((seed) => calibrate(recordingOf(seed, service)));
    const rate = 60 / service.mean;
    const share = (fits: (answer: (typeof answers)[number]) => boolean) => answers.filter(fits).length / answers.length;
    expect(share((answer) => holds(answer.throughputInterval, rate))).toBeGreaterThanOrEqual(0.9);
    expect(share((answer) => holds(answer.service!.interval, service.mean))).toBeGreaterThanOrEqual(0.9);
    expect(share((answer) => holds(answer.launchDelayInterval, launchMedian))).toBeGreaterThanOrEqual(0.9);
    // And the intervals are worth having: narrow, and the estimates themselves near.
    const meanWidth =
      answers.reduce((sum, { throughputInterval }) => sum + throughputInterval!.high - throughputInterval!.low, 0) / 60;
    expect(meanWidth / 2 / rate).toBeLessThan(precision);
    expect(share((answer) => Math.abs(answer.throughputPerInstancePerMinute! / rate - 1) < precision)).toBeGreaterThan(
      0.9,
    );
  });
});
