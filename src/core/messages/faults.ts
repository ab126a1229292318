/**
 * What can be wrong with a policy or an alarm, in both languages, one sentence per reason.
 *
 * A fault carries its reason code and the facts; `faultText` gives the sentence in a language. The reason codes are ours
 * and stable; AWS's own words travel beside them.
 */
import type { PolicyFault } from '../scaling/types.ts';
import { alarmFaultMessages } from './alarmFaults.ts';
import { fillTemplate, type Language, type Message } from './index.ts';
import { mappingFaultMessages } from './mappingFaults.ts';
import { scalingFaultMessages } from './scalingFaults.ts';

export const faultMessages = {
  ...alarmFaultMessages,
  missingAdjustmentType: {
    en: 'no adjustment type; choose ChangeInCapacity, ExactCapacity or PercentChangeInCapacity',
    ko: '조정 유형이 없습니다. ChangeInCapacity, ExactCapacity, PercentChangeInCapacity 중 하나를 고르세요',
  },
  noSteps: { en: 'no steps; give at least one', ko: '단계가 없습니다. 하나 이상 넣으세요' },
  tooManySteps: {
    en: '{count} steps, at most 20 are allowed; join some of them',
    ko: '단계가 {count}개입니다. 최대 20개이므로 일부를 합치세요',
  },
  bothBoundsNull: {
    en: 'neither bound is given; give a lower bound, an upper bound, or both',
    ko: '하한과 상한이 모두 없습니다. 둘 중 하나 이상을 넣으세요',
  },
  boundNotFinite: { en: 'a bound is not a number', ko: '경곗값이 숫자가 아닙니다' },
  lowerNotBelowUpper: {
    en: 'lower bound {lower} is not below upper bound {upper}',
    ko: '하한 {lower|이/가} 상한 {upper}보다 작지 않습니다',
  },
  multipleNullLower: {
    en: '{count} steps have no lower bound; only the lowest step may leave it open',
    ko: '하한이 없는 단계가 {count}개입니다. 가장 낮은 단계만 비워 둘 수 있습니다',
  },
  multipleNullUpper: {
    en: '{count} steps have no upper bound; only the highest step may leave it open',
    ko: '상한이 없는 단계가 {count}개입니다. 가장 높은 단계만 비워 둘 수 있습니다',
  },
  overlap: {
    en: 'the steps up to {upper} and from {lower} overlap; let one end where the next begins',
    ko: '{upper}까지인 단계와 {lower}부터인 단계가 겹칩니다. 한 단계가 끝나는 값에서 다음 단계를 시작하세요',
  },
  gap: {
    en: 'nothing covers the offsets from {upper} to {lower}; let one step end where the next begins',
    ko: '{upper}부터 {lower}까지에 해당하는 단계가 없습니다. 한 단계가 끝나는 값에서 다음 단계를 시작하세요',
  },
  negativeLowerNeedsNullLower: {
    en: 'a step begins below the threshold, so the lowest step must leave its lower bound open',
    ko: '임계값 아래에서 시작하는 단계가 있으므로 가장 낮은 단계의 하한을 비워 두어야 합니다',
  },
  positiveUpperNeedsNullUpper: {
    en: 'a step ends above the threshold, so the highest step must leave its upper bound open',
    ko: '임계값 위에서 끝나는 단계가 있으므로 가장 높은 단계의 상한을 비워 두어야 합니다',
  },
  adjustmentNotWhole: {
    en: 'adjustment {adjustment} is not a whole number',
    ko: '조정값 {adjustment|이/가} 정수가 아닙니다',
  },
  exactCapacityNegative: {
    en: 'an exact capacity of {adjustment} is below 0',
    ko: '지정 용량 {adjustment|이/가} 0보다 작습니다',
  },
  minMagnitudeNeedsPercent: {
    en: 'a minimum magnitude applies to PercentChangeInCapacity only; leave it empty',
    ko: '최소 조정 크기는 PercentChangeInCapacity에만 쓰입니다. 비워 두세요',
  },
  minMagnitudeOutOfRange: {
    en: 'minimum magnitude {magnitude} is not a whole number of 1 or more',
    ko: '최소 조정 크기 {magnitude|이/가} 1 이상의 정수가 아닙니다',
  },
  warmupOutOfRange: {
    en: 'warm-up {seconds} is not a whole number of seconds from 0',
    ko: '워밍업 시간 {seconds|이/가} 0 이상의 정수(초)가 아닙니다',
  },
  periodInvalid: {
    en: 'period {period} s; allowed are 10, 20, 30 or a multiple of 60',
    ko: '주기가 {period}초입니다. 10, 20, 30 또는 60의 배수여야 합니다',
  },
  evaluationPeriodsInvalid: {
    en: '{periods} evaluation periods; give a whole number of 1 or more',
    ko: '평가 기간이 {periods}개입니다. 1 이상의 정수를 넣으세요',
  },
  spanOverDay: {
    en: 'period x evaluation periods is {seconds} s, at most {limit} s are allowed for periods under an hour',
    ko: '주기 x 평가 기간이 {seconds}초입니다. 한 시간 미만의 주기에서는 최대 {limit}초입니다',
  },
  spanOverWeek: {
    en: 'period x evaluation periods is {seconds} s, at most {limit} s are allowed',
    ko: '주기 x 평가 기간이 {seconds}초입니다. 최대 {limit}초입니다',
  },
  datapointsToAlarmOutOfRange: {
    en: '{datapoints} datapoints to alarm; give a whole number from 1 to the evaluation periods ({periods})',
    ko: '경보 데이터 포인트가 {datapoints}개입니다. 1부터 평가 기간({periods})까지의 정수를 넣으세요',
  },
  thresholdNotFinite: { en: 'the threshold is not a number', ko: '임계값이 숫자가 아닙니다' },
  minAboveMax: {
    en: 'minimum size {min} is above maximum size {max}',
    ko: '최소 크기 {min|이/가} 최대 크기 {max}보다 큽니다',
  },
  ...mappingFaultMessages,
  ...scalingFaultMessages,
} as const satisfies Record<string, Message>;

export type FaultReason = keyof typeof faultMessages;
type Facts = Readonly<Record<string, string | number>>;

/** A fault with its English sentence; the facts stay with it for other languages. */
export function fault(
  reason: FaultReason,
  field: string,
  params: Facts = {},
  apiMessage: string | null = null,
  apiCode: string | null = apiMessage === null ? null : 'ValidationError',
): PolicyFault {
  return { field, reason, problem: fillTemplate(faultMessages[reason].en, params), apiMessage, apiCode, params };
}

/** The sentence of a fault in a language. */
export function faultText(language: Language, of: PolicyFault): string {
  return fillTemplate(faultMessages[of.reason][language], of.params ?? {});
}
