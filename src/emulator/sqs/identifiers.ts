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
  if (handle.charAt(start) !== '/' || slash < 0) return null;
  const sequence = Number.parseInt(handle.slice(start + 1, slash), 36);
  const receivesHere = Number.parseInt(handle.slice(slash + 1), 36);
  return Number.isInteger(sequence) && Number.isInteger(receivesHere) ? { sequence, receivesHere } : null;
}
