/**
 * What is accepted but surprising in an alarm, in both languages, one sentence per reason.
 *
 * Cautions come from core/alarms/settings.ts and core/metricMath/alarm.ts. What is refused is faults.ts.
 */
import type { AlarmCaution } from '../alarms/settings.ts';
import type { MathCaution } from '../metricMath/alarm.ts';
import { fillTemplate, type Language, type Message } from './index.ts';

export const cautionMessages = {
  highResolutionOnMinuteMetric: {
    en: 'the metric has one point a minute; with a shorter period most points are missing and the alarm tends to INSUFFICIENT_DATA',
    ko: '이 지표의 데이터 포인트는 1분에 하나뿐입니다. 주기가 더 짧으면 대부분 비어 INSUFFICIENT_DATA가 되기 쉽습니다',
  },
  treatmentOverridden: {
    en: 'alarms on AWS/DynamoDB ignore missing data, whatever is set here',
    ko: 'AWS/DynamoDB 지표의 경보는 여기서 무엇을 고르든 누락 데이터를 무시합니다',
  },
  lonePointKeepsDeciding: {
    en: 'with one evaluation period a lone old point keeps deciding for some minutes after the metric stopped',
    ko: '평가 기간이 1개이면 지표가 멈춘 뒤에도 오래된 데이터 포인트 하나가 몇 분 동안 상태를 결정합니다',
  },
  dependsOnRange: {
    en: '{function} depends on how many points are fetched, and an alarm fetches more than its evaluation periods; its value differs from a graph',
    ko: '{function} 값은 가져온 데이터 포인트 수에 따라 달라집니다. 경보는 평가 기간보다 많이 가져오므로 그래프와 값이 다를 수 있습니다',
  },
  fillPinsNewest: {
    en: '{function} on a metric that arrives late pins the newest point to the filler, which can hold the alarm in one state; use M of N datapoints',
    ko: '늦게 도착하는 지표에 {function} 함수를 쓰면 최신 데이터 포인트가 항상 채움 값이 되어 경보 상태가 굳을 수 있습니다. N개 중 M개 조건을 쓰세요',
  },
} as const satisfies Record<AlarmCaution['reason'] | MathCaution['reason'], Message>;

/** The sentence of a caution in a language. */
export function cautionText(language: Language, of: AlarmCaution | MathCaution): string {
  return fillTemplate(cautionMessages[of.reason][language], 'functionName' in of ? { function: of.functionName } : {});
}
