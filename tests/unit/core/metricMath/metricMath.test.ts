import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultText } from '../../../../src/core/messages/faults.ts';
import { mathIds, visit } from '../../../../src/core/metricMath/check.ts';
import { computeMath, evaluateMath } from '../../../../src/core/metricMath/evaluate.ts';
import { mathFunctions } from '../../../../src/core/metricMath/functions.ts';
import { parseMath } from '../../../../src/core/metricMath/parse.ts';
import type { MathInput } from '../../../../src/core/metricMath/types.ts';

/** One value per period of a minute, oldest first; - is missing. */
const points = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((value) => (value === '-' ? Number.NaN : Number(value)));
const inputOf = (series: Record<string, string>, timesSeconds?: readonly number[]): MathInput => {
  const columns = Object.entries(series);
  const length = columns.length === 0 ? 3 : points(columns[0]![1]).length;
  return {
    series: new Map(columns.map(([id, text]) => [id, points(text)])),
    metricPeriodsSeconds: new Map(columns.filter(([id]) => id.startsWith('m')).map(([id]) => [id, 60])),
    timesSeconds: timesSeconds ?? Array.from({ length }, (_, index) => index * 60),
  };
};
const compute = (source: string, input: MathInput): string => {
  const outcome = computeMath(source, input);
  if (!outcome.ok) throw new Error(outcome.faults.map(({ problem }) => problem).join('; '));
  return Array.from(outcome.values, (value) => (Number.isNaN(value) ? '-' : String(+value.toFixed(9)))).join(' ');
};

const input = inputOf({
  m1: '30  20   0   0  -',
  m2: '20   -  20   -  -',
  m3: ' 2   5   0   4  1',
  e1: ' 1   1   1   1  1',
});

describe('operators', () => {
  test.each([
    ['MATH-01', 'm1 + m2', '50 20 20 0 -', 'missing on one side is 0, on both there is no point'],
    ['MATH-01', 'm2 - m1', '-10 -20 20 0 -', 'on either side'],
    ['MATH-01', 'm1 * m2', '600 0 0 0 -', 'also in products'],
    ['MATH-01', 'm1 + 5', '35 25 5 5 -', 'a number fills nothing'],
    ['MATH-01', '5 - m2', '-15 - -15 - -', 'on either side of it'],
    ['MATH-02', 'm1 / m3', '15 4 - 0 0', 'division by zero drops the point, a missing numerator is 0'],
    ['MATH-02', 'm1 / m2', '1.5 - 0 - -', 'a missing divisor is 0, so the point is dropped'],
    ['MATH-02', 'm3 / 0', '- - - - -', 'division by the number 0'],
    ['MATH-02', 'm3 ^ -1', '0.5 0.2 - 0.25 1', 'a power that divides by zero'],
    ['MATH-02', '(0 - m3) ^ 0.5', '- - 0 - -', 'a root of less than 0'],
    ['MATH-02', 'm1 + 1 / 0', '- - - - -', 'numbers alone divide by zero too'],
    ['MATH-03', 'm1 < m2', '0 0 1 0 -', 'missing on one side is 0'],
    ['MATH-03', 'm1 <= m2', '0 0 1 1 -', 'equal counts'],
    ['MATH-03', 'm1 > m2', '1 1 0 0 -', ''],
    ['MATH-03', 'm1 >= m2', '1 1 0 1 -', 'equal counts'],
    ['MATH-03', 'm1 == m2', '0 0 0 1 -', ''],
    ['MATH-03', 'm1 != m2', '1 1 1 0 -', ''],
    ['MATH-03', 'm1 >= 30', '1 0 0 0 -', 'against a number'],
    ['MATH-03', '20 < m1', '1 0 0 0 -', 'a number first'],
    ['MATH-03', 'm1 > 15 AND m2 > 15', '1 0 0 0 -', 'missing is false'],
    ['MATH-03', 'm1 > 15 && m2 > 15', '1 0 0 0 -', 'the other spelling'],
    ['MATH-03', 'm1 > 15 OR m2 > 15', '1 1 1 0 -', ''],
    ['MATH-03', 'm1 > 15 || m2 > 15', '1 1 1 0 -', 'the other spelling'],
    ['MATH-03', '(0 - m3) AND e1', '1 1 0 1 1', 'below 0 is true'],
    ['MATH-03', '0 OR (0 - m3)', '1 1 0 1 1', 'below 0 is true'],
    ['', '-m2', '-20 - -20 - -', 'missing stays missing'],
    ['', '2 + m3 * 3', '8 17 2 14 5', 'products first'],
    ['', '(2 + m3) * 3', '12 21 6 18 9', 'parentheses'],
    ['', 'm3 - 1 - 1', '0 3 -2 2 -1', 'to the left'],
    ['', '8 / m3 / 2', '2 0.8 - 1 4', 'to the left'],
    ['', '2 ^ m3 ^ e1', '4 32 1 16 2', 'powers'],
    ['', 'e1 * 2 ^ 3 ^ 2', '512 512 512 512 512', 'powers to the right'],
    ['', '-m3 ^ 2', '-4 -25 0 -16 -1', 'the power is tighter than the sign'],
    ['', 'm3 * -2', '-4 -10 0 -8 -2', 'a sign after an operator'],
    ['', '--m3', '2 5 0 4 1', 'two signs'],
    ['', 'm3 + 1.5e1 + .5 + 2. + 1e+1 + .1E1', '30.5 33.5 28.5 32.5 29.5', 'numbers'],
    ['', 'm3 > 1 + 3', '0 1 0 0 0', 'sums before comparisons'],
    ['', 'e1 OR e1 AND 0', '1 1 1 1 1', 'AND before OR'],
    ['', 'e1 < 2 == 1', '1 1 1 1 1', 'comparisons to the left'],
    ['', '  m3\n+\t1 ', '3 6 1 5 2', 'blanks'],
  ])('[%s] %s is %s: %s', (_rule, source, expected) => {
    expect(compute(source, input)).toBe(expected);
  });
});

