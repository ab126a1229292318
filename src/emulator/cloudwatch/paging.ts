/** Pages of CloudWatch: how long they are, and what a token that we did not make is called. The rest is ../paging.ts. */
import { numbersInToken } from '../paging.ts';
import { invalidNextToken, validationError } from './errors.ts';

/** Of every list of CloudWatch that takes MaxRecords. @throws AwsError ValidationError for a size out of bounds */
export function pageSizeOf(maxRecords: number | undefined, usual: number): number {
  const size = maxRecords ?? usual;
  if (size < 1 || size > 100) throw validationError('The parameter MaxRecords must be between 1 and 100.');
  return size;
}

/** @returns `count` whole numbers; null when there is no token. @throws AwsError InvalidNextToken */
export const readPageToken = (token: string | undefined, count: number): number[] | null =>
  numbersInToken(token, count, invalidNextToken);
