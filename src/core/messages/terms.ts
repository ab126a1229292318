/**
 * Phrases inside a sentence: an error's parameter that has words of its own in each language.
 *
 * Parameters cross processes as plain text or numbers, so a list of phrases travels as one text (`phrases`), and whoever
 * writes the sentence turns it into words (`phraseText`). Anything else is left as it is.
 */
import { assumptionCautions, calibrationNeeds } from './calibration.ts';
import { faultMessages } from './faults.ts';
import { importTerms } from './importTerms.ts';
import { fillTemplate, type Language, type Message } from './index.ts';
import { optionTerms } from './optionTerms.ts';

const ownTerms = {
  'no-sent-messages': {
    en: 'no sent messages (NumberOfMessagesSent) were recorded in the range',
    ko: '구간에 기록된 전송 메시지 수(NumberOfMessagesSent)가 없습니다',
  },
  shapePartUnknown: {
    en: 'there is no such part; there are {expected}',
    ko: '없는 요소입니다. 쓸 수 있는 요소: {expected}',
  },
  shapeFieldUnknown: {
    en: '{field} is not a field of it; there are {expected}',
    ko: '{field|은/는} 없는 항목입니다. 쓸 수 있는 항목: {expected}',
  },
  shapeFieldInvalid: {
    en: '{field} is "{found}", expected a number from {min} to {max}',
    ko: '{field} 값이 "{found}"입니다. {min}부터 {max}까지의 숫자를 넣으세요',
  },
  shapeFieldMissing: {
    en: '{field} is missing; add {field}=NUMBER',
    ko: '{field|이/가} 없습니다. {field}=숫자를 넣으세요',
  },
  'splice-has-questions': {
    en: 'it leaves a question open, such as the zone of its times; import it alone to see which',
    ko: '시간대처럼 파일이 알려 주지 않는 것이 있습니다. 먼저 따로 가져와 무엇인지 확인하세요',
  },
  'splice-off-grid': {
    en: 'it does not begin a whole number of minutes from the other; give an instant on a full minute',
    ko: '시작 시각이 다른 트레이스와 분 단위로 맞지 않습니다. 초가 0인 시각을 지정하세요',
  },
  'no-incoming-records': {
    en: 'no records written (IncomingRecords) were recorded in the range',
    ko: '구간에 기록된 쓰기 레코드 수(IncomingRecords)가 없습니다',
  },
  'no-whole-minute': { en: 'the range holds no whole minute', ko: '구간에 온전한 1분이 없습니다' },
  'alarm-not-replayable': {
    en: 'policy "{policy}" is driven by alarm "{alarm}", which does not watch this queue\'s depth, age, in-flight or sent messages by whole minutes',
    ko: '정책 "{policy}"의 경보 "{alarm}"에 쓰인 지표는 이 대기열의 깊이, 대기 시간, 처리 중 메시지, 전송 메시지의 1분 단위 값이 아닙니다',
  },
  'csv-needs-replay': {
    en: 'CSV holds a replay minute by minute, and there is none; give a replay, or choose Markdown, HTML or JSON',
    ko: 'CSV에는 리플레이가 분 단위로 담기는데 리플레이가 없습니다. 리플레이를 지정하거나 Markdown, HTML, JSON을 고르세요',
  },
  'keys-not-kept': { en: 'keys are not kept on disk', ko: '키는 디스크에 저장하지 않습니다' },
  connection: { en: 'connection', ko: '연결' },
  queue: { en: 'queue', ko: '대기열' },
  stream: { en: 'stream', ko: '스트림' },
  none: { en: 'none', ko: '없음' },
  resource: { en: 'resource', ko: '리소스' },
  'queue-or-stream': { en: 'queue or stream', ko: '대기열 또는 스트림' },
  'scaled-queue': { en: 'queue with a scaled group', ko: '조정되는 그룹이 있는 대기열' },
  'series-of': { en: 'series of {resource}', ko: '{resource}의 시계열' },
  import: { en: 'import', ko: '가져오기' },
  sample: { en: 'sample', ko: '샘플' },
  note: { en: 'note', ko: '메모' },
  demo: { en: 'demo', ko: '데모' },
  emulator: { en: 'emulator', ko: '에뮬레이터' },
  'ended-with': { en: 'its process ended with exit code {code}', ko: '프로세스가 종료 코드 {code|으로/로} 끝났습니다' },
  'needs-tls': {
    en: 'other machines could read the traffic; give --tls-cert and --tls-key, or use an SSH tunnel to the loopback address',
    ko: '다른 컴퓨터가 통신 내용을 읽을 수 있습니다. --tls-cert와 --tls-key를 지정하거나, 루프백 주소로 SSH 터널을 쓰세요',
  },
  'pages-not-built': {
    en: 'the pages are not built yet; run `npm run build` or start with `npm start`',
    ko: '화면이 아직 빌드되지 않았습니다. `npm run build`를 실행하거나 `npm start`로 시작하세요',
  },
  'serve-not-running': {
    en: 'no `spillway serve` is running on that database ({file} is missing); start one, or name its database with --db',
    ko: '그 데이터베이스로 실행 중인 `spillway serve`가 없습니다({file} 없음). 먼저 시작하거나 --db로 그 데이터베이스를 지정하세요',
  },
  'serve-does-not-answer': {
    en: '`spillway serve` at {url} does not answer ({detail}); start it again',
    ko: '{url}의 `spillway serve`가 응답하지 않습니다({detail}). 다시 시작하세요',
  },
  'too-many-calls': {
    en: 'too many calls at once; try again in a moment',
    ko: '한꺼번에 온 호출이 너무 많습니다. 잠시 뒤 다시 시도하세요',
  },
  'not-a-demo-folder': {
    en: 'it holds a recording.sqlite that the demo did not make; choose an empty folder',
    ko: '데모가 만들지 않은 recording.sqlite가 있습니다. 빈 폴더를 고르세요',
  },
  'real-time': {
    en: '"{connection}" runs in real time',
    ko: '"{connection}"의 시간은 실제 시간 그대로 흐릅니다',
  },
  'browser-saves-files': {
    en: 'the page runs in a browser, which saves files itself',
    ko: '브라우저에서 실행 중이어서 파일은 브라우저가 저장합니다',
  },
} as const satisfies Record<string, Message>;

type TermKey =
  | keyof typeof ownTerms
  | keyof typeof calibrationNeeds
  | keyof typeof assumptionCautions
  | keyof typeof faultMessages
  | keyof typeof importTerms
  | keyof typeof optionTerms;

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
  const catalogue: Readonly<Record<string, Message>> = {
    ...ownTerms,
    ...calibrationNeeds,
    ...assumptionCautions,
    ...faultMessages,
    ...importTerms,
    ...optionTerms,
  };
  const list = JSON.parse(text.slice(mark.length)) as Phrase[];
  return list
    .map(({ term, params, at }) => {
      const words = fillTemplate(catalogue[term]?.[language] ?? term, params ?? {});
      return at === undefined ? words : `${at}: ${words}`;
    })
    .join('; ');
}
