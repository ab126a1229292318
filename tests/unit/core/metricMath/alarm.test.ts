import { expect, test } from 'vitest';
import { cautionMessages, cautionText } from '../../../../src/core/messages/cautions.ts';
import { type MathQuery, mathCautions, validateMathAlarm } from '../../../../src/core/metricMath/alarm.ts';

const metric = (id: string, periodSeconds = 60): MathQuery => ({
  id,
  periodSeconds,
  expression: null,
  returnsData: false,
});
const expression = (id: string, text: string, returnsData = true): MathQuery => ({
  id,
  periodSeconds: null,
  expression: text,
  returnsData,
});
const metrics = (count: number) => Array.from({ length: count }, (_, index) => metric(`m${index + 1}`));

test.each([
  ['MATH-06', [...metrics(2), expression('e1', 'm1 / m2')], []],
  ['MATH-06', [...metrics(10), expression('e1', 'SUM(METRICS())')], []],
  ['MATH-06', [...metrics(11), expression('e1', 'SUM(METRICS())')], ['metrics mathTooManyMetrics']],
  ['MATH-06', [metric('m1'), metric('m2', 300), expression('e1', 'm1 + m2')], ['metrics mathPeriodsDiffer']],
  ['MATH-06', [...metrics(1), expression('e1', 'm1', false)], ['metrics mathReturnCount']],
  ['MATH-06', [...metrics(1), expression('e1', 'm1'), expression('e2', 'm1')], ['metrics mathReturnCount']],
  ['MATH-06', [expression('e1', 'TIME_SERIES(1)')], ['metrics mathNoMetric']],
  ['MATH-06', [...metrics(1), expression('e1', 'e2 + 1'), expression('e2', 'm1 * 2', false)], []],
  ['MATH-06', [...metrics(2), expression('e1', 'SUM(e2)'), expression('e2', '[m1, m2]', false)], []],
  ['MATH-06', [...metrics(2), expression('e2', '[m1, m2]')], ['metrics.e2 mathNotOneSeries']],
  [
    'MATH-06',
    [...metrics(2), expression('e1', 'm1'), expression('e2', 'AVG(m1)', false)],
    ['metrics.e2 mathNotOneSeries'],
  ],
  ['', [...metrics(1), expression('e1', 'e2'), expression('e2', 'e1', false)], ['metrics mathCycle']],
  ['', [...metrics(1), expression('e1', 'e1 + m1')], ['metrics mathCycle']],
  ['', [...metrics(1), expression('E1', 'm1')], ['metrics.E1 mathIdInvalid']],
  ['', [...metrics(1), metric('m1'), expression('e1', 'm1')], ['metrics.m1 mathIdTwice']],
  ['', [...metrics(1), expression('e1', 'm1 +')], ['metrics.e1 mathEndsEarly']],
  [
    '',
    [...metrics(1), expression('e1', 'm1 + m7 + FOO()')],
    ['metrics.e1 mathUnknownId', 'metrics.e1 mathUnknownFunction'],
  ],
  [
    '',
    [...metrics(1), expression('e1', 'PERIOD(e2) * m1'), expression('e2', 'm1', false)],
    ['metrics.e1 mathArgumentType'],
  ],
] as const)('[%s] %j: %j', (_rule, queries, expected) => {
  expect(validateMathAlarm(queries).map(({ field, reason }) => `${field} ${reason}`)).toEqual(expected);
});

test('an expression that gives no series is said by what it gives', () => {
  const givenOf = (text: string) =>
    validateMathAlarm([...metrics(2), expression('e1', text)]).map(({ params }) => params?.given);
  expect(givenOf('[m1, m2]')).toEqual(['a list of series']);
  expect(givenOf('AVG(m1)')).toEqual(['a number']);
  expect(givenOf('m1 / PERIOD(m1)')).toEqual([]);
});

test('of two circles the first is said, without what merely hangs on it', () => {
  const queries = [
    metric('m1'),
    expression('e1', 'e9 + e2'),
    expression('e2', 'e1', false),
    expression('e9', 'm1', false),
    expression('e5', 'e5', false),
  ];
  expect(validateMathAlarm(queries).map(({ params }) => params)).toEqual([{ path: 'e1 -> e2 -> e1' }]);
});

test('a circle is shown from its beginning', () => {
  const queries = [
    metric('m1'),
    expression('e0', 'e1'),
    expression('e1', 'e2 + m1', false),
    expression('e2', 'e3', false),
    expression('e3', 'e1', false),
  ];
  expect(validateMathAlarm(queries)[0]?.params).toEqual({ path: 'e1 -> e2 -> e3 -> e1' });
});

test.each([
  ['m1 - AVG(m1)', ['dependsOnRange AVG']],
  [
    'm1 - MIN(m1) + MAX(m1) - SUM(m1) - STDDEV(m1) / DATAPOINT_COUNT(m1)',
    ['MIN', 'MAX', 'SUM', 'STDDEV', 'DATAPOINT_COUNT'].map((name) => `dependsOnRange ${name}`),
  ],
  ['RUNNING_SUM(m1)', ['dependsOnRange RUNNING_SUM']],
  ['SUM(RUNNING_SUM([m1, m2]))', ['dependsOnRange RUNNING_SUM']],
  ['AVG([m1, m2])', []],
  ['m1 / m2', []],
  ['RATE(m1)', []],
  ['FILL(m1, 0) / m2', ['fillPinsNewest FILL']],
  ['FILL(m1, AVG(m1))', ['fillPinsNewest FILL', 'dependsOnRange AVG']],
  ['AVG(m9)', []],
  ['m1 +', []],
])('[MATH-05] %s is accepted with the cautions %j', (source, expected) => {
  const cautions = mathCautions([...metrics(2), expression('e1', source)]);
  expect(cautions.map(({ reason, functionName }) => `${reason} ${functionName}`)).toEqual(expected);
  expect(cautions.every(({ rule, queryId }) => rule === 'MATH-05' && queryId === 'e1')).toBe(true);
});

test('[MATH-05] cautions are said in both languages, naming the function', () => {
  const [caution] = mathCautions([...metrics(1), expression('e1', 'FILL(m1, 0)')]);
  expect(cautionText('en', caution!)).toContain('FILL on a metric that arrives late');
  expect(cautionText('ko', caution!)).toContain('FILL 함수');
  for (const { en, ko } of Object.values(cautionMessages)) {
    expect(en).not.toMatch(/[가-힣]/);
    expect(ko).toMatch(/[가-힣]/);
    expect(en.includes('{function}')).toBe(ko.includes('{function}'));
  }
});
