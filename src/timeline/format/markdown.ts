/**
 * The timeline as Markdown with GitHub tables, for a postmortem or a ticket. Everything foreign is escaped (SEC-18).
 */
import type { Language } from '../../core/messages/index.ts';
import { judgementHeadings } from '../../core/messages/yardsticks.ts';
import type { ReplayResult, Timeline } from '../types.ts';
import { bandsHeading, bandsTable } from './bands.ts';
import { clipped, markdown as escapeCell } from './escape.ts';
import { fidelityTable } from './fidelity.ts';
import { antipatternsTable, yardsticksTable } from './judgement.ts';
import { tellEntry } from './sentences.ts';
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

/** Characters of a source's own words in a table cell: enough for a cause, not for a whole alarm definition. */
const detailShown = 240;

/** Throws SpillwayError TIME_ZONE_UNKNOWN. */
export function toMarkdown(timeline: Timeline, language: Language): string {
  const voice = voiceFor(timeline, language);
  const { say } = voice;
  const entries = entriesTable(timeline, voice);
  const parts = [
    `# ${escapeCell(titleOf(timeline, voice))}`,
    aboutRows(timeline, voice)
      .map(([name, value]) => `- **${escapeCell(name)}**: ${escapeCell(value)}`)
      .join('\n'),
    escapeCell(say('report.noCause')),
    `## ${say('milestones.heading')}`,
    tableOr(milestonesTable(timeline, voice), say('milestones.none')),
    `## ${say('timeline.heading')}`,
    tableOr(entries, say('timeline.none')),
    ...(entries.rows.some((cells) => cells.at(-1)!.endsWith('…')) ? [say('timeline.clipped')] : []),
    `## ${say('figures.heading')}`,
    tableOr(figuresTable(timeline, voice), say('figures.none')),
    ...replayParts(timeline, voice),
  ];
  return `${parts.join('\n\n')}\n`;
}

function entriesTable(timeline: Timeline, voice: Voice): Table {
  const { say } = voice;
  return {
    head: [
      say('timeline.time'),
      say('timeline.kind'),
      say('timeline.what'),
      say('timeline.resource'),
      say('timeline.detail'),
    ],
    numeric: new Set(),
    rows: timeline.entries.map((entry) => {
      const told = tellEntry(voice, entry);
      return [voice.instant.full(entry.atMs), told.kind, told.what, told.resource, clipped(told.detail, detailShown)];
    }),
  };
}

function replayParts(timeline: Timeline, voice: Voice): string[] {
  const { replay } = timeline;
  if (replay === null) return [];
  const { say, instant } = voice;
  return [
    `## ${say('replay.heading')}`,
    escapeCell(
      say('replay.backtest', { from: instant.full(replay.range.fromMs), to: instant.full(replay.range.toMs) }),
    ),
    // How far to trust it stands before what it says (FID-01).
    `### ${say('fidelity.heading')}`,
    replay.fidelity === null
      ? say('fidelity.none')
      : `${say('fidelity.what')}\n\n${tableText(fidelityTable(replay.fidelity, voice))}`,
    `### ${say('replay.comparison')}`,
    tableText(comparisonTable(replay, voice)),
    ...judgementParts(replay, voice),
    ...(timeline.bands === undefined
      ? []
      : [`### ${bandsHeading(timeline.bands, voice)}`, tableText(bandsTable(replay, timeline.bands, voice))]),
    `### ${say('replay.assumptions')}`,
    tableText(assumptionsTable(replay, voice)),
    `### ${say('setup.heading')}`,
    tableText(setupsTable(replay, voice)),
    ...replay.runs.flatMap((run) => [
      `### ${escapeCell(say('decisions.heading', { label: run.label }))}`,
      tableOr(decisionsTable(run.decisions, run.setup, voice), say('decisions.none')),
      ...(run.decisions.length > decisionsShown
        ? [say('decisions.more', { count: run.decisions.length - decisionsShown })]
        : []),
    ]),
  ];
}

function judgementParts(replay: ReplayResult, voice: Voice): string[] {
  const yardsticks = yardsticksTable(replay, voice);
  const antipatterns = antipatternsTable(replay, voice);
  if (yardsticks === null || antipatterns === null) return [];
  return [
    `### ${judgementHeadings.yardsticks[voice.language]}`,
    tableText(yardsticks),
    `### ${judgementHeadings.antipatterns[voice.language]}`,
    tableOr(antipatterns, voice.say('antipatterns.none')),
  ];
}

function tableOr(table: Table, none: string): string {
  return table.rows.length === 0 ? none : tableText(table);
}

function tableText(table: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  const rule = `| ${table.head.map((_, index) => (table.numeric.has(index) ? '---:' : '---')).join(' | ')} |`;
  return [line(table.head), rule, ...table.rows.map(line)].join('\n');
}
