/**
 * A scaling decision in plain words, in both languages: what the alarm saw, which step it met, what was counted, and what came
 * of it (UX-30). One builder for command line, reports and screens.
 *
 * Works on the contract's decision (core/contract/shapes.ts), of which the fields used are named here. Nothing is decided
 * again; the figures are the decision's own, and how many datapoints breach.
 */
import {
  alarmMeasures,
  comparisonSign,
  type DecisionWords,
  decisionBlocks,
  type ToldDecision,
  type ToldSetup,
  type ToldValue,
} from './decisionTerms.ts';
import { fillTemplate, type Language, type Message } from './index.ts';
import { otherDecisionWords } from './otherDecisions.ts';

export {
  type AlarmMeasure,
  alarmMeasures,
  comparisonSign,
  type DecisionBlock,
  type DecisionWords,
  decisionBlockIds,
  decisionBlocks,
  type ToldDecision,
  type ToldSetup,
  type ToldValue,
} from './decisionTerms.ts';

const sentences = {
  alarm: {
    en: '{alarm} is in ALARM: {measure}, {statistic} of {period} s, {sign} {threshold} in {m} of {n}.',
    ko: '{alarm} 경보: {measure}, {period}초 {statistic}, {n}개 중 {m}개가 {sign} {threshold}.',
  },
  alarmOnly: { en: '{alarm} is in ALARM.', ko: '{alarm} 경보.' },
  datapoints: {
    en: 'Datapoints, newest last: {points}; {count} of these {shown} breach.',
    ko: '데이터 포인트(끝이 최신): {points}. {shown}개 중 {count}개가 임계값 위반.',
  },
  above: {
    en: '{policy} sees {value}, {distance} above the threshold',
    ko: '{policy}: 값 {value}, 임계값보다 {distance} 높음',
  },
  below: {
    en: '{policy} sees {value}, {distance} below the threshold',
    ko: '{policy}: 값 {value}, 임계값보다 {distance} 낮음',
  },
  exactly: { en: '{policy} sees {value}, the threshold itself', ko: '{policy}: 값 {value}, 임계값과 같음' },
  step: { en: '{seen}: step {step} ({interval}), {adjustment}.', ko: '{seen}. 단계 {step}({interval}): {adjustment}.' },
  noStep: { en: '{seen}.', ko: '{seen}.' },
  add: { en: 'add {n}', ko: '{n}대 추가' },
  remove: { en: 'remove {n}', ko: '{n}대 제거' },
  percent: { en: '{n} % of the capacity', ko: '용량의 {n}%' },
  exact: { en: 'set to {n}', ko: '{n}대로 맞춤' },
  base: { en: 'From a base of {base} that makes {candidate}.', ko: '기준 용량 {base}에서 {candidate}.' },
  credit: {
    en: 'From a base of {base}, with {credited} already on their way credited, that makes {candidate}.',
    ko: '기준 용량 {base}, 이미 진행 중인 {credited}대를 반영해 {candidate}.',
  },
  out: { en: 'Scaled out, {before} -> {after}', ko: '스케일 아웃, {before} -> {after}' },
  in: { en: 'Scaled in, {before} -> {after}', ko: '스케일 인, {before} -> {after}' },
  same: { en: 'Capacity stays at {after}', ko: '용량은 {after} 그대로' },
  clamped: { en: '{outcome}, held within {min} to {max}.', ko: '{outcome}. {min} ~ {max} 범위로 제한됨.' },
  outvoted: {
    en: '{outcome}: another policy asked for more at the same second.',
    ko: '{outcome}. 같은 순간 다른 정책이 더 큰 용량을 요구함.',
  },
  plain: { en: '{outcome}.', ko: '{outcome}.' },
  nothing: { en: 'Nothing was done ({before}): {why}.', ko: '조정하지 않음({before}): {why}.' },
  again: { en: 'The same once more a minute later.', ko: '1분 뒤에도 같음.' },
  agains: { en: 'The same in each of the next {n} minutes.', ko: '이후 {n}분 동안 매분 같음.' },
} as const satisfies Record<string, Message>;

/** At most two decimals, seconds named. */
const plainValue: ToldValue = (value, measure) => {
  const text = String(Math.round(value * 100) / 100);
  if (measure === 'utilization') return `${text} %`;
  return measure === 'age' ? `${text} s` : text;
};

