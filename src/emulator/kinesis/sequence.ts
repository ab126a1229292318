/**
 * Sequence numbers: decimal text that rises within a shard and says which shard and which record it means.
 *
 * Layout of our own, in the size of AWS's (56 digits): 1 | second of the shard's creation (33 bits) | ordinal of the
 * record in its shard (80) | index of the shard (32) | 0 (40 bits). Ordinal 0 is the shard's starting number and no record.
 */
const leadingBit = 1n << 185n;
const createdShift = 152n;
const ordinalShift = 72n;
const shardShift = 40n;

export interface SequencePosition {
  readonly createdSecond: number;
  readonly ordinal: number;
  readonly shardIndex: number;
}

export function sequenceNumber(position: SequencePosition): string {
  const value =
    leadingBit |
    (BigInt(position.createdSecond) << createdShift) |
    (BigInt(position.ordinal) << ordinalShift) |
    (BigInt(position.shardIndex) << shardShift);
  return value.toString();
}

/** null when the text is not a sequence number of this emulator. */
export function parseSequenceNumber(text: string): SequencePosition | null {
  if (!/^[1-9]\d{55}$/.test(text)) return null;
  const value = BigInt(text);
  if (value >> 185n !== 1n) return null;
  return {
    createdSecond: Number((value >> createdShift) & 0x1_ffff_ffffn),
    ordinal: Number((value >> ordinalShift) & ((1n << 80n) - 1n)),
    shardIndex: Number((value >> shardShift) & 0xffff_ffffn),
  };
}
