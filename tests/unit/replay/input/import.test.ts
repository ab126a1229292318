import { describe, expect, it } from 'vitest';
import { type ErrorValue, SpillwayError } from '../../../../src/core/errors.ts';
import { importNoteText, importQuestionText } from '../../../../src/core/messages/importTerms.ts';
import { messageText } from '../../../../src/core/messages/index.ts';
import { createTraceReader, type TraceImport, type TraceOptions } from '../../../../src/replay/input/index.ts';

const read = (text: string, over: Partial<TraceOptions> = {}, chunk = text.length): TraceImport => {
  const reader = createTraceReader({ file: 'trace.csv', ...over });
  for (let at = 0; at < text.length; at += chunk) reader.push(text.slice(at, at + chunk));
  return reader.finish();
};
const values = (result: TraceImport) => [...result.trace!.values];
const notes = (result: TraceImport) => result.report.notes.map(({ note }) => note);
const noteOf = (result: TraceImport, note: string) => result.report.notes.find((known) => known.note === note)?.params;
const refusal = (run: () => unknown): ErrorValue => {
  try {
    run();
  } catch (error) {
    if (error instanceof SpillwayError) return error;
    throw error;
  }
  throw new Error('was not refused');
};
const lines = (...rows: string[]) => `${rows.join('\n')}\n`;
/** Minutes of a day, "2026-03-02T00:mm:00Z,value". */
const minutes = (...column: (number | string)[]) =>
  lines(
    'timestamp,value',
    ...column.map((value, minute) => `2026-03-02T00:${String(minute).padStart(2, '0')}:00Z,${value}`),
  );
const startSeconds = Date.UTC(2026, 2, 2) / 1000;

