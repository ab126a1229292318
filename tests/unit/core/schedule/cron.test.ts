import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CronDialect, compileCron, isZoneName } from '../../../../src/core/schedule/cron.ts';
import { compileExpression } from '../../../../src/core/schedule/expression.ts';

const runs = (expression: string, dialect: CronDialect, zone: string, after: string, count = 3): (string | null)[] => {
  const compiled = compileCron(expression, dialect, zone);
  if (!compiled.ok) throw new Error(compiled.faults.map(({ problem }) => problem).join('; '));
  const found: (string | null)[] = [];
  let at: number | null = Date.parse(after);
  for (let index = 0; index < count && at !== null; index++) {
    at = compiled.schedule.next(at);
    found.push(at === null ? null : new Date(at).toISOString().slice(0, 19));
  }
  return found;
};
const reasons = (expression: string, dialect: CronDialect, zone = 'UTC') => {
  const compiled = compileCron(expression, dialect, zone);
  return compiled.ok ? [] : compiled.faults.map(({ reason }) => reason);
};

describe('EC2: five fields', () => {
  test.each([
    ['30 6 * * 2', 'UTC', '2021-03-29T00:00:00Z', ['2021-03-30T06:30:00', '2021-04-06T06:30:00']],
    ['0 8 * * *', 'UTC', '2021-03-29T08:00:00Z', ['2021-03-30T08:00:00', '2021-03-31T08:00:00']],
    ['0 8 * * *', 'UTC', '2021-03-29T07:59:59Z', ['2021-03-29T08:00:00', '2021-03-30T08:00:00']],
    ['*/20 9-10 * * MON-FRI', 'UTC', '2021-04-02T10:20:00Z', ['2021-04-02T10:40:00', '2021-04-05T09:00:00']],
    ['0 0 1,15 JAN *', 'UTC', '2021-01-02T00:00:00Z', ['2021-01-15T00:00:00', '2022-01-01T00:00:00']],
    ['0 0 * * 0', 'UTC', '2021-04-02T00:00:00Z', ['2021-04-04T00:00:00', '2021-04-11T00:00:00']],
    ['0 0 * * 7', 'UTC', '2021-04-02T00:00:00Z', ['2021-04-04T00:00:00', '2021-04-11T00:00:00']],
    ['10/25 * * * *', 'UTC', '2021-04-02T00:00:00Z', ['2021-04-02T00:10:00', '2021-04-02T00:35:00']],
    ['0 12 29 2 *', 'UTC', '2021-04-02T00:00:00Z', ['2024-02-29T12:00:00', '2028-02-29T12:00:00']],
    ['0 8 13 * 5', 'UTC', '2021-04-08T00:00:00Z', ['2021-04-09T08:00:00', '2021-04-13T08:00:00']],
    ['0 9 * * *', 'Asia/Seoul', '2021-04-02T00:00:00Z', ['2021-04-03T00:00:00', '2021-04-04T00:00:00']],
    ['0 0 31 12 *', 'Asia/Kolkata', '2021-04-02T00:00:00Z', ['2021-12-30T18:30:00', '2022-12-30T18:30:00']],
  ])('[SCHED-02] %s in %s after %s', (expression, zone, after, wanted) => {
    expect(runs(expression, 'ec2', zone, after, 2)).toEqual(wanted);
  });

  test('[SCHED-02] a day that never comes has no next run', () => {
    expect(runs('0 0 30 2 *', 'ec2', 'UTC', '2021-04-02T00:00:00Z', 1)).toEqual([null]);
  });

  test.each([
    ['0 8 * * *', 'America/New_York', '2021-03-13T00:00:00Z', ['2021-03-13T13:00:00', '2021-03-14T12:00:00']],
    ['0 8 * * *', 'America/New_York', '2021-11-06T00:00:00Z', ['2021-11-06T12:00:00', '2021-11-07T13:00:00']],
    ['0 8 * * *', 'Asia/Seoul', '2021-03-13T00:00:00Z', ['2021-03-13T23:00:00', '2021-03-14T23:00:00']],
  ])('[SCHED-03] %s in %s keeps its wall clock through the change of offset', (expression, zone, after, wanted) => {
    expect(runs(expression, 'ec2', zone, after, 2)).toEqual(wanted);
  });

  test('[MODEL-14] a time the clock jumps over runs when the clock goes on; a time it shows twice runs once', () => {
    expect(runs('30 2 * * *', 'ec2', 'America/New_York', '2021-03-13T12:00:00Z', 2)).toEqual([
      '2021-03-14T07:00:00',
      '2021-03-15T06:30:00',
    ]);
    expect(runs('30 1 * * *', 'ec2', 'America/New_York', '2021-11-06T12:00:00Z', 2)).toEqual([
      '2021-11-07T05:30:00',
      '2021-11-08T06:30:00',
    ]);
  });

  test.each([
    ['30 6 * *', ['cronFieldCount']],
    ['30 6 * * 2 *', ['cronFieldCount']],
    ['@daily', ['cronFieldCount']],
    ['60 6 * * 2', ['cronInvalid']],
    ['a 6 * * 2', ['cronInvalid']],
    ['0 6 ? * 2', ['cronInvalid']],
    ['0 6 L * *', ['cronInvalid']],
    ['0 6 15W * *', ['cronInvalid']],
    ['0 6 * * 2#1', ['cronInvalid']],
    ['0 6 * JUL WED', []],
    ['  0   6 * * *  ', []],
  ])('[SCHED-02] %j has faults %j', (expression, faults) => {
    expect(reasons(expression, 'ec2')).toEqual(faults);
  });

  test('[SCHED-02] every fault at once, in words', () => {
    const compiled = compileCron('1 2 3', 'ec2', 'Mars/Olympus');
    expect(compiled.ok ? [] : compiled.faults.map(({ problem }) => problem)).toEqual([
      '"Mars/Olympus" is not a time zone of the IANA list, such as Asia/Seoul',
      '3 fields in the schedule, 5 are expected',
    ]);
    const strange = compileCron('0 6 15W * *', 'ec2', 'UTC');
    expect(strange.ok ? [] : strange.faults.map(({ problem }) => problem)).toEqual([
      'the schedule cannot be read: 15W',
    ]);
    const minute = compileCron('61 6 * * *', 'ec2', 'UTC');
    expect(minute.ok ? [] : minute.faults[0]?.problem).toBe(
      'the schedule cannot be read: Invalid value for minute: 61',
    );
  });
});

