import type { Message } from './index.ts';

/** What a running `spillway emulator` says of its own. Programs read its `export` lines, which are the same in every language. */
export const emulatorLines = {
  ready: { en: 'Emulator ready at {endpoint}', ko: '에뮬레이터 준비 완료: {endpoint}' },
  environment: { en: 'For SDKs and the AWS CLI:', ko: 'SDK와 AWS CLI에서 쓸 환경 변수:' },
  // Names the file, not the secret: a screen is no place for it.
  keysOfFile: {
    en: 'Signatures are verified: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key of {keyFile}',
    ko: '서명을 검증합니다. AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY를 {keyFile}에 있는 키로 설정하세요.',
  },
  howToTrust: {
    en: 'Clients must be told to trust its certificate: with --tls-cert-out FILE it is written where AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS can point.',
    ko: '클라이언트가 이 인증서를 신뢰하도록 설정해야 합니다. --tls-cert-out FILE로 인증서를 파일에 쓰고 AWS_CA_BUNDLE과 NODE_EXTRA_CA_CERTS에 그 파일을 지정하세요.',
  },
  playingBack: {
    en: 'Playing back {file}: {requests} requests, {percent} %, about {secondsLeft} s left',
    ko: '{file}에서 상태 복원 중: 요청 {requests}개, {percent}%, 약 {secondsLeft}초 남음',
  },
  restored: {
    en: 'State is kept in {file}; requests played back from it: {requests}',
    ko: '상태를 {file}에 저장합니다. 이 파일에서 복원한 요청: {requests}개',
  },
  entryDropped: {
    en: 'Its last entry was cut off in writing and is dropped ({droppedBytes} bytes): it was never answered.',
    ko: '이 파일의 마지막 항목은 기록하다 잘려 제외했습니다({droppedBytes}바이트). 응답한 적이 없는 요청입니다.',
  },
} as const satisfies Record<string, Message>;
