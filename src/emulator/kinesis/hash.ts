/**
 * Placement of records: the MD5 of a partition key as a 128-bit number, and even splits of that range.
 *
 * Hash keys are bigints in memory and decimal text on the wire.
 */
import { createHash } from 'node:crypto';

/** One above the largest hash key. */
export const hashKeySpace = 1n << 128n;

/** MD5 of the UTF-8 bytes of the key, as an unsigned number. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}

/** First hash key of each of `count` equal ranges; the last range takes what division leaves over. */
export function evenStarts(count: number): bigint[] {
  const width = hashKeySpace / BigInt(count);
  return Array.from({ length: count }, (_, index) => width * BigInt(index));
}

/** Decimal text of a hash key, or null when it is none. */
export function parseHashKey(text: string): bigint | null {
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) return null;
  const key = BigInt(text);
  return key < hashKeySpace ? key : null;
}
