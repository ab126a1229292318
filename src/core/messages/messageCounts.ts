/** What became of the messages of a replay that follows each, in both languages; terminal and screen list them alike. */
import type { Message } from './index.ts';

export const messageCountNames = {
  sent: { en: 'sent', ko: '보냄' },
  received: { en: 'receives, repeats included', ko: '수신(반복 포함)' },
  deleted: { en: 'processed and deleted', ko: '처리 후 삭제' },
  wasted: { en: 'worked on in vain (duplicates)', ko: '헛되이 처리(중복)' },
  timedOut: { en: 'came back after their visibility timeout', ko: '표시 제한 시간 초과로 되돌아옴' },
  failed: { en: 'failed attempts', ko: '실패한 처리' },
  interrupted: { en: 'interrupted by scale-in', ko: '스케일 인으로 중단' },
  deadLettered: { en: 'dead letters', ko: 'DLQ로 이동' },
  expired: { en: 'lost to retention', ko: '보존 기간 만료로 유실' },
} as const satisfies Record<string, Message>;

export type MessageCountName = keyof typeof messageCountNames;
export const messageCountIds = Object.keys(messageCountNames) as MessageCountName[];

export const messageCountsTitle = { en: 'Messages', ko: '메시지' } as const satisfies Message;
