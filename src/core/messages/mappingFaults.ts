/** What can be wrong with a Lambda event source mapping (core/lambda/validate.ts). Joined into faults.ts. */
import type { Message } from './index.ts';

export const mappingFaultMessages = {
  mappingBatchSizeOutOfRange: {
    en: 'batch size {value}; give a whole number from {min} to {max}',
    ko: '배치 크기가 {value}입니다. {min}부터 {max}까지의 정수를 넣으세요',
  },
  mappingWindowOutOfRange: {
    en: 'batching window {value} s; give a whole number of seconds from {min} to {max}',
    ko: '배치 대기 시간이 {value}초입니다. {min}부터 {max}까지의 정수(초)를 넣으세요',
  },
  mappingWindowOnFifo: {
    en: 'a FIFO queue takes no batching window; leave it at 0',
    ko: 'FIFO 대기열에는 배치 대기 시간을 쓸 수 없습니다. 0으로 두세요',
  },
  mappingWindowNeeded: {
    en: 'a batch of {batchSize} needs a batching window of at least 1 s; set one, or a batch size of 10 or less',
    ko: '배치 크기 {batchSize}에는 1초 이상의 배치 대기 시간이 필요합니다. 대기 시간을 넣거나 배치 크기를 10 이하로 줄이세요',
  },
  mappingConcurrencyOutOfRange: {
    en: 'maximum concurrency {value}; give a whole number from {min} to {max}, or leave it empty',
    ko: '최대 동시성이 {value}입니다. {min}부터 {max}까지의 정수를 넣거나 비워 두세요',
  },
  mappingPollersOutOfRange: {
    en: '{value} pollers; give a whole number from {min} to {max}',
    ko: '폴러가 {value}개입니다. {min}부터 {max}까지의 정수를 넣으세요',
  },
  mappingPollersCrossed: {
    en: 'minimum pollers {min} are above maximum pollers {max}',
    ko: '최소 폴러 {min|이/가} 최대 폴러 {max}보다 큽니다',
  },
  mappingConcurrencyWithPollers: {
    en: 'maximum concurrency and provisioned pollers exclude each other; keep one of them',
    ko: '최대 동시성과 프로비저닝된 폴러는 함께 쓸 수 없습니다. 하나만 남기세요',
  },
  mappingFactorOutOfRange: {
    en: 'parallelization factor {value}; give a whole number from {min} to {max}',
    ko: '병렬화 계수가 {value}입니다. {min}부터 {max}까지의 정수를 넣으세요',
  },
  mappingFieldOfOtherSource: {
    en: '{field} does not belong to a mapping of {source}; leave it empty',
    ko: '{field|은/는} {source} 매핑의 설정이 아닙니다. 비워 두세요',
  },
} as const satisfies Record<string, Message>;
