/** What became of the messages of each run, as lines for a terminal; none for a flow. Text only. */
import type { ReplayRun } from '../../core/contract/shapes.ts';
import type { Language } from '../../core/messages/index.ts';
import { messageCountIds, messageCountNames, messageCountsTitle } from '../../core/messages/messageCounts.ts';
import { table } from './table.ts';

export function messageCountLines(runs: readonly ReplayRun[], language: Language): string[] {
  if (runs.every(({ messageCounts }) => messageCounts === undefined)) return [];
  const rows = messageCountIds.map((id) => [
    `  ${messageCountNames[id][language]}`,
    ...runs.map(({ messageCounts }) => messageCounts?.[id].toLocaleString('en') ?? ''),
  ]);
  return ['', ...table([[messageCountsTitle[language], ...runs.map(({ label }) => label)], ...rows])];
}
