/**
 * What can be wrong with scaling other than by steps: simple, target tracking, scheduled, predictive, and what belongs to instances.
 *
 * Joined into the table of faults.ts. One sentence per reason, in both languages: what was wrong, what was expected.
 */
import type { Message } from './index.ts';

export const scalingFaultMessages = {
  alarmTwice: {
    en: 'two different alarms are called "{alarm}"; give each a name of its own',
    ko: '서로 다른 두 경보의 이름이 "{alarm}"입니다. 이름을 다르게 하세요',
  },
  scalerDecidesAlone: {
    en: '{scaler} decides alone; leave policies, simple and tracking empty, or leave out the scaler',
    ko: '{scaler|은/는} 단독으로 조정합니다. policies, simple, tracking을 비우거나 scaler를 빼세요',
  },
  simpleNeedsGroup: {
    en: 'simple policies exist for EC2 groups only; an ECS service takes step and target tracking policies',
    ko: '단순 정책은 EC2 그룹에만 있습니다. ECS 서비스에는 단계 정책이나 대상 추적 정책을 쓰세요',
  },
  missingScalingAdjustment: {
    en: 'no scaling adjustment; give the whole number by which capacity changes',
    ko: '조정값이 없습니다. 용량을 바꿀 정수를 넣으세요',
  },
  cooldownOutOfRange: {
    en: 'cooldown {seconds} is not a whole number of seconds from 0',
    ko: '휴지 시간 {seconds|이/가} 0 이상의 정수(초)가 아닙니다',
  },
  targetOutOfRange: {
    en: 'target value {target} is not a number above 0',
    ko: '목표값 {target|이/가} 0보다 큰 숫자가 아닙니다',
  },
  trackingPeriodInvalid: {
    en: 'metric period {period} s; target tracking takes 10, 30 or 60',
    ko: '지표 주기가 {period}초입니다. 대상 추적에는 10, 30, 60만 쓸 수 있습니다',
  },
  cronFieldCount: {
    en: '{count} fields in the schedule, {expected} are expected',
    ko: '일정의 항목이 {count}개입니다. {expected}개여야 합니다',
  },
  cronInvalid: {
    en: 'the schedule cannot be read: {detail}',
    ko: '일정을 읽을 수 없습니다: {detail}',
  },
  cronNeedsOneQuestionMark: {
    en: 'day of month is "{dayOfMonth}" and day of week is "{dayOfWeek}"; exactly one of them must be "?"',
    ko: '일이 "{dayOfMonth}", 요일이 "{dayOfWeek}"입니다. 둘 중 하나만 "?"여야 합니다',
  },
  scheduleExpressionInvalid: {
    en: 'schedule "{expression}" is none of cron(...), rate(...) and at(...)',
    ko: '일정 "{expression}"의 형식이 잘못되었습니다. cron(...), rate(...), at(...) 중 하나로 쓰세요',
  },
  rateInvalid: {
    en: 'rate "{expression}" is not a whole number of 1 or more and minute(s), hour(s) or day(s)',
    ko: '간격 "{expression}"의 형식이 잘못되었습니다. 1 이상의 정수 뒤에 minute(s), hour(s), day(s) 중 하나를 쓰세요',
  },
  atInvalid: {
    en: 'moment "{expression}" is not yyyy-mm-ddThh:mm:ss',
    ko: '시각 "{expression}"의 형식이 잘못되었습니다. yyyy-mm-ddThh:mm:ss로 쓰세요',
  },
  timeZoneUnknown: {
    en: '"{timeZone}" is not a time zone of the IANA list, such as Asia/Seoul',
    ko: 'IANA 목록에 없는 시간대입니다: {timeZone}. 예: Asia/Seoul',
  },
  scheduleWithoutTime: {
    en: 'neither a start time nor a recurrence; give at least one',
    ko: '시작 시각도 반복 일정도 없습니다. 하나 이상 넣으세요',
  },
  scheduleWithoutCapacity: {
    en: 'none of minimum, maximum and desired capacity is given; give at least one',
    ko: '최소, 최대, 원하는 용량이 모두 없습니다. 하나 이상 넣으세요',
  },
  scheduleEndsBeforeStart: {
    en: 'the end time is not after the start time',
    ko: '종료 시각은 시작 시각보다 뒤여야 합니다',
  },
  scheduleStartTaken: {
    en: '"{other}" already starts at this moment; a group takes one action per start time',
    ko: '이 시각에 시작하는 작업이 이미 있습니다: {other}. 그룹은 시작 시각마다 작업 하나만 받습니다',
  },
  tooManyScheduledActions: {
    en: '{count} scheduled actions, at most {limit} are allowed',
    ko: '예약 작업이 {count}개입니다. 최대 {limit}개입니다',
  },
  capacityNotWhole: {
    en: '{field} {value} is not a whole number from 0',
    ko: '{field} 값 {value|이/가} 0 이상의 정수가 아닙니다',
  },
  desiredOutsideLimits: {
    en: 'desired capacity {desired} is outside {min} to {max}',
    ko: '원하는 용량 {desired|이/가} {min}부터 {max}까지의 범위를 벗어났습니다',
  },
  bufferTimeOutOfRange: {
    en: 'scheduling buffer time {seconds} is not a whole number of seconds from 0 to {limit}',
    ko: '사전 시작 시간 {seconds|이/가} 0부터 {limit}까지의 정수(초)가 아닙니다',
  },
  maxCapacityBufferMissing: {
    en: 'IncreaseMaxCapacity needs a buffer in percent, from 0 to 100',
    ko: 'IncreaseMaxCapacity에는 0부터 100까지의 여유(%)가 필요합니다',
  },
  maxCapacityBufferUnused: {
    en: 'a maximum capacity buffer applies to IncreaseMaxCapacity only; leave it empty',
    ko: '최대 용량 여유는 IncreaseMaxCapacity에만 쓰입니다. 비워 두세요',
  },
  maxCapacityBufferOutOfRange: {
    en: 'maximum capacity buffer {percent} % is not a whole number from 0 to 100',
    ko: '최대 용량 여유 {percent}%가 0부터 100까지의 정수가 아닙니다',
  },
  severalPredictivePoliciesScale: {
    en: '{count} predictive policies forecast and scale; only one of a group may',
    ko: '예측하고 조정하는 예측 정책이 {count}개입니다. 그룹에서 하나만 조정할 수 있습니다',
  },
  heartbeatOutOfRange: {
    en: 'heartbeat timeout {seconds} is not a whole number of seconds from {min} to {max}',
    ko: '하트비트 제한 시간 {seconds|이/가} {min}부터 {max}까지의 정수(초)가 아닙니다',
  },
  hookResultUnknown: {
    en: 'default result "{result}" is neither ABANDON nor CONTINUE',
    ko: '기본 결과가 ABANDON도 CONTINUE도 아닙니다: {result}',
  },
  healthyPercentageMissing: {
    en: 'minimum and maximum healthy percentage belong together; give both or neither',
    ko: '최소와 최대 정상 비율은 함께 지정해야 합니다. 둘 다 넣거나 둘 다 비우세요',
  },
  minHealthyOutOfRange: {
    en: 'minimum healthy percentage {percent} is not a whole number from 0 to 100',
    ko: '최소 정상 비율 {percent|이/가} 0부터 100까지의 정수가 아닙니다',
  },
  maxHealthyOutOfRange: {
    en: 'maximum healthy percentage {percent} is not a whole number from 100 to 200',
    ko: '최대 정상 비율 {percent|이/가} 100부터 200까지의 정수가 아닙니다',
  },
  healthyRangeTooWide: {
    en: '{min} % to {max} % healthy is {difference} points wide, at most 100 are allowed',
    ko: '정상 비율 {min}%부터 {max}%까지의 차이가 {difference}입니다. 최대 100입니다',
  },
} as const satisfies Record<string, Message>;
