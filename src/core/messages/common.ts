import type { Message } from './index.ts';

/** Errors of the contract and the host; area files hold the rest. */
export const commonMessages = {
  INTERNAL: {
    en: 'Spillway failed internally: {detail}. Please report it; in the desktop app, Help copies the diagnostics that belong to it.',
    ko: 'Spillway 내부 오류입니다: {detail}. 이 내용을 알려 주세요. 데스크톱 앱에서는 도움말의 진단 정보를 함께 보내 주세요.',
  },
  METHOD_UNKNOWN: {
    en: 'There is no method "{method}". The page and the engine may be of different versions: reload the window.',
    ko: '"{method}" 메서드가 없습니다. 화면과 엔진의 버전이 다를 수 있으니 창을 새로 고치세요.',
  },
  INPUT_INVALID: {
    en: 'The input of {method} is wrong at {path}: {problem}.',
    ko: '{method} 입력의 {path} 항목이 잘못되었습니다: {problem}.',
  },
  WRITES_LOCKED: {
    en: 'This profile is read-only. Unlock it in the header first; it locks again by itself.',
    ko: '이 프로필은 읽기 전용입니다. 머리글에서 먼저 잠금을 푸세요. 시간이 지나면 다시 잠깁니다.',
  },
  CANCELLED: { en: 'Cancelled. Nothing was changed.', ko: '취소했습니다. 바뀐 것은 없습니다.' },
  ENGINE_GONE: {
    en: 'The recording engine stopped and is being restarted. Recorded data is safe; try again in a few seconds.',
    ko: '기록 엔진이 멈추어 다시 시작하는 중입니다. 기록된 데이터는 안전합니다. 몇 초 뒤 다시 시도하세요.',
  },
  ENGINE_FAILED: {
    en: 'The recording engine ended {times} times within {minutes} minutes and is not started again. Recorded data is safe. Restart Spillway; if it happens again, report it with the diagnostics from Help.',
    ko: '기록 엔진이 {minutes}분 안에 {times}번 종료되어 다시 시작하지 않습니다. 기록된 데이터는 안전합니다. Spillway를 다시 시작하고, 다시 발생하면 도움말의 진단 정보와 함께 알려 주세요.',
  },
  FILE_UNWRITABLE: {
    en: 'Cannot write {file}: {detail}. Choose another folder, or free some space; an older file of that name is unchanged.',
    ko: '{file|을/를} 쓸 수 없습니다: {detail}. 다른 폴더를 고르거나 공간을 비우세요. 같은 이름의 이전 파일은 그대로입니다.',
  },
  NOT_FOUND: {
    en: 'There is no {what} "{id}". It may have been removed; refresh the list.',
    ko: '{what} "{id}" 항목을 찾을 수 없습니다. 삭제되었을 수 있으니 목록을 새로 고치세요.',
  },
  NOT_AVAILABLE_HERE: {
    en: '{what} is not available here: {why}.',
    ko: '여기서는 {what|을/를} 쓸 수 없습니다: {why}.',
  },
  PORT_IN_USE: {
    en: 'Port {port} on {host} is taken by another program. Stop it, or choose another with --port.',
    ko: '{host}의 {port} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 멈추거나 --port로 다른 포트를 고르세요.',
  },
  PORT_UNUSABLE: {
    en: 'Cannot listen on port {port} of {host}: {detail}. Give an address of this machine and a port you may use (--port).',
    ko: '{host}의 {port} 포트에서 연결을 받을 수 없습니다: {detail}. 이 컴퓨터의 주소와 쓸 수 있는 포트를 지정하세요(--port).',
  },
  TLS_UNUSABLE: {
    en: 'The certificate and key cannot be used: {detail}. Give PEM files that belong together with --tls-cert and --tls-key.',
    ko: '인증서와 키를 쓸 수 없습니다: {detail}. 서로 짝이 맞는 PEM 파일을 --tls-cert와 --tls-key로 지정하세요.',
  },
} as const satisfies Record<string, Message>;
