import type { Message } from './index.ts';

/** Making a timeline, and reading one back. */
export const timelineMessages = {
  TIME_ZONE_UNKNOWN: {
    en: '"{timeZone}" is not a time zone this machine knows. Give an IANA name such as Asia/Seoul or UTC.',
    ko: '{timeZone|은/는} 이 컴퓨터에서 쓸 수 없는 시간대입니다. Asia/Seoul이나 UTC 같은 IANA 이름을 쓰세요.',
  },
  TIMELINE_FIELD_INVALID: {
    en: '{file}: {field} is {found}, expected {expected}. Export the timeline again, or correct that field.',
    ko: '{file}: {field} 값이 {found}입니다. 필요한 값: {expected}. 타임라인을 다시 내보내거나 그 항목을 고치세요.',
  },
  TIMELINE_NEWER: {
    en: '{file} is a timeline of version {found}; this Spillway reads up to version {known}. Update Spillway.',
    ko: '{file|은/는} 버전 {found} 타임라인이고, 이 Spillway는 버전 {known}까지 읽습니다. Spillway를 업데이트하세요.',
  },
} as const satisfies Record<string, Message>;
