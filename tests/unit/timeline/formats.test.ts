import { describe, expect, it } from 'vitest';
import { tellEntry } from '../../../src/timeline/format/sentences.ts';
import { voiceFor } from '../../../src/timeline/format/voice.ts';
import type { Timeline } from '../../../src/timeline/index.ts';
import {
  buildTimeline,
  parseTimelineJson,
  timelineFileName,
  toHtml,
  toJson,
  toMarkdown,
} from '../../../src/timeline/index.ts';
import { hostileTexts, wellFormedTags } from './hostile.ts';
import { activity, alarmChange, at, event, judgement, queueId, replay, sampleInput, streamId } from './sample.ts';

const languages = ['en', 'ko'] as const;
const sample = buildTimeline(sampleInput());

/** Every place a foreign text can reach, filled with it. */
function poisoned(text: string): Timeline {
  const note = { title: text, detail: text, sourceId: 'note' };
  return buildTimeline(
    sampleInput({
      title: text,
      resources: [
        { resourceId: queueId, name: text, kind: 'sqs-queue', region: text, connectionName: text },
        { resourceId: streamId, name: text, kind: 'kinesis-stream', region: text, connectionName: text },
      ],
      events: [
        alarmChange(at(7, 0), text, text, 'ALARM'),
        alarmChange(at(7, 5), text, 'ALARM', text),
        event('alarm-action', at(7, 1), { kind: 'alarm-action', alarmName: text, summary: text }),
        activity(at(7, 2), null, text, { cause: text }),
        event('note', at(7, 3), { kind: 'note', noteKind: 'milestone', author: text }, note),
        event('configuration', at(7, 4), { kind: 'configuration', what: text, before: text, after: text }),
        event('recorder', at(7, 6), { kind: 'recorder', what: 'error', fromMs: null }, { detail: text }),
      ],
      heatmaps: sampleInput().heatmaps.map(({ resourceId, heatmap }) => ({
        resourceId,
        heatmap: {
          ...heatmap,
          shardIds: heatmap.shardIds.map((_, index) => `${index}${text}`),
          hotShardIds: [`0${text}`],
        },
      })),
      alarms: sampleInput().alarms.map(({ resourceId, alarm }) => ({ resourceId, alarm: { ...alarm, name: text } })),
      replay: {
        ...replay,
        holes: [{ fromMs: at(7, 0), toMs: at(7, 1), treatedAs: text }],
        runs: replay.runs.map((run) => ({
          ...run,
          label: text,
          decisions: run.decisions.map((decision) => ({
            ...decision,
            policyName: text,
            alarmName: text,
            rules: [text],
          })),
        })),
      },
    }),
  );
}

describe.each(languages)('HTML in %s', (language) => {
  it('is well-formed, names its language and every picture, and its SVG has title and description', () => {
    const tags = wellFormedTags(toHtml(sample, language));
    expect(tags[0]).toEqual({ name: 'html', attributes: { lang: language } });
    const pictures = tags.filter(({ name, attributes }) => name === 'svg' && attributes['aria-hidden'] !== 'true');
    expect(pictures.length).toBeGreaterThanOrEqual(6);
    const ids = new Set(tags.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id])));
    for (const { attributes } of pictures) {
      expect(attributes.role).toBe('img');
      for (const id of attributes['aria-labelledby']!.split(' ')) expect(ids).toContain(id);
    }
  });

  it('UX-93 SEC-18 has no script, fetches nothing and says so to the browser', () => {
    const text = toHtml(sample, language);
    const tags = wellFormedTags(text);
    const names = new Set(tags.map(({ name }) => name));
    for (const forbidden of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'a', 'form', 'use', 'image']) {
      expect(names).not.toContain(forbidden);
    }
    for (const { attributes } of tags) {
      for (const key of Object.keys(attributes)) expect(key).not.toMatch(/^(on|href|src|xlink|style$)/);
    }
    expect(text).not.toMatch(/url\(|@import|https?:/);
    expect(tags.find(({ attributes }) => attributes['http-equiv'] !== undefined)?.attributes).toEqual({
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    });
  });

  it.each(hostileTexts)('SEC-18 keeps %j text', (text) => {
    const calm = wellFormedTags(toHtml(poisoned('calm'), language)).map(({ name }) => name);
    const tags = wellFormedTags(toHtml(poisoned(text), language)).map(({ name }) => name);
    // Line breaks in cells are the one tag a text may cause.
    const withoutBreaks = (names: string[]) => names.filter((name) => name !== 'br' && name !== 'text' && name !== 'g');
    expect(withoutBreaks(tags)).toEqual(withoutBreaks(calm));
  });

  it('draws a report without series, events or replay', () => {
    const empty = buildTimeline(sampleInput({ events: [], series: [], heatmaps: [], alarms: [], replay: null }));
    expect(wellFormedTags(toHtml(empty, language)).some(({ name }) => name === 'svg')).toBe(false);
  });
});

