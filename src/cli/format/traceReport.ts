/**
 * What an import read, found odd and asks, as lines for a terminal. Text only.
 */
import type { TraceImported } from '../../core/contract/shapes.ts';
import { importNoteText, importQuestionText } from '../../core/messages/importTerms.ts';
import type { Language } from '../../core/messages/index.ts';

const words = {
  en: {
    read: 'Read {rows} rows every {period} s, {from} to {to}.',
    requests: 'Read {rows} requests, {from} to {to}.',
    option: 'Answer with --{option}{choices}.',
    oneOf: ', one of: ',
  },
  ko: {
    read: '{rows}행을 읽었습니다. 간격 {period}초, {from} ~ {to}.',
    requests: '요청 {rows}건을 읽었습니다. {from} ~ {to}.',
    option: '--{option} 옵션으로 답하세요{choices}.',
    oneOf: '. 선택: ',
  },
} as const;

/** The option of the command that answers a question. */
const optionOf = { zone: 'zone', series: 'series' } as const;

export function traceReportLines({ report, questions }: TraceImported, language: Language): string[] {
  const word = words[language];
  const iso = (ms: number): string => new Date(ms).toISOString();
  const lines = [
    fill(report.kind === 'requests' ? word.requests : word.read, {
      rows: report.rows,
      period: report.periodSeconds,
      from: iso(report.firstMs),
      to: iso(report.lastMs),
    }),
    ...report.notes.map((note) => `  - ${importNoteText(language, note)}`),
  ];
  for (const question of questions) {
    const choices = question.choices.length === 0 ? '' : `${word.oneOf}${question.choices.join(', ')}`;
    lines.push(
      importQuestionText(language, question),
      `  ${fill(word.option, { option: optionOf[question.question], choices })}`,
    );
  }
  return lines;
}

function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
}
