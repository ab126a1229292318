/**
 * A decision that no step policy made, in plain words: simple scaling, target tracking, KEDA, the HPA, a Lambda event source
 * mapping. What step policies say is decisions.ts, through which all of them are told.
 */
import {
  type AlarmMeasure,
  alarmMeasures,
  comparisonSign,
  type DecisionWords,
  decisionBlocks,
  type OtherDecisionKind,
  type ToldDecision,
  type ToldSetup,
  type ToldValue,
} from './decisionTerms.ts';
import { fillTemplate, type Language, type Message } from './index.ts';

const sentences = {
  inAlarm: { en: '{alarm} is in ALARM.', ko: '{alarm} 경보.' },
  trackedAlarm: {
    en: '{alarm} is in ALARM: {measure}, target {target}.',
    ko: '{alarm} 경보: {measure}, 목표 {target}.',
  },
  simpleAlarm: {
    en: '{alarm} is in ALARM: {measure}, {sign} {threshold} in {m} of {n}.',
    ko: '{alarm} 경보: {measure}, {n}개 중 {m}개가 {sign} {threshold}.',
  },
  datapoints: { en: 'Datapoints, newest last: {points}.', ko: '데이터 포인트(끝이 최신): {points}.' },
  simple: { en: '{policy} sees {value}: {adjustment}.', ko: '{policy}: 값 {value}. {adjustment}.' },
  tracking: {
    en: '{policy} sees {value}, {target} is the target.',
    ko: '{policy}: 값 {value}, 목표 {target}.',
  },
  trackingBase: {
    en: 'Over {base} in service that asks for {wanted}.',
    ko: '서비스 중인 {base}대 기준으로 {wanted}대가 필요함.',
  },
  kedaWakes: {
    en: 'KEDA counts {value} messages; it is active above {threshold}.',
    ko: 'KEDA가 센 메시지 {value}개, 활성 기준은 {threshold}개 초과.',
  },
  kedaScales: {
    en: 'The HPA sees {value} messages, {target} for each replica: {wanted} recommended.',
    ko: 'HPA: 메시지 {value}개, 복제본당 {target}개, 권장 {wanted}개.',
  },
  hpa: {
    en: 'The HPA sees a utilization of {value} %, target {target} %: {wanted} recommended.',
    ko: 'HPA: 사용률 {value}%, 목표 {target}%, 권장 {wanted}개.',
  },
  lambdaGrows: {
    en: 'Messages wait, so batches at once grow from {before}.',
    ko: '대기 메시지가 있어 동시 배치가 {before}개에서 늘어남.',
  },
  lambdaHeld: { en: '{value} messages wait.', ko: '대기 메시지 {value}개.' },
  lambdaRests: {
    en: 'Nothing waits any more: as many batches as the arrivals keep busy.',
    ko: '대기 메시지가 없어 도착량에 필요한 만큼만 실행함.',
  },
  add: { en: 'add {n}', ko: '{n}대 추가' },
  remove: { en: 'remove {n}', ko: '{n}대 제거' },
  percent: { en: '{n} % of the capacity', ko: '용량의 {n}%' },
  exact: { en: 'set to {n}', ko: '{n}대로 맞춤' },
  out: { en: 'Scaled out, {before} -> {after}.', ko: '스케일 아웃, {before} -> {after}.' },
  in: { en: 'Scaled in, {before} -> {after}.', ko: '스케일 인, {before} -> {after}.' },
  nothing: { en: 'Nothing was done ({before}): {why}.', ko: '조정하지 않음({before}): {why}.' },
  again: { en: 'The same once more.', ko: '한 번 더 같음.' },
  agains: { en: 'The same {n} times more.', ko: '{n}번 더 같음.' },
} as const satisfies Record<string, Message>;

export function otherDecisionWords(
  language: Language,
  decision: ToldDecision & { readonly kind: OtherDecisionKind },
  setup: ToldSetup | null,
  tellValue: ToldValue,
): DecisionWords {
  const say = (name: keyof typeof sentences, params: Readonly<Record<string, string | number>> = {}): string =>
    fillTemplate(sentences[name][language], params);
  const { kind, policyName: policy, alarmName, metricValue, threshold, baseCapacity, delta } = decision;
  const { desiredBefore: before, desiredAfter: after, blockedBy, repeats, datapoints = [] } = decision;
  const simple = setup?.simple?.find((one) => one.policy.name === policy && one.alarm.name === alarmName) ?? null;
  const tracked = setup?.tracking?.find(({ name }) => name === policy) ?? null;
  const measure: AlarmMeasure | null = simple?.alarm.measure ?? tracked?.measure ?? null;
  const value = (of: number): string => tellValue(of, measure);

  const alarm = (): string => {
    if (alarmName === '') return '';
    const params = { alarm: alarmName, measure: measure === null ? '' : alarmMeasures[measure][language] };
    if (simple !== null) {
      const { comparisonOperator, datapointsToAlarm: m, evaluationPeriods: n } = simple.alarm;
      return say('simpleAlarm', {
        ...params,
        sign: comparisonSign(comparisonOperator),
        threshold: value(threshold),
        m,
        n,
      });
    }
    return tracked === null ? say('inAlarm', params) : say('trackedAlarm', { ...params, target: value(threshold) });
  };
  const step = (): string => {
    // What has no alarm counts messages or percent, which its sentence names.
    const told = alarmName === '' ? (of: number): string => String(Math.round(of * 100) / 100) : value;
    const seen = { policy, value: told(metricValue), target: told(threshold), threshold, before };
    const wanted = baseCapacity + delta;
    switch (kind) {
      case 'simple':
        return say('simple', { ...seen, adjustment: adjustmentWords(decision, simple?.policy.adjustmentType, say) });
      case 'target-tracking':
        return say('tracking', seen);
      case 'hpa':
        return say('hpa', { ...seen, wanted });
      case 'keda':
        // KEDA itself goes by the activation value; the HPA by messages for each replica.
        return decision.rules?.includes('HPA-01') === true
          ? say('kedaScales', { ...seen, wanted })
          : say('kedaWakes', seen);
      case 'lambda':
        if (blockedBy !== null) return say('lambdaHeld', seen);
        return say(metricValue > 0 ? 'lambdaGrows' : 'lambdaRests', seen);
    }
  };
  const outcome = (): string => {
    if (blockedBy !== null) return say('nothing', { before, why: decisionBlocks[blockedBy][language] });
    if (after === before) return '';
    return say(after > before ? 'out' : 'in', { before, after });
  };

  return {
    alarm: alarm(),
    datapoints:
      datapoints.length === 0
        ? ''
        : say('datapoints', { points: datapoints.map((point) => (point === null ? '-' : value(point))).join(', ') }),
    step: step(),
    base: kind === 'target-tracking' ? say('trackingBase', { base: baseCapacity, wanted: baseCapacity + delta }) : '',
    outcome: outcome(),
    repeats: repeats === 0 ? '' : repeats === 1 ? say('again') : say('agains', { n: repeats }),
  };
}

function adjustmentWords(
  { adjustment, delta }: ToldDecision,
  type: string | undefined,
  say: (name: keyof typeof sentences, params: Readonly<Record<string, string | number>>) => string,
): string {
  const n = adjustment ?? delta;
  if (type === 'ExactCapacity') return say('exact', { n });
  if (type === 'PercentChangeInCapacity') return say('percent', { n: n > 0 ? `+${n}` : n });
  return say(n < 0 ? 'remove' : 'add', { n: Math.abs(n) });
}
