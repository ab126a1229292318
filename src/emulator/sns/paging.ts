/** Pages of a hundred in the order of a key. The token is the last key given, so what is made meanwhile does not disturb. */
import { decodeBase64, decodeUtf8, encodeBase64 } from '../wire/bytes.ts';
import { invalidParameter } from './errors.ts';

const pageSize = 100;

/** @param items in the order of their keys. @throws AwsError InvalidParameter for a token that was never given */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  token: string | undefined,
): { readonly page: readonly T[]; readonly NextToken?: string } {
  const after = token === undefined || token === '' ? '' : keyIn(token);
  const rest = items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, pageSize);
  const last = page.at(-1);
  if (rest.length <= pageSize || last === undefined) return { page };
  return { page, NextToken: encodeBase64(Buffer.from(keyOf(last), 'utf8')) };
}

function keyIn(token: string): string {
  const bytes = decodeBase64(token);
  const key = bytes === null ? null : decodeUtf8(bytes);
  if (key === null || key === '') throw invalidParameter('NextToken');
  return key;
}