describe('IF', () => {
  const table = inputOf({ m1: '1 1 0 0 -', m2: '30 - 0 0 30', m3: '0 0 20 - 20', m4: '-2 0.5 0 0 -' });
  test.each([
    ['IF(m1, m2, m3)', '30 0 20 - -', 'the documented table'],
    ['IF(m1, 5, m3)', '5 5 20 - -', 'a number when true'],
    ['IF(m1, m2, 5)', '30 0 5 5 -', 'a number when false'],
    ['IF(m1, m2)', '30 0 - - -', 'no third argument'],
    ['IF(m4, 1, 2)', '1 1 2 2 -', 'anything but 0 is true, also below it'],
    ['IF(1, m2, m3)', '30 - 0 0 30', 'a number chooses a whole series, gaps and all'],
    ['IF(-1, m2, m3)', '30 - 0 0 30', 'below 0 is true'],
    ['IF(0, m2, m3)', '0 0 20 - 20', 'or the other'],
    ['IF(0, m2)', '- - - - -', 'an empty one when it is left out'],
    ['IF(0, m2, 4)', '4 4 4 4 4', 'a number as a series'],
    ['IF(0, 4)', '- - - - -', 'nothing at all'],
    ['IF(1, 4)', '4 4 4 4 4', 'a number as a series'],
    ['IF(1 > 0, 3, 4) + m1', '4 4 3 3 -', 'numbers alone give a number'],
    ['IF(0, 3, 4) + m1', '5 5 4 4 -', 'numbers alone give a number'],
    ['IF(1 / 0, m2, m3)', '0 0 20 - 20', 'no number is not true'],
    ['IF(m1 < m2, 1, 0)', '1 0 0 0 1', 'a comparison as condition'],
    ['IF(m1, 1 / 0, 2)', '- - 2 2 -', 'a number without value is dropped'],
  ])('[MATH-04] %s is %s: %s', (source, expected) => {
    expect(compute(source, table)).toBe(expected);
    const outcome = computeMath(source, table);
    expect(outcome.ok && outcome.rules).toContain('MATH-04');
  });
});