describe.each(languages)('Markdown in %s', (language) => {
  const lines = (timeline: Timeline): string[] => toMarkdown(timeline, language).split('\n');
  /** Cells of a table line: pipes that are not escaped. */
  const cells = (line: string): number => line.replace(/\\[\s\S]/g, '').split('|').length - 2;

  it('every row of a table has as many cells as its head', () => {
    for (const timeline of [sample, ...hostileTexts.map(poisoned)]) {
      let width = 0;
      for (const line of lines(timeline)) {
        if (!line.startsWith('|')) width = 0;
        else if (width === 0) width = cells(line);
        else expect(cells(line)).toBe(width);
      }
    }
  });

  it.each(hostileTexts)('SEC-18 keeps %j text', (text) => {
    const own = lines(poisoned('calm'));
    const written = lines(poisoned(text));
    const headings = (all: string[]) => all.filter((line) => line.startsWith('#')).map((line) => line.split(' ')[0]);
    expect(headings(written)).toEqual(headings(own));
    const bare = written
      .join('\n')
      .replace(/\\[\s\S]/g, '')
      .replace(/\*\*/g, '');
    expect(bare).not.toMatch(/[<>`[\]]/);
    expect(bare).not.toMatch(/:\/\/|www\.|[@&$_~]/);
  });

  it('UX-31 states the assumptions of a replay and that it is a backtest', () => {
    const text = toMarkdown(sample, language);
    expect(text).toContain('118.4');
    expect(text).toMatch(language === 'en' ? /It is no forecast/ : /예측이 아닙니다/);
  });
});

describe('zones', () => {
  it('UX-13 the same instants under Seoul and UTC, each with its offset', () => {
    const offsets = { 'Asia/Seoul': '+09:00', UTC: '+00:00', 'America/St_Johns': '-03:30' };
    const found = Object.entries(offsets).map(([timeZone, offset]) => {
      const text = toMarkdown(buildTimeline(sampleInput({ timeZone })), 'en');
      const instants = [...text.matchAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d:\d\d)/g)];
      expect(new Set(instants.map(([, , , each]) => each))).toEqual(new Set([offset]));
      return instants.map(([, day, time, each]) => Date.parse(`${day}T${time}${each}`));
    });
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
    expect(found[0]!.length).toBeGreaterThan(30);
  });

  it('a clock that goes back shows both offsets', () => {
    const range = { fromMs: Date.UTC(2026, 9, 25, 0, 30), toMs: Date.UTC(2026, 9, 25, 1, 30) };
    const text = toMarkdown(
      buildTimeline(sampleInput({ range, timeZone: 'Europe/Berlin', series: [], replay: null })),
      'en',
    );
    expect(text).toContain('2026-10-25 02:30:00 +02:00 to 2026-10-25 02:30:00 +01:00 (1 h)');
  });
});

describe('sentences', () => {
  const tell = (language: 'en' | 'ko') => {
    const voice = voiceFor(sample, language);
    return sample.entries.map((entry) => tellEntry(voice, entry).what);
  };

  it('in English', () => {
    expect(tell('en')).toEqual([
      'Recording started',
      'Alarm orders-backlog-low: OK → ALARM, then OK after 1 h',
      'Alarm orders-backlog-high: OK → ALARM, then OK after 1 h 1 min',
      'Alarm orders-backlog-high ran an action',
      'orders-workers: desired capacity 2 → 3, 1 instance launched, in 1 min 35 s',
      'orders-workers: desired capacity 3 → 5, 1 instance launched, 1 failed, in 1 min 37 s',
      'Acknowledged (Jin)',
      'orders-workers: desired capacity 5 → 8, 3 instances launched, in 1 min 37 s',
      'Looks like the campaign mail (Jin)',
      'orders-workers: desired capacity 11 → 9, 2 instances terminated, in 1 min 36 s',
      'MaxSize of orders-workers: 12 → 20',
    ]);
  });

  it('in Korean', () => {
    expect(tell('ko').slice(0, 6)).toEqual([
      '기록 시작',
      '경보 orders-backlog-low: OK → ALARM, 1시간 뒤 OK',
      '경보 orders-backlog-high: OK → ALARM, 1시간 1분 뒤 OK',
      '경보 orders-backlog-high가 작업을 실행함',
      'orders-workers: 원하는 용량 2 → 3, 인스턴스 1개 시작, 1분 35초 걸림',
      'orders-workers: 원하는 용량 3 → 5, 인스턴스 1개 시작, 1건 실패, 1분 37초 걸림',
    ]);
  });
});

describe('long texts', () => {
  const long = `${'x'.repeat(400)} end`;
  const timeline = buildTimeline(
    sampleInput({
      replay: null,
      events: [
        event('configuration', at(7, 0), {
          kind: 'configuration',
          what: 'orders-backlog-high',
          before: '',
          after: long,
        }),
      ],
    }),
  );

  it('a whole definition is no headline: it stands in the detail', () => {
    const voice = voiceFor(timeline, 'en');
    expect(tellEntry(voice, timeline.entries[0]!)).toMatchObject({
      what: 'orders-backlog-high: configuration changed',
      detail: `before: (none)\nafter: ${long}`,
    });
  });

  it('are cut in Markdown, which says so, fold in HTML and are whole in JSON', () => {
    expect(toMarkdown(timeline, 'en')).not.toContain('x end');
    expect(toMarkdown(timeline, 'en')).toContain('cut here; the JSON form has them whole');
    expect(toMarkdown(sample, 'en')).not.toContain('cut here');
    expect(toHtml(timeline, 'en')).toMatch(
      /<details><summary>before: [^<]*<br>after: x+…<\/summary>[^§]* end<\/details>/,
    );
    expect(toJson(timeline)).toContain(long);
  });
});

describe('[FID-08] fidelity', () => {
  it('stands before the comparison, with the minutes left out by reason and where they are', () => {
    for (const text of [toMarkdown(sample, 'en'), toHtml(sample, 'en')]) {
      expect(text.indexOf('Minutes with equal desired capacity')).toBeLessThan(text.indexOf('Policies compared'));
      expect(text.indexOf('Minutes with equal desired capacity')).toBeGreaterThan(0);
      expect(text).toContain('Left out: changed by hand or on a schedule');
      expect(text).toMatch(/5 min.{1,6}2026-03-02 \d\d:00:00 \+\d\d:\d\d – 2026-03-02 \d\d:05:00/);
    }
    expect(toMarkdown(sample, 'ko')).toContain('제외: 사람이나 예약 작업이 용량을 바꿈');
    expect(toJson(sample)).toContain('"reason": "manual-change"');
  });

  it('many stretches are told up to ten, with how many more', () => {
    const leftOut = Array.from({ length: 13 }, (_, index) => ({
      fromMs: at(7, index * 2),
      toMs: at(7, index * 2 + 1),
      reason: 'hole' as const,
    }));
    const replay = { ...sample.replay!, fidelity: { ...sample.replay!.fidelity!, leftOut } };
    expect(toMarkdown({ ...sample, replay }, 'en')).toMatch(/13 min \/ .* \/ and 3 more stretches/);
  });
});

describe('yardsticks and antipatterns', () => {
  const judged = {
    ...sample,
    replay: { ...sample.replay!, runs: sample.replay!.runs.map((run) => ({ ...run, judgement })) },
  };

  it('stand in Markdown and HTML with the rule of each, undefined as n/a, in both languages', () => {
    for (const text of [toMarkdown(judged, 'en'), toHtml(judged, 'en')]) {
      expect(text).toMatch(/late messages.{1,30}12 \(3\.0 %\).*YARD-22/);
      expect(text).toMatch(/drain, min.{1,30}n\/a/);
      expect(text).toMatch(/Flapping.{1,10}ANTI-01/);
      expect(text).toContain('the desired capacity turned 6 times, 4 times within one hour');
      expect(text).toContain('let the scale-in alarm look at 10 min');
      expect(text).toContain('2026-03-02 17:00:00 +09:00 – 2026-03-02 17:30:00 +09:00');
    }
    expect(toMarkdown(judged, 'ko')).toMatch(/늦은 메시지 \| 12 \(3\.0 %\)/);
    expect(toHtml(judged, 'ko')).toContain('플래핑');
  });

  it('a run without findings says so; a result of an older version has neither table', () => {
    const calm = {
      ...judged,
      replay: {
        ...judged.replay,
        runs: [{ ...judged.replay.runs[0]!, judgement: { ...judgement, antipatterns: [] } }],
      },
    };
    expect(toMarkdown(calm, 'en')).toMatch(/### Antipatterns\n\nNone found\./);
    expect(toMarkdown(sample, 'en')).not.toContain('### Antipatterns');
    expect(toHtml(sample, 'en')).not.toContain('Yardsticks');
  });

  it('are read back from JSON as they were', () => {
    expect(parseTimelineJson(toJson(judged), 'x.json').replay!.runs[0]!.judgement).toEqual(judgement);
  });
});

describe('repeating', () => {
  it('equal input gives byte-equal output in every form', () => {
    const again = buildTimeline(sampleInput({ events: [...sampleInput().events] }));
    for (const language of languages) {
      expect(toHtml(again, language)).toBe(toHtml(sample, language));
      expect(toMarkdown(again, language)).toBe(toMarkdown(sample, language));
    }
    // Ids of events are the store's; they are not part of a timeline.
    expect(toJson(again)).toBe(toJson(sample));
  });
});

describe('file names', () => {
  it.each([
    ['UTC', 'spillway_timeline_orders+1_20260302T060000+0000_20260302T100000+0000.md'],
    ['Asia/Seoul', 'spillway_timeline_orders+1_20260302T150000+0900_20260302T190000+0900.md'],
    ['America/St_Johns', 'spillway_timeline_orders+1_20260302T023000-0330_20260302T063000-0330.md'],
  ])('UX-94 in %s', (timeZone, expected) => {
    expect(timelineFileName(buildTimeline(sampleInput({ timeZone })), 'markdown')).toBe(expected);
  });

  it('UX-94 a hostile name cannot leave its folder', () => {
    for (const text of ['../../etc/passwd', 'a/b\\c:d*e?"<>|', '....', '주문 대기열', '']) {
      const resources = [{ ...sampleInput().resources[0]!, name: text }];
      expect(timelineFileName(buildTimeline(sampleInput({ resources })), 'html')).toMatch(
        /^spillway_timeline_[\p{L}\p{N}][\p{L}\p{N}.-]*_\d{8}T\d{6}\+\d{4}_\d{8}T\d{6}\+\d{4}\.html$/u,
      );
    }
  });
});