/** @param setup of the run the decision belongs to; null leaves the alarm's condition and the limits unsaid */
export function decisionWords(
  language: Language,
  decision: ToldDecision,
  setup: ToldSetup | null,
  tellValue: ToldValue = plainValue,
): DecisionWords {
  const say = (name: keyof typeof sentences, params: Readonly<Record<string, string | number>> = {}): string =>
    fillTemplate(sentences[name][language], params);
  if (decision.kind !== undefined)
    return otherDecisionWords(language, { ...decision, kind: decision.kind }, setup, tellValue);
  const driven = setup?.policies.find(
    ({ policy, alarm }) => policy.name === decision.policyName && alarm.name === decision.alarmName,
  );
  const alarm = driven?.alarm ?? null;
  const value = (of: number): string => tellValue(of, alarm?.measure ?? null);
  const { metricValue, threshold, stepIndex, baseCapacity, delta, creditedInstances } = decision;
  const { desiredBefore: before, desiredAfter: after, blockedBy, repeats, datapoints } = decision;

  const distance = value(Math.abs(metricValue - threshold));
  const where = metricValue === threshold ? 'exactly' : metricValue > threshold ? 'above' : 'below';
  const seen = say(where, { policy: decision.policyName, value: value(metricValue), distance });
  const candidate = baseCapacity + delta;

  const outcome = (): string => {
    if (blockedBy !== null) return say('nothing', { before, why: decisionBlocks[blockedBy][language] });
    const moved = say(after > before ? 'out' : after < before ? 'in' : 'same', { before, after });
    if (after === candidate) return say('plain', { outcome: moved });
    const { minSize: min, maxSize: max } = setup?.group ?? { minSize: null, maxSize: null };
    if (min !== null && max !== null && after === Math.min(max, Math.max(min, candidate)))
      return say('clamped', { outcome: moved, min, max });
    return say('outvoted', { outcome: moved });
  };

  return {
    alarm:
      alarm === null
        ? say('alarmOnly', { alarm: decision.alarmName })
        : say('alarm', {
            alarm: alarm.name,
            measure: alarmMeasures[alarm.measure][language],
            statistic: alarm.statistic,
            period: alarm.periodSeconds,
            sign: comparisonSign(alarm.comparisonOperator),
            threshold: value(alarm.threshold),
            m: alarm.datapointsToAlarm,
            n: alarm.evaluationPeriods,
          }),
    datapoints:
      datapoints === undefined || datapoints.length === 0 || alarm === null
        ? ''
        : say('datapoints', {
            points: datapoints.map((point) => (point === null ? '-' : value(point))).join(', '),
            shown: datapoints.length,
            count: datapoints.filter((point) => point !== null && breaches(point, alarm)).length,
          }),
    step:
      stepIndex < 0
        ? say('noStep', { seen })
        : say('step', {
            seen,
            step: stepIndex + 1,
            interval: stepInterval(decision, value),
            adjustment: adjustmentWords(decision.adjustment ?? delta, driven?.policy.adjustmentType, say),
          }),
    base:
      stepIndex < 0 || delta === 0
        ? ''
        : say(creditedInstances > 0 ? 'credit' : 'base', {
            base: baseCapacity,
            credited: creditedInstances,
            candidate,
          }),
    outcome: outcome(),
    repeats: repeats === 0 ? '' : repeats === 1 ? say('again') : say('agains', { n: repeats }),
  };
}

/** All of it in one line. */
export function decisionText(
  language: Language,
  decision: ToldDecision,
  setup: ToldSetup | null,
  tellValue?: ToldValue,
): string {
  const { alarm, datapoints, step, base, outcome, repeats } = decisionWords(language, decision, setup, tellValue);
  return [alarm, datapoints, step, base, outcome, repeats].filter((words) => words !== '').join(' ');
}

function adjustmentWords(
  adjustment: number,
  type: string | undefined,
  say: (name: keyof typeof sentences, params: Readonly<Record<string, string | number>>) => string,
): string {
  if (type === 'ExactCapacity') return say('exact', { n: adjustment });
  if (type === 'PercentChangeInCapacity') return say('percent', { n: adjustment > 0 ? `+${adjustment}` : adjustment });
  return say(adjustment < 0 ? 'remove' : 'add', { n: Math.abs(adjustment) });
}

/** "500 ≤ x < 1500": above the threshold the lower edge belongs to the step, below it the upper one (STEP-03). */
function stepInterval(
  { stepLower, stepUpper, metricValue, threshold }: ToldDecision,
  value: (of: number) => string,
): string {
  const below = metricValue < threshold;
  const lower = stepLower === null ? '' : `${value(stepLower)} ${below ? '<' : '≤'} `;
  const upper = stepUpper === null ? '' : ` ${below ? '≤' : '<'} ${value(stepUpper)}`;
  return `${lower}x${upper}`;
}

function breaches(
  point: number,
  { comparisonOperator, threshold }: { readonly comparisonOperator: string; readonly threshold: number },
): boolean {
  switch (comparisonSign(comparisonOperator)) {
    case '≥':
      return point >= threshold;
    case '>':
      return point > threshold;
    case '<':
      return point < threshold;
    default:
      return point <= threshold;
  }
}
