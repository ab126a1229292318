import { describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../src/core/errors.ts';
import { messageText } from '../../../src/core/messages/index.ts';
import { buildTimeline, timelineFileName, toCsv } from '../../../src/timeline/index.ts';
import { hostileTexts } from './hostile.ts';
import { at, replay, sampleInput } from './sample.ts';

const sample = buildTimeline(sampleInput());

/** Cells of one line as a spreadsheet reads them (RFC 4180). */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, bare] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g))
    cells.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
  return cells;
}

/** Records, of which a quoted cell may span several lines. */
function recordsOf(text: string): string[] {
  return text.trimEnd().match(/(?:"(?:[^"]|"")*"|[^\n"])+/g) ?? [];
}

describe('a replay as CSV', () => {
  const lines = toCsv(sample, 'en').trimEnd().split('\n');
  const head = lines.findIndex((line) => !line.startsWith('#'));

  it('[FID-01, UX-31] has fidelity first, then every assumption, as comments', () => {
    const comments = lines.slice(0, head);
    const first = (words: string): number => comments.findIndex((line) => line.includes(words));
    expect(first('Minutes with equal desired capacity: 96.7 %')).toBeGreaterThan(0);
    expect(first('Left out: changed by hand or on a schedule: 5 min')).toBeGreaterThan(0);
    expect(first('Minutes with equal')).toBeLessThan(first('Throughput of one instance'));
    expect(first('Throughput of one instance')).toBeGreaterThan(0);
    expect(toCsv(sample, 'ko')).toMatch(/^# .*\n# .*\n# 충실도: /);
  });

  it('has a row per minute and a column per figure of the recording and of every run', () => {
    expect(cellsOf(lines[head]!)).toEqual([
      ...['time', 'left_out'],
      ...['arrivals', 'backlog', 'age_seconds', 'desired', 'in_service'].map((name) => `recorded ${name}`),
      'replayed arrivals',
      ...replay.runs.flatMap(({ label }) =>
        ['backlog', 'age_seconds', 'desired', 'in_service'].map((name) => `${label} ${name}`),
      ),
    ]);
    expect(lines.length - head - 1).toBe(replay.recorded.columns.times.length);
    const width = cellsOf(lines[head]!).length;
    for (const line of lines.slice(head + 1)) expect(line.split(',')).toHaveLength(width);
    const minute = (at(8, 2) / 1000 - replay.recorded.columns.times[0]!) / 60;
    const cells = lines[head + 1 + minute]!.split(',');
    expect(cells.slice(0, 2)).toEqual(['2026-03-02T17:02:00+09:00', 'manual-change']);
    expect(Number(cells[3])).toBeCloseTo(replay.recorded.columns.backlog[minute]!, 3);
    expect(Number(cells.at(-1))).toBe(replay.runs.at(-1)!.columns.inService[minute]);
  });

  it('leaves a cell empty where nothing was recorded', () => {
    const columns = { ...replay.recorded.columns, backlog: replay.recorded.columns.backlog.with(0, Number.NaN) };
    const holed = { ...sample, replay: { ...replay, recorded: { ...replay.recorded, columns } } };
    expect(toCsv(holed, 'en').trimEnd().split('\n')[head + 1]!.split(',')[3]).toBe('');
  });

  it.each([
    ...hostileTexts,
    '=1+2',
    '+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    ' \r\n=1',
    'x,=1',
    'x;=1',
    'x"\n=HYPERLINK("http://evil.example")',
  ])('[SEC-18] no cell and no comment starts a formula or breaks out: %j', (text) => {
    const poisoned = buildTimeline(
      sampleInput({
        resources: sampleInput().resources.map((resource) => ({ ...resource, name: text })),
        replay: {
          ...replay,
          holes: [{ fromMs: at(7, 0), toMs: at(7, 1), treatedAs: text }],
          runs: replay.runs.map((run) => ({ ...run, label: text })),
        },
      }),
    );
    const records = recordsOf(toCsv(poisoned, 'en'));
    const comments = records.filter((record) => record.startsWith('# '));
    expect(comments).toHaveLength(head);
    for (const record of comments) expect(record).not.toMatch(/[,;\t"\r\n|]/);
    const table = records.slice(head);
    expect(table).toHaveLength(replay.recorded.columns.times.length + 1);
    const names = cellsOf(table[0]!);
    expect(names).toHaveLength(cellsOf(lines[head]!).length);
    for (const name of names) expect(name).not.toMatch(/^\s*[=+\-@]/);
  });

  it('needs a replay, and says so in both languages', () => {
    const none = buildTimeline(sampleInput({ replay: null }));
    const thrown = (() => {
      try {
        return toCsv(none, 'en');
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(SpillwayError);
    expect(messageText('en', thrown as SpillwayError)).toMatch(/CSV holds a replay .* choose Markdown/);
    expect(messageText('ko', thrown as SpillwayError)).toMatch(/리플레이가 없습니다/);
  });

  it('UX-94 is named a replay', () => {
    expect(timelineFileName(sample, 'csv')).toMatch(/^spillway_replay_orders\+1_.*\.csv$/);
  });
});
