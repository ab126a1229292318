/** The bytes of an IP address in text, as certificates hold them. */
import { isIPv4, isIPv6 } from 'node:net';

/** @returns 4 or 16 bytes, or null for a text that is no address */
export function ipBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return null;
  const [head = '', tail] = text.split('::');
  const before = words(head);
  const after = tail === undefined ? [] : words(tail);
  const gap = new Array<number>(8 - before.length - after.length).fill(0);
  return Uint8Array.from([...before, ...gap, ...after].flatMap((word) => [word >> 8, word & 0xff]));
}

/** 16 bits each; an IPv4 address at the end is two of them. */
function words(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    const [a, b, c, d] = group.split('.').map(Number);
    return b === undefined ? [Number.parseInt(group, 16)] : [(a! << 8) | b, (c! << 8) | d!];
  });
}
