/** Numbers, instants and address ranges as conditions write them. What cannot be read is null, which nothing equals. */
import { isIPv4, isIPv6 } from 'node:net';

export function readNumber(text: string): number | null {
  return /^[+-]?\d{1,40}(\.\d{1,40})?$/.test(text) ? Number(text) : null;
}

const instantShape = /^(\d{4})(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/** Milliseconds since 1970. ISO 8601 as W3C has it (a year alone to fractions of a second), or seconds since 1970. */
export function readInstant(text: string): number | null {
  const shape = instantShape.exec(text);
  // Four digits alone are a year, and as seconds would not be past the first hours of 1970.
  if (shape === null) return /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) * 1_000 : null;
  const day = text.slice(0, 10);
  const dayMs = Date.parse(day);
  // 30 February would be taken as 1 March.
  if (Number.isNaN(dayMs) || !new Date(dayMs).toISOString().startsWith(day)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}

/** The first `prefixLength` of `bits` count. */
export interface AddressRange {
  readonly address: bigint;
  readonly bits: 32 | 128;
  readonly prefixLength: number;
}

/** `203.0.113.0/24`, `2001:db8::/32`, or one address without a prefix length. */
export function readAddressRange(text: string): AddressRange | null {
  const slash = text.indexOf('/');
  const host = readAddress(slash < 0 ? text : text.slice(0, slash));
  if (host === null || slash < 0) return host;
  const given = text.slice(slash + 1);
  const prefixLength = /^\d{1,3}$/.test(given) ? Number(given) : Number.NaN;
  return prefixLength <= host.bits ? { ...host, prefixLength } : null;
}

export function isWithin(range: AddressRange, value: string): boolean {
  const host = readAddress(value);
  if (host === null) return false;
  const { address, bits } = unmapped(host);
  const free = BigInt(range.bits - range.prefixLength);
  return bits === range.bits && address >> free === range.address >> free;
}

/** Sockets that listen for both write an IPv4 caller as `::ffff:192.0.2.1`. */
function unmapped(host: AddressRange): AddressRange {
  const mapped = host.bits === 128 && host.address >> 32n === 0xffffn;
  return mapped ? { address: host.address & 0xffff_ffffn, bits: 32, prefixLength: 32 } : host;
}

function readAddress(text: string): AddressRange | null {
  if (isIPv4(text)) return { address: quadToNumber(text), bits: 32, prefixLength: 32 };
  // A zone (`%eth0`) is a matter of one machine, never of a policy.
  if (!isIPv6(text) || text.includes('%')) return null;
  const quad = /[\d.]+$/.exec(text)?.[0] ?? '';
  const plain = quad.includes('.') ? text.slice(0, -quad.length) + quadToGroups(quad) : text;
  const [head = '', tail] = plain.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const all = [...before, ...zeros, ...after];
  const address = all.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
  return { address, bits: 128, prefixLength: 128 };
}

function groups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

function quadToNumber(quad: string): bigint {
  return quad.split('.').reduce((number, octet) => (number << 8n) | BigInt(octet), 0n);
}

function quadToGroups(quad: string): string {
  const number = quadToNumber(quad);
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}
