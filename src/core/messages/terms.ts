/**
 * Phrases inside a sentence: an error's parameter that has words of its own in each language.
 *
 * Parameters cross processes as plain text or numbers, so a list of phrases travels as one text (`phrases`), and whoever
 * writes the sentence turns it into words (`phraseText`). Anything else is left as it is.
 */
import { calibrationNeeds } from './calibration.ts';
import { faultMessages } from './faults.ts';
import { fillTemplate, type Language, type Message } from './index.ts';

const ownTerms = {
  'no-sent-messages': {
    en: 'no sent messages (NumberOfMessagesSent) were recorded in the range',
    ko: '구간에 기록된 전송 메시지 수(NumberOfMessagesSent)가 없습니다',
  },
  'no-whole-minute': { en: 'the range holds no whole minute', ko: '구간에 온전한 1분이 없습니다' },
  'alarm-not-replayable': {
    en: 'policy "{policy}" is driven by alarm "{alarm}", which does not watch this queue\'s depth, age, in-flight or sent messages by whole minutes',
    ko: '정책 "{policy}"의 경보 "{alarm}"에 쓰인 지표는 이 대기열의 깊이, 대기 시간, 처리 중 메시지, 전송 메시지의 1분 단위 값이 아닙니다',
  },
} as const satisfies Record<string, Message>;

type TermKey = keyof typeof ownTerms | keyof typeof calibrationNeeds | keyof typeof faultMessages;

export interface Phrase {
  readonly term: TermKey;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where it is, e.g. a field; stands before the words. */
  readonly at?: string;
}

const mark = '@phrases:';

/** One text for an error's parameter. */
export function phrases(list: readonly Phrase[]): string {
  return mark + JSON.stringify(list);
}

/** The words of a parameter in a language; a text that `phrases` did not make is returned as it is. */
export function phraseText(language: Language, text: string): string {
  if (!text.startsWith(mark)) return text;
  const catalogue: Readonly<Record<string, Message>> = { ...ownTerms, ...calibrationNeeds, ...faultMessages };
  const list = JSON.parse(text.slice(mark.length)) as Phrase[];
  return list
    .map(({ term, params, at }) => {
      const words = fillTemplate(catalogue[term]?.[language] ?? term, params ?? {});
      return at === undefined ? words : `${at}: ${words}`;
    })
    .join('; ');
}
