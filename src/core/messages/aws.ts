import type { Message } from './index.ts';

/** What can go wrong between Spillway and an AWS endpoint. */
export const awsMessages = {
  ENDPOINT_UNREACHABLE: {
    en: 'Cannot reach {endpoint} ({detail}). Check the address, the VPN and the proxy; polling goes on by itself once it answers.',
    ko: '{endpoint}에 연결할 수 없습니다({detail}). 주소와 VPN, 프록시를 확인하세요. 응답하면 수집은 저절로 이어집니다.',
  },
  CREDENTIALS_REJECTED: {
    en: '{endpoint} refused the credentials of "{connection}" ({detail}). Sign in again or correct the keys, then test the connection.',
    ko: '{endpoint|이/가} "{connection}"의 자격 증명을 거부했습니다({detail}). 다시 로그인하거나 키를 고친 뒤 연결을 시험하세요.',
  },
  CREDENTIALS_MISSING: {
    en: 'No credentials were found for "{connection}" ({detail}). Choose a profile that exists, or enter keys.',
    ko: '"{connection}"에 쓸 자격 증명이 없습니다({detail}). 있는 프로필을 고르거나 키를 입력하세요.',
  },
  ACCESS_DENIED: {
    en: '"{connection}" may not call {action}. Ask for that permission; everything else goes on.',
    ko: '"{connection}"에 {action} 권한이 없습니다. 권한을 요청하세요. 나머지는 계속 동작합니다.',
  },
  THROTTLED: {
    en: '{action} is throttled. Polling slowed down to one call every {waitSeconds} s and speeds up again by itself.',
    ko: '{action} 호출이 제한되었습니다. 수집을 {waitSeconds}초에 한 번으로 늦추었고, 풀리면 다시 빨라집니다.',
  },
  CLOCK_SKEW: {
    en: "This machine's clock differs from {endpoint} by {skewSeconds} s, so signatures are refused. Set the clock (NTP) and try again.",
    ko: '이 컴퓨터의 시계가 {endpoint|과/와} {skewSeconds}초 차이 나서 서명이 거부됩니다. 시계를 맞추고(NTP) 다시 시도하세요.',
  },
  RESPONSE_MALFORMED: {
    en: '{action} at {endpoint} answered with something that is not AWS ({detail}). Is the endpoint right?',
    ko: '{endpoint}의 {action} 응답이 AWS 형식이 아닙니다({detail}). 엔드포인트가 맞는지 확인하세요.',
  },
  AWS_CALL_FAILED: {
    en: '{action} failed: {detail}.',
    ko: '{action} 호출이 실패했습니다: {detail}.',
  },
} as const satisfies Record<string, Message>;
