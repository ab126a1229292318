/**
 * The range that partition keys are spread over: 128 bits, and how many equal ranges share it. Rules: docs/rules/kinesis.md
 * (KIN-02).
 *
 * Hash keys are bigints in memory and decimal text on the wire. Not here: the MD5 that places a partition key, which needs
 * a library; whoever has one hands in its result.
 */

/** One above the largest hash key. */
export const hashKeySpace = 1n << 128n;

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
