/**
 * What the import of a trace expected, found and did, in both languages.
 *
 * `importTerms` are phrases inside an error (terms.ts); `importNotes` say what was odd in a file and how it was treated
 * (src/replay/input), `importQuestions` ask what a file does not tell.
 */
import { fillTemplate, type Language, type Message } from './index.ts';

export const importTerms = {
  'trace-stamp': {
    en: 'a date and time such as 2026-03-02T00:00:00Z or 2026-03-02 00:00:00, or seconds or milliseconds since 1970',
    ko: '2026-03-02T00:00:00Z, 2026-03-02 00:00:00 같은 날짜와 시각, 또는 1970년부터의 초나 밀리초',
  },
  'trace-number': {
    en: 'a plain number such as 42 or 1.5e3, without a unit, a formula or thousands separators; empty or NaN for no datapoint',
    ko: '단위, 수식, 천 단위 구분 기호가 없는 숫자(예: 42, 1.5e3). 값이 없으면 비우거나 NaN',
  },
  'trace-cells': { en: '{count} cells, as in the rows before', ko: '앞의 행처럼 {count}칸' },
  'trace-columns': {
    en: 'a column of times and at least one of numbers',
    ko: '시각 열 하나와 숫자 열 하나 이상',
  },
  'trace-quote-open': {
    en: 'a quotation mark is not closed on its line',
    ko: '따옴표가 같은 행에서 닫히지 않았습니다',
  },
  'trace-reserved-name': {
    en: 'this name is reserved and is not read; rename it',
    ko: '예약된 이름이라 읽지 않습니다. 이름을 바꾸세요',
  },
  'trace-line-too-long': {
    en: 'the line has more than {limit} characters; this does not look like a trace',
    ko: '행이 {limit}자를 넘습니다. 트레이스 파일이 아닌 것 같습니다',
  },
  'trace-too-many-rows': {
    en: 'more than {limit} rows; cut the file to the range you need',
    ko: '행이 {limit}개를 넘습니다. 필요한 구간만 잘라 쓰세요',
  },
  'trace-span': {
    en: 'from {from} to {to} in steps of {period} s there are more than {limit} buckets; one of the times is probably wrong',
    ko: '{from}부터 {to}까지 {period}초 간격이면 구간이 {limit}개를 넘습니다. 잘못된 시각이 있는 것 같습니다',
  },
  'trace-empty': { en: 'the file holds no row with a time', ko: '시각이 있는 행이 없습니다' },
  'trace-one-row': {
    en: 'at least two rows with different times, or the period',
    ko: '시각이 서로 다른 행 두 개 이상, 또는 주기',
  },
  'trace-json': { en: 'the JSON is broken at "{found}"', ko: 'JSON 형식이 "{found}"에서 어긋납니다' },
  'trace-json-end': {
    en: 'the JSON ends too early; download the file again',
    ko: 'JSON이 중간에 끊겼습니다. 파일을 다시 받으세요',
  },
  'trace-json-deep': { en: 'the JSON is nested more than {limit} deep', ko: 'JSON이 {limit}단계보다 깊습니다' },
  'trace-json-shape': {
    en: 'an answer of GetMetricData (MetricDataResults with Timestamps and Values) or of GetMetricStatistics (Datapoints)',
    ko: 'GetMetricData 응답(Timestamps와 Values가 있는 MetricDataResults) 또는 GetMetricStatistics 응답(Datapoints)',
  },
  'trace-same-length': { en: 'as many as Timestamps, {count}', ko: 'Timestamps와 같은 {count}개' },
  'trace-series-name': { en: 'one of {names}', ko: '{names} 중 하나' },
  'trace-zone': {
    en: 'an IANA zone such as Asia/Seoul or UTC, or a difference such as +09:00',
    ko: 'Asia/Seoul, UTC 같은 IANA 시간대 또는 +09:00 같은 시차',
  },
} as const satisfies Record<string, Message>;

