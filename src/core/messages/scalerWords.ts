/**
 * What decides in a candidate besides its step policies, in plain words: one entry per policy or service.
 *
 * For reports and screens that list setups. Decisions themselves are told by decisions.ts.
 */
import type { Scaler, TrackingPolicySettings } from '../contract/scalerShapes.ts';
import type { ReplaySetup } from '../contract/shapes.ts';
import { alarmMeasures, comparisonSign } from './decisionTerms.ts';
import { fillTemplate, type Language, type Message } from './index.ts';

export interface ScalerWords {
  /** Of the policy or the service. */
  readonly name: string;
  /** Condition of the alarm that drives it; empty where none does. */
  readonly condition: string;
  readonly does: string;
}

const sentences = {
  condition: {
    en: '{measure}, {statistic}, {sign} {threshold} in {m} of {n} x {period} s',
    ko: '{measure} {statistic}, {period}초 {n}개 중 {m}개가 {sign} {threshold}',
  },
  simple: {
    en: 'simple scaling, {adjustment}, cooldown {cooldown}',
    ko: '단순 조정, {adjustment}, 휴지 시간 {cooldown}',
  },
  ofGroup: { en: 'of the group', ko: '그룹 값' },
  seconds: { en: '{n} s', ko: '{n}초' },
  tracking: { en: 'target tracking: {measure}, target {target}', ko: '대상 추적: {measure}, 목표 {target}' },
  noScaleIn: { en: '{words}, never scales in', ko: '{words}, 스케일 인 안 함' },
  off: { en: '{words} (disabled)', ko: '{words} (꺼짐)' },
  ecs: {
    en: 'tasks of an ECS service under Application Auto Scaling: cooldowns, no warm-up',
    ko: 'Application Auto Scaling으로 조정하는 ECS 서비스 태스크: 워밍업 대신 휴지 시간',
  },
  keda: {
    en: 'one replica for {queueLength} messages, active above {activation}, polled every {polling} s, asleep {cooldown} s after the last',
    ko: '메시지 {queueLength}개당 복제본 1개, {activation}개 초과 시 활성, {polling}초마다 확인, 마지막 활성 후 {cooldown}초 뒤 비활성',
  },
  hpa: { en: 'utilization of {target} %', ko: '사용률 {target}%' },
  lambda: {
    en: 'batches at once grow while messages wait, {limit}',
    ko: '대기 메시지가 있는 동안 동시 배치가 늘어남, {limit}',
  },
  lambdaFree: { en: 'no maximum concurrency', ko: '최대 동시성 없음' },
  lambdaMaximum: { en: 'maximum concurrency {n}', ko: '최대 동시성 {n}' },
  lambdaPollers: { en: '{min} to {max} provisioned pollers', ko: '프로비저닝된 폴러 {min} ~ {max}개' },
} as const satisfies Record<string, Message>;

const serviceNames: Readonly<Record<Scaler['kind'], string>> = {
  ecs: 'ECS',
  keda: 'KEDA',
  hpa: 'HPA',
  lambda: 'Lambda',
};

/** @returns empty for an EC2 group with nothing but step policies */
export function scalerWords(language: Language, setup: ReplaySetup): ScalerWords[] {
  const say = (name: keyof typeof sentences, params: Readonly<Record<string, string | number>> = {}): string =>
    fillTemplate(sentences[name][language], params);
  const tracks = ({ measure, targetValue, disableScaleIn, enabled }: TrackingPolicySettings): string => {
    const words = say('tracking', { measure: alarmMeasures[measure][language], target: targetValue });
    const limited = disableScaleIn ? say('noScaleIn', { words }) : words;
    return enabled ? limited : say('off', { words: limited });
  };
  const service = (scaler: Scaler): string => {
    switch (scaler.kind) {
      case 'ecs':
        return say('ecs');
      case 'keda':
        return say('keda', {
          queueLength: scaler.queueLength,
          activation: scaler.activationQueueLength,
          polling: scaler.pollingIntervalSeconds,
          cooldown: scaler.cooldownPeriodSeconds,
        });
      case 'hpa':
        return say('hpa', { target: scaler.targetUtilizationPercent });
      case 'lambda': {
        const { maximumConcurrency, provisionedPollers } = scaler;
        if (provisionedPollers !== null) {
          const { minimum: min, maximum: max } = provisionedPollers;
          return say('lambda', { limit: say('lambdaPollers', { min, max }) });
        }
        const limit = maximumConcurrency === null ? say('lambdaFree') : say('lambdaMaximum', { n: maximumConcurrency });
        return say('lambda', { limit });
      }
    }
  };
  return [
    ...(setup.scaler === undefined
      ? []
      : [{ name: serviceNames[setup.scaler.kind], condition: '', does: service(setup.scaler) }]),
    ...(setup.simple ?? []).map(({ policy, alarm }) => {
      const words = say('simple', {
        adjustment: signed(policy.adjustment, policy.adjustmentType),
        cooldown: policy.cooldownSeconds === null ? say('ofGroup') : say('seconds', { n: policy.cooldownSeconds }),
      });
      return {
        name: policy.name,
        condition: say('condition', {
          measure: alarmMeasures[alarm.measure][language],
          statistic: alarm.statistic,
          sign: comparisonSign(alarm.comparisonOperator),
          threshold: alarm.threshold,
          m: alarm.datapointsToAlarm,
          n: alarm.evaluationPeriods,
          period: alarm.periodSeconds,
        }),
        does: policy.enabled ? words : say('off', { words }),
      };
    }),
    ...(setup.tracking ?? []).map((policy) => ({ name: policy.name, condition: '', does: tracks(policy) })),
  ];
}

function signed(adjustment: number, type: string): string {
  if (type === 'ExactCapacity') return `= ${adjustment}`;
  return `${adjustment > 0 ? '+' : ''}${adjustment}${type === 'PercentChangeInCapacity' ? ' %' : ''}`;
}
