/** What an option on the command line expects, in both languages: phrases inside OPTION_INVALID and OPTION_MISSING (input.ts). */
import type { Message } from './index.ts';

export const optionTerms = {
  'expects-stream': { en: 'the name or ARN of a recorded stream', ko: '기록된 스트림의 이름 또는 ARN' },
  'expects-shards': {
    en: 'whole numbers of shards from 1 to 10000, separated by commas, or --on-demand instead',
    ko: '쉼표로 구분한 샤드 수(1~10000) 또는 --on-demand',
  },
  'expects-fewer-candidates': {
    en: 'at most 16 candidates at once, --on-demand included',
    ko: '--on-demand를 포함하여 한 번에 최대 16가지 구성',
  },
  'expects-hot-key': {
    en: 'a partition key and its share of the traffic from 0 to 1, several separated by commas, at most 1 together',
    ko: '파티션 키와 트래픽 비율(0~1). 여러 개는 쉼표로 구분하고 합계는 1 이하',
  },
  'expects-instant': {
    en: 'an instant in ISO 8601 with an offset',
    ko: '시간대 오프셋이 있는 ISO 8601 시각',
  },
  'expects-later-instant': { en: 'an instant after --from', ko: '--from보다 늦은 시각' },
  'expects-both-ends': { en: '--from and --to together', ko: '--from과 --to 둘 다' },
  'expects-reshard': {
    en: 'an instant with an offset and a number of shards from 1 to 10000, several separated by commas',
    ko: '오프셋이 있는 시각과 샤드 수(1~10000). 여러 개는 쉼표로 구분',
  },
  'expects-shard-limits': {
    en: 'the fewest and the most shards, whole numbers from 1 to 10000',
    ko: '최소와 최대 샤드 수(1~10000의 정수)',
  },
  'expects-number': { en: 'a number from {min} to {max}', ko: '{min}~{max}의 숫자' },
  'expects-whole-number': { en: 'a whole number from {min} to {max}', ko: '{min}~{max}의 정수' },
} as const satisfies Record<string, Message>;
