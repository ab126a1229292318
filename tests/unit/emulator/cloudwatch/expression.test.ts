import { describe, expect, it } from 'vitest';
import { evaluateExpression, operandIds, parseExpression } from '../../../../src/emulator/cloudwatch/expression.ts';

// Minutes 0, 1, 2; m2 has no point at minute 1, m3 is zero at minute 2, e1 is an expression.
const minutes = (...numbers: number[]) => numbers.map((minute) => minute * 60_000);
const series = new Map([
  ['m1', { timesMs: minutes(0, 1, 2), values: [10, 20, 30] }],
  ['m2', { timesMs: minutes(0, 2), values: [4, 5] }],
  ['m3', { timesMs: minutes(0, 1, 2), values: [2, 5, 0] }],
  ['e1', { timesMs: minutes(0), values: [1] }],
]);
const ids = {
  all: [...series.keys()],
  metricPeriodsSeconds: new Map([
    ['m1', 60],
    ['m2', 60],
    ['m3', 60],
  ]),
};
const timeline = { startMs: 0, endMs: 180_000, periodSeconds: 60 };
const run = (source: string) => evaluateExpression(parseExpression(source, ids), series, ids, timeline);

describe('metric math over points', () => {
  it.each([
    { rule: 'CW-05', source: 'm1 + 2 * 3', times: [0, 1, 2], values: [16, 26, 36] },
    { rule: 'CW-05', source: '-m1 ^ 2', times: [0, 1, 2], values: [-100, -400, -900] },
    { rule: 'MATH-01', source: 'm1 + m2', times: [0, 1, 2], values: [14, 20, 35] },
    { rule: 'MATH-02', source: 'm1 / m3', times: [0, 1], values: [5, 4] },
    { rule: 'MATH-02', source: 'm1 / m2', times: [0, 2], values: [2.5, 6] },
    { rule: 'CW-05', source: 'm2 * 2', times: [0, 2], values: [8, 10] },
    { rule: 'CW-05', source: 'FILL(m2, 0)', times: [0, 1, 2], values: [4, 0, 5] },
    { rule: 'CW-05', source: 'RATE(m1)', times: [1, 2], values: [1 / 6, 1 / 6] },
    { rule: 'CW-05', source: 'SUM(METRICS())', times: [0, 1, 2], values: [16, 25, 35] },
    { rule: 'CW-05', source: 'TIME_SERIES(PERIOD(m1))', times: [0, 1, 2], values: [60, 60, 60] },
  ])('[$rule] $source', ({ source, times, values }) => {
    const answer = run(source);
    expect(answer.timesMs).toEqual(minutes(...times));
    expect(answer.values).toHaveLength(values.length);
    for (const [index, value] of values.entries()) expect(answer.values[index]).toBeCloseTo(value, 12);
  });

  it('fills only the minutes of its timeline, from the whole period that holds the start', () => {
    const parsed = parseExpression('TIME_SERIES(1)', ids);
    const answer = evaluateExpression(parsed, new Map(), ids, { startMs: 90_000, endMs: 180_000, periodSeconds: 60 });
    expect(answer.timesMs).toEqual(minutes(1, 2));
  });

  it('reads what it names, and every metric for METRICS()', () => {
    expect(operandIds(parseExpression('e1 + m1', ids), ids)).toEqual(['e1', 'm1']);
    expect(operandIds(parseExpression('AVG(METRICS())', ids), ids)).toEqual(['m1', 'm2', 'm3']);
  });

  it.each([
    ['SEARCH("x")', 'the function SEARCH is not known here'],
    ['m1 +', 'it ends too early'],
    ['m1 m2', 'unexpected "m2" at position 4'],
    ['m9 * 2', '"m9"'],
    ['AVG(m1)', 'the result is a number'],
    [
      `${'('.repeat(101)}m1${')'.repeat(101)}`,
      'more than 100 brackets in each other, which is a limit of this emulator',
    ],
    [`m1 + ${'0'.repeat(2_048)}`, 'longer than 2048 characters'],
    ['m8 + m9', 'the id "m8" belongs to no metric and no expression; the known ids are: m1, m2, m3, e1; the id "m9"'],
  ])('refuses %s with a ValidationError: %s', (source, problem) => {
    expect(() => parseExpression(source, ids)).toThrow(
      expect.objectContaining({ shape: 'ValidationError', message: expect.stringContaining(problem) }),
    );
  });
});