describe('Application Auto Scaling: six fields and a year, or seconds before them', () => {
  test.each([
    ['0 10 * * ? *', '2024-05-01T10:00:30Z', ['2024-05-02T10:00:00', '2024-05-03T10:00:00']],
    ['0 18 ? * MON-FRI *', '2024-05-03T18:30:00Z', ['2024-05-06T18:00:00', '2024-05-07T18:00:00']],
    ['0 18 ? * 2-6 *', '2024-05-03T18:30:00Z', ['2024-05-06T18:00:00', '2024-05-07T18:00:00']],
    ['0/15 * * * ? *', '2024-05-01T10:01:00Z', ['2024-05-01T10:15:00', '2024-05-01T10:30:00']],
    ['30 0 10 * * ? *', '2024-05-01T10:00:00Z', ['2024-05-01T10:00:30', '2024-05-02T10:00:30']],
    ['0 8 1 * ? *', '2024-05-01T08:00:00Z', ['2024-06-01T08:00:00', '2024-07-01T08:00:00']],
    ['0 8 L * ? *', '2024-05-01T08:00:00Z', ['2024-05-31T08:00:00', '2024-06-30T08:00:00']],
    ['0 8 15W * ? *', '2024-06-01T08:00:00Z', ['2024-06-14T08:00:00', '2024-07-15T08:00:00']],
    ['0 8 ? * 2#1 *', '2024-05-07T08:00:00Z', ['2024-06-03T08:00:00', '2024-07-01T08:00:00']],
    ['0 8 ? * 6L *', '2024-05-01T08:00:00Z', ['2024-05-31T08:00:00', '2024-06-28T08:00:00']],
    ['0 8 ? * L *', '2024-05-01T08:00:00Z', ['2024-05-04T08:00:00', '2024-05-11T08:00:00']],
    ['0 8 ? * l *', '2024-05-01T08:00:00Z', ['2024-05-04T08:00:00', '2024-05-11T08:00:00']],
    ['0 8 ? * 1 *', '2024-05-01T08:00:00Z', ['2024-05-05T08:00:00', '2024-05-12T08:00:00']],
    ['0 8 1 1 ? 2024-2025', '2024-05-01T08:00:00Z', ['2025-01-01T08:00:00', null]],
    ['0 0/6,23 ? * SAT *', '2024-05-04T12:00:00Z', ['2024-05-04T18:00:00', '2024-05-04T23:00:00']],
    ['0 8 1/10 * ? *', '2024-05-12T00:00:00Z', ['2024-05-21T08:00:00', '2024-05-31T08:00:00']],
    ['0 8 1 2/5 ? *', '2024-05-12T00:00:00Z', ['2024-07-01T08:00:00', '2024-12-01T08:00:00']],
    ['0 8 ? * 3/2 *', '2024-05-01T00:00:00Z', ['2024-05-02T08:00:00', '2024-05-04T08:00:00']],
    ['0 8 1 1 ? 2030/2', '2024-05-12T00:00:00Z', ['2030-01-01T08:00:00', '2032-01-01T08:00:00']],
    ['20/30 0 8 * * ? *', '2024-05-12T08:00:00Z', ['2024-05-12T08:00:20', '2024-05-12T08:00:50']],
  ])('[SCHED-05] %s after %s', (expression, after, wanted) => {
    expect(runs(expression, 'application', 'UTC', after, 2)).toEqual(wanted);
  });

  test.each([
    ['0 10 * * *', ['cronFieldCount']],
    ['0 0 0 10 * * ? *', ['cronFieldCount']],
    ['0 10 * * * *', ['cronNeedsOneQuestionMark']],
    ['0 10 ? * ? *', ['cronNeedsOneQuestionMark']],
    ['0 0 10 * * * *', ['cronNeedsOneQuestionMark']],
    ['0 10 * * ? 1900', ['cronInvalid']],
    ['0 10 ? * 0 *', ['cronInvalid']],
    ['0 10 ? * 8 *', ['cronInvalid']],
    ['0 10 ? * 7 *', []],
    ['0 10 ? * 7#5 *', []],
    ['0 10 ? * 1/9 *', ['cronInvalid']],
    ['0 10 * * ? 1969', ['cronInvalid']],
    ['0 10 * * ? 1970-2199', []],
    ['0 10 * * ? 2200', ['cronInvalid']],
    ['0 10 ? * 9 2200', ['cronInvalid', 'cronInvalid']],
  ])('[SCHED-05] %j has faults %j', (expression, faults) => {
    expect(reasons(expression, 'application')).toEqual(faults);
  });

  test('[SCHED-05] which of the two days is wrong is told', () => {
    const compiled = compileCron('0 0 10 1 * 2 *', 'application', 'UTC');
    expect(compiled.ok ? {} : compiled.faults[0]?.params).toEqual({ dayOfMonth: '1', dayOfWeek: '2' });
  });
});

