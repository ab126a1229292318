/**
 * Pages in the order of a key. The token holds the last key given, so what is made meanwhile does not disturb; and it is good for the
 * list that gave it and for no other. Rules: docs/rules/sns.md (SNS-04).
 */
import { createHash } from 'node:crypto';
import { type Page, pageOfRest, textInToken, textToken } from '../paging.ts';
import { invalidParameter } from './errors.ts';

/** Of every list of SNS that takes no MaxResults. */
const usualSize = 100;

/**
 * @param items in the order of their keys
 * @param list what tells this list from every other: the action, and what it lists of
 * @throws AwsError InvalidParameter for a token that this list never gave
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  token: string | undefined,
  list: string,
  size = usualSize,
): Page<T> {
  const after = token === undefined || token === '' ? '' : keyIn(token, list);
  const rest = items.filter((item) => keyOf(item) > after);
  return pageOfRest(rest, size, (last) => tokenOf(keyOf(last), list));
}

const tokenOf = (key: string, list: string): string => textToken(`${sumOf(key, list)} ${key}`);

function keyIn(token: string, list: string): string {
  const text = textInToken(token);
  const key = text?.slice(text.indexOf(' ') + 1) ?? '';
  if (key === '' || tokenOf(key, list) !== token) throw invalidParameter('NextToken');
  return key;
}

/** Against tokens that are made up or come from elsewhere by mistake, not against anybody who reads this. */
const sumOf = (key: string, list: string): string =>
  createHash('sha256').update(`${list}\n${key}`, 'utf8').digest('hex').slice(0, 16);
