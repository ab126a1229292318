/**
 * Ids in AWS's forms, drawn from a seeded stream, so that a run with one seed names everything alike.
 */
import type { Random } from '../../core/time/random.ts';

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random.next() * 65_536)
      .toString(16)
      .padStart(4, '0');
  return text.slice(0, digits);
}

/** i-0123456789abcdef0 */
export const instanceId = (random: Random): string => `i-0${hex(random, 16)}`;

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const digits = hex(random, 32);
  const variant = '89ab'[Math.floor(random.next() * 4)]!;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
