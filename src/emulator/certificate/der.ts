/**
 * Writes DER, the binary form of certificates: one function per type, each giving a whole element (tag, length, content).
 *
 * Only what certificate.ts needs; nothing here reads DER.
 */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  none: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

/** Up to 127 as it is; beyond, the number of bytes and then as few as will do. */
function length(bytes: number): Buffer {
  return bytes < 0x80
    ? Buffer.from([bytes])
    : Buffer.concat([Buffer.from([0x80 | base256(bytes).length]), base256(bytes)]);
}

function base256(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(tags.sequence, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => element(tags.set, ...items);
export const octetString = (content: Uint8Array): Buffer => element(tags.octetString, content);
export const utf8String = (text: string): Buffer => element(tags.utf8String, Buffer.from(text, 'utf8'));
export const boolean = (value: boolean): Buffer => element(tags.boolean, Buffer.from([value ? 0xff : 0]));
export const none = (): Buffer => element(tags.none);

/** A number that is not negative, most significant byte first, of any length. */
export function integer(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([0]) : Buffer.from(magnitude.subarray(first));
  // A leading one bit would make it negative.
  return element(tags.integer, short[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short);
}

/** @param unusedBits of the last byte, 0 to 7 */
export const bitString = (bits: Uint8Array, unusedBits = 0): Buffer =>
  element(tags.bitString, Buffer.from([unusedBits]), bits);

/** @param dotted e.g. `2.5.4.3` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(tags.objectIdentifier, ...[first * 40 + second, ...rest].map(base128));
}

/** Seven bits a byte; every byte but the last has its high bit set. */
function base128(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

/** To the second, from 1970 to 9999. X.509 writes years before 2050 with two digits, later ones with four. */
export function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\.\d+Z$|[-:T]/g, '');
  return epochMs < Date.UTC(2_050)
    ? element(tags.utcTime, Buffer.from(`${digits.slice(2)}Z`, 'latin1'))
    : element(tags.generalizedTime, Buffer.from(`${digits}Z`, 'latin1'));
}

/** `[number]` around whole elements. */
export const explicit = (number: number, ...items: readonly Uint8Array[]): Buffer => element(0xa0 | number, ...items);

/** `[number]` in place of a primitive type's own tag. */
export const implicit = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content);
