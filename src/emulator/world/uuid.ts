/**
 * Four words as the text of a version 4 UUID. Where the words come from, drawn or derived, is the caller's business.
 *
 * Written digit by digit into one buffer: every message and every reply has such a text, and joining slices takes ten times as long.
 */
const dash = 0x2d;
const text = Buffer.alloc(36, dash);
const digits = Buffer.from('0123456789abcdef', 'latin1');

/** @param a, b, c, d 32 bits each; six of these give way to the marks of version and variant */
export function uuidText(a: number, b: number, c: number, d: number): string {
  put(0, a >>> 16);
  put(4, a & 0xffff);
  put(9, b >>> 16);
  put(14, (b & 0x0fff) | 0x4000);
  put(19, ((c >>> 16) & 0x0fff) | 0x8000);
  put(24, c & 0xffff);
  put(28, d >>> 16);
  put(32, d & 0xffff);
  return text.toString('latin1');
}

function put(at: number, half: number): void {
  text[at] = digits[half >>> 12]!;
  text[at + 1] = digits[(half >>> 8) & 15]!;
  text[at + 2] = digits[(half >>> 4) & 15]!;
  text[at + 3] = digits[half & 15]!;
}
