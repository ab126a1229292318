/**
 * The timeline as one HTML file that stands alone: inline SVG, inline style, no script, nothing fetched (UX-93).
 *
 * Everything foreign is escaped, and a Content-Security-Policy forbids whatever an escape could have missed (SEC-18).
 */
import type { Language } from '../../core/messages/index.ts';
import { judgementHeadings } from '../../core/messages/yardsticks.ts';
import type { Fidelity, ReplayResult, Timeline } from '../types.ts';
import { bandsHeading, bandsTable } from './bands.ts';
import { type Figure, figures } from './charts.ts';
import { clipped, html, htmlLines } from './escape.ts';
import { fidelityTable } from './fidelity.ts';
import { antipatternsTable, yardsticksTable } from './judgement.ts';
import { tellEntry } from './sentences.ts';
import { styleSheet } from './styleSheet.ts';
import {
  aboutRows,
  assumptionsTable,
  comparisonTable,
  decisionsShown,
  decisionsTable,
  figuresTable,
  milestonesTable,
  setupsTable,
  type Table,
} from './tables.ts';
import { titleOf, type Voice, voiceFor } from './voice.ts';

/** Characters of a source's own words that stand open in a table. */
const detailShown = 160;

/** Throws SpillwayError TIME_ZONE_UNKNOWN. */
export function toHtml(timeline: Timeline, language: Language): string {
  const voice = voiceFor(timeline, language);
  const { say } = voice;
  const title = titleOf(timeline, voice);
  const drawn = figures(timeline, voice);
  const body = [
    `<h1>${html(title)}</h1>`,
    `<dl class="about">${aboutRows(timeline, voice)
      .map(([name, value]) => `<dt>${html(name)}</dt><dd>${htmlLines(value)}</dd>`)
      .join('')}</dl>`,
    `<p class="soft">${html(say('report.noCause'))}</p>`,
    ...section(say('milestones.heading'), tableOr(milestonesTable(timeline, voice), say('milestones.none'), [0])),
    ...(timeline.replay === null
      ? []
      : // How far to trust it stands before what it says (FID-01).
        [
          ...section(say('fidelity.heading'), fidelityHtml(timeline.replay.fidelity, voice)),
          ...section(say('replay.comparison'), tableHtml(comparisonTable(timeline.replay, voice), [8], 'recorded')),
        ]),
    ...(drawn.length === 0 ? [] : section(say('charts.heading'), drawn.map(figureHtml).join('\n'))),
    ...section(say('timeline.heading'), entriesHtml(timeline, voice)),
    ...section(say('figures.heading'), tableOr(figuresTable(timeline, voice), say('figures.none'), [3])),
    ...replayHtml(timeline, voice),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function section(heading: string, content: string): string[] {
  return [`<h2>${html(heading)}</h2>`, content];
}

function figureHtml(figure: Figure): string {
  const keys = figure.legend
    .map(
      ({ label, look }) =>
        `<span class="key"><svg viewBox="0 0 26 8" aria-hidden="true"><path class="line ${look}" d="M0 4H26"/></svg>${html(label)}</span>`,
    )
    .join('');
  const note = figure.note === '' ? '' : `<p class="drawn">${html(figure.note)}</p>`;
  return `<figure><figcaption><span>${html(figure.caption)}</span>${keys}</figcaption>${figure.svg}${note}</figure>`;
}

function entriesHtml(timeline: Timeline, voice: Voice): string {
  const { say } = voice;
  if (timeline.entries.length === 0) return `<p class="soft">${html(say('timeline.none'))}</p>`;
  const head = [
    say('timeline.time'),
    say('timeline.kind'),
    say('timeline.what'),
    say('timeline.resource'),
    say('timeline.detail'),
  ];
  const rows = timeline.entries.map((entry) => {
    const told = tellEntry(voice, entry);
    return (
      `<tr class="${entry.importance}"><td class="t"><time datetime="${html(voice.instant.iso(entry.atMs))}">${html(voice.instant.full(entry.atMs))}</time></td>` +
      `<td class="kind">${html(told.kind)}</td><td>${htmlLines(told.what)}</td><td>${html(told.resource)}</td><td class="d">${detailHtml(told.detail)}</td></tr>`
    );
  });
  return `<div class="scroll"><table class="entries"><thead><tr>${head.map((cell) => `<th>${html(cell)}</th>`).join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** A long text folds behind its beginning: the reader's browser opens it, no script does. */
function detailHtml(detail: string): string {
  const text = detail.trim();
  if (text.length <= detailShown) return htmlLines(text);
  return `<details><summary>${htmlLines(clipped(text, detailShown))}</summary>${htmlLines(text)}</details>`;
}

function fidelityHtml(fidelity: Fidelity | null, voice: Voice): string {
  const { say } = voice;
  if (fidelity === null) return `<p class="soft">${html(say('fidelity.none'))}</p>`;
  return `<p class="soft">${html(say('fidelity.what'))}</p>${tableHtml(fidelityTable(fidelity, voice), [])}`;
}

function sub(heading: string, content: string): string {
  return `<h3>${html(heading)}</h3>\n${content}`;
}

function judgementHtml(replay: ReplayResult, voice: Voice): string[] {
  const yardsticks = yardsticksTable(replay, voice);
  const antipatterns = antipatternsTable(replay, voice);
  if (yardsticks === null || antipatterns === null) return [];
  return [
    sub(judgementHeadings.yardsticks[voice.language], tableHtml(yardsticks, [])),
    sub(judgementHeadings.antipatterns[voice.language], tableOr(antipatterns, voice.say('antipatterns.none'), [])),
  ];
}

function replayHtml(timeline: Timeline, voice: Voice): string[] {
  const { replay } = timeline;
  if (replay === null) return [];
  const { say, instant } = voice;
  return [
    `<h2>${html(say('replay.heading'))}</h2>`,
    `<p>${html(say('replay.backtest', { from: instant.full(replay.range.fromMs), to: instant.full(replay.range.toMs) }))}</p>`,
    ...judgementHtml(replay, voice),
    ...(timeline.bands === undefined
      ? []
      : [sub(bandsHeading(timeline.bands, voice), tableHtml(bandsTable(replay, timeline.bands, voice), []))]),
    sub(say('replay.assumptions'), tableHtml(assumptionsTable(replay, voice), [])),
    sub(say('setup.heading'), tableHtml(setupsTable(replay, voice), [])),
    ...replay.runs.map((run) => {
      const more = run.decisions.length - decisionsShown;
      return (
        `<details><summary>${html(say('decisions.heading', { label: run.label }))}</summary>\n` +
        tableOr(decisionsTable(run.decisions, run.setup, voice), say('decisions.none'), [0]) +
        (more > 0 ? `<p class="soft">${html(say('decisions.more', { count: more }))}</p>` : '') +
        '</details>'
      );
    }),
  ];
}

function tableOr(table: Table, none: string, instants: readonly number[]): string {
  return table.rows.length === 0 ? `<p class="soft">${html(none)}</p>` : tableHtml(table, instants);
}

/**
 * @param instants columns that must not wrap
 * @param firstRow class of the first row, when it is special
 */
function tableHtml(table: Table, instants: readonly number[], firstRow = ''): string {
  const look = (column: number): string => {
    if (table.numeric.has(column)) return ' class="n"';
    return instants.includes(column) ? ' class="t"' : '';
  };
  const head = table.head.map((cell, column) => `<th${look(column)}>${html(cell)}</th>`).join('');
  const rows = table.rows.map((cells, row) => {
    const special = row === 0 && firstRow !== '' ? ` class="${firstRow}"` : '';
    return `<tr${special}>${cells.map((cell, column) => `<td${look(column)}>${htmlLines(cell)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}
