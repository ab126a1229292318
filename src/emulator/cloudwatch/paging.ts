/**
 * Opaque page tokens: a few whole numbers, packed. A token that we did not make is an InvalidNextToken.
 */
import { invalidNextToken } from './errors.ts';

export function pageToken(...numbers: readonly number[]): string {
  return Buffer.from(numbers.join(','), 'latin1').toString('base64url');
}

/** @returns exactly `count` whole numbers, or null when there is no token */
export function readPageToken(token: string | undefined, count: number): number[] | null {
  if (token === undefined || token === '') return null;
  const numbers = Buffer.from(token, 'base64url').toString('latin1').split(',').map(Number);
  if (numbers.length !== count || !numbers.every((n) => Number.isSafeInteger(n) && n >= 0)) throw invalidNextToken();
  return numbers;
}
