/**
 * Sequence numbers and receipt handles, derived instead of drawn: the same sequence under one seed always has the same id, so
 * a simulated day that never looks at an id never pays for one.
 */
import { type IdSeed, mix } from '../ids.ts';

const firstSequenceNumber = 18_849_496_460_467_696_128n;

/** Twenty digits, growing with each message but not by one, so that nobody counts on it. */
export const sequenceNumberOf = (sequence: number): string => String(firstSequenceNumber + BigInt(sequence) * 256n);

/** Names the queue inside its receipt handles, so that another queue's are recognised. */
export function queueKeyOf([seedA, seedB]: IdSeed, queueName: string): string {
  let h = seedA | 0;
  for (const char of queueName) h = Math.imul(h ^ char.codePointAt(0)!, 16777619);
  return mix(h, seedB).toString(36).padStart(7, '0');
}

const handlePrefix = 'AQEB';

export function receiptHandleOf(queueKey: string, sequence: number, receivesHere: number): string {
  return `${handlePrefix}${queueKey}/${sequence.toString(36)}/${receivesHere.toString(36)}`;
}

/** Of any queue. */
export const isReceiptHandle = (text: string): boolean =>
  text.length <= 64 && /^AQEB[0-9a-z]{7,}\/[0-9a-z]+\/[0-9a-z]+$/.test(text);

export interface ParsedHandle {
  readonly sequence: number;
  readonly receivesHere: number;
}

/** @returns null for a text that this queue never gave out */
export function parseReceiptHandle(queueKey: string, handle: string): ParsedHandle | null {
  const start = handlePrefix.length + queueKey.length;
  if (handle.length > 64 || !handle.startsWith(handlePrefix) || !handle.startsWith(queueKey, handlePrefix.length))
    return null;
  const slash = handle.indexOf('/', start + 1);
  if (handle.charCodeAt(start) !== slashUnit || slash < 0) return null;
  const sequence = base36(handle, start + 1, slash);
  const receivesHere = base36(handle, slash + 1, handle.length);
  return sequence < 0 || receivesHere < 0 ? null : { sequence, receivesHere };
}

const slashUnit = 0x2f;

/** Read unit by unit: cut out and parsed, it would take three times as long. @returns -1 for what `toString(36)` never writes */
function base36(text: string, from: number, to: number): number {
  if (from === to || to - from > 11) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    const digit = unit >= 0x30 && unit <= 0x39 ? unit - 0x30 : unit >= 0x61 && unit <= 0x7a ? unit - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 36 + digit;
  }
  return Number.isSafeInteger(value) ? value : -1;
}