describe('functions', () => {
  const gaps = inputOf({ m1: '- 10 - - 40 -', m2: '7 8 - 9 1 -', m3: '- - - - - -' });
  test.each([
    ['FILL(m1, 0)', '0 10 0 0 40 0', 'a number'],
    ['FILL(m1, 2 * 3)', '6 10 6 6 40 6', 'a number worked out'],
    ['FILL(m1, m2)', '7 10 - 9 40 -', 'a series, with its own gaps'],
    ['FILL(m1, REPEAT)', '- 10 10 10 40 40', 'the value before; none before the first'],
    ['FILL(m1, LINEAR)', '- 10 20 30 40 -', 'the line between; nothing beyond the ends'],
    ['FILL(m3, REPEAT)', '- - - - - -', 'nothing to repeat'],
    ['FILL(m3, LINEAR)', '- - - - - -', 'nothing to join'],
    ['FILL(m2, LINEAR)', '7 8 8.5 9 1 -', 'real points stay'],
    ['SUM(FILL([m1, m3], 1))', '2 11 2 2 41 2', 'every series of a list'],
    ['FILL(m1, MIN(m2))', '1 10 1 1 40 1', 'a reduced series'],
    ['DIFF(m1)', '- - - - 30 -', 'from the real point before'],
    ['DIFF(m2)', '- 1 - 1 -8 -', 'from the real point before'],
    ['DIFF_TIME(m2)', '- 60 - 120 60 -', 'seconds'],
    ['RATE(m1)', '- - - - 0.166666667 -', 'per second over the gap'],
    ['RATE(m2) * 60', '- 1 - 0.5 -8 -', 'per second'],
    ['SUM(RATE([m1, m2])) * 60', '- 1 - 0.5 2 -', 'of a list'],
    ['RUNNING_SUM(m2)', '7 15 - 24 25 -', 'totals at real points'],
    ['ABS(0 - m2)', '7 8 - 9 1 -', ''],
    ['CEIL(m2 / 2)', '4 4 - 5 1 -', 'upwards'],
    ['FLOOR(m2 / 2)', '3 4 - 4 0 -', 'downwards'],
    ['CEIL(0 - m2 / 2)', '-3 -4 - -4 0 -', 'upwards below 0'],
    ['LOG10(m1 * 10)', '- 2 - - 2.602059991 -', ''],
    ['LOG(m2 - 1) / LOG(m2 - 1)', '1 1 - 1 - -', 'the logarithm of 0 is no point'],
    ['m1 - AVG(m1)', '- -15 - - 15 -', 'the average of the real points'],
    ['m1 - SUM(m1)', '- -40 - - -10 -', ''],
    ['m1 - MIN(m1)', '- 0 - - 30 -', ''],
    ['m1 - MAX(m1)', '- -30 - - 0 -', ''],
    ['m1 / STDDEV(m1)', '- 0.666666667 - - 2.666666667 -', 'of the whole population'],
    ['m1 + DATAPOINT_COUNT(m1)', '- 12 - - 42 -', ''],
    ['m1 + AVG(m3)', '- - - - - -', 'the average of nothing is nothing'],
    ['m1 + MAX(m3)', '- - - - - -', 'so is the maximum'],
    ['m1 + MIN(m3)', '- - - - - -', 'and the minimum'],
    ['m1 + SUM(m3)', '- - - - - -', 'and the sum'],
    ['m1 + DATAPOINT_COUNT(m3)', '- 10 - - 40 -', 'but its count is 0'],
    ['SUM([m1, m2])', '7 18 - 9 41 -', 'timestamp by timestamp'],
    ['AVG([m1, m2])', '3.5 9 - 4.5 20.5 -', 'missing counts as 0 (MODEL-42)'],
    ['MIN([m1, m2])', '7 8 - 9 1 -', 'missing is left out (MODEL-42)'],
    ['MAX([m1, m2])', '7 10 - 9 40 -', 'missing is left out (MODEL-42)'],
    ['STDDEV([m1, m2])', '0 1 - 0 19.5 -', ''],
    ['DATAPOINT_COUNT([m1, m2])', '1 2 - 1 2 -', ''],
    ['MAX([m1, 20])', '20 20 20 20 40 20', 'a number is a series without gaps (MODEL-43)'],
    ['MAX([FILL(m1, LINEAR), TIME_SERIES(15)])', '15 15 20 30 40 15', ''],
    ['SUM([[m1, m2], m2])', '14 26 - 18 42 -', 'lists in lists are joined'],
    ['SUM([m1, m2] * 2)', '14 36 - 18 82 -', 'a list with a number'],
    ['SUM(2 * [m1, m2])', '14 36 - 18 82 -', 'a number with a list'],
    ['SUM([m1, m2] - m2)', '-7 2 - -9 39 -', 'a list with a series'],
    ['SUM(m2 - [m1, m2])', '7 -2 - 9 -39 -', 'a series with a list'],
    ['SUM(-[m1, m2])', '-7 -18 - -9 -41 -', 'the sign of a list'],
    ['SUM(METRICS())', '7 18 - 9 41 -', 'every metric'],
    ['SUM(METRICS("2"))', '7 8 - 9 1 -', 'those with the text in their id'],
    ["SUM(METRICS('m2'))", '7 8 - 9 1 -', 'single quotes'],
    ['m1 + METRIC_COUNT(METRICS())', '- 13 - - 43 -', ''],
    ['FIRST([m1, m2])', '- 10 - - 40 -', ''],
    ['LAST([m1, m1, m2])', '7 8 - 9 1 -', ''],
    ['MAX([m1, MIN(m3)])', '- 10 - - 40 -', 'the minimum of nothing is nothing'],
    ['MIN([m1, MAX(m3)])', '- 10 - - 40 -', 'and the maximum'],
    ['m1 / PERIOD(m1)', '- 0.166666667 - - 0.666666667 -', ''],
    ['TIME_SERIES(3)', '3 3 3 3 3 3', ''],
    ['m1 - -AVG(m1)', '- 35 - - 65 -', 'the sign of a number'],
  ])('%s is %s %s', (source, expected) => {
    expect(compute(source, gaps)).toBe(expected);
  });

  test('RATE and LINEAR go by time, not by position', () => {
    const uneven = inputOf({ m1: '0 - 60' }, [0, 10, 60]);
    expect(compute('RATE(m1)', uneven)).toBe('- - 1');
    expect(compute('FILL(m1, LINEAR)', uneven)).toBe('0 10 60');
  });

  test('METRICS leaves the results of expressions out', () => {
    expect(compute('SUM(METRICS())', inputOf({ m1: '1 2', e1: '100 100' }))).toBe('1 2');
  });
});

