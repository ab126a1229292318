/**
 * Pages of a list, as far as they are the same in every service: cutting it, and what a token is made of.
 *
 * A page goes on behind the last item given, so that what is made meanwhile does not disturb, or at a place in the list. Which of the two, the
 * size, the form of the token and the error for one that is not ours are each service's own (its paging.ts, or the action).
 */
import { decodeBase64, decodeUtf8, encodeBase64 } from './wire/bytes.ts';

export interface Page<T> {
  readonly page: readonly T[];
  /** None on the last page. */
  readonly NextToken?: string;
}

/**
 * @param rest the list without what was given before
 * @param tokenOf from which `rest` is found again, given the last item of the page
 */
export function pageOfRest<T>(rest: readonly T[], size: number, tokenOf: (last: T) => string): Page<T> {
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return page.length < rest.length && last !== undefined ? { page, NextToken: tokenOf(last) } : { page };
}

/** The token is that of one number: where the next page begins. */
export function pageFrom<T>(items: readonly T[], from: number, size: number): Page<T> {
  const page = items.slice(from, from + size);
  return from + size < items.length ? { page, NextToken: numbersToken(from + size) } : { page };
}

/** A text in Base64. */
export const textToken = (text: string): string => encodeBase64(Buffer.from(text, 'utf8'));

/** @returns null for a token that is no text in Base64 */
export function textInToken(token: string): string | null {
  const bytes = decodeBase64(token);
  return bytes === null ? null : decodeUtf8(bytes);
}

/** A few whole numbers, in Base64 for URLs. */
export const numbersToken = (...numbers: readonly number[]): string =>
  Buffer.from(numbers.join(','), 'latin1').toString('base64url');

/**
 * @param foreign the error for a token of anything but `count` whole numbers
 * @returns null when there is no token
 */
export function numbersInToken(token: string | undefined, count: number, foreign: () => Error): number[] | null {
  if (token === undefined || token === '') return null;
  const parts = Buffer.from(token, 'base64url').toString('latin1').split(',');
  // Digits only: an empty part would else count as 0, and a foreign token begin all over.
  if (parts.length !== count || !parts.every((part) => /^\d{1,15}$/.test(part))) throw foreign();
  return parts.map(Number);
}