export const importNotes = {
  crlf: { en: 'line ends are CRLF; read as line ends', ko: '줄바꿈이 CRLF입니다. 줄바꿈으로 읽었습니다' },
  byteOrderMark: {
    en: 'a byte order mark at the start; skipped',
    ko: '파일 맨 앞에 바이트 순서 표시(BOM)가 있어 건너뛰었습니다',
  },
  noFinalNewline: {
    en: 'no newline after the last line; the line was read',
    ko: '마지막 행 끝에 줄바꿈이 없습니다. 그 행도 읽었습니다',
  },
  emptyLines: { en: '{count} empty lines; skipped', ko: '빈 행 {count}개를 건너뛰었습니다' },
  newestFirst: { en: 'newest first; put in order of time', ko: '최신 순이어서 시간순으로 바꿨습니다' },
  unsorted: {
    en: '{count} rows are earlier than the row before, first in line {line}; put in order of time',
    ko: '앞 행보다 이른 행이 {count}개 있어(첫 행: {line}행) 시간순으로 정렬했습니다',
  },
  duplicates: {
    en: '{count} rows have the time of another row, first in line {line}; {differing} differ in value; {treatment}',
    ko: '시각이 겹치는 행이 {count}개(첫 행: {line}행, 값이 다른 것 {differing}개)입니다. 처리: {treatment}',
  },
  offGrid: {
    en: '{count} times do not lie on the grid of {period} s, by at most {most} s, first in line {line}; put into the nearest bucket',
    ko: '{period}초 간격에 맞지 않는 시각이 {count}개(최대 {most}초, 첫 행: {line}행) 있어 가장 가까운 구간에 넣었습니다',
  },
  offMinute: {
    en: 'times lie {seconds} s after the full minute; all were moved back by that',
    ko: '시각이 매분 0초보다 {seconds}초 늦어 모두 그만큼 앞당겼습니다',
  },
  holes: {
    en: '{count} holes, together {buckets} buckets, the longest {longest} s from {from}; left as holes, a replay fills them as asked',
    ko: '빈 구간 {count}곳(합계 {buckets}칸, 가장 긴 것 {from}부터 {longest}초)은 그대로 두었습니다. 리플레이할 때 고른 방법으로 채웁니다',
  },
  missingValues: {
    en: '{count} rows have no number (empty, NaN or infinite), first in line {line}; treated as holes',
    ko: '숫자가 없는 행(빈칸, NaN, 무한대) {count}개(첫 행: {line}행)를 빈 구간으로 다뤘습니다',
  },
  negative: {
    en: '{count} negative values, first in line {line}; no count is negative, treated as holes',
    ko: '음수 {count}개(첫 행: {line}행)는 건수가 될 수 없어 빈 구간으로 다뤘습니다',
  },
  mixedPeriods: {
    en: '{count} rows come every {other} s instead of every {period} s, first in line {line}; {treatment}',
    ko: '{period}초가 아니라 {other}초 간격인 행이 {count}개(첫 행: {line}행) 있습니다. 처리: {treatment}',
  },
  partialFirst: {
    en: 'the first bucket may be cut: {detail}; {treatment}',
    ko: '첫 구간이 잘렸을 수 있습니다({detail}). 처리: {treatment}',
  },
  partialLast: {
    en: 'the last bucket may be cut: {detail}; {treatment}',
    ko: '마지막 구간이 잘렸을 수 있습니다({detail}). 처리: {treatment}',
  },
  zeroRun: {
    en: 'nothing but zeros for {seconds} s from {from}; kept. If that was an outage of the measurement, cut it out',
    ko: '{from}부터 {seconds}초 동안 0만 이어집니다. 그대로 두었습니다. 측정이 멈춘 것이라면 그 구간을 빼세요',
  },
  fractions: {
    en: '{share} % of the values are not whole: this looks like an average or a share, not like counts of messages; a load that a scaling group reacted to must not be replayed as if it were arrivals',
    ko: '값의 {share}%가 정수가 아닙니다. 메시지 수가 아니라 평균이나 비율로 보입니다. 오토 스케일링이 이미 반응한 부하를 도착량으로 리플레이하면 안 됩니다',
  },
  zoneGiven: { en: 'the times name no zone; read as {zone}', ko: '시각에 시간대가 없어 {zone} 기준으로 읽었습니다' },
  skippedHour: {
    en: '{count} times fall into the hour that clocks skip in spring; moved on by that hour',
    ko: '서머타임 시작으로 존재하지 않는 시각 {count}개를 그 시간만큼 뒤로 옮겼습니다',
  },
  repeatedHour: {
    en: '{count} times fall into the hour that clocks show twice in autumn; the order of the rows decided which',
    ko: '서머타임 종료로 두 번 나타나는 시각 {count}개는 행 순서로 구분했습니다',
  },
  relativeTimes: {
    en: 'times count from the start of the file; placed at {from}',
    ko: '시각이 파일 시작부터의 경과 시간이어서 {from}부터로 맞췄습니다',
  },
  ignoredColumns: { en: 'columns not read: {names}', ko: '읽지 않은 열: {names}' },
  partialData: {
    en: 'CloudWatch marked {names} as PartialData: further pages are missing; what is here was read',
    ko: 'CloudWatch가 {names|을/를} PartialData로 표시했습니다. 뒤의 페이지가 없으며, 있는 것만 읽었습니다',
  },
  sizesDropped: {
    en: 'only the first {kept} of {count} requests keep their time and size; all of them count per minute',
    ko: '요청 {count}개 중 앞의 {kept}개만 시각과 크기를 남겼습니다. 분당 건수에는 모두 들어갑니다',
  },
} as const satisfies Record<string, Message>;

