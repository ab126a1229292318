/** All expressions of one call on one alignment: the same answers as each alone, at a cost that does not grow with repeats. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alignment } from '../../../../src/emulator/cloudwatch/alignment.ts';
import { evaluateExpression, operandIds, parseExpression } from '../../../../src/emulator/cloudwatch/expression.ts';
import type { ReadPoints } from '../../../../src/emulator/cloudwatch/metricStore.ts';

const minuteMs = 60_000;
const timeline = { startMs: 0, endMs: 10 * minuteMs, periodSeconds: 60 };

/** Metrics `m0` to `mN` with the points given by instant in seconds. */
function metrics(all: readonly (readonly (readonly [seconds: number, value: number])[])[]) {
  const series = new Map<string, ReadPoints>(
    all.map((points, index) => [
      `m${index}`,
      { timesMs: points.map(([seconds]) => seconds * 1_000), values: points.map(([, value]) => value) },
    ]),
  );
  const metricPeriodsSeconds = new Map([...series.keys()].map((id) => [id, 60]));
  return { series, ids: { all: [...series.keys()], metricPeriodsSeconds } };
}

function answers(given: ReturnType<typeof metrics>, sources: readonly string[], alignment?: Alignment): ReadPoints[] {
  return sources.map((source) => {
    const expression = parseExpression(source, given.ids);
    const operands = new Map(operandIds(expression, given.ids).map((id) => [id, given.series.get(id)!]));
    return evaluateExpression(expression, operands, given.ids, timeline, alignment);
  });
}

const sources = [
  'SUM(METRICS())',
  'SUM(METRICS()) + 1',
  'MAX([METRICS(), 3])',
  'FILL(m0, 7)',
  'm1 - m0',
  'SUM(METRICS("1")) / METRIC_COUNT(METRICS())',
  'm0',
  'RUNNING_SUM(FIRST(METRICS()))',
  '-m1 * 2',
];

describe('answers', () => {
  it('[CW-05] are those that each expression has alone, whatever instants the points have', () => {
    // Some lie between the periods, or beyond both ends.
    const second = fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((minute) => minute * 60),
      fc.integer({ min: -60, max: 700 }),
    );
    const points = fc
      .uniqueArray(fc.tuple(second, fc.integer({ min: -9, max: 9 })), {
        selector: ([seconds]) => seconds,
        maxLength: 12,
      })
      .map((some) => some.sort(([a], [b]) => a - b));
    fc.assert(
      fc.property(points, points, fc.shuffledSubarray([...sources, ...sources], { minLength: 2 }), (one, two, some) => {
        const given = metrics([one, two]);
        expect(answers(given, some, new Alignment())).toEqual(answers(given, some));
      }),
    );
  });

  it('[CW-05] keep points between the periods of the timeline', () => {
    const given = metrics([
      [
        [0, 1],
        [90, 2],
      ],
      [
        [60, 5],
        [90, 7],
      ],
    ]);
    expect(answers(given, ['m0 + m1'])).toEqual([{ timesMs: [0, minuteMs, 90_000], values: [1, 5, 9] }]);
  });

  it("are nobody else's: a result that is changed leaves the next one as it was", () => {
    const given = metrics([
      [
        [0, 1],
        [60, 2],
      ],
    ]);
    const alignment = new Alignment();
    const [first] = answers(given, ['SUM(METRICS())'], alignment);
    first!.values[0] = 99;
    expect(answers(given, ['SUM(METRICS())', 'm0'], alignment).map(({ values }) => values)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('cost', () => {
  const many = metrics(Array.from({ length: 250 }, (_, index) => [[0, index]]));
  const repeated = (count: number): string[] => Array.from({ length: count }, () => 'SUM(METRICS())');

  it('[CW-10] of 250 expressions that say the same is that of one', () => {
    // 250 series are laid out, read and summed over 10 periods.
    const once = 250 * 10 + 10 + 250 * 10;
    expect(() => answers(many, repeated(1), new Alignment(once - 1))).toThrow('values to be worked out');
    expect(answers(many, repeated(250), new Alignment(once))).toHaveLength(250);
    // What is added to a sum that is known costs a series, not the sum.
    const sums = Array.from({ length: 250 }, (_, index) => `SUM(METRICS()) + ${index}`);
    expect(answers(many, sums, new Alignment(once + 250 * 20))).toHaveLength(250);
  });

  it.each([
    ['different sums', Array.from({ length: 50 }, (_, index) => `MAX([METRICS(), ${index}])`)],
    ['lists of lists', [`SUM([${Array.from({ length: 150 }, () => 'METRICS()').join(', ')}])`]],
    ['list by list', Array.from({ length: 50 }, (_, index) => `SUM(METRICS() + ${index})`)],
    ['changed signs', Array.from({ length: 50 }, (_, index) => `SUM(${'-'.repeat(index + 1)}METRICS())`)],
  ])('[CW-10] is bounded: %s', (_what, expressions) => {
    expect(() => answers(many, expressions, new Alignment(100_000))).toThrow(
      expect.objectContaining({
        shape: 'ValidationError',
        message: expect.stringMatching(/more than 100000 values.*no limit of AWS.*Ask for a shorter time/),
      }),
    );
  });

  it('[CW-10] counts points between the periods, too', () => {
    const odd = metrics(Array.from({ length: 50 }, (_, index) => [[index + 0.5, 1]]));
    const distinct = Array.from({ length: 20 }, (_, index) => `SUM([METRICS(), ${index}])`);
    expect(() => answers(odd, distinct, new Alignment(50_000))).toThrow('more than 50000 values');
  });
});