describe('formats', () => {
  it.each([
    ['a head', minutes(1, 2, 3)],
    ['no head', '2026-03-02T00:00:00Z,1\n2026-03-02T00:01:00Z,2\n2026-03-02T00:02:00Z,3\n'],
    ['seconds since 1970', `time;value\n${[1, 2, 3].map((v, i) => `${startSeconds + 60 * i};${v}`).join('\n')}\n`],
    [
      'milliseconds since 1970',
      `ts\tvalue\n${[1, 2, 3].map((v, i) => `${(startSeconds + 60 * i) * 1000}\t${v}`).join('\n')}\n`,
    ],
    ['an offset', 'time,n\n2026-03-02T09:00:00+09:00,1\n2026-03-02T09:01:00+09:00,2\n2026-03-02 09:02:00 +0900,3\n'],
    ['values first', 'value,timestamp\n1,2026-03-02T00:00:00Z\n2,2026-03-02T00:01:00Z\n3,2026-03-02T00:02:00Z\n'],
  ])('[IMP-04] [IMP-15] plain with %s', (_what, text) => {
    const result = read(text);
    expect(result.report).toMatchObject({ format: 'plain', kind: 'series', periodSeconds: 60, rows: 3 });
    expect(result.trace).toMatchObject({ startSeconds, periodSeconds: 60, quantity: 'count' });
    expect(values(result)).toEqual([1, 2, 3]);
  });

  it('[IMP-04] a download of a CloudWatch graph: labels above, slashes, the stated period', () => {
    const text = lines(
      'Full label,,"SQS orders NumberOfMessagesSent"',
      'Label,,"NumberOfMessagesSent"',
      'Period,,"300"',
      'Statistic,,"Sum"',
      '"2026/03/02 00:00:00","","10.0"',
      '"2026/03/02 00:15:00","","30.0"',
    );
    const result = read(text, { zone: 'UTC' });
    expect(result.report).toMatchObject({
      format: 'cloudwatch-console',
      series: ['NumberOfMessagesSent'],
      periodSeconds: 300,
    });
    expect(values(result)).toEqual([10, Number.NaN, Number.NaN, 30]);
  });

  it('[IMP-05] GetMetricData: newest first, two pages, PartialData', () => {
    const page = (from: number, values: number[], StatusCode: string) => ({
      MetricDataResults: [
        {
          Id: 'm1',
          Label: 'sent "a"',
          Timestamps: values.map((_, index) => new Date((startSeconds + 60 * (from - index)) * 1000).toISOString()),
          Values: values,
          StatusCode,
        },
      ],
      Messages: [],
    });
    const text = JSON.stringify([page(3, [4, 3], 'PartialData'), page(1, [2, 1], 'Complete')], null, 2);
    for (const chunk of [text.length, 1, 7]) {
      const result = read(text, { file: 'answer.json' }, chunk);
      expect(result.report).toMatchObject({ format: 'get-metric-data', chosen: 'sent "a"', rows: 4 });
      expect(values(result)).toEqual([1, 2, 3, 4]);
      expect(notes(result)).toEqual(['partialData', 'newestFirst']);
    }
  });

  it('[IMP-05] times as numbers, pages as JSON lines', () => {
    const page = (minute: number) =>
      JSON.stringify({
        MetricDataResults: [{ Id: 'm', Label: '', Timestamps: [startSeconds + 60 * minute], Values: [minute] }],
      });
    expect(values(read(`${page(0)}\n${page(1)}\n${page(2)}\n`))).toEqual([0, 1, 2]);
  });

  it('[IMP-05] GetMetricStatistics, unsorted as it comes', () => {
    const Datapoints = [2, 0, 1].map((minute) => ({
      Timestamp: new Date((startSeconds + 60 * minute) * 1000).toISOString(),
      Sum: minute,
      Unit: 'Count',
    }));
    const result = read(JSON.stringify({ Label: 'sent', Datapoints }));
    expect(result.report).toMatchObject({ format: 'get-metric-statistics', series: ['Sum'] });
    expect(values(result)).toEqual([0, 1, 2]);
  });

  it('[IMP-04] [IMP-19] Grafana, a column per series: asked which', () => {
    const text = lines(
      'sep=,',
      '"Time","orders","clicks"',
      '2026-03-02 00:00:00,1,10',
      '2026-03-02 00:01:00,2,',
      '2026-03-02 00:02:00,3,30',
    );
    const open = read(text);
    expect(open.trace).toBeNull();
    expect(open.questions.map(({ question }) => question)).toEqual(['zone', 'series']);
    expect(open.questions[1]!.choices).toEqual(['orders', 'clicks']);
    const result = read(text, { zone: 'UTC', series: 'clicks' });
    expect(result.report.format).toBe('grafana');
    expect(values(result)).toEqual([10, Number.NaN, 30]);
  });

  it('[IMP-04] Grafana, rows that name their series', () => {
    const text = lines(
      '"Series";"Time";"Value"',
      ...[0, 1, 2].flatMap((minute) => [
        `"a";"2026-03-02T00:0${minute}:00+00:00";${minute}`,
        `"b";"2026-03-02T00:0${minute}:00+00:00";null`,
      ]),
    );
    expect(read(text).questions[0]).toMatchObject({ question: 'series', choices: ['a', 'b'] });
    expect(values(read(text, { series: 'a' }))).toEqual([0, 1, 2]);
    expect(noteOf(read(text, { series: 'b' }), 'missingValues')).toEqual({ count: 3, line: 3 });
  });

  it('[IMP-10] [IMP-11] a log of requests with sizes, milliseconds since its start', () => {
    const text = lines('t_ms,input,output', '0,10,1', '0,20,2', '99,30,3', '61000,40,4', '180500,50,5', '239999,60,6');
    const result = read(text, { relativeStartSeconds: startSeconds });
    expect(result.report).toMatchObject({ format: 'requests', kind: 'requests', rows: 6, chosen: null });
    expect(result.trace!.startSeconds).toBe(startSeconds);
    expect(values(result)).toEqual([3, 1, 0, 2]);
    expect([...result.trace!.requests!.seconds]).toEqual([0, 0, 0.099, 61, 180.5, 239.999]);
    expect(result.trace!.requests!.sizes.map(({ name, values }) => [name, values[5]])).toEqual([
      ['input', 60],
      ['output', 6],
    ]);
    expect(notes(result)).toEqual(['relativeTimes']);
  });
});