export type ImportNoteKey = keyof typeof importNotes;

/** How something was treated, inside a note; a parameter that is not one of these is said as it is. */
export const importTreatments = {
  first: { en: 'the first was kept', ko: '첫 값을 남김' },
  last: { en: 'the last was kept', ko: '마지막 값을 남김' },
  sum: { en: 'they were added up', ko: '더함' },
  mean: { en: 'their mean was taken', ko: '평균을 냄' },
  kept: { en: 'kept', ko: '그대로 둠' },
  dropped: { en: 'treated as a hole', ko: '빈 구간으로 다룸' },
  spread: { en: 'spread over the buckets they stand for', ko: '해당 구간들에 나눔' },
  repeated: { en: 'repeated in the buckets they stand for', ko: '해당 구간들에 반복함' },
  joined: { en: 'joined into the buckets they belong to', ko: '속한 구간에 합침' },
} as const satisfies Record<string, Message>;

export const importQuestions = {
  zone: {
    en: 'The times in {file} name no zone (line {line}: {found}). In which zone were they written?',
    ko: '{file}의 시각에 시간대가 없습니다({line}행: {found}). 어느 시간대로 기록된 시각입니까?',
  },
  series: {
    en: '{file} holds several series: {names}. Which one are the arrivals?',
    ko: '{file}에 시계열이 여러 개 있습니다: {names}. 도착량은 어느 것입니까?',
  },
} as const satisfies Record<string, Message>;

export type ImportQuestionKey = keyof typeof importQuestions;

/** The ids, as the contract lists them. */
export const importNoteIds = Object.keys(importNotes) as ImportNoteKey[];
export const importQuestionIds = Object.keys(importQuestions) as ImportQuestionKey[];

type Params = Readonly<Record<string, string | number>>;

/** The sentence of a note in a language. */
export function importNoteText(
  language: Language,
  of: { readonly note: ImportNoteKey; readonly params: Params },
): string {
  const { treatment } = of.params;
  const words: Readonly<Record<string, Message>> = importTreatments;
  const said = typeof treatment === 'string' ? words[treatment]?.[language] : undefined;
  return fillTemplate(
    importNotes[of.note][language],
    said === undefined ? of.params : { ...of.params, treatment: said },
  );
}

/** The question in a language. */
export function importQuestionText(
  language: Language,
  of: { readonly question: ImportQuestionKey; readonly params: Params },
): string {
  return fillTemplate(importQuestions[of.question][language], of.params);
}
