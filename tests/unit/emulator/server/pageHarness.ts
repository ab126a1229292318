/** The page at `/` asked for without a socket, and what is left of it without its tags. */
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { answerPage } from '../../../../src/emulator/server/page/page.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { bodyText } from '../wire/exchange.ts';

export const request = (part: Partial<WireRequest>): WireRequest => ({
  method: 'GET',
  path: '/',
  headers: {},
  body: new Uint8Array(0),
  origin: 'http://localhost:4566',
  signal: { aborted: false, onAbort: () => {} },
  ...part,
});
export const get = (cloud: Cloud, part: Partial<WireRequest> = {}, speed = 0): WireReply =>
  answerPage(request(part), cloud, { nowMs: cloud.world.nowMs(), speed });
export const text = (cloud: Cloud, path = '/', language = 'en'): string =>
  bodyText(get(cloud, { path, headers: { 'accept-language': language } }));
export const pathOf = (arn: string, more = ''): string => `/?queue=${encodeURIComponent(arn)}${more}`;
/** Without its tags, blanks drawn together. */
export const plain = (page: string): string =>
  page
    .replace(/^.*<main>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
