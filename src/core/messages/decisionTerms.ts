/**
 * The vocabulary of a decision: what may block it, what an alarm may watch, and the parts of a decision that the words need.
 *
 * The sentences are decisions.ts (step policies) and otherDecisions.ts.
 */
import type { Message } from './index.ts';

export const decisionBlocks = {
  'no-matching-step': { en: 'no step covers this value', ko: '이 값에 해당하는 단계가 없음' },
  'credited-in-flight': {
    en: 'capacity already on its way covers the change',
    ko: '이미 시작 중인 용량으로 채워짐',
  },
  'scale-out-in-progress': {
    en: 'a scale-out is still warming up, which blocks scaling in',
    ko: '스케일 아웃 워밍업이 끝나지 않아 스케일 인이 막힘',
  },
  'at-maximum': { en: 'the group is at its maximum size', ko: '그룹이 최대 크기임' },
  'at-minimum': { en: 'the group is at its minimum size', ko: '그룹이 최소 크기임' },
  'policy-disabled': { en: 'the policy is disabled', ko: '정책이 꺼져 있음' },
  'zero-adjustment': { en: 'the step asks for no change', ko: '단계가 변경을 요구하지 않음' },
  'insufficient-data': { en: 'a datapoint is missing', ko: '데이터 포인트가 없음' },
  'within-band': { en: 'the metric is within the band around the target', ko: '지표가 목표 범위 안에 있음' },
  'removal-would-exceed-target': {
    en: 'with one instance less the metric would be above the target again',
    ko: '한 대를 줄이면 지표가 다시 목표를 넘음',
  },
  'held-by-another-policy': {
    en: 'another target tracking policy does not agree',
    ko: '다른 대상 추적 정책이 동의하지 않음',
  },
  'activity-in-progress': { en: 'a scaling activity is still under way', ko: '진행 중인 조정 활동이 있음' },
  cooldown: { en: 'the cooldown is running', ko: '휴지 시간이 끝나지 않음' },
  'scale-in-cooldown': { en: 'the scale-in cooldown is running', ko: '스케일 인 휴지 시간이 끝나지 않음' },
  'credited-in-cooldown': {
    en: 'what was added in the running scale-out cooldown covers the change',
    ko: '진행 중인 스케일 아웃 휴지 시간에 이미 늘린 용량으로 채워짐',
  },
  'deployment-running': { en: 'a deployment is running', ko: '배포가 진행 중임' },
  'at-limit': { en: 'the target is at its limit', ko: '용량 한도에 닿음' },
  stabilised: {
    en: 'a recommendation within the stabilization window asks otherwise',
    ko: '안정화 기간 안에 다른 권장값이 있음',
  },
  'speed-limit': { en: 'the speed limit of the period is used up', ko: '해당 기간의 조정 속도 한도를 다 씀' },
} as const satisfies Record<string, Message>;

export type DecisionBlock = keyof typeof decisionBlocks;
export const decisionBlockIds = Object.keys(decisionBlocks) as DecisionBlock[];

export const alarmMeasures = {
  depth: { en: 'visible messages', ko: '대기 메시지' },
  age: { en: 'age of the oldest message', ko: '가장 오래된 메시지의 나이' },
  inFlight: { en: 'messages in flight', ko: '처리 중 메시지' },
  sent: { en: 'messages sent', ko: '보낸 메시지' },
  received: { en: 'messages received', ko: '받은 메시지' },
  deleted: { en: 'messages deleted', ko: '삭제된 메시지' },
  backlogPerInstance: { en: 'backlog per instance', ko: '인스턴스당 백로그' },
  utilization: { en: 'utilization', ko: '사용률' },
  inService: { en: 'instances in service', ko: '서비스 중인 인스턴스' },
  desired: { en: 'desired capacity', ko: '원하는 용량' },
} as const satisfies Record<string, Message>;

export type AlarmMeasure = keyof typeof alarmMeasures;

export type OtherDecisionKind = 'simple' | 'target-tracking' | 'keda' | 'hpa' | 'lambda';

/** The contract's decision. */
export interface ToldDecision {
  /** Absent: a step policy. */
  readonly kind?: OtherDecisionKind | undefined;
  readonly policyName: string;
  readonly alarmName: string;
  readonly metricValue: number;
  readonly threshold: number;
  readonly stepLower: number | null;
  readonly stepUpper: number | null;
  readonly stepIndex: number;
  readonly adjustment: number | null;
  readonly baseCapacity: number;
  readonly delta: number;
  readonly creditedInstances: number;
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  readonly blockedBy: DecisionBlock | null;
  readonly repeats: number;
  readonly datapoints?: readonly (number | null)[] | undefined;
  readonly rules?: readonly string[] | undefined;
}

/** Of the setup that was replayed, what the words need. */
export interface ToldSetup {
  readonly group: { readonly minSize: number; readonly maxSize: number };
  readonly policies: readonly {
    readonly policy: { readonly name: string; readonly adjustmentType: string };
    readonly alarm: {
      readonly name: string;
      readonly measure: AlarmMeasure;
      readonly statistic: string;
      readonly periodSeconds: number;
      readonly evaluationPeriods: number;
      readonly datapointsToAlarm: number;
      readonly threshold: number;
      readonly comparisonOperator: string;
    };
  }[];
  readonly tracking?: readonly { readonly name: string; readonly measure: AlarmMeasure }[] | undefined;
  readonly simple?: readonly ToldSimple[] | undefined;
}

/** A simple policy with the alarm that drives it. */
export interface ToldSimple {
  readonly policy: { readonly name: string; readonly adjustmentType: string };
  readonly alarm: ToldSetup['policies'][number]['alarm'];
}

/** A value of what the alarm watches, with its unit. */
export type ToldValue = (value: number, measure: AlarmMeasure | null) => string;

/** Each a sentence or two; empty where there is nothing to say. */
export interface DecisionWords {
  /** Alarm, measure, condition. */
  readonly alarm: string;
  readonly datapoints: string;
  /** Value, breach, step. */
  readonly step: string;
  /** Base, credit and what they come to. */
  readonly base: string;
  /** Before and after, or what blocked it. */
  readonly outcome: string;
  readonly repeats: string;
}

const signs: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

/** The sign of a comparison operator; an unknown one stays as it is. */
export function comparisonSign(operator: string): string {
  return signs[operator] ?? operator;
}
