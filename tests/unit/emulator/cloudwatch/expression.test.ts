import { describe, expect, it } from 'vitest';
import { evaluateExpression, parseExpression } from '../../../../src/emulator/cloudwatch/expression.ts';

// Minutes 0, 1, 2; m2 has no point at minute 1, m3 is zero at minute 2.
const series = new Map([
  ['m1', { timesMs: [0, 1, 2], values: [10, 20, 30] }],
  ['m2', { timesMs: [0, 2], values: [4, 5] }],
  ['m3', { timesMs: [0, 1, 2], values: [2, 5, 0] }],
]);

describe('metric math', () => {
  it.each([
    { rule: '', source: 'm1 + 2 * 3', times: [0, 1, 2], values: [16, 26, 36] },
    { rule: '', source: '(m1 + 2) * 3', times: [0, 1, 2], values: [36, 66, 96] },
    { rule: '', source: '-m1 ^ 2', times: [0, 1, 2], values: [-100, -400, -900] },
    { rule: '', source: 'm1 - 1.5e1 - .5', times: [0, 1, 2], values: [-5.5, 4.5, 14.5] },
    { rule: 'MATH-01', source: 'm1 + m2', times: [0, 1, 2], values: [14, 20, 35] },
    { rule: 'MATH-02', source: 'm1 / m3', times: [0, 1], values: [5, 4] },
    { rule: 'MATH-02', source: 'm1 / m2', times: [0, 2], values: [2.5, 6] },
  ])('[$rule] $source', ({ source, times, values }) => {
    expect(evaluateExpression(parseExpression(source), series)).toEqual({ timesMs: times, values });
  });

  it.each([
    ['FILL(m1, 0)', 'the function FILL is not supported'],
    ['m1 +', 'it ends too early'],
    ['(m1', "a ')' is missing"],
    ['m1 m2', "unexpected 'm2'"],
    ['m1 > 3', "unexpected '>'"],
  ])('refuses %s: %s', (source, problem) => {
    expect(() => parseExpression(source)).toThrow(problem);
  });

  it('refuses an id that no query has', () => {
    expect(() => evaluateExpression(parseExpression('m9 * 2'), series)).toThrow("'m9'");
  });
});
