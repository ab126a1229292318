/**
 * How good each run was, as lines for a terminal: the yardsticks side by side, then what went wrong by name. Text only.
 */
import type { Judgement, ReplayRun } from '../../core/contract/shapes.ts';
import { antipatternText } from '../../core/messages/antipatterns.ts';
import type { Language } from '../../core/messages/index.ts';
import { figure, percent } from './figures.ts';
import { table } from './table.ts';

const labels = {
  en: {
    yardsticks: 'Yardsticks',
    waits: 'wait p50 / p95 / p99, s',
    late: 'late messages',
    drain: 'drain, min',
    first: 'first new instance after, min',
    overshoot: 'overshoot, instances',
    theta: 'theta_U / theta_O, %',
    tau: 'tau_U / tau_O, %',
    instability: 'instability, %',
    jitter: 'jitter, changes a minute',
    eta: 'eta against the recorded fleet',
    reversals: 'reversals',
    short: 'lifetimes under 10 min',
    waste: 'waste',
    regret: 'regret, USD',
    antipatterns: 'Antipatterns',
    none: 'none found',
    minutes: 'min',
  },
  ko: {
    yardsticks: '평가 지표',
    waits: '대기 p50 / p95 / p99(초)',
    late: '늦은 메시지',
    drain: '적체 해소(분)',
    first: '첫 새 인스턴스까지(분)',
    overshoot: '초과 인스턴스',
    theta: 'theta_U / theta_O(%)',
    tau: 'tau_U / tau_O(%)',
    instability: '불안정도(%)',
    jitter: '지터(분당 변경)',
    eta: '기록된 플릿 대비 eta',
    reversals: '방향 전환',
    short: '10분 미만 수명',
    waste: '낭비',
    regret: '후회 비용(USD)',
    antipatterns: '안티패턴',
    none: '없음',
    minutes: '분',
  },
} as const;

type Row = readonly [keyof (typeof labels)['en'], (of: Judgement) => string];

const rows: readonly Row[] = [
  ['waits', ({ waits }) => several(0, waits.p50Seconds, waits.p95Seconds, waits.p99Seconds)],
  ['late', ({ waits }) => `${Math.round(waits.lateMessages)} (${percent(waits.lateShare)})`],
  ['drain', ({ spike }) => figure(spike?.drainMinutes ?? null, 0)],
  ['first', ({ spike }) => figure(spike?.firstNewInstanceMinutes ?? null, 0)],
  ['overshoot', ({ spike }) => figure(spike?.overshootInstances ?? null, 0)],
  ['theta', ({ elasticity }) => several(1, elasticity.thetaUPct, elasticity.thetaOPct)],
  ['tau', ({ elasticity }) => several(1, elasticity.tauUPct, elasticity.tauOPct)],
  ['instability', ({ elasticity }) => figure(elasticity.instabilityPct, 1)],
  ['jitter', ({ elasticity }) => figure(elasticity.jitterPerTick, 3)],
  ['eta', ({ elasticity }) => figure(elasticity.eta, 2)],
  ['reversals', ({ elasticity }) => figure(elasticity.reversals, 0)],
  ['short', ({ money }) => figure(money.livesUnder10Minutes, 0)],
  ['waste', ({ money }) => percent(money.wasteShare)],
  ['regret', ({ regret }) => figure(regret.costUsd, 2)],
];

function several(digits: number, ...values: readonly (number | null)[]): string {
  return values.map((value) => figure(value, digits)).join(' / ');
}

export function judgementLines(runs: readonly ReplayRun[], language: Language): string[] {
  const label = labels[language];
  const judged = runs.flatMap(({ label: name, judgement }) => (judgement === undefined ? [] : [{ name, judgement }]));
  if (judged.length === 0) return [];
  return [
    ...table([
      [label.yardsticks, ...judged.map(({ name }) => name)],
      ...rows.map(([name, cell]) => [`  ${label[name]}`, ...judged.map(({ judgement }) => cell(judgement))]),
    ]),
    '',
    label.antipatterns,
    ...judged.flatMap(({ name, judgement }) => antipatternLines(name, judgement, language)),
  ];
}

function antipatternLines(name: string, { antipatterns }: Judgement, language: Language): string[] {
  const label = labels[language];
  if (antipatterns.length === 0) return [`  ${name}: ${label.none}`];
  return antipatterns.flatMap((found) => {
    const text = antipatternText(language, found);
    return [
      `  ${name}: ${text.name} (${found.rule}, ${found.minutes} ${label.minutes}): ${text.shows}`,
      `    -> ${text.change}`,
    ];
  });
}
