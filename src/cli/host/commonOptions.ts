/**
 * Options that several commands have, with one wording.
 */
import type { Option } from '../arguments.ts';

export const dbOption = {
  type: 'string',
  value: 'FILE',
  help: { en: 'database (default: the one of the desktop app)', ko: '데이터베이스(기본값: 데스크톱 앱의 것)' },
} as const satisfies Option;

export const queueOption = {
  type: 'string',
  value: 'NAME',
  help: { en: 'queue name or ARN', ko: '대기열의 이름 또는 ARN' },
} as const satisfies Option;

/** Of a range that may be left out. */
export const rangeOptions = {
  from: {
    type: 'string',
    value: 'ISO',
    help: {
      en: 'start (default: 24 h before the end of the recording)',
      ko: '시작 시각(기본값: 기록이 끝나기 24시간 전)',
    },
  },
  to: { type: 'string', value: 'ISO', help: { en: 'end', ko: '종료 시각' } },
} as const satisfies Readonly<Record<string, Option>>;

export const jsonOption = {
  type: 'boolean',
  default: false,
  help: { en: 'print the whole result as JSON', ko: '결과 전체를 JSON으로 출력' },
} as const satisfies Option;
