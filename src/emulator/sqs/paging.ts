/** Pages of queues in the order of their names. The token is the last name given, so queues made meanwhile do not disturb. */
import { decodeBase64, decodeUtf8, encodeBase64 } from '../wire/bytes.ts';
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

const maxPage = 1_000;

/** @param pageSize undefined: the first 1,000 and never a token. @throws AwsError InvalidParameterValue for a foreign token */
export function pageOf(
  queues: readonly Queue[],
  token: string | undefined,
  pageSize: number | undefined,
): { page: readonly Queue[]; nextToken: string | null } {
  const after = token === undefined ? '' : nameIn(token);
  const rest = queues.filter(({ name }) => name > after);
  const page = rest.slice(0, pageSize ?? maxPage);
  const last = page.at(-1);
  const more = pageSize !== undefined && rest.length > page.length && last !== undefined;
  return { page, nextToken: more ? encodeBase64(Buffer.from(last.name, 'utf8')) : null };
}

function nameIn(token: string): string {
  const bytes = decodeBase64(token);
  const name = bytes === null ? null : decodeUtf8(bytes);
  if (name === null || !/^[\w.-]{1,80}$/.test(name)) throw invalidParameter('Invalid or expired next token.');
  return name;
}
