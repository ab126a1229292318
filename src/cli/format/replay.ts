/**
 * A replay's result as lines for a terminal: fidelity first, then what each policy would have done. Text only.
 */
import type { Fidelity, ReplayResult, ReplaySummary } from '../../core/contract/shapes.ts';
import { fidelityAssumedDelays, fidelityLeftOut, minutesByReason } from '../../core/messages/fidelity.ts';
import type { Language } from '../../core/messages/index.ts';
import { phraseText } from '../../core/messages/terms.ts';
import { figure, percent } from '../../core/messages/yardsticks.ts';
import { table } from './table.ts';

const labels = {
  en: {
    recorded: 'recorded fleet',
    policy: 'policy',
    peakBacklog: 'peak backlog',
    worstAge: 'worst age',
    overGoal: 'min over age goal',
    instanceHours: 'instance hours',
    cost: 'cost USD',
    peak: 'peak instances',
    fidelity: 'Fidelity of the replayed deployed policy',
    noFidelity: 'No fidelity: the deployed policy is not known.',
    minutes: 'minutes compared (left out)',
    leftOut: 'left out',
    equal: 'minutes with equal desired capacity',
    error: 'mean absolute error, instances',
    precision: 'actions: precision / recall',
    timing: 'median timing error, s',
    nrmse: 'nRMSE: backlog / age',
    costError: 'cost error',
    caution: 'Caution',
  },
  ko: {
    recorded: '기록된 플릿',
    policy: '정책',
    peakBacklog: '최대 백로그',
    worstAge: '최대 대기 시간',
    overGoal: '목표 초과(분)',
    instanceHours: '인스턴스 시간',
    cost: '비용 USD',
    peak: '최대 인스턴스',
    fidelity: '배포된 정책 리플레이의 충실도',
    noFidelity: '충실도 없음: 배포된 정책을 알 수 없습니다.',
    minutes: '비교한 분(제외)',
    leftOut: '제외',
    equal: '원하는 용량이 같은 분의 비율',
    error: '평균 절대 오차(인스턴스)',
    precision: '조정 동작: 정밀도 / 재현율',
    timing: '시점 오차 중앙값(초)',
    nrmse: 'nRMSE: 백로그 / 대기 시간',
    costError: '비용 오차',
    caution: '주의',
  },
} as const;

function assumedRow({ withAssumedDelays: assumed }: Fidelity, language: Language): string[][] {
  if (assumed == null) return [];
  const { equalDesiredShare, actionPrecision, actionRecall } = assumed;
  return [
    [
      `    ${fidelityAssumedDelays[language]}`,
      `${percent(equalDesiredShare)}, ${percent(actionPrecision)} / ${percent(actionRecall)}`,
    ],
  ];
}

export function fidelityLines(fidelity: Fidelity | null, language: Language): string[] {
  const label = labels[language];
  if (fidelity === null) return [label.noFidelity];
  return [
    label.fidelity,
    ...table([
      [`  ${label.equal}`, percent(fidelity.equalDesiredShare)],
      ...assumedRow(fidelity, language),
      [`  ${label.error}`, figure(fidelity.meanAbsoluteErrorInstances, 2)],
      [`  ${label.precision}`, `${percent(fidelity.actionPrecision)} / ${percent(fidelity.actionRecall)}`],
      [`  ${label.timing}`, figure(fidelity.medianTimingErrorSeconds, 0)],
      [`  ${label.nrmse}`, `${figure(fidelity.backlogNrmse, 3)} / ${figure(fidelity.ageNrmse, 3)}`],
      [`  ${label.costError}`, percent(fidelity.costErrorShare)],
      [`  ${label.minutes}`, `${fidelity.minutesCompared} (${fidelity.minutesLeftOut})`],
      ...minutesByReason(fidelity.leftOut ?? []).map(({ reason, minutes }) => [
        `    ${label.leftOut}: ${fidelityLeftOut[reason][language]}`,
        String(minutes),
      ]),
    ]),
  ];
}

export function comparisonLines(result: ReplayResult, language: Language): string[] {
  const label = labels[language];
  const row = (name: string, summary: ReplaySummary): string[] => [
    name,
    Math.round(summary.peakBacklog).toString(),
    `${Math.round(summary.worstAgeSeconds)} s`,
    summary.minutesOverAgeGoal.toFixed(0),
    summary.instanceHours.toFixed(1),
    summary.costUsd.toFixed(2),
    summary.peakInstances.toFixed(0),
  ];
  return table([
    [label.policy, label.peakBacklog, label.worstAge, label.overGoal, label.instanceHours, label.cost, label.peak],
    // A trace has arrivals only: no row of zeros for a fleet that never was.
    ...(result.recorded.columns.inService.every((count) => Number.isNaN(count))
      ? []
      : [row(label.recorded, result.recorded.summary)]),
    ...result.runs.map((run) => row(run.label, run.summary)),
  ]);
}

/** Assumptions that hardly fit the recording; none is no line. */
export function cautionLines({ cautions = [] }: ReplayResult, language: Language): string[] {
  return cautions.map((caution) => `${labels[language].caution}: ${phraseText(language, caution)}`);
}
