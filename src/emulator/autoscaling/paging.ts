/**
 * Opaque page tokens of one number: where the next page begins.
 */
import { invalidNextToken, validationError } from './errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/** @throws ValidationError for a page size out of bounds, InvalidNextToken for a token that is not ours */
export function pageOf<T>(
  items: readonly T[],
  request: { readonly MaxRecords?: number; readonly NextToken?: string },
  sizes: { readonly usual: number; readonly most: number },
): Page<T> {
  const size = request.MaxRecords ?? sizes.usual;
  if (size < 1 || size > sizes.most) {
    throw validationError(`The parameter MaxRecords must be between 1 and ${sizes.most}.`);
  }
  const from = tokenNumber(request.NextToken) ?? 0;
  const page = items.slice(from, from + size);
  return from + size < items.length ? { items: page, NextToken: numberToken(from + size) } : { items: page };
}

export const numberToken = (number: number): string => Buffer.from(String(number), 'latin1').toString('base64url');

export function tokenNumber(token: string | undefined): number | null {
  if (token === undefined || token === '') return null;
  const digits = Buffer.from(token, 'base64url').toString('latin1');
  // An empty text would else count as 0, and a foreign token begin all over.
  if (!/^\d{1,15}$/.test(digits)) throw invalidNextToken();
  return Number(digits);
}