describe('times', () => {
  it('[IMP-17] without a zone there is a question and no trace, in both languages', () => {
    const result = read('timestamp,value\n2014-04-10 00:04:00,94\n2014-04-10 00:09:00,56\n');
    expect(result.trace).toBeNull();
    const [question] = result.questions;
    expect(importQuestionText('en', question!)).toBe(
      'The times in trace.csv name no zone (line 2: "2014-04-10 00:04:00"). In which zone were they written?',
    );
    expect(importQuestionText('ko', question!)).toContain('어느 시간대로');
    expect(result.report.periodSeconds).toBe(300);
  });

  it('[IMP-17] in a zone', () => {
    const result = read('timestamp,value\n2026-03-02 09:00:00,1\n2026-03-02 09:01:00,2\n', { zone: 'Asia/Seoul' });
    expect(result.trace!.startSeconds).toBe(startSeconds);
    expect(noteOf(result, 'zoneGiven')).toEqual({ zone: 'Asia/Seoul' });
  });

  it('[IMP-18] the hour that clocks show twice, and the one they skip', () => {
    const hours = (...stamps: string[]) => lines('time,n', ...stamps.map((stamp, index) => `${stamp},${index}`));
    const autumn = read(
      hours('2025-11-02 00:30:00', '2025-11-02 01:30:00', '2025-11-02 01:30:00', '2025-11-02 02:30:00'),
      {
        zone: 'America/New_York',
        kind: 'series',
      },
    );
    expect(values(autumn)).toEqual([0, 1, 2, 3]);
    expect(noteOf(autumn, 'repeatedHour')).toEqual({ count: 2 });
    const spring = read(hours('2025-03-09 01:30:00', '2025-03-09 02:30:00', '2025-03-09 04:30:00'), {
      zone: 'America/New_York',
    });
    expect(noteOf(spring, 'skippedHour')).toEqual({ count: 1 });
    expect(values(spring)).toEqual([0, 1, 2]);
  });

  it.each(['2026-02-30 00:00:00', '2026-13-01', '2026-03-02 24:00:00', '12:00', 'yesterday', '-5'])(
    '[IMP-07] "%s" is no time',
    (stamp) => {
      const error = refusal(() => read(`timestamp,value\n2026-03-02 00:00:00,1\n${stamp},2\n`));
      expect(error).toMatchObject({
        code: 'FILE_FIELD_INVALID',
        params: { file: 'trace.csv', line: 3, field: 'timestamp', found: `"${stamp}"` },
      });
      expect(messageText('en', error)).toContain('expected a date and time such as 2026-03-02T00:00:00Z');
      expect(messageText('ko', error)).toContain('같은 날짜와 시각');
    },
  );
});

