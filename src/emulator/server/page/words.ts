/** Every text of the page, in both languages. AWS's own names (FIFO, ARN) stay as they are. */
import type { PageLanguage } from './language.ts';

const words = {
  title: { en: 'Spillway emulator', ko: 'Spillway 에뮬레이터' },
  clock: { en: 'Virtual clock', ko: '가상 시계' },
  held: { en: 'held', ko: '멈춤' },
  speed: { en: '{times} × real time', ko: '실제 시간의 {times}배' },
  queues: { en: 'Queues', ko: '대기열' },
  topics: { en: 'Topics', ko: '주제' },
  name: { en: 'Name', ko: '이름' },
  kind: { en: 'Kind', ko: '유형' },
  standard: { en: 'standard', ko: '표준' },
  fifo: { en: 'FIFO', ko: 'FIFO' },
  visible: { en: 'Visible', ko: '대기' },
  inFlight: { en: 'In flight', ko: '처리 중' },
  delayed: { en: 'Delayed', ko: '지연' },
  oldest: { en: 'Age of oldest', ko: '가장 오래된 메시지' },
  seconds: { en: '{n} s', ko: '{n}초' },
  confirmed: { en: 'Subscriptions', ko: '구독' },
  pending: { en: 'Pending confirmation', ko: '확인 대기' },
  nothing: { en: 'Nothing here yet. A first queue:', ko: '아직 아무것도 없습니다. 첫 대기열 만들기:' },
  all: { en: 'All queues', ko: '전체 대기열' },
  looking: {
    en: 'In the order they came. Looking is no receive: it changes nothing.',
    ko: '들어온 순서입니다. 보기만 하며 수신하지 않으므로 아무것도 바뀌지 않습니다.',
  },
  empty: { en: 'The queue is empty.', ko: '대기열이 비어 있습니다.' },
  tooLarge: {
    en: 'These messages are too large for one page. Ask for fewer of them as JSON, with MaxResults.',
    ko: '메시지가 너무 커서 한 페이지에 담을 수 없습니다. MaxResults로 개수를 줄여 JSON으로 받으세요.',
  },
  deadLetters: {
    en: 'Received {n} times, a message goes to {queue}.',
    ko: '{n}번 수신된 메시지가 옮겨지는 대기열: {queue}',
  },
  asJson: { en: 'As JSON', ko: 'JSON으로 보기' },
  first: { en: 'From the first', ko: '처음부터' },
  next: { en: 'Next {n}', ko: '다음 {n}개' },
  receives: { en: 'received {n} ×', ko: '{n}번 수신' },
  sent: { en: 'Sent', ko: '보낸 시각' },
  enqueued: { en: 'Into this queue', ko: '이 대기열에 들어온 시각' },
  firstReceived: { en: 'First received', ko: '처음 수신' },
  lastReceived: { en: 'Last received here', ko: '여기서 마지막 수신' },
  receivesHere: { en: 'Receives here', ko: '여기서 수신한 횟수' },
  from: { en: 'Given up by', ko: '보낸 원본 대기열' },
  details: { en: 'Attributes and times', ko: '속성과 시각' },
  cut: {
    en: '{shown} of {all} characters. Whole as JSON.',
    ko: '전체 {all}자 중 {shown}자입니다. 전체는 JSON으로 보세요.',
  },
  notFound: { en: 'There is no queue {arn}.', ko: '그런 대기열이 없습니다: {arn}' },
} as const satisfies Record<string, Readonly<Record<PageLanguage, string>>>;

export type Word = keyof typeof words;
export type Say = (word: Word, params?: Readonly<Record<string, string | number>>) => string;

export function sayIn(language: PageLanguage): Say {
  const shown = (value: string | number): string =>
    typeof value === 'number' ? value.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US') : value;
  return (word, params = {}) =>
    words[word][language].replace(/\{(\w+)\}/g, (_whole, name: string) => shown(params[name] ?? ''));
}
