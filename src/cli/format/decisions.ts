/**
 * Every decision of every run as lines for a terminal: instant, plain words, rules. Text only.
 */
import type { ReplayRun } from '../../core/contract/shapes.ts';
import { decisionText } from '../../core/messages/decisions.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';

const labels = {
  en: { heading: 'Decisions: {label} ({count})', none: 'none: no alarm was breached' },
  ko: { heading: '결정: {label} ({count}건)', none: '없음: 임계값을 넘은 경보가 없습니다' },
} as const;

export function decisionLines(runs: readonly ReplayRun[], language: Language): string[] {
  const label = labels[language];
  return runs.flatMap(({ label: name, decisions, setup }) => [
    '',
    fillTemplate(label.heading, { label: name, count: decisions.length }),
    ...(decisions.length === 0 ? [`  ${label.none}`] : []),
    ...decisions.map((decision) => {
      const at = new Date(decision.atMs).toISOString().replace('.000Z', 'Z');
      return `  ${at} ${decisionText(language, decision, setup)} [${decision.rules.join(' ')}]`;
    }),
  ]);
}
