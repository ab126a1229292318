/**
 * `spillway link`: asks a running serve for a new one-time link, through its token file.
 */
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { defaultDatabaseFile } from '../host/paths.ts';
import { readTokenFile, tokenFileOf } from '../serve/tokenFile.ts';

export const command: Command = {
  summary: {
    en: 'a new one-time link for a running `spillway serve`',
    ko: '실행 중인 `spillway serve`의 새 일회용 링크',
  },
  options: {
    db: {
      type: 'string',
      value: 'FILE',
      help: { en: 'database the running serve uses', ko: '실행 중인 serve의 데이터베이스' },
    },
  },
  async run(values, io) {
    const { url, token } = readTokenFile(tokenFileOf(textOption(values, 'db') ?? defaultDatabaseFile()));
    const response = await fetch(`${url}/api/login-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    }).catch((error: unknown) => {
      // A serve that was killed leaves its token file behind.
      const detail = error instanceof Error ? causeOf(error) : String(error);
      throw new SpillwayError('NOT_AVAILABLE_HERE', {
        what: 'link',
        why: phrases([{ term: 'serve-does-not-answer', params: { url, detail } }]),
      });
    });
    if (!response.ok)
      throw new SpillwayError('NOT_AVAILABLE_HERE', { what: 'link', why: (await response.text()).trim() });
    io.print(((await response.json()) as { link: string }).link);
    return 0;
  },
};

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
