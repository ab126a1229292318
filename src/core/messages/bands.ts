/** The words of uncertainty bands, in both languages. Definitions: docs/rules/uncertainty.md. */
import type { Message } from './index.ts';

export const bandsTitle = {
  en: 'Uncertainty: p50 (p5 – p95) of {runs} runs, seed {seed}',
  ko: '불확실성: {runs}회의 p50 (p5 – p95), 시드 {seed}',
} as const satisfies Message;

export const bandFigureNames = {
  peakBacklog: { en: 'peak backlog, messages', ko: '최대 백로그(메시지)' },
  worstAgeSeconds: { en: 'worst age, s', ko: '최대 대기 시간(초)' },
  minutesOverAgeGoal: { en: 'minutes over the age goal', ko: '대기 목표를 넘긴 시간(분)' },
  instanceHours: { en: 'instance-hours', ko: '인스턴스·시간' },
  costUsd: { en: 'cost, USD', ko: '비용(USD)' },
  launches: { en: 'launches', ko: '시작한 인스턴스' },
  peakInstances: { en: 'most instances', ko: '최대 인스턴스' },
  minutesAtMax: { en: 'minutes at the maximum', ko: '최대치에 머문 시간(분)' },
} as const satisfies Record<string, Message>;

export type BandFigure = keyof typeof bandFigureNames;
export const bandFigureIds = Object.keys(bandFigureNames) as BandFigure[];