test.each([
  ['Asia/Seoul', true],
  ['Etc/UTC', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['+09:00', false],
  ['', false],
])('[SCHED-02] %j names a zone: %s', (name, known) => {
  expect(isZoneName(name)).toBe(known);
});

test('[SCHED-02] the next run is strictly later, and none lies between', () => {
  const compiled = compileCron('*/7 3-5 * * *', 'ec2', 'America/New_York');
  if (!compiled.ok) throw new Error('invalid');
  const { schedule } = compiled;
  const from = Date.parse('2021-01-01T00:00:00Z');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 * 86_400_000 }),
      fc.integer({ min: 1, max: 86_400_000 }),
      (offset, back) => {
        const at = from + offset;
        const next = schedule.next(at)!;
        expect(next).toBeGreaterThan(at);
        expect(schedule.next(Math.max(at, next - back))).toBe(next);
      },
    ),
    { numRuns: 300 },
  );
});

describe('expressions', () => {
  const next = (expression: string, after: string, zone = 'UTC', start = '2024-05-01T00:00:00Z') => {
    const compiled = compileExpression(expression, zone, Date.parse(start));
    if (!compiled.ok) return compiled.faults.map(({ reason }) => reason);
    const at = compiled.schedule.next(Date.parse(after));
    return at === null ? null : new Date(at).toISOString().slice(0, 19);
  };
  test.each([
    ['cron(0 10 * * ? *)', '2024-05-01T10:00:00Z', '2024-05-02T10:00:00'],
    [' cron(0 10 * * ? *) ', '2024-05-01T10:00:00Z', '2024-05-02T10:00:00'],
    ['rate(5 minutes)', '2024-05-01T00:07:00Z', '2024-05-01T00:10:00'],
    ['rate(5 minutes)', '2024-05-01T00:10:00Z', '2024-05-01T00:15:00'],
    ['rate(5 minutes)', '2024-05-01T00:09:59Z', '2024-05-01T00:10:00'],
    ['rate(5 minutes)', '2024-04-30T00:00:00Z', '2024-05-01T00:00:00'],
    ['rate( 5 minutes )', '2024-05-01T00:07:00Z', '2024-05-01T00:10:00'],
    ['at( 2024-05-03T09:30:15 )', '2024-05-01T00:00:00Z', '2024-05-03T09:30:15'],
    ['rate(1 hour)', '2024-05-01T00:00:00Z', '2024-05-01T01:00:00'],
    ['rate(2 days)', '2024-05-01T00:00:00Z', '2024-05-03T00:00:00'],
    ['at(2024-05-03T09:30:15)', '2024-05-01T00:00:00Z', '2024-05-03T09:30:15'],
    ['at(2024-05-03T09:30:15)', '2024-05-03T09:30:15Z', null],
    ['rate(0 minutes)', '2024-05-01T00:00:00Z', ['rateInvalid']],
    ['rate(5 weeks)', '2024-05-01T00:00:00Z', ['rateInvalid']],
    ['rate(1.5 hours)', '2024-05-01T00:00:00Z', ['rateInvalid']],
    ['at(2024-02-30T09:30:15)', '2024-05-01T00:00:00Z', ['atInvalid']],
    ['at(2024-13-01T09:30:15)', '2024-05-01T00:00:00Z', ['atInvalid']],
    ['at(2024-05-03)', '2024-05-01T00:00:00Z', ['atInvalid']],
    ['cron(0 10 * * *)', '2024-05-01T00:00:00Z', ['cronFieldCount']],
    ['0 10 * * ? *', '2024-05-01T00:00:00Z', ['scheduleExpressionInvalid']],
    ['every(5 minutes)', '2024-05-01T00:00:00Z', ['scheduleExpressionInvalid']],
  ])('[SCHED-05] %s after %s', (expression, after, wanted) => {
    expect(next(expression, after)).toEqual(wanted);
  });

  test('[SCHED-05] at and cron are read in the zone', () => {
    expect(next('at(2024-05-03T09:30:15)', '2024-05-01T00:00:00Z', 'Asia/Seoul')).toBe('2024-05-03T00:30:15');
    expect(next('cron(0 9 * * ? *)', '2024-05-01T00:00:00Z', 'Asia/Seoul')).toBe('2024-05-02T00:00:00');
    expect(next('at(2024-05)', '2024-05-01T00:00:00Z', 'Mars/Olympus')).toEqual(['timeZoneUnknown', 'atInvalid']);
  });
});
