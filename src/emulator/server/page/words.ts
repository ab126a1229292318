/** Every text of the page, in both languages. AWS's own names (FIFO, ARN) stay as they are. */
import type { PageLanguage } from './language.ts';

const words = {
  title: { en: 'Spillway emulator', ko: 'Spillway 에뮬레이터' },
  clock: { en: 'Virtual clock', ko: '가상 시계' },
  held: { en: 'held', ko: '멈춤' },
  speed: { en: '{times} × real time', ko: '실제 시간의 {times}배' },
  queues: { en: 'Queues', ko: '대기열' },
  topics: { en: 'Topics', ko: '주제' },
  streams: { en: 'Streams', ko: '스트림' },
  name: { en: 'Name', ko: '이름' },
  kind: { en: 'Kind', ko: '유형' },
  standard: { en: 'standard', ko: '표준' },
  fifo: { en: 'FIFO', ko: 'FIFO' },
  visible: { en: 'Visible', ko: '대기' },
  inFlight: { en: 'In flight', ko: '처리 중' },
  delayed: { en: 'Delayed', ko: '지연' },
  oldest: { en: 'Age of oldest', ko: '최장 대기 시간' },
  deadLetterQueue: { en: 'Dead-letter queue', ko: '배달 못한 편지 대기열' },
  afterReceives: { en: 'after {n} ×', ko: '{n}번 수신 뒤' },
  status: { en: 'Status', ko: '상태' },
  mode: { en: 'Mode', ko: '용량 모드' },
  openShards: { en: 'Open shards', ko: '열린 샤드' },
  records: { en: 'Records', ko: '레코드' },
  retention: { en: 'Retention', ko: '보존 기간' },
  seconds: { en: '{n} s', ko: '{n}초' },
  minutes: { en: '{n} min', ko: '{n}분' },
  hours: { en: '{n} h', ko: '{n}시간' },
  days: { en: '{n} d', ko: '{n}일' },
  subscriptions: { en: 'Subscriptions', ko: '구독' },
  deliversTo: { en: 'Delivers to', ko: '전달 대상' },
  filterPolicy: { en: 'Filter policy', ko: '필터 정책' },
  noSubscriptions: { en: 'Nobody is subscribed.', ko: '구독이 없습니다.' },
  pending: { en: 'pending confirmation', ko: '확인 대기' },
  filter: { en: 'filtered', ko: '필터' },
  raw: { en: 'raw', ko: '원시 전달' },
  more: { en: 'and {n} more', ko: '외 {n}개' },
  cutRows: {
    en: 'The first {shown} of {all}. The AWS CLI lists all.',
    ko: '전체 {all}개 중 처음 {shown}개입니다. 전체는 AWS CLI로 보세요.',
  },
  nothing: { en: 'Nothing here yet', ko: '아직 아무것도 없습니다' },
  firstQueue: { en: 'A first queue:', ko: '첫 대기열 만들기:' },
  firstMessage: { en: 'And a message for it:', ko: '그리고 메시지 보내기:' },
  all: { en: 'All queues, topics and streams', ko: '전체 대기열, 주제, 스트림' },
  looking: {
    en: 'In the order they came. Looking is no receive: it changes nothing.',
    ko: '들어온 순서입니다. 보기만 하며 수신하지 않으므로 아무것도 바뀌지 않습니다.',
  },
  range: { en: 'Messages {from} to {to} of {all}.', ko: '메시지 {all}개 중 {from}~{to}번째.' },
  empty: { en: 'The queue is empty.', ko: '대기열이 비어 있습니다.' },
  noMore: { en: 'No further messages.', ko: '더 이상 메시지가 없습니다.' },
  tooLarge: {
    en: 'These messages are too large for one page. Ask for fewer of them as JSON, with MaxResults.',
    ko: '메시지가 너무 커서 한 페이지에 담을 수 없습니다. MaxResults로 개수를 줄여 JSON으로 받으세요.',
  },
  deadLetters: {
    en: 'takes what was received {n} times',
    ko: '{n}번 수신된 메시지가 옮겨지는 대기열',
  },
  deadLettersOf: { en: 'give up their messages to this queue', ko: '처리하지 못한 메시지를 이 대기열로 보내는 원본' },
  asJson: { en: 'As JSON', ko: 'JSON으로 보기' },
  first: { en: 'From the first', ko: '처음부터' },
  next: { en: 'Next {n}', ko: '다음 {n}개' },
  visibleAgain: { en: 'visible again in {left}', ko: '{left} 뒤 다시 대기' },
  delayEnds: { en: 'delay ends in {left}', ko: '{left} 뒤 지연 끝' },
  sent: { en: 'Sent', ko: '보낸 시각' },
  receiveCount: { en: 'Receive count', ko: '수신 횟수' },
  sender: { en: 'Sender', ko: '보낸 계정' },
  group: { en: 'Group', ko: '그룹' },
  from: { en: 'Given up by', ko: '원본 대기열' },
  enqueued: { en: 'Into this queue', ko: '이 대기열에 들어온 시각' },
  firstReceived: { en: 'First received', ko: '처음 수신' },
  lastReceived: { en: 'Last received here', ko: '여기서 마지막 수신' },
  receivesHere: { en: 'Receives here', ko: '여기서 수신한 횟수' },
  details: { en: 'Attributes and times', ko: '속성과 시각' },
  attributes: { en: 'attributes: {n}', ko: '속성 {n}개' },
  cut: {
    en: '{shown} of {all} characters. Whole as JSON.',
    ko: '전체 {all}자 중 {shown}자입니다. 전체는 JSON으로 보세요.',
  },
  notFound: { en: 'There is no queue {arn}.', ko: '그런 대기열이 없습니다: {arn}' },
  noTopic: { en: 'There is no topic {arn}.', ko: '그런 주제가 없습니다: {arn}' },
} as const satisfies Record<string, Readonly<Record<PageLanguage, string>>>;

export type Word = keyof typeof words;
export type Say = (word: Word, params?: Readonly<Record<string, string | number>>) => string;

export function sayIn(language: PageLanguage): Say {
  const shown = (value: string | number): string =>
    typeof value === 'number' ? value.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US') : value;
  return (word, params = {}) =>
    words[word][language].replace(/\{(\w+)\}/g, (_whole, name: string) => shown(params[name] ?? ''));
}
