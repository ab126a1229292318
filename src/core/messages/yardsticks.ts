/**
 * Yardsticks of a replayed fleet as named figures, in both languages: one list for terminal and reports.
 *
 * Works on the contract's judgement (core/contract/shapes.ts), of which the fields used are named here. What is undefined
 * is "n/a", never 0 and never clipped. Definitions: docs/rules/yardsticks.md.
 */
import type { Language, Message } from './index.ts';

type Figure = number | null;

/** The contract's judgement. */
export interface ToldJudgement {
  readonly elasticity: {
    readonly thetaUPct: Figure;
    readonly thetaOPct: Figure;
    readonly tauUPct: Figure;
    readonly tauOPct: Figure;
    readonly instabilityPct: Figure;
    readonly jitterPerTick: Figure;
    readonly reversals: Figure;
    readonly eta: Figure;
    readonly deviation: Figure;
  };
  readonly waits: {
    readonly p50Seconds: Figure;
    readonly p95Seconds: Figure;
    readonly p99Seconds: Figure;
    readonly maxSeconds: Figure;
    readonly lateMessages: number;
    readonly lateShare: Figure;
  };
  readonly spike: {
    readonly drainMinutes: Figure;
    readonly firstNewInstanceMinutes: Figure;
    readonly overshootInstances: Figure;
  } | null;
  readonly money: {
    readonly costPerMillionMessagesUsd: Figure;
    readonly wasteShare: Figure;
    readonly livesUnder10Minutes: Figure;
  };
  readonly regret: { readonly costUsd: number } | null;
}

export const judgementHeadings = {
  yardsticks: { en: 'Yardsticks', ko: '평가 지표' },
  antipatterns: { en: 'Antipatterns', ko: '안티패턴' },
  none: { en: 'none found', ko: '없음' },
  minutes: { en: 'min', ko: '분' },
} as const satisfies Record<string, Message>;

interface Yardstick extends Message {
  /** Where it is defined. */
  readonly rule: string;
  readonly cell: (of: ToldJudgement) => string;
}

export const yardsticks: readonly Yardstick[] = [
  {
    en: 'wait p50 / p95 / p99, s',
    ko: '대기 p50 / p95 / p99(초)',
    rule: 'YARD-21',
    cell: ({ waits }) => several(0, waits.p50Seconds, waits.p95Seconds, waits.p99Seconds),
  },
  { en: 'longest wait, s', ko: '최대 대기(초)', rule: 'YARD-20', cell: ({ waits }) => figure(waits.maxSeconds, 0) },
  {
    en: 'late messages',
    ko: '늦은 메시지',
    rule: 'YARD-22',
    cell: ({ waits }) => `${Math.round(waits.lateMessages)} (${percent(waits.lateShare)})`,
  },
  { en: 'drain, min', ko: '적체 해소(분)', rule: 'YARD-42', cell: ({ spike }) => figure(spike?.drainMinutes, 0) },
  {
    en: 'first new instance after, min',
    ko: '첫 새 인스턴스까지(분)',
    rule: 'YARD-43',
    cell: ({ spike }) => figure(spike?.firstNewInstanceMinutes, 0),
  },
  {
    en: 'overshoot, instances',
    ko: '초과 인스턴스',
    rule: 'YARD-44',
    cell: ({ spike }) => figure(spike?.overshootInstances, 0),
  },
  {
    en: 'theta_U / theta_O, %',
    ko: 'theta_U / theta_O(%)',
    rule: 'YARD-01',
    cell: ({ elasticity }) => several(1, elasticity.thetaUPct, elasticity.thetaOPct),
  },
  {
    en: 'tau_U / tau_O, %',
    ko: 'tau_U / tau_O(%)',
    rule: 'YARD-03',
    cell: ({ elasticity }) => several(1, elasticity.tauUPct, elasticity.tauOPct),
  },
  {
    en: 'instability, %',
    ko: '불안정도(%)',
    rule: 'YARD-05',
    cell: ({ elasticity }) => figure(elasticity.instabilityPct, 1),
  },
  {
    en: 'jitter, changes a minute',
    ko: '지터(분당 변경)',
    rule: 'YARD-06',
    cell: ({ elasticity }) => figure(elasticity.jitterPerTick, 3),
  },
  {
    en: 'eta against the recorded fleet',
    ko: '기록된 플릿 대비 eta',
    rule: 'YARD-09',
    cell: ({ elasticity }) => figure(elasticity.eta, 2),
  },
  {
    en: 'deviation from the ideal',
    ko: '이상적인 경우와의 편차',
    rule: 'YARD-10',
    cell: ({ elasticity }) => figure(elasticity.deviation, 1),
  },
  { en: 'reversals', ko: '방향 전환', rule: 'YARD-08', cell: ({ elasticity }) => figure(elasticity.reversals, 0) },
  {
    en: 'lifetimes under 10 min',
    ko: '10분 미만 수명',
    rule: 'YARD-34',
    cell: ({ money }) => figure(money.livesUnder10Minutes, 0),
  },
  { en: 'waste', ko: '낭비', rule: 'YARD-33', cell: ({ money }) => percent(money.wasteShare) },
  {
    en: 'cost of a million messages, USD',
    ko: '메시지 100만 개당 비용(USD)',
    rule: 'YARD-32',
    cell: ({ money }) => figure(money.costPerMillionMessagesUsd, 2),
  },
  { en: 'regret, USD', ko: '후회 비용(USD)', rule: 'YARD-55', cell: ({ regret }) => figure(regret?.costUsd, 2) },
];

/** One row per yardstick: its name, then a cell for each judgement. */
export function yardstickRows(language: Language, judged: readonly ToldJudgement[]): string[][] {
  return yardsticks.map((yardstick) => [yardstick[language], ...judged.map(yardstick.cell)]);
}

/** Fixed decimals; "n/a" for what is undefined. */
export function figure(value: number | null | undefined, digits: number): string {
  return value == null ? 'n/a' : value.toFixed(digits);
}

/** A share of 0 to 1 as percent; "n/a" for what is undefined. */
export function percent(share: number | null): string {
  return share === null ? 'n/a' : `${(share * 100).toFixed(1)} %`;
}

function several(digits: number, ...values: readonly Figure[]): string {
  return values.map((value) => figure(value, digits)).join(' / ');
}
