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
  const parts = Buffer.from(token, 'base64url').toString('latin1').split(',');
  // Digits only: an empty part would else count as 0, and a foreign token begin all over.
  if (parts.length !== count || !parts.every((part) => /^\d{1,15}$/.test(part))) throw invalidNextToken();
  return parts.map(Number);
}