test('the rules that shaped a result are named', () => {
  const rulesOf = (source: string) => {
    const outcome = computeMath(source, input);
    return outcome.ok ? outcome.rules : [];
  };
  expect(rulesOf('m3 + e1')).toEqual([]);
  expect(rulesOf('m1 + m3')).toEqual(['MATH-01']);
  expect(rulesOf('m1 / m3')).toEqual(['MATH-01', 'MATH-02']);
  expect(rulesOf('m1 < m2')).toEqual(['MATH-03']);
  expect(rulesOf('m1 AND m2')).toEqual(['MATH-03']);
  expect(rulesOf('m1 ^ m2')).toEqual(['MATH-01']);
});

describe('faults', () => {
  test.each([
    ['', ['mathEmpty'], 'the expression is empty'],
    ['  ', ['mathEmpty'], 'the expression is empty'],
    ['m1 + ', ['mathEndsEarly'], 'is missing after "m1 +"'],
    ['m1 +', ['mathEndsEarly'], 'it ends too early: a number, an id or "(" is missing after "m1 +"'],
    ['(m1', ['mathEndsEarly'], '")" is missing'],
    ['[m1', ['mathEndsEarly'], '"]" is missing'],
    ['SUM(m1', ['mathEndsEarly'], '")" is missing'],
    ['m1 m2', ['mathUnexpected'], 'unexpected "m2" at position 4; expected an operator or the end'],
    ['  m1 )', ['mathUnexpected'], 'unexpected ")" at position 6'],
    ['m1 + * m2', ['mathUnexpected'], 'unexpected "*" at position 6; expected a number'],
    ['[]', ['mathUnexpected'], 'unexpected "]" at position 2'],
    ['AND m1', ['mathUnexpected'], 'unexpected "AND" at position 1'],
    ['m1 ! m2', ['mathUnexpected'], 'unexpected "!" at position 4'],
    ['SUM(m1,)', ['mathUnexpected'], 'unexpected ")" at position 8'],
    ['m1 "+" m2', ['mathUnexpected'], 'unexpected "+" at position 4'],
    ['OR m1', ['mathUnexpected'], 'unexpected "OR" at position 1'],
    ['SUM(m9 + 1)', ['mathUnknownId'], 'm9'],
    ['TIME_SERIES(FIRST(m1))', ['mathArgumentType'], 'FIRST takes'],
    ['TIME_SERIES(IF(m9, 1, 2))', ['mathUnknownId'], 'm9'],
    ['m1 "x"', ['mathUnexpected'], 'unexpected "x" at position 4'],
    ['m9', ['mathUnknownId'], '"m9" belongs to no metric and no expression; the known ids are: m1, m2, m3, e1'],
    ['M1', ['mathIdInvalid'], '"M1" is no id'],
    ['m8 + FOO(m9) + M1', ['mathUnknownId', 'mathUnknownId', 'mathUnknownFunction', 'mathIdInvalid'], 'FOO'],
    ['avg(m1)', ['mathUnknownFunction'], 'the function avg is not known here'],
    ['constructor(m1)', ['mathUnknownFunction'], 'the function constructor is not known here'],
    ['SEARCH("x")', ['mathUnknownFunction'], 'SEARCH'],
    ['SUM()', ['mathArguments'], 'SUM takes 1, but has 0 arguments'],
    ['MAX(m1, m2)', ['mathArguments'], 'MAX takes 1, but has 2 arguments'],
    ['IF(m1)', ['mathArguments'], 'IF takes 2 to 3, but has 1 arguments'],
    ['IF(m1, m2, m3, 4)', ['mathArguments'], 'has 4 arguments'],
    ['METRICS("a", "b")', ['mathArguments'], 'METRICS takes 0 to 1'],
    ['SUM(5)', ['mathArgumentType'], 'SUM takes a series or a list of series; argument 1 is a number'],
    ['FILL(m1, [m2])', ['mathArgumentType'], 'argument 2 is a list of series'],
    ['IF([m1], "x", m1)', ['mathArgumentType', 'mathArgumentType'], 'argument 1 is a list of series'],
    ['FIRST(m1)', ['mathArgumentType'], 'FIRST takes a list of series; argument 1 is a series'],
    ['TIME_SERIES(m1)', ['mathArgumentType'], 'argument 1 is a series'],
    ['m1 * PERIOD(e1)', ['mathArgumentType'], 'PERIOD takes the id of a metric'],
    ['m1 * PERIOD(m1 + 1)', ['mathArgumentType'], 'PERIOD takes the id of a metric'],
    ['m1 * PERIOD(m9)', ['mathUnknownId'], 'm9'],
    ['METRICS(m1)', ['mathArgumentType'], 'argument 1 is a series'],
    ['m1 + "x"', ['mathOperandType'], '"+" cannot take a text'],
    ['m1 + REPEAT', ['mathOperandType'], '"+" cannot take REPEAT or LINEAR'],
    ['-"x"', ['mathOperandType'], '"-" cannot take a text'],
    ['SUM(["x"])', ['mathOperandType'], '"[ ]" cannot take a text'],
    ['SUM([m1] + [m2])', ['mathTwoArrays'], '"+" cannot join two lists of series'],
    ['AVG(m1)', ['mathNotOneSeries'], 'the result is a number, but one series is needed'],
    ['5', ['mathNotOneSeries'], 'the result is a number'],
    ['[m1, m2]', ['mathNotOneSeries'], 'the result is a list of series'],
    ['"x"', ['mathNotOneSeries'], 'the result is a text'],
    ['LINEAR', ['mathNotOneSeries'], 'the result is REPEAT or LINEAR'],
    ['IF(1, 2, 3)', ['mathNotOneSeries'], 'the result is a number'],
  ])('%s is refused: %j', (source, reasons, words) => {
    const outcome = computeMath(source, input);
    const faults = outcome.ok ? [] : outcome.faults;
    expect(faults.map(({ reason }) => reason)).toEqual(reasons);
    expect(faults.map((fault) => faultText('en', fault)).join('; ')).toContain(words);
    expect(faults.every((fault) => fault.field === 'expression' && /[가-힣]/.test(faultText('ko', fault)))).toBe(true);
  });

  test('an expression that was never checked is a bug, not a fault', () => {
    const parsed = parseMath('AVG(m1)');
    expect(() => parsed.ok && evaluateMath(parsed.expression, input)).toThrow('must have been refused');
  });
});