describe('repairs', () => {
  it('[IMP-02] CRLF, a byte order mark, empty lines, no last newline; in chunks of any size', () => {
    const text = `\ufeff${minutes(1, 2, 3).replaceAll('\n', '\r\n')}\r\n2026-03-02T00:03:00Z,4`;
    for (const chunk of [text.length, 1, 2, 5, 33]) {
      const result = read(text, {}, chunk);
      expect(values(result)).toEqual([1, 2, 3, 4]);
      expect(notes(result)).toEqual(['byteOrderMark', 'crlf', 'noFinalNewline', 'emptyLines']);
    }
  });

  it('[IMP-26] [IMP-27] no number and negative numbers are holes', () => {
    const result = read(minutes(1, '', 'NaN', 'null', -1, 'Infinity', 2));
    expect(values(result)).toEqual([1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 2]);
    expect(noteOf(result, 'missingValues')).toEqual({ count: 4, line: 3 });
    expect(noteOf(result, 'negative')).toEqual({ count: 1, line: 6 });
    expect(result.report.holes).toEqual([{ fromMs: (startSeconds + 60) * 1000, toMs: (startSeconds + 360) * 1000 }]);
  });

  it.each([
    { treatment: 'last', expected: 9 },
    { treatment: 'first', expected: 2 },
    { treatment: 'sum', expected: 11 },
    { treatment: 'mean', expected: 5.5 },
  ] as const)('[IMP-24] duplicates: $treatment', ({ treatment, expected }) => {
    const text = `${minutes(1, 2, 3)}2026-03-02T00:01:00Z,9\n`;
    const result = read(text, { duplicates: treatment });
    expect(values(result)).toEqual([1, expected, 3]);
    expect(noteOf(result, 'duplicates')).toEqual({ count: 1, line: 5, differing: 1, treatment });
    expect(noteOf(result, 'unsorted')).toEqual({ count: 1, line: 5 });
  });

  it('[IMP-22] [IMP-23] times off the grid, and a grid off the minute', () => {
    const text = lines(
      'time,n',
      ...['00:00:53', '00:05:53', '00:10:58', '00:15:53', '00:20:53'].map((at, n) => `2026-03-02T${at}Z,${n}`),
    );
    const result = read(text);
    expect(result.trace).toMatchObject({ startSeconds, periodSeconds: 300 });
    expect(values(result)).toEqual([0, 1, 2, 3, 4]);
    expect(noteOf(result, 'offGrid')).toEqual({ count: 1, line: 4, most: 5, period: 300 });
    expect(noteOf(result, 'offMinute')).toEqual({ seconds: 53 });
  });

  it('[IMP-25] old minutes joined to five by CloudWatch are spread, counts kept', () => {
    const at = (minute: number, value: number) =>
      `${new Date((startSeconds + 60 * minute) * 1000).toISOString()},${value}`;
    const fives = [0, 5, 10, 15, 20].map((minute) => at(minute, 50));
    const ones = Array.from({ length: 20 }, (_, index) => at(25 + index, 10));
    const result = read(lines('time,n', ...fives, ...ones));
    expect(result.trace!.periodSeconds).toBe(60);
    expect(values(result)).toEqual(Array.from({ length: 45 }, () => 10));
    expect(noteOf(result, 'mixedPeriods')).toMatchObject({ other: 300, period: 60, treatment: 'spread' });
    expect(read(lines('time,n', ...fives, ...ones), { quantity: 'gauge' }).trace!.values[3]).toBe(50);
  });

  it('[IMP-25] finer rows after coarse ones are joined', () => {
    const at = (minute: number, value: number) =>
      `${new Date((startSeconds + 60 * minute) * 1000).toISOString()},${value}`;
    const fives = Array.from({ length: 12 }, (_, index) => at(5 * index, 50));
    const ones = Array.from({ length: 10 }, (_, index) => at(60 + index, 10));
    const result = read(lines('time,n', ...fives, ...ones));
    expect(result.trace!.periodSeconds).toBe(300);
    expect(values(result)).toEqual(Array.from({ length: 14 }, () => 50));
    expect(noteOf(result, 'mixedPeriods')).toMatchObject({ other: 60, treatment: 'joined' });
  });

  it('[IMP-28] a last bucket that looks cut; one that is merely low does not', () => {
    const usual = [100, 104, 98, 101, 99, 102, 97, 103, 100, 101, 99];
    const cut = read(minutes(...usual, 40));
    expect(noteOf(cut, 'partialLast')).toMatchObject({ treatment: 'kept' });
    expect(values(read(minutes(...usual, 40), { partial: 'drop' })).at(-1)).toBeNaN();
    expect(notes(read(minutes(...usual, 70)))).toEqual([]);
    // With 4 a minute, 1 is chance.
    expect(notes(read(minutes(4, 5, 4, 3, 4, 5, 4, 3, 4, 5, 4, 1)))).toEqual([]);
  });

  it('[IMP-12] cut minutes of a log', () => {
    const stamps = ['00:00:20.5', '00:00:41.1', '00:01:10.7', '00:01:11.9', '00:02:30.3'];
    const text = lines('time,size', ...stamps.map((stamp) => `2026-03-02T${stamp}Z,1`));
    const result = read(text, { partial: 'drop' });
    expect(values(result)).toEqual([Number.NaN, 2, Number.NaN]);
    expect(notes(result)).toEqual(['partialFirst', 'partialLast']);
  });

  it('[IMP-29] [IMP-30] hours of zeros, and values that are not counts', () => {
    const column = Array.from({ length: 60 }, () => 5);
    expect(noteOf(read(minutes(...column.fill(0, 10, 20))), 'zeroRun')).toBeUndefined();
    const hourly = lines(
      't,n',
      ...Array.from(
        { length: 24 },
        (_, hour) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z,${hour === 7 ? 0 : 3.5}`,
      ),
    );
    expect(noteOf(read(hourly), 'zeroRun')).toEqual({ seconds: 3600, from: '2026-03-02T07:00:00Z' });
    expect(noteOf(read(hourly), 'fractions')).toEqual({ share: 96 });
    expect(noteOf(read(hourly, { quantity: 'gauge' }), 'fractions')).toBeUndefined();
  });

  it('every note is said in both languages, with its numbers', () => {
    const result = read(`\ufeff${minutes(1, '', -1, 4)}2026-03-02T00:01:00Z,9\n`);
    for (const note of result.report.notes) {
      for (const language of ['en', 'ko'] as const) expect(importNoteText(language, note)).not.toMatch(/[{}]/);
    }
    expect(importNoteText('en', result.report.notes.find(({ note }) => note === 'duplicates')!)).toContain(
      'the last was kept',
    );
  });
});

describe('refusals', () => {
  it.each([
    ['a formula', minutes(1, '=1+1'), 'value', '"=1+1"', 3],
    ['a unit', minutes(1, 2, '12%'), 'value', '"12%"', 4],
    ['thousands', minutes(1).replace('1\n', '"1,000"\n'), 'value', '"1,000"', 2],
    ['a missing cell', `${minutes(1)}2026-03-02T00:01:00Z\n`, 'cells', '"1"', 3],
    ['no number at all', 'timestamp,name\n2026-03-02T00:00:00Z,orders\n', 'name', '"orders"', 2],
    ['control characters', minutes('a\u0000b\u001b'), 'value', '"a·b·"', 2],
  ])('[IMP-07] %s: line, field, found, expected', (_what, text, field, found, line) => {
    const error = refusal(() => read(text));
    expect(error).toMatchObject({ code: 'FILE_FIELD_INVALID', params: { file: 'trace.csv', line, field, found } });
    for (const language of ['en', 'ko'] as const) expect(messageText(language, error)).not.toMatch(/[{}]|@phrases/);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('[IMP-06] the name %s', (name) => {
    expect(refusal(() => read(`timestamp,${name}\n2026-03-02T00:00:00Z,1\n`))).toMatchObject({
      code: 'FILE_FIELD_REFUSED',
      params: { line: 1 },
    });
    expect(refusal(() => read(`{"MetricDataResults":[{"${name}":1}]}`))).toMatchObject({ code: 'FILE_FIELD_REFUSED' });
    expect(refusal(() => read(`Series,Time,Value\n${name},2026-03-02T00:00:00Z,1\n`))).toMatchObject({
      params: { line: 2 },
    });
  });

  it.each([
    ['an open quotation mark', 'timestamp,value\n"2026-03-02T00:00:00Z,1\n', 'not closed'],
    ['broken JSON', '{"MetricDataResults": [,]}', 'broken at ","'],
    ['JSON that ends early', '{"MetricDataResults": [', 'ends too early'],
    ['deep JSON', '['.repeat(40), 'nested more than 32'],
    ['nothing', '', 'no row with a time'],
    ['only a head', 'timestamp,value\n', 'no row with a time'],
    ['no line ends', 'x'.repeat(200_000), 'more than 100000 characters'],
  ])('[IMP-07] %s', (_what, text, words) => {
    const error = refusal(() => read(text));
    expect(error.code).toBe('FILE_SYNTAX');
    expect(messageText('en', error)).toContain(words);
    expect(messageText('ko', error)).toMatch(/[가-힣]/);
  });

  it('[IMP-05] other JSON, and lists of different length', () => {
    expect(
      messageText(
        'en',
        refusal(() => read('{"a":[1]}')),
      ),
    ).toMatch(/no row with a time|GetMetricData/);
    const uneven = `{"MetricDataResults":[{"Id":"m","Timestamps":["2026-03-02T00:00:00Z"],"Values":[1,2]}]}`;
    expect(refusal(() => read(uneven))).toMatchObject({ params: { field: 'Values', found: '"2"' } });
  });

  it('[IMP-21] a single row tells no period', () => {
    expect(refusal(() => read(minutes(1)))).toMatchObject({ code: 'FILE_FIELD_INVALID', params: { field: 'time' } });
  });

  it('[IMP-19] a series that is not there; a zone that does not exist', () => {
    expect(
      messageText(
        'en',
        refusal(() => read(minutes(1, 2), { series: 'sent' })),
      ),
    ).toContain('expected one of value');
    expect(refusal(() => read(minutes(1, 2), { zone: 'Mars/Olympus' }))).toMatchObject({ params: { field: 'zone' } });
  });

  it('[IMP-07] limits: size, rows, span', () => {
    expect(refusal(() => read(minutes(1, 2, 3), { limits: { characters: 40 } }, 10))).toMatchObject({
      code: 'FILE_TOO_LARGE',
      params: { bytes: 50, limitBytes: 40 },
    });
    expect(refusal(() => read(minutes(1, 2, 3), { limits: { rows: 2 } }))).toMatchObject({ params: { line: 4 } });
    const far = `${minutes(1, 2, 3)}1970-01-02T00:00:00Z,1\n`;
    expect(
      messageText(
        'en',
        refusal(() => read(far)),
      ),
    ).toContain('one of the times is probably wrong');
  });

  it('[IMP-01] cancelled between chunks and inside a large one', () => {
    let asked = 0;
    const options = { cancelled: () => ++asked > 2 };
    expect(refusal(() => read(minutes(1, 2, 3), options, 20)).code).toBe('CANCELLED');
    let rows = 0;
    const long = lines('time,n', ...Array.from({ length: 20_000 }, (_, n) => `${startSeconds + 60 * n},1`));
    asked = 0;
    const error = refusal(() => read(long, { cancelled: () => ++asked > 1, onProgress: (seen) => (rows = seen.rows) }));
    expect(error.code).toBe('CANCELLED');
    expect(rows).toBe(0);
  });

  it('[IMP-01] tells how far it is', () => {
    const seen: number[] = [];
    read(minutes(1, 2, 3), { onProgress: ({ rows }) => seen.push(rows) }, 40);
    expect(seen.at(-1)).toBe(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});
