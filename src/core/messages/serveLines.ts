import type { Message } from './index.ts';

/** What a running `spillway serve` says on its terminal. */
export const serveLines = {
  openAddress: {
    en: 'Warning: listening on {address}. Everybody who reaches it can try to log in.',
    ko: '경고: {address}에서 연결을 받고 있습니다. 이 주소에 접속할 수 있는 사람은 누구나 로그인을 시도할 수 있습니다.',
  },
  served: { en: 'Spillway is served at {url}', ko: 'Spillway 실행 중: {url}' },
  link: {
    en: 'Open this link (it works once, for five minutes; Enter prints another): {link}',
    ko: '다음 링크를 여세요(5분 안에 한 번만 쓸 수 있으며, Enter를 누르면 새 링크를 출력합니다): {link}',
  },
} as const satisfies Record<string, Message>;

/** What it answers a browser or a program that gets no page. */
export const serveRefusals = {
  foreignName: {
    en: 'This server answers to localhost only.',
    ko: '이 서버는 localhost로 온 요청에만 응답합니다.',
  },
  malformedAddress: { en: 'The address is malformed.', ko: '주소 형식이 잘못되었습니다.' },
  linkNeedsGet: { en: 'Open the link with GET.', ko: '링크는 GET으로 여세요.' },
  unknownMethod: { en: 'Only GET and POST are known here.', ko: 'GET과 POST만 쓸 수 있습니다.' },
  tooManyCodes: {
    en: 'Too many wrong codes. Wait a minute.',
    ko: '잘못된 코드가 너무 많습니다. 1분 뒤에 다시 시도하세요.',
  },
  linkUnusable: {
    en: 'This link was used, is older than five minutes, or is wrong. Print a new one: npm run spillway -- link',
    ko: '이미 썼거나 5분이 지났거나 잘못된 링크입니다. 새 링크를 출력하세요: npm run spillway -- link',
  },
  pageNeedsLogIn: {
    en: 'Not logged in. Open the link that `spillway serve` printed; `npm run spillway -- link` prints a new one.',
    ko: '로그인하지 않았습니다. `spillway serve`가 출력한 링크를 여세요. 새 링크는 `npm run spillway -- link`로 출력합니다.',
  },
  noPage: { en: 'There is no such page.', ko: '없는 페이지입니다.' },
  callNeedsLogIn: { en: 'Not logged in.', ko: '로그인하지 않았습니다.' },
  foreignPage: { en: 'This request comes from another page.', ko: '다른 페이지에서 보낸 요청입니다.' },
  bodyNotJson: { en: 'The body must be application/json.', ko: '본문은 application/json이어야 합니다.' },
  bodyTooLarge: {
    en: 'The body is larger than {maxBytes} bytes.',
    ko: '본문이 {maxBytes}바이트보다 큽니다.',
  },
  noCall: { en: 'There is no such call.', ko: '없는 호출입니다.' },
} as const satisfies Record<string, Message>;