test('ids are listed once, in the order of their first use', () => {
  const parsed = parseMath('-IF(b > 1, [a, c], b ^ a) / "d"');
  expect(parsed.ok && mathIds(parsed.expression)).toEqual(['b', 'a', 'c']);
  const kinds: string[] = [];
  if (parsed.ok) visit(parsed.expression, ({ kind }) => kinds.push(kind));
  expect(kinds[0]).toBe('operation');
  expect(kinds).toHaveLength(13);
});

test('every function has a place for each argument it needs', () => {
  for (const { takes, needed } of Object.values(mathFunctions)) expect(needed).toBeLessThanOrEqual(takes.length);
});

const anySeries = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN)), {
  minLength: 6,
  maxLength: 6,
});
const valuesOf = (source: string, m1: number[], m2: number[]): number[] => {
  const outcome = computeMath(source, {
    series: new Map([
      ['m1', m1],
      ['m2', m2],
    ]),
    metricPeriodsSeconds: new Map(),
    timesSeconds: [0, 60, 120, 180, 240, 300],
  });
  return outcome.ok ? [...outcome.values] : [];
};

test.each([
  ['MATH-01', 'm1 + m2', 'm2 + m1'],
  ['MATH-01', 'm1 - m2', 'm1 + -m2'],
  ['MATH-01', 'm1 * m2', 'm2 * m1'],
  ['MATH-03', 'm1 < m2', 'm2 > m1'],
  ['MATH-03', 'm1 <= m2', 'IF(m1 > m2, 0, 1)'],
  ['MATH-03', 'm1 != m2', 'm1 < m2 OR m1 > m2'],
  ['MATH-03', 'm1 >= m2', 'm1 > m2 || m1 == m2'],
  ['MODEL-42', 'SUM([m1, m2])', 'm1 + m2'],
  ['MODEL-42', 'AVG([m1, m2])', '(m1 + m2) / 2'],
  ['', 'RUNNING_SUM(m1)', '-RUNNING_SUM(-m1)'],
  ['', 'MIN([m1, m2])', '-MAX([-m1, -m2])'],
  ['', 'DIFF(m1) / DIFF_TIME(m1)', 'RATE(m1)'],
])('[%s] for all series, %s is the same as %s', (_rule, left, right) => {
  fc.assert(
    fc.property(anySeries, anySeries, (m1, m2) => {
      const rights = valuesOf(right, m1, m2);
      expect(rights).toHaveLength(6);
      valuesOf(left, m1, m2).forEach((value, index) => {
        if (Number.isNaN(value)) expect(rights[index]).toBeNaN();
        else expect(value - rights[index]!).toBeCloseTo(0, 9);
      });
    }),
    { numRuns: 200 },
  );
});
