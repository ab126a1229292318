/**
 * A replay minute by minute as CSV, for a spreadsheet or a notebook: fidelity and assumptions as comment lines first, then one
 * column per figure of the recording and of every run.
 *
 * Column names and instants are the same in every language. Whatever a person or a service wrote is made inert: no cell
 * starts a formula, no comment breaks into cells (CSV injection). NaN is an empty cell.
 */

import { SpillwayError } from '../../core/errors.ts';
import type { Language } from '../../core/messages/index.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { ReplayResult, Timeline } from '../types.ts';
import { plain } from './escape.ts';
import { fidelityTable } from './fidelity.ts';
import { assumptionsTable } from './tables.ts';
import { type Voice, voiceFor } from './voice.ts';

const figures = ['arrivals', 'backlog', 'ageSeconds', 'desired', 'inService'] as const;
const columnNames = {
  arrivals: 'arrivals',
  backlog: 'backlog',
  ageSeconds: 'age_seconds',
  desired: 'desired',
  inService: 'in_service',
} as const;

/** @throws SpillwayError INPUT_INVALID when the timeline has no replay; TIME_ZONE_UNKNOWN */
export function toCsv(timeline: Timeline, language: Language): string {
  const voice = voiceFor(timeline, language);
  const { replay } = timeline;
  if (replay === null) {
    throw new SpillwayError('INPUT_INVALID', {
      method: 'timeline.export',
      path: 'replay',
      problem: phrases([{ term: 'csv-needs-replay' }]),
    });
  }
  const lines = [...comments(timeline, replay, voice).map(comment), head(replay).map(cell).join(',')];
  const reasons = leftOutReasons(replay);
  const series = [replay.recorded, ...replay.runs].flatMap(({ columns }, index) =>
    // The arrivals of a run are the recorded ones times the factor: the same in every run.
    figures.filter((name) => index <= 1 || name !== 'arrivals').map((name) => columns[name]),
  );
  const { times } = replay.recorded.columns;
  for (let minute = 0; minute < times.length; minute++) {
    const at = times[minute]! * 1000;
    lines.push([voice.instant.iso(at), reasons.get(at) ?? '', ...series.map((of) => figure(of[minute]))].join(','));
  }
  return `${lines.join('\n')}\n`;
}

function comments(timeline: Timeline, replay: ReplayResult, voice: Voice): string[] {
  const { say, instant } = voice;
  const pairs = (rows: readonly (readonly string[])[]): string[] => rows.map(([name, value]) => `${name}: ${value}`);
  return [
    `${say('replay.heading')}: ${voice.resourceName(replay.resourceId)} (${say('report.madeWithValue', { version: timeline.spillwayVersion })})`,
    say('replay.backtest', { from: instant.full(replay.range.fromMs), to: instant.full(replay.range.toMs) }),
    `${say('fidelity.heading')}: ${say(replay.fidelity === null ? 'fidelity.none' : 'fidelity.what')}`,
    ...(replay.fidelity === null ? [] : pairs(fidelityTable(replay.fidelity, voice).rows)),
    `${say('replay.assumptions')}:`,
    ...pairs(assumptionsTable(replay, voice).rows),
  ];
}

function head(replay: ReplayResult): string[] {
  return [
    'time',
    'left_out',
    ...figures.map((name) => `recorded ${columnNames[name]}`),
    ...replay.runs.flatMap(({ label }, index) =>
      figures
        .filter((name) => index === 0 || name !== 'arrivals')
        .map((name) => (name === 'arrivals' ? 'replayed arrivals' : `${label} ${columnNames[name]}`)),
    ),
  ];
}

/** Why a minute is not part of the fidelity, by its start. */
function leftOutReasons({ fidelity }: ReplayResult): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { fromMs, toMs, reason } of fidelity?.leftOut ?? []) {
    for (let at = fromMs; at < toMs; at += 60_000) reasons.set(at, reason);
  }
  return reasons;
}

/** Four decimals: more is noise of the arithmetic. */
function figure(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(Math.round(value * 1e4) / 1e4);
}

/** One line that stays one cell: what separates cells in any locale becomes a blank, grouping within numbers nothing. */
function comment(text: string): string {
  const whole = plain(text).replace(/(?<=\d),(?=\d)/g, '');
  return `# ${whole.replace(/[\s,;|"]+/g, ' ').trim()}`;
}

/** A text cell: quoted where it must be, and never the start of a formula. */
function cell(text: string): string {
  const inert = /^\s*[=+\-@|%]/.test(plain(text)) ? `'${plain(text)}` : plain(text);
  return /[",;\t\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
