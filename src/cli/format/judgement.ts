/**
 * How good each run was, as lines for a terminal: the yardsticks side by side, then what went wrong by name. Text only.
 */
import type { Judgement, ReplayRun } from '../../core/contract/shapes.ts';
import { antipatternText } from '../../core/messages/antipatterns.ts';
import type { Language } from '../../core/messages/index.ts';
import { judgementHeadings, yardstickRows } from '../../core/messages/yardsticks.ts';
import { table } from './table.ts';

export function judgementLines(runs: readonly ReplayRun[], language: Language): string[] {
  const judged = runs.flatMap(({ label: name, judgement }) => (judgement === undefined ? [] : [{ name, judgement }]));
  if (judged.length === 0) return [];
  const rows = yardstickRows(
    language,
    judged.map(({ judgement }) => judgement),
  );
  return [
    ...table([
      [judgementHeadings.yardsticks[language], ...judged.map(({ name }) => name)],
      ...rows.map(([name, ...cells]) => [`  ${name}`, ...cells]),
    ]),
    '',
    judgementHeadings.antipatterns[language],
    ...judged.flatMap(({ name, judgement }) => antipatternLines(name, judgement, language)),
  ];
}

function antipatternLines(name: string, { antipatterns }: Judgement, language: Language): string[] {
  if (antipatterns.length === 0) return [`  ${name}: ${judgementHeadings.none[language]}`];
  return antipatterns.flatMap((found) => {
    const text = antipatternText(language, found);
    const minutes = `${found.minutes} ${judgementHeadings.minutes[language]}`;
    return [`  ${name}: ${text.name} (${found.rule}, ${minutes}): ${text.shows}`, `    -> ${text.change}`];
  });
}
