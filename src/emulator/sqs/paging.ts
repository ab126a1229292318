/** Pages of queues in the order of their names. The token is the last name given, so queues made meanwhile do not disturb. */
import { type Page, pageOfRest, textInToken, textToken } from '../paging.ts';
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

const maxPage = 1_000;

/** @param pageSize undefined: the first 1,000 and never a token. @throws AwsError InvalidParameterValue for a foreign token */
export function pageOf(queues: readonly Queue[], token: string | undefined, pageSize: number | undefined): Page<Queue> {
  const after = token === undefined ? '' : nameIn(token);
  const rest = queues.filter(({ name }) => name > after);
  if (pageSize === undefined) return { page: rest.slice(0, maxPage) };
  return pageOfRest(rest, pageSize, ({ name }) => textToken(name));
}

function nameIn(token: string): string {
  const name = textInToken(token);
  if (name === null || !/^[\w.-]{1,80}$/.test(name)) throw invalidParameter('Invalid or expired next token.');
  return name;
}
