/**
 * Yardsticks and antipatterns of the replayed runs as the report's tables; the words are those of the command line.
 */
import type { Judgement, ReplayResult } from '../../core/contract/shapes.ts';
import { antipatternText } from '../../core/messages/antipatterns.ts';
import { judgementHeadings, yardstickRows, yardsticks } from '../../core/messages/yardsticks.ts';
import { clippedList } from './clippedList.ts';
import { number } from './quantity.ts';
import type { Table } from './tables.ts';
import type { Voice } from './voice.ts';

interface Judged {
  readonly label: string;
  readonly judgement: Judgement;
}

/** Runs of older results were not judged. */
function judgedRuns(replay: ReplayResult): Judged[] {
  return replay.runs.flatMap(({ label, judgement }) => (judgement === undefined ? [] : [{ label, judgement }]));
}

/** One row per yardstick with the rule that defines it, one column per run; null when no run was judged. */
export function yardsticksTable(replay: ReplayResult, voice: Voice): Table | null {
  const judged = judgedRuns(replay);
  if (judged.length === 0) return null;
  const rows = yardstickRows(
    voice.language,
    judged.map(({ judgement }) => judgement),
  );
  return {
    head: [
      judgementHeadings.yardsticks[voice.language],
      ...judged.map(({ label }) => label),
      voice.say('decisions.rules'),
    ],
    numeric: new Set(judged.map((_, index) => index + 1)),
    rows: rows.map((cells, index) => [...cells, yardsticks[index]!.rule]),
  };
}

/** One row per finding; no rows when nothing was found, null when no run was judged. */
export function antipatternsTable(replay: ReplayResult, voice: Voice): Table | null {
  const judged = judgedRuns(replay);
  if (judged.length === 0) return null;
  const { say } = voice;
  return {
    head: [
      say('replay.policy'),
      judgementHeadings.antipatterns[voice.language],
      say('antipatterns.shows'),
      say('antipatterns.change'),
      say('antipatterns.when'),
    ],
    numeric: new Set(),
    rows: judged.flatMap(({ label, judgement }) =>
      judgement.antipatterns.map((found) => {
        const text = antipatternText(voice.language, found);
        const when = clippedList(found.stretches, voice, ({ fromMs, toMs }) =>
          say('list.stretch', { from: voice.instant.full(fromMs), to: voice.instant.full(toMs) }),
        );
        const minutes = `${number(found.minutes, 0)} ${judgementHeadings.minutes[voice.language]}`;
        return [label, `${text.name}\n${found.rule}`, text.shows, text.change, [minutes, ...when].join('\n')];
      }),
    ),
  };
}
