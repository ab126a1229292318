/**
 * Placement of records: the MD5 of a partition key as a 128-bit number. The range itself is core/kinesis/hashRange.ts.
 */
import { createHash } from 'node:crypto';

/** MD5 of the UTF-8 bytes of the key, as an unsigned number. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}
