/** Pages of Auto Scaling: how long they are, and what a token that is not ours is called. The rest is ../paging.ts. */
import { numbersInToken, type Page, pageFrom } from '../paging.ts';
import { invalidNextToken, validationError } from './errors.ts';

export interface PageSizes {
  readonly usual: number;
  readonly most: number;
}

/** @throws AwsError ValidationError for a page size out of bounds, InvalidNextToken for a token that is not ours */
export function pageOf<T>(
  items: readonly T[],
  request: { readonly MaxRecords?: number; readonly NextToken?: string },
  sizes: PageSizes,
): Page<T> {
  const size = pageSizeOf(request.MaxRecords, sizes);
  return pageFrom(items, tokenNumber(request.NextToken) ?? 0, size);
}

/** @throws AwsError ValidationError */
export function pageSizeOf(maxRecords: number | undefined, { usual, most }: PageSizes): number {
  const size = maxRecords ?? usual;
  if (size < 1 || size > most) throw validationError(`The parameter MaxRecords must be between 1 and ${most}.`);
  return size;
}

/** @returns null when there is no token. @throws AwsError InvalidNextToken */
export const tokenNumber = (token: string | undefined): number | null =>
  numbersInToken(token, 1, invalidNextToken)?.[0] ?? null;
