/**
 * What a recording would need to show before throughput and launch time can be read from it, and why minutes do not count,
 * in both languages.
 *
 * `Calibration.missing` (core/contract/shapes.ts) carries these as phrases; `phraseText` (terms.ts) gives their words.
 */
import type { Message } from './index.ts';

export const calibrationNeeds = {
  'deleted-metric': {
    en: 'messages deleted per minute (NumberOfMessagesDeleted)',
    ko: '분당 삭제된 메시지 수(NumberOfMessagesDeleted)',
  },
  'backlog-metric': {
    en: 'visible messages (ApproximateNumberOfMessagesVisible)',
    ko: '대기 메시지 수(ApproximateNumberOfMessagesVisible)',
  },
  'in-service-metric': {
    en: 'instances in service (GroupInServiceInstances)',
    ko: '서비스 중인 인스턴스 수(GroupInServiceInstances)',
  },
  'saturated-minutes': {
    en: 'at least 5 minutes with a backlog throughout and an unchanged fleet',
    ko: '백로그가 계속 있고 인스턴스 수가 그대로인 구간 5분 이상',
  },
  launches: {
    en: 'at least one finished launch among the scaling activities',
    ko: '완료된 인스턴스 시작 활동 하나 이상',
  },
} as const satisfies Record<string, Message>;

export type CalibrationNeed = keyof typeof calibrationNeeds;

/** Why a minute says nothing about throughput (CAL-07). */
export const calibrationLeftOut = {
  'edge-of-range': {
    en: 'first and last minute: a neighbour is missing',
    ko: '구간의 처음과 마지막 분(이웃한 분이 없음)',
  },
  'no-datapoint': { en: 'a datapoint is missing', ko: '데이터 포인트 없음' },
  'no-instances': { en: 'no instance in service', ko: '서비스 중인 인스턴스 없음' },
  'fleet-changing': { en: 'the number of instances changed', ko: '인스턴스 수가 바뀌는 중' },
  'nothing-deleted': { en: 'nothing was deleted', ko: '삭제된 메시지 없음' },
  'not-saturated': {
    en: 'too small a backlog: instances may have been idle',
    ko: '백로그가 적어 인스턴스가 놀았을 수 있음',
  },
} as const satisfies Record<string, Message>;

export type CalibrationLeftOut = keyof typeof calibrationLeftOut;
export const calibrationLeftOutIds = Object.keys(calibrationLeftOut) as CalibrationLeftOut[];

/** Assumed numbers that cannot be, or hardly, those of the recorded instances (CAL-12). */
export const assumptionCautions = {
  'throughput-below-recorded': {
    en: 'a throughput of {typed} is assumed, but over ten minutes the recorded instances did {seen} a minute each',
    ko: '처리량을 {typed|으로/로} 가정했지만, 기록에서는 10분 동안 인스턴스마다 분당 {seen}개를 처리했습니다',
  },
  'throughput-above-recorded': {
    en: 'a throughput of {typed} is assumed, but minutes with work throughout show {low} to {high}',
    ko: '처리량을 {typed|으로/로} 가정했지만, 백로그가 계속 있던 구간의 처리량은 {low} ~ {high}입니다',
  },
  'launch-unlike-recorded': {
    en: 'a launch of {typed} s is assumed, but the recorded ones took {shortest} to {longest} s',
    ko: '시작 시간을 {typed}초로 가정했지만, 기록된 시작은 {shortest} ~ {longest}초 걸렸습니다',
  },
} as const satisfies Record<string, Message>;
