/**
 * What the recording tells of a queue's instances, as lines for a terminal: estimates with intervals, then the minutes they
 * rest on, then what is missing and how to type it instead. Text only.
 */
import type { CalibrationResult, Interval } from '../../core/contract/shapes.ts';
import { calibrationLeftOut } from '../../core/messages/calibration.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import { phraseText } from '../../core/messages/terms.ts';
import { table } from './table.ts';

const labels = {
  en: {
    title: 'Calibration from the recording, {from} to {to}',
    throughput: 'throughput per instance, messages/min',
    service: 'service time, s, at {concurrency} at once',
    inHand: "time in hand, s (Little's law, {held} per instance)",
    backlog: 'acceptable backlog per instance, age {goal} s',
    launch: 'request to InService, s ({count} launches)',
    terminate: 'request to gone, s ({count} terminations)',
    minutes: 'minutes used',
    of: '{used} of {total}',
    leftOut: 'left out: {why}',
    missing: 'Missing: {what}',
    typeThroughput: 'Not told by the recording: throughput. Type it: spillway replay --throughput N',
    typeLaunch: 'Not told by the recording: launch time. Type it: spillway replay --launch-delay SECONDS',
  },
  ko: {
    title: '기록에서 얻은 보정값, {from} ~ {to}',
    throughput: '인스턴스당 처리량(분당 메시지)',
    service: '처리 시간(초), 동시 {concurrency}개',
    inHand: '들고 있는 시간(초, 리틀의 법칙, 인스턴스당 {held}개)',
    backlog: '인스턴스당 허용 백로그(대기 시간 {goal}초)',
    launch: '요청에서 InService까지(초, 시작 {count}건)',
    terminate: '요청에서 종료까지(초, 종료 {count}건)',
    minutes: '사용한 분',
    of: '{total}분 중 {used}분',
    leftOut: '제외: {why}',
    missing: '부족한 것: {what}',
    typeThroughput: '기록으로는 처리량을 알 수 없습니다. 직접 입력하세요: spillway replay --throughput N',
    typeLaunch: '기록으로는 시작 시간을 알 수 없습니다. 직접 입력하세요: spillway replay --launch-delay SECONDS',
  },
} as const;

export function calibrationLines({ range, calibration }: CalibrationResult, language: Language): string[] {
  const label = labels[language];
  const rows: string[][] = [];
  const { service, acceptableBacklog, launchDelayInterval, throughputInterval } = calibration;
  const iso = (ms: number): string => new Date(ms).toISOString();
  if (calibration.throughputPerInstancePerMinute !== null) {
    rows.push([label.throughput, estimate(calibration.throughputPerInstancePerMinute, throughputInterval)]);
  }
  if (service) {
    const { concurrencyPerInstance: concurrency, inHandPerInstance, inHandSeconds } = service;
    rows.push([fillTemplate(label.service, { concurrency }), estimate(service.seconds, service.interval)]);
    if (inHandSeconds !== null && inHandPerInstance !== null)
      rows.push([fillTemplate(label.inHand, { held: digits(inHandPerInstance) }), digits(inHandSeconds)]);
  }
  if (acceptableBacklog) {
    const { ageGoalSeconds: goal, messagesPerInstance, interval } = acceptableBacklog;
    rows.push([fillTemplate(label.backlog, { goal }), estimate(messagesPerInstance, interval)]);
  }
  if (calibration.launchDelaySeconds !== null) {
    const name = fillTemplate(label.launch, { count: calibration.launchesUsed });
    rows.push([name, estimate(calibration.launchDelaySeconds, launchDelayInterval)]);
  }
  if (typeof calibration.terminateDelaySeconds === 'number') {
    const name = fillTemplate(label.terminate, { count: calibration.terminationsUsed ?? 0 });
    rows.push([name, digits(calibration.terminateDelaySeconds)]);
  }
  const { saturatedMinutesUsed: used, minutesTotal: total = 0, minutesLeftOut = [] } = calibration;
  rows.push([label.minutes, fillTemplate(label.of, { used, total })]);
  for (const { reason, minutes } of minutesLeftOut.toSorted((a, b) => b.minutes - a.minutes)) {
    rows.push([fillTemplate(label.leftOut, { why: calibrationLeftOut[reason][language] }), String(minutes)]);
  }
  return [
    fillTemplate(label.title, { from: iso(range.fromMs), to: iso(range.toMs) }),
    ...table(rows.map(([name, ...cells]) => [`  ${name}`, ...cells])),
    ...calibration.missing.map((what) => fillTemplate(label.missing, { what: phraseText(language, what) })),
    ...(calibration.throughputPerInstancePerMinute === null ? [label.typeThroughput] : []),
    ...(calibration.launchDelaySeconds === null ? [label.typeLaunch] : []),
  ];
}

function estimate(value: number, interval: Interval | null | undefined): string {
  if (interval == null) return digits(value);
  const { low, high, confidence } = interval;
  return `${digits(value)} (${digits(low)} - ${digits(high)}, ${Math.round(confidence * 100)} %)`;
}

/** Four significant digits: an estimate has no more. */
function digits(value: number): string {
  if (value === 0) return '0';
  const places = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 6));
}
