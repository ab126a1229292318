/**
 * What can be wrong with an alarm beyond its counts: windows, warm-up, percentiles, metric math, composite rules.
 *
 * Part of the catalogue of faults.ts, which joins them; reason codes are unique across both.
 */
import type { Message } from './index.ts';

export const alarmFaultMessages = {
  wallClockPeriodInvalid: {
    en: 'a wall-clock window needs a period of 60, 300, 3600, 86400 or 604800 seconds, not {period}; change the period or use a sliding window',
    ko: '벽시계(wall clock) 기준 창의 주기는 60, 300, 3600, 86400, 604800초 중 하나여야 합니다(현재 {period}초). 주기를 바꾸거나 슬라이딩 창을 쓰세요',
  },
  wallClockZoneInvalid: {
    en: '"{timeZone}" is no time zone; give an IANA name such as Asia/Seoul, or an offset in steps of 5 minutes such as +09:00',
    ko: '"{timeZone}" 시간대를 알 수 없습니다. Asia/Seoul 같은 IANA 이름이나 +09:00 같은 시차(5분 단위)를 넣으세요',
  },
  alarmWarmUpInvalid: {
    en: 'a warm-up of {minutes} minutes; give a whole number of 1 or more, or none',
    ko: '워밍업이 {minutes}분입니다. 1 이상의 정수를 넣거나 비워 두세요',
  },
  percentileInvalid: {
    en: '{statistic} is no statistic; give Average, Sum, Minimum, Maximum, SampleCount, or a percentile from p0.0 to p100 such as p99',
    ko: '{statistic|은/는} 쓸 수 없는 통계입니다. Average, Sum, Minimum, Maximum, SampleCount 또는 p99 같은 p0.0~p100 백분위수를 넣으세요',
  },
  lowSampleTreatmentNeedsPercentile: {
    en: 'a treatment of few samples applies to percentiles only; {statistic} is none',
    ko: '표본이 적을 때의 처리는 백분위수에만 쓰입니다. {statistic|은/는} 백분위수가 아닙니다',
  },
  anomalyWithScalingAction: {
    en: 'an alarm on an anomaly band cannot run an Auto Scaling action; compare with a fixed threshold instead',
    ko: '이상 감지 대역의 경보는 Auto Scaling 작업을 실행할 수 없습니다. 고정 임계값과 비교하세요',
  },
  compositeWithScalingAction: {
    en: 'a composite alarm cannot run the action {action}; put it on a metric alarm',
    ko: '복합 경보는 {action} 작업을 실행할 수 없습니다. 지표 경보에 넣으세요',
  },

  mathEmpty: { en: 'the expression is empty; write one such as m1 / m2', ko: '식이 비어 있습니다. m1 / m2처럼 쓰세요' },
  mathEndsEarly: {
    en: 'it ends too early: {expected} is missing after "{before}"',
    ko: '식이 "{before}" 다음에서 끝났습니다. {expected|이/가} 더 필요합니다',
  },
  mathUnexpected: {
    en: 'unexpected "{found}" at position {position}; expected {expected}',
    ko: '{position}번째 글자에 "{found}" 대신 {expected|이/가} 와야 합니다',
  },
  mathUnknownId: {
    en: 'the id "{id}" belongs to no metric and no expression; the known ids are: {known}',
    ko: 'id "{id}"에 해당하는 지표나 식이 없습니다. 쓸 수 있는 id: {known}',
  },
  mathIdInvalid: {
    en: '"{id}" is no id: an id begins with a lower-case letter and has letters, digits and underscores',
    ko: '"{id}": id로 쓸 수 없습니다. 소문자로 시작하고 영문자, 숫자, 밑줄만 쓰세요',
  },
  mathIdTwice: {
    en: 'the id "{id}" is given twice; give every query its own',
    ko: 'id "{id}" 하나를 두 번 썼습니다. 조회마다 다른 id를 쓰세요',
  },
  mathUnknownFunction: {
    en: 'the function {name} is not known here; known are {known}',
    ko: '여기서 {name} 함수는 쓸 수 없습니다. 쓸 수 있는 함수: {known}',
  },
  mathArguments: {
    en: '{name} takes {expected}, but has {given} arguments',
    ko: '{name} 함수의 인수는 {expected}인데 {given}개가 있습니다',
  },
  mathArgumentType: {
    en: '{name} takes {expected}; argument {position} is {given}',
    ko: '{name} 함수의 인수는 {expected}입니다. {position}번째 인수는 {given}입니다',
  },
  mathTwoArrays: {
    en: '"{operator}" cannot join two lists of series; make one of them a single series, with SUM for example',
    ko: '"{operator}" 연산자로 시계열 목록 두 개를 묶을 수 없습니다. SUM 등으로 하나를 단일 시계열로 만드세요',
  },
  mathOperandType: {
    en: '"{operator}" cannot take {given}',
    ko: '"{operator}" 연산자에 {given} 값을 쓸 수 없습니다',
  },
  mathNotOneSeries: {
    en: 'the result is {given}, but one series is needed; combine it with a series, or reduce a list with SUM, AVG, MIN or MAX',
    ko: '결과가 {given}입니다. 시계열 하나가 필요하므로 시계열과 결합하거나 SUM, AVG, MIN, MAX로 목록을 줄이세요',
  },
  mathCycle: {
    en: 'the expressions {path} depend on each other in a circle',
    ko: '식 {path} 사이에 순환 참조가 있습니다',
  },
  mathTooManyMetrics: {
    en: '{count} metrics; an alarm on an expression takes at most {limit}',
    ko: '지표가 {count}개입니다. 식을 쓰는 경보에는 최대 {limit}개까지 쓸 수 있습니다',
  },
  mathPeriodsDiffer: {
    en: 'the metrics have the periods {periods} s; in an alarm all have one period',
    ko: '지표의 주기가 {periods}초로 서로 다릅니다. 경보에서는 모두 같아야 합니다',
  },
  mathReturnCount: {
    en: '{count} queries return data; in an alarm exactly one does',
    ko: '데이터를 돌려주는 조회가 {count}개입니다. 경보에서는 하나여야 합니다',
  },
  mathNoMetric: {
    en: 'no query fetches a metric; an alarm needs at least one',
    ko: '지표를 가져오는 조회가 없습니다. 경보에는 하나 이상 필요합니다',
  },

  compositeEmpty: {
    en: 'the rule is empty; write one such as ALARM(first) AND NOT ALARM(second)',
    ko: '규칙이 비어 있습니다. ALARM(first) AND NOT ALARM(second)처럼 쓰세요',
  },
  compositeUnexpected: {
    en: 'unexpected "{found}" at position {position}; expected {expected}',
    ko: '{position}번째 글자에 "{found}" 대신 {expected|이/가} 와야 합니다',
  },
  compositeEndsEarly: {
    en: 'the rule ends too early; expected {expected}',
    ko: '규칙이 도중에 끝났습니다. {expected|이/가} 더 필요합니다',
  },
  compositeUnknownAlarm: {
    en: 'there is no alarm "{alarm}"; correct its name or create it first',
    ko: '"{alarm}" 경보가 없습니다. 이름을 고치거나 먼저 만드세요',
  },
  compositeTooManyAlarms: {
    en: '{count} different alarms; a rule names at most {limit}',
    ko: '경보가 {count}개입니다. 규칙 하나에는 최대 {limit}개까지 쓸 수 있습니다',
  },
  compositeTooManyElements: {
    en: '{count} elements (alarms, TRUE, FALSE, pairs of parentheses); a rule has at most {limit}',
    ko: '요소(경보, TRUE, FALSE, 괄호 쌍)가 {count}개입니다. 최대 {limit}개까지 쓸 수 있습니다',
  },
  compositeCycle: {
    en: 'the composite alarms {path} depend on each other in a circle',
    ko: '복합 경보 {path} 사이에 순환 참조가 있습니다',
  },
  suppressorPeriodMissing: {
    en: 'a suppressor needs a wait period and an extension period, both whole seconds from 0',
    ko: '억제 경보에는 대기 기간과 연장 기간이 모두 필요합니다. 0 이상의 정수(초)로 넣으세요',
  },
} as const satisfies Record<string, Message>;
