import type { Message } from './index.ts';

/** What a running `spillway record` says of its own; the troubles of its connection are errors (aws.ts). */
export const recordLines = {
  recording: {
    en: 'Recording "{name}" every {seconds} s. Stop with Ctrl+C.',
    ko: '{seconds}초마다 "{name}" 연결을 기록합니다. 멈추려면 Ctrl+C를 누르세요.',
  },
} as const satisfies Record<string, Message>;
