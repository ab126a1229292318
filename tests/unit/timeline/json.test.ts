import { describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../src/core/errors.ts';
import { messageText } from '../../../src/core/messages/index.ts';
import { buildTimeline, parseTimelineJson, toHtml, toJson } from '../../../src/timeline/index.ts';
import { hostileTexts } from './hostile.ts';
import { sampleInput } from './sample.ts';

const sample = buildTimeline(sampleInput());
const text = toJson(sample);

/** The English sentence a reading ends with; '' when it succeeds. */
function refusal(json: string): string {
  try {
    parseTimelineJson(json, 'incident.json');
    return '';
  } catch (thrown) {
    if (!(thrown instanceof SpillwayError)) throw thrown;
    expect(messageText('ko', thrown)).not.toMatch(/\{\w+\}/);
    return messageText('en', thrown);
  }
}

/** As much of the file's form as the cases below break. */
interface Plain {
  range: object;
  series: { values: number[] }[];
  heatmaps: { heatmap: { values: number[] } }[];
  replay: { recorded: { columns: object }; runs: { summary: object }[] };
}

/** The sample with one value replaced. */
function changed(change: (plain: Plain) => void): string {
  const plain: Plain = JSON.parse(text);
  change(plain);
  return JSON.stringify(plain);
}

describe('timeline JSON', () => {
  it('UX-93 reads back without loss, gaps included, and writes the same bytes again', () => {
    const back = parseTimelineJson(text, 'incident.json');
    expect(back).toEqual(sample);
    expect(toJson(back)).toBe(text);
    expect(toHtml(back, 'ko')).toBe(toHtml(sample, 'ko'));
  });

  it.each(hostileTexts)('carries %j as it is', (title) => {
    const hostile = buildTimeline(sampleInput({ title }));
    expect(parseTimelineJson(toJson(hostile), 'x').title).toBe(title.trim());
  });

  it('says which version it is, first of all', () => {
    expect(text.startsWith('{\n  "schema": "spillway-timeline",\n  "version": 1,\n')).toBe(true);
  });

  it('infinite and missing numbers survive', () => {
    const [series] = sampleInput().series;
    const odd = buildTimeline(
      sampleInput({
        series: [
          {
            ...series!,
            values: series!.values.map((value, index) => (index === 3 ? Number.POSITIVE_INFINITY : value)),
          },
        ],
      }),
    );
    expect(parseTimelineJson(toJson(odd), 'x').series[0]?.values[3]).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isNaN(parseTimelineJson(text, 'x').heatmaps[0]!.heatmap.values[77])).toBe(true);
  });

  it('a __proto__ in the file goes nowhere', () => {
    const json = text.replace('"title":', '"__proto__": { "polluted": 1 }, "title":');
    const back = parseTimelineJson(json, 'x');
    expect((back as unknown as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    { what: 'no JSON', json: '{\n  "schema": "spillway-timeline",\n  oops\n}', expected: /^incident\.json, line 3: / },
    { what: 'another file', json: '{"schema":"x"}', expected: /schema is "x", expected "spillway-timeline"/ },
    { what: 'a list', json: '[]', expected: /\(root\) is a list, expected an object/ },
    {
      what: 'a newer version',
      json: changed((plain) => Object.assign(plain, { version: 9 })),
      expected: /is a timeline of version 9; this Spillway reads up to version 1/,
    },
    {
      what: 'a text where a number belongs',
      json: changed((plain) => Object.assign(plain.range, { fromMs: 'noon' })),
      expected: /range\.fromMs is "noon", expected a number/,
    },
    {
      what: 'a missing member',
      json: text.replace('"spillwayVersion"', '"other"'),
      expected: /spillwayVersion is missing, expected a text/,
    },
    {
      what: 'an unknown kind of fact',
      json: text.replace('"kind": "configuration"', '"kind": "magic"'),
      expected: /entries\[10\]\.fact\.kind is "magic", expected "alarm" \|/,
    },
    {
      what: 'columns of different length',
      json: changed((plain) => plain.series[0]!.values.pop()),
      expected: /series\[0\]\.values is a list, expected 240 numbers, as many as times/,
    },
    {
      what: 'a text inside a column',
      json: changed((plain) => Object.assign(plain.series[0]!.values, { 5: 'five' })),
      expected: /series\[0\]\.values\[5\] is "five", expected a number/,
    },
    {
      what: 'a column missing in a replay',
      json: changed((plain) => Object.assign(plain.replay.recorded.columns, { backlog: null })),
      expected: /replay\.recorded\.columns\.backlog is null, expected a list of numbers/,
    },
    {
      what: 'a wrong value deep in a replay',
      json: changed((plain) => Object.assign(plain.replay.runs[1]!.summary, { costUsd: 'much' })),
      expected: /replay\.runs\[1\]\.summary\.costUsd is "much", expected number/,
    },
    {
      what: 'a heat map with cells missing',
      json: changed((plain) => plain.heatmaps[0]!.heatmap.values.pop()),
      expected: /heatmaps\[0\]\.heatmap\.values is a list, expected 480 numbers/,
    },
    {
      what: 'a zone nobody knows',
      json: text.replace('"Asia/Seoul"', '"Mars/Olympus"'),
      expected: /"Mars\/Olympus" is not a time zone/,
    },
  ])('refuses $what, saying where and what was expected', ({ json, expected }) => {
    expect(refusal(json)).toMatch(expected);
  });
});
